package inspect

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestKeysAreNumberedAlikeWhereverTheyAreKept(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	texts := map[string]func(i int) string{
		"running":                func(i int) string { return fmt.Sprintf("C%08d", i) },
		"running, bare":          func(i int) string { return fmt.Sprint(i) },
		"of several widths":      func(i int) string { return fmt.Sprintf("A%0*d", 1+i%4, i/4) },
		"by year":                func(i int) string { return fmt.Sprintf("K-%d-%05d", 2000+i%20, i/20) },
		"backwards":              func(i int) string { return fmt.Sprintf("C%08d", 50_000-i) },
		"without digits":         func(i int) string { return fmt.Sprintf("%dx", i) },
		"far apart":              func(int) string { return fmt.Sprintf("%09d", chance.IntN(1e9)) },
		"by chance":              func(int) string { return fmt.Sprintf("%08x", chance.Uint32()) },
		"empty among others":     func(i int) string { return fmt.Sprintf("%.*s", i%3, "12") },
		"running, then far off":  func(i int) string { return fmt.Sprintf("%d", i*max(1, i/20_000*7919)) },
		"running, one otherwise": func(i int) string { return fmt.Sprintf("P%d", i) + map[bool]string{true: "b"}[i == 31_000] },
	}
	for name, text := range texts {
		var k keys
		want, all := map[string]uint32{}, []string{}
		for i := range 40_000 {
			one := text(i)
			if i%5 == 4 {
				one = all[chance.IntN(len(all))]
			}
			before, again := want[one]
			number, known := k.number([]byte(one))
			if known != again || again && number != before || !again && number != uint32(len(want)) {
				t.Fatalf("%s: text %d, %q, is number %d, known %t; expected %d of %d, %t", name, i, one, number, known, before, len(want), again)
			}
			want[one] = number
			all = append(all, one)
		}
		if name == "running" && k.moved || name == "far apart" && !k.moved {
			t.Errorf("%s: moved into the table: %t", name, k.moved)
		}
	}
}

// Each text would want a run of its own.
func TestRunsTakeNoMoreMemoryThanATable(t *testing.T) {
	var k keys
	for i := range 100_000 {
		k.number([]byte(fmt.Sprintf("%d%03d", i, i%1000)))
	}
	if most := fewRuns + 100_000/heldByRun; len(k.runs) > most {
		t.Errorf("expected at most %d runs, found %d", most, len(k.runs))
	}
}

func TestLinesAreThoseThatWereAdded(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	var l lines
	var want []uint32
	for line := uint32(2); len(want) < 10_000; line++ {
		if chance.IntN(50) == 0 {
			line += chance.Uint32N(4)
		}
		if chance.IntN(2000) == 0 {
			line = 2 // of the next file
		}
		l.add(line)
		want = append(want, line)
	}
	for row, line := range want {
		if l.at(uint32(row)) != line {
			t.Fatalf("row %d begins on line %d, expected %d", row, l.at(uint32(row)), line)
		}
	}
	if len(l.turns) > len(want)/20 {
		t.Errorf("%d turns are kept of %d rows", len(l.turns), len(want))
	}
}
