package measure

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// Check compares true figures with what the codebook expects of them: that parts add up to their total, and that every
// balance holds. It reports each that does not, with the difference, to staff.
func Check(cb *codebook.Codebook, plans []Plan, diags *diag.List) {
	for _, plan := range plans {
		if plan.Additive {
			checkParts(plan, diags)
		}
		checkImpossible(plan, diags)
	}
	for _, b := range cb.Balances {
		checkBalance(b, plans, diags)
	}
}

// figures finds the cells of a plan's finest table by id.
func figures(plan Plan) map[string]Cell {
	t := plan.Rungs[0]
	byID := map[string]Cell{}
	for _, c := range t.Cells {
		byID[cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes)] = c
	}
	return byID
}

// checkParts compares each total with the sum of its parts by one attribute, where all parts are told.
func checkParts(plan Plan, diags *diag.List) {
	t := plan.Rungs[0]
	byID := figures(plan)
	for _, total := range t.Cells {
		for i, code := range total.Codes {
			if code != codebook.Total || total.State != Counted {
				continue
			}
			sum, told := int64(0), true
			for _, part := range t.Attributes[i].Codes {
				codes := slices.Clone(total.Codes)
				codes[i] = part
				c := byID[cell.ID(plan.Indicator.ID, total.Period.String(), t.Names(), codes)]
				told = told && c.State != Missing
				sum += c.Value
			}
			if told && sum != total.Value {
				id := cell.ID(plan.Indicator.ID, total.Period.String(), t.Names(), total.Codes)
				diags.Errorf(plan.Indicator.At, "expectation/parts", "correct the export, or set  parts: overlap  if one person may stand in several parts",
					"expected %s to be the sum of its parts by %s: the total is %d, the parts give %d", id, t.Attributes[i].Column.Name, total.Value, sum)
			}
		}
	}
}

// checkImpossible reports figures in cells that the codebook says cannot occur.
func checkImpossible(plan Plan, diags *diag.List) {
	cells := figures(plan)
	for _, id := range sortedKeys(cells) {
		if c := cells[id]; c.State == Impossible && c.Value > 0 {
			diags.Errorf(plan.Indicator.At, "expectation/impossible", "correct the export, or take the combination out of 'impossible'",
				"expected no figure for %s, which cannot occur: found %d", id, c.Value)
		}
	}
}

// checkBalance checks plus - minus = equals for every period, in total and for every code of a breakdown that all share.
func checkBalance(b *codebook.Balance, plans []Plan, diags *diag.List) {
	cells := map[string]map[string]Cell{} // by indicator, then by where
	for _, plan := range plans {
		own := cells[plan.Indicator.ID]
		if own == nil {
			own = map[string]Cell{}
			cells[plan.Indicator.ID] = own
		}
		for id, c := range figures(plan) {
			own[strings.TrimPrefix(id, plan.Indicator.ID)] = c
		}
	}
	for _, where := range sortedKeys(cells[b.Equals.ID]) {
		right := cells[b.Equals.ID][where]
		left, told := int64(0), right.State == Counted
		add := func(refs []codebook.Ref, sign int64) {
			for _, r := range refs {
				c := cells[r.ID][where]
				told = told && c.State == Counted
				left += sign * c.Value
			}
		}
		add(b.Plus, 1)
		add(b.Minus, -1)
		accepted := slices.ContainsFunc(b.Accepts, func(a codebook.Accept) bool { return a.Period.ID == right.Period.String() })
		if told && left != right.Value && !accepted {
			diags.Errorf(b.At, "expectation/balance", "correct the export, or list the period under 'accepted' with a public explanation",
				"expected the balance %s to hold for %s: one side is %d, the other %d", b.ID, strings.TrimPrefix(where, "/"), left, right.Value)
		}
	}
}

func sortedKeys(m map[string]Cell) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
