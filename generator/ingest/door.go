package ingest

import (
	"slices"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// admits says whether no heading of a table announces personal data. Of a heading that is known, its column decides. One that is passed
// over is looked at all the same: only where staff named it in full, and by no pattern, do they know what they leave unread.
func (f *File) admits(n names, form *form, at func(i int) diag.Pos, diags *diag.List) bool {
	headings := slices.Clone(form.headings)
	columns := make([]*codebook.Column, len(headings))
	for i, cell := range form.cells {
		if cell >= 0 {
			columns[i] = n.columns[cell]
		}
		if cell != ignored {
			continue
		}
		if !slices.Contains(f.dropped, headings[i]) {
			f.dropped = append(f.dropped, headings[i])
		}
		if n.inFull(headings[i]) {
			headings[i] = ""
		}
	}
	return f.door.Guard(headings, columns).Headings(headings, at, diags)
}

// inFull says whether the codebook names a heading that is passed over by its own name.
func (n names) inFull(heading string) bool {
	name := codebook.Fold(heading)
	return name == n.key || slices.ContainsFunc(n.dataset.Ignored, func(pattern string) bool { return codebook.Fold(pattern) == name })
}

// guarded passes on rows whose cells were looked at: those that no code list vouches for.
func (f *File) guarded(form *form, diags *diag.List, yield func(Row) bool) func(Row) bool {
	headings := make([]string, len(f.names.columns))
	for i, c := range f.names.columns {
		headings[i] = c.Name
		if at := form.order[i]; at >= 0 {
			headings[i] = form.headings[at]
		}
	}
	guard := f.door.Guard(headings, f.names.columns)
	var now Row
	at := func(i int) diag.Pos { return now.Pos(i) }
	return func(row Row) bool {
		now = row
		guard.Row(row.Cells, at, diags)
		return yield(row)
	}
}
