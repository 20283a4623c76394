package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/measure"
)

// The oracle publishes every table of a kind by the way that main takes (protect, release, audit, climb), and groups the
// true tables by what is published of them, decisions included. Whoever knows the rule and the whole program learns no more
// than the group. A count of a group must not be narrow: where it may be 1 to 9 it has at least four values, or three with
// zero among them.

func TestNoSmallCountOfATwoWaySplitCanBeNarrowedDown(t *testing.T) {
	const most, complete = 45, 40 // a shown value is at most 2 away: groups of counts up to 40 are complete
	var tables []truth
	for f := int64(0); f <= most; f++ {
		for m := int64(0); m <= most; m++ {
			tables = append(tables, truth{f + m, f, m})
		}
	}
	published, _ := publishAll(t, tables, "sexo")
	expectNoneNarrow(t, tables, published, func(x truth) bool { return x[1] <= complete && x[2] <= complete })
}

func TestNoSmallCountOfAThreeWaySplitCanBeNarrowedDownByWhatClimbed(t *testing.T) {
	var tables []truth // all that are shown under a total of 30
	for a := int64(0); a <= 32; a++ {
		for b := int64(0); a+b <= 32; b++ {
			for total := max(28, a+b); total <= 32; total++ {
				tables = append(tables, truth{total, a, b, total - a - b})
			}
		}
	}
	published, climbed := publishAll(t, tables, "idade")
	if climbed == 0 || climbed == len(tables) {
		t.Errorf("expected some tables to climb and some not, %d of %d did", climbed, len(tables))
	}
	expectNoneNarrow(t, tables, published, func(truth) bool { return true })
}

// expectNoneNarrow groups true tables by what is published of them and looks through every group that is complete.
func expectNoneNarrow(t *testing.T, tables []truth, published []string, complete func(truth) bool) {
	t.Helper()
	groups := map[string][]truth{}
	for i, output := range published {
		groups[output] = append(groups[output], tables[i])
	}
	looked := 0
	for output, group := range groups {
		if slices.ContainsFunc(group, func(x truth) bool { return !complete(x) }) {
			continue
		}
		looked++
		for i := range group[0] {
			if got := values(group, i); narrow(got) {
				t.Errorf("figure %d can only be %v where this is published:\n%s", i, got, output)
			}
		}
	}
	if looked < 10 {
		t.Errorf("expected many groups, found %d", looked)
	}
}

// truth is the figures of a split: the total, then its parts.
type truth []int64

// values lists what a figure may be in a group, in order.
func values(group []truth, i int) []int64 {
	var all []int64
	for _, x := range group {
		all = append(all, x[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func narrow(values []int64) bool {
	if !slices.ContainsFunc(values, func(n int64) bool { return n >= 1 && n <= 9 }) {
		return false
	}
	if values[0] == 0 {
		return len(values) < 3
	}
	return len(values) < 4
}

// publishAll publishes each table as an indicator of its own and gives, for each, everything the release says of it.
func publishAll(t *testing.T, tables []truth, column string) (published []string, climbed int) {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS(filepath.Join(second, "codebook")), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	sample := *cb.Indicator("acolhidas")
	attribute := measure.Attribute{Column: cb.Dataset("casos").Column(column), Codes: cb.List(column).IDs()}
	cb.Indicators, cb.Statements, cb.Expectations, cb.Known = nil, nil, nil, nil
	var plans []measure.Plan
	for i, x := range tables {
		indicator := sample
		indicator.ID = fmt.Sprintf("t%d", i)
		cb.Indicators = append(cb.Indicators, &indicator)
		year := calendar.Period{Kind: calendar.Year, Year: 2025}
		split := measure.Table{Attributes: []measure.Attribute{attribute}}
		for j, code := range append([]string{codebook.Total}, attribute.Codes...) {
			split.Cells = append(split.Cells, measure.Cell{Period: year, Codes: []string{code}, Value: x[j], State: measure.Counted})
		}
		total := measure.Table{Cells: []measure.Cell{{Period: year, Codes: []string{}, Value: x[0], State: measure.Counted}}}
		plans = append(plans, measure.Plan{ID: indicator.ID + "." + column, Indicator: &indicator, Class: codebook.Children, Additive: true, Kind: calendar.Year, Rungs: []measure.Table{split, total}})
	}
	e := &env{data: t.TempDir(), stdout: io.Discard, stderr: io.Discard}
	p, err := e.propose(&measured{cb: cb, plans: plans, periods: []calendar.Period{{Kind: calendar.Year, Year: 2025}}})
	if err != nil {
		t.Fatalf("%v %v", err, e.diags.Sorted())
	}
	for i, table := range p.ledger.Newest().Tables {
		if len(table.Attributes) == 0 {
			climbed++
		}
		var b strings.Builder
		for _, c := range table.Cells {
			n, _ := c.Value.Number()
			fmt.Fprintf(&b, "%s %d %s\n", strings.TrimPrefix(c.ID, fmt.Sprintf("t%d", i)), n, c.Value.Status())
		}
		published = append(published, b.String())
	}
	return published, climbed
}
