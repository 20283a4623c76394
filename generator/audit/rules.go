package audit

import (
	"fmt"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// examiner looks through one release for what its own rule cannot have made.
type examiner struct {
	release  *ledger.Release
	findings []Finding
}

// examine compares a release with its rule: cell by cell, without any arithmetic of sums.
func examine(r *ledger.Release) []Finding {
	a := &examiner{release: r}
	for _, t := range r.Tables {
		a.limits(t)
		if r.Indicator(t.Indicator).Class == "children" {
			a.grid(t)
			a.floors(t)
			a.history(t)
			a.disclosure(t)
		}
		switch r.Indicator(t.Indicator).Measure {
		case "percent":
			a.percents(t)
		case "median":
			a.medians(t)
		}
	}
	return a.findings
}

func (a *examiner) found(t *ledger.Table, rule string, cells []string, proof string, args ...any) {
	a.findings = append(a.findings, Finding{Release: a.release.Release.ID, Table: t.Name, Rule: rule, Cells: cells, Proof: fmt.Sprintf(proof, args...)})
}

// grid finds figures of class children that the rule cannot have made: numbers below the threshold or off the grid.
func (a *examiner) grid(t *ledger.Table) {
	rule := a.release.Rule
	for _, c := range t.Cells {
		if n, ok := c.Value.Number(); ok && (n < rule.Threshold || n%rule.Base != 0) {
			a.found(t, "rounding-grid", []string{c.ID}, "%s is shown as %d; the rule shows numbers of children from %d on, as multiples of %d", c.ID, n, rule.Threshold, rule.Base)
		}
	}
}

// floors finds cells that are shown, or said to be missing, though a figure above them is too small to be split, and cells that
// are withheld though none is: a reader who knows the rule must be able to predict each "..". Above a cell stand, for each column
// that it names, the total and what the release shows by coarser columns.
func (a *examiner) floors(t *ledger.Table) {
	for _, c := range t.Cells {
		status := c.Value.Status()
		if status == ledger.Impossible {
			continue
		}
		low, untold := "", false
		for i, code := range c.Codes {
			if code == cell.Total {
				continue
			}
			for _, above := range a.above(t, c, i) {
				v, told := a.release.Value(above)
				n, isNumber := v.Number()
				whole := above == idWith(t, c, i, t.Attributes[i].Name, cell.Total)
				switch {
				case !whole && (!told || v.Status() == ledger.Missing || v.Status() == ledger.Impossible):
				case v.Status() == ledger.Missing || v.Status() == ledger.Impossible:
					untold = true
				case !isNumber || n < a.release.Rule.SplitFloor:
					low = above
				}
			}
		}
		switch {
		case low != "" && status != ledger.Withheld:
			a.found(t, "split-floor", []string{c.ID, low}, "%s is told, though %s is not shown as %d or more", c.ID, low, a.release.Rule.SplitFloor)
		case low == "" && untold && status != ledger.Withheld && status != ledger.Missing:
			a.found(t, "split-floor", []string{c.ID}, "%s is shown, though a figure above it is not reported", c.ID)
		case low == "" && !untold && status == ledger.Withheld:
			a.found(t, "split-floor", []string{c.ID}, "%s is withheld, though the figures above it are large enough: the sign itself would say something", c.ID)
		}
	}
}

// above names the cells that a cell is a split of by one of its columns: the total first, then those of coarser columns.
func (a *examiner) above(t *ledger.Table, c ledger.Cell, i int) []string {
	at := t.Attributes[i]
	ids := []string{idWith(t, c, i, at.Name, cell.Total)}
	list, code := a.release.List(at.List), c.Codes[i]
	for _, column := range at.Coarser {
		known := list.Code(code)
		if known == nil {
			break
		}
		list, code = a.release.List(list.Parent), known.Parent
		ids = append(ids, idWith(t, c, i, column, code))
	}
	return ids
}

// idWith is the id of a cell that has another column or code in place i.
func idWith(t *ledger.Table, c ledger.Cell, i int, column, code string) string {
	names, codes := t.Names(), slices.Clone(c.Codes)
	names[i], codes[i] = column, code
	return cell.ID(t.Indicator, c.Period, names, codes)
}

// history finds values that the rule cannot have made after the ones that were shown before: such a change would tell by itself
// what was crossed.
func (a *examiner) history(t *ledger.Table) {
	for _, c := range t.Cells {
		if a.release.Bounds(c.ID).Empty() {
			a.found(t, "release-history", []string{c.ID}, "%s shows what cannot follow the release before: by the rule a shown value stays while the true one is less than %d away from it, and \"small\" below %d",
				c.ID, a.release.Rule.Base, a.release.Rule.Threshold+a.release.Rule.Base)
		}
	}
}

// disclosure finds groups of which it is nearly certain that all share one code of a sensitive column: nine of ten at least, or all
// but two.
func (a *examiner) disclosure(t *ledger.Table) {
	for _, group := range t.Cells {
		whole := a.release.Bounds(group.ID)
		for i, at := range t.Attributes {
			if !at.Sensitive || group.Codes[i] != cell.Total || whole.Lo < 1 || whole.Hi >= ledger.Unbounded {
				continue
			}
			for _, code := range at.Codes {
				id, others := idWith(t, group, i, at.Name, code), int64(0)
				for _, other := range at.Codes {
					if other != code {
						others = min(ledger.Unbounded, others+a.release.Bounds(idWith(t, group, i, at.Name, other)).Hi)
					}
				}
				own := a.release.Bounds(id)
				rest := min(others, whole.Hi-own.Lo)
				if own.Lo > 0 && (10*own.Lo >= 9*whole.Hi || rest < 3) {
					a.found(t, "group-disclosure", []string{id, group.ID}, "nearly all of %s (%d to %d) are in %s (%d or more): at most %d are not", group.ID, whole.Lo, whole.Hi, id, own.Lo, rest)
				}
			}
		}
	}
}

// percents finds percentages that do not follow from the two shown figures that they are of, and so say more than these.
func (a *examiner) percents(t *ledger.Table) {
	least := int64(1)
	if a.release.Indicator(t.Indicator).Class == "derived" {
		least = 50
	}
	for _, c := range t.Cells {
		part, whole := a.release.Shares(c.ID)
		p, partShown := a.release.Value(part)
		w, wholeShown := a.release.Value(whole)
		n, isNumber := c.Value.Number()
		x, isPart := p.Number()
		y, isWhole := w.Number()
		switch {
		case !partShown || !wholeShown:
			a.found(t, "percentage", []string{c.ID}, "%s is a share of figures that the release does not show", c.ID)
		case isNumber && (!isPart || !isWhole || y < least):
			a.found(t, "percentage", []string{c.ID, part, whole}, "%s is shown as %d, though %s is not shown as a number or %s not as %d or more", c.ID, n, part, whole, least)
		case isNumber && (200*x+y)/(2*y) != n:
			a.found(t, "percentage", []string{c.ID, part, whole}, "%s is shown as %d, but %d of %d is %d", c.ID, n, x, y, (200*x+y)/(2*y))
		}
	}
}

// limits finds tables that the plan's limits forbid: too many attributes for their periods, lists too fine for children, or codes
// that their list does not have.
func (a *examiner) limits(t *ledger.Table) {
	ind := a.release.Indicator(t.Indicator)
	for _, at := range t.Attributes {
		list := a.release.List(at.List)
		if list.OpenOnly && ind.Class == "children" {
			a.found(t, "plan-limits", nil, "the attribute %s uses the list %s, which is too fine for tables of class children", at.Name, at.List)
		}
		for _, code := range at.Codes {
			if list.Label(code, "") == code {
				a.found(t, "plan-limits", nil, "the attribute %s has the code %s, which the list %s does not have", at.Name, code, at.List)
			}
		}
	}
	if ind.Class != "children" {
		return
	}
	for _, id := range t.Periods() {
		p, err := calendar.Parse(id)
		if err != nil {
			a.found(t, "plan-limits", nil, "the table has the period %s, which is no year, quarter or three years", id)
			continue
		}
		limit := a.release.Rule.MaxByYear
		if p.Kind == calendar.Quarter {
			limit = a.release.Rule.MaxByQuarter
		}
		if len(t.Attributes) > limit {
			a.found(t, "plan-limits", nil, "the table has %d attributes for the %s %s, the plan allows %d", len(t.Attributes), p.Kind, id, limit)
		}
	}
}
