package solve

import (
	"slices"
)

// Limits of the search. Each is far above what tables of counts have needed.
const (
	maxNodes    = 2000      // of one target's branches, on one side
	firstNodes  = 5000      // of the search for a first point
	maxCells    = 1 << 27   // of a tableau
	walkSteps   = 1000      // from one point to a better one
	nearSteps   = 300       // the same, among branches
	maxTries    = 200       // strides to one side of a target
	narrowings  = 400       // looks at rows to refute a value
	firstPivots = 1_000_000 // of the search for a first point
	maxPivots   = 50_000    // of one target, on one side
)

// goal is a part's share of a target. Side 0 is the low end, side 1 the high one.
type goal struct {
	*target
	part  *part
	terms []Term
	unit  int64 // its values are multiples of this
	row   int   // the row that bounds this very sum, or -1
	sides [2]side

	now     int64 // its value where the walker stands, until it is over
	changed int   // the last walk that changed it
}

type side struct {
	seen      int64 // the farthest value of a point
	at        *point
	outer     int64 // no value lies beyond it
	inherited int64 // the same, before it was searched for
	open      bool  // there is no bound
}

var directions = [2]int64{-1, 1}

func (c *part) newGoal(t *target, terms []Term) *goal {
	g := &goal{target: t, part: c, terms: terms, unit: common(terms), row: -1}
	least, most := activity(terms, c.lo, c.hi)
	if i, ok := slices.BinarySearchFunc(c.rows, terms, func(r Row, terms []Term) int { return compareTerms(r.Terms, terms) }); ok {
		g.row, least, most = i, max(least, c.rows[i].Lo), min(most, c.rows[i].Hi)
	}
	g.sides[0].outer, g.sides[1].outer = g.whole(0, least), g.whole(1, most)
	return g
}

// whole is the last multiple of the goal's unit on a side of it, up to an end.
func (g *goal) whole(k int, end int64) int64 {
	switch {
	case end <= -Unbounded || end >= Unbounded:
		return end
	case k == 0:
		return -floorDiv(-end, g.unit) * g.unit
	}
	return floorDiv(end, g.unit) * g.unit
}

// seen gives the range that points show.
func (t *target) seen() (lo, hi int64) {
	lo, hi = t.fixed, t.fixed
	for _, g := range t.goals {
		lo, hi = lo+g.sides[0].seen, hi+g.sides[1].seen
	}
	return lo, hi
}

// ask sees whether what is known is enough.
func (t *target) ask() {
	if t.enough == nil || t.wide {
		return
	}
	lo, hi := t.seen()
	t.wide = t.enough(t.index, lo, hi)
}

// done says whether a side needs no more search.
func (g *goal) done(k int) bool {
	s := &g.sides[k]
	return g.wide || s.open || s.seen == s.outer
}

// over says whether no point can tell more of a goal.
func (g *goal) over() bool {
	low, high := &g.sides[0], &g.sides[1]
	return g.wide || low.at != nil && low.seen == low.outer && high.seen == high.outer
}

// begin finds a first point. It gives false where there is none, and an error where that is not known.
func (c *part) begin() (bool, error) {
	c.walker = newWalker(c)
	c.walker.jump(c.lo)
	if c.walker.mend(Row{}, 20*len(c.lo)+2000, true) {
		c.harvest(c.walker.x)
		return true, nil
	}
	t := c.tableau(c.walker.x)
	if t == nil {
		return false, ErrLimit
	}
	b := branching{part: c, t: t, nodes: firstNodes}
	complete := b.search()
	switch {
	case c.base != nil:
		return true, nil
	case complete:
		return false, nil
	}
	return false, ErrLimit
}

// small says whether a tableau of the part is within limits.
func (c *part) small() bool { return len(c.lo)*(len(c.rows)+1) <= maxCells }

// tableau makes the part's tableau, or nothing where it is too large.
func (c *part) tableau(x []int64) *tableau {
	if c.table == nil && c.small() {
		c.table = newTableau(c.lo, c.hi, c.rows, x)
		c.table.pivots = firstPivots
	}
	return c.table
}

