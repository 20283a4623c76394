package solve

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// enumerate gives the true range of each target by looking at every point. Unbounded unknowns end at most.
func enumerate(p Problem, targets [][]Term, most int64) (lo, hi []int64, feasible bool) {
	lo, hi = make([]int64, len(targets)), make([]int64, len(targets))
	x := slices.Clone(p.Lo)
	for j := range x {
		if x[j] > p.Hi[j] {
			return nil, nil, false
		}
	}
	for {
		if p.Holds(x) {
			for i, t := range targets {
				v := Value(t, x)
				if !feasible {
					lo[i], hi[i] = v, v
				}
				lo[i], hi[i] = min(lo[i], v), max(hi[i], v)
			}
			feasible = true
		}
		j := 0
		for ; j < len(x); j++ {
			if x[j]++; x[j] <= min(p.Hi[j], most) {
				break
			}
			x[j] = p.Lo[j]
		}
		if j == len(x) {
			return lo, hi, feasible
		}
	}
}

func rnd(r *rand.Rand, lo, hi int64) int64 { return lo + r.Int64N(hi-lo+1) }

// anyProblem makes a small problem of a random kind.
func anyProblem(r *rand.Rand) Problem {
	n := 1 + r.IntN(6)
	var p Problem
	for range n {
		lo := rnd(r, 0, 2)
		p.Lo, p.Hi = append(p.Lo, lo), append(p.Hi, lo+rnd(r, 0, 4))
	}
	for range r.IntN(6) {
		var row Row
		for range 1 + r.IntN(n) {
			row.Terms = append(row.Terms, Term{r.IntN(n), rnd(r, -2, 2)})
		}
		row.Lo = rnd(r, -6, 12)
		row.Hi = row.Lo + rnd(r, 0, 3)
		switch r.IntN(5) {
		case 0:
			row.Lo = -Unbounded
		case 1:
			row.Hi = Unbounded
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// table makes all margins of a small table, shown as intervals around those of a true one.
func table(r *rand.Rand, sizes ...int) Problem {
	cells := 1
	for _, s := range sizes {
		cells *= s
	}
	var p Problem
	truth := make([]int64, cells)
	for i := range truth {
		truth[i] = rnd(r, 0, 3)
		p.Lo, p.Hi = append(p.Lo, 0), append(p.Hi, 3+rnd(r, 0, 1))
	}
	width := rnd(r, 0, 2)
	for margin := range 1 << len(sizes) { // the dimensions that are summed over
		if margin == 0 || r.IntN(6) == 0 {
			continue
		}
		rows := map[string]int{}
		for i := range truth {
			key, rest := "", i
			for d, s := range sizes {
				if margin>>d&1 == 0 {
					key += fmt.Sprint(rest%s, " ")
				}
				rest /= s
			}
			at, ok := rows[key]
			if !ok {
				at = len(p.Rows)
				rows[key] = at
				p.Rows = append(p.Rows, Row{})
			}
			p.Rows[at].Terms = append(p.Rows[at].Terms, Term{i, 1})
		}
		for at := len(p.Rows) - len(rows); at < len(p.Rows); at++ {
			v := Value(p.Rows[at].Terms, truth)
			p.Rows[at].Lo, p.Rows[at].Hi = v-rnd(r, 0, width), v+rnd(r, 0, width)
		}
	}
	if r.IntN(8) == 0 && len(p.Rows) > 0 {
		p.Rows[0].Lo++
		p.Rows[0].Hi++
	}
	return p
}

func anyTargets(r *rand.Rand, p Problem) [][]Term {
	targets := [][]Term{nil}
	for j := range p.Lo {
		targets = append(targets, []Term{{j, 1}})
	}
	for _, row := range p.Rows {
		targets = append(targets, row.Terms)
	}
	for range 3 {
		var t []Term
		for range 1 + r.IntN(4) {
			t = append(t, Term{r.IntN(len(p.Lo)), rnd(r, -2, 3)})
		}
		targets = append(targets, t)
	}
	return targets
}

// agrees holds answers against the truth.
func agrees(t *testing.T, p Problem, targets [][]Term, most int64) bool {
	t.Helper()
	lo, hi, feasible := enumerate(p, targets, most)
	answers, ok, err := Ranges(p, targets, nil)
	if err != nil || ok != feasible {
		t.Errorf("feasible %v: got %v and %v for %+v", feasible, ok, err, p)
		return false
	}
	for i, a := range answers {
		if a.Lo != lo[i] || a.Hi != hi[i] || !a.Proven || a.Wide {
			t.Errorf("%v is from %d to %d, got %+v for %+v", targets[i], lo[i], hi[i], a, p)
			return false
		}
		if !p.Holds(a.Low) || !p.Holds(a.High) || Value(targets[i], a.Low) != a.Lo || Value(targets[i], a.High) != a.Hi {
			t.Errorf("the points of %v do not show %+v for %+v", targets[i], a, p)
			return false
		}
	}
	return true
}

func TestRangesAreThoseOfAllWholePoints(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 6000 {
		var p Problem
		switch i % 4 {
		case 0, 1:
			p = anyProblem(r)
		case 2:
			p = table(r, 2, 2+r.IntN(2))
		case 3:
			p = table(r, 2, 2, 2)
		}
		if i%4 == 3 && i%40 != 3 {
			continue
		}
		if !agrees(t, p, anyTargets(r, p), Unbounded) {
			return
		}
	}
}

func TestAProofAddsUpToTheTargetAndIsNoTighterThanTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	shown := 0
	for range 1500 {
		p := anyProblem(r)
		if r.IntN(2) == 0 {
			p = table(r, 2, 2)
		}
		targets := anyTargets(r, p)
		lo, hi, feasible := enumerate(p, targets, Unbounded)
		if !feasible {
			continue
		}
		for i, target := range targets {
			for _, upper := range []bool{false, true} {
				value, proof, ok := Prove(p, target, upper)
				if !ok {
					t.Fatalf("expected a proof for %v of %+v", target, p)
				}
				shown++
				again, ok := addUp(p, proof, target, upper)
				if !ok || again.Cmp(value) != 0 {
					t.Fatalf("the proof %v adds up to %v, not to %v", proof, again, value)
				}
				end := big.NewRat(lo[i], 1)
				if upper {
					end.SetInt64(hi[i])
				}
				if c := value.Cmp(end); upper && c < 0 || !upper && c > 0 {
					t.Fatalf("%v reaches %v, yet %v was proven for %+v", target, end, value, p)
				}
			}
		}
	}
	if shown < 5000 {
		t.Errorf("expected more than %d proofs", shown)
	}
}

// addUp tells a proof over again: at any point the multiples of the sums are the target, and each bound is the worst there is.
func addUp(p Problem, proof []Multiplier, target []Term, upper bool) (*big.Rat, bool) {
	value, rest := new(big.Rat), make([]*big.Rat, len(p.Lo))
	for j := range rest {
		rest[j] = new(big.Rat)
	}
	for _, term := range target {
		rest[term.Var].Add(rest[term.Var], big.NewRat(term.Coef, 1))
	}
	for _, m := range proof {
		row := Row{[]Term{{max(m.Var, 0), 1}}, p.Lo[max(m.Var, 0)], p.Hi[max(m.Var, 0)]}
		if m.Row >= 0 {
			row = p.Rows[m.Row]
		}
		low := new(big.Rat).Mul(m.Factor, big.NewRat(row.Lo, 1))
		high := new(big.Rat).Mul(m.Factor, big.NewRat(row.Hi, 1))
		if (low.Cmp(high) > 0) == upper {
			value.Add(value, low)
		} else {
			value.Add(value, high)
		}
		for _, term := range row.Terms {
			rest[term.Var].Sub(rest[term.Var], new(big.Rat).Mul(m.Factor, big.NewRat(term.Coef, 1)))
		}
	}
	for _, v := range rest {
		if v.Sign() != 0 {
			return value, false
		}
	}
	return value, true
}

func TestAProofThatDoesNotAddUpIsRefused(t *testing.T) {
	p := Problem{Lo: []int64{0, 0}, Hi: []int64{9, 9}, Rows: []Row{{[]Term{{0, 1}, {1, 1}}, 18, 22}}}
	target := []Term{{0, 1}}
	value, proof, ok := Prove(p, target, false)
	if !ok || value.Cmp(big.NewRat(9, 1)) != 0 {
		t.Fatalf("two small halves under 20 are 9 and 9, got %v", value)
	}
	for name, change := range map[string]func(m *Multiplier){
		"another factor": func(m *Multiplier) { m.Factor = new(big.Rat).Add(m.Factor, big.NewRat(1, 7)) },
		"the other side": func(m *Multiplier) { m.Upper = !m.Upper },
	} {
		for i := range proof {
			bad := slices.Clone(proof)
			change(&bad[i])
			if value, ok := p.Shows(bad, target, false); ok {
				t.Errorf("%s of line %d: still shows %v", name, i, value)
			}
		}
	}
	if _, ok := p.Shows(proof, target, true); ok {
		t.Error("a lower bound is no upper one")
	}
}
