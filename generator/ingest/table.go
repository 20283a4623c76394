package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
)

// table is a CSV file, a file of a zip, or a sheet. It is opened anew for each time it is read: once for its header, once for its rows.
type table struct {
	file   *File
	name   string   // by which a dataset may pick it
	at     diag.Pos // the table as a whole
	commas []rune   // separators that it may have
	loose  bool     // rows end with their last filled cell, as in sheets
	open   func(comma rune) (*records, error)
}

// form looks for the header with each separator. ok says that rows can be read; without any form, there is not even a header.
func (t *table) form(n names, diags *diag.List) (best *form, ok bool) {
	var faults []diag.Diagnostic // that ended the reading of best
	rival := false
	for _, comma := range t.commas {
		r, err := t.open(comma)
		if err != nil {
			t.report(err, nil, diags)
			return nil, false
		}
		rows, err := head(r)
		var fault diag.List
		if err != nil {
			t.report(err, r, &fault)
		}
		_ = r.close()
		var parse *csv.ParseError
		if err != nil && !errors.As(err, &parse) { // it would be no better with another separator
			diags.Add(fault.Sorted()...)
			return nil, false
		}
		f := n.form(rows)
		f.comma = comma
		switch better := best == nil || found(f.cells) > found(best.cells); {
		case better || found(f.cells) == 0 && found(best.cells) == 0 && len(f.cells) > len(best.cells):
			best, rival, faults = f, false, fault.Sorted()
		case found(f.cells) > 0 && found(f.cells) == found(best.cells) && len(f.cells) > 1 && len(best.cells) > 1:
			rival = true
		}
		if found(f.cells) == len(n.columns) {
			break
		}
	}
	switch {
	case found(best.cells) == 0 && len(faults) > 0:
		diags.Add(faults...)
	case best.headings == nil:
		diags.Errorf(t.pos(1, 1), "csv/empty", "export it again, or delete it", "expected a header, found an empty file")
	case rival:
		diags.Errorf(t.pos(1, 1), "csv/separator", "export it again with one separator, best a comma", "expected one separator, found two that serve equally")
	default:
		at := t.places(best)
		harmless := t.file.admits(n, best, at, diags)
		return best, n.check(best, at, diags) && harmless
	}
	return nil, false
}

func (t *table) pos(line, col int) diag.Pos {
	p := diag.Pos{File: t.at.File, Sheet: t.at.Sheet, Line: line, Col: col}
	if p.Sheet != "" {
		p.Cell = col
	}
	return p
}

// places gives the place of each heading. It reads the header once more, and only when asked.
func (t *table) places(f *form) func(i int) diag.Pos {
	var all []diag.Pos
	read := func() {
		r, err := t.open(f.comma)
		if err != nil {
			return
		}
		defer r.close()
		for n := range f.last + 1 {
			cells, err := r.next()
			if err != nil {
				return
			}
			for i := range cells {
				if n >= f.first && (i >= len(all) || filled(cells[i])) {
					all = append(all[:min(i, len(all))], append([]diag.Pos{r.place(i)}, all[min(i+1, len(all)):]...)...)
				}
			}
		}
	}
	return func(i int) diag.Pos {
		if all == nil {
			read()
		}
		if len(all) == 0 {
			return t.pos(1, 1)
		}
		return all[min(i, len(all)-1)]
	}
}

// top tells where the header begins.
func (t *table) top(f *form) func() diag.Pos {
	places := t.places(f)
	return func() diag.Pos {
		at := places(0)
		at.Col, at.Cell = 1, 0
		return at
	}
}

// rows reads the rows of a table. What is wrong with their form goes to diags, and the row is left out.
func (t *table) rows(f *form, diags *diag.List) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		r, err := t.open(f.comma)
		if err == nil {
			defer r.close()
			err = t.read(r, f, diags, t.file.guarded(f, diags, yield))
		}
		if err != nil {
			t.report(err, r, diags)
		}
	}
}

