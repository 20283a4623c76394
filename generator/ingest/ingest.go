// Package ingest reads what staff drop into data/exports.
//
// In: CSV files and the codebook's datasets. Out: raw rows, each cell with its place in the file. It gives no meaning to a
// cell (that is inspect's business) and holds one row at a time, however long the file.
package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/personal"
)

// maxLine is the longest line read, in bytes. encoding/csv itself knows no limit.
const maxLine = 1 << 20

// File is an export and the dataset that claims it.
type File struct {
	Dataset *codebook.Dataset
	Path    string // below the exports folder
	fsys    fs.FS
	name    string // as diagnostics call it
	door    *personal.Detector
}

// Row is one raw row. It is good until the next one is asked for.
type Row struct {
	File  *File
	Line  int      // where the row begins
	Cells []string // one for each column of Columns
	at    func(i int) diag.Pos
}

// Pos is the place of a cell as an editor shows it.
func (r Row) Pos(i int) diag.Pos { return r.at(i) }

// Columns lists the columns of a dataset that stand in its files, in the codebook's order.
func Columns(d *codebook.Dataset) []*codebook.Column {
	return append(slices.DeleteFunc(slices.Clone(d.Columns), func(c *codebook.Column) bool { return c.From != nil }), d.Choices...)
}

// heading finds the heading of a column, or -1.
func heading(headers []string, c *codebook.Column) int {
	return slices.IndexFunc(headers, func(h string) bool { return slices.Contains(c.Headings(), h) })
}

// chosen says whether yes-or-no columns stand for a column of type codes.
func chosen(headers []string, d *codebook.Dataset, c *codebook.Column) bool {
	return slices.ContainsFunc(d.Choices, func(o *codebook.Column) bool { return o.Choice.Of == c.Name && heading(headers, o) >= 0 })
}

// Find lists the CSV files below fsys by path, each with its dataset. A file that no dataset claims, or that two claim, is
// an error: nothing that staff drop in is passed over in silence. name is the folder as diagnostics shall call it.
func Find(fsys fs.FS, name string, cb *codebook.Codebook, diags *diag.List) []*File {
	var files []*File
	door := personal.New(cb)
	err := fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") || e.Name() == "Thumbs.db" {
			return err
		}
		at := diag.Pos{File: path.Join(name, p)}
		var claims []*codebook.Dataset
		for _, d := range cb.Datasets {
			if ok, _ := path.Match(d.Files, p); ok {
				claims = append(claims, d)
			}
		}
		switch len(claims) {
		case 1:
			files = append(files, &File{claims[0], p, fsys, at.File, door})
		case 0:
			diags.Errorf(at, "export/unclaimed", "rename it to fit a pattern under 'files' in datasets.yaml, or move it out of exports",
				"expected a file that a dataset claims")
		default:
			diags.Errorf(at, "export/claimed-twice", "make the patterns under 'files' in datasets.yaml exclude each other",
				"expected one dataset for this file, found %s and %s", claims[0].ID, claims[1].ID)
		}
		return nil
	})
	if err != nil {
		diags.Errorf(diag.Pos{File: name}, "export/unreadable", "create the folder, or look at its permissions", "expected a readable folder: %v", err)
	}
	return files
}

// Rows reads the file row by row. What is wrong with its form goes to diags; a row with the wrong number of cells is left out.
func (f *File) Rows(diags *diag.List) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		file, err := f.fsys.Open(f.Path)
		if err != nil {
			diags.Errorf(diag.Pos{File: f.name}, "export/unreadable", "look at its permissions, or save it again", "expected a readable file: %v", err)
			return
		}
		defer file.Close()
		source := &recorder{from: &lineLimit{from: file, line: 1}}
		if err := f.read(source, diags, yield); err != nil {
			f.report(err, source, diags)
		}
	}
}

func (f *File) report(err error, source *recorder, diags *diag.List) {
	var bad *csv.ParseError
	var long *lineTooLong
	switch {
	case errors.As(err, &long):
		diags.Errorf(diag.Pos{File: f.name, Line: long.line, Col: 1}, "csv/long-line", "look for a quote that is never closed", "expected lines of at most %d bytes", maxLine)
	case errors.Is(err, errLongRecord):
		diags.Errorf(diag.Pos{File: f.name, Line: source.lines + 1, Col: 1}, "csv/long-line", "look for a quote that is never closed", "expected rows of at most %d bytes", maxRecord)
	case errors.As(err, &bad):
		at := diag.Pos{File: f.name, Line: bad.Line, Col: source.column(bad.Line-bad.StartLine, bad.Column)}
		began := ""
		if bad.Line != bad.StartLine {
			began = fmt.Sprintf(" (it begins on line %d)", bad.StartLine)
		}
		diags.Errorf(at, "csv/quote", `put the whole cell in quotes and double each quote inside: "the ""word"""`, "expected a well-formed row%s: %v", began, bad.Err)
	default:
		diags.Errorf(diag.Pos{File: f.name}, "export/unreadable", "look at its permissions, or save it again", "expected a readable file: %v", err)
	}
}

