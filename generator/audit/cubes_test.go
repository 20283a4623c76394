package audit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/ledger"
)

// What is attacked together is what nothing else holds: every set of up to three tables that is small enough makes a system that one of
// those attacked holds, and none of those attacked holds another. Among the tables are many that count the rows of one place each.
func TestEverySetOfTablesIsHeldByOneThatIsAttacked(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		rel := &ledger.Release{}
		var columns []ledger.Attribute
		for i := range 5 {
			a := ledger.Attribute{Name: fmt.Sprint("c", i), List: fmt.Sprint("c", i)}
			l := ledger.List{ID: a.List}
			for k := range 3 + r.IntN(14) {
				a.Codes = append(a.Codes, fmt.Sprint(a.Name, "-", k))
				l.Codes = append(l.Codes, ledger.Code{ID: a.Codes[k]})
			}
			columns, rel.Lists = append(columns, a), append(rel.Lists, l)
		}
		b := block{indicator: "x", name: "2010", periods: []string{"2010", "2010-Q1", "2010-Q2"}}
		for n := range 12 {
			table := &table{Resource: ledger.Resource{Name: fmt.Sprint("t", n), Indicator: fmt.Sprint("x", n), Additive: true, OverTime: true}, periods: b.periods[:1+r.IntN(3)]}
			for _, i := range r.Perm(len(columns))[:1+r.IntN(2)] {
				table.Attributes = append(table.Attributes, columns[i])
			}
			if of := columns[r.IntN(len(columns))]; n%2 == 0 && !slices.ContainsFunc(table.Attributes, func(a ledger.Attribute) bool { return a.Name == of.Name }) {
				of.Codes = of.Codes[n%3 : n%3+1]
				table.chosen = []ledger.Attribute{of}
			}
			b.tables = append(b.tables, table)
		}
		rd := &reading{release: rel}
		sets, whole, alone := b.combinations(rd)
		if whole {
			t.Fatalf("seed %d: expected more than one system can hold", seed)
		}
		var attacked []shape
		for _, set := range sets {
			s := b.shape(rd, set)
			if s.size() > largestCube || slices.ContainsFunc(attacked, func(o shape) bool { return o.holds(s) || s.holds(o) }) {
				t.Errorf("seed %d: %d unknowns, or held by another one", seed, s.size())
			}
			attacked = append(attacked, s)
		}
		for n := 1; n <= 3; n++ {
			for set := range subsets(b.maximal(), n) {
				s := b.shape(rd, set)
				held := slices.ContainsFunc(attacked, func(a shape) bool { return a.holds(s) })
				if small := s.size() <= largestCube; small != held || n == 1 && small == slices.Contains(alone, set[0]) {
					t.Fatalf("seed %d: a set of %d tables and %d unknowns is held: %v", seed, n, s.size(), held)
				}
			}
		}
	}
}