// read gives the rows below the header.
func (t *table) read(r *records, f *form, diags *diag.List, yield func(Row) bool) error {
	for range f.above {
		if _, err := r.next(); err != nil {
			return err
		}
	}
	r.FieldsPerRecord, r.ReuseRecord = len(f.cells), true
	rows, key := newLot(f), slices.Index(f.order, f.order[len(f.order)-1])
	row := Row{File: t.file, at: func(row Row, i int) diag.Pos { return r.in(row.places, row.Line, row.text, max(f.order[i], 0)) }}
	for {
		end := rows.read(t, r, diags)
		if err := rows.decode(); err != nil {
			return err
		}
		from := 0
		for i, s := range rows.spots {
			cells := rows.decoded[i].Cells
			row.Cells, row.key = cells[:len(f.order)-1], cells[key]
			row.Line, row.text, row.places = s.line, rows.text[from:s.text], s.places
			if from = s.text; !yield(row) {
				return nil
			}
		}
		if errors.Is(end, io.EOF) {
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// take lists the cells of the file that are read: those of the columns, of the key, and those without a heading, which must be empty.
// Those behind the last heading are told by the row's text: a spreadsheet may have sixteen thousand.
func (f *form) take() []int {
	take := slices.Clone(f.order)
	for i, cell := range f.cells[:len(f.cells)-f.behind()] {
		if cell == blank {
			take = append(take, i)
		}
	}
	return take
}

// behind is how many cells without a heading stand behind the last one.
func (f *form) behind() (n int) {
	for n < len(f.cells) && f.cells[len(f.cells)-1-n] == blank {
		n++
	}
	return n
}

// stray reports a filled cell behind the last heading, and says whether there is one.
func (f *form) stray(r *records, record []string, diags *diag.List) bool {
	n, text := f.behind(), r.record()
	if n == 0 {
		return false
	}
	end := len(bytes.TrimRight(text, string(f.comma)+" \t\r\n"))
	if !bytes.Contains(text, []byte(`"`)) && bytes.Count(text[end:], []byte(string(f.comma))) >= n {
		return false
	}
	found := false
	for i := len(f.cells) - n; i < len(record); i++ {
		if filled(record[i]) {
			f.unheaded(r.place(i), diags)
			found = true
		}
	}
	return found
}

func (f *form) unheaded(at diag.Pos, diags *diag.List) {
	diags.Errorf(at, "csv/blank-header", "write a heading above it, or empty the cell", "expected no cell below a heading that is blank")
}

// fit says whether a record with more or fewer cells than the header is a row. Empty cells behind it are well; so are missing ones that
// nobody needs.
func (t *table) fit(r *records, f *form, record []string, diags *diag.List) bool {
	if r.blank() {
		return false
	}
	if len(record) < f.need() && !t.loose {
		diags.Errorf(r.end(), "csv/ragged", "count the separators; put a cell that holds a separator or a line's end in quotes",
			"expected %d cells as in the header, found %d", len(f.cells), len(record))
		return false
	}
	for i := len(f.cells); i < len(record); i++ {
		if filled(record[i]) {
			diags.Errorf(r.place(i), "csv/ragged", "count the separators; put a cell that holds a separator in quotes; move notes beside a table elsewhere",
				"expected %d cells as in the header, found %d", len(f.cells), len(record))
			return false
		}
	}
	return true
}

// sound passes over blank rows, and reports cells that no heading stands above or that hold nothing but question marks.
func (f *form) sound(r *records, take []int, record, values []string, diags *diag.List) bool {
	if f.stray(r, record, diags) {
		return false
	}
	if !slices.ContainsFunc(values, filled) {
		return !r.blank()
	}
	if f.again(take, values) {
		at := r.place(0)
		at.Col, at.Cell = 1, 0
		diags.Errorf(at, "csv/second-header", "if exports were joined, look that no row stands twice; then delete this row", "expected the header once, found it again")
		return false
	}
	ok := true
	for i, value := range values {
		switch {
		case value == "":
		case take[i] >= 0 && i >= len(f.order) && filled(value):
			f.unheaded(r.place(take[i]), diags)
			ok = false
		case value[0] == '?' && len(value) > 1 && strings.Trim(value, "?_ ") == "":
			diags.Errorf(r.place(take[i]), "csv/lost-character", "export it again as 'CSV UTF-8': the letters are gone from this file", "expected a text, found question marks in the place of its letters")
			ok = false
		}
	}
	return ok
}

// again says whether a row holds the headings once more.
func (f *form) again(take []int, values []string) bool {
	same := 0
	for i, value := range values {
		if take[i] < 0 || value == "" {
			continue
		}
		plain := strings.TrimSpace(strings.TrimPrefix(value, "\ufeff"))
		if !strings.EqualFold(plain, strings.TrimSpace(f.headings[take[i]])) {
			return false
		}
		same++
	}
	return same > 1
}

// report turns what ended the reading of a table into a finding. r is nil if it was not even opened.
func (t *table) report(err error, r *records, diags *diag.List) {
	var bad *csv.ParseError
	var text *textError
	var pivoted faults
	switch {
	case errors.As(err, &pivoted):
		diags.Add(pivoted...)
	case errors.As(err, &text):
		text.report(t.pos(text.line, text.col), diags)
	case errors.Is(err, errNoText):
		diags.Errorf(t.at, "export/kind", "save the table as 'CSV UTF-8' or as .xlsx, without a password", "expected a CSV file or a workbook in .xlsx, found a file of another kind, or one that its name does not fit")
	case errors.Is(err, errTooLarge):
		diags.Errorf(t.at, "export/too-large", "save it as 'CSV UTF-8'", "expected at most %d MB, which unpack to no more than two hundred times as much", maxPacked>>20)
	case errors.Is(err, errLongRecord):
		diags.Errorf(t.pos(r.recorder.lines+1, 1), "csv/long-line", "look for a quote that is never closed", "expected rows of at most %d bytes", maxRecord)
	case errors.As(err, &bad):
		at := t.pos(bad.Line, column(r.recorder.kept, bad.Line-bad.StartLine, bad.Column))
		began := ""
		if bad.Line != bad.StartLine {
			began = fmt.Sprintf(" (it begins on line %d)", bad.StartLine)
		}
		diags.Errorf(at, "csv/quote", `put the whole cell in quotes and double each quote inside: "the ""word"""`, "expected a well-formed row%s: %v", began, bad.Err)
	default:
		diags.Errorf(t.at, "export/unreadable", "close the program that has it open, look at its permissions, or save it again", "expected a readable file: %v", err)
	}
}

func (e *textError) report(at diag.Pos, diags *diag.List) {
	switch e.fault {
	case notUTF8:
		diags.Errorf(at, "csv/encoding", "save it again as 'CSV UTF-8'; plain 'CSV' is the code page of one computer", "expected UTF-8 text, found the bytes of another encoding")
	case wronglyDecoded:
		diags.Errorf(at, "csv/wrongly-decoded", "export it anew as UTF-8; else  impact fix-encoding FILE  mends what can be mended", "expected text as it was written, found UTF-8 that was once read as another encoding")
	case lostCharacter:
		diags.Errorf(at, "csv/lost-character", "type the character that is missing here, or export the file anew", "expected a character, found the mark of a lost one (U+FFFD)")
	case controlCharacter:
		diags.Errorf(at, "csv/control-character", "export it again; a text holds no zero byte", "expected text, found a zero byte")
	case longLine:
		diags.Errorf(at, "csv/long-line", "look for a quote that is never closed", "expected lines of at most %d bytes", maxLine)
	}
}
