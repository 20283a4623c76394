package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/ledger"
)

// chain is a set of identities that share indicators, such as opening + admitted - exits = closing and closing = next opening, in
// one year.
type chain struct {
	identities []ledger.Identity
	indicators []string
	year       string
}

// chains lists the sets of tied indicators, for each year that has figures of them.
func (rd *reading) chains() []chain {
	var groups []chain
	for _, x := range rd.release.Identities {
		joined := chain{[]ledger.Identity{x}, x.Indicators(), ""}
		var apart []chain
		for _, g := range groups {
			if slices.ContainsFunc(joined.indicators, func(id string) bool { return slices.Contains(g.indicators, id) }) {
				joined.identities = append(slices.Clone(g.identities), joined.identities...)
				joined.indicators = append(slices.Clone(g.indicators), joined.indicators...)
			} else {
				apart = append(apart, g)
			}
		}
		slices.Sort(joined.indicators)
		joined.indicators = slices.Compact(joined.indicators)
		groups = append(apart, joined)
	}
	var all []chain
	for _, g := range groups {
		var years []string
		for _, id := range g.indicators {
			for _, t := range rd.tables[id] {
				for _, p := range t.periods {
					if year := yearOf(p); !slices.Contains(years, year) {
						years = append(years, year)
					}
				}
			}
		}
		slices.SortFunc(years, ledger.ComparePeriods)
		for _, year := range years {
			all = append(all, chain{g.identities, g.indicators, year})
		}
	}
	return all
}

func yearOf(period string) string {
	p, err := calendar.Parse(period)
	if err != nil {
		return period
	}
	return p.InYear().String()
}

// published says whether any table of an indicator has a period whose figures add up.
func (rd *reading) published(indicator, period string) bool {
	return slices.ContainsFunc(rd.tables[indicator], func(t *table) bool { return slices.Contains(t.periods, period) })
}

// periods are the year and those of its quarters that any of the chain's indicators has.
func (c chain) periods(rd *reading) []string {
	all := []string{c.year}
	year, err := calendar.Parse(c.year)
	if err != nil || year.Kind != calendar.Year {
		return all
	}
	for _, q := range year.Parts() {
		if slices.ContainsFunc(c.indicators, func(id string) bool { return rd.published(id, q.String()) }) {
			all = append(all, q.String())
		}
	}
	return all
}

// stock says whether an indicator stands at a date, and whether that is the beginning of its period.
func (c chain) stock(rd *reading, indicator string) (is, opens bool) {
	ind := rd.release.Indicator(indicator)
	for _, x := range c.identities {
		opens = opens || x.Next && x.Right == indicator
	}
	return ind.Measure == "stock", opens
}

// system ties the indicators of a chain together: each identity cell by cell, over what its own indicators have in common.
func (c chain) system(rd *reading, cubes cubes, loose bool) *system {
	s := newSystem(rd, nil)
	s.cubes = cubes
	periods := c.periods(rd)
	for _, id := range c.indicators {
		if is, _ := c.stock(rd, id); !is && c.adds(rd, id) && len(periods) > 1 {
			c.overTime(s, id)
		}
	}
	for _, p := range periods {
		for _, x := range c.identities {
			c.tie(s, x, p)
		}
	}
	for _, id := range c.indicators {
		c.atQuarters(s, id, periods)
	}
	for _, at := range s.placesToTell() {
		for _, t := range rd.tables[at.indicator] {
			if slices.Contains(t.periods, at.period) {
				s.tell(t, at.indicator, at.period, 0, rd, loose)
			}
		}
	}
	c.aim(s, periods)
	for _, x := range c.identities {
		if len(x.Plus) == 1 && x.AtMost {
			c.beyond(s, x.Plus[0], x.Right, periods)
		}
	}
	return s
}

// overTime says that a year is the sum of its quarters: cell by cell, or as a whole where the parts of some quarter do not add up.
func (c chain) overTime(s *system, indicator string) {
	year, err := calendar.Parse(c.year)
	if err != nil || s.reading.exempt(indicator, c.year) {
		return
	}
	var quarters []string
	var slots []slot
	exempt := false
	for _, q := range year.Parts() {
		quarters, slots = append(quarters, q.String()), append(slots, slot{indicator, q.String(), 0})
		exempt = exempt || s.reading.exempt(indicator, q.String())
	}
	if exempt {
		s.tie(statement{id: indicator + "/" + c.year, kind: tied}, []slot{{indicator, c.year, 0}}, slots)
		return
	}
	s.part(indicator, c.year, quarters)
}

// adds says whether the parts of an indicator add up in all of its tables.
func (c chain) adds(rd *reading, indicator string) bool {
	return !slices.ContainsFunc(rd.tables[indicator], func(t *table) bool { return !t.Additive })
}

