package solve

import (
	"math/big"
	"slices"
)

// Multiplier is one line of a proof by addition: a multiple of a row, or of an unknown where Row is -1, which lies at its upper
// or at its lower bound.
type Multiplier struct {
	Row    int // or -1
	Var    int // or -1
	Upper  bool
	Factor *big.Rat
}

// Prover shows bounds of one problem. What every proof begins with it finds once, and what it showed it remembers.
type Prover struct {
	problem  Problem
	x        []int64 // a point that holds, or nil
	hopeless bool    // whether one does was not found out
	uses     [][]int // rows of each unknown
	shown    []shown // so far
}

// shown is a bound that was proven.
type shown struct {
	target []Term
	upper  bool
	end    int64 // no whole number beyond it
	proof  []Multiplier
}

// NewProver looks for a point that holds.
func NewProver(p Problem) *Prover {
	if p.check(nil) != nil {
		return &Prover{problem: p, hopeless: true}
	}
	x, _, err := p.Feasible()
	uses := make([][]int, len(p.Lo))
	for i, r := range p.Rows {
		for _, t := range r.Terms {
			uses[t.Var] = append(uses[t.Var], i)
		}
	}
	return &Prover{p, x, err != nil, uses, nil}
}

// Prove shows a bound of a target by addition: the rows and unknowns of the problem, multiplied, add up to the target, and their
// bounds to value. No bound that can be shown so is nearer; one over whole numbers may be. ok is false where there is none, the
// problem cannot hold, or a limit was reached.
func (v *Prover) Prove(target []Term, upper bool) (value *big.Rat, proof []Multiplier, ok bool) {
	p := v.problem
	if v.hopeless || p.check([][]Term{target}) != nil {
		return nil, nil, false
	}
	sub, target, unknowns, rows := v.around(tidy(target))
	if len(sub.Lo)*(len(sub.Rows)+1) > maxCells {
		return nil, nil, false
	}
	start := sub.Lo
	if v.x != nil {
		start = make([]int64, len(unknowns))
		for i, j := range unknowns {
			start[i] = v.x[j]
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
	for c, variable := range t.column {
		s := g.a[c].Sign()
		if s == 0 {
			continue
		}
		m := Multiplier{Row: -1, Var: -1, Upper: s == dir, Factor: new(big.Rat).SetFrac(&g.a[c], &g.d)}
		if variable < len(unknowns) {
			m.Var = unknowns[variable]
		} else {
			m.Row = rows[variable-len(unknowns)]
		}
		proof = append(proof, m)
	}
	for i := range target {
		target[i].Var = unknowns[target[i].Var]
	}
	value, ok = p.Shows(proof, target, upper)
	if ok {
		v.shown = append(v.shown, shown{target, upper, Rounded(value, upper), proof})
	}
	return value, proof, ok
}

// Again finds an earlier proof that shows that a target does not pass a whole number, since the two differ only by unknowns whose bounds
// say so: no part of what is at most 1 is more. Those bounds are left out of the proof.
func (v *Prover) Again(target []Term, upper bool, end int64) (proof []Multiplier, ok bool) {
	target = tidy(target)
	d := int64(-1)
	if upper {
		d = 1
	}
	for _, s := range v.shown {
		if s.upper != upper {
			continue
		}
		if by := apart(target, s.target, v.problem.Lo, v.problem.Hi, d); by < Unbounded && (s.end+by*d-end)*d <= 0 {
			return s.proof, true
		}
	}
	return nil, false
}

// Rounded is the whole number that a bound allows.
func Rounded(bound *big.Rat, upper bool) int64 {
	q, m := new(big.Int).DivMod(bound.Num(), bound.Denom(), new(big.Int))
	if !upper && m.Sign() != 0 {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

// Shows adds up a proof. It gives false where that is not the target, or where a bound stands on the wrong side or is missing.
func (p Problem) Shows(proof []Multiplier, target []Term, upper bool) (*big.Rat, bool) {
	common := big.NewInt(1) // what all factors are divided by
	for _, m := range proof {
		d := m.Factor.Denom()
		common.Div(common, new(big.Int).GCD(nil, nil, common, d)).Mul(common, d)
	}
	left := make([]big.Int, len(p.Lo)) // of the target, when the proof is taken off
	var by, term big.Int
	for _, t := range target {
		left[t.Var].Add(&left[t.Var], term.Mul(common, big.NewInt(t.Coef)))
	}
	value := new(big.Int)
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
		by.Mul(m.Factor.Num(), by.Div(common, m.Factor.Denom()))
		value.Add(value, term.Mul(&by, big.NewInt(bound)))
		for _, t := range terms {
			left[t.Var].Sub(&left[t.Var], term.Mul(&by, big.NewInt(t.Coef)))
		}
	}
	for i := range left {
		if left[i].Sign() != 0 {
			return nil, false
		}
	}
	return new(big.Rat).SetFrac(value, common), true
}

// around takes what hangs together with a target out of the problem, and says which unknowns and rows these are.
func (v *Prover) around(target []Term) (sub Problem, renamed []Term, unknowns, rows []int) {
	p := v.problem
	number := make([]int, len(p.Lo)) // from 1
	rename := func(terms []Term) []Term {
		out := slices.Clone(tidy(terms))
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
		for _, i := range v.uses[j] {
			if !seen[i] {
				seen[i] = true
				rows = append(rows, i)
				sub.Rows = append(sub.Rows, Row{rename(p.Rows[i].Terms), p.Rows[i].Lo, p.Rows[i].Hi})
			}
		}
	}
	return sub, renamed, unknowns, rows
}
