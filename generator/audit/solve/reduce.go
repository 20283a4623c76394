package solve

import (
	"cmp"
	"slices"
)

// solver holds a problem that was taken apart.
type solver struct {
	enough  func(int, int64, int64) bool
	effort  effort
	still   bool // do not walk: tests hold the rest to account alone
	asking  bool // each part has a point
	parts   []*part
	targets []*target
	fixed   []int64 // values of the unknowns that have one only; of the others 0
	at      []place // where each unknown is now
}

// place names an unknown of a part; fixed ones have none.
type place struct {
	part  *part
	index int
}

// part is a piece of the problem that shares no row with the others, with all that is found out about it.
type part struct {
	*solver
	unknowns  []int // as the problem numbers them
	lo, hi    []int64
	rows      []Row
	uses      [][]Term // of each unknown: the rows that it stands in, as Var, and its coefficient there
	goals     []*goal
	share     []Term      // of the target that is taken apart
	serves    [][]serving // of each unknown: the goals that it stands in
	base      *point      // the first one found
	walker    *walker
	narrowing *narrowing
	table     *tableau
	settled   [2][]*goal // those whose least, or greatest, value others inherit
}

// serving is a goal that an unknown stands in, and its coefficient there.
type serving struct {
	goal *goal
	coef int64
}

// target is a sum that is asked about. Each part has its share of it, a goal.
type target struct {
	*solver
	index int
	fixed int64
	goals []*goal
	wide  bool
}

// reduce narrows the bounds, drops what is fixed and what cannot bind, and takes the rest apart. It gives false where that shows
// that no point holds.
func (s *solver) reduce(p Problem, targets [][]Term) bool {
	n := len(p.Lo)
	all := &part{solver: s, lo: slices.Clone(p.Lo), hi: slices.Clone(p.Hi)}
	for _, r := range p.Rows {
		all.rows = append(all.rows, Row{tidy(r.Terms), r.Lo, r.Hi})
	}
	for j := range n {
		if all.lo[j] > all.hi[j] {
			return false
		}
	}
	all.index()
	everything := make([]int, len(all.rows))
	for i := range everything {
		everything[i] = i
	}
	if !newNarrowing(all).run(all.lo, all.hi, nil, everything, 100*len(all.rows)+1000) {
		return false
	}

	s.fixed, s.at = make([]int64, n), make([]place, n)
	set := make([]int, n) // the unknowns that hang together, as a forest
	for j := range set {
		set[j] = j
		if all.lo[j] == all.hi[j] {
			s.fixed[j] = all.lo[j]
		}
	}
	root := func(j int) int {
		for set[j] != j {
			set[j] = set[set[j]]
			j = set[j]
		}
		return j
	}
	binding := all.rows[:0]
	for _, r := range all.rows {
		least, most := activity(r.Terms, all.lo, all.hi)
		if r.Lo > r.Hi || least > r.Hi || most < r.Lo {
			return false
		}
		if least >= r.Lo && most <= r.Hi {
			continue
		}
		if r = all.withoutFixed(r).divided(); r.Lo > r.Hi {
			return false
		}
		for _, t := range r.Terms[1:] {
			set[root(t.Var)] = root(r.Terms[0].Var)
		}
		binding = append(binding, r)
	}
	of := make([]*part, n)
	for j := range n {
		if all.lo[j] == all.hi[j] {
			continue
		}
		c := of[root(j)]
		if c == nil {
			c = &part{solver: s}
			of[root(j)] = c
			s.parts = append(s.parts, c)
		}
		s.at[j] = place{c, len(c.unknowns)}
		c.unknowns, c.lo, c.hi = append(c.unknowns, j), append(c.lo, all.lo[j]), append(c.hi, all.hi[j])
	}
	for _, r := range binding {
		c := of[root(r.Terms[0].Var)]
		c.rows = append(c.rows, Row{s.local(r.Terms), r.Lo, r.Hi})
	}
	for _, c := range s.parts {
		c.rows = unite(c.rows)
		if slices.ContainsFunc(c.rows, func(r Row) bool { return r.Lo > r.Hi }) {
			return false
		}
		c.index()
	}
	for i, terms := range targets {
		s.targets = append(s.targets, s.target(i, tidy(terms)))
	}
	for _, c := range s.parts {
		c.serve()
	}
	return true
}

