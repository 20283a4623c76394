package inspect

import (
	"slices"
	"testing"
	"time"
)

func TestAStayIsTakenOutAsOftenAsItIsNotCounted(t *testing.T) {
	if left := without([]stay{1, 1, 2, 3, 3, 3}, []stay{3, 1, 3}); !slices.Equal(left, []stay{1, 2, 3}) {
		t.Errorf("left are %v", left)
	}
}

// A row that is dated behind its export is not counted, so nobody came back by it.
func TestWhoComesAgainInARowThatIsNotCountedIsNotBack(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 0, 0, 0, 0, time.UTC) }
	for _, counted := range []bool{true, false} {
		var in Inspector
		for _, s := range []stay{newStay(1, day(1, 1), day(1, 31)), newStay(2, day(1, 1), day(1, 31)), newStay(1, day(2, 1), time.Time{}), newStay(3, day(2, 1), day(3, 1))} {
			in.stays.add(s)
		}
		in.back.set(1)
		if !counted {
			in.uncounted = []stay{in.stays.at(2)}
		}
		in.overlaps()
		for row, want := range []bool{counted, false, false, false} {
			if in.Back(uint32(row), 12) != want {
				t.Errorf("row %d, the third one counted %t: expected back to be %t", row, counted, want)
			}
		}
		if in.Back(0, 0) {
			t.Error("back within no time")
		}
	}
}
