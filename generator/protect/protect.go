// Package protect makes true figures safe to show, by rule R5T10.
//
// In: measure's plans, how many rungs each has to climb, and what was shown before. Out: tables of values that may be shown.
// Nothing else in the program can make such a value: the fields of Value are not exported and its zero value is "withheld".
//
// A figure of class children is shown as small below the threshold and otherwise as the multiple of the base nearest to its
// own true value, at every level by itself. It is split by an attribute only where its own shown value reaches the floor for
// splits, so that a reader who knows the rule can predict each withheld cell from published ones. Refused: withholding a
// parent because of what its parts are; with two parts small under 18, the ".." itself would say 9 and 9.
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

// Table is a plan at the rung it was made at.
type Table struct {
	Plan       string
	Indicator  *codebook.Indicator
	Class      codebook.Class
	Additive   bool
	Rung       int
	Attributes []measure.Attribute
	Cells      []Cell
}

// Shown is a value of the newest release: a number, or small.
type Shown struct {
	N     int64
	Small bool
}

// Prior finds what the newest release shows for a cell, by cell.ID.
type Prior map[string]Shown

// Rungs says how many rungs each plan climbs, by the plan's id.
type Rungs map[string]int

// Climb moves a plan one rung up. It says false where the plan stands at its top already.
func (r Rungs) Climb(plan measure.Plan) bool {
	if r[plan.ID]+1 >= len(plan.Rungs) {
		return false
	}
	r[plan.ID]++
	return true
}

// Make applies the rule to every plan. It is a pure function: the same figures, rungs and prior give the same tables.
func Make(rule codebook.Protection, plans []measure.Plan, rungs Rungs, prior Prior) []Table {
	var tables []Table
	for _, plan := range plans {
		rung := min(rungs[plan.ID], len(plan.Rungs)-1)
		source := plan.Rungs[rung]
		t := Table{Plan: plan.ID, Indicator: plan.Indicator, Class: plan.Class, Additive: plan.Additive, Rung: rung, Attributes: source.Attributes}
		names := source.Names()
		shown := map[string]Value{}
		for _, c := range topDown(source.Cells) {
			id := cell.ID(plan.Indicator.ID, c.Period.String(), names, c.Codes)
			v := exact(c)
			if plan.Class == codebook.Children {
				v = protected(rule, c, prior[id], parents(shown, c))
			}
			shown[key(c.Period, c.Codes)] = v
		}
		for _, c := range source.Cells {
			t.Cells = append(t.Cells, Cell{c.Period, c.Codes, shown[key(c.Period, c.Codes)]})
		}
		tables = append(tables, t)
	}
	return tables
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

// topDown orders cells so that each stands behind the ones it is a part of.
func topDown(cells []measure.Cell) []measure.Cell {
	depth := func(c measure.Cell) (n int) {
		for _, code := range c.Codes {
			if code != codebook.Total {
				n++
			}
		}
		return n
	}
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(a, b measure.Cell) int { return depth(a) - depth(b) })
	return sorted
}

// parents gives the shown values that a cell is a split of: one for each attribute it names, with that one at the total.
func parents(shown map[string]Value, c measure.Cell) []Value {
	var all []Value
	for i, code := range c.Codes {
		if code == codebook.Total {
			continue
		}
		up := slices.Clone(c.Codes)
		up[i] = codebook.Total
		all = append(all, shown[key(c.Period, up)])
	}
	return all
}

func key(p calendar.Period, codes []string) string {
	k := p.String()
	for _, code := range codes {
		k += "\x1f" + code
	}
	return k
}
