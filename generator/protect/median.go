package protect

import (
	"slices"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
)

// leastOf is the least shown number of children that a median is shown of, and leastLeft the least that a part must leave of the
// figures above it: of fewer, the difference of two medians would tell.
const leastOf, leastLeft = 20, 15

// Medians makes the tables of medians. Whether one is shown depends on shown counts alone, in the tables that count what it is of:
// those must show its very cell as 20 or more, and each figure above it as 15 more than that, or as the same children since nothing
// else is possible. Where the figures are of class open, any number above none will do.
func Medians(medians []measure.Plan, tables []Table) []Table {
	shown := map[string]Value{}
	for _, t := range tables {
		for _, c := range t.Cells {
			shown[cell.ID(t.Indicator.ID, c.Period.String(), t.Names(), c.Codes)] = c.Value
		}
	}
	var all []Table
	for _, plan := range medians {
		for rung, source := range plan.Rungs {
			out := Table{Plan: plan.ID, Indicator: plan.Indicator, Class: plan.Class, Rung: rung}
			for _, t := range tables {
				if t.Indicator.ID != plan.Indicator.Of.ID || !slices.Equal(t.Names(), source.Names()) {
					continue
				}
				out.Attributes = t.Attributes
				for _, c := range source.Cells {
					if !t.has(c.Period, c.Codes) || out.has(c.Period, c.Codes) {
						continue
					}
					out.Cells = append(out.Cells, Cell{c.Period, c.Codes, median(c, shown, t, plan.Class)})
				}
			}
			if len(out.Cells) > 0 {
				all = append(all, out)
			}
		}
	}
	return all
}

// median shows a median, given the shown counts and the table that counts what it is of.
func median(c measure.Cell, shown map[string]Value, counts Table, class codebook.Class) Value {
	of := figure{c, counts}
	count := shown[of.id(-1, "", "")]
	switch {
	case count.state == impossible || count.state == missing:
		return Value{state: count.state}
	case count.state != number || count.n < 1 || class == codebook.Derived && (count.n < leastOf || !leaves(of, count, shown)):
		return Value{}
	}
	return Value{number, c.Value}
}

// leaves says whether a part leaves enough of each figure above it, or nothing.
func leaves(of figure, count Value, shown map[string]Value) bool {
	for i, code := range of.Codes {
		if code == codebook.Total {
			continue
		}
		a := of.table.Attributes[i]
		enough := func(column, up string, among func(string) bool) bool {
			whole := shown[of.id(i, column, up)]
			return whole.state == number && whole.n-count.n >= leastLeft || !slices.ContainsFunc(a.Codes, func(other string) bool {
				return other != code && among(other) && shown[of.id(i, "", other)].state != impossible
			})
		}
		if !enough("", codebook.Total, func(string) bool { return true }) {
			return false
		}
		for _, step := range a.Coarser {
			up := step.Of[code]
			v, told := shown[of.id(i, step.Column, up)]
			if told && v.state != missing && v.state != impossible && !enough(step.Column, up, func(other string) bool { return step.Of[other] == up }) {
				return false
			}
		}
	}
	return true
}
