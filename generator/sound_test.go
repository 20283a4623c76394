package main

import (
	"math/rand/v2"
	"testing"
)

// Release after release is published of figures that are corrected by a few children or by many. What the ledger says of a figure,
// with all that was said before, holds its true value as it was at that release, whatever was kept, withheld or given up.
func TestTrueValuesLieInsideWhatEachReleaseSays(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	rounds := 2
	if whole {
		rounds = 20
	}
	for _, form := range [][2]string{{"year", "a b/a/b"}, {"year", "p/r"}, {"year quarter", "a"}, {"year", "d a"}} {
		f := newForm(t, form[0], splitTables(form[1])...)
		checked, changed, narrower := 0, 0, 0
		for range rounds {
			data := t.TempDir()
			var now []truth
			for range 40 {
				now = append(now, f.some(r))
			}
			for range 4 {
				_, p := f.publish(t, now, data)
				keep(t, p, data)
				newest := p.ledger.Newest()
				for i, x := range now {
					for _, fig := range f.figures {
						id := newest.Indicators[i].ID + fig.name
						if _, told := newest.Value(id); !told {
							continue
						}
						checked++
						b := newest.Bounds(id)
						if n := fig.count(x); n < b.Lo || n > b.Hi {
							t.Fatalf("%s by %s: %s is %d, and the ledger says %d to %d", form[0], form[1], id, n, b.Lo, b.Hi)
						}
						if b.Hi-b.Lo < 4 {
							narrower++
						}
					}
				}
				for i := range now {
					x := append(truth{}, now[i]...)
					for range r.IntN(3) {
						k := r.IntN(len(x))
						x[k] = max(0, x[k]+r.Int64N(9)-4)
						changed++
					}
					now[i] = x
				}
			}
		}
		if checked < 1000 || changed < 100 {
			t.Errorf("expected many figures and corrections, %d and %d", checked, changed)
		}
		t.Logf("%s by %s: %d figures, %d corrections, %d bounds narrower than a token", form[0], form[1], checked, changed, narrower)
	}
}

// A count that is withheld for a while and comes back is shown as before, while it is near what it was: not as 10 after "small", which
// would say that 9 became 10.
func TestWhatWasWithheldInBetweenIsNotForgotten(t *testing.T) {
	f := newForm(t, "year", "a")
	data := t.TempDir()
	small := f.at["/2025/a=a1"]
	for i, x := range []truth{{9, 16}, {9, 10}, {10, 15}} {
		outputs, p := f.publish(t, []truth{x}, data)
		keep(t, p, data)
		if want := []uint8{1, 0, 1}[i]; outputs[0][small] != want {
			t.Errorf("release %d shows %d, want %d", i+1, outputs[0][small], want)
		}
	}
}
