// Package inspect gives raw rows their meaning.
//
// In: rows of one dataset. Out: records whose codes are in the code lists, whose period is a period and whose count is a
// number; every cell that is not goes to the diagnostics with its place. A cell's content is never repeated there.
package inspect

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// maxCount is the largest number that one row may hold: a million rows of it still add up without overflow.
const maxCount = 1_000_000_000_000

// Record is one typed row: how many of what, where and when. It is good until the next one is asked for.
type Record struct {
	Period calendar.Period
	Codes  []string // one for each column of Coded, codebook.Total where the row says "all together"
	Count  int64    // people, events or units of money; 1 where the dataset has no count column
	Share  int64    // the percentage printed beside the count, or -1
	Source string   // file and line, for explain
}

// Coded lists the columns of a dataset that hold codes, those derived from others included, in the codebook's order.
func Coded(d *codebook.Dataset) []*codebook.Column {
	return slices.DeleteFunc(slices.Clone(d.Columns), func(c *codebook.Column) bool { return c.Type != "code" })
}

// Inspector reads the files of one dataset. It remembers the keys it has seen, across files.
type Inspector struct {
	cb      *codebook.Codebook
	dataset *codebook.Dataset
	diags   *diag.List
	columns []*codebook.Column // as in ingest.Row
	coded   []*codebook.Column
	lists   []*codebook.List // of each coded column
	from    []int            // for each coded column the coded column it derives from, or -1
	keys    map[string]diag.Pos
	crowd   *crowd
}

// New makes an inspector for a dataset.
func New(cb *codebook.Codebook, d *codebook.Dataset, diags *diag.List) *Inspector {
	in := &Inspector{cb: cb, dataset: d, diags: diags, columns: ingest.Columns(d), coded: Coded(d), keys: map[string]diag.Pos{}}
	in.crowd = newCrowd(d, in.coded)
	for _, c := range in.coded {
		in.lists = append(in.lists, cb.List(c.List.ID))
		from := -1
		if c.From != nil {
			from = slices.IndexFunc(in.coded, func(o *codebook.Column) bool { return o.Name == c.From.ID })
		}
		in.from = append(in.from, from)
	}
	return in
}

// Records types the rows of a file. A row with an error in it is reported and left out.
func (in *Inspector) Records(f *ingest.File) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		rec := Record{Codes: make([]string, len(in.coded))}
		for row := range f.Rows(in.diags) {
			if !in.row(row, &rec) {
				continue
			}
			if in.crowd.add(&rec); !yield(rec) {
				return
			}
		}
	}
}

// row fills rec from a row and says whether it is sound.
func (in *Inspector) row(row ingest.Row, rec *Record) bool {
	ok := true
	rec.Count, rec.Share = 1, -1
	rec.Source = fmt.Sprintf("%s:%d", row.File.Path, row.Line)
	for i, c := range in.columns {
		cell := strings.TrimSpace(row.Cells[i])
		if cell == "" {
			if c.Required || in.isCount(c) || c.Name == in.dataset.Period.ID {
				in.diags.Errorf(row.Pos(i), "value/empty", "fill it in; where the figure is not known, leave the whole row out", "expected a value in the column %q", c.Name)
				ok = false
			}
			if c.Type == "code" {
				rec.Codes[slices.Index(in.coded, c)] = ""
			}
			continue
		}
		switch c.Type {
		case "code":
			ok = in.code(row, i, c, cell, rec) && ok
		case "integer":
			n, err := strconv.ParseInt(cell, 10, 64)
			if err != nil || strconv.FormatInt(n, 10) != cell {
				in.diags.Errorf(row.Pos(i), "value/integer", "write digits only, such as 1234: no commas, decimals or words", "expected a whole number in the column %q", c.Name)
				ok = false
			} else if n < 0 && in.isCount(c) {
				in.diags.Errorf(row.Pos(i), "value/negative", "a count cannot be less than 0", "expected a number from 0 on in the column %q", c.Name)
				ok = false
			} else if in.isCount(c) && n > maxCount {
				in.diags.Errorf(row.Pos(i), "value/too-large", "look for figures that ran together", "expected a number up to %d in the column %q", int64(maxCount), c.Name)
				ok = false
			} else if in.dataset.Percent != nil && in.dataset.Percent.ID == c.Name {
				rec.Share = n
			} else if in.isCount(c) {
				rec.Count = n
			}
		case "period":
			p, err := calendar.Parse(cell)
			if err != nil {
				in.diags.Errorf(row.Pos(i), "value/period", "write 2010, or 2010-Q2 for a quarter", "%v in the column %q", err, c.Name)
				ok = false
			} else if c.Name == in.dataset.Period.ID {
				rec.Period = p
			}
		case "date":
			day, err := time.Parse(time.DateOnly, cell)
			if err != nil {
				in.diags.Errorf(row.Pos(i), "value/date", "write year-month-day, such as 2010-06-30", "expected a date in the column %q", c.Name)
				ok = false
			} else if c.Name == in.dataset.Period.ID {
				rec.Period = in.cb.Calendar().At(day)
			}
		}
	}
	if ok {
		in.derive(rec)
	}
	return ok && in.unique(row)
}

