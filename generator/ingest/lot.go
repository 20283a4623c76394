package ingest

import (
	"encoding/csv"
	"errors"
	"slices"

	"github.com/gocarina/gocsv"

	"github.com/ccpcr/impact/generator/diag"
)

// lot is some rows that gocsv decodes in one go: it looks at a type anew for each go, and would spend longer on single rows than
// encoding/csv does.
type lot struct {
	form    *form
	take    []int      // the cells that are read
	cells   []string   // of all rows, as they are handed to gocsv
	text    []byte     // of all records
	spots   []spot     // of each row
	decoded []decoded  // rows as they come from gocsv
	handed  [][]string // rows as they go to it, below a heading
}

// spot is where a row stands: what is asked of records before they move on.
type spot struct {
	line   int
	text   int // where its record ends in the lot's
	places []diag.Pos
}

// A lot ends with so many rows, or so many bytes.
const lotRows, lotBytes = 512, 1 << 18

// decoded is a row that gocsv filled. Its cells stay text: types are inspect's business, since gocsv turns an empty cell into 0 and
// 7.9 into 7.
type decoded struct{ Cells []string }

// usualCells is room for as many as most rows have.
const usualCells = 12

// UnmarshalCSVWithFields takes the next cell. gocsv calls it for each, in their order.
func (d *decoded) UnmarshalCSVWithFields(_, cell string) error {
	if d.Cells == nil {
		d.Cells = make([]string, 0, usualCells)
	}
	d.Cells = append(d.Cells, cell)
	return nil
}

func newLot(f *form) *lot {
	l := &lot{form: f, take: f.take()}
	l.handed = [][]string{make([]string, len(l.take))} // nothing asks for the headings
	return l
}

// read fills a lot with the next records of a table that are rows. What is wrong with the form of others goes to diags.
func (l *lot) read(t *table, r *records, diags *diag.List) (err error) {
	l.cells, l.text, l.spots = l.cells[:0], l.text[:0], l.spots[:0]
	for err == nil && len(l.spots) < lotRows && len(l.text) < lotBytes {
		r.forget()
		var record []string
		record, err = r.Read()
		whole := err == nil
		if errors.Is(err, csv.ErrFieldCount) {
			whole, err = t.fit(r, l.form, record, diags), nil
		}
		if !whole {
			continue
		}
		from := len(l.cells)
		for _, cell := range l.take {
			if cell < 0 || cell >= len(record) {
				l.cells = append(l.cells, "")
			} else {
				l.cells = append(l.cells, record[cell])
			}
		}
		if !l.form.sound(r, l.take, record, l.cells[from:], diags) {
			l.cells = l.cells[:from]
			continue
		}
		l.text = append(l.text, r.record()...)
		l.spots = append(l.spots, spot{r.line(), len(l.text), r.told()})
	}
	return err
}

// decode hands the rows to gocsv.
func (l *lot) decode() error {
	l.handed = l.handed[:1]
	for row := range slices.Chunk(l.cells, len(l.take)) {
		l.handed = append(l.handed, row)
	}
	return gocsv.UnmarshalCSV(l, &l.decoded)
}

// ReadAll gives gocsv the rows.
func (l *lot) ReadAll() ([][]string, error) { return l.handed, nil }

// Read is never called: gocsv takes all at once.
func (l *lot) Read() ([]string, error) { return nil, errors.ErrUnsupported }
