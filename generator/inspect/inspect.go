// Package inspect gives raw rows their meaning.
//
// In: rows of one dataset. Out: records whose codes are in the code lists, whose period is a period and whose count is a
// number; every cell that is not goes to the diagnostics with its place. A cell's content is never repeated there. What can be
// read in two ways is refused and not guessed. Of a register that is exported whole the newest export gives the records; it is compared
// with the one before.
package inspect

import (
	"hash/fnv"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// maxCount is the largest number that one row may hold: a million rows of it still add up without overflow.
const maxCount = 1_000_000_000_000

// Record is one typed row, or the sum of those that say the same: how many of what, where and when. It is good until the next one is asked for.
type Record struct {
	Period   calendar.Period
	Codes    []string          // one for each column of Coded, codebook.Total where the row says "all together" or has a set of codes
	Numbers  []int             // of the codes, those of each column from 0 on; none for columns of type codes
	Sets     [][]string        // for each column of Coded of type codes the codes of the row, in the list's order
	Count    int64             // people, events or units of money; 1 where the dataset has no count column
	Share    int64             // the percentage printed beside the count, or -1
	Printed  string            // the figure as it was printed, where an expectation reads it
	Print    uint64            // a fingerprint of all that the row says, where an expectation compares rows
	Days     []time.Time       // for each column of Dates the day, zero where none is told
	Quarters []calendar.Period // in which these days lie
	Person   uint32            // the number of the person that the row is about, from 1; 0 where the dataset tells none apart
	Row      uint32            // the number of the row, by which its spell is found; 0 where the dataset has no spells
	File     string            // below the exports folder
	Line     int               // of the first of its rows
	Rows     int               // how many of the file say the same
}

// Source is file and line, for people.
func (r Record) Source() string { return r.File + ":" + strconv.Itoa(r.Line) }

// Coded lists the columns of a dataset that hold codes, those derived from others included, in the codebook's order.
func Coded(d *codebook.Dataset) []*codebook.Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c *codebook.Column) bool { return !c.Coded() })
}

// Dates lists the columns of a dataset that hold days, in the codebook's order.
func Dates(d *codebook.Dataset) []*codebook.Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c *codebook.Column) bool { return c.Type != "date" })
}

// Inspector reads the files of one dataset. It remembers the keys it has seen, across files.
type Inspector struct {
	cb      *codebook.Codebook
	dataset *codebook.Dataset
	diags   *diag.List
	grammar *grammar
	columns []*codebook.Column // as in ingest.Row
	coded   []*codebook.Column
	place   []int                        // for each column where it stands in coded, or -1
	lists   []*codebook.List             // of each coded column
	from    []int                        // for each coded column the coded column it derives from, or -1
	derived []int                        // the coded columns that derive from others, those that others derive from first
	parents []map[string]string          // of each coded column: its codes, and the code that each leads to
	names   map[string]map[string]string // by list: every code and alias, and its code
	codeOf  []map[string]string          // of each coded column: the names of its list
	before  []remembered                 // by column: what cells said before
	numbers []map[string]int             // of each coded column: its codes, and the number of each
	sets    []int                        // of the derived columns those that have to do with sets of codes
	values  []string                     // what each cell of the row means, in one form
	key     []int                        // the columns of the key
	printed int                          // the column with the figure as it was printed, or -1
	compare bool                         // rows are compared with one another
	crowd   *crowd
	dates   []int           // for each column where it stands in Record.Days, or -1
	person  []int           // the column that tells persons apart, or none
	spell   []int           // the columns of its spells, or none
	today   time.Time       // or zero
	until   calendar.Period // of a register the last period that it tells of
	joined  []byte          // some cells, while their fingerprint is taken
	sum     bool            // rows of a file that say the same are one record
	cache   *Cache          // or nil

	count, share, period int // the columns of the record, or -1

	memory
}

// Together lets an inspector add up rows of a file that say the same, where nothing needs them one by one: a count then costs as much as
// there are cells, not rows.
func (in *Inspector) Together() { in.sum = together(in.cb, in.dataset) }

