package measure

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/inspect"
)

// shares compares the percentages that were printed beside counts with the counts themselves.
type shares struct {
	counts  map[string]tally // by period and codes
	printed []printedShare
}

type printedShare struct {
	period calendar.Period
	codes  []string
	count  int64
	share  int64
	source string
}

func (s *shares) add(rec inspect.Record) {
	if s.counts == nil {
		s.counts = map[string]tally{}
	}
	k := shareKey(rec.Period, rec.Codes)
	sum := s.counts[k]
	sum.add(rec.Count, Origin{rec.File, rec.Line, rec.Rows})
	s.counts[k] = sum
	if rec.Share >= 0 {
		s.printed = append(s.printed, printedShare{rec.Period, slices.Clone(rec.Codes), rec.Count, rec.Share, rec.Source()})
	}
}

func shareKey(p calendar.Period, codes []string) string {
	return p.String() + sep + strings.Join(codes, sep)
}

// shares reports printed percentages that do not follow from the counts: the share of a row in the row that has _T in place
// of its code, rounded to a whole number. A row that names several codes for which there may be a total is compared with the
// first of these totals that there is.
func (to checker) shares(c *Counter) {
	d := c.dataset
	for _, p := range c.shares.printed {
		whole, ok := c.whole(p)
		if !ok || whole.value == 0 {
			continue
		}
		if want := (200*p.count + whole.value) / (2 * whole.value); want != p.share {
			to.found(owner{d.ID, d.Percent.At, d.Accepts, diag.Error}, "expectation/percentage", p.period, correct,
				"the percentage in %s to follow from its count: %d of %d (%s) is %d %%, not %d, a difference of %d",
				p.source, p.count, whole.value, whole.from, want, p.share, distance(want, p.share))
		}
	}
}

// whole finds the total that a row is a share of.
func (c *Counter) whole(p printedShare) (tally, bool) {
	for i, col := range c.coded {
		if !col.Total || p.codes[i] == codebook.Total {
			continue
		}
		up := slices.Clone(p.codes)
		up[i] = codebook.Total
		for j, other := range c.coded {
			if other.From != nil && c.base(other) == i {
				up[j] = codebook.Total
			}
		}
		if n, ok := c.shares.counts[shareKey(p.period, up)]; ok {
			return n, true
		}
	}
	return tally{}, false
}
