package measure

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
)

// half is the other half of a count of people in two datasets: who stands in the second one. Where a warehouse has counted those in both,
// it says no more than of which periods the second one tells.
type half struct {
	*counts
	counter   *Counter
	warehouse bool
}

// Pair leads each count of people in two datasets to the counter of the second one. Their inspectors have numbered persons together.
func Pair(counters []*Counter, diags *diag.List) {
	for _, c := range counters {
		for _, n := range c.counts {
			also := n.indicator.Also
			if also == nil {
				continue
			}
			o := counters[slices.IndexFunc(counters, func(o *Counter) bool { return o.dataset.ID == also.Dataset.ID })]
			switch {
			case c.tally:
				n.other = &half{n, o, true}
			case o.tally:
				diags.Errorf(also.At, "export/other-form", "export the rows of both, or the tallies of both",
					"expected rows of the dataset %s, as of %s: %s counts people in both, found a tally", o.dataset.ID, c.dataset.ID, n.indicator.ID)
			default:
				m := o.halves[slices.IndexFunc(o.halves, func(m *counts) bool { return m.indicator.ID == n.indicator.ID })]
				n.paired, n.other = true, &half{m, o, false}
			}
		}
	}
}

// halved makes the counts of those who stand in this dataset as well as in another one.
func (c *Counter) halved(explain string) {
	for _, ind := range c.cb.Indicators {
		if ind.Also != nil && ind.Also.Dataset.ID == c.dataset.ID && !c.tally {
			n := c.newCounts(c.dataset, ind.Other(), ind.ID == explain, nil)
			n.paired = true
			c.halves = append(c.halves, n)
		}
	}
}

// alike finds the indicator that counts all people of the first half of those in two datasets, by their rows there.
func (c *Counter) alike(n *counts) *counts {
	if n.indicator.Also == nil || c.tally || n.sums[0].sources != nil {
		return nil
	}
	for _, o := range c.counts {
		if o.indicator.Measure == n.indicator.Measure && o.indicator.Also == nil && o.day == n.day && slices.EqualFunc(o.filter, n.filter, slices.Equal) {
			return o
		}
	}
	return nil
}

// both keeps of a table of people those who stand in the other dataset too. A figure is told where both tell of its period.
func (h *half) both(t Table, periods []calendar.Period) Table {
	c := h.counter
	if h.warehouse {
		for i := range t.Cells {
			if own := &t.Cells[i]; !c.told(h.counts, own.Period) || !c.spans(own.Period) {
				own.State, own.Value, own.From = Missing, 0, Origin{}
			}
		}
		return t
	}
	others := c.table(c.sumsOf(h.counts, nil), nil, periods, c.dataset.Absent == "zero")
	for i := range t.Cells {
		own, other := &t.Cells[i], others.Cells[i]
		own.From, own.Rows = own.From.and(other.From), append(own.Rows, other.Rows...)
		if own.Value = own.people.among(other.people); own.State != Counted || other.State != Counted {
			own.State, own.Value = Missing, 0
		}
		own.people = nil
	}
	return t
}
