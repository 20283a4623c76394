package solve

import (
	"fmt"
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

// shows says whether a point holds and has the value.
func shows(p Problem, target []Term, at *Point, value int64) bool {
	x := at.Values()
	return p.Holds(x) && Value(target, x) == value
}

// agrees holds answers against the truth, with walks and without: what they find must not hide what the rest gets wrong.
func agrees(t *testing.T, p Problem, targets [][]Term, most int64) bool {
	t.Helper()
	lo, hi, feasible := enumerate(p, targets, most)
	return sameAs(t, &solver{}, p, targets, lo, hi, feasible) && sameAs(t, &solver{still: true}, p, targets, lo, hi, feasible)
}

func sameAs(t *testing.T, s *solver, p Problem, targets [][]Term, lo, hi []int64, feasible bool) bool {
	t.Helper()
	answers, ok, err := s.ranges(p, targets)
	if err != nil || ok != feasible {
		t.Errorf("feasible %v: got %v and %v for %+v", feasible, ok, err, p)
		return false
	}
	for i, a := range answers {
		if a.Lo != lo[i] || a.Hi != hi[i] || !a.Proven || a.Wide {
			t.Errorf("%v is from %d to %d, got %+v for %+v", targets[i], lo[i], hi[i], a, p)
			return false
		}
		if !shows(p, targets[i], a.Low, a.Lo) || !shows(p, targets[i], a.High, a.Hi) {
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

// Unknowns without an upper bound: what is finite must hold for all points near zero, what is not must go on.
func TestARangeWithoutAnEndIsToldApartFromALongOne(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	endless, ended := 0, 0
	for range 2000 {
		p := anyProblem(r)
		for j := range p.Hi {
			if r.IntN(2) == 0 {
				p.Hi[j] = Unbounded
			}
		}
		if len(p.Lo) > 4 {
			continue
		}
		targets := anyTargets(r, p)
		answers, ok, err := Ranges(p, targets, nil)
		if err != nil {
			t.Fatalf("%v for %+v", err, p)
		}
		lo, hi, feasible := enumerate(p, targets, 8)
		if feasible && !ok {
			t.Fatalf("expected a point of %+v", p)
		}
		for i, a := range answers {
			if feasible && (a.Lo > lo[i] || a.Hi < hi[i]) || !a.Proven {
				t.Fatalf("%v reaches from %d to %d, got %+v for %+v", targets[i], lo[i], hi[i], a, p)
			}
			for _, end := range []struct {
				value, far int64
				x          *Point
				more       Row
			}{
				{a.Lo, -Unbounded, a.Low, Row{targets[i], -Unbounded, -100_000}},
				{a.Hi, Unbounded, a.High, Row{targets[i], 100_000, Unbounded}},
			} {
				if end.value != end.far {
					ended++
					if !shows(p, targets[i], end.x, end.value) {
						t.Fatalf("%v does not show %d of %v for %+v", end.x.Values(), end.value, targets[i], p)
					}
					continue
				}
				endless++
				q := Problem{p.Lo, p.Hi, append(slices.Clone(p.Rows), end.more)}
				if x, ok, err := q.Feasible(); err != nil || !ok || !q.Holds(x) || end.x != nil {
					t.Fatalf("%v was said to have no end: %v, %v for %+v", targets[i], ok, err, p)
				}
			}
		}
	}
	if endless < 500 || ended < 500 {
		t.Errorf("expected more of both: %d without an end, %d with one", endless, ended)
	}
}

func TestTheSearchStopsWhereTheRangeIsEnough(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	wide := 0
	for range 300 {
		p := table(r, 2, 3)
		targets := anyTargets(r, p)
		lo, hi, feasible := enumerate(p, targets, Unbounded)
		answers, ok, err := Ranges(p, targets, func(_ int, lo, hi int64) bool { return hi-lo >= 2 })
		if err != nil || ok != feasible {
			t.Fatal(ok, err)
		}
		for i, a := range answers {
			if a.Wide != (hi[i]-lo[i] >= 2) || !a.Wide && (a.Lo != lo[i] || a.Hi != hi[i]) || a.Wide && (a.Lo < lo[i] || a.Hi > hi[i] || a.Hi-a.Lo < 2) {
				t.Fatalf("%v is from %d to %d, got %+v for %+v", targets[i], lo[i], hi[i], a, p)
			}
			if !shows(p, targets[i], a.Low, a.Lo) || !shows(p, targets[i], a.High, a.Hi) {
				t.Fatalf("the points of %v do not show %+v for %+v", targets[i], a, p)
			}
			if a.Wide {
				wide++
			}
		}
	}
	if wide < 100 {
		t.Errorf("expected more than %d wide ranges", wide)
	}
}

func TestTheSameProblemGetsTheSameAnswers(t *testing.T) {
	p, targets, _ := cube(200, []int{4, 5, 3}, everything)
	tell := func() (all []string) {
		answers, _, err := Ranges(p, targets, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range answers {
			all = append(all, fmt.Sprint(a.Lo, a.Hi, a.Low.Values(), a.High.Values()))
		}
		return all
	}
	first := tell()
	for range 3 {
		if !slices.Equal(first, tell()) {
			t.Fatal("expected the same ranges and points")
		}
	}
}

// FuzzRanges reads a problem of up to five unknowns from bytes.
func FuzzRanges(f *testing.F) {
	f.Add([]byte("\x03\x00\x24\x13\x02\x21\x12\x33\x45"))
	f.Add([]byte("additive tables"))
	f.Fuzz(func(t *testing.T, data []byte) {
		next := func(n int) int64 {
			if len(data) == 0 {
				return 0
			}
			v := int64(data[0]) % int64(n)
			data = data[1:]
			return v
		}
		var p Problem
		for range 1 + next(5) {
			lo := next(3)
			p.Lo, p.Hi = append(p.Lo, lo), append(p.Hi, lo+next(5))
		}
		for range next(6) {
			row := Row{Lo: next(20) - 8}
			row.Hi = row.Lo + next(4)
			for j := range p.Lo {
				row.Terms = append(row.Terms, Term{j, next(7) - 3})
			}
			p.Rows = append(p.Rows, row)
		}
		targets := [][]Term{nil}
		for j := range p.Lo {
			targets = append(targets, []Term{{j, 1}}, []Term{{j, 1 + next(3)}, {0, next(4) - 2}})
		}
		agrees(t, p, targets, Unbounded)
	})
}
