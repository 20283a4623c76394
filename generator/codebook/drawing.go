package codebook

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ccpcr/impact/generator/diag"
)

// drawings that a breakdown may ask for.
var drawings = []string{"grouped", "stacked", "pyramid", "heat", "none"}

// most nodes that a movement may have.
const mostNodes = 12

// charts checks which drawings an indicator asks for: of breakdowns that it has, and of a kind for two columns.
func (c checker) charts(ind *Indicator) {
	for name, kind := range ind.Charts {
		if !slices.Contains(drawings, kind.ID) {
			c.diags.Errorf(kind.At, "codebook/chart", diag.Suggest(kind.ID, drawings), "expected a kind of chart, found %q", kind.ID)
			continue
		}
		if !slices.ContainsFunc(ind.Breakdowns, func(b []Ref) bool { return len(b) == 2 && strings.Join(refs(b), "-") == name }) {
			c.diags.Errorf(kind.At, "codebook/chart", "write the columns of a breakdown of two, joined by -", "expected a chart of a breakdown with two columns, found %q", name)
		}
	}
}

// flow checks that a movement is made of indicators of its statement, each once.
func (c checker) flow(s *Statement) {
	if s.Flow == nil {
		return
	}
	seen := map[string]bool{}
	all := slices.Concat(s.Flow.In, []Ref{s.Flow.Through}, s.Flow.Out)
	for _, r := range all {
		if !slices.ContainsFunc(s.Indicators, func(x Ref) bool { return x.ID == r.ID }) || seen[r.ID] {
			c.diags.Errorf(r.At, "codebook/flow", "name each once, and as indicators of the statement", "expected indicators of the statement, each once, found %q", r.ID)
		}
		seen[r.ID] = true
	}
	if len(s.Flow.In) == 0 || len(s.Flow.Out) == 0 || len(all) > mostNodes {
		c.diags.Errorf(s.Flow.At, "codebook/flow", "put together what is small", "expected at least one indicator on each side of a movement, and at most %d in all", mostNodes)
	}
}

// longestWord is how many letters of a script without spaces a drawing has room for in one line.
const longestWord = 20

// breakable warns of a label that a drawing cannot break into lines: one of a script without small and capital letters, which may part
// its words by zero-width spaces, and that has none for long. Marks that stand on a letter take no room.
func (l *loader) breakable(label string, at diag.Pos) {
	run := 0
	for _, r := range label {
		switch {
		case unicode.Is(unicode.Lo, r):
			run++
		case !unicode.In(r, unicode.M, unicode.Lm):
			run = 0
		}
		if run > longestWord {
			l.diags.Warnf(at, "codebook/long-label", "type a zero-width space (U+200B) between its words", "expected a place where a long label may break into lines")
			return
		}
	}
}

func refs(all []Ref) []string {
	var names []string
	for _, r := range all {
		names = append(names, r.ID)
	}
	return names
}
