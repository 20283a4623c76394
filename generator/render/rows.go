package render

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// list shows a table with one attribute: a row for each code, the total first.
func (v view) list(t *ledger.Table, ind *ledger.Indicator, rows []row) (heads []string, out []tableRow) {
	mapped := v.mapOf(t) != nil
	for _, r := range rows {
		line := tableRow{Head: r.labels[0], Total: r.total, Cells: []tableCell{v.cell(r.Cell, ind.Class)}}
		if mapped && !r.total {
			line.Path = v.placePath(r.Codes[0])
		}
		out = append(out, line)
	}
	return []string{v.titleOf(t), v.unit(ind)}, out
}

// crossTable shows a table with several attributes: the last one gives the columns, the others the rows.
func (v view) crossTable(t *ledger.Table, ind *ledger.Indicator, rows []row) (heads []string, out []tableRow) {
	last := len(t.Attributes) - 1
	var titles []string
	for _, a := range t.Attributes[:last] {
		titles = append(titles, v.attribute(a))
	}
	columns := slices.DeleteFunc(append([]string{cell.Total}, t.Attributes[last].Codes...), func(code string) bool {
		return !slices.ContainsFunc(rows, func(r row) bool { return r.Codes[last] == code })
	})
	heads = []string{strings.Join(titles, ", ")}
	for _, code := range columns {
		heads = append(heads, v.label(t.Attributes[last], code))
	}
	byID := map[string]ledger.Cell{}
	for _, r := range rows {
		byID[r.ID] = r.Cell
	}
	for _, r := range rows {
		if r.Codes[last] != cell.Total {
			continue
		}
		line := tableRow{Head: v.Word("total"), Total: r.total}
		if !r.total {
			line.Head = strings.Join(r.labels[:last], " · ")
		}
		for _, code := range columns {
			codes := append(slices.Clone(r.Codes[:last]), code)
			line.Cells = append(line.Cells, v.cell(byID[cell.ID(t.Indicator, r.Period, t.Names(), codes)], ind.Class))
		}
		out = append(out, line)
	}
	return heads, out
}

// tells says whether a table reports anything for a period.
func (v view) tells(t *ledger.Table, period string) bool {
	return slices.ContainsFunc(t.Cells, func(c ledger.Cell) bool { return c.Period == period && c.Value.Status() != ledger.Missing })
}

// reported says whether each code of a row of a table has a figure in any period. Where it matters how many rows there are, all of
// them stay.
func reported(t *ledger.Table, codes []string) bool {
	for i, code := range codes {
		told := func(c ledger.Cell) bool { return c.Codes[i] == code && c.Value.Status() != ledger.Missing }
		if code != cell.Total && !slices.ContainsFunc(t.Cells, told) {
			return false
		}
	}
	return true
}

// row is a row of a table with what it is called.
type row struct {
	ledger.Cell
	labels []string
	total  bool
}

// rowsOf gives the rows of a table in one period, in the order that readers see.
func (v view) rowsOf(t *ledger.Table, period string) []row {
	var rows []row
	for _, c := range t.Cells {
		if c.Period != period || v.Indicator(t.Indicator).Class != "children" && !reported(t, c.Codes) {
			continue
		}
		r := row{Cell: c, total: true}
		for i, code := range c.Codes {
			r.total = r.total && code == cell.Total
			r.labels = append(r.labels, v.label(t.Attributes[i], code))
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 || len(t.Attributes) != 1 || v.List(t.Attributes[0].List).Ordered {
		return rows
	}
	values := make([]ledger.Value, len(rows)-1)
	for i, r := range rows[1:] {
		values[i] = r.Value
	}
	sorted := []row{rows[0]}
	for _, i := range byValue(values) {
		sorted = append(sorted, rows[1+i])
	}
	return sorted
}

// noteOf is what the code list says of a row of a table with one attribute.
func (v view) noteOf(t *ledger.Table, r row) string {
	if len(t.Attributes) != 1 {
		return ""
	}
	for _, c := range v.List(t.Attributes[0].List).Codes {
		if c.ID == r.Codes[0] {
			return c.Note[v.Code]
		}
	}
	return ""
}
