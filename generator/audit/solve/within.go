package solve

// inherit takes ends of a goal from settled ones: a sum is no more than another one and the most by which it can pass that. Where a
// province has one child in a year at most, so has each of its quarters, by sex and by age, and nobody needs to search there.
func (c *part) inherit(g *goal) {
	for k, d := range directions {
		s := &g.sides[k]
		if !g.done(k) {
			for _, o := range c.settled[k] {
				by := apart(g.terms, o.terms, c.lo, c.hi, d)
				if end := g.whole(k, o.sides[k].outer+by*d); by < Unbounded && (s.outer-end)*d > 0 {
					s.outer = end
				}
			}
		}
		s.inherited = s.outer
	}
}

// bequeath keeps a settled goal for those that come after it, if an end of it had to be searched for.
func (c *part) bequeath(g *goal) {
	for k := range directions {
		if s := &g.sides[k]; !g.wide && !s.open && s.outer != s.inherited {
			c.settled[k] = append(c.settled[k], g)
		}
	}
}

// apart says by how much a sum can pass another one, upwards (d 1) or downwards (-1), within the bounds of their unknowns; Unbounded
// where there is no end.
func apart(a, b []Term, lo, hi []int64, d int64) int64 {
	sum := int64(0)
	for len(a) > 0 || len(b) > 0 {
		var t Term
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Var < b[0].Var:
			t, a = a[0], a[1:]
		case len(a) == 0 || a[0].Var > b[0].Var:
			t, b = Term{b[0].Var, -b[0].Coef}, b[1:]
		default:
			t = Term{a[0].Var, a[0].Coef - b[0].Coef}
			a, b = a[1:], b[1:]
		}
		t.Coef *= d
		switch {
		case t.Coef <= 0:
			sum += t.Coef * lo[t.Var]
		case hi[t.Var] == Unbounded:
			return Unbounded
		default:
			sum += t.Coef * hi[t.Var]
		}
	}
	return sum
}
