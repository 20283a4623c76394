package audit

import (
	"slices"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/ledger"
)

// overlapSystem is what an attacker makes of figures in which a person may stand several times: a part is no larger than its
// whole, and the whole no larger than its parts together, unless it may hold who is in none of them.
func (b block) overlapSystem(rd *reading) *system {
	s := newSystem(rd, nil)
	at := map[string]int{}
	for _, t := range b.tables {
		for _, p := range b.own(t) {
			rd.each(t, p, func(id string, _ []string) {
				if _, ok := at[id]; ok {
					return
				}
				at[id] = s.unknown()
				if told := rd.bounds[id]; told.Lo <= largest {
					s.say(statement{id, shown, told.Lo, told.Hi, 0}, []solve.Term{{Var: at[id], Coef: 1}})
				}
				if told := rd.bounds[id]; told.Lo < rd.release.Rule.Threshold && told.Hi > 0 {
					s.aim(target{kind: "cell", terms: []solve.Term{{Var: at[id], Coef: 1}}, id: id})
				}
			})
		}
	}
	for _, t := range b.tables {
		for _, p := range b.own(t) {
			rd.each(t, p, func(id string, codes []string) {
				for i, code := range codes {
					if code == total {
						var own []int
						var first string
						for _, part := range slices.Backward(t.Attributes[i].Codes) {
							down := slices.Clone(codes)
							down[i] = part
							if v, ok := at[cellID(t, p, down)]; ok {
								own, first = append(own, v), cellID(t, p, down)
							}
						}
						all := len(own) == len(t.Attributes[i].Codes) && !t.Attributes[i].Partial
						together := s.overlap(id, at[id], own, all)
						if all && t.Attributes[i].Several {
							s.aim(target{kind: "overlap", terms: together, id: first, of: &target{id: id}})
						}
					}
				}
				period, err := calendar.Parse(p)
				if err != nil || rd.release.Indicator(t.Indicator).Measure == "stock" {
					return
				}
				var own []int
				for _, q := range period.Parts() {
					if v, ok := at[cellID(t, q.String(), codes)]; ok {
						own = append(own, v)
					}
				}
				// who is told of by two datasets in a year need not be in one quarter
				s.overlap(id, at[id], own, len(own) > 0 && len(own) == len(period.Parts()) && rd.release.Indicator(t.Indicator).Also == nil)
			})
		}
	}
	return s
}

// guesses are attacks on different people by who takes for granted that nobody stands in two parts of a table: a child mostly has one
// home and one sex, and an attacker may know it of those counted. Where no numbers fit somebody does, and the guess gives nothing.
func (b block) guesses(rd *reading) (all []attack) {
	if rd.release.Indicator(b.indicator).Measure != "distinct" {
		return nil
	}
	for _, p := range b.periods {
		apart := block{indicator: b.indicator, name: p, periods: []string{p}}
		for _, t := range b.tables {
			if slices.Contains(t.periods, p) && !slices.ContainsFunc(t.Attributes, func(a ledger.Attribute) bool { return a.Several }) {
				parts := *t
				parts.Additive, parts.OverTime = true, false
				apart.tables = append(apart.tables, &parts)
			}
		}
		if !slices.ContainsFunc(apart.tables, func(t *table) bool { return len(t.Attributes) > 0 }) {
			continue
		}
		sets, _, _ := apart.combinations(rd) // what is too large for this is attacked as parts that overlap
		for _, set := range sets {
			all = append(all, attack{apart.key(rd, set), b.label(), rd, apart.tables, apart.periods, func(loose bool) *system {
				return apart.cubeSystem([]*reading{rd}, set, loose)
			}, true})
		}
	}
	return all
}

// overlap says what a whole and its parts have to do with one another; all where nothing of the whole is in no part. It gives what the
// parts hold more than the whole: of two parts those that are in both, of more at least as many as are in several.
func (s *system) overlap(id string, whole int, parts []int, all bool) (together []solve.Term) {
	together = []solve.Term{{Var: whole, Coef: -1}}
	for _, part := range parts {
		s.say(statement{id: id, kind: adds, lo: 0, hi: solve.Unbounded}, []solve.Term{{Var: whole, Coef: 1}, {Var: part, Coef: -1}})
		together = append(together, solve.Term{Var: part, Coef: 1})
	}
	if all {
		s.say(statement{id: id, kind: adds, lo: 0, hi: solve.Unbounded}, together)
	}
	return together
}
