package ingest

import (
	"iter"
	"slices"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// joined reads the rows of a repeated group, and from the table of what they belong to the columns that they lack. That table's
// rows are held in memory, as far as columns are taken from them.
func (f *File) joined(rows *table, tables []*table, diags *diag.List) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		repeat := f.Dataset.Repeat
		of := f.pick(slices.DeleteFunc(tables, func(t *table) bool { return t == rows }), repeat.Of, diags)
		if of == nil {
			return
		}
		above, below := f.names, f.names
		above.key, below.key = codebook.Fold(repeat.Key), codebook.Fold(repeat.Parent)
		upper, ok := of.form(above, diags)
		lower, also := rows.form(below, diags)
		if upper == nil || lower == nil {
			return
		}
		whole := f.names.missing(rows.top(lower), diags, lower, upper)
		if !of.joins(upper, repeat.Key, diags) || !rows.joins(lower, repeat.Parent, diags) || !whole || !ok || !also {
			return
		}
		key := len(lower.order) - 1
		for i := range key {
			if lower.order[i] >= 0 {
				upper.order[i] = -1
			}
		}
		parents := map[string]*Row{}
		for row := range of.rows(upper, diags) {
			if before := parents[row.key]; before != nil || row.key == "" {
				diags.Errorf(row.Pos(key), "export/repeated-parent", "export it anew: the rows below it cannot be told apart", "expected each %s once, and in every row", repeat.Key)
				continue
			}
			parents[row.key] = row.kept()
		}
		for row := range f.withoutTotal(rows.rows(lower, diags), diags) {
			parent := parents[row.key]
			if parent == nil {
				diags.Errorf(row.Pos(key), "export/orphan", "export both anew and at the same time", "expected a row of %q that this one belongs to", of.name)
				continue
			}
			at := row.at
			for i := range row.Cells {
				if lower.order[i] < 0 {
					row.Cells[i] = parent.Cells[i]
				}
			}
			row.at = func(now Row, i int) diag.Pos {
				if i < key && lower.order[i] < 0 {
					return parent.Pos(i)
				}
				return at(now, i)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// joins says whether a table has the heading that joins it with another.
func (t *table) joins(f *form, heading string, diags *diag.List) bool {
	if f.order[len(f.order)-1] >= 0 {
		return true
	}
	diags.Errorf(t.top(f)(), "csv/missing-column", "look whether  repeat: in datasets.yaml names the headings as the export does", "expected a column %q, by which rows are joined", heading)
	return false
}
