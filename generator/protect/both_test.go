package protect

import (
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
)

var r5t10 = codebook.Protection{Threshold: 10, Base: 5, SplitFloor: 25}

// sizes are all that lead to some shown values.
type sizes map[int64]bool

// narrow says whether they are too few, by the definition of the audit.
func (s sizes) narrow() bool {
	small := false
	for n := range s {
		small = small || n > 0 && n < 10
	}
	return small && len(s) < 4 && (!s[0] || len(s) < 3)
}

// Of the people of two registers three figures are shown: those of each, and those in both. Whoever tries all sizes that make these three
// learns of no few people, in both or in one alone, how many they are.
func TestPeopleInBothOfTwoRegistersAreNotNarrowedDown(t *testing.T) {
	shown := func(n int64) Value { return token(r5t10, n, Shown{}) }
	const most = 82 // the largest that is shown as 80
	truths := map[[3]Value]*[3]sizes{}
	for first := int64(0); first <= most; first++ {
		for second := int64(0); second <= most; second++ {
			for both := int64(0); both <= min(first, second); both++ {
				figures := [3]Value{shown(first), shown(second), shown(both)}
				groups := truths[figures]
				if groups == nil {
					groups = &[3]sizes{{}, {}, {}}
					truths[figures] = groups
				}
				for i, n := range []int64{both, first - both, second - both} {
					groups[i][n] = true
				}
			}
		}
	}
	for figures, groups := range truths {
		for i, s := range groups {
			if s.narrow() {
				t.Errorf("%v: of %s there can only be %v", figures, []string{"both", "the first alone", "the second alone"}[i], s)
			}
		}
	}
	if len(truths) < 1000 {
		t.Errorf("expected more than %d different figures", len(truths))
	}
}

// To show how many stand in one or the other would give away how few stand in both.
func TestPeopleInEitherOfTwoRegistersWouldNarrowDownThoseInBoth(t *testing.T) {
	both := map[[3]Value]sizes{}
	for first := int64(10); first < 60; first++ {
		for second := int64(10); second < 60; second++ {
			for n := int64(0); n <= min(first, second); n++ {
				figures := [3]Value{token(r5t10, first, Shown{}), token(r5t10, second, Shown{}), token(r5t10, first+second-n, Shown{})}
				if both[figures] == nil {
					both[figures] = sizes{}
				}
				both[figures][n] = true
			}
		}
	}
	for _, s := range both {
		if s.narrow() {
			return
		}
	}
	t.Error("expected figures that say too much: otherwise this one could be shown")
}
