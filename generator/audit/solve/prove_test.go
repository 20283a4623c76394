package solve

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

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
				value, proof, ok := NewProver(p).Prove(target, upper)
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
	value, proof, ok := NewProver(p).Prove(target, false)
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
