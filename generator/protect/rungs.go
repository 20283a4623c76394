package protect

import (
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
)

// Unit is what climbs as a whole: a plan in one period.
type Unit struct {
	Plan   string
	Period string // its id
}

// UnitOf is the unit that a plan's cells of a period belong to.
func UnitOf(plan measure.Plan, p calendar.Period) Unit { return Unit{plan.ID, p.String()} }

// Rungs says how many rungs each unit has climbed. An optional plan that climbed past its last rung is not shown.
type Rungs map[Unit]int

// Climb moves a unit of a plan one rung up. It says false where it stands at its top already.
func (r Rungs) Climb(plan measure.Plan, u Unit) bool {
	top := len(plan.Rungs) - 1
	if plan.Optional() {
		top++
	}
	if r[u] >= top {
		return false
	}
	r[u]++
	return true
}

func (r Rungs) of(plan measure.Plan, p calendar.Period) int {
	top := len(plan.Rungs)
	if !plan.Optional() {
		top--
	}
	return min(r[UnitOf(plan, p)], top)
}

// Planned is an entry of the table plan, and where it had to climb.
type Planned struct {
	ID         string
	Indicator  *codebook.Indicator
	Attributes []string
	Kind       calendar.Kind
	Climbed    map[string]Climb // by period
}

// Climb is a rung and the breakdown that it stands for. An optional plan past its last rung is not shown.
type Climb struct {
	Rung       int
	Attributes []string
	Shown      bool
}

// Plan says what became of each entry of the table plan.
func (r Rungs) Plan(plans []measure.Plan) []Planned {
	var all []Planned
	for _, plan := range plans {
		x := Planned{ID: plan.ID, Indicator: plan.Indicator, Attributes: plan.Rungs[0].Names(), Kind: plan.Kind, Climbed: map[string]Climb{}}
		for _, c := range plan.Rungs[0].Cells {
			rung := r.of(plan, c.Period)
			if rung == 0 {
				continue
			}
			climb := Climb{Rung: rung, Shown: rung < len(plan.Rungs)}
			if climb.Shown {
				climb.Attributes = plan.Rungs[rung].Names()
			}
			x.Climbed[c.Period.String()] = climb
		}
		all = append(all, x)
	}
	return all
}
