package main

import (
	"cmp"
	"maps"
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

// ladders says which tables become coarser when the audit finds something. A period that was coarse in the newest release stays so.
type ladders struct {
	rungs protect.Rungs
	units []protect.Unit // in the order of the plan
	at    map[protect.Unit]measure.Plan
	cells map[protect.Unit][]map[string]measure.Cell // of each rung, by cell.ID
	old   *ledger.Release                            // the newest that is published
}

func newLadders(plans []measure.Plan, newest *ledger.Release) *ladders {
	l := &ladders{release.Rungs(newest), nil, map[protect.Unit]measure.Plan{}, map[protect.Unit][]map[string]measure.Cell{}, newest}
	for _, plan := range plans {
		for rung, t := range plan.Rungs {
			for _, c := range t.Cells {
				u := protect.UnitOf(plan, c.Period)
				if _, ok := l.at[u]; !ok {
					l.units, l.at[u] = append(l.units, u), plan
				}
				for len(l.cells[u]) <= rung {
					l.cells[u] = append(l.cells[u], map[string]measure.Cell{})
				}
				l.cells[u][rung][cell.ID(plan.Indicator.ID, c.Period.String(), t.Names(), c.Codes)] = c
			}
		}
	}
	return l
}

// step is a way to stop showing a cell: the units that show it climb.
type step struct {
	cell      string
	indicator *codebook.Indicator
	kind      calendar.Kind
	place     int // of the last of the units in the plan
	to        protect.Rungs
	gone      map[string]bool // cells that are shown no more
	lost      int             // how many of them show a number
	missed    int             // how much the one of them is that is missed most
	published bool            // what it ends findings by is published already: then it helps little
	ends      int             // findings
}

// climb makes tables of the draft coarser, so that findings lose one of the figures that prove them. It takes the best step, then the
// best one for the findings that are left, and so on, but of each indicator one: a finding whose best step would be the second waits,
// since the first may have ended it unseen. What follows from a published cell that is too narrow goes with it and waits too. climb
// says false if there is no step.
func (l *ladders) climb(findings []audit.Finding, draft *ledger.Release) bool {
	if direct := slices.DeleteFunc(slices.Clone(findings), func(f audit.Finding) bool { return f.Rule == "narrow joint cell" }); len(direct) > 0 {
		findings = direct
	}
	steps := l.steps(findings, draft)
	climbed := map[*codebook.Indicator]bool{}
	for best := l.best(steps, findings); best != nil; best = l.best(steps, findings) {
		if !climbed[best.indicator] {
			climbed[best.indicator] = true
			maps.Copy(l.rungs, best.to)
		}
		findings = slices.DeleteFunc(slices.Clone(findings), func(f audit.Finding) bool {
			return slices.ContainsFunc(f.Cells, func(id string) bool { return best.gone[id] })
		})
	}
	return len(climbed) > 0
}

// best picks a step, or none where no finding would lose a figure.
func (l *ladders) best(steps []*step, findings []audit.Finding) *step {
	proved := map[string][]int{} // findings, by the cells that prove them
	for i, f := range findings {
		for _, id := range f.Cells {
			proved[id] = append(proved[id], i)
		}
	}
	var best *step
	for _, s := range steps {
		if s.count(proved, l.old); s.ends > 0 && (best == nil || s.compare(best) < 0) {
			best = s
		}
	}
	return best
}

// steps lists what can be done about findings: for each cell that proves one, the step that ends showing it.
func (l *ladders) steps(findings []audit.Finding, draft *ledger.Release) []*step {
	showing := map[string][]int{} // places of units
	for place, u := range l.units {
		if now := l.rungs[u]; now < len(l.cells[u]) {
			for id := range l.cells[u][now] {
				showing[id] = append(showing[id], place)
			}
		}
	}
	var all []*step
	seen := map[string]bool{}
	for _, f := range findings {
		for _, id := range f.Cells {
			if seen[id] {
				continue
			}
			seen[id] = true
			if s := l.without(id, showing, draft); s != nil {
				all = append(all, s)
			}
		}
	}
	return all
}

// without is the step that ends showing a cell, or nil if there is none: every unit that shows it climbs to coarser codes of its columns
// or, where there are none, to its top, and with a quarter the other quarters of its year.
//
// Giving up one column of several, or one quarter of four, was refused: what is missing beside the rest says that it would have given
// something away, and there are too few ways in which it could have (oracle_test.go).
func (l *ladders) without(id string, showing map[string][]int, draft *ledger.Release) *step {
	if len(showing[id]) == 0 {
		return nil
	}
	s := &step{cell: id, to: protect.Rungs{}, gone: map[string]bool{}}
	for _, place := range showing[id] {
		u := l.units[place]
		if l.shows(u, l.top(u), id) {
			return nil
		}
		to := l.coarser(u, id)
		s.place, s.indicator, s.kind = place, l.at[u].Indicator, l.at[u].Kind
		for _, o := range l.units {
			if o == u || l.rungs[o] < l.top(o) && !l.published(o) && beside(u, o) {
				s.to[o] = min(to, l.top(o))
			}
		}
	}
	climbs := map[string]int{} // of the cells that units stop showing, how many do
	for u, top := range s.to {
		for id := range l.cells[u][l.rungs[u]] {
			if !l.shows(u, top, id) {
				climbs[id]++
			}
		}
	}
	for id, n := range climbs {
		if n < len(showing[id]) {
			continue
		}
		s.gone[id] = true
		if v, ok := draft.Value(id); ok && v.Status() == "" {
			u := l.units[showing[id][0]]
			s.lost, s.missed = s.lost+1, max(s.missed, missed(l.cells[u][l.rungs[u]][id]))
		}
	}
	return s
}

// coarser is the next rung with as many columns that does not show a cell, or the top.
func (l *ladders) coarser(u protect.Unit, id string) int {
	rungs := l.at[u].Rungs
	for rung := l.rungs[u] + 1; rung < len(rungs) && len(rungs[rung].Attributes) == len(rungs[l.rungs[u]].Attributes); rung++ {
		if !l.shows(u, rung, id) {
			return rung
		}
	}
	return l.top(u)
}

// top is the last rung of a unit: the total or, of quarters and three years, nothing.
func (l *ladders) top(u protect.Unit) int {
	if l.at[u].Optional() {
		return len(l.at[u].Rungs)
	}
	return len(l.at[u].Rungs) - 1
}

// beside says whether two units are the same table in the same year, as quarters are.
func beside(u, o protect.Unit) bool {
	a, errA := calendar.Parse(u.Period)
	b, errB := calendar.Parse(o.Period)
	return u.Plan == o.Plan && errA == nil && errB == nil && a.InYear() == b.InYear()
}

// published says whether all that a unit shows is published already.
func (l *ladders) published(u protect.Unit) bool {
	for id := range l.cells[u][l.rungs[u]] {
		if _, ok := l.old.Value(id); !ok {
			return false
		}
	}
	return true
}

// missed says how much a number is missed: what a year shows by one column most, then the whole of a quarter.
func missed(c measure.Cell) int {
	columns := 0
	for _, code := range c.Codes {
		if code != codebook.Total {
			columns++
		}
	}
	switch {
	case c.Period.Kind != calendar.Quarter && columns < 2:
		return 2
	case columns == 0:
		return 1
	}
	return 0
}

// shows says whether a unit has a cell on a rung.
func (l *ladders) shows(u protect.Unit, rung int, id string) bool {
	if rung >= len(l.cells[u]) {
		return false
	}
	_, ok := l.cells[u][rung][id]
	return ok
}

// count says how many findings a step ends.
func (s *step) count(proved map[string][]int, old *ledger.Release) {
	fresh, all := map[int]bool{}, map[int]bool{}
	for id := range s.gone {
		_, published := old.Value(id)
		for _, i := range proved[id] {
			all[i] = true
			if !published {
				fresh[i] = true
			}
		}
	}
	s.ends, s.published = len(fresh), len(fresh) == 0
	if s.published {
		s.ends = len(all)
	}
}

// compare says which of two steps is rather taken: one that takes back nothing which is published already; then the one whose numbers
// are missed less; then the one that loses fewer numbers for each finding that it ends; then quarters before three years before years,
// and later entries of the plan before earlier ones. Others were tried, and hide more (BENCHMARKS.md).
func (s *step) compare(o *step) int {
	published := func(s *step) int {
		if s.published {
			return 1
		}
		return 0
	}
	kind := func(s *step) int {
		return slices.Index([]calendar.Kind{calendar.Quarter, calendar.ThreeYears, calendar.Year}, s.kind)
	}
	return cmp.Or(
		cmp.Compare(published(s), published(o)), cmp.Compare(s.missed, o.missed), cmp.Compare(s.lost*o.ends, o.lost*s.ends), -cmp.Compare(s.ends, o.ends),
		cmp.Compare(kind(s), kind(o)), -cmp.Compare(s.place, o.place), cmp.Compare(s.cell, o.cell))
}
