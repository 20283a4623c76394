// Package protect makes true figures safe to show, by rule R5T10.
//
// In: measure's plans, how far each has climbed its ladder, and what was shown before. Out: tables of values that may be shown.
// Nothing else in the program can make such a value: the fields of Value are not exported and its zero value is "withheld".
//
// A figure of class children is shown as small below the threshold and otherwise as the multiple of the base nearest to its
// own true value, at every level by itself. It is split only where its own shown value reaches the floor for splits: by an
// attribute, and where a table of the coarser rung stands beside it (regions beside provinces) by that rung too. So a reader who
// knows the rule can predict each withheld cell from published ones. Refused: withholding a parent because of what its parts
// are; with two parts small under 18, the ".." itself would say 9 and 9.
//
// Source of the rule: UK statistics practice (numbers below 10 suppressed, others rounded to 5), tightened as
// docs/decisions.md says.
package protect

import (
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
)

// Value is what may be shown of a figure. Only this package makes one.
type Value struct {
	state state
	n     int64
}

type state uint8

const (
	withheld state = iota
	small
	impossible
	missing
	number
)

// Number gives the shown number, if the value is one.
func (v Value) Number() (int64, bool) { return v.n, v.state == number }

// Status is the ledger's word for a value without a number, and "" for a number.
func (v Value) Status() string {
	return [...]string{withheld: "withheld", small: "small", impossible: "impossible", missing: "missing", number: ""}[v.state]
}

// Cell is a figure as it may be shown.
type Cell struct {
	Period calendar.Period
	Codes  []string
	Value  Value
}

// Table is a plan at one of its rungs, with the periods that stand on it.
type Table struct {
	Plan       string
	Indicator  *codebook.Indicator
	Class      codebook.Class
	Additive   bool
	Rung       int
	Attributes []measure.Attribute
	Cells      []Cell
}

// Names lists the attributes of a table.
func (t Table) Names() []string { return measure.Table{Attributes: t.Attributes}.Names() }

// Shown is a value of the newest release: a number, or small.
type Shown struct {
	N     int64
	Small bool
}

// Prior finds what the newest release shows for a cell, by cell.ID.
type Prior map[string]Shown

// Make applies the rule to every plan. It is a pure function: the same figures, rungs and prior give the same tables.
func Make(rule codebook.Protection, plans []measure.Plan, rungs Rungs, prior Prior) []Table {
	var tables []Table
	var cells []figure
	for _, plan := range plans {
		for rung, source := range plan.Rungs {
			t := Table{Plan: plan.ID, Indicator: plan.Indicator, Class: plan.Class, Additive: plan.Additive, Rung: rung, Attributes: source.Attributes}
			for _, c := range source.Cells {
				if rungs.of(plan, c.Period) == rung {
					t.Cells = append(t.Cells, Cell{Period: c.Period, Codes: c.Codes})
					cells = append(cells, figure{c, t})
				}
			}
			if len(t.Cells) > 0 || rung == 0 && !plan.Optional() && len(source.Cells) == 0 {
				tables = append(tables, t)
			}
		}
	}
	shown := values(rule, cells, prior)
	for _, t := range tables {
		for i, c := range t.Cells {
			t.Cells[i].Value = shown[cell.ID(t.Indicator.ID, c.Period.String(), t.Names(), c.Codes)]
		}
	}
	return tables
}

// figure is a true figure and the table that it is to stand in.
type figure struct {
	measure.Cell
	table Table
}

// depth is how many steps a figure lies below its total.
func (f figure) depth() (n int) {
	for i, code := range f.Codes {
		if code != codebook.Total {
			n += 1 + len(f.table.Attributes[i].Coarser)
		}
	}
	return n
}

// id is the figure's cell.ID, or that of the one that has another code, or another column with a code, in place i.
func (f figure) id(i int, column, code string) string {
	names, codes := f.table.Names(), slices.Clone(f.Codes)
	if column != "" {
		names[i] = column
	}
	if i >= 0 {
		codes[i] = code
	}
	return cell.ID(f.table.Indicator.ID, f.Period.String(), names, codes)
}

// values gives each figure its shown value, from the totals down. One figure has one value in whatever tables it stands.
func values(rule codebook.Protection, cells []figure, prior Prior) map[string]Value {
	slices.SortStableFunc(cells, func(a, b figure) int { return a.depth() - b.depth() })
	shown := map[string]Value{}
	for _, f := range cells {
		id := f.id(-1, "", "")
		if _, done := shown[id]; done {
			continue
		}
		v := exact(f.Cell)
		if f.table.Class == codebook.Children {
			v = protected(rule, f.Cell, prior[id], parents(shown, f))
		}
		shown[id] = v
	}
	return shown
}

// parents gives the shown values that a figure is a split of. For each attribute it names: the figure with the total in its place,
// and those with a coarser code, where some table shows and reports them.
func parents(shown map[string]Value, f figure) []Value {
	var all []Value
	for i, code := range f.Codes {
		if code == codebook.Total {
			continue
		}
		all = append(all, shown[f.id(i, "", codebook.Total)])
		for _, step := range f.table.Attributes[i].Coarser {
			v, ok := shown[f.id(i, step.Column, step.Of[code])]
			if ok && v.state != missing && v.state != impossible {
				all = append(all, v)
			}
		}
	}
	return all
}

func exact(c measure.Cell) Value {
	switch c.State {
	case measure.Counted:
		return Value{number, c.Value}
	case measure.Impossible:
		return Value{state: impossible}
	}
	return Value{state: missing}
}

// protected shows a figure of class children. Whether it is shown at all depends on its parents' shown values only; what is
// shown depends on its own true value and on what was shown before.
func protected(rule codebook.Protection, c measure.Cell, before Shown, parents []Value) Value {
	if c.State == measure.Impossible {
		return exact(c)
	}
	untold := false // something above is not reported: its parts cannot be shown, but that they are missing may be said
	for _, p := range parents {
		switch n, ok := p.Number(); {
		case p.state == missing || p.state == impossible:
			untold = true
		case !ok || n < int64(rule.SplitFloor):
			return Value{} // missing parts too: which ones are reported would tell of the others
		}
	}
	switch {
	case c.State == measure.Missing:
		return exact(c)
	case untold:
		return Value{}
	}
	return token(rule, c.Value, before)
}

// token is the threshold and the rounding. A value shown before is kept while the true one is less than a base away from it
// (small: below the threshold plus a base), so that a small change between releases shows nothing.
func token(rule codebook.Protection, n int64, before Shown) Value {
	threshold, base := int64(rule.Threshold), int64(rule.Base)
	switch {
	case before.Small && n < threshold+base:
		return Value{state: small}
	case before.N > 0 && n > before.N-base && n < before.N+base:
		return Value{number, before.N}
	case n < threshold:
		return Value{state: small}
	}
	return Value{number, (n + base/2) / base * base}
}
