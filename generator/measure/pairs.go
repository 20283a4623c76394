package measure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
)

// relation says of two figures what is wrong with them, or nothing.
type relation func(left, right int64) string

// pairs checks an expectation between indicators: wherever all figures of a comparison are told, the left side and the right one
// stand in its relation.
func (c checker) pairs(e *codebook.Expectation) {
	left, rights, later := c.exports, []book{c.exports}, false
	if e.Of == "plans" {
		left, rights = c.plans, []book{c.plans}
	}
	switch e.Kind {
	case "next":
		rights, later = []book{c.exports, c.known}, true
	case "jump":
		rights, later = []book{c.exports, c.plans}, true
	case "target":
		rights, later = []book{c.plans}, true
	}
	holds := relationOf(e)
	for _, s := range e.Sides() {
		for _, at := range left.places(s.Plus[0].ID) {
			sum, terms, told := side(left, s, at)
			other := at
			if later {
				other.period = at.period.Next()
			}
			var want amount
			for _, b := range rights {
				if want = b[s.Right.ID][other]; want.told {
					break
				}
			}
			if !told || !want.told {
				continue
			}
			if wrong := holds(sum, want.value); wrong != "" {
				c.found(ownerOf(e), "expectation/"+e.Kind, at.period, correct, "%s to hold for %s: %s against %s %d (%s), %s",
					e.ID, at.period.String()+at.where, terms, s.Right.ID, want.value, want.from, wrong)
			}
		}
	}
}

// side adds up the left side of a comparison and says of what it is made.
func side(b book, s codebook.Sides, at place) (sum int64, terms string, told bool) {
	told = true
	var text strings.Builder
	take := func(refs []codebook.Ref, sign int64, mark string) {
		for _, r := range refs {
			a := b[r.ID][at]
			told = told && a.told
			sum += sign * a.value
			if text.Len() > 0 {
				text.WriteString(mark)
			}
			fmt.Fprintf(&text, "%s %d (%s)", r.ID, a.value, a.from)
		}
	}
	take(s.Plus, 1, " + ")
	take(s.Minus, -1, " - ")
	if len(s.Plus)+len(s.Minus) > 1 {
		fmt.Fprintf(&text, " = %d", sum)
	}
	return sum, text.String(), told
}

// relationOf is what must hold between the sides of an expectation.
func relationOf(e *codebook.Expectation) relation {
	differ := func(l, r int64) string { return fmt.Sprintf("a difference of %d", distance(l, r)) }
	switch e.Kind {
	case "subset", "funnel":
		return func(part, whole int64) string {
			if part > whole {
				return differ(part, whole)
			}
			return ""
		}
	case "target":
		return func(actual, plan int64) string {
			if actual == plan && plan != 0 {
				return "which is no plan but the same figure: " + differ(actual, plan)
			}
			return ""
		}
	case "jump":
		return func(before, after int64) string {
			switch small, large := min(before, after), max(before, after); {
			case small > 0 && float64(large) > e.Factor*float64(small):
				return fmt.Sprintf("%s, more than %g times", differ(before, after), e.Factor)
			case lostDigit(large, small):
				return differ(before, after) + ": it looks as if a digit was lost"
			}
			return ""
		}
	case "ratio":
		return func(part, whole int64) string {
			if whole != 0 && (float64(part) < e.Least*float64(whole) || float64(part) > e.Most*float64(whole)) {
				return fmt.Sprintf("%s: %.3g is not between %g and %g", differ(part, whole), float64(part)/float64(whole), e.Least, e.Most)
			}
			return ""
		}
	}
	return func(l, r int64) string {
		if l != r {
			return differ(l, r)
		}
		return ""
	}
}

// lostDigit says whether the small number is the large one without one of its digits. Numbers of one or two digits say nothing.
func lostDigit(large, small int64) bool {
	long, short := []byte(strconv.FormatInt(large, 10)), strconv.FormatInt(small, 10)
	if len(long) != len(short)+1 || len(short) < 3 {
		return false
	}
	for i := range long {
		if string(slices.Delete(slices.Clone(long), i, i+1)) == short {
			return true
		}
	}
	return false
}
