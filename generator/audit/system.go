package audit

import (
	"slices"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/ledger"
)

// largest is the largest figure that a system takes: no count of people comes near it.
const largest = int64(1)<<31 - 1

// system is a set of constraints on unknown counts: one unknown for each finest cell of a cube, for each indicator, period and
// release that it is about, and one row for each thing that is told.
type system struct {
	reading *reading
	axes    []axis
	cubes   cubes // of a chain, whose indicators have axes of their own
	problem solve.Problem
	says    []statement // what each row is
	slots   map[slot]int
	order   []slot // in the order of their unknowns
	split   map[string][]string
	targets []target
}

// slot is a cube of unknowns.
type slot struct {
	indicator, period string
	epoch             int // which telling of it, where releases contradict each other
}

// statement is what a row of the system says, for whoever wants to follow a proof.
type statement struct {
	id    string // the cell that is told, or the identity that holds
	kind  statementKind
	lo    int64
	hi    int64
	epoch int
}

type statementKind uint8

const (
	shown statementKind = iota
	known
	tied     // by an identity
	adds     // overlapping parts: by what a part is of its whole
	revision // how much a correction changes at most
)

// target is a count that is attacked: a set of cells of a slot, or what it leaves of another one.
type target struct {
	kind  string
	terms []solve.Term
	at    slot
	where where
	of    *target // the larger figure that it is taken from
	id    string  // of a single cell without axes
	guard bool    // it must not be shown to be at least one
}

// name is what a finding calls a target.
func (t *target) name() string {
	switch {
	case t.kind == "overlap":
		return "those in several parts of " + t.of.name()
	case t.of != nil && t.of.at != t.at && t.id == "":
		return t.of.name() + " without " + t.at.period
	case t.of != nil && t.id != "":
		return t.of.name() + " without " + t.id
	case t.of != nil:
		return t.of.name() + " without " + t.where.id(t.at.indicator, t.at.period)
	case t.id != "":
		return t.id
	case t.kind == "difference":
		return "the change of " + t.where.id(t.at.indicator, t.at.period)
	}
	return t.where.id(t.at.indicator, t.at.period)
}

