package audit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// shownRelease makes up a table of true counts and reads it as the rule would show it.
func shownRelease(r *rand.Rand, sizes []int, most int64) (*reading, []int64) {
	names := []string{"a", "b", "c"}
	var attributes []ledger.Attribute
	inner := 1
	for i, n := range sizes {
		a := ledger.Attribute{Name: names[i], List: names[i]}
		for k := range n {
			a.Codes = append(a.Codes, fmt.Sprintf("%s%d", names[i], k))
		}
		attributes, inner = append(attributes, a), inner*n
	}
	truth := make([]int64, inner)
	for i := range truth {
		truth[i] = r.Int64N(most + 1)
	}
	rel := &ledger.Release{Package: ledger.Package{
		Rule:       ledger.Rule{Threshold: 10, Base: 5, SplitFloor: 25, MaxByYear: 3, MaxByQuarter: 2, Revision: 20},
		Indicators: []ledger.Indicator{{ID: "x", Class: "children"}},
	}}
	for _, a := range attributes {
		l := ledger.List{ID: a.List}
		for _, c := range a.Codes {
			l.Codes = append(l.Codes, ledger.Code{ID: c})
		}
		rel.Lists = append(rel.Lists, l)
	}
	t := &table{ledger.Resource{Name: "x.t", Indicator: "x", Attributes: attributes, Additive: true}, []string{"2010"}, nil}
	rd := &reading{release: rel, tables: map[string][]*table{"x": {t}}, bounds: map[string]ledger.Bounds{}, missing: map[string]bool{}, clash: map[string]bool{}}
	axes := axesOf(rel, rd.tables["x"])
	tokens := map[string]int64{}
	for _, codes := range t.Rows() {
		w, _ := locate(axes, t, codes)
		n := int64(0)
		for _, i := range w.cells(axes) {
			n += truth[i]
		}
		id, withheld := cell.ID("x", "2010", names[:len(sizes)], codes), false
		for i, code := range codes {
			if code != total {
				up := slices.Clone(codes)
				up[i] = total
				withheld = withheld || tokens[cell.ID("x", "2010", names[:len(sizes)], up)] < 25
			}
		}
		switch {
		case withheld:
			rd.bounds[id] = ledger.Bounds{Lo: 0, Hi: ledger.Unbounded}
		case n < 10:
			rd.bounds[id] = ledger.Bounds{Lo: 0, Hi: 9}
		default:
			tokens[id] = (n + 2) / 5 * 5
			rd.bounds[id] = ledger.Bounds{Lo: max(10, tokens[id]-2), Hi: tokens[id] + 2}
		}
	}
	return rd, truth
}

// ranges asks the solver for the whole interval of every target of a system, however wide.
func ranges(t *testing.T, sys *system) []solve.Answer {
	t.Helper()
	answers, feasible, err := solve.Ranges(sys.problem, sys.forms(), nil)
	if err != nil || !feasible {
		t.Fatalf("expected a system that some whole numbers fit: %v", err)
	}
	return answers
}

func value(terms []solve.Term, x []int64) (n int64) {
	for _, term := range terms {
		n += term.Coef * x[term.Var]
	}
	return n
}

func cubeOf(rd *reading) *system {
	b := rd.blocks("x")[0]
	return b.cubeSystem([]*reading{rd}, b.maximal(), false)
}

// On small tables every interval is what the enumeration of all true tables gives that fit the published figures.
func TestIntervalsOfSmallTablesAreThoseOfAllTruths(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	compared := 0
	for k := range 24 {
		sizes := [][]int{{2}, {3}, {2, 2}}[k%3]
		rd, truth := shownRelease(r, sizes, 14)
		sys := cubeOf(rd)
		lo, hi := make([]int64, len(sys.targets)), make([]int64, len(sys.targets))
		for i := range lo {
			lo[i], hi[i] = math.MaxInt64, -1
		}
		x := make([]int64, len(truth))
		var fill func(i int)
		fill = func(i int) {
			if i == len(x) {
				for _, row := range sys.problem.Rows {
					if n := value(row.Terms, x); n < row.Lo || n > row.Hi {
						return
					}
				}
				for j, target := range sys.targets {
					n := value(target.terms, x)
					lo[j], hi[j] = min(lo[j], n), max(hi[j], n)
				}
				return
			}
			for x[i] = 0; x[i] <= 42; x[i]++ {
				fill(i + 1)
			}
		}
		if sum(truth) > 37 {
			continue
		}
		fill(0)
		for j, a := range ranges(t, sys) {
			compared++
			if a.Lo != lo[j] || a.Hi != hi[j] {
				t.Errorf("%s is %d to %d, and by enumeration %d to %d", sys.targets[j].name(), a.Lo, a.Hi, lo[j], hi[j])
			}
		}
	}
	if compared < 60 {
		t.Errorf("expected more than %d intervals", compared)
	}
}

func sum(x []int64) (n int64) {
	for _, v := range x {
		n += v
	}
	return n
}

// On middling tables the true value lies in every interval, and none is wider than another solver finds.
func TestIntervalsOfMiddlingTablesHoldTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	compared := 0
	for k := range 12 {
		rd, truth := shownRelease(r, [][]int{{3, 4}, {2, 3, 2}, {5, 3}}[k%3], 30)
		sys := cubeOf(rd)
		for j, a := range ranges(t, sys) {
			target := sys.targets[j]
			if n := value(target.terms, truth); n < a.Lo || n > a.Hi {
				t.Errorf("%s is %d, outside %d to %d", target.name(), n, a.Lo, a.Hi)
			}
			if j%7 > 0 {
				continue
			}
			for _, upper := range []bool{false, true} {
				theirs, err := secondOpinion(sys.problem, target.terms, upper)
				if err != nil {
					continue // it gave up
				}
				compared++
				if ours := float64(a.Lo); !upper && ours < theirs-1e-6 {
					t.Errorf("%s is at least %v, and by another solver %v", target.name(), ours, theirs)
				}
				if ours := float64(a.Hi); upper && ours > theirs+1e-6 {
					t.Errorf("%s is at most %v, and by another solver %v", target.name(), ours, theirs)
				}
			}
		}
	}
	if compared < 20 {
		t.Errorf("expected more than %d comparisons", compared)
	}
}

// secondOpinion bounds a target over all points, whole or not, by gonum.
func secondOpinion(p solve.Problem, target []solve.Term, upper bool) (float64, error) {
	n, sign := len(p.Lo), 1.0
	if upper {
		sign = -1
	}
	c := make([]float64, n)
	for _, t := range target {
		c[t.Var] += sign * float64(t.Coef)
	}
	var g, h []float64
	limit := func(terms []solve.Term, sign, bound float64) {
		row := make([]float64, n)
		for _, t := range terms {
			row[t.Var] += sign * float64(t.Coef)
		}
		g, h = append(g, row...), append(h, sign*bound)
	}
	for j := range n {
		limit([]solve.Term{{Var: j, Coef: 1}}, -1, 0)
	}
	for _, r := range p.Rows {
		limit(r.Terms, -1, float64(r.Lo))
		if r.Hi < solve.Unbounded {
			limit(r.Terms, 1, float64(r.Hi))
		}
	}
	cs, as, bs := lp.Convert(c, mat.NewDense(len(h), n, g), h, nil, nil)
	v, _, err := lp.Simplex(cs, as, bs, 1e-9, nil)
	return sign * v, err
}
