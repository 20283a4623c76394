package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/diag"
)

// records are the rows of a table as encoding/csv reads them, each cell with its place. gocsv decodes those that are rows.
type records struct {
	*csv.Reader
	recorder *recorder
	line     func() int      // of the last record
	end      func() diag.Pos // behind its last cell
	at       place
	places   func() []diag.Pos // of the cells of the last record, where its line and text do not tell; else nil
	close    func() error
	read     int // how many were begun
}

// place tells where a cell of a record stands, given the record's line and text.
type place func(line int, text []byte, cell int) diag.Pos

// place is that of a cell of the last record.
func (r *records) place(cell int) diag.Pos { return r.in(r.told(), r.line(), r.record(), cell) }

// told gives the places of the last record's cells that its line and text do not tell.
func (r *records) told() []diag.Pos {
	if r.places == nil {
		return nil
	}
	return r.places()
}

func (r *records) in(places []diag.Pos, line int, text []byte, cell int) diag.Pos {
	if cell < len(places) {
		return places[cell]
	}
	return r.at(line, text, cell)
}

// next reads a record and forgets the one before.
func (r *records) next() ([]string, error) {
	r.forget()
	return r.Read()
}

func (r *records) forget() {
	r.recorder.forget(r.InputOffset())
	r.read++
}

// blank says whether the last record holds nothing but separators, quotes and space.
func (r *records) blank() bool {
	return len(bytes.Trim(r.record(), string(r.Comma)+"\" \t\r\n")) == 0
}

// record is the text of the last record, blank lines before it included.
func (r *records) record() []byte { return r.recorder.kept[:r.InputOffset()-r.recorder.at] }

// newRecords reads a text with a separator. name is the file as diagnostics call it.
func newRecords(in io.Reader, comma rune, name string) *records {
	r := &records{recorder: &recorder{from: in}, close: func() error { return nil }}
	r.Reader = newCSV(bufio.NewReaderSize(r.recorder, chunk), comma)
	r.line = func() int {
		line, _ := r.FieldPos(0)
		return line
	}
	r.at = func(line int, text []byte, cell int) diag.Pos {
		once := newCSV(bytes.NewReader(text), comma)
		_, _ = once.Read() // which went well before
		first, _ := once.FieldPos(0)
		below, col := once.FieldPos(cell)
		return diag.Pos{File: name, Line: line + below - first, Col: column(text, below-first, col), Cell: cell + 1}
	}
	r.end = func() diag.Pos {
		text := strings.TrimRight(string(r.record()), "\r\n")
		return diag.Pos{File: name, Line: r.recorder.lines + strings.Count(text, "\n") + 1, Col: utf8.RuneCountInString(text[strings.LastIndexByte(text, '\n')+1:]) + 1}
	}
	return r
}

func newCSV(in io.Reader, comma rune) *csv.Reader {
	r := csv.NewReader(in)
	r.Comma, r.FieldsPerRecord = comma, -1
	r.TrimLeadingSpace = comma != '\t' // else empty cells would be space
	return r
}

// recorder remembers the bytes of the present record, so that a byte column can be turned into characters when, and only
// when, something is wrong with the record.
type recorder struct {
	from   io.Reader
	memory []byte // in which kept stands
	kept   []byte
	at     int64 // offset of kept[0] in the text

	lines int // line ends before kept[0]
}

func (r *recorder) Read(p []byte) (int, error) {
	if len(r.kept) > maxRecord {
		return 0, errLongRecord
	}
	n, err := r.from.Read(p)
	r.memory = append(append(r.memory[:0], r.kept...), p[:n]...)
	r.kept = r.memory
	return n, err
}

// maxRecord is the longest record read, in bytes: a quote that is never closed would take the whole file for one cell.
const maxRecord = 4 * maxLine

var errLongRecord = errors.New("record too long")

// forget drops what lies before an offset of the CSV reader.
func (r *recorder) forget(offset int64) {
	drop := offset - r.at
	r.lines += bytes.Count(r.kept[:drop], []byte("\n"))
	r.kept = r.kept[drop:]
	r.at += drop
}

// column turns a byte column in a line of a record, counted from 0, into characters. Blank lines before the record do not count.
func column(record []byte, line, inBytes int) int {
	rest := bytes.TrimLeft(record, "\r\n")
	for ; line > 0; line-- {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	text, _, _ := bytes.Cut(rest, []byte("\n"))
	return diag.Column(strings.TrimSuffix(string(text), "\r"), inBytes)
}