func (f *File) read(source *recorder, diags *diag.List, yield func(Row) bool) error {
	in := bufio.NewReader(source)
	if mark, _ := in.Peek(3); len(mark) >= 2 && (mark[0] == 0xff && mark[1] == 0xfe || mark[0] == 0xfe && mark[1] == 0xff) {
		diags.Errorf(diag.Pos{File: f.name, Line: 1, Col: 1}, "csv/encoding", "save it again as 'CSV UTF-8'", "expected UTF-8, found UTF-16")
		return nil
	} else if string(mark) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
		source.base = 3
	}
	if _, err := in.Peek(1); errors.Is(err, io.EOF) {
		diags.Errorf(diag.Pos{File: f.name, Line: 1, Col: 1}, "csv/empty", "export it again, or delete it", "expected a header, found an empty file")
		return nil
	}
	reader := csv.NewReader(in)
	columns := Columns(f.Dataset)
	decode, err := gocsv.NewUnmarshaller(reader, reflect.New(rowType(columns)).Elem().Interface())
	if err != nil {
		return err
	}
	if !f.header(decode, columns, source, reader, diags) {
		return nil
	}
	guard := f.guard(names(columns))
	row := Row{File: f, Cells: make([]string, len(columns))}
	order := make([]int, len(columns)) // where each column stands in the file
	for i, c := range columns {
		order[i] = heading(decode.Headers, c)
	}
	for {
		source.forget(reader.InputOffset())
		raw, err := decode.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, csv.ErrFieldCount) {
			line, _ := reader.FieldPos(0)
			diags.Errorf(diag.Pos{File: f.name, Line: line, Col: 1}, "csv/ragged", "count the separators; put a cell that holds a comma in quotes",
				"expected %d cells as in the header", len(decode.Headers))
			continue
		}
		if err != nil {
			return err
		}
		row.Line, _ = reader.FieldPos(0)
		row.at = func(i int) diag.Pos { return f.place(reader, source, order[i]) }
		value := reflect.ValueOf(raw)
		for i := range columns {
			if order[i] < 0 {
				row.Cells[i] = ""
				continue
			}
			if row.Cells[i] = value.Field(i).String(); !utf8.ValidString(row.Cells[i]) {
				diags.Errorf(row.at(i), "csv/encoding", "save it again as 'CSV UTF-8'", "expected UTF-8 text")
				return nil
			}
		}
		guard.Row(row.Cells, row.at, diags)
		if !yield(row) {
			return nil
		}
	}
}

// guard lets nobody in: it looks at headings and at cells that no list vouches for.
func (f *File) guard(headings []string) *personal.Guard {
	columns := make([]*codebook.Column, len(headings))
	for i, h := range headings {
		columns[i] = f.Dataset.Column(h)
	}
	return f.door.Guard(headings, columns)
}

func names(columns []*codebook.Column) []string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Name)
	}
	return all
}

// rowType is a struct of strings, one for each column: types are inspect's business, since gocsv turns an empty cell into 0
// and 7.9 into 7.
func rowType(columns []*codebook.Column) reflect.Type {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		fields[i] = reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: reflect.TypeFor[string](), Tag: reflect.StructTag(fmt.Sprintf("csv:%q", strings.Join(c.Headings(), ",")))}
	}
	return reflect.StructOf(fields)
}

// header checks the headings: gocsv itself takes the last of two alike and fills a missing column with nothing.
func (f *File) header(decode *gocsv.Unmarshaller, columns []*codebook.Column, source *recorder, reader *csv.Reader, diags *diag.List) bool {
	ok := f.guard(decode.Headers).Headings(decode.Headers, func(i int) diag.Pos { return f.place(reader, source, i) }, diags)
	var names []string
	for _, c := range columns {
		names = append(names, c.Headings()...)
	}
	for i, h := range decode.Headers {
		switch {
		case slices.Contains(decode.Headers[:i], h):
			diags.Errorf(f.place(reader, source, i), "csv/repeated-header", "delete or rename one of the two", "expected each heading once, found it again")
			ok = false
		case !slices.Contains(names, h):
			diags.Errorf(f.place(reader, source, i), "csv/unknown-header", diag.Suggest(h, names), "expected a heading of the dataset %s", f.Dataset.ID)
			ok = false
		}
	}
	for _, c := range columns {
		if c.Choice == nil && heading(decode.Headers, c) < 0 && !chosen(decode.Headers, f.Dataset, c) {
			diags.Errorf(diag.Pos{File: f.name, Line: 1, Col: 1}, "csv/missing-column", fmt.Sprintf("add a column headed %s", c.Name), "expected a column %q", c.Name)
			ok = false
		}
	}
	return ok
}

// place turns the reader's line and byte column into those that an editor shows.
func (f *File) place(reader *csv.Reader, source *recorder, i int) diag.Pos {
	first, _ := reader.FieldPos(0)
	line, col := reader.FieldPos(max(i, 0)) // a column that is not in the file is missed where the row begins
	return diag.Pos{File: f.name, Line: line, Col: source.column(line-first, col)}
}
