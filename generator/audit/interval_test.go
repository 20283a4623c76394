package audit

import "testing"

// truth gives, by trying every combination, the least and the greatest value of the total and of each part that satisfy
// truth finds by trying all of them which values the total and its parts may have.
func truth(total interval, parts []interval, additive bool) (out []interval, found bool) {
	out = make([]interval, len(parts)+1)
	values := make([]int64, len(parts))
	note := func(i int, n int64) {
		if !found {
			out[i] = interval{n, n}
		}
		out[i] = interval{min(out[i].lo, n), max(out[i].hi, n)}
	}
	var try func(i int, sum, most int64)
	try = func(i int, sum, most int64) {
		if i < len(parts) {
			for n := parts[i].lo; n <= parts[i].hi; n++ {
				values[i] = n
				try(i+1, sum+n, max(most, n))
			}
			return
		}
		for n := total.lo; n <= total.hi; n++ {
			if additive && n != sum || !additive && (n > sum || n < most) {
				continue
			}
			note(0, n)
			for j, value := range values {
				note(j+1, value)
			}
			found = true
		}
	}
	try(0, 0, 0)
	return out, found
}

func TestPropagationGivesTheExactIntervalsOfOneRelation(t *testing.T) {
	var small []interval
	for lo := int64(0); lo <= 4; lo++ {
		for hi := lo; hi <= 4; hi++ {
			small = append(small, interval{lo, hi})
		}
	}
	check := func(total interval, parts []interval) {
		t.Helper()
		for _, additive := range []bool{true, false} {
			want, possible := truth(total, parts, additive)
			if !possible {
				want = append([]interval{total}, parts...)
			}
			for i, got := range propagate(total, parts, additive) {
				if got != want[i] {
					t.Fatalf("%v = %v (parts add up: %v): interval %d is %v, want %v", total, parts, additive, i, got, want[i])
				}
			}
		}
	}
	for lo := int64(0); lo <= 9; lo++ {
		for hi := lo; hi <= 9; hi++ {
			total := interval{lo, hi}
			for _, a := range small {
				check(total, []interval{a})
				for _, b := range small {
					check(total, []interval{a, b})
				}
			}
			for _, a := range small[:9] {
				for _, b := range small {
					check(total, []interval{a, b, {1, 3}})
				}
			}
		}
	}
}

func TestAnOpenPartLeavesTheOthersAsTheyAre(t *testing.T) {
	got := propagate(interval{18, 22}, []interval{{0, 9}, anything}, true)
	if got[1] != (interval{0, 9}) || got[2] != (interval{9, 22}) {
		t.Errorf("got %v", got)
	}
	got = propagate(anything, []interval{{13, 17}, {0, 9}}, true)
	if got[0] != (interval{13, 26}) || got[1] != (interval{13, 17}) || got[2] != (interval{0, 9}) {
		t.Errorf("got %v", got)
	}
	got = propagate(anything, []interval{anything, anything}, true)
	if got[0] != anything || got[1] != anything {
		t.Errorf("got %v", got)
	}
}

func TestWhatCountsAsNarrow(t *testing.T) {
	for _, c := range []struct {
		iv   interval
		want bool
	}{
		{interval{9, 9}, true}, {interval{6, 8}, true}, {interval{6, 9}, false}, {interval{8, 10}, true}, {interval{9, 12}, false},
		{interval{0, 0}, false}, // a zero is nobody
		{interval{0, 1}, true}, {interval{0, 2}, false}, {interval{1, 3}, true}, {interval{1, 4}, false},
		{interval{10, 10}, false}, {interval{10, 12}, false}, {anything, false},
	} {
		if got := c.iv.narrow(10); got != c.want {
			t.Errorf("%v: narrow is %t, want %t", c.iv, got, c.want)
		}
	}
}
