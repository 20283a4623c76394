package protect

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
)

// leastWhole is the least shown figure of children that a percentage is taken of: of a smaller one, the rounding would say more than
// the share.
const leastWhole = 50

// Percents makes the tables of indicators that are percentages. They know shown values only, so that they add nothing to what a
// reader can work out: a whole percent of two shown numbers, withheld where one of them is no number or the whole is below 50.
// Where every figure is of class open, any whole above none will do.
func Percents(cb *codebook.Codebook, tables []Table) []Table {
	shown := map[string]Value{}
	for _, t := range tables {
		for _, c := range t.Cells {
			shown[cell.ID(t.Indicator.ID, c.Period.String(), t.Names(), c.Codes)] = c.Value
		}
	}
	var all []Table
	for _, ind := range cb.Indicators {
		if ind.Measure != "percent" {
			continue
		}
		class := cb.ClassOf(ind)
		breakdowns := ind.Breakdowns
		if len(breakdowns) == 0 {
			breakdowns = [][]codebook.Ref{{}}
		}
		for _, b := range breakdowns {
			out := Table{Indicator: ind, Class: class}
			for _, t := range tables {
				if t.Indicator.ID != ind.Whole.ID || !slices.EqualFunc(t.Names(), b, func(name string, r codebook.Ref) bool { return name == r.ID }) {
					continue
				}
				out.Attributes = t.Attributes
				for _, c := range t.Cells {
					part, told := shown[cell.ID(ind.Part.ID, c.Period.String(), t.Names(), c.Codes)]
					if told && slices.Contains(ind.Periods, string(c.Period.Kind)) && !out.has(c.Period, c.Codes) {
						out.Cells = append(out.Cells, Cell{c.Period, c.Codes, share(part, c.Value, class)})
					}
				}
			}
			if len(out.Cells) > 0 {
				all = append(all, out)
			}
		}
	}
	return all
}

func (t Table) has(p calendar.Period, codes []string) bool {
	return slices.ContainsFunc(t.Cells, func(c Cell) bool { return c.Period == p && slices.Equal(c.Codes, codes) })
}

func share(part, whole Value, class codebook.Class) Value {
	if part.state == impossible || whole.state == impossible {
		return Value{state: impossible}
	}
	if part.state == missing || whole.state == missing {
		return Value{state: missing}
	}
	least := int64(1)
	if class == codebook.Derived {
		least = leastWhole
	}
	if part.state != number || whole.state != number || whole.n < least {
		return Value{}
	}
	return Value{number, (200*part.n + whole.n) / (2 * whole.n)}
}
