// Package measure counts.
//
// In: typed records. Out: for each indicator its true figures, as one table for each entry of the table plan and for every
// coarser table that protection may fall back to. Most figures are sums; stocks of spells, distinct people, medians and those who came back
// are in spell.go. What it makes is true, hence private: only protect may take it.
package measure

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

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
	From   Origin
	Rows   []string // file:line of the rows behind it; only for the indicator that is being explained
	people members  // until those who stand in another dataset too are counted
}

// Origin tells which rows a figure was counted from: the first of them and how many there are.
type Origin struct {
	File string // below the exports folder
	Line int
	Rows int
}

func (o Origin) String() string {
	switch o.Rows {
	case 0:
		return "no row"
	case 1:
		return fmt.Sprintf("%s:%d", o.File, o.Line)
	case 2:
		return fmt.Sprintf("%s:%d and 1 more row", o.File, o.Line)
	}
	return fmt.Sprintf("%s:%d and %d more rows", o.File, o.Line, o.Rows-1)
}

// and joins the origins of two figures that are added.
func (o Origin) and(p Origin) Origin {
	if o.Rows == 0 || p.Rows > 0 && cmp.Or(strings.Compare(p.File, o.File), p.Line-o.Line) < 0 {
		o.File, o.Line = p.File, p.Line
	}
	o.Rows += p.Rows
	return o
}

// Table is one indicator broken down by some attributes, with every margin: all periods, and in each every combination of
// codes, whether the data have it or not.
type Table struct {
	Attributes []Attribute
	Cells      []Cell // by period, then by codes with the total first
}

// Attribute is a column that a table is broken down by, with the codes its rows have.
type Attribute struct {
	Column  *codebook.Column
	Codes   []string
	Coarser []Step // the ladder above it, the nearest first
}

// Step is a coarser column that another one leads to: a province's region.
type Step struct {
	Column string
	Of     map[string]string // from each code of the attribute
}

// Plan is one entry of the table plan for one kind of period. Rungs is its ladder: the table as planned, then coarser and
// coarser, down to the total alone.
type Plan struct {
	ID        string
	Indicator *codebook.Indicator
	Class     codebook.Class
	Additive  bool // the parts of each attribute add up to its total
	Kind      calendar.Kind
	Rungs     []Table
}

// Optional says whether a plan may be given up altogether: a year has its total at least.
func (p Plan) Optional() bool { return p.Kind == calendar.Quarter || p.Kind == calendar.ThreeYears }

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
	cb      *codebook.Codebook
	dataset *codebook.Dataset
	coded   []*codebook.Column
	counts  []*counts // of the indicators
	halves  []*counts // of those who stand in another dataset as well
	checks  []*counts // of what is only checked, never published
	rows    []*rowCheck
	seen    map[calendar.Period]bool
	shares  shares
	keep    bool // percentages are printed beside counts
	tally   bool // records are figures of a register that a warehouse counted

	register bool               // each row is a case
	until    calendar.Period    // of a register that is exported whole: the last quarter that it tells of
	spells   *inspect.Inspector // who remembers its spells
	begins   int                // of spells: the column of inspect.Dates that they begin in, or -1
	within   []calendar.Period  // of the present record, while it is counted
	fixed    []int              // the coded columns that never stand at _T, in a dataset where others may
	now      *numbered          // the present record
}

// counts are the figures of one indicator.
type counts struct {
	indicator *codebook.Indicator
	filter    [][]string // for each coded column the codes that count, or nil
	filtered  []int      // the columns that have some
	sums      []*sums    // each table finds its own in one of them

	day     int     // the column of inspect.Dates that dates a row, or -1
	spell   []int   // of a stock of spells: the columns of inspect.Dates
	paired  bool    // its people are compared with those of another dataset
	other   *half   // and that one, where this is the first
	same    *counts // another indicator that counts the same people, who are kept once
	members bool    // of what cannot be added the people or the days are kept: of a distinct count, of a median
	leaving bool    // of a count of those who came back, until all are read: who left is kept
}