// New makes an inspector for a dataset.
func New(cb *codebook.Codebook, d *codebook.Dataset, diags *diag.List) *Inspector {
	in := &Inspector{
		cb: cb, dataset: d, diags: diags, grammar: newGrammar(cb), columns: ingest.Columns(d), coded: Coded(d),
		names: map[string]map[string]string{}, printed: -1, memory: memory{people: &keys{}},
	}
	for _, e := range cb.Expectations {
		switch {
		case e.Dataset == nil || e.Dataset.ID != d.ID:
		case e.Kind == "printed":
			in.printed = slices.IndexFunc(in.columns, func(c *codebook.Column) bool { return c.Name == e.Column.ID })
		case e.Kind == "repeated":
			in.compare = true
		}
	}
	in.values, in.before = make([]string, len(in.columns)), make([]remembered, len(in.columns))
	in.count, in.share, in.period = -1, -1, in.at(d.Period)[0]
	if d.Count != nil {
		in.count = in.at(*d.Count)[0]
	}
	if d.Percent != nil {
		in.share = in.at(*d.Percent)[0]
	}
	for _, c := range in.columns {
		in.place = append(in.place, slices.Index(in.coded, c))
		in.dates = append(in.dates, slices.Index(Dates(d), c))
	}
	if d.Person != nil {
		in.person = in.at(*d.Person)
	}
	if d.Spell != nil {
		in.spell = in.at(d.Spell.From, d.Spell.To)
	}
	in.crowd = newCrowd(d, in.coded)
	for _, c := range in.coded {
		list := cb.List(c.List.ID)
		in.lists = append(in.lists, list)
		from := -1
		if c.From != nil {
			from = slices.IndexFunc(in.coded, func(o *codebook.Column) bool { return o.Name == c.From.ID })
		}
		in.from = append(in.from, from)
		names, parents := map[string]string{}, map[string]string{}
		for _, code := range list.Codes {
			parents[code.ID] = code.Parent
			for _, alias := range code.Aliases {
				names[alias] = code.ID
			}
			names[code.ID] = code.ID
		}
		in.names[list.ID], in.codeOf, in.parents = names, append(in.codeOf, names), append(in.parents, parents)
		in.numbers = append(in.numbers, map[string]int{})
	}
	for range in.coded { // a chain is at most as long as there are columns
		for i, from := range in.from {
			if from >= 0 && !slices.Contains(in.derived, i) && (in.from[from] < 0 || slices.Contains(in.derived, from)) {
				in.derived = append(in.derived, i)
				if in.coded[i].Type == "codes" || in.coded[from].Type == "codes" || slices.Contains(in.sets, from) {
					in.sets = append(in.sets, i)
				}
			}
		}
	}
	in.key = in.at(d.Key...)
	return in
}

// at finds columns by their names.
func (in *Inspector) at(refs ...codebook.Ref) (places []int) {
	for _, r := range refs {
		places = append(places, slices.IndexFunc(in.columns, func(c *codebook.Column) bool { return c.Name == r.ID }))
	}
	return places
}

// Records types the rows of some files, one file after the other; what a cache holds comes first. A row with an error in it is reported
// and left out.
func (in *Inspector) Records(files ...*ingest.File) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		names := map[*ingest.File]string{} // in the cache
		var unread []*ingest.File
		for _, f := range files {
			names[f] = in.cache.name(in, f)
			records, ok := in.cache.load(in, f, names[f])
			if !ok {
				unread = append(unread, f)
			}
			if !each(records, yield) {
				return
			}
		}
		fresh := map[*ingest.File][]*Record{} // for the cache, once all findings are there
		for f, rows := range ingest.Ahead(unread, in.diags) {
			sums := newSums()
			if !in.records(rows, sums, yield) || !each(sums.records, yield) {
				return
			}
			if names[f] != "" {
				fresh[f] = sums.records
			}
		}
		for f, records := range fresh {
			in.cache.store(in, f, names[f], records)
		}
		in.cache.forget(slices.Collect(maps.Values(names)))
	}
}

// Values is what each cell of the last record means, written in one form: a code for its aliases, a day as 2010-06-30, several codes
// with spaces between them. There is one for each column of ingest.Columns; they are good until the next record is asked for.
func (in *Inspector) Values() []string { return in.values }

// records types the rows of a file. What is added up goes to sums, the rest to yield.
func (in *Inspector) records(rows iter.Seq[ingest.Row], sums *sums, yield func(Record) bool) bool {
	dates, coded := len(Dates(in.dataset)), len(in.coded)
	rec := Record{Codes: make([]string, coded), Numbers: make([]int, coded), Sets: make([][]string, coded), Days: make([]time.Time, dates), Quarters: make([]calendar.Period, dates)}
	begun := false
	for row := range rows {
		if !begun {
			begun = true
			in.files = append(in.files, file{row.File, row.Pos(0).File, in.lines.count})
		}
		if !in.row(row, &rec) || in.later(row, &rec) || in.faulty(row, &rec) {
			continue
		}
		if in.crowd.add(&rec); in.sum {
			sums.add(&rec)
		} else if !yield(rec) {
			return false
		}
	}
	return true
}

func each(records []*Record, yield func(Record) bool) bool {
	for _, rec := range records {
		if !yield(*rec) {
			return false
		}
	}
	return true
}

