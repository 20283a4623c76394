package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// The oracle publishes every table of a form by the way that main takes (protect, release, audit, climb), and groups the true
// tables by what is published of them, decisions included. Whoever knows the rule and the whole program learns no more than the
// group. A count of a group must not be narrow: where it may be 1 to 9 it has at least four values, or three with zero among them.
// What is published depends on the tokens of the figures only, so each pattern of tokens is published once.

// whole says whether the oracle runs in full (make oracle), or in the short form that every test run has time for.
var whole = os.Getenv("IMPACT_ORACLE") == "full"

func TestNoSmallCountCanBeNarrowedDownByWhatIsPublishedAndWhatClimbed(t *testing.T) {
	const any = 1 << 20
	for _, c := range []struct {
		periods, tables string // tables are set apart by /
		known           bool   // the attacker has the true total
		count, total    int64  // every truth up to these sizes, in the short form
		full            [2]int64
		narrow, inFull  int // groups that are known to be narrow
	}{
		{"year", "a", false, any, 60, [2]int64{any, 200}, 0, 0},
		{"year", "d", false, any, 40, [2]int64{any, 120}, 0, 0},
		{"year", "a b", false, any, 37, [2]int64{27, 108}, 0, 0},
		{"year", "d a", false, any, 27, [2]int64{any, 55}, 0, 0},
		// Regions in place of provinces say that a province would have been narrow: with two provinces in each of two regions, that is 0 or 1.
		{"year", "p", false, any, 32, [2]int64{any, 72}, 4, -1},
		{"year quarter", "", false, any, 32, [2]int64{27, 108}, 0, 0},
		{"year", "a b", true, any, 27, [2]int64{any, 57}, 0, 0},
		// Beside another table of the year the missing one says too much: of 30, in b 20 and 15, one part in a is 9, since only then would a
		// have been given up.
		{"year", "a/b", false, any, 32, [2]int64{any, 62}, 6, -1},
		{"year", "a b/a/b", false, any, 32, [2]int64{any, 62}, 6, -1},
		{"year", "p/r", false, any, 32, [2]int64{any, 62}, 4, -1},
		{"year quarter", "a", false, any, 17, [2]int64{any, 32}, 0, -1},
		// Who knows the true total learns from a split that is not shown: of 51 it would have been 9 and 42, of 25 nearly equal parts.
		{"year", "a", true, any, 60, [2]int64{any, 120}, 7, -1},
		{"year", "d", true, any, 40, [2]int64{any, 80}, 5, -1},
	} {
		t.Run(fmt.Sprintf("%s by %s, known %t", c.periods, c.tables, c.known), func(t *testing.T) {
			f := newForm(t, c.periods, splitTables(c.tables)...)
			f.known = c.known
			if whole {
				c.count, c.total, c.narrow = c.full[0], c.full[1], c.inFull
			}
			b := newBook(f)
			b.accepted = c.narrow
			b.enumerate(t, c.count, c.total)
		})
	}
}

// Of larger forms some truths are published, and behind what is published of each others are looked for until every count is wide;
// where none are found, through every truth that shows the same figures.
func TestNoSmallCountOfALargerTableCanBeNarrowedDown(t *testing.T) {
	for _, c := range []struct {
		periods, tables string
		known           bool
		short, full     int
	}{
		{"year", "a b c", false, 15, 250},
		{"year", "a b/p", false, 15, 250},
		{"year", "a b/a c", false, 15, 250},
		{"year", "p a/r a/a", false, 15, 250},
		{"year quarter", "a", false, 10, 100},
	} {
		t.Run(fmt.Sprintf("%s by %s, known %t", c.periods, c.tables, c.known), func(t *testing.T) {
			f := newForm(t, c.periods, splitTables(c.tables)...)
			f.known = c.known
			n := c.short
			if whole {
				n = c.full
			}
			r := rand.New(rand.NewPCG(5, 10))
			var some []truth
			for range n {
				some = append(some, f.some(r))
			}
			newBook(f).sample(t, r, some)
		})
	}
}

func TestWhatIsPublishedDependsOnTheTokensOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, tables := range []string{"a b/a/b", "p/r", "d a"} {
		f := newForm(t, "year", splitTables(tables)...)
		b := newBook(f)
		var one, other []truth
		for range 1500 {
			x := f.some(r)
			y := append(truth{}, x...)
			i, j := r.IntN(len(y)), r.IntN(len(y))
			y[i], y[j] = y[i]+1, y[j]-1
			if i != j && y[j] >= 0 && b.tokens(x) == b.tokens(y) {
				one, other = append(one, x), append(other, y)
			}
		}
		one, other = one[:min(len(one), 60)], other[:min(len(other), 60)]
		if len(one) < 50 {
			t.Fatalf("expected many pairs with the same tokens, found %d", len(one))
		}
		_, p := f.publish(t, one, "")
		_, q := f.publish(t, other, "")
		for name, data := range p.Files {
			if string(data) != string(q.Files[name]) {
				t.Errorf("%s: %s differs", tables, name)
			}
		}
	}
}

// A release that tells of one child more shows nothing new, so two releases say no more than one, whoever the child is.
func TestOneChildMoreIsNotPublished(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, tables := range []string{"a b", "a b/a/b"} {
		f := newForm(t, "year", splitTables(tables)...)
		var before []truth
		if whole {
			for x := range truths(f.atoms, 5, 20) { // each token between the counts 0 to 25
				for i := range x {
					before = append(before, append(truth{}, x...))
					before[len(before)-1][i] *= 5
				}
			}
		}
		for range 60 {
			before = append(before, f.some(r))
		}
		for from := 0; from < len(before); from += 800 {
			some := before[from:min(len(before), from+800)]
			data := t.TempDir()
			_, p := f.publish(t, some, data)
			keep(t, p, data)
			for i := range f.atoms {
				var after []truth
				for _, x := range some {
					after = append(after, append(truth{}, x...))
					after[len(after)-1][i]++
				}
				if _, q := f.publish(t, after, data); !q.same {
					t.Errorf("%s: one child more in place %d makes another release", tables, i)
				}
			}
		}
	}
}

// keep writes a proposal into the ledger of a data folder.
func keep(t *testing.T, p *proposal, data string) {
	t.Helper()
	if p.same {
		return
	}
	if err := p.Date("2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	if err := appendRelease(filepath.Join(data, "published"), p.Package.Release.ID, p.Files); err != nil {
		t.Fatal(err)
	}
}
