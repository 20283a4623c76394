package measure

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

var band = regexp.MustCompile(`^[A-Za-z]*([0-9]+)-(?:([0-9]+)|plus)$`)

// words checks expectations about the codebook's own words: bands that overlap, translations that tell other numbers.
func (c checker) words(e *codebook.Expectation) {
	switch e.Kind {
	case "bands":
		for _, r := range e.Lists {
			c.bands(e, c.cb.List(r.ID))
		}
	case "translations":
		for _, p := range c.cb.Texts {
			c.translation(e, p)
		}
	}
}

func (c checker) bands(e *codebook.Expectation, list *codebook.List) {
	end := -1
	before := codebook.Code{}
	for _, code := range list.Codes {
		m := band.FindStringSubmatch(code.ID)
		if m == nil {
			continue
		}
		from, _ := strconv.Atoi(m[1])
		to, err := strconv.Atoi(m[2])
		if err != nil {
			to = int(^uint(0) >> 1)
		}
		if from <= end {
			c.foundAlways(e, e.At, "expectation/bands", "%s to hold: %s (%s) and %s (%s) of the list %s overlap by %d",
				e.ID, before.ID, before.At, code.ID, code.At, list.ID, min(end, to)-from+1)
		}
		end, before = to, code
	}
}

// foundAlways reports what holds in no period or in all: any accepted exception accepts it.
func (c checker) foundAlways(e *codebook.Expectation, at diag.Pos, code string, format string, args ...any) {
	s := ownerOf(e)
	s.at = at
	period := calendar.Period{}
	for _, a := range e.Accepts {
		period, _ = calendar.Parse(a.Period.ID)
		c.used[e.ID+" "+a.Period.ID] = true
	}
	c.found(s, code, period, correctWords, format, args...)
}

// translation compares the numbers of a text in all its languages with those of the first.
func (c checker) translation(e *codebook.Expectation, p codebook.Placed) {
	languages := slices.Sorted(maps.Keys(p.Text))
	for _, l := range languages[min(1, len(languages)):] {
		first, other := lang.Numbers(p.Text[languages[0]]), lang.Numbers(p.Text[l])
		if !slices.Equal(first, other) {
			c.foundAlways(e, p.At, "expectation/translations", "%s to hold: the text has the numbers %s in %q and %s in %q, a difference of %d",
				e.ID, listed(first), languages[0], listed(other), l, distance(int64(len(first)), int64(len(other))))
		}
	}
}

func listed(numbers []string) string {
	if len(numbers) == 0 {
		return "none"
	}
	return strings.Join(numbers, " ")
}
