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

func BenchmarkCubes(b *testing.B) {
	pairs := []int{0b011, 0b101, 0b110}
	for _, c := range []struct {
		name  string
		n     float64
		sizes []int
		shown []int
	}{
		{"all margins and cells", 1000, []int{10, 12, 4}, []int{7, 3, 5, 6, 1, 2, 4, 0}},
		{"all margins", 1000, []int{10, 12, 4}, []int{3, 5, 6, 1, 2, 4, 0}},
		{"all margins, few people", 300, []int{10, 12, 4}, []int{7, 3, 5, 6, 1, 2, 4, 0}},
		{"two-way", 1000, []int{5, 25, 4}, pairs},
		{"two-way", 1000, []int{25, 10, 4}, pairs},
		{"two-way", 2000, []int{25, 20, 4}, pairs},
		{"two-way", 10000, []int{25, 20, 4}, pairs},
		{"two-way", 5000, []int{25, 20, 10}, pairs},
		{"two-way", 20000, []int{50, 40, 10}, pairs},
	} {
		cells := c.sizes[0] * c.sizes[1] * c.sizes[2]
		b.Run(fmt.Sprintf("%s/%d cells/%v people", c.name, cells, c.n), func(b *testing.B) {
			p, targets, truth := cube(c.n, c.sizes, c.shown)
			for b.Loop() {
				answers, ok, e, err := ranges(p, targets, wideEnough)
				if !ok || err != nil {
					b.Fatal(ok, err)
				}
				narrow, unproven := 0, 0
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
				b.ReportMetric(float64(len(targets)), "targets")
				b.ReportMetric(float64(narrow), "narrow")
				b.ReportMetric(float64(unproven), "unproven")
				b.ReportMetric(float64(e.walks), "walks")
				b.ReportMetric(float64(e.simplexes), "simplexes")
				b.ReportMetric(float64(e.pivots), "pivots")
				b.ReportMetric(float64(e.branched), "branched")
				b.ReportMetric(float64(e.nodes), "nodes")
			}
		})
	}
}
