// Package measure counts.
//
// In: typed records. Out: for each indicator its true figures, as one table for each entry of the table plan and for every
// coarser table that protection may fall back to. What it makes is true, hence private: only protect may take it.
package measure

import (
	"iter"
	"maps"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// State says what a cell holds.
type State uint8

const (
	Missing    State = iota // not reported
	Counted                 // Value is the true figure
	Impossible              // cannot occur, by the codebook alone
)

// Cell is one true figure.
type Cell struct {
	Period calendar.Period
	Codes  []string // one for each attribute; codebook.Total for all together
	Value  int64
	State  State
	Rows   []string // file:line of the rows behind it; only for the indicator that is being explained
}

// Table is one indicator broken down by some attributes, with every margin: all periods, and in each every combination of
// codes, whether the data have it or not.
type Table struct {
	Attributes []Attribute
	Cells      []Cell // by period, then by codes with the total first
}

// Attribute is a column that a table is broken down by, with the codes its rows have.
type Attribute struct {
	Column *codebook.Column
	Codes  []string
}

// Plan is one entry of the table plan. Rungs is its ladder: the table as planned, then coarser and coarser, down to the
// total alone.
type Plan struct {
	ID        string
	Indicator *codebook.Indicator
	Class     codebook.Class
	Additive  bool // the parts of each attribute add up to its total
	Rungs     []Table
}

// Names lists the attributes of a table.
func (t Table) Names() []string {
	names := make([]string, len(t.Attributes))
	for i, a := range t.Attributes {
		names[i] = a.Column.Name
	}
	return names
}

// codes are those of each attribute.
func (t Table) codes() [][]string {
	codes := make([][]string, len(t.Attributes))
	for i, a := range t.Attributes {
		codes[i] = a.Codes
	}
	return codes
}

// Counter counts the records of one dataset for every indicator that is measured from it.
type Counter struct {
	cb     *codebook.Codebook
	coded  []*codebook.Column
	counts []*counts
	seen   map[calendar.Period]bool
	shares shares
	keep   bool // percentages are printed beside counts

	register bool // each row is a case
}

// counts are the sums of one indicator. Rows that leave an attribute at _T are kept apart from those that name a code: a
// printed total and the parts below it are two tellings of one figure and are never added.
type counts struct {
	indicator *codebook.Indicator
	filter    [][]string // for each coded column the codes that count, or nil
	columns   []int      // the coded columns that some table of the plan uses
	fixed     []int      // the coded columns that never stand at _T, in a dataset where others may
	sums      map[key]int64
	sources   map[key][]string // only while explaining
}

// key is a period, the set of columns that the row names a code for, and the codes of the plan's columns.
type key struct {
	period calendar.Period
	grain  uint64
	codes  string // joined by a separator that no code may hold
	fixed  string // of a dataset with printed totals: the codes of the columns that never stand at _T
}

const sep = "\x1f"

// NewCounter makes a counter for the indicators of a dataset. explain names an indicator whose sources are to be kept, or "".
func NewCounter(cb *codebook.Codebook, d *codebook.Dataset, explain string) *Counter {
	c := &Counter{cb: cb, coded: inspect.Coded(d), seen: map[calendar.Period]bool{}, keep: d.Percent != nil, register: d.Count == nil}
	for _, ind := range cb.Indicators {
		if ind.Dataset.ID != d.ID {
			continue
		}
		n := &counts{indicator: ind, filter: make([][]string, len(c.coded)), sums: map[key]int64{}}
		if ind.ID == explain {
			n.sources = map[key][]string{}
		}
		used := map[string]bool{}
		for _, b := range ind.Breakdowns {
			for _, rung := range c.ladder(d, b) {
				for _, col := range rung {
					used[col.Name] = true
				}
			}
		}
		totals := slices.ContainsFunc(c.coded, func(col *codebook.Column) bool { return col.Total })
		for i, col := range c.coded {
			if totals && !c.coded[c.base(col)].Total {
				n.fixed = append(n.fixed, i)
			}
			if used[col.Name] {
				n.columns = append(n.columns, i)
			}
			for _, r := range ind.Filter[col.Name] {
				n.filter[i] = append(n.filter[i], r.ID)
			}
		}
		c.counts = append(c.counts, n)
	}
	return c
}

// Count takes the records of one file.
func (c *Counter) Count(records iter.Seq[inspect.Record]) {
	for rec := range records {
		c.seen[rec.Period] = true
		if c.keep {
			c.shares.add(rec)
		}
		for _, n := range c.counts {
			n.add(rec, c.coded)
		}
	}
}

func (n *counts) add(rec inspect.Record, coded []*codebook.Column) {
	k := key{period: rec.Period}
	for i, code := range rec.Codes {
		if n.filter[i] != nil && !slices.Contains(n.filter[i], code) {
			return
		}
		if coded[i].Total && code != codebook.Total {
			k.grain |= 1 << i
		}
	}
	for _, i := range n.columns {
		k.codes += rec.Codes[i] + sep
	}
	for _, i := range n.fixed {
		k.fixed += rec.Codes[i] + sep
	}
	n.sums[k] += rec.Count
	if n.sources != nil {
		n.sources[k] = append(n.sources[k], rec.Source())
	}
}

// Periods lists the periods that records of this dataset are dated by, in order.
func (c *Counter) Periods() []calendar.Period {
	return slices.SortedFunc(maps.Keys(c.seen), calendar.Period.Compare)
}

// Closed gives, of the periods that any dataset has records of, those that may be reported, in order: each of them, and every
// year that is over. A year is over when its last quarter, or anything later, has records; until then its figure would change
// with every quarter.
func Closed(seen []calendar.Period) []calendar.Period {
	all := map[calendar.Period]bool{}
	for _, p := range seen {
		all[p] = true
		for _, q := range seen {
			if last := (calendar.Period{Kind: calendar.Quarter, Year: p.Year, Quarter: 4}); q.Compare(last) >= 0 {
				all[p.InYear()] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(all), calendar.Period.Compare)
}

// complete says whether the records tell of a whole year: tallies of all four quarters, or a register that goes on to its end.
func (c *Counter) complete(year calendar.Period) bool {
	quarters := 0
	last := calendar.Period{Kind: calendar.Quarter, Year: year.Year, Quarter: 4}
	over := false
	for p := range c.seen {
		if p.Kind == calendar.Quarter && p.Year == year.Year {
			quarters++
		}
		over = over || p.Compare(last) >= 0
	}
	return quarters == 4 || c.register && over
}

// spans says whether a period lies within those that records of this dataset are dated by: what has no record there did not
// happen, or was not reported, as the codebook says of the dataset.
func (c *Counter) spans(p calendar.Period) bool {
	if p.Kind == calendar.Undated {
		return false
	}
	dated := c.Periods()
	return len(dated) > 0 && dated[0].InYear().Year <= p.Year && p.Compare(dated[len(dated)-1]) <= 0 && (p.Kind == calendar.Year || dated[0].Compare(p) <= 0)
}
