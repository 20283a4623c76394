package ingest

import (
	"iter"
	"runtime"

	"github.com/ccpcr/impact/generator/diag"
)

// Ahead gives files in their order, each with its rows. While the rows of one are looked at, it reads on, in this file and in the next
// ones, as many at once as there are processors; each goes only a few batches ahead. What is wrong with a file goes to diags behind its
// last row, so that the findings stand in the order of the files as well.
func Ahead(files []*File, diags *diag.List) iter.Seq2[*File, iter.Seq[Row]] {
	return func(yield func(*File, iter.Seq[Row]) bool) {
		stop := make(chan struct{})
		defer close(stop)
		readings, started := make([]*reading, len(files)), 0
		for i, f := range files {
			for ; started < len(files) && started < i+runtime.GOMAXPROCS(0); started++ {
				readings[started] = files[started].begin(stop, diags.KeepValues)
			}
			r := readings[i]
			readings[i] = nil // its batches are not needed any more
			if !yield(f, r.rows) {
				return
			}
			for range r.rows { // what was not looked at
				continue
			}
			diags.Add(r.diags.Sorted()...)
		}
	}
}

// reading is a file that is being read by a goroutine of its own.
type reading struct {
	full  chan *batch // closed behind the last
	empty chan *batch // those that may be filled again
	diags diag.List   // complete once full is closed
}

// A reading has so many batches of so many rows: enough for neither side to wait for the other at each row.
const (
	batches   = 4
	batchRows = 512
)

// batch holds rows with all that they refer to.
type batch struct {
	rows  []Row
	cells []string
	text  []byte
}

func (b *batch) add(row Row) {
	from, begin := len(b.cells), len(b.text)
	b.cells, b.text = append(b.cells, row.Cells...), append(b.text, row.text...)
	row.Cells, row.text = b.cells[from:], b.text[begin:]
	b.rows = append(b.rows, row)
}

// begin starts to read a file, until it ends or stop is closed.
func (f *File) begin(stop <-chan struct{}, keepValues bool) *reading {
	r := &reading{full: make(chan *batch, batches), empty: make(chan *batch, batches), diags: diag.List{KeepValues: keepValues}}
	for range batches {
		r.empty <- &batch{}
	}
	go func() {
		defer close(r.full)
		var b *batch
		for row := range f.Rows(&r.diags) {
			if b == nil {
				select {
				case b = <-r.empty:
					b.rows, b.cells, b.text = b.rows[:0], b.cells[:0], b.text[:0]
				case <-stop:
					return
				}
			}
			if b.add(row); len(b.rows) == batchRows {
				r.full <- b // which has room for all there are
				b = nil
			}
		}
		if b != nil {
			r.full <- b
		}
	}()
	return r
}

// rows gives those that were not given yet.
func (r *reading) rows(yield func(Row) bool) {
	for b := range r.full {
		for _, row := range b.rows {
			if !yield(row) {
				return
			}
		}
		r.empty <- b
	}
}