// row fills rec from a row and says whether it is sound.
func (in *Inspector) row(row ingest.Row, rec *Record) bool {
	ok := true
	rec.Count, rec.Share, rec.Printed, rec.Rows = 1, -1, "", 1
	rec.File, rec.Line = row.File.Path, row.Line
	for i, c := range in.columns {
		if c.Choice != nil {
			continue // read with the column that it is a choice of
		}
		var bad *refusal
		at, none := i, false // at is the column to blame
		switch c.Type {
		case "codes":
			none, at, bad = in.set(row, i, clean(row.Cells[i]), rec)
		case "text", "key": // the form of a key is for package personal to look at
			cell := clean(row.Cells[i])
			if in.values[i] = ""; !in.null(c, cell) {
				in.values[i] = cell
			}
			none = in.values[i] == ""
		default:
			s := in.said(i, row.Cells[i])
			none, bad = s.none, s.bad
			in.take(i, s, rec)
		}
		if none && bad == nil && (c.Required || i == in.count || i == in.period) {
			in.diags.Errorf(row.Pos(i), "value/empty", "fill it in; where the figure is not known, leave the whole row out", "expected a value in the column %q", c.Name)
			ok = false
		}
		if bad != nil {
			in.diags.Cell(row.Cells[at]).Errorf(row.Pos(at), bad.code, bad.hint, "expected %s in the column %q%s", bad.expected, in.columns[at].Name, bad.found)
			ok = false
		}
	}
	if ok {
		in.derive(rec)
	}
	if in.printed >= 0 {
		rec.Printed = in.values[in.printed]
	}
	if in.compare {
		print := fnv.New64a()
		for _, value := range in.values {
			_, _ = print.Write([]byte(value + "\x1f"))
		}
		rec.Print = print.Sum64()
	}
	return ok && in.unique(row) && in.stay(row, rec)
}

// take puts what a cell says into the record.
func (in *Inspector) take(i int, s *said, rec *Record) {
	in.values[i] = s.text
	for _, t := range s.codes {
		rec.Codes[t.place], rec.Numbers[t.place] = t.code, t.number
	}
	if in.dates[i] >= 0 {
		rec.Days[in.dates[i]], rec.Quarters[in.dates[i]] = s.day, s.period
	}
	if s.none {
		return
	}
	switch i {
	case in.period:
		rec.Period = s.period
	case in.count:
		rec.Count = s.number
	case in.share:
		rec.Share = s.number
	}
}

func (in *Inspector) number(c *codebook.Column, cell string) (int64, *refusal) {
	read := in.grammar.integer
	if in.isShare(c) {
		read = in.grammar.share
	}
	n, bad := read(cell)
	switch {
	case bad != nil:
	case n < 0 && (in.isCount(c) || in.isShare(c)):
		bad = refuse("value/negative", "a count cannot be less than 0", "a number from 0 on")
	case in.isCount(c) && n > maxCount:
		bad = refuse("value/too-large", "look for figures that ran together", "a number up to "+strconv.Itoa(maxCount))
	}
	return n, bad
}

func (in *Inspector) isCount(c *codebook.Column) bool {
	return in.dataset.Count != nil && in.dataset.Count.ID == c.Name
}

func (in *Inspector) isShare(c *codebook.Column) bool {
	return in.dataset.Percent != nil && in.dataset.Percent.ID == c.Name
}

// set reads a column of several codes: its own cell, or the yes-or-no columns that stand for it, which must say the same. A
// summary that holds labels cannot be taken apart; beside yes-or-no columns it need not be. blame is the column at fault.
func (in *Inspector) set(row ingest.Row, i int, cell string, rec *Record) (empty bool, blame int, bad *refusal) {
	c, at := in.columns[i], in.place[i]
	none := in.null(c, cell)
	in.values[i] = ""
	rec.Codes[at], rec.Sets[at] = codebook.Total, nil
	var chosen []string
	split := false
	for j, o := range in.columns {
		if o.Choice == nil || o.Choice.Of != c.Name {
			continue
		}
		tick := clean(row.Cells[j])
		if in.null(o, tick) {
			continue
		}
		split = true
		yes, bad := ticked(tick)
		if bad != nil {
			return false, j, bad
		}
		if yes {
			chosen = append(chosen, o.Choice.Code)
		}
	}
	if !none {
		told, refused := in.codes(in.lists[at], cell)
		switch {
		case !split && refused != nil:
			return false, i, refused
		case !split:
			chosen = told
		case refused == nil && !slices.Equal(told, chosen):
			return false, i, refuse("code/disagree", "mend the one that is wrong", "the same codes as in the columns of single answers")
		}
	}
	rec.Sets[at] = chosen
	in.values[i] = strings.Join(chosen, " ")
	return len(chosen) == 0, i, nil
}

// derive fills the columns that are made from sets of codes. What is made from one code comes with it.
func (in *Inspector) derive(rec *Record) {
	for _, i := range in.sets {
		from := in.from[i]
		code := rec.Codes[from]
		if code != "" && code != codebook.Total {
			code = in.parents[from][code]
		}
		rec.Codes[i], rec.Numbers[i] = code, in.numberOf(i, code)
		if in.coded[i].Type == "codes" {
			var parents []string
			for _, code := range rec.Sets[from] {
				parents = append(parents, in.parents[from][code])
			}
			rec.Sets[i] = inOrder(in.lists[i], parents)
		}
	}
}
