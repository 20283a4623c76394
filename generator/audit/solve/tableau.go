package solve

import "math/big"

// tableau is the simplex method with bounds on both sides, in exact arithmetic. Its variables are the unknowns and, after them,
// one slack a row, whose value is the row's sum. The variables of the columns have whole values anywhere within their bounds; those
// of the lines follow from them. So it can start at any whole point, and at a feasible one it has nothing to repair.
type tableau struct {
	unknowns int
	lo, hi   []int64 // of each variable
	val      []int64 // of the variables that stand in columns
	lines    []row   // and, last, the goal
	basic    []int   // variable of each line
	column   []int   // variable of each column
	where    []int   // place of each variable: line i, or column ^c
	goal     *row
	pivots   int // left before we give up
	nz       []int32
	scratch  []int64
	visit    func() bool // called at each new point; false stops the search
}

type status int

const (
	optimal status = iota
	stopped        // visit said so, or the bound asked for is reached
	endless        // there is no bound
	gaveUp
)

// newTableau starts at x, which may break rows but no bounds.
func newTableau(lo, hi []int64, rows []Row, x []int64) *tableau {
	n, m := len(lo), len(rows)
	t := &tableau{
		unknowns: n, lo: make([]int64, n+m), hi: make([]int64, n+m), val: make([]int64, n+m), where: make([]int, n+m),
		lines: make([]row, m+1), basic: make([]int, m), column: make([]int, n), scratch: make([]int64, n),
	}
	copy(t.lo, lo)
	copy(t.hi, hi)
	copy(t.val, x)
	cells := make([]int32, n*(m+1))
	for i := range t.lines {
		t.lines[i] = row{a: cells[i*n : (i+1)*n : (i+1)*n], d: 1}
	}
	t.goal = &t.lines[m]
	for c := range t.column {
		t.column[c], t.where[c] = c, ^c
	}
	for i, r := range rows {
		t.lo[n+i], t.hi[n+i], t.basic[i], t.where[n+i] = r.Lo, r.Hi, n+i, i
		for _, term := range r.Terms {
			t.lines[i].plusColumn(term.Coef, term.Var, x[term.Var])
		}
	}
	return t
}

// aim makes the goal: a sum of variables.
func (t *tableau) aim(terms []Term) {
	g := t.goal
	clear(g.a)
	g.d, g.k, g.big = 1, 0, nil
	for _, term := range terms {
		if i := t.where[term.Var]; i >= 0 {
			t.support(&t.lines[i])
			g.plus(term.Coef, &t.lines[i], t.nz, t.scratch)
		} else {
			g.plusColumn(term.Coef, ^i, t.val[term.Var])
		}
	}
}

// support lists the columns where a row is not zero.
func (t *tableau) support(r *row) {
	t.nz = t.nz[:0]
	if r.big != nil {
		return
	}
	for c, v := range r.a {
		if v != 0 {
			t.nz = append(t.nz, int32(c))
		}
	}
}

// bound changes the bounds of an unknown. What it breaks, restore mends.
func (t *tableau) bound(v int, lo, hi int64) {
	t.lo[v], t.hi[v] = lo, hi
	if c := ^t.where[v]; c >= 0 {
		t.move(c, min(max(t.val[v], lo), hi))
	}
}

// move gives the variable of a column another value.
func (t *tableau) move(c int, v int64) {
	if by := v - t.val[t.column[c]]; by != 0 {
		for i := range t.lines {
			if t.lines[i].sign(c) != 0 {
				t.lines[i].shift(c, by)
			}
		}
		t.val[t.column[c]] = v
	}
}

// restore walks to a point where each line is within its bounds. It mends one line after the other and never breaks one that
// was good, so a line that cannot be mended proves that there is no such point: then it gives optimal.
func (t *tableau) restore() status {
	for i := range t.basic {
		for {
			side := t.broken(i)
			if side == 0 {
				break
			}
			if s := t.push(&t.lines[i], i, -side); s != stopped {
				return s
			}
		}
	}
	return stopped
}

// broken says whether a line is below its lower bound (-1), above its upper one (1), or neither.
func (t *tableau) broken(i int) int {
	v, r := t.basic[i], &t.lines[i]
	if t.lo[v] != -Unbounded && r.compare(t.lo[v]) < 0 {
		return -1
	}
	if t.hi[v] != Unbounded && r.compare(t.hi[v]) > 0 {
		return 1
	}
	return 0
}

// push walks to where a line is greatest (dir 1) or least (dir -1) while all lines that are within their bounds stay there. A line
// that is pushed to be mended is at; it stops when it is. The goal has none: at is -1.
func (t *tableau) push(r *row, at, dir int) status {
	for idle := 0; ; {
		if t.pivots--; t.pivots < 0 {
			return gaveUp
		}
		c, up := t.enter(r, dir, idle > 2*len(t.column))
		if c < 0 {
			return optimal
		}
		line, step, to := t.leave(c, up, at, dir, idle > 2*len(t.column))
		if step == nil {
			return endless
		}
		if idle++; step.positive() {
			idle = 0
		}
		if line < 0 {
			t.move(c, to)
		} else {
			t.pivot(line, c, to)
		}
		if at >= 0 && (line == at || t.broken(at) != -dir) {
			return stopped
		}
		if at < 0 && idle == 0 && t.visit != nil && !t.visit() {
			return stopped
		}
	}
}

