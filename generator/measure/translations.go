package measure

import (
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/lang"
)

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
