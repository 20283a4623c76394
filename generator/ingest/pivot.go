package ingest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// pivot turns a table that has a row for each value into one that has a row for each case, as CSV text in memory: then it goes the way
// of every table. The names of values become headings.
type pivot struct {
	above            int   // records above the header
	row, name, value int   // cells of the header
	kept             []int // the other cells, which say the same in all rows of a case
	checked          []int // those of them that are read
	names            []string
	first            map[string]diag.Pos // where each name stands first
}

// faults end the reading of a pivoted table.
type faults []diag.Diagnostic

func (f faults) Error() string { return "no table to pivot" }

// widened makes a table be read through its dataset's pivot. One without the three headings is taken for wide already.
func (f *File) widened(t *table) {
	if f.Dataset.Pivot == nil {
		return
	}
	open, pivots := t.open, map[rune]*pivot{}
	t.open = func(comma rune) (*records, error) {
		p, known := pivots[comma]
		if !known {
			p = f.pivotOf(open, comma)
			pivots[comma] = p
		}
		r, err := open(comma)
		if err != nil || p == nil {
			return r, err
		}
		return t.widen(p, r), nil
	}
}

// pivotOf reads a table once to learn which names there are. What is wrong with it is said when it is read again.
func (f *File) pivotOf(open func(comma rune) (*records, error), comma rune) *pivot {
	r, err := open(comma)
	if err != nil {
		return nil
	}
	defer r.close()
	var p *pivot
	var header []string
	var top diag.Pos
	for n := 0; p != nil || n < headRows; n++ {
		cells, err := r.next()
		switch {
		case err != nil:
			if p != nil {
				f.names.unsaid(p, header, top)
			}
			return p
		case p == nil:
			if p = f.names.pivot(cells, n); p != nil {
				header, top = cells, r.place(p.name)
			}
		case p.name < len(cells) && filled(cells[p.name]) && p.first[cells[p.name]].Line == 0:
			p.first[cells[p.name]] = r.place(p.name)
			p.names = append(p.names, cells[p.name])
		}
	}
	return p
}

// pivot finds the three headings in a record.
func (n names) pivot(cells []string, above int) *pivot {
	find := func(heading string) int {
		return slices.IndexFunc(cells, func(c string) bool { return codebook.Fold(c) == codebook.Fold(heading) })
	}
	want := n.dataset.Pivot
	p := &pivot{above: above, row: find(want.Row), name: find(want.Name), value: find(want.Value), first: map[string]diag.Pos{}}
	if min(p.row, p.name, p.value) < 0 {
		return nil
	}
	for i, c := range cells {
		known := n.heading(c) >= 0
		if i == p.name || i == p.value || i == p.row && !known {
			continue
		}
		p.kept = append(p.kept, i)
		if known {
			p.checked = append(p.checked, i)
		}
	}
	return p
}

// unsaid adds the columns of which no case says anything, since a long table has no cell for them: unless they must say something.
func (n names) unsaid(p *pivot, header []string, top diag.Pos) {
	has := make([]bool, len(n.columns))
	for _, i := range p.checked {
		has[n.heading(header[i])] = true
	}
	for _, name := range p.names {
		if i := n.heading(name); i >= 0 {
			has[i] = true
		}
	}
	for i, c := range n.columns {
		if !has[i] && !c.Required && c.Choice == nil {
			p.names = append(p.names, c.Name)
			p.first[c.Name] = top
		}
	}
}

// widen reads the long records r as wide ones.
func (t *table) widen(p *pivot, r *records) *records {
	w := &wideText{table: t, pivot: p, long: r, at: map[int][]diag.Pos{}, seen: map[string]bool{}}
	w.wide = newRecords(w, ',', t.at.File)
	w.wide.close = r.close
	w.wide.places = func() []diag.Pos { return w.at[w.wide.read] }
	w.wide.at = func(int, []byte, int) diag.Pos { return t.pos(1, 1) }
	w.wide.line = func() int {
		if places := w.wide.places(); len(places) > 0 {
			return places[0].Line
		}
		return 1
	}
	return w.wide
}

// wideText writes the wide records as CSV, and remembers where the cells stood of those that are not yet read.
type wideText struct {
	*pivot
	table      *table
	long, wide *records
	buf        bytes.Buffer
	err        error
	written    int
	at         map[int][]diag.Pos // by record
	seen       map[string]bool    // cases
	cells      []string           // of the present case
	places     []diag.Pos
	whose      string
}

func (w *wideText) Read(b []byte) (int, error) {
	for w.buf.Len() == 0 {
		if w.err != nil {
			return 0, w.err
		}
		if w.err = w.step(); w.err != nil {
			w.flush()
		}
	}
	return w.buf.Read(b)
}

// step reads one long record.
func (w *wideText) step() error {
	cells, err := w.long.next()
	var list diag.List
	switch {
	case errors.Is(err, io.EOF):
		return io.EOF
	case err != nil:
		w.table.report(err, w.long, &list)
		return faults(list.Sorted())
	case w.written < w.above:
		w.write(cells, []diag.Pos{w.long.place(0)})
		return nil
	case w.written == w.above && w.cells == nil:
		w.take(cells)
		for _, name := range w.names {
			w.cells, w.places = append(w.cells, name), append(w.places, w.first[name])
		}
		w.flush()
		return nil
	case !slices.ContainsFunc(cells, filled):
		return nil
	case len(cells) <= max(w.row, w.name, w.value, slices.Max(append(w.kept, 0))):
		list.Errorf(w.long.end(), "csv/ragged", "count the separators; put a cell that holds a separator or a line's end in quotes", "expected as many cells as in the header, found %d", len(cells))
		return faults(list.Sorted())
	}
	if whose := cells[w.row]; whose != w.whose || w.cells == nil {
		w.flush()
		if w.seen[whose] || whose == "" {
			return w.scattered(w.row)
		}
		w.seen[whose], w.whose = true, whose
		w.take(cells)
		w.cells = append(w.cells, make([]string, len(w.names))...)
		for range w.names {
			w.places = append(w.places, w.long.place(w.row))
		}
	}
	for i, cell := range w.kept {
		if slices.Contains(w.checked, cell) && cells[cell] != w.cells[i] {
			return w.scattered(cell)
		}
	}
	if !filled(cells[w.name]) {
		return nil // a case without any value
	}
	i := len(w.kept) + slices.Index(w.names, cells[w.name])
	if w.cells[i] != "" {
		return w.scattered(w.name)
	}
	w.cells[i], w.places[i] = cells[w.value], w.long.place(w.value)
	return nil
}

// take begins a case with what all its rows say.
func (w *wideText) take(cells []string) {
	for _, i := range w.kept {
		w.cells, w.places = append(w.cells, cells[i]), append(w.places, w.long.place(i))
	}
}

func (w *wideText) scattered(cell int) error {
	var list diag.List
	list.Errorf(w.long.place(cell), "export/scattered", "sort the export by what pivot.row in datasets.yaml names; then look for a row that stands twice or was changed",
		"expected all rows of a case one below the other, alike but for the value, and each value once")
	return faults(list.Sorted())
}

// flush writes the present case.
func (w *wideText) flush() {
	if w.cells != nil {
		w.write(w.cells, w.places)
	}
	w.cells, w.places = nil, nil
}

func (w *wideText) write(cells []string, places []diag.Pos) {
	for i, cell := range cells {
		if i > 0 {
			w.buf.WriteByte(',')
		}
		w.buf.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	w.buf.WriteByte('\n')
	w.written++
	for n := range w.at {
		if n < w.wide.read {
			delete(w.at, n)
		}
	}
	w.at[w.written] = places
}