// NewCounter makes a counter for the indicators of a dataset, or of the register that it is a tally of. explain names an indicator whose
// sources are to be kept, or "".
func NewCounter(cb *codebook.Codebook, d *codebook.Dataset, explain string) *Counter {
	coded, tally := inspect.Coded(d), d.Register != nil
	if tally {
		d = d.Register
		coded = d.TallyColumns()
	}
	c := &Counter{cb: cb, dataset: d, tally: tally, coded: coded, seen: map[calendar.Period]bool{}, keep: d.Percent != nil, register: d.Count == nil, now: newNumbered(len(coded))}
	if slices.ContainsFunc(coded, func(col *codebook.Column) bool { return col.Total }) {
		for i, col := range coded {
			if !coded[c.base(col)].Total && col.Type != "codes" {
				c.fixed = append(c.fixed, i)
			}
		}
	}
	if c.begins = -1; d.Spell != nil {
		c.begins = dateOf(d, d.Spell.From)
	}
	for _, ind := range cb.Indicators {
		if cb.DatasetOf(ind) == d {
			c.counts = append(c.counts, c.newCounts(d, cb.Counted(ind), ind.ID == explain, ladders(d, ind)))
		}
	}
	c.halved(explain)
	for _, n := range c.counts {
		n.same = c.alike(n)
	}
	for _, e := range cb.Expectations {
		switch {
		case e.Dataset == nil || e.Dataset.ID != d.ID:
		case e.Kind == "parts" || e.Kind == "flow" || e.Kind == "echo":
			c.checks = append(c.checks, c.newCounts(d, checked(e), false, [][]*codebook.Column{columns(d, e.By)}))
		default:
			c.rows = append(c.rows, newRowCheck(e, c.coded))
		}
	}
	return c
}

// checked is a figure that is measured to be checked, and for nothing else.
func checked(e *codebook.Expectation) *codebook.Indicator {
	return &codebook.Indicator{ID: e.ID, At: e.At, Dataset: *e.Dataset, Measure: "count", Filter: e.Filter, Breakdowns: [][]codebook.Ref{e.By}}
}

// newCounts makes the figures of an indicator, given the columns of each table that it may have.
func (c *Counter) newCounts(d *codebook.Dataset, ind *codebook.Indicator, explain bool, tables [][]*codebook.Column) *counts {
	n := &counts{indicator: ind, filter: make([][]string, len(c.coded)), day: -1}
	if n.dating(d); c.tally {
		n.members, n.leaving = false, false
	}
	for i, col := range c.coded {
		if refs := ind.Filter[col.Name]; len(refs) > 0 {
			n.filter[i], n.filtered = ids(refs), append(n.filtered, i)
		}
	}
	if n.members || n.leaving {
		tables = [][]*codebook.Column{slices.Concat(tables...)} // what is kept of each record is kept once
	}
	for _, used := range apart(tables) {
		s := &sums{counts: n, all: map[key]*tally{}}
		if explain {
			s.sources = map[key][]string{}
		}
		for i, col := range c.coded {
			if !slices.Contains(used, col) {
				continue
			}
			if col.Type == "codes" {
				s.sets = append(s.sets, len(s.columns))
			}
			s.columns = append(s.columns, i)
		}
		n.sums = append(n.sums, s)
	}
	return n
}

// apart leaves out the tables whose columns another one has as well. Without any there is the one of the total.
func apart(tables [][]*codebook.Column) (all [][]*codebook.Column) {
	for _, t := range tables {
		if !slices.ContainsFunc(all, func(o []*codebook.Column) bool { return within(t, o) }) {
			all = append(slices.DeleteFunc(all, func(o []*codebook.Column) bool { return within(o, t) }), t)
		}
	}
	if len(all) == 0 {
		return [][]*codebook.Column{nil}
	}
	return all
}

func within(some, all []*codebook.Column) bool {
	return !slices.ContainsFunc(some, func(col *codebook.Column) bool { return !slices.Contains(all, col) })
}