// tidy sorts terms by their unknown and adds up those that share one. Terms that are tidy it gives back as they are.
func tidy(terms []Term) []Term {
	untidy := false
	for i, t := range terms {
		untidy = untidy || t.Coef == 0 || i > 0 && terms[i-1].Var >= t.Var
	}
	if !untidy {
		return terms
	}
	terms = slices.Clone(terms)
	slices.SortFunc(terms, func(a, b Term) int { return cmp.Compare(a.Var, b.Var) })
	out := terms[:0]
	for _, t := range terms {
		if n := len(out); n > 0 && out[n-1].Var == t.Var {
			out[n-1].Coef += t.Coef
		} else {
			out = append(out, t)
		}
	}
	return slices.DeleteFunc(out, func(t Term) bool { return t.Coef == 0 })
}

// withoutFixed takes the unknowns with one value only out of a row that binds.
func (c *part) withoutFixed(r Row) Row {
	out, known := Row{Lo: r.Lo, Hi: r.Hi}, int64(0)
	for _, t := range r.Terms {
		if c.lo[t.Var] == c.hi[t.Var] {
			known += t.Coef * c.lo[t.Var]
		} else {
			out.Terms = append(out.Terms, t)
		}
	}
	if out.Lo > -Unbounded {
		out.Lo -= known
	}
	if out.Hi < Unbounded {
		out.Hi -= known
	}
	return out
}

// divided takes out what the coefficients have in common: 2x + 4y is from 3 to 7, so x + 2y is from 2 to 3.
func (r Row) divided() Row {
	g := common(r.Terms)
	if g == 1 {
		return r
	}
	for i := range r.Terms {
		r.Terms[i].Coef /= g
	}
	if r.Lo > -Unbounded {
		r.Lo = -floorDiv(-r.Lo, g)
	}
	if r.Hi < Unbounded {
		r.Hi = floorDiv(r.Hi, g)
	}
	return r
}

// common gives the greatest number that divides all coefficients.
func common(terms []Term) int64 {
	g := int64(0)
	for _, t := range terms {
		g = gcd(g, t.Coef)
	}
	return g
}

// local renumbers terms as their part does.
func (s *solver) local(terms []Term) []Term {
	out := make([]Term, len(terms))
	for i, t := range terms {
		out[i] = Term{s.at[t.Var].index, t.Coef}
	}
	return out
}

// unite makes one row of those that bound the same sum.
func unite(rows []Row) []Row {
	slices.SortStableFunc(rows, func(a, b Row) int { return compareTerms(a.Terms, b.Terms) })
	out := rows[:0]
	for _, r := range rows {
		if n := len(out); n > 0 && compareTerms(out[n-1].Terms, r.Terms) == 0 {
			out[n-1].Lo, out[n-1].Hi = max(out[n-1].Lo, r.Lo), min(out[n-1].Hi, r.Hi)
		} else {
			out = append(out, r)
		}
	}
	return out
}

func compareTerms(a, b []Term) int {
	return slices.CompareFunc(a, b, func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.Var, b.Var), cmp.Compare(a.Coef, b.Coef))
	})
}

// serve fills in which goals each unknown serves.
func (c *part) serve() {
	count := make([]int, len(c.lo))
	for _, g := range c.goals {
		for _, t := range g.terms {
			count[t.Var]++
		}
	}
	c.serves = make([][]serving, len(c.lo))
	for j, n := range count {
		c.serves[j] = make([]serving, 0, n)
	}
	for _, g := range c.goals {
		for _, t := range g.terms {
			c.serves[t.Var] = append(c.serves[t.Var], serving{g, t.Coef})
		}
	}
}

// index fills in where each unknown is used.
func (c *part) index() {
	c.uses = make([][]Term, len(c.lo))
	for i, r := range c.rows {
		for _, t := range r.Terms {
			c.uses[t.Var] = append(c.uses[t.Var], Term{i, t.Coef})
		}
	}
}

// target takes a target apart.
func (s *solver) target(index int, terms []Term) *target {
	t := &target{solver: s, index: index}
	var order []*part
	for _, term := range terms {
		at := s.at[term.Var]
		c := at.part
		if c == nil {
			t.fixed += term.Coef * s.fixed[term.Var]
			continue
		}
		if c.share == nil {
			order, c.share = append(order, c), make([]Term, 0, len(terms))
		}
		c.share = append(c.share, Term{at.index, term.Coef})
	}
	for _, c := range order {
		g := c.newGoal(t, c.share)
		t.goals, c.goals, c.share = append(t.goals, g), append(c.goals, g), nil
	}
	return t
}
