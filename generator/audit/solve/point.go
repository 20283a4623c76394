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

// harvest takes a point for every goal that it serves. Where a walker stands on it, only what its last walk changed is looked at.
func (c *part) harvest(x []int64, w *walker) {
	rows, goals := c.rows, c.goals
	if w != nil {
		rows, goals = nil, nil
		for _, t := range w.trail {
			for _, u := range c.uses[t.Var] {
				rows = append(rows, c.rows[u.Var])
			}
			goals = append(goals, c.serves[t.Var]...)
		}
	}
	for _, r := range rows {
		if v := Value(r.Terms, x); v < r.Lo || v > r.Hi {
			panic("solve: a point does not hold") // all ways here have mended every row
		}
	}
	var p *point
	keep := func() *point {
		if p == nil && w != nil {
			p = w.keep()
		} else if p == nil {
			p = &point{all: slices.Clone(x)}
		}
		return p
	}
	if c.base == nil {
		c.base = keep()
	}
	for _, g := range goals {
		if g.wide {
			continue
		}
		v, better := Value(g.terms, x), false
		for k, d := range directions {
			if s := &g.sides[k]; s.at == nil || (v-s.seen)*d > 0 {
				s.seen, s.at, better = v, keep(), true
			}
		}
		if better && c.asking {
			g.ask()
		}
	}
}