// sumsOf gives the sums that tell a table of some columns.
func (c *Counter) sumsOf(n *counts, columns []*codebook.Column) *sums {
	at := slices.IndexFunc(n.sums, func(s *sums) bool {
		return !slices.ContainsFunc(columns, func(col *codebook.Column) bool { return !slices.Contains(s.columns, slices.Index(c.coded, col)) })
	})
	return n.sums[at]
}

// Count takes the records of a dataset, or of one of its files.
func (c *Counter) Count(records iter.Seq[inspect.Record]) {
	for rec := range records {
		if c.tally {
			c.take(rec)
			continue
		}
		c.see(rec)
		if c.keep {
			c.shares.add(rec)
		}
		c.now.of(rec, c.coded, c.fixed)
		for _, n := range c.counts {
			if n.same == nil {
				c.add(n, rec)
			}
		}
		for _, n := range c.halves {
			c.add(n, rec)
		}
		for _, n := range c.checks {
			c.add(n, rec)
		}
		for _, r := range c.rows {
			r.add(rec)
		}
	}
	c.fill()
}

// add counts a record, if it passes. One of a stock counts in every quarter on whose day it was there.
func (c *Counter) add(n *counts, rec inspect.Record) {
	for _, i := range n.filtered {
		if !passes(n.filter[i], rec.Codes[i], rec.Sets[i]) {
			return
		}
	}
	periods := c.dates(n, rec)
	if len(periods) == 0 {
		return
	}
	for _, s := range n.sums {
		for _, at := range s.places(rec, c.now) {
			for _, period := range periods {
				s.put(at, period, rec)
			}
		}
	}
}

// passes says whether a record's code, or one of its several codes, is among those that count.
func passes(wanted []string, code string, set []string) bool {
	return slices.Contains(wanted, code) || slices.ContainsFunc(set, func(code string) bool { return slices.Contains(wanted, code) })
}

// Periods lists the periods that records of this dataset are dated by, in order.
func (c *Counter) Periods() []calendar.Period {
	return slices.SortedFunc(maps.Keys(c.seen), calendar.Period.Compare)
}

// Closed gives, of the periods that any dataset has records of, those that may be reported, in order: each of them, every year
// that is over, and every three years that are. A year is over when its last quarter, or anything later, has records; until then
// its figure would change with every quarter.
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
	for _, p := range slices.Collect(maps.Keys(all)) {
		if p.Kind == calendar.Year && !slices.ContainsFunc(p.Three().Parts(), func(year calendar.Period) bool { return !all[year] }) {
			all[p.Three()] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), calendar.Period.Compare)
}

// complete says whether the records tell of all parts of a period: tallies of all four quarters, or a register that goes on to
// the end of the year; and of three years each.
func (c *Counter) complete(period calendar.Period) bool {
	parts := period.Parts()
	if period.Kind == calendar.Year && c.register {
		for p := range c.seen {
			if p.Compare(parts[3]) >= 0 {
				return true
			}
		}
	}
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p calendar.Period) bool { return !c.seen[p] && !c.complete(p) })
}

// begun says whether any quarter of a year has records.
func (c *Counter) begun(year calendar.Period) bool {
	return slices.ContainsFunc(year.Parts(), func(q calendar.Period) bool { return c.seen[q] })
}

// spans says whether a period lies within those that records of this dataset are dated by: what has no record there did not
// happen, or was not reported, as the codebook says of the dataset. A year of which tallies tell only some quarters does not.
func (c *Counter) spans(p calendar.Period) bool {
	switch {
	case p.Kind == calendar.Undated || p.Kind == calendar.Year && c.begun(p) && !c.complete(p):
		return false
	case p.Kind == calendar.ThreeYears:
		return !slices.ContainsFunc(p.Parts(), func(year calendar.Period) bool { return !c.spans(year) })
	}
	dated := c.Periods()
	if len(dated) == 0 || dated[0].Year > p.Year {
		return false
	}
	first, last := dated[0], dated[len(dated)-1]
	if p.Kind == calendar.Year { // begun is enough, but it must be over
		return calendar.Period{Kind: calendar.Quarter, Year: p.Year, Quarter: 4}.Compare(last) <= 0
	}
	return first.Compare(p) <= 0 && p.Compare(last) <= 0
}