// beyond gives the row that asks a goal's side for a value.
func (g *goal) beyond(k int, want int64) Row {
	if k == 0 {
		return Row{g.terms, -Unbounded, want}
	}
	return Row{g.terms, want, Unbounded}
}

// widen walks to both sides of a goal, in growing strides. Where it gets stuck, or no end is in sight, it leaves the search to settle; a
// part too large for that it walks once more, from the goal's own farthest point.
func (c *part) widen(g *goal) {
	for k, d := range directions {
		endless := g.sides[k].outer*d >= Unbounded
		again := false
		for stride, tries := int64(1), 0; tries < maxTries && !g.done(k) && !(endless && stride > 64); tries++ {
			if c.stride(g, k, stride) {
				stride *= 2
				continue
			}
			if stride > 1 {
				stride = 1
				continue
			}
			if c.refute(g, k) || c.small() || again {
				break
			}
			c.walker.back(g.sides[k].at)
			again = true
		}
	}
}

// stride walks to a point that is farther out.
func (c *part) stride(g *goal, k int, by int64) bool {
	s, d := &g.sides[k], directions[k]
	want := s.seen + d*by*g.unit
	if (want-s.outer)*d > 0 {
		want = s.outer
	}
	if c.walker.from == nil {
		c.walker.back(s.at)
	}
	if !c.walker.mend(g.beyond(k, want), walkSteps, false) {
		return false
	}
	c.walker.harvest()
	return true
}

// refute sees whether bounds alone show that nothing lies farther out.
func (c *part) refute(g *goal, k int) bool {
	s := &g.sides[k]
	beyond := g.beyond(k, s.seen+directions[k]*g.unit)
	lo, hi := slices.Clone(c.lo), slices.Clone(c.hi)
	if c.narrowing == nil {
		c.narrowing = newNarrowing(c)
	}
	if c.narrowing.run(lo, hi, &beyond, []int{len(c.rows)}, narrowings) {
		return false
	}
	s.outer = s.seen
	return true
}

// settle finds the true ends of a goal.
func (c *part) settle(g *goal) {
	for k := range directions {
		if g.done(k) || c.tableau(c.base.values()) == nil {
			continue
		}
		c.effort.simplexes++
		t := c.table
		t.pivots = maxPivots
		if g.row >= 0 {
			t.aim([]Term{{len(c.lo) + g.row, 1}})
		} else {
			t.aim(g.terms)
		}
		b := branching{part: c, t: t, goal: g, k: k, nodes: maxNodes}
		if b.search() && !g.done(k) {
			g.sides[k].outer = g.sides[k].seen
		}
		c.effort.pivots += maxPivots - t.pivots
	}
}

// answer adds up what the parts found.
func (s *solver) answer(t *target) Answer {
	a := Answer{Wide: t.wide}
	var ends [2]int64
	var exact [2]bool
	var points [2]*Point
	for k, d := range directions {
		ends[k], exact[k] = t.fixed, true
		endless, attained := false, true
		for _, g := range t.goals {
			side := &g.sides[k]
			tight := side.seen == side.outer && !side.open
			exact[k] = exact[k] && (tight || side.open)
			attained = attained && (tight || t.wide)
			switch {
			case t.wide:
				ends[k] += side.seen
			case side.open || side.outer*d >= Unbounded:
				endless = true
			default:
				ends[k] += side.outer
			}
		}
		if endless {
			ends[k] = d * Unbounded
		}
		if attained {
			points[k] = &Point{s, t, k}
		}
	}
	a.Lo, a.Hi, a.Low, a.High = ends[0], ends[1], points[0], points[1]
	a.Proven = exact[0] && exact[1] && !(t.wide && t.open())
	return a
}

// open says whether a side of a target has no bound.
func (t *target) open() bool {
	return slices.ContainsFunc(t.goals, func(g *goal) bool { return g.sides[0].open || g.sides[1].open })
}
