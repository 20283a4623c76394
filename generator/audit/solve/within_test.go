package solve

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// allSums asks for every sum of a table's unknowns, in no order: sums within sums.
func allSums(r *rand.Rand, p Problem) [][]Term {
	var targets [][]Term
	for set := range 1 << len(p.Lo) {
		var t []Term
		for j := range p.Lo {
			if set>>j&1 == 1 {
				t = append(t, Term{j, 1})
			}
		}
		targets = append(targets, t)
	}
	r.Shuffle(len(targets), func(i, j int) { targets[i], targets[j] = targets[j], targets[i] })
	return targets
}

// narrowTable makes a table whose counts have no bounds of their own but small sums.
func narrowTable(r *rand.Rand) Problem {
	p := table(r, 2, 3)
	for j := range p.Hi {
		p.Hi[j] = Unbounded
	}
	all := Row{Lo: 0, Hi: 6}
	for j := range p.Lo {
		all.Terms = append(all.Terms, Term{j, 1})
	}
	p.Rows = append(p.Rows, all)
	return p
}

func TestSumsWithinSumsHaveTheEndsThatLookingAtEveryPointFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	inherited := 0
	for range 150 {
		p := narrowTable(r)
		targets := allSums(r, p)
		if !agrees(t, p, targets, 6) {
			return
		}
		s := &solver{still: true}
		if _, ok, err := s.ranges(p, targets); !ok || err != nil {
			continue
		}
		for _, c := range s.parts {
			for _, g := range c.goals {
				if least, most := activity(g.terms, c.lo, c.hi); g.sides[0].inherited > least || g.sides[1].inherited < most {
					inherited++
				}
			}
		}
	}
	if inherited < 1000 {
		t.Errorf("only %d sums took an end from another one", inherited)
	}
}

func TestAProofIsTakenForAnotherSumOnlyWhereItHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	taken := 0
	for range 150 {
		p := narrowTable(r)
		targets := allSums(r, p)
		lo, hi, feasible := enumerate(p, targets, 6)
		if !feasible {
			continue
		}
		v := NewProver(p)
		for i, target := range targets {
			for _, upper := range []bool{false, true} {
				end, nearer := lo[i], lo[i]+1
				if upper {
					end, nearer = hi[i], hi[i]-1
				}
				if _, ok := v.Again(target, upper, nearer); ok {
					t.Fatalf("%v reaches %d, yet less is shown for %+v", target, end, p)
				}
				proof, ok := v.Again(target, upper, end)
				if !ok {
					v.Prove(target, upper)
					continue
				}
				taken++
				if bound, ok := p.completed(proof, target, upper); !ok || Rounded(bound, upper) != end {
					t.Fatalf("%v of %+v ends at %d, the proof that was taken shows %v", target, p, end, bound)
				}
			}
		}
	}
	if taken < 1000 {
		t.Errorf("only %d proofs were taken from another sum", taken)
	}
}

// completed adds the bounds of unknowns to a proof that make it one of the target, and adds it up.
func (p Problem) completed(proof []Multiplier, target []Term, upper bool) (*big.Rat, bool) {
	left := make([]*big.Rat, len(p.Lo))
	for j := range left {
		left[j] = new(big.Rat)
	}
	for _, t := range target {
		left[t.Var].Add(left[t.Var], big.NewRat(t.Coef, 1))
	}
	for _, m := range proof {
		terms := []Term{{m.Var, 1}}
		if m.Row >= 0 {
			terms = p.Rows[m.Row].Terms
		}
		for _, t := range terms {
			left[t.Var].Sub(left[t.Var], new(big.Rat).Mul(m.Factor, big.NewRat(t.Coef, 1)))
		}
	}
	whole := append([]Multiplier{}, proof...)
	for j, f := range left {
		if f.Sign() != 0 {
			whole = append(whole, Multiplier{Row: -1, Var: j, Upper: f.Sign() > 0 == upper, Factor: f})
		}
	}
	return p.Shows(whole, target, upper)
}
