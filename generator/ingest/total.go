package ingest

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// withoutTotal takes a last row that adds the others up out of some rows, and compares it with their sums. Such a row has numbers, and
// elsewhere nothing but empty cells and a word for "total".
func (f *File) withoutTotal(rows iter.Seq[Row], diags *diag.List) iter.Seq[Row] {
	columns := Columns(f.Dataset)
	must := slices.ContainsFunc(columns, func(c *codebook.Column) bool { return c.Required && c.Type != "integer" })
	if !slices.ContainsFunc(columns, func(c *codebook.Column) bool { return c.Type == "integer" }) {
		return rows
	}
	return func(yield func(Row) bool) {
		sums, told := make([]int64, len(columns)), make([]bool, len(columns))
		for i, c := range columns {
			told[i] = c.Type == "integer"
		}
		add := func(row Row) {
			for i := range columns {
				if told[i] && row.Cells[i] != "" {
					n, ok := f.whole(row.Cells[i])
					sums[i], told[i] = sums[i]+n, ok
				}
			}
		}
		var held *Row
		plain := "" // the last cell that kept a row from being a total: in most rows there is one like it
		for row := range rows {
			if held != nil { // it was not the last
				add(*held)
				if !yield(*held) {
					return
				}
				held = nil
			}
			if f.isTotal(row, columns, must, &plain) {
				held = row.kept()
				continue
			}
			add(row)
			if !yield(row) {
				return
			}
		}
		if held == nil {
			return
		}
		for i := range columns {
			if n, ok := f.whole(held.Cells[i]); told[i] && held.Cells[i] != "" && (!ok || n != sums[i]) {
				diags.Cell(held.Cells[i]).Errorf(held.Pos(i), "csv/total", "look for a row that is missing or stands twice; then mend the total, or delete its row",
					"expected %d in the last row, the sum of the rows above", sums[i])
			}
		}
	}
}

// isTotal says whether a row could be a total. must is whether an ordinary row has a cell that a total leaves empty; plain is the last
// cell that was no word for it.
func (f *File) isTotal(row Row, columns []*codebook.Column, must bool, plain *string) bool {
	if row.key != "" { // it belongs to another row
		return false
	}
	number, word := false, false
	for i, c := range columns {
		cell := row.Cells[i]
		switch {
		case cell == "":
		case c.Type == "integer":
			number = true
		case cell != *plain && f.totalWord(cell):
			word = true
		default:
			*plain = cell
			return false
		}
	}
	return number && (word || must)
}

func (f *File) totalWord(cell string) bool {
	cell = strings.Trim(cell, " :\u00a0\u17d6")
	return cell == "" || slices.ContainsFunc(f.totals, func(word string) bool { return strings.EqualFold(word, cell) })
}

// whole reads a whole number in the digits of any language of the codebook, with or without separators of thousands.
func (f *File) whole(cell string) (int64, bool) {
	if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
		return n, true
	}
	n, digits := int64(0), 0
	for _, r := range strings.TrimSpace(cell) {
		d := int64(r - '0')
		for _, tens := range f.digits {
			if i := slices.Index(tens, r); i >= 0 {
				d = int64(i)
			}
		}
		switch {
		case d >= 0 && d <= 9:
			n, digits = n*10+d, digits+1
		case (r == ',' || r == '\u00a0' || r == '\u202f') && digits > 0:
		default:
			return 0, false
		}
	}
	return n, digits > 0 && digits < 18
}