// cells lists the published cells that a target is made of or, of an unpublished one, those around it.
func (s *system) cells(t *target) []string {
	var ids []string
	if t.of != nil {
		ids = s.cells(t.of)
	}
	id := t.id
	if id == "" {
		id = t.where.id(t.at.indicator, t.at.period)
	}
	if _, ok := s.reading.bounds[id]; ok {
		return append(ids, id)
	}
	for i, p := range t.where {
		up := slices.Clone(t.where)
		up[i] = place{}
		id := up.id(t.at.indicator, t.at.period)
		if _, ok := s.reading.bounds[id]; ok && p.code != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func newSystem(rd *reading, axes []axis) *system {
	return &system{reading: rd, axes: axes, slots: map[slot]int{}, split: map[string][]string{}}
}

// part says that an indicator's figure of a period is the sum of those of other periods.
func (s *system) part(indicator, period string, of []string) { s.split[indicator+"/"+period] = of }

// of gives the axes of a slot. Figures that are said not to add up are told apart by nothing.
func (s *system) of(at slot) []axis {
	if s.cubes == nil {
		return s.axes
	}
	own := s.cubes[at.indicator]
	if s.reading.exempt(at.indicator, at.period) {
		return bare(len(own))
	}
	return own
}

// first gives the place of a slot's first unknown; a new slot gets its unknowns.
func (s *system) first(at slot) int {
	if i, ok := s.slots[at]; ok {
		return i
	}
	s.slots[at] = len(s.problem.Lo)
	s.order = append(s.order, at)
	for range size(s.of(at)) {
		s.unknown()
	}
	return s.slots[at]
}

func (s *system) unknown() int {
	s.problem.Lo = append(s.problem.Lo, 0)
	s.problem.Hi = append(s.problem.Hi, solve.Unbounded)
	return len(s.problem.Lo) - 1
}

// terms writes a set of cells as a sum of unknowns.
func (s *system) terms(at slot, w where, coef int64) []solve.Term {
	return s.sum(nil, at, w.cells(s.of(at)), coef)
}

// sum adds the cells at some places of a slot to a sum of unknowns.
func (s *system) sum(all []solve.Term, at slot, cells []int, coef int64) []solve.Term {
	if parts := s.split[at.indicator+"/"+at.period]; parts != nil {
		all = slices.Grow(all, len(parts)*len(cells))
		for _, p := range parts {
			all = s.sum(all, slot{at.indicator, p, at.epoch}, cells, coef)
		}
		return all
	}
	first := s.first(at)
	all = slices.Grow(all, len(cells))
	for _, i := range cells {
		all = append(all, solve.Term{Var: first + i, Coef: coef})
	}
	return all
}

// say adds a row, or bounds an unknown where the row has but one. A row that says nothing is left out.
func (s *system) say(what statement, terms []solve.Term) {
	if what.lo <= 0 && what.hi >= solve.Unbounded && what.kind == shown || len(terms) == 0 {
		return
	}
	s.problem.Rows = append(s.problem.Rows, solve.Row{Terms: terms, Lo: what.lo, Hi: what.hi})
	s.says = append(s.says, what)
}

// tell adds what the reading shows of a table in a period, in the unknowns of an indicator's cube. loose leaves open what is not reported; otherwise it is taken as none
// where something above it is told.
func (s *system) tell(t *table, cube, period string, epoch int, rd *reading, loose bool) {
	rd.each(t, period, func(id string, codes []string) {
		w, ok := locate(s.of(slot{cube, period, epoch}), t, codes)
		if !ok {
			return
		}
		b := rd.bounds[id]
		if rd.missing[id] && !loose && s.toldAbove(t, period, codes, rd) {
			b = ledger.Bounds{Lo: 0, Hi: 0}
		}
		if b.Lo <= largest && (b.Hi <= largest || b.Hi >= ledger.Unbounded) {
			s.say(statement{id, shown, b.Lo, b.Hi, epoch}, s.terms(slot{cube, period, epoch}, w, 1))
		}
	})
}

// toldAbove says whether a figure that a cell is part of is bounded.
func (s *system) toldAbove(t *table, period string, codes []string, rd *reading) bool {
	for i, code := range codes {
		if code == total {
			continue
		}
		up := slices.Clone(codes)
		up[i] = total
		if b, ok := rd.bounds[cellID(t, period, up)]; ok && b.Hi < ledger.Unbounded {
			return true
		}
	}
	if year := yearOf(period); t.OverTime && year != period {
		b, ok := rd.bounds[cellID(t, year, codes)]
		return ok && b.Hi < ledger.Unbounded
	}
	return false
}

// parts gives those periods of a year or of three that a system tells apart: the quarters if any of them is published, or itself.
func parts(period string, published func(period string) bool) []string {
	p, err := calendar.Parse(period)
	if err != nil {
		return []string{period}
	}
	var finest []string
	told := false
	for _, q := range p.Parts() {
		told = told || published(q.String()) || len(parts(q.String(), published)) > 1
	}
	if !told {
		return []string{period}
	}
	for _, q := range p.Parts() {
		finest = append(finest, parts(q.String(), published)...)
	}
	return finest
}

// blockOf is the longest published period that a period lies in: what has to be attacked together.
func blockOf(period string, published func(period string) bool) string {
	p, err := calendar.Parse(period)
	if err != nil || p.Kind == calendar.Undated {
		return period
	}
	for _, up := range []calendar.Period{p.Three(), p.InYear()} {
		if published(up.String()) {
			return up.String()
		}
	}
	if p.Kind == calendar.Quarter {
		return p.InYear().String()
	}
	return period
}
