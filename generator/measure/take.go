package measure

import (
	"slices"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// take counts a record of a register's tally, which is a figure that a warehouse counted.
func (c *Counter) take(rec inspect.Record) {
	figure := rec.Codes[0]
	rec.Codes, rec.Sets = rec.Codes[1:], rec.Sets[1:]
	if figure == codebook.TallyRows {
		c.seen[rec.Period] = true
		return
	}
	for _, n := range c.counts {
		if n.indicator.ID == figure {
			c.takeInto(n, rec)
		}
	}
	for _, n := range c.checks {
		if codebook.TallyCheck(n.indicator.ID) == figure {
			c.takeInto(n, rec)
		}
	}
	for _, r := range c.rows {
		if codebook.TallyCheck(r.expectation.ID) == figure && rec.Count > 0 {
			r.find(rec.Period, "%d with such codes (%s) against none, a difference of %d", rec.Count, rec.Source(), rec.Count)
		}
	}
}

// takeInto keeps a figure by the columns that it names a code of.
func (c *Counter) takeInto(n *counts, rec inspect.Record) {
	k := key{period: rec.Period}
	for i, code := range rec.Codes {
		if code != codebook.Total {
			k.grain |= 1 << i
		}
	}
	for _, s := range n.sums {
		k.codes = ""
		for _, i := range s.columns {
			k.codes += rec.Codes[i] + sep
		}
		s.tell(k, rec.Count, Origin{rec.File, rec.Line, rec.Rows})
	}
}

// exactly picks of the rows of a tally those that tell a margin itself, and none that would have to be added for it: distinct people
// and medians do not add up.
func exactly(rows []key, need uint64) []key {
	return slices.DeleteFunc(slices.Clone(rows), func(k key) bool { return k.grain != need })
}
