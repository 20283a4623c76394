package main

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/measure"
)

// form is a kind of tables whose every truth can be published: the plans, their ladders and all that can be asked of them. The
// ladders are those that package measure makes.
type form struct {
	cb      *codebook.Codebook
	sample  codebook.Indicator
	periods []calendar.Period
	plans   []measure.Plan
	cells   [][][]int // of each plan and rung, which figure each cell is
	atoms   int       // how many single counts a truth has
	figures []figure
	targets []figure // what an attacker asks for: every margin, complement and single count
	known   bool     // the attacker has the true total from elsewhere
	at      map[string]int
	total   int // which figure is the total
}

// figure is a sum of single counts.
type figure struct {
	name    string
	of      []int // its single counts
	parents []int // figures with the total in place of one of its codes
}

// truth is the single counts of a form.
type truth []int64

func (f figure) count(x truth) (n int64) {
	for _, i := range f.of {
		n += x[i]
	}
	return n
}

// columns are the attributes of all forms. The codes of p lead to those of r.
var columns = []struct{ name, from, codes string }{
	{"a", "", "a1 a2"}, {"b", "", "b1 b2"}, {"c", "", "c1 c2"}, {"d", "", "d1 d2 d3"}, {"p", "", "p1>r1 p2>r1 p3>r2 p4>r2"}, {"r", "p", "r1 r2"},
}

// axis is one of the columns that a form's counts are told apart by, with every set of its codes that has a name.
type axis struct {
	column string
	codes  []string
	sets   map[string][]int // "" for all; column=code; and what a code leaves
}

// newForm makes the form of an indicator with some breakdowns, by year or by quarters too.
func newForm(t testing.TB, kinds string, breakdowns ...string) *form {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS(filepath.Join(second, "codebook")), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	f := &form{cb: cb, sample: *cb.Indicator("acolhidas"), at: map[string]int{}}
	dataset := *cb.Dataset("casos")
	title := func(s string) lang.Text { return lang.Text{"pt": s, "fr": s} }
	for _, c := range columns {
		list := &codebook.List{ID: c.name, Title: title(c.name), Publish: "all"}
		column := &codebook.Column{Name: c.name, Type: "code", List: &codebook.Ref{ID: c.name}}
		for _, code := range strings.Fields(c.codes) {
			id, parent, _ := strings.Cut(code, ">")
			list.Codes = append(list.Codes, codebook.Code{ID: id, Label: title(id), Parent: parent})
			if parent != "" {
				list.Parent = &codebook.Ref{ID: "r"}
			}
		}
		if c.from != "" {
			column.From = &codebook.Ref{ID: c.from}
		}
		cb.Lists, dataset.Columns = append(cb.Lists, list), append(dataset.Columns, column)
	}
	cb.Datasets, cb.Targets = []*codebook.Dataset{&dataset}, nil
	f.sample.Breakdowns, f.sample.Periods = nil, strings.Fields(kinds)
	var axes []axis
	for _, b := range breakdowns {
		var refs []codebook.Ref
		for _, name := range strings.Fields(b) {
			refs = append(refs, codebook.Ref{ID: name})
			finest := name != "r" && !slices.ContainsFunc(axes, func(x axis) bool { return x.column == name })
			if finest {
				axes = append(axes, axisOf(name, cb.List(name)))
			}
		}
		f.sample.Breakdowns = append(f.sample.Breakdowns, refs)
	}
	year := calendar.Period{Kind: calendar.Year, Year: 2025}
	if f.periods = []calendar.Period{year}; slices.Contains(f.sample.Periods, "quarter") {
		f.periods = append(f.periods, year.Parts()...)
	}
	f.cb.Indicators, f.cb.Statements, f.cb.Expectations, f.cb.Known = []*codebook.Indicator{&f.sample}, nil, nil, nil
	f.plans = measure.NewCounter(cb, &dataset, "").Plans(f.periods)
	f.span(axes)
	return f
}

func axisOf(column string, list *codebook.List) axis {
	x := axis{column, list.IDs(), map[string][]int{}}
	for i, code := range list.Codes {
		x.sets[""] = append(x.sets[""], i)
		x.sets[column+"="+code.ID] = []int{i}
		if code.Parent != "" {
			x.sets["r="+code.Parent] = append(x.sets["r="+code.Parent], i)
		}
	}
	if len(list.Codes) > 2 {
		for i, code := range list.Codes {
			for j := range list.Codes {
				if i != j {
					x.sets["not "+code.ID] = append(x.sets["not "+code.ID], j)
				}
			}
		}
	}
	return x
}