// enter chooses a column whose variable can move so that a line gets nearer to its goal: the one that moves it most, or, where
// we may be going round in circles, the first variable of all.
func (t *tableau) enter(r *row, dir int, first bool) (column int, up bool) {
	column = -1
	best := int64(0)
	consider := func(c int, sign int, size int64) {
		v := t.column[c]
		rise := sign == dir
		if rise && t.val[v] >= t.hi[v] || !rise && t.val[v] <= t.lo[v] {
			return
		}
		if column < 0 || first && v < t.column[column] || !first && size > best {
			column, up, best = c, rise, size
		}
	}
	if r.big != nil {
		for c := range r.big.a {
			if s := r.big.a[c].Sign(); s != 0 {
				consider(c, s, 1)
			}
		}
		return column, up
	}
	for c, v := range r.a {
		switch {
		case v > 0:
			consider(c, 1, int64(v))
		case v < 0:
			consider(c, -1, -int64(v))
		}
	}
	return column, up
}

// leave finds how far the variable of a column can move: as far as its own bound (line -1) or that of a line, to which that line's
// variable then goes. A line that is broken stops it only where it would leave by the far side, the one that is being mended (at)
// where it is.
func (t *tableau) leave(c int, up bool, at, dir int, first bool) (line int, step *ratio, to int64) {
	v := t.column[c]
	line = -1
	if up && t.hi[v] != Unbounded {
		step, to = &ratio{num: t.hi[v] - t.val[v], den: 1}, t.hi[v]
	} else if !up {
		if t.lo[v] != -Unbounded {
			step, to = &ratio{num: t.val[v] - t.lo[v], den: 1}, t.lo[v]
		}
	}
	var now ratio
	for i := range t.basic {
		r := &t.lines[i]
		s := r.sign(c)
		if s == 0 {
			continue
		}
		b := t.basic[i]
		bound := t.hi[b]
		if (s > 0) != up {
			bound = t.lo[b]
			s = -1
		} else {
			s = 1
		}
		if i == at {
			bound = t.lo[b]
			if dir < 0 {
				bound = t.hi[b]
			}
		}
		if bound == Unbounded || bound == -Unbounded {
			continue
		}
		if !now.set(r, c, bound, s) { // past this bound already: broken, and it may stay so
			continue
		}
		better := step == nil
		if !better {
			cmp := now.compare(step)
			better = cmp < 0 || cmp == 0 && line >= 0 && (first && b < t.basic[line] || !first && now.den < step.den)
		}
		if better {
			if step == nil {
				step = new(ratio)
			}
			*step, line, to = now, i, bound
			now = ratio{}
		}
	}
	return line, step, to
}

// pivot exchanges the variable of a line, which goes to a bound, with that of a column.
func (t *tableau) pivot(line, c int, to int64) {
	in, out := t.column[c], t.basic[line]
	for i := range t.lines {
		if t.lines[i].sign(c) != 0 {
			t.lines[i].shift(c, -t.val[in])
		}
	}
	r := &t.lines[line]
	r.exchange(c, to)
	t.support(r)
	for i := range t.lines {
		if i != line && t.lines[i].sign(c) != 0 {
			t.lines[i].absorb(c, r, t.nz, t.scratch)
		}
	}
	t.column[c], t.basic[line] = out, in
	t.where[in], t.where[out] = line, ^c
	t.val[out] = to
}

// point gives the values of the unknowns, if all are whole. Otherwise it gives one that is not.
func (t *tableau) point(x []int64) (fractional int, ok bool) {
	for v := range t.unknowns {
		if i := t.where[v]; i < 0 {
			x[v] = t.val[v]
		} else if n, whole := t.lines[i].whole(); whole {
			x[v] = n
		} else {
			return v, false
		}
	}
	return 0, true
}

// ratio is how far a column can move before a line reaches a bound: at least 0.
type ratio struct {
	num, den int64
	big      *big.Rat
}

// set computes a ratio: the distance of line r to a bound, above it (side 1) or below it (-1), by the size of its entry c. It gives
// false where the line is past that bound.
func (q *ratio) set(r *row, c int, bound int64, side int) bool {
	if r.big == nil {
		if n, ok := mul(bound, r.d); ok {
			q.num, q.den, q.big = (n-r.k)*int64(side), abs(int64(r.a[c])), nil
			return q.num >= 0
		}
	}
	b := r.asBig()
	n := new(big.Int).Mul(big.NewInt(bound), &b.d)
	n.Sub(n, &b.k)
	if side < 0 {
		n.Neg(n)
	}
	q.den, q.big = 1<<62, new(big.Rat).SetFrac(n, new(big.Int).Abs(&b.a[c]))
	return n.Sign() >= 0
}

func (q *ratio) positive() bool { return q.big == nil && q.num > 0 || q.big != nil && q.big.Sign() > 0 }

func (q *ratio) compare(p *ratio) int {
	if q.big == nil && p.big == nil {
		return compareProducts(q.num, p.den, p.num, q.den)
	}
	return q.rat().Cmp(p.rat())
}

func (q *ratio) rat() *big.Rat {
	if q.big != nil {
		return q.big
	}
	return big.NewRat(q.num, q.den)
}
