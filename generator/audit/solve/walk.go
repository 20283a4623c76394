package solve

// walker walks from whole point to whole point, one unknown at a time. It proves nothing, but it is quick: most targets need
// no more.
type walker struct {
	*part
	x      []int64 // where it stands
	gauges []gauge // of each row; the last is that of the goal
	extra  Row     // the goal's row
	coef   []int64 // of each unknown in the goal
	broken []int   // rows that are out of their bounds
	place  []int   // of each row among those, or -1
	rest   []int   // the step before which an unknown must not be moved again
	trail  []Term  // what was changed: unknown, and by how much
	from   *point  // where it came from: x is that and since; nil where it jumped
	since  []Term  // unknowns that changed since from
	seed   uint64
	walks  int   // that were harvested
	added  []int // of each row: the last of them that changed it
}

// gauge is what a row is bounded by, what it adds up to, and by how much that is out of its bounds.
type gauge struct{ lo, hi, sum, excess int64 }

// set notes a sum.
func (g *gauge) set(sum int64) { g.sum, g.excess = sum, g.beyond(sum) }

// beyond says by how much a sum is out of bounds.
func (g *gauge) beyond(sum int64) int64 { return max(g.lo-sum, sum-g.hi, 0) }

func newWalker(c *part) *walker {
	w := &walker{
		part: c, x: make([]int64, len(c.lo)), gauges: make([]gauge, len(c.rows)+1), coef: make([]int64, len(c.lo)),
		place: make([]int, len(c.rows)+1), rest: make([]int, len(c.lo)), added: make([]int, len(c.rows)), seed: 1,
	}
	return w
}

// back goes to a point that was kept, and adds up the goals there.
func (w *walker) back(p *point) {
	w.jump(p.values())
	w.from = p
	for _, g := range w.goals {
		if !g.over() {
			g.now = Value(g.terms, w.x)
		}
	}
}

// jump goes anywhere. Before goals are walked to again it has to go back.
func (w *walker) jump(x []int64) {
	copy(w.x, x)
	w.from, w.since = nil, w.since[:0]
	for i, r := range w.rows {
		w.gauges[i] = gauge{lo: r.Lo, hi: r.Hi}
		w.gauges[i].set(Value(r.Terms, w.x))
	}
}

// mend walks until all rows hold, the goal's among them, or for a number of steps. Where it fails it goes back, unless told to stay.
func (w *walker) mend(goal Row, steps int, stay bool) bool {
	if w.still {
		return false
	}
	w.effort.walks++
	for _, t := range goal.Terms {
		w.coef[t.Var] = t.Coef
	}
	defer func() {
		for _, t := range goal.Terms {
			w.coef[t.Var] = 0
		}
	}()
	w.extra, w.trail, w.broken = goal, w.trail[:0], w.broken[:0]
	w.gauges[len(w.rows)] = gauge{lo: goal.Lo, hi: goal.Hi}
	w.gauges[len(w.rows)].set(Value(goal.Terms, w.x))
	for i := range w.place {
		w.place[i] = -1
		w.mark(i)
	}
	clear(w.rest)
	for step := 1; len(w.broken) > 0; step++ {
		if step > steps || !w.step(step) {
			if !stay {
				for i := len(w.trail) - 1; i >= 0; i-- {
					w.change(w.trail[i].Var, -w.trail[i].Coef)
				}
			}
			return false
		}
	}
	w.since = append(w.since, w.trail...)
	return true
}

func (w *walker) row(i int) *Row {
	if i < len(w.rows) {
		return &w.rows[i]
	}
	return &w.extra
}

// mark puts a row among the broken ones or takes it out.
func (w *walker) mark(i int) {
	bad, at := w.gauges[i].excess > 0, w.place[i]
	switch {
	case bad && at < 0:
		w.place[i] = len(w.broken)
		w.broken = append(w.broken, i)
	case !bad && at >= 0:
		last := w.broken[len(w.broken)-1]
		w.broken[at], w.place[last] = last, at
		w.broken, w.place[i] = w.broken[:len(w.broken)-1], -1
	}
}

func (w *walker) change(v int, by int64) {
	w.x[v] += by
	for _, u := range w.uses[v] {
		g := &w.gauges[u.Var]
		g.set(g.sum + u.Coef*by)
		w.mark(u.Var)
	}
	if a := w.coef[v]; a != 0 {
		g := &w.gauges[len(w.rows)]
		g.set(g.sum + a*by)
		w.mark(len(w.rows))
	}
}

// step mends one broken row as far as one unknown can, the one that breaks least elsewhere.
func (w *walker) step(now int) bool {
	i := w.broken[w.chance(len(w.broken))]
	r, up := w.row(i), int64(1)
	if w.gauges[i].sum > r.Hi {
		up = -1
	}
	need := w.gauges[i].excess
	look := min(len(r.Terms), 64)
	first := w.chance(len(r.Terms))
	best, bestBy, bestCost, ties := -1, int64(0), int64(0), 0
	for k := range look {
		at := first + k
		if at >= len(r.Terms) {
			at -= len(r.Terms)
		}
		t := r.Terms[at]
		dir := up
		if t.Coef < 0 {
			dir = -up
		}
		room := w.x[t.Var] - w.lo[t.Var]
		if dir > 0 {
			room = min(w.hi[t.Var], maxBound) - w.x[t.Var]
		}
		if room <= 0 || w.rest[t.Var] > now {
			continue
		}
		by := w.reach(t.Var, dir, min(room, (need+abs(t.Coef)-1)/abs(t.Coef))) * dir
		cost := w.cost(t.Var, by)
		if best >= 0 && cost == bestCost {
			ties++
		}
		if best < 0 || cost < bestCost || cost == bestCost && w.chance(ties) == 0 {
			if best < 0 || cost < bestCost {
				ties = 1
			}
			best, bestBy, bestCost = t.Var, by, cost
		}
	}
	if best < 0 {
		return true // all rest: wait
	}
	w.trail = append(w.trail, Term{best, bestBy})
	w.rest[best] = now + 2 + w.chance(4)
	w.change(best, bestBy)
	return true
}

// reach says how far an unknown can go, at least 1, before it harms a row.
func (w *walker) reach(v int, dir, most int64) int64 {
	if most <= 1 {
		return 1
	}
	limit := func(g *gauge, a int64) {
		room := g.sum - g.lo
		if a*dir > 0 {
			room = g.hi - g.sum
		}
		most = min(most, room/abs(a))
	}
	for _, u := range w.uses[v] {
		limit(&w.gauges[u.Var], u.Coef)
	}
	if a := w.coef[v]; a != 0 {
		limit(&w.gauges[len(w.rows)], a)
	}
	return max(most, 1)
}

// cost says how much farther out of bounds the rows are after a change.
func (w *walker) cost(v int, by int64) int64 {
	cost := int64(0)
	for _, u := range w.uses[v] {
		g := &w.gauges[u.Var]
		cost += g.beyond(g.sum+u.Coef*by) - g.excess
	}
	if a := w.coef[v]; a != 0 {
		g := &w.gauges[len(w.rows)]
		cost += g.beyond(g.sum+a*by) - g.excess
	}
	return cost
}

// chance gives a number below n. The same walk always has the same ones.
func (w *walker) chance(n int) int {
	if n <= 1 {
		return 0
	}
	w.seed ^= w.seed << 13
	w.seed ^= w.seed >> 7
	w.seed ^= w.seed << 17
	return int(w.seed % uint64(n))
}
