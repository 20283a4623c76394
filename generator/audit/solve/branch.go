package solve

// branching searches the whole points of a part, for the farthest of a goal or, without a goal, for a first one.
type branching struct {
	*part
	t      *tableau
	goal   *goal
	k      int  // the goal's side
	nodes  int  // left
	inside bool // below the root
}

// search looks at what the tableau's bounds leave. It gives false where it had to leave something out.
func (b *branching) search() (complete bool) {
	if b.nodes--; b.nodes < 0 {
		return false
	}
	b.effort.nodes++
	switch b.t.restore() {
	case optimal:
		return true // nothing here
	case gaveUp:
		return false
	}
	x := make([]int64, b.t.unknowns)
	bound := int64(0)
	if b.goal != nil {
		b.t.visit = func() bool {
			if _, whole := b.t.point(x); whole {
				b.harvest(x)
			}
			return !b.goal.wide
		}
		end := b.t.push(b.t.goal, -1, int(directions[b.k]))
		b.t.visit = nil
		side, ok := &b.goal.sides[b.k], false
		switch end {
		case gaveUp:
			return false
		case endless:
			side.open = true
			return true
		case stopped:
			return true
		}
		if bound, ok = b.bounded(); !ok {
			return false
		}
		if !b.inside && (side.outer-bound)*directions[b.k] > 0 {
			side.outer = bound
		}
		if (bound-side.seen)*directions[b.k] <= 0 {
			return true
		}
	}
	v, whole := b.t.point(x)
	if whole {
		b.harvest(x)
		return true
	}
	if b.near(x, bound); b.found(bound) {
		return true
	}
	if !b.inside {
		b.inside = true
		b.effort.branched++
	}
	lo, hi := b.t.lo[v], b.t.hi[v]
	middle, ok := b.t.lines[b.t.where[v]].floor()
	if !ok {
		return false
	}
	complete = true
	for _, half := range [2][2]int64{{lo, middle}, {middle + 1, hi}} {
		if half[0] <= half[1] {
			b.t.bound(v, half[0], half[1])
			complete = b.search() && complete
		}
		if b.found(bound) {
			complete = true
			break
		}
	}
	b.t.bound(v, lo, hi)
	return complete
}

// bounded gives the value that the goal cannot pass, a multiple of its unit.
func (b *branching) bounded() (int64, bool) {
	end := b.t.goal.floor
	if b.k == 0 {
		end = b.t.goal.ceil
	}
	v, ok := end()
	return b.goal.whole(b.k, v), ok
}

// found says whether there is nothing left to look for, where no point passes bound.
func (b *branching) found(bound int64) bool {
	if b.goal == nil {
		return b.base != nil
	}
	s := &b.goal.sides[b.k]
	return b.goal.done(b.k) || (bound-s.seen)*directions[b.k] <= 0
}

// near walks to a whole point near the tableau's, which may have the value that we look for.
func (b *branching) near(x []int64, bound int64) {
	for v := range x {
		if i := b.t.where[v]; i < 0 {
			x[v] = b.t.val[v]
		} else if n, ok := b.t.lines[i].floor(); ok {
			x[v] = min(max(n, b.lo[v]), b.hi[v], maxBound)
		}
	}
	var row Row
	if b.goal != nil {
		row = b.goal.beyond(b.k, bound)
	}
	steps := walkSteps
	if b.inside {
		steps = nearSteps
	}
	b.walker.jump(x)
	if b.walker.mend(row, steps, false) {
		b.harvest(b.walker.x)
	}
}
