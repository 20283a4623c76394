package audit

import "testing"

func TestAnIntervalIsNarrowWhereItHoldsTooFewSmallCounts(t *testing.T) {
	for iv, want := range map[interval]bool{
		{0, 0}: false, {0, 1}: true, {0, 2}: false, {1, 1}: true, {1, 3}: true, {1, 4}: false, {6, 9}: false, {7, 9}: true,
		{9, 9}: true, {9, 11}: true, {9, 12}: false, {10, 10}: false, {10, 12}: false,
	} {
		if got := iv.narrow(10); got != want {
			t.Errorf("%s: narrow is %t", iv, got)
		}
	}
}
