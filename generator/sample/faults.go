package sample

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
)

// plant is a mistake in one line of one export.
type plant struct {
	period calendar.Period
	file   string // without .csv
	at     func(line int, cells []string) bool
	twice  bool // the line stands in the file before as it should be
	alter  func(cells []string) []string
	marks  []mark
}

// line is the place of a line in the file as it is written.
func line(n int) func(int, []string) bool {
	return func(at int, _ []string) bool { return at == n }
}

// saying is the place of the first line that has a text in a cell.
func saying(cell int, text string) func(int, []string) bool {
	found := false
	return func(_ int, cells []string) bool {
		now := !found && cells[cell] == text
		found = found || now
		return now
	}
}

// mark is what check says of a mistake: a code at a cell, so many characters into it, or somewhere else.
type mark struct {
	code  string
	cell  int
	into  int
	where diag.Pos // in the codebook, where check names what does not hold
}

// planted is a mistake that was written.
type planted struct {
	diag.Pos
	code string
	from string // the altered line, where it is not the place
}

// note keeps where check will find a planted mistake.
func (f *folder) note(p plant, name string, line int, cells []string) {
	for _, m := range p.marks {
		at, from := m.where, fmt.Sprintf("%s:%d", name, line)
		if at.File == "" {
			from = ""
			before := strings.Join(cells[:m.cell], ",")
			at = diag.Pos{File: name, Line: line, Col: len(before) + 1 + m.into}
			if m.cell > 0 {
				at.Col++
			}
		}
		f.planted = append(f.planted, planted{at, m.code, from})
	}
}

// list is faults.txt: each place with its code, in the order in which check names them. Where the place is not the altered line,
// that line stands behind it.
func (f *folder) list() string {
	slices.SortFunc(f.planted, func(a, b planted) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Col-b.Col, strings.Compare(a.code, b.code))
	})
	var b strings.Builder
	for _, p := range f.planted {
		fmt.Fprintf(&b, "%s %s", p.Pos, p.code)
		if p.from != "" {
			fmt.Fprintf(&b, " planted in %s", p.from)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// strays adds a file that no dataset claims, and one without anything in it.
func (f *folder) strays() {
	const notes, nothing = "exports/late/notes.csv", "exports/late/sessions.csv"
	f.file(notes, "note\nnothing here\n")
	f.file(nothing, "")
	f.planted = append(f.planted, planted{Pos: diag.Pos{File: notes}, code: "export/unclaimed"},
		planted{Pos: diag.Pos{File: nothing, Line: 1, Col: 1}, code: "csv/empty"})
}

// Cells of a row of movements, in the order of its header.
const (
	atPeriod = iota
	atEvent
	atShelter
	atSex
	atCount
)

// faults are mistakes in cells, rows and files: one at least of every kind that check names with a place in an export. A mistake behind
// which nothing is read has a file of its own. A file that the disk does not give, and one that two datasets claim, are not among them:
// the first is no matter of the export, the second one of the codebook.
func faults(o Options) []plant {
	q := o.quarters()
	in := func(period calendar.Period, file string, at, cell int, text, code string) plant {
		return plant{period: period, file: file, at: line(at), alter: set(cell, text), marks: []mark{{code: code, cell: cell}}}
	}
	all := []plant{
		in(q[0], "movements", 2, atSex, "", "value/empty"),
		in(q[0], "movements", 3, atCount, "12.5", "value/integer"),
		in(q[0], "movements", 4, atCount, "-3", "value/negative"),
		in(q[0], "movements", 5, atCount, "1000000000001", "value/too-large"),
		in(q[0], "movements", 6, atPeriod, q[0].InYear().String()+"-Q5", "value/period"),
		in(q[0], "movements", 7, atEvent, "openning", "code/unknown"),
		in(q[0], "movements", 8, atShelter, "Shelter A", "code/unknown"),
		{period: q[0], file: "movements", at: line(9), alter: cut(atSex), marks: []mark{{code: "csv/ragged", cell: atCount, into: -1}}},
		{period: q[0], file: "movements", at: line(10), alter: func(c []string) []string { return append(c, "1") }, marks: []mark{{code: "csv/ragged", cell: atCount + 1}}},
		{period: q[0], file: "movements", at: line(11), twice: true, alter: func(c []string) []string { return c }, marks: []mark{{code: "row/repeated"}}},
		{period: q[1], file: "movements", at: line(4), alter: set(atSex, `F"x"`), marks: []mark{{code: "csv/quote", cell: atSex, into: 1}}},
		{period: q[2], file: "movements", at: line(5), alter: set(atSex, "F\xe7"), marks: []mark{{code: "csv/encoding", cell: atSex, into: 1}}},
		{period: q[3], file: "movements", at: line(1), alter: set(atSex, "gender"), marks: []mark{{code: "csv/unknown-header", cell: atSex}, {code: "csv/missing-column"}}},
		{period: q[0], file: "sessions", at: line(1), alter: set(2, "activity"), marks: []mark{{code: "csv/repeated-header", cell: 2}, {code: "csv/missing-column"}}},
		in(q[1], "sessions", 2, 1, strings.Repeat("x", 1<<20), "csv/long-line"),
	}
	all[len(all)-1].marks[0].cell = 0 // the whole line is too long
	if last := q[len(q)-1]; o.Register {
		return append(all,
			in(last, "admissions", 2, 2, "05/06/"+last.InYear().String(), "value/ambiguous"),
			in(last, "admissions", 5, 3, "1900-01-01", "spell/backwards"),
			plant{period: last, file: "admissions", at: line(3), twice: true, alter: func(c []string) []string { return c }, marks: []mark{{code: "row/repeated"}}},
		)
	}
	return append(all, in(q[0], "admissions", 2, 2, "Phnom Penh", "code/unknown"))
}

// set puts a text in the place of a cell.
func set(cell int, text string) func([]string) []string {
	return func(cells []string) []string {
		cells[cell] = text
		return cells
	}
}

// cut leaves a cell out.
func cut(cell int) func([]string) []string {
	return func(cells []string) []string { return slices.Delete(cells, cell, cell+1) }
}
