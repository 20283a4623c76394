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
	counts  map[string]int64 // by period and codes
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
		s.counts = map[string]int64{}
	}
	s.counts[shareKey(rec.Period, rec.Codes)] += rec.Count
	if rec.Share >= 0 {
		s.printed = append(s.printed, printedShare{rec.Period, slices.Clone(rec.Codes), rec.Count, rec.Share, rec.Source()})
	}
}

func shareKey(p calendar.Period, codes []string) string {
	return p.String() + sep + strings.Join(codes, sep)
}

// CheckShares reports printed percentages that do not follow from the counts: the share of a row in the row that has _T in place
// of its code, rounded to a whole number. A row that names several codes for which there may be a total is compared with the
// first of these totals that there is.
func (c *Counter) CheckShares(d *codebook.Dataset, diags *diag.List) {
	used := map[string]bool{}
	for _, p := range c.shares.printed {
		whole, ok := c.whole(p)
		if !ok || whole == 0 {
			continue
		}
		if want := (200*p.count + whole) / (2 * whole); want != p.share {
			if codebook.Accepted(d.Accepts, p.period) != nil {
				used[d.ID+" "+p.period.String()] = true
				continue
			}
			diags.Errorf(d.Percent.At, "expectation/percentage", "correct the export, or list the period under 'accepted' with a public explanation",
				"expected the percentage in %s to follow from its count: it is %d of %d, which is %d %%", p.source, p.count, whole, want)
		}
	}
	stale(d.ID, d.Accepts, used, diags)
}

// whole finds the total that a row is a share of.
func (c *Counter) whole(p printedShare) (int64, bool) {
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
	return 0, false
}