func (in *Inspector) isCount(c *codebook.Column) bool {
	return in.dataset.Count != nil && in.dataset.Count.ID == c.Name
}

func (in *Inspector) code(row ingest.Row, i int, c *codebook.Column, cell string, rec *Record) bool {
	at := slices.Index(in.coded, c)
	if c.Total && cell == codebook.Total {
		rec.Codes[at] = codebook.Total
		return true
	}
	list := in.lists[at]
	if found := list.Code(cell); found != nil {
		rec.Codes[at] = found.ID // the list's own string: a row's is not kept alive
		return true
	}
	hint := diag.Suggest(cell, list.IDs())
	if label := in.labelled(list, cell); label != "" {
		hint = fmt.Sprintf("write the code %q instead of its label", label)
	}
	in.diags.Cell(cell).Errorf(row.Pos(i), "code/unknown", hint, "expected a code of the list %s in the column %q, found a value of %d characters",
		list.ID, c.Name, utf8.RuneCountInString(cell))
	return false
}

// labelled finds the code whose label in any language, or another spelling of it, was written instead.
func (in *Inspector) labelled(list *codebook.List, cell string) string {
	for _, c := range list.Codes {
		for _, other := range append(slices.Collect(maps.Values(c.Label)), c.Variants...) {
			if strings.EqualFold(other, cell) {
				return c.ID
			}
		}
	}
	return ""
}

// derive fills the columns that are made from others: a shelter's province, a province's region.
func (in *Inspector) derive(rec *Record) {
	for range in.coded { // a chain is at most as long as there are columns
		for i, from := range in.from {
			if from < 0 {
				continue
			}
			switch code := rec.Codes[from]; code {
			case "", codebook.Total:
				rec.Codes[i] = code
			default:
				if c := in.lists[from].Code(code); c != nil {
					rec.Codes[i] = c.Parent
				}
			}
		}
	}
}

// unique reports a row whose key stood before.
func (in *Inspector) unique(row ingest.Row) bool {
	if len(in.dataset.Key) == 0 {
		return true
	}
	var parts []string
	first := 0
	for n, r := range in.dataset.Key {
		i := slices.IndexFunc(in.columns, func(c *codebook.Column) bool { return c.Name == r.ID })
		if n == 0 {
			first = i
		}
		parts = append(parts, strings.TrimSpace(row.Cells[i]))
	}
	key := strings.Join(parts, "\x1f")
	if before, seen := in.keys[key]; seen {
		in.diags.Errorf(row.Pos(first), "row/repeated", fmt.Sprintf("%s has the same key: keep one, or add their counts", before), "expected each combination of key columns once")
		return false
	}
	in.keys[key] = diag.Pos{File: row.Pos(first).File, Line: row.Line}
	return true
}
