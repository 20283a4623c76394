package solve

import "slices"

// Point is a whole point that holds and shows one end of an answer.
type Point struct {
	solver *solver
	target *target
	side   int
}

// Values gives the value of each unknown; of no point, nil.
func (p *Point) Values() []int64 {
	if p == nil {
		return nil
	}
	x := slices.Clone(p.solver.fixed)
	for _, c := range p.solver.parts {
		c.place(x, c.base)
	}
	for _, g := range p.target.goals {
		g.part.place(x, g.sides[p.side].at)
	}
	return x
}

func (c *part) place(x []int64, p *point) {
	for i, v := range p.values() {
		x[c.unknowns[i]] = v
	}
}

// point is a whole point of a part. A search meets thousands that differ little, so most are kept as what changed since
// another.
type point struct {
	all     []int64
	from    *point
	changes []Term // unknown and its value here
	depth   int
}

const maxDepth = 50

func (p *point) values() []int64 {
	if p.from == nil {
		return slices.Clone(p.all)
	}
	x := p.from.values()
	for _, t := range p.changes {
		x[t.Var] = t.Coef
	}
	return x
}

// keep makes a point of where the walker stands.
func (w *walker) keep() *point {
	p := &point{from: w.from}
	if w.from == nil || w.from.depth >= maxDepth || len(w.since) > len(w.x)/2 {
		p = &point{all: slices.Clone(w.x)}
	} else {
		p.depth = w.from.depth + 1
		for _, t := range w.since {
			p.changes = append(p.changes, Term{t.Var, w.x[t.Var]})
		}
	}
	w.from, w.since = p, w.since[:0]
	return p
}

// harvest takes a point for every goal that it serves.
func (c *part) harvest(x []int64) {
	for i := range c.rows {
		c.holds(i, x)
	}
	p := &point{all: slices.Clone(x)}
	if c.base == nil {
		c.base = p
	}
	for _, g := range c.goals {
		if !g.over() {
			g.take(Value(g.terms, x), func() *point { return p })
		}
	}
}

// holds adds up a row at a point.
func (c *part) holds(i int, x []int64) {
	r := &c.rows[i]
	if v := Value(r.Terms, x); v < r.Lo || v > r.Hi {
		panic("solve: a point does not hold") // all ways to one have mended every row
	}
}

// harvest takes the point where the walker stands for every goal that its last walk brought farther out. Rows that the walk touched are
// added up anew; the others held before. Goals go along by what was changed, and those that are over are forgotten.
func (w *walker) harvest() {
	w.walks++
	var p *point
	keep := func() *point {
		if p == nil {
			p = w.keep()
		}
		return p
	}
	var changed []*goal
	for _, t := range w.trail {
		for _, u := range w.uses[t.Var] {
			if w.added[u.Var] != w.walks {
				w.added[u.Var] = w.walks
				w.holds(u.Var, w.x)
			}
		}
		left := w.serves[t.Var][:0]
		for _, s := range w.serves[t.Var] {
			if s.goal.over() {
				continue
			}
			left = append(left, s)
			if s.goal.now += s.coef * t.Coef; s.goal.changed != w.walks {
				s.goal.changed = w.walks
				changed = append(changed, s.goal)
			}
		}
		w.serves[t.Var] = left
	}
	for _, g := range changed {
		if g.sides[0].seen <= g.now && g.now <= g.sides[1].seen {
			continue
		}
		if g.now != Value(g.terms, w.x) {
			panic("solve: a goal was not added up")
		}
		g.take(g.now, keep)
	}
}

// take keeps a point that has a value farther out than those before.
func (g *goal) take(v int64, keep func() *point) {
	better := false
	for k, d := range directions {
		if s := &g.sides[k]; s.at == nil || (v-s.seen)*d > 0 {
			s.seen, s.at, better = v, keep(), true
		}
	}
	if better && g.part.asking {
		g.ask()
	}
}
