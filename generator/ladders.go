package main

import (
	"cmp"
	"slices"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
	"github.com/ccpcr/impact/generator/release"
)

// ladders says which table becomes coarser when the audit finds something. A period that was coarse in the newest release stays so.
type ladders struct {
	plans []measure.Plan
	rungs protect.Rungs
	at    map[protect.Unit]measure.Plan
	place map[protect.Unit]int               // of its plan among all
	cells map[protect.Unit][]map[string]bool // of each rung, by cell.ID
	old   map[string]bool                    // cells that are published already
}

func newLadders(plans []measure.Plan, newest *ledger.Release) *ladders {
	l := &ladders{plans, release.Rungs(newest), map[protect.Unit]measure.Plan{}, map[protect.Unit]int{}, map[protect.Unit][]map[string]bool{}, map[string]bool{}}
	if newest != nil {
		for id := range newest.Cells() {
			l.old[id] = true
		}
	}
	for place, plan := range plans {
		for rung, t := range plan.Rungs {
			for _, c := range t.Cells {
				u := protect.UnitOf(plan, c.Period)
				l.at[u], l.place[u] = plan, place
				for len(l.cells[u]) <= rung {
					l.cells[u] = append(l.cells[u], map[string]bool{})
				}
				l.cells[u][rung][cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes)] = true
			}
		}
	}
	return l
}

// climb gives up what proves findings: of each indicator one table, which becomes its total, or all quarters of one table in a year,
// or its three years, which are not shown then. It says false if nothing could be. What follows from a published cell that is too
// narrow goes with it, so those come first.
//
// Stopping half-way was refused: beside a coarser table, or beside three quarters of four, what is missing says that it would have
// given something away, and there are too few ways in which it could have (oracle_test.go).
func (l *ladders) climb(findings []audit.Finding) bool {
	if direct := slices.DeleteFunc(slices.Clone(findings), func(f audit.Finding) bool { return f.Rule == "narrow joint cell" }); len(direct) > 0 {
		findings = direct
	}
	moved := map[*codebook.Indicator]protect.Unit{}
	helps := map[protect.Unit]int{} // how many findings it would end
	for _, f := range findings {
		for _, u := range l.proving(f) {
			helps[u]++
		}
	}
	for _, f := range findings {
		for _, u := range l.proving(f) {
			ind := l.at[u].Indicator
			if best, ok := moved[ind]; !ok || l.compare(u, best, helps) < 0 {
				moved[ind] = u
			}
		}
	}
	for _, u := range moved {
		for o := range l.at {
			if o == u || l.rungs[o] < l.top(o) && l.published(o) == 0 && l.beside(u, o) {
				l.rungs[o] = l.top(o)
			}
		}
	}
	return len(moved) > 0
}

// beside says whether two units are the same table in the same year, as quarters are.
func (l *ladders) beside(u, o protect.Unit) bool {
	a, errA := calendar.Parse(u.Period)
	b, errB := calendar.Parse(o.Period)
	return u.Plan == o.Plan && errA == nil && errB == nil && a.InYear() == b.InYear()
}

// top is the last rung of a unit: the total or, of quarters and three years, nothing.
func (l *ladders) top(u protect.Unit) int {
	if l.at[u].Optional() {
		return len(l.at[u].Rungs)
	}
	return len(l.at[u].Rungs) - 1
}

// compare says which of two units rather becomes coarser: one whose figures are not published yet; then the one that ends more
// findings; then a quarter rather than three years, and three years rather than a year; then the larger table, and the later entry
// of the plan. Quarters first and findings second was tried, and hides more (BENCHMARKS.md).
func (l *ladders) compare(a, b protect.Unit, helps map[protect.Unit]int) int {
	rank := func(u protect.Unit) int {
		return slices.Index([]calendar.Kind{calendar.Quarter, calendar.ThreeYears, calendar.Year}, l.at[u].Kind)
	}
	return cmp.Or(
		cmp.Compare(l.published(a), l.published(b)), -cmp.Compare(helps[a], helps[b]), cmp.Compare(rank(a), rank(b)),
		-cmp.Compare(len(l.cells[a][l.rungs[a]]), len(l.cells[b][l.rungs[b]])), -cmp.Compare(l.place[a], l.place[b]), cmp.Compare(a.Period, b.Period))
}

// proving lists the units that show a figure which a finding is proved by and could do without it.
func (l *ladders) proving(f audit.Finding) []protect.Unit {
	var units []protect.Unit
	for u, plan := range l.at {
		now, top := l.rungs[u], l.top(u)
		if now < top && slices.ContainsFunc(f.Cells, func(id string) bool {
			return l.cells[u][now][id] && (top == len(plan.Rungs) || !l.cells[u][top][id])
		}) {
			units = append(units, u)
		}
	}
	return units
}

// published gives 1 if all that a unit shows is published already: then it helps little to take it back.
func (l *ladders) published(u protect.Unit) int {
	for id := range l.cells[u][l.rungs[u]] {
		if !l.old[id] {
			return 0
		}
	}
	return 1
}