// tie adds an identity in a period, for every cell that all of its indicators have.
func (c chain) tie(s *system, x ledger.Identity, period string) {
	rd := s.reading
	if _, ok := x.Except[period]; ok {
		return
	}
	right := slot{x.Right, period, 0}
	if x.Next {
		p, err := calendar.Parse(period)
		if err != nil || p.Kind == calendar.Undated {
			return
		}
		right.period = p.Next().String()
	}
	var plus, minus []slot
	for _, id := range x.Plus {
		plus = append(plus, slot{id, period, 0})
	}
	for _, id := range x.Minus {
		minus = append(minus, slot{id, period, 0})
	}
	minus = append(minus, right)
	sides := slices.Concat(plus, minus)
	if slices.ContainsFunc(sides, func(at slot) bool { return !rd.published(at.indicator, at.period) }) {
		return // one side is not told: the identity says nothing that is not an unknown of its own
	}
	says := statement{id: x.ID, kind: tied}
	if x.AtMost {
		says.lo, says.hi = -solve.Unbounded, 0
	}
	s.tie(says, plus, minus)
}

// tie says for every cell that some slots have in common what those that add and those that take away make together.
func (s *system) tie(says statement, plus, minus []slot) {
	sides := slices.Concat(plus, minus)
	cells, whole := s.common(sides)
	if !whole {
		cells = append(cells, make(where, len(s.of(sides[0]))))
	}
	for _, w := range cells {
		var terms []solve.Term
		for _, at := range plus {
			terms = append(terms, s.terms(at, w, 1)...)
		}
		for _, at := range minus {
			terms = append(terms, s.terms(at, w, -1)...)
		}
		s.say(says, terms)
	}
}

// atQuarters ties a stock of the year to the quarter that it stands in: the first where it opens, the last where it closes.
func (c chain) atQuarters(s *system, indicator string, periods []string) {
	is, opens := c.stock(s.reading, indicator)
	year, err := calendar.Parse(c.year)
	if !is || err != nil || year.Kind != calendar.Year || !s.reading.published(indicator, c.year) {
		return
	}
	quarter := year.Parts()[3].String()
	if opens {
		quarter = year.Parts()[0].String()
	}
	if !slices.Contains(periods, quarter) || !s.reading.published(indicator, quarter) {
		return
	}
	s.tie(statement{id: indicator + "/" + c.year + " = " + indicator + "/" + quarter, kind: tied}, []slot{{indicator, c.year, 0}}, []slot{{indicator, quarter, 0}})
}

// finest lists the single cells of a cube.
func finest(axes []axis) []where {
	all := []where{{}}
	for _, x := range axes {
		var next []where
		for _, before := range all {
			for _, code := range x.codes {
				next = append(next, append(slices.Clone(before), place{x.name, code, x.sets[x.name][code]}))
			}
		}
		all = next
	}
	return all
}

// placesToTell lists the indicators and periods that the system has unknowns for, sums included.
func (s *system) placesToTell() []slot {
	all := slices.Clone(s.order)
	for key := range s.split {
		id, period, _ := strings.Cut(key, "/")
		all = append(all, slot{id, period, 0})
	}
	slices.SortFunc(all, func(a, b slot) int {
		return strings.Compare(a.indicator+"/"+a.period, b.indicator+"/"+b.period)
	})
	return slices.Compact(all)
}

// aim makes every tied cell of class children a target, at every margin.
func (c chain) aim(s *system, periods []string) {
	rd := s.reading
	for _, at := range s.placesToTell() {
		if rd.release.Indicator(at.indicator).Class != "children" || !slices.Contains(periods, at.period) {
			continue
		}
		guarded := guardedColumns(rd.tables[at.indicator])
		for _, m := range margins(s.of(at)) {
			id := m.id(at.indicator, at.period)
			b, told := rd.bounds[id]
			if told && (b.Lo >= rd.release.Rule.Threshold || b.Hi == 0) {
				continue
			}
			kind := "joint cell"
			if told {
				kind = "cell"
			}
			s.aim(target{kind: kind, terms: s.sum(nil, at, m.cells, 1), at: at, where: m.where, guard: slices.ContainsFunc(m.where, func(p place) bool { return guarded[p.column] })})
		}
	}
}

// beyond aims at what those counted by one indicator leave of another one that counts them all, in every cell that both have. What
// different people leave of stays is no number of people.
func (c chain) beyond(s *system, part, whole string, periods []string) {
	rd := s.reading
	if ind := rd.release.Indicator(part); ind.Class != "children" || ind.Measure != rd.release.Indicator(whole).Measure {
		return
	}
	for _, p := range periods {
		inner, outer := slot{part, p, 0}, slot{whole, p, 0}
		if !rd.published(part, p) || !rd.published(whole, p) {
			continue
		}
		cells, _ := s.common([]slot{inner, outer})
		if len(cells) > 1 {
			cells = append(cells, make(where, len(s.of(inner))))
		}
		for _, w := range cells {
			own, all := rd.bounds[w.id(part, p)], rd.bounds[w.id(whole, p)]
			if all.Hi >= ledger.Unbounded || own.Hi >= ledger.Unbounded || all.Lo-own.Hi >= rd.release.Rule.Threshold {
				continue
			}
			s.aim(target{kind: "complement", terms: append(s.terms(outer, w, 1), s.terms(inner, w, -1)...), at: inner, where: w, id: w.id(part, p), of: &target{at: outer, where: w}})
		}
	}
}

func (c chain) label() string {
	var ids []string
	for _, x := range c.identities {
		ids = append(ids, x.ID)
	}
	return fmt.Sprintf("%s %s", strings.Join(ids, ", "), c.year)
}
