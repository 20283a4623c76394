package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/sample"
)

var full = flag.Bool("full", false, "publish the sample organisations of seeds 1 to 20, and each of their quarters (make usefulness)")

// readers are what each year has to tell: columns, each of whose codes shows a number, or a finer code below it does.
var readers = []string{"case_group", "region", "sex", "age_group"}

// seeds are those of the sample organisations to look at: all, or some that were hard.
func seeds() []uint64 {
	if !*full {
		return []uint64{2, 4, 16}
	}
	all := make([]uint64, 20)
	for i := range all {
		all[i] = uint64(i + 1)
	}
	return all
}

func TestEachYearOfTheSampleShowsWhatReadersComeFor(t *testing.T) {
	u := newUsefulness()
	for _, seed := range seeds() {
		data := filepath.Join(t.TempDir(), "data")
		if _, err := sample.Write(data, sampleOf(seed)); err != nil {
			t.Fatal(err)
		}
		publishNow(t, data)
		u.look(t, data, seed)
	}
	t.Log("all at once" + u.String())
	if len(u.lacks) > 0 {
		t.Error(strings.Join(u.lacks, "\n"))
	}
}

func TestPublishingQuarterByQuarterNeedsNoCorrection(t *testing.T) {
	if !*full {
		quarterByQuarter(t, 1, 5)
		return
	}
	u := newUsefulness()
	for _, seed := range seeds() {
		u.look(t, quarterByQuarter(t, seed, 20), seed)
	}
	t.Log("quarter by quarter" + u.String() + "\n" + strings.Join(u.lacks, "\n")) // what is public already cannot climb any more
}

// usefulness is what releases show of what was planned.
type usefulness struct {
	seeds   []uint64
	plans   []string
	shown   map[string][]int // numbers, by plan and seed
	cells   map[string]int   // that a plan has
	climbed map[string]map[string]int
	told    map[string][]int // codes that show a number in a year, by indicator and column
	asked   map[string]int
	lacks   []string // what readers come for and a year does not tell
}

func newUsefulness() *usefulness {
	return &usefulness{shown: map[string][]int{}, cells: map[string]int{}, climbed: map[string]map[string]int{}, told: map[string][]int{}, asked: map[string]int{}}
}

// look takes in the newest release of a data folder.
func (u *usefulness) look(t *testing.T, data string, seed uint64) {
	t.Helper()
	u.seeds = append(u.seeds, seed)
	e := &env{data: data, stdout: io.Discard, stderr: io.Discard}
	m, err := e.measure("")
	if err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	fsys, name := e.folder("published")
	l := ledger.Read(fsys, name, &e.diags)
	if e.diags.Failed() {
		t.Fatal(e.diags.Sorted())
	}
	r := l.Newest()
	shows := func(ind *codebook.Indicator, p calendar.Period, names, codes []string) bool {
		v, ok := r.Value(cell.ID(ind.ID, p.String(), names, codes))
		return ok && v.Status() == ""
	}
	for _, plan := range m.plans {
		if plan.Class != codebook.Children || len(plan.Rungs[0].Cells) == 0 {
			continue
		}
		if !slices.Contains(u.plans, plan.ID) {
			u.plans = append(u.plans, plan.ID)
		}
		n := 0
		for _, c := range plan.Rungs[0].Cells {
			if shows(plan.Indicator, c.Period, plan.Rungs[0].Names(), c.Codes) {
				n++
			}
		}
		u.shown[plan.ID], u.cells[plan.ID] = append(u.shown[plan.ID], n), len(plan.Rungs[0].Cells)
		u.yearly(plan, shows, seed)
	}
	for _, x := range r.Plan {
		for _, c := range x.Climbed {
			if u.climbed[x.ID] == nil {
				u.climbed[x.ID] = map[string]int{}
			}
			u.climbed[x.ID][c.Table]++
		}
	}
}

// yearly looks for what readers come for, in each year of a plan that breaks down by one column.
func (u *usefulness) yearly(plan measure.Plan, shows func(*codebook.Indicator, calendar.Period, []string, []string) bool, seed uint64) {
	if plan.Kind != calendar.Year || len(plan.Rungs[0].Attributes) != 1 {
		return
	}
	a := plan.Rungs[0].Attributes[0]
	of := func(code string) string { return code }
	column := a.Column.Name
	if len(a.Coarser) > 0 {
		step := a.Coarser[len(a.Coarser)-1]
		column, of = step.Column, func(code string) string { return step.Of[code] }
	}
	told := map[string]bool{}
	for _, c := range plan.Rungs[0].Cells {
		if c.Codes[0] == codebook.Total {
			continue
		}
		at := c.Period.String() + " " + of(c.Codes[0])
		told[at] = told[at] || shows(plan.Indicator, c.Period, plan.Rungs[0].Names(), c.Codes) || shows(plan.Indicator, c.Period, []string{column}, []string{of(c.Codes[0])})
	}
	n := 0
	for _, at := range slices.Sorted(maps.Keys(told)) {
		if told[at] {
			n++
		} else if plan.Indicator.ID == "admitted" && slices.Contains(readers, column) {
			u.lacks = append(u.lacks, fmt.Sprintf("seed %d: admitted shows no number of %s, nor of a part of it", seed, at))
		}
	}
	key := plan.Indicator.ID + " by " + column
	u.told[key], u.asked[key] = append(u.told[key], n), len(told)
}

// String is a table: the mean over all seeds, the worst seed, and what stands instead of what was planned.
func (u *usefulness) String() string {
	var b strings.Builder
	line := func(name string, shown []int, of int, more string) {
		sum, worst := 0, 0
		for i, n := range shown {
			if sum += n; n < shown[worst] {
				worst = i
			}
		}
		percent := func(n, of int) string { return fmt.Sprintf("%5.1f %%", 100*float64(n)/float64(of)) }
		fmt.Fprintf(&b, "\n%-36s %s  worst %s (seed %d)%s", name, percent(sum, of*len(shown)), percent(shown[worst], of), u.seeds[worst], more)
	}
	all, cells := make([]int, len(u.shown[u.plans[0]])), 0
	for _, id := range u.plans {
		more := ""
		for _, table := range slices.Sorted(maps.Keys(u.climbed[id])) {
			more += fmt.Sprintf("  %d x %s", u.climbed[id][table], table)
		}
		line(id, u.shown[id], u.cells[id], more)
		for i, n := range u.shown[id] {
			all[i] += n
		}
		cells += u.cells[id]
	}
	line("all", all, cells, "")
	for _, key := range slices.Sorted(maps.Keys(u.told)) {
		line("each year: "+key, u.told[key], u.asked[key], "")
	}
	return b.String()
}
