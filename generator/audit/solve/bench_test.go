package solve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// cube makes an invented table with log-normal margins and about n people. Each margin whose dimensions are in shown, a set of bits
// each, is published by the rule: below 10 as 0 to 9, others as the nearest multiple of 5. Targets are all unknowns and, of the
// margins, those below 10.
func cube(n float64, sizes []int, shown []int) (p Problem, targets [][]Term, truth []int64) {
	r := rand.New(rand.NewPCG(7, 7))
	weights := make([][]float64, len(sizes))
	cells := 1
	for d, s := range sizes {
		sum := 0.0
		for range s {
			w := math.Exp(r.NormFloat64())
			weights[d] = append(weights[d], w)
			sum += w
		}
		for i := range weights[d] {
			weights[d][i] /= sum
		}
		cells *= s
	}
	truth = make([]int64, cells)
	for i := range truth {
		mean, rest := n, i
		for d, s := range sizes {
			mean *= weights[d][rest%s]
			rest /= s
		}
		for limit, product := math.Exp(-mean), r.Float64(); product > limit; product *= r.Float64() {
			truth[i]++
		}
		p.Lo, p.Hi = append(p.Lo, 0), append(p.Hi, Unbounded)
		targets = append(targets, []Term{{i, 1}})
	}
	for _, dims := range shown {
		groups := 1
		for d, s := range sizes {
			if dims>>d&1 == 1 {
				groups *= s
			}
		}
		terms := make([][]Term, groups)
		for i := range truth {
			rest, at := i, 0
			for d, s := range sizes {
				if dims>>d&1 == 1 {
					at = at*s + rest%s
				}
				rest /= s
			}
			terms[at] = append(terms[at], Term{i, 1})
		}
		for _, t := range terms {
			row := Row{Terms: t, Lo: 0, Hi: 9}
			if v := Value(t, truth); v >= 10 {
				shown := (v + 2) / 5 * 5
				row.Lo, row.Hi = max(10, shown-2), shown+2
			} else if len(t) > 1 {
				targets = append(targets, t)
			}
			p.Rows = append(p.Rows, row)
		}
	}
	return p, targets, truth
}

func wideEnough(_ int, lo, hi int64) bool { return hi-lo >= 3 || lo == 0 && hi >= 2 }

var pairs, allMargins, everything = []int{3, 5, 6}, []int{3, 5, 6, 1, 2, 4, 0}, []int{7, 3, 5, 6, 1, 2, 4, 0}

// BenchmarkEnough is the audit's question: is each range wide enough?
func BenchmarkEnough(b *testing.B) {
	measure(b, 1000, []int{10, 12, 4}, everything, false, wideEnough)
	measure(b, 1000, []int{10, 12, 4}, allMargins, false, wideEnough)
	measure(b, 300, []int{10, 12, 4}, everything, false, wideEnough)
	measure(b, 1000, []int{10, 12, 4}, everything, true, wideEnough)
	measure(b, 500, []int{5, 25, 4}, pairs, false, wideEnough)
	measure(b, 1000, []int{25, 10, 4}, pairs, false, wideEnough)
	measure(b, 2000, []int{25, 20, 4}, pairs, false, wideEnough)
	measure(b, 2000, []int{25, 20, 4}, pairs, true, wideEnough)
	measure(b, 5000, []int{25, 20, 10}, pairs, false, wideEnough)
	measure(b, 20000, []int{50, 40, 10}, pairs, false, wideEnough)
}

// BenchmarkExact asks for the true ends of each range.
func BenchmarkExact(b *testing.B) {
	measure(b, 1000, []int{10, 12, 4}, everything, false, nil)
	measure(b, 1000, []int{10, 12, 4}, allMargins, false, nil)
	measure(b, 1000, []int{10, 12, 4}, everything, true, nil)
	measure(b, 500, []int{5, 25, 4}, pairs, false, nil)
	measure(b, 2000, []int{25, 20, 4}, pairs, false, nil)
	measure(b, 2000, []int{25, 20, 4}, pairs, true, nil)
}

// measure asks for all targets of a cube, as rounded or, where exact, with margins of 10 and more as they are.
func measure(b *testing.B, n float64, sizes, shown []int, exact bool, enough func(int, int64, int64) bool) {
	p, targets, truth := cube(n, sizes, shown)
	name := fmt.Sprintf("%d cells/%v people/%d margins", len(truth), n, len(shown))
	if exact {
		name += "/not rounded"
		for i, r := range p.Rows {
			if r.Lo > 0 {
				p.Rows[i].Lo = Value(r.Terms, truth)
				p.Rows[i].Hi = p.Rows[i].Lo
			}
		}
	}
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			s := &solver{enough: enough}
			answers, ok, err := s.ranges(p, targets)
			if !ok || err != nil {
				b.Fatal(ok, err)
			}
			e, narrow, unproven := s.effort, 0, 0
			for i, a := range answers {
				if v := Value(targets[i], truth); !a.Wide && (v < a.Lo || v > a.Hi) {
					b.Fatalf("%d is outside of %d to %d", v, a.Lo, a.Hi)
				}
				if !a.Wide {
					narrow++
					if !a.Proven {
						unproven++
					}
				}
			}
			for i, a := range answers {
				if a.Wide && i%101 == 0 && !(shows(p, targets[i], a.Low, a.Lo) && shows(p, targets[i], a.High, a.Hi)) {
					b.Fatal("a point does not show its end")
				}
			}
			for what, count := range map[string]int{
				"targets": len(targets), "settled": narrow, "unproven": unproven, "walks": e.walks,
				"simplexes": e.simplexes, "pivots": e.pivots, "branched": e.branched, "nodes": e.nodes,
			} {
				b.ReportMetric(float64(count), what)
			}
		}
	})
}

// BenchmarkProve shows the bounds of one cell by addition, over the problem as it was given.
func BenchmarkProve(b *testing.B) {
	for _, sizes := range [][]int{{10, 12, 4}, {25, 20, 4}} {
		p, targets, _ := cube(1000, sizes, everything)
		b.Run(fmt.Sprint(len(p.Lo), " cells"), func(b *testing.B) {
			for b.Loop() {
				_, proof, ok := NewProver(p).Prove(targets[17], true)
				if !ok {
					b.Fatal("expected a proof")
				}
				b.ReportMetric(float64(len(proof)), "lines")
			}
		})
	}
}