// span names every sum of counts: those that some rung shows are figures, and all of them are targets.
func (f *form) span(axes []axis) {
	inner := 1
	for _, x := range axes {
		inner *= len(x.codes)
	}
	all := map[string][]int{} // by what cell.ID says after the indicator
	quarters := len(f.periods) - 1
	f.atoms = inner * max(1, quarters)
	for k, p := range f.periods {
		sums := map[string][]int{"": {0}}
		for _, x := range axes {
			next := map[string][]int{}
			for name, before := range sums {
				for set, codes := range x.sets {
					joined := strings.Trim(name+","+set, ",")
					for _, b := range before {
						for _, c := range codes {
							next[joined] = append(next[joined], b*len(x.codes)+c)
						}
					}
				}
			}
			sums = next
		}
		for name, own := range sums {
			id := "/" + p.String()
			if name != "" {
				parts := strings.Split(name, ",")
				slices.Sort(parts)
				id += "/" + strings.Join(parts, ",")
			}
			for q := range max(1, quarters) {
				if quarters == 0 || k == 0 || k == q+1 {
					for _, i := range own {
						all[id] = append(all[id], q*inner+i)
					}
				}
				if quarters > 0 && k == 0 { // what a quarter leaves of its year
					for other := range quarters {
						if other != q {
							for _, i := range own {
								all[fmt.Sprintf("%s without Q%d", id, q+1)] = append(all[fmt.Sprintf("%s without Q%d", id, q+1)], other*inner+i)
							}
						}
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		slices.Sort(all[name])
		f.targets = append(f.targets, figure{name: name, of: all[name]})
	}
	for _, plan := range f.plans {
		var rungs [][]int
		for _, table := range plan.Rungs {
			var own []int
			for _, c := range table.Cells {
				name := cell.ID("", c.Period.String(), table.Names(), c.Codes)
				if _, ok := f.at[name]; !ok {
					f.at[name] = len(f.figures)
					f.figures = append(f.figures, figure{name: name, of: all[name]})
				}
				own = append(own, f.at[name])
			}
			rungs = append(rungs, own)
		}
		f.cells = append(f.cells, rungs)
	}
	for _, plan := range f.plans {
		for _, table := range plan.Rungs {
			for _, c := range table.Cells {
				own := f.at[cell.ID("", c.Period.String(), table.Names(), c.Codes)]
				for i, code := range c.Codes {
					if code != cell.Total {
						up := slices.Clone(c.Codes)
						up[i] = cell.Total
						f.figures[own].parents = append(f.figures[own].parents, f.at[cell.ID("", c.Period.String(), table.Names(), up)])
					}
				}
			}
		}
	}
	f.total = f.at["/"+f.periods[0].String()]
}

// most is how many figures a form has at most.
const most = 48

// tokens is what the rule makes of each figure of a truth, whatever rung may show it; 0 where a figure above is too small for a
// split. What is published depends on nothing else.
type tokens [most]uint8

// tokens restates the rule for figures that were never shown before: 1 is "small", and n stands for 5 times n.
func (f *form) tokens(x truth) (all tokens) {
	for i, fig := range f.figures {
		if n := fig.count(x); n < 10 {
			all[i] = 1
		} else {
			all[i] = uint8((n + 2) / 5)
		}
	}
	shown := all
	for i, fig := range f.figures {
		for _, up := range fig.parents {
			if shown[up] < 5 {
				all[i] = 0
			}
		}
	}
	return all
}

// bounds is what a token says.
func bounds(token uint8) (lo, hi int64) {
	switch token {
	case 0, unseen:
		return 0, 1 << 40
	case 1:
		return 0, 9
	}
	return max(10, 5*int64(token)-2), 5*int64(token) + 2
}

// unseen marks a figure that is in no published table.
const unseen = 255

// publish puts truths through the whole of main's way, each as an indicator of its own, and gives for each what is published of
// every figure. published is the folder of a ledger to add to, or "" for none.
func (f *form) publish(t testing.TB, truths []truth, data string) ([]tokens, *proposal) {
	t.Helper()
	cb := *f.cb
	cb.Indicators, cb.Known = nil, nil
	var plans []measure.Plan
	for i, x := range truths {
		indicator := f.sample
		indicator.ID = fmt.Sprintf("t%d", i)
		cb.Indicators = append(cb.Indicators, &indicator)
		if f.known {
			cb.Known = append(cb.Known, codebook.Figure{Indicator: indicator.ID, Period: f.periods[0], Value: f.figures[f.total].count(x)})
		}
		for j, plan := range f.plans {
			own := plan
			own.ID, own.Indicator, own.Rungs = strings.Replace(plan.ID, f.sample.ID, indicator.ID, 1), &indicator, nil
			for k, table := range plan.Rungs {
				own.Rungs = append(own.Rungs, measure.Table{Attributes: table.Attributes, Cells: slices.Clone(table.Cells)})
				for n := range table.Cells {
					own.Rungs[k].Cells[n].State, own.Rungs[k].Cells[n].Value = measure.Counted, f.figures[f.cells[j][k][n]].count(x)
				}
			}
			plans = append(plans, own)
		}
	}
	if data == "" {
		data = t.TempDir()
	}
	e := &env{data: data, stdout: io.Discard, stderr: io.Discard, today: "2026-01-01"}
	p, err := e.propose(&measured{cb: &cb, plans: plans, periods: f.periods}, afresh(&cb))
	if err != nil {
		t.Fatalf("%v %v", err, e.diags.Sorted())
	}
	outputs := make([]tokens, len(truths))
	for i := range outputs {
		for k := range f.figures {
			outputs[i][k] = unseen
		}
	}
	for _, table := range p.ledger.Newest().Tables {
		var i int
		if _, err := fmt.Sscanf(table.Indicator, "t%d", &i); err != nil {
			t.Fatal(err)
		}
		for _, c := range table.Cells {
			at := f.at[strings.TrimPrefix(c.ID, table.Indicator)]
			switch n, ok := c.Value.Number(); {
			case ok:
				outputs[i][at] = uint8(n / 5)
			case c.Value.Status() == "small":
				outputs[i][at] = 1
			default:
				outputs[i][at] = 0
			}
		}
	}
	return outputs, p
}

// some makes up a truth of any size, small counts and zeros among large ones.
func (f *form) some(r *rand.Rand) truth {
	most := []int64{4, 9, 14, 25, 40}[r.IntN(5)]
	x := make(truth, f.atoms)
	for i := range x {
		if x[i] = r.Int64N(most + 1); r.IntN(4) == 0 {
			x[i] = r.Int64N(4) * most / 2
		}
	}
	return x
}

func splitTables(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, "/")
}
