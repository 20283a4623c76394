package solve

import "math/big"

// Multiplier is one line of a proof by addition: a multiple of a row, or of an unknown where Row is -1, which lies at its upper
// or at its lower bound.
type Multiplier struct {
	Row    int // or -1
	Var    int // or -1
	Upper  bool
	Factor *big.Rat
}

// Prove shows a bound of a target by addition: the rows and unknowns of the problem, multiplied, add up to the target, and their
// bounds to value. No bound that can be shown so is nearer; one over whole numbers may be. ok is false where there is none, the
// problem cannot hold, or a limit was reached.
func Prove(p Problem, target []Term, upper bool) (value *big.Rat, proof []Multiplier, ok bool) {
	if p.check([][]Term{target}) != nil {
		return nil, nil, false
	}
	x, feasible, err := p.Feasible()
	if err != nil {
		return nil, nil, false
	}
	sub, target, unknowns, rows := p.around(tidy(target))
	if len(sub.Lo)*(len(sub.Rows)+1) > maxCells {
		return nil, nil, false
	}
	start := sub.Lo
	if feasible {
		start = make([]int64, len(unknowns))
		for i, j := range unknowns {
			start[i] = x[j]
		}
	}
	t := newTableau(sub.Lo, sub.Hi, sub.Rows, start)
	t.pivots = firstPivots
	dir := -1
	if upper {
		dir = 1
	}
	if t.restore() != stopped {
		return nil, nil, false
	}
	t.aim(target)
	if t.push(t.goal, -1, dir) != optimal {
		return nil, nil, false
	}
	g := t.goal.asBig()
	for c, v := range t.column {
		s := g.a[c].Sign()
		if s == 0 {
			continue
		}
		m := Multiplier{Row: -1, Var: -1, Upper: s == dir, Factor: new(big.Rat).SetFrac(&g.a[c], &g.d)}
		if v < len(unknowns) {
			m.Var = unknowns[v]
		} else {
			m.Row = rows[v-len(unknowns)]
		}
		proof = append(proof, m)
	}
	for i := range target {
		target[i].Var = unknowns[target[i].Var]
	}
	value, ok = p.Shows(proof, target, upper)
	return value, proof, ok
}

// Shows adds up a proof. It gives false where that is not the target, or where a bound stands on the wrong side or is missing.
func (p Problem) Shows(proof []Multiplier, target []Term, upper bool) (*big.Rat, bool) {
	left := make([]big.Rat, len(p.Lo)) // of the target, when the proof is taken off
	for _, t := range target {
		left[t.Var].Add(&left[t.Var], big.NewRat(t.Coef, 1))
	}
	value := new(big.Rat)
	for _, m := range proof {
		lo, hi, terms := int64(0), int64(0), []Term{{m.Var, 1}}
		if m.Row >= 0 {
			lo, hi, terms = p.Rows[m.Row].Lo, p.Rows[m.Row].Hi, p.Rows[m.Row].Terms
		} else {
			lo, hi = p.Lo[m.Var], p.Hi[m.Var]
		}
		bound := lo
		if m.Upper {
			bound = hi
		}
		if m.Upper != (m.Factor.Sign() > 0 == upper) || bound <= -Unbounded || bound >= Unbounded {
			return nil, false
		}
		value.Add(value, new(big.Rat).Mul(m.Factor, big.NewRat(bound, 1)))
		for _, t := range terms {
			left[t.Var].Sub(&left[t.Var], new(big.Rat).Mul(m.Factor, big.NewRat(t.Coef, 1)))
		}
	}
	for i := range left {
		if left[i].Sign() != 0 {
			return nil, false
		}
	}
	return value, true
}

// around takes what hangs together with a target out of a problem, and says which unknowns and rows these are.
func (p Problem) around(target []Term) (sub Problem, renamed []Term, unknowns, rows []int) {
	uses := make([][]int, len(p.Lo))
	for i, r := range p.Rows {
		for _, t := range r.Terms {
			uses[t.Var] = append(uses[t.Var], i)
		}
	}
	number := make([]int, len(p.Lo)) // from 1
	rename := func(terms []Term) []Term {
		out := tidy(terms)
		for i, t := range out {
			if number[t.Var] == 0 {
				unknowns = append(unknowns, t.Var)
				number[t.Var] = len(unknowns)
			}
			out[i].Var = number[t.Var] - 1
		}
		return out
	}
	renamed = rename(target)
	seen := make([]bool, len(p.Rows))
	for n := 0; n < len(unknowns); n++ {
		j := unknowns[n]
		sub.Lo, sub.Hi = append(sub.Lo, p.Lo[j]), append(sub.Hi, p.Hi[j])
		for _, i := range uses[j] {
			if !seen[i] {
				seen[i] = true
				rows = append(rows, i)
				sub.Rows = append(sub.Rows, Row{rename(p.Rows[i].Terms), p.Rows[i].Lo, p.Rows[i].Hi})
			}
		}
	}
	return sub, renamed, unknowns, rows
}
