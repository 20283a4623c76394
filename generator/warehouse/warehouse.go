// Package warehouse writes the query by which a warehouse counts a register, so that no row of it has to be exported.
//
// In: the codebook, a dataset with tallies, the last period to be told of. Out: one query in plain SQL. Its result is a tally of the
// dataset: each figure of each table that may be published, margins included, counted as package measure counts rows, and what is
// wrong with the rows, as package inspect would find it. Nothing here connects to anything.
package warehouse

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// Dialects lists the engines that a query can be written for.
func Dialects() (names []string) {
	for _, d := range dialects {
		names = append(names, d.name)
	}
	return names
}

// Query writes the query for one of Dialects. until is the year or quarter that the result tells up to; tables gives, by dataset, what a
// register is called in the warehouse. Its columns are called as those of the dataset.
func Query(cb *codebook.Codebook, d *codebook.Dataset, dialect string, tables map[string]string, until calendar.Period) string {
	w := &writer{dialect: dialects[slices.Index(Dialects(), dialect)], cb: cb, d: d, columns: d.TallyColumns(), others: map[string]*writer{}}
	_, w.last = cb.Calendar().Bounds(until)
	w.quarter = number(cb.Calendar().At(w.last))
	w.line("-- The figures of the dataset %s up to %s, from impact sql. Save the result with", d.ID, until)
	w.line("--     %s", strings.Replace(w.save, "FILE", strings.Replace(d.Tally, "*", until.String(), 1), 1))
	w.line("-- below exports/. It holds true counts and no row: keep it where the exports are kept.")
	w.line("WITH RECURSIVE")
	w.rows(tables[d.ID])
	for _, o := range Others(cb, d) {
		other := &writer{dialect: w.dialect, cb: cb, d: o, prefix: fmt.Sprintf("other%d_", len(w.others)+1), last: w.last, quarter: w.quarter}
		other.rows(tables[o.ID])
		w.b.WriteString(other.b.String())
		w.others[o.ID] = other
	}
	w.line("quarters AS (\n  SELECT MIN(%s) AS n FROM counted\n  UNION ALL\n  SELECT n + 1 FROM quarters WHERE n < %d\n)", w.quarterOf(w.d.Period.ID), w.quarter)
	w.figures()
	w.line("ORDER BY %s;", w.order())
	return w.b.String()
}

// Others lists the datasets whose tables the query for a dataset reads besides its own: some of its people are counted who stand there too.
func Others(cb *codebook.Codebook, d *codebook.Dataset) (all []*codebook.Dataset) {
	for _, ind := range cb.Indicators {
		if ind.Also == nil || ind.Dataset.ID != d.ID {
			continue
		}
		if o := cb.Dataset(ind.Also.Dataset.ID); !slices.Contains(all, o) {
			all = append(all, o)
		}
	}
	return all
}

