package measure

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// flow follows a stock along an ordered column, such as the months of a quarter: what was there, and came, and did not go, is
// there. Whether a stock is counted before or after what goes out is declared, since both are usual.
func (c checker) flow(e *codebook.Expectation, t Table) {
	ordered := slices.IndexFunc(t.Attributes, func(a Attribute) bool { return a.Column.Name == e.Column.ID })
	type at struct {
		period     calendar.Period
		what, when string
	}
	cells := map[at]Cell{}
	for _, cell := range t.Cells {
		cells[at{cell.Period, cell.Codes[1-ordered], cell.Codes[ordered]}] = cell
	}
	steps := t.Attributes[ordered].Codes
	for _, period := range periodsOf(t) {
		for i := range steps[1:] {
			before, now := steps[i], steps[i+1]
			stock, next, in := cells[at{period, e.Stock.ID, before}], cells[at{period, e.Stock.ID, now}], cells[at{period, e.In.ID, now}]
			out := cells[at{period, e.Out.ID, now}]
			if e.Taken == "before" {
				out = cells[at{period, e.Out.ID, before}]
			}
			told := stock.State == Counted && next.State == Counted && in.State == Counted && out.State == Counted
			if want := stock.Value + in.Value - out.Value; told && want != next.Value {
				c.found(ownerOf(e), "expectation/flow", period, correct, "%s to hold for %s, %s: %s %d (%s) + %s %d (%s) - %s %d (%s) = %d against %s %d (%s), a difference of %d",
					e.ID, period, now, e.Stock.ID, stock.Value, stock.From, e.In.ID, in.Value, in.From, e.Out.ID, out.Value, out.From, want,
					e.Stock.ID, next.Value, next.From, distance(want, next.Value))
			}
		}
	}
}
