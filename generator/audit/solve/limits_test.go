package solve

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Coefficients that have nothing in common make numbers that 32 bits cannot hold.
func steep(r *rand.Rand) Problem {
	var p Problem
	for range 6 {
		p.Lo, p.Hi = append(p.Lo, 0), append(p.Hi, 4)
	}
	for range 5 {
		row := Row{Lo: Unbounded}
		for j := range p.Lo {
			row.Terms = append(row.Terms, Term{j, rnd(r, -9973, 9973)})
		}
		x := make([]int64, len(p.Lo))
		for j := range x {
			x[j] = rnd(r, 0, 4)
		}
		row.Lo = Value(row.Terms, x) - rnd(r, 0, 20000)
		row.Hi = row.Lo + rnd(r, 0, 40000)
		p.Rows = append(p.Rows, row)
	}
	return p
}

func TestNumbersTooLargeForTheQuickWayGiveTheSameAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for range 40 {
		p := steep(r)
		if !agrees(t, p, anyTargets(r, p), Unbounded) {
			return
		}
	}
}

// A row that does not fit must say the same as one that knows no limit.
func TestARowGrowsRatherThanOverflow(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 17))
	grown := 0
	number := func() int64 {
		limit := []int64{1, 3, 1000, math.MaxInt32}[r.IntN(4)]
		return rnd(r, -limit, limit)
	}
	anyRow := func() row {
		out := row{a: make([]int32, 5), d: max(1, abs(number())), k: number() * max(1, abs(number())>>2)}
		for c := range out.a {
			out.a[c] = int32(number())
		}
		return out
	}
	for range 20000 {
		dst, src, c := anyRow(), anyRow(), r.IntN(5)
		tab := tableau{}
		tab.support(&src)
		want := dst.asBig()
		f := want.a[c]
		want.a[c] = big.Int{}
		want.add(&f, src.asBig())
		dst.absorb(c, &src, tab.nz, make([]int64, 5))
		if dst.big != nil {
			grown++
		}
		got := dst.asBig()
		want.reduce()
		got.reduce()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("expected %v, got %v", want, got)
		}
	}
	if grown < 1000 || grown > 19000 {
		t.Errorf("expected both kinds of rows: %d of 20000 grew", grown)
	}
}

func TestSteepProblemsGoThroughLargeNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	large := 0
	for range 60 {
		p := steep(r)
		tab := newTableau(p.Lo, p.Hi, p.Rows, p.Lo)
		tab.pivots = 1000
		if tab.restore() != stopped {
			continue
		}
		tab.aim([]Term{{0, 1}, {1, 2}, {2, 3}})
		tab.push(tab.goal, -1, 1)
		for i := range tab.lines {
			if tab.lines[i].big != nil {
				large++
			}
		}
	}
	if large == 0 {
		t.Error("expected rows of large numbers")
	}
}

// split makes a problem that is known to be hard: halving several sums at once. What is missing goes to one unknown a row, if short.
func split(r *rand.Rand, unknowns, rows int, short bool) (p Problem, missing []Term) {
	for range unknowns {
		p.Lo, p.Hi = append(p.Lo, 0), append(p.Hi, 1)
	}
	for range rows {
		var row Row
		sum := int64(0)
		for j := range unknowns {
			row.Terms = append(row.Terms, Term{j, rnd(r, 1, 99)})
			sum += row.Terms[j].Coef
		}
		row.Lo, row.Hi = sum/2, sum/2
		if short {
			term := Term{len(p.Lo), 1}
			p.Lo, p.Hi = append(p.Lo, 0), append(p.Hi, sum)
			row.Terms, missing = append(row.Terms, term), append(missing, term)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, missing
}

func TestASearchThatIsGivenUpSaysSo(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 15))
	p, _ := split(r, 50, 6, false)
	if _, _, err := Ranges(p, nil, nil); !errors.Is(err, ErrLimit) {
		t.Errorf("expected no answer in time, got %v", err)
	}
	p, missing := split(r, 30, 4, true)
	answers, ok, err := Ranges(p, [][]Term{missing}, nil)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	// Nobody knows the true least; but it is not below 0, and no point claims to be it.
	if a := answers[0]; a.Proven || a.Wide || a.Low != nil || a.Lo != 0 || !shows(p, missing, a.High, a.Hi) {
		t.Errorf("expected an outer bound below, a true one above: %+v", a)
	}
}

func TestWhatIsNoProblemIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		p       Problem
		targets [][]Term
	}{
		"bounds of different numbers": {Problem{Lo: []int64{0}}, nil},
		"an unknown below zero":       {Problem{Lo: []int64{-1}, Hi: []int64{1}}, nil},
		"a bound too far out":         {Problem{Lo: []int64{0}, Hi: []int64{1 << 40}}, nil},
		"a row of no unknown":         {Problem{Lo: []int64{0}, Hi: []int64{1}, Rows: []Row{{[]Term{{1, 1}}, 0, 1}}}, nil},
		"a target of no unknown":      {Problem{Lo: []int64{0}, Hi: []int64{1}}, [][]Term{{{-1, 1}}}},
		"a coefficient too large":     {Problem{Lo: []int64{0}, Hi: []int64{1}}, [][]Term{{{0, math.MinInt64}}}},
		"coefficients too large":      {Problem{Lo: []int64{0}, Hi: []int64{1}}, [][]Term{{{0, 1 << 17}, {0, 1 << 18}}}},
	} {
		if _, _, err := Ranges(c.p, c.targets, nil); err == nil || errors.Is(err, ErrLimit) {
			t.Errorf("%s: expected an error, got %v", name, err)
		}
	}
}
