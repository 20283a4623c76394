package solve

// narrowing takes bounds from rows: where all other terms are at their least, what is left is the most for one.
type narrowing struct {
	*part
	queue  []int
	queued []bool
}

func newNarrowing(c *part) *narrowing {
	return &narrowing{part: c, queued: make([]bool, len(c.rows)+1)}
}

// run narrows lo and hi by the rows of first and by all that are touched, for a number of looks at rows. extra is one row more. It
// gives false if no point is left.
func (n *narrowing) run(lo, hi []int64, extra *Row, first []int, looks int) bool {
	n.queue = append(n.queue[:0], first...)
	clear(n.queued)
	for _, i := range first {
		n.queued[i] = true
	}
	for head := 0; head < len(n.queue) && looks > 0; head++ {
		looks--
		i := n.queue[head]
		n.queued[i] = false
		r := extra
		if i < len(n.rows) {
			r = &n.rows[i]
		}
		if !n.row(r, lo, hi) {
			return false
		}
	}
	return true
}

// activity gives the least and the greatest value of a sum within the bounds of its unknowns.
func activity(terms []Term, lo, hi []int64) (least, most int64) {
	endless := [2]bool{}
	for _, t := range terms {
		l, h := lo[t.Var], hi[t.Var]
		if t.Coef < 0 {
			l, h = h, l
		}
		if l == Unbounded {
			endless[0] = true
		} else {
			least += t.Coef * l
		}
		if h == Unbounded {
			endless[1] = true
		} else {
			most += t.Coef * h
		}
	}
	if endless[0] {
		least = -Unbounded
	}
	if endless[1] {
		most = Unbounded
	}
	return max(least, -Unbounded), min(most, Unbounded)
}

// row narrows the unknowns of one row and queues the rows that they stand in.
func (n *narrowing) row(r *Row, lo, hi []int64) bool {
	var least, most int64 // of the terms that are bounded
	var below, above int  // how many terms are not
	for _, t := range r.Terms {
		l, h := lo[t.Var], hi[t.Var]
		if t.Coef < 0 {
			l, h = h, l
		}
		if l == Unbounded {
			below++
		} else {
			least += t.Coef * l
		}
		if h == Unbounded {
			above++
		} else {
			most += t.Coef * h
		}
	}
	if below == 0 && r.Hi < Unbounded && least > r.Hi || above == 0 && r.Lo > -Unbounded && most < r.Lo {
		return false
	}
	fromAbove := r.Hi < Unbounded && (below == 1 || below == 0 && (above > 0 || most > r.Hi))
	fromBelow := r.Lo > -Unbounded && (above == 1 || above == 0 && (below > 0 || least < r.Lo))
	if !fromAbove && !fromBelow {
		return true
	}
	for _, t := range r.Terms {
		l, h := lo[t.Var], hi[t.Var]
		from, to := l, h // the values that give the least and the most
		if t.Coef < 0 {
			from, to = h, l
		}
		newLo, newHi := l, h
		narrow := func(room int64, isUpper bool) { // coef * x <= room, or >= room
			q := floorDiv(room, t.Coef)
			if isUpper == (t.Coef > 0) {
				newHi = min(newHi, q)
			} else {
				if q*t.Coef != room {
					q++
				}
				newLo = max(newLo, q)
			}
		}
		if fromAbove && (below == 0 || below == 1 && from == Unbounded) {
			room := r.Hi - least
			if from != Unbounded {
				room += t.Coef * from
			}
			narrow(room, true)
		}
		if fromBelow && (above == 0 || above == 1 && to == Unbounded) {
			room := r.Lo - most
			if to != Unbounded {
				room += t.Coef * to
			}
			narrow(room, false)
		}
		if newLo > newHi {
			return false
		}
		if newHi > maxBound {
			newHi = h // too far out to go on with
		}
		if newLo > maxBound {
			newLo = l
		}
		if newLo == l && newHi == h {
			continue
		}
		lo[t.Var], hi[t.Var] = newLo, newHi
		for _, u := range n.uses[t.Var] {
			if !n.queued[u.Var] {
				n.queued[u.Var] = true
				n.queue = append(n.queue, u.Var)
			}
		}
	}
	return true
}
