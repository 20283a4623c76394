package solve

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// otherOpinion gives the least value of a target over all points, whole or not, as another solver has it.
func otherOpinion(p Problem, target []Term, sign float64) (float64, error) {
	n := len(p.Lo)
	c := make([]float64, n)
	for _, t := range target {
		c[t.Var] += sign * float64(t.Coef)
	}
	var g []float64
	var h []float64
	limit := func(terms []Term, sign, bound float64) {
		row := make([]float64, n)
		for _, t := range terms {
			row[t.Var] += sign * float64(t.Coef)
		}
		g, h = append(g, row...), append(h, sign*bound)
	}
	for j := range n {
		limit([]Term{{j, 1}}, -1, float64(p.Lo[j]))
		if p.Hi[j] < Unbounded {
			limit([]Term{{j, 1}}, 1, float64(p.Hi[j]))
		}
	}
	for _, r := range p.Rows {
		limit(r.Terms, -1, float64(r.Lo))
		limit(r.Terms, 1, float64(r.Hi))
	}
	cs, as, bs := lp.Convert(c, mat.NewDense(len(h), n, g), h, nil, nil)
	value, _, err := lp.Simplex(cs, as, bs, 1e-9, nil)
	return sign * value, err
}

func TestAnotherSolverFindsTheSameBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 13))
	compared := 0
	for range 6 {
		p := table(r, 3, 3, 2)
		targets := [][]Term{{{0, 1}}, {{4, 1}, {5, 1}, {7, -1}}, {{3, 2}, {11, 1}}, {{17, 1}}}
		answers, feasible, err := Ranges(p, targets, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, target := range targets {
			for _, upper := range []bool{false, true} {
				sign := 1.0
				if upper {
					sign = -1
				}
				theirs, err := otherOpinion(p, target, sign)
				if err != nil {
					continue // infeasible, or it gave up
				}
				value, _, ok := NewProver(p).Prove(target, upper)
				if !ok {
					t.Fatalf("expected a proof of %v", target)
				}
				ours, _ := value.Float64()
				if math.Abs(ours-theirs) > 1e-6 {
					t.Errorf("%v: we prove %v, they find %v", target, ours, theirs)
				}
				compared++
				if !feasible {
					continue
				}
				if a := answers[i]; upper && float64(a.Hi) > theirs+1e-6 || !upper && float64(a.Lo) < theirs-1e-6 {
					t.Errorf("%v: %+v is wider than what they find, %v", target, a, theirs)
				}
			}
		}
	}
	if compared < 20 {
		t.Errorf("expected more than %d comparisons", compared)
	}
}
