package measure

import (
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// Check compares true figures with what the codebook expects of them: that parts add up to their total, that nothing stands
// where nothing can, and that every expectation holds. It reports each that does not, with both sides, to staff. What the
// codebook accepts is not reported; what it accepts without need is.
func Check(cb *codebook.Codebook, plans []Plan, diags *diag.List) {
	used := map[string]bool{} // accepted exceptions that were needed
	known := book{}
	for _, plan := range plans {
		known.add(plan)
		if plan.Additive {
			checkParts(plan, used, diags)
		}
		checkImpossible(plan, diags)
	}
	for _, e := range cb.Expectations {
		checkExpectation(e, known, used, diags)
		stale(e.ID, e.Accepts, used, diags)
	}
	for _, ind := range cb.Indicators {
		stale(ind.ID, ind.Accepts, used, diags)
	}
}

// stale reports accepted exceptions that nothing needs any more.
func stale(owner string, accepts []codebook.Accept, used map[string]bool, diags *diag.List) {
	for _, a := range accepts {
		if !used[owner+" "+a.Period.ID] {
			diags.Errorf(a.Period.At, "expectation/stale", "delete the entry", "expected an exception that is needed: in %s the figures agree", a.Period.ID)
		}
	}
}

// book finds true figures by indicator, period and where: what a cell's id says behind the period.
type book map[string]map[place]Cell

type place struct {
	period calendar.Period
	where  string
}

func (b book) add(plan Plan) {
	if b[plan.Indicator.ID] == nil {
		b[plan.Indicator.ID] = map[place]Cell{}
	}
	t := plan.Rungs[0]
	for _, c := range t.Cells {
		id := cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes)
		where := strings.TrimPrefix(id, plan.Indicator.ID+"/"+c.Period.String())
		b[plan.Indicator.ID][place{c.Period, where}] = c
	}
}

// places lists where an indicator has cells, in order.
func (b book) places(indicator string) []place {
	return slices.SortedFunc(maps.Keys(b[indicator]), func(p, q place) int {
		if c := p.period.Compare(q.period); c != 0 {
			return c
		}
		return strings.Compare(p.where, q.where)
	})
}

// checkExpectation compares the two sides of an expectation wherever all of its figures are told.
func checkExpectation(e *codebook.Expectation, known book, used map[string]bool, diags *diag.List) {
	plus, minus, right := e.Sides()
	for _, at := range known.places(plus[0].ID) {
		left, told := int64(0), true
		take := func(refs []codebook.Ref, sign int64) {
			for _, r := range refs {
				c := known[r.ID][at]
				told = told && c.State == Counted
				left += sign * c.Value
			}
		}
		take(plus, 1)
		take(minus, -1)
		other := at
		if e.Kind == "next" {
			other.period = at.period.Next()
		}
		want := known[right.ID][other]
		if !told || want.State != Counted || left == want.Value || e.Kind == "subset" && left < want.Value {
			continue
		}
		if codebook.Accepted(e.Accepts, at.period) != nil {
			used[e.ID+" "+at.period.String()] = true
			continue
		}
		diags.Errorf(e.At, "expectation/"+e.Kind, "correct the export, or list the period under 'accepted' with a public explanation",
			"expected %s to hold for %s: one side is %d, the other %d", e.ID, at.period.String()+at.where, left, want.Value)
	}
}

// checkParts compares each total with the sum of its parts by one attribute, where all parts are told.
func checkParts(plan Plan, used map[string]bool, diags *diag.List) {
	t := plan.Rungs[0]
	byID := map[string]Cell{}
	id := func(c Cell, codes []string) string {
		return cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), codes)
	}
	for _, c := range t.Cells {
		byID[id(c, c.Codes)] = c
	}
	for _, total := range t.Cells {
		for i, code := range total.Codes {
			if code != codebook.Total || total.State != Counted {
				continue
			}
			sum, told := int64(0), true
			for _, part := range t.Attributes[i].Codes {
				codes := slices.Clone(total.Codes)
				codes[i] = part
				c := byID[id(total, codes)]
				told = told && c.State != Missing
				sum += c.Value
			}
			if !told || sum == total.Value {
				continue
			}
			if codebook.Accepted(plan.Indicator.Accepts, total.Period) != nil {
				used[plan.Indicator.ID+" "+total.Period.String()] = true
				continue
			}
			diags.Errorf(plan.Indicator.At, "expectation/parts", "correct the export; list the period under 'accepted' with a public explanation; or set  parts: overlap  if one person may stand in several parts",
				"expected %s to be the sum of its parts by %s: the total is %d, the parts give %d", id(total, total.Codes), t.Attributes[i].Column.Name, total.Value, sum)
		}
	}
}

// checkImpossible reports figures in cells that the codebook says cannot occur.
func checkImpossible(plan Plan, diags *diag.List) {
	t := plan.Rungs[0]
	for _, c := range t.Cells {
		if c.State == Impossible && c.Value > 0 {
			diags.Errorf(plan.Indicator.At, "expectation/impossible", "correct the export, or take the combination out of 'impossible'",
				"expected no figure for %s, which cannot occur: found %d", cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes), c.Value)
		}
	}
}
