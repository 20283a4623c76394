// Package solve finds what whole numbers can be, given sums of them that are known within bounds. The audit asks it how far a
// reader can narrow down a count.
//
// In: unknowns with bounds, rows (sums within bounds), targets (sums that are asked about). Out: for each target its least and its
// greatest value over all whole points, each with a point that has it; or, sooner, two points that are far enough apart.
//
// It is right by construction: a point counts only after it was added up, and a bound only if exact arithmetic shows it. The way:
// narrow the bounds and take the problem apart (reduce.go); then, for one sum after the other, the longest first, take over what was
// settled about sums that it is part of (within.go), walk from point to point (walk.go), push against the bounds with the simplex
// method (tableau.go, row.go), and branch where that ends between whole numbers (settle.go, branch.go). Each point is held against all
// sums (point.go): most targets need no search of their own. The same problem always gets the same answers.
package solve

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Unbounded as an upper bound means that there is none, -Unbounded as a lower one.
const Unbounded = int64(1) << 50

// What a problem may hold. Counts of people are far below.
const (
	maxBound  = int64(1)<<31 - 1
	maxWeight = int64(1) << 18 // of a sum: its coefficients, all taken as positive
)

// ErrLimit says that the search was given up before it was known whether any whole point holds.
var ErrLimit = errors.New("gave up the search for a whole point")

// Term is a whole multiple of an unknown.
type Term struct {
	Var  int
	Coef int64
}

// Row says that a sum lies from Lo to Hi.
type Row struct {
	Terms  []Term
	Lo, Hi int64
}

// Problem has unknowns, each from Lo to Hi and never below 0, and rows. Bounds are below 2^31 or
// Unbounded, and the coefficients of a sum, signs left aside, add up to 2^18 at most.
type Problem struct {
	Lo, Hi []int64
	Rows   []Row
}

// Answer is the range of a target.
type Answer struct {
	// Lo and Hi bound the target over whole numbers. Where Wide they are only what the two points show.
	Lo, Hi int64
	// Wide says that the search stopped early, since this was enough.
	Wide bool
	// Proven says that no value from Lo to Hi can be left out at either end. Where it is false, and the answer not wide, a limit was
	// reached, and the truth lies within Lo and Hi.
	Proven bool
	// Low and High are points that have the values Lo and Hi; nil where no such point is known or the target is unbounded.
	Low, High *Point
}

// Ranges answers for each target. enough may say that a target which reaches both lo and hi needs no further search; nil means
// that none is enough. It must stay true as the range grows. feasible is false where no whole point holds; then there are no
// answers.
func Ranges(p Problem, targets [][]Term, enough func(target int, lo, hi int64) bool) (answers []Answer, feasible bool, err error) {
	return (&solver{enough: enough}).ranges(p, targets)
}

// Feasible gives a whole point that holds, and false where there is none.
func (p Problem) Feasible() (x []int64, ok bool, err error) {
	answers, ok, err := Ranges(p, [][]Term{nil}, nil)
	if !ok || err != nil {
		return nil, false, err
	}
	return answers[0].Low.Values(), true, nil
}

// Holds adds up each row at a point.
func (p Problem) Holds(x []int64) bool {
	if len(x) != len(p.Lo) {
		return false
	}
	for j, v := range x {
		if v < p.Lo[j] || v > p.Hi[j] && p.Hi[j] < Unbounded {
			return false
		}
	}
	for _, r := range p.Rows {
		if v := Value(r.Terms, x); v < r.Lo && r.Lo > -Unbounded || v > r.Hi && r.Hi < Unbounded {
			return false
		}
	}
	return true
}

// Value adds up a sum at a point.
func Value(terms []Term, x []int64) int64 {
	v := int64(0)
	for _, t := range terms {
		v += t.Coef * x[t.Var]
	}
	return v
}

// effort counts what an answer took.
type effort struct{ walks, simplexes, pivots, branched, nodes int }

func (s *solver) ranges(p Problem, targets [][]Term) ([]Answer, bool, error) {
	if err := p.check(targets); err != nil {
		return nil, false, err
	}
	if !s.reduce(p, targets) {
		return nil, false, nil
	}
	for _, c := range s.parts {
		if ok, err := c.begin(); !ok {
			return nil, false, err
		}
		c.walker.back(c.base)
	}
	s.asking = true
	for _, t := range s.targets {
		t.ask()
	}
	for _, c := range s.parts {
		longest := slices.Clone(c.goals)
		slices.SortStableFunc(longest, func(a, b *goal) int { return cmp.Compare(len(b.terms), len(a.terms)) })
		for _, g := range longest {
			c.inherit(g)
			c.widen(g)
			c.settle(g)
			c.bequeath(g)
		}
		c.walker, c.table = nil, nil
	}
	answers := make([]Answer, len(targets))
	for i, t := range s.targets {
		answers[i] = s.answer(t)
	}
	return answers, true, nil
}

// check looks for what is no problem at all.
func (p Problem) check(targets [][]Term) error {
	bound := func(lo, hi int64, name string, i int) error {
		if (lo < -maxBound || lo > maxBound) && lo != -Unbounded || (hi < -maxBound || hi > maxBound) && hi != Unbounded {
			return fmt.Errorf("expected bounds within %d, %s %d is from %d to %d", maxBound, name, i, lo, hi)
		}
		return nil
	}
	terms := func(terms []Term, name string, i int) error {
		weight := int64(0)
		for _, t := range terms {
			if t.Var < 0 || t.Var >= len(p.Lo) {
				return fmt.Errorf("expected one of %d unknowns, %s %d has unknown %d", len(p.Lo), name, i, t.Var)
			}
			if weight += min(abs(t.Coef), maxWeight); t.Coef == math.MinInt64 || weight > maxWeight {
				return fmt.Errorf("expected coefficients that add up to %d at most, those of %s %d do not", maxWeight, name, i)
			}
		}
		return nil
	}
	if len(p.Lo) != len(p.Hi) {
		return fmt.Errorf("expected as many lower bounds as upper ones, got %d and %d", len(p.Lo), len(p.Hi))
	}
	for j, lo := range p.Lo {
		if lo < 0 {
			return fmt.Errorf("expected no unknown below 0, unknown %d is from %d", j, lo)
		}
		if err := bound(lo, p.Hi[j], "unknown", j); err != nil {
			return err
		}
	}
	for i, r := range p.Rows {
		if err := errors.Join(bound(r.Lo, r.Hi, "row", i), terms(r.Terms, "row", i)); err != nil {
			return err
		}
	}
	for i, t := range targets {
		if err := terms(t, "target", i); err != nil {
			return err
		}
	}
	return nil
}