// writer writes one query.
type writer struct {
	dialect
	cb      *codebook.Codebook
	d       *codebook.Dataset
	columns []*codebook.Column // of the tally, between period and value
	last    time.Time          // the day up to which is told
	quarter int                // that it lies in
	begun   bool               // some figure stands
	others  map[string]*writer // of the other datasets, by id: each writes no more than its rows
	prefix  string             // of what its tables are called
	b       strings.Builder
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// number counts quarters, so that they can be compared and added.
func number(q calendar.Period) int { return 4*q.Year + q.Quarter - 1 }

// order sorts the result, so that the same rows give the same file.
func (w *writer) order() string {
	var places []string
	for i := range len(w.columns) + 2 {
		places = append(places, fmt.Sprint(i+1))
	}
	return strings.Join(places, ", ")
}

// column is what the query calls a column: t for texts, c for codes, d for days, and the column's number.
func (w *writer) column(name string) string { return w.called(w.d.Column(name)) }

func (w *writer) called(col *codebook.Column) string {
	kind := "t"
	switch col.Type {
	case "code":
		kind = "c"
	case "date":
		kind = "d"
	}
	return fmt.Sprint(kind, slices.Index(w.d.Columns, col)+1)
}

// quarterOf is what the query calls the number of the quarter that a day lies in.
func (w *writer) quarterOf(column string) string { return "q" + w.column(column)[1:] }

// rows reads the table as package inspect reads a file: register has every row, counted the sound ones up to the
// last day. Those of another dataset have a prefix.
func (w *writer) rows(table string) {
	var cells, read, more []string
	for _, col := range w.d.Columns {
		name := w.called(col)
		switch {
		case col.Type == "codes":
		case col.From != nil:
			more = append(more, w.derived(col)+" AS "+name)
		case col.Type == "date":
			cells = append(cells, fmt.Sprintf("CAST(%s AS DATE) AS %s", w.ident(col.Name), name))
			read = append(read, name)
			more = append(more, w.calendarQuarter(name)+" AS "+w.quarterOf(col.Name))
		default:
			cells = append(cells, fmt.Sprintf("TRIM(CAST(%s AS %s)) AS %s", w.ident(col.Name), w.text, name))
			read = append(read, w.meaning(col, name)+" AS "+name)
		}
	}
	w.line("%scells AS ( -- the only place that names the table and its columns\n  SELECT\n    %s\n  FROM %s\n),", w.prefix, strings.Join(cells, ",\n    "), w.table(table))
	w.line("%[1]scleaned AS (\n  SELECT\n    %[2]s\n  FROM %[1]scells\n),", w.prefix, strings.Join(read, ",\n    "))
	w.line("%[1]sregister AS (\n  SELECT %[1]scleaned.*,\n    %[2]s\n  FROM %[1]scleaned\n),", w.prefix, strings.Join(more, ",\n    "))
	sound := fmt.Sprintf("%s BETWEEN DATE '1900-01-01' AND DATE '%s'", w.column(w.d.Period.ID), w.last.Format(time.DateOnly))
	if w.d.Spell != nil {
		from, to := w.column(w.d.Spell.From.ID), w.column(w.d.Spell.To.ID)
		sound += fmt.Sprintf(" AND (%s IS NULL OR %s >= %s)", to, to, from)
	}
	w.line("%[1]scounted AS (\n  SELECT * FROM %[1]sregister WHERE %[2]s\n),", w.prefix, sound)
}

// meaning gives a code for its aliases and nothing for what says that nothing is known. Other texts stay: check names them.
func (w *writer) meaning(col *codebook.Column, name string) string {
	var b strings.Builder
	b.WriteString("CASE")
	if col.Type == "code" {
		list := w.cb.List(col.List.ID)
		if len(list.Codes) > 0 {
			fmt.Fprintf(&b, " WHEN %s IN %s THEN %s", name, w.list(list.IDs()), name)
		}
		for _, code := range list.Codes {
			if len(code.Aliases) > 0 {
				fmt.Fprintf(&b, " WHEN %s IN %s THEN %s", name, w.list(code.Aliases), w.literal(code.ID))
			}
		}
	}
	nulls, of := codebook.UsualNulls, "LOWER("+name+")"
	if w.d.Nulls != nil {
		nulls, of = w.d.Nulls, name
	}
	fmt.Fprintf(&b, " WHEN %s IN %s THEN NULL ELSE %s END", of, w.list(append([]string{""}, nulls...)), name)
	return b.String()
}

// derived leads from the codes of a column of the table to those of one that is made from it, by way of others.
func (w *writer) derived(col *codebook.Column) string {
	var chain []*codebook.Column // from col down to a column of the table
	for ; col.From != nil; col = w.d.Column(col.From.ID) {
		chain = append(chain, w.d.Column(col.From.ID))
	}
	base := chain[len(chain)-1]
	var b strings.Builder
	fmt.Fprintf(&b, "CASE %s", w.called(base))
	for _, code := range w.cb.List(base.List.ID).IDs() {
		up := code
		for _, step := range slices.Backward(chain) {
			up = w.cb.List(step.List.ID).Code(up).Parent
		}
		fmt.Fprintf(&b, " WHEN %s THEN %s", w.literal(code), w.literal(up))
	}
	return b.String() + " END"
}

// calendarQuarter numbers the quarter of the organisation's calendar that a day lies in.
func (w *writer) calendarQuarter(day string) string {
	cal := w.cb.Calendar()
	months := -cal.Starts
	if cal.NamedByEnd && cal.Starts > 1 {
		months += 12
	}
	return w.whole(fmt.Sprintf("CAST(EXTRACT(YEAR FROM %s) AS INTEGER) * 12 + CAST(EXTRACT(MONTH FROM %[1]s) AS INTEGER) + (%d)", day, months), "3")
}
