package download

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// mark is what makes Excel read UTF-8.
const mark = "\ufeff"

// column of a table with labels.
type column struct {
	name     string
	hxl      string
	language string   // of its texts
	list     string   // whose codes it holds
	codes    []string // that it may hold
	title    string   // in the default language
	of       func(ledger.Cell) string
}

// columns of a table: what it is about, the period, the codes with their labels, the figure, and the cell's id.
func columns(r *ledger.Release, t *ledger.Table) []column {
	ind, all := r.Indicator(t.Indicator), views(r)
	first := all[0]
	own := func(name string) string { // unlike any column of the table
		for slices.Contains(t.Names(), name) {
			name += "_"
		}
		return name
	}
	var cols []column
	add := func(name, hxl, title string, of func(ledger.Cell) string) *column {
		cols = append(cols, column{name: name, hxl: hxl, title: title, of: of})
		return &cols[len(cols)-1]
	}
	words := func(name, hxl, title string, of func(view, ledger.Cell) string) {
		for _, v := range all {
			c := add(name+"."+v.Code, hxl+"+i_"+tag(v.Code), title, func(c ledger.Cell) string { return guard(of(v, c)) })
			c.language = v.Code
		}
	}
	words(own("indicator"), "#indicator+name", first.Word("indicator"), func(v view, _ ledger.Cell) string { return line(ind.Title[v.Code]) })
	add("period", "#date+period", first.Word("period"), func(c ledger.Cell) string { return c.Period }).codes = r.Periods
	words("period", "#date+name", first.Word("period"), func(v view, c ledger.Cell) string { return v.period(c.Period) })
	for i, a := range t.Attributes {
		hxl := whatever(cmp.Or(a.HXL, "#meta+"+tag(a.Name)))
		c := add(a.Name, hxl+"+code", first.attribute(a), func(c ledger.Cell) string { return c.Codes[i] })
		c.list, c.codes = a.List, append([]string{cell.Total}, a.Codes...)
		words(a.Name, hxl+"+name", first.attribute(a), func(v view, c ledger.Cell) string { return v.label(a, c.Codes[i]) })
	}
	add("value", "#indicator+value+num", first.Word("value"), func(c ledger.Cell) string { return number(c.Value) })
	words(own("unit"), "#indicator+unit", line(r.List("unit").Title[first.Code]), func(v view, _ ledger.Cell) string { return v.unit(ind) })
	add("status", "#status+code", first.Word("signs"), func(c ledger.Cell) string { return string(c.Value.Status()) }).codes =
		[]string{string(ledger.Small), string(ledger.Withheld), string(ledger.Impossible), string(ledger.Missing)}
	words("status", "#status+name", first.Word("signs"), func(v view, c ledger.Cell) string { return v.status(c.Value.Status()) })
	add(own("cell"), "#meta+id", first.Word("cell-id"), func(c ledger.Cell) string { return c.ID })
	return cols
}

// csvs writes each table with the labels of every language, and the same with a row of HXL tags below the heads.
func csvs(r *ledger.Release, files Files) error {
	for _, t := range r.Tables {
		cols := columns(r, t)
		head, tags := make([]string, len(cols)), make([]string, len(cols))
		for i, c := range cols {
			head[i], tags[i] = c.name, c.hxl
		}
		var rows [][]string
		for _, c := range t.Cells {
			row := make([]string, len(cols))
			for i, col := range cols {
				row[i] = col.of(c)
			}
			rows = append(rows, row)
		}
		labelled, tagged := "csv/"+t.Name+".csv", "hxl/"+t.Name+".csv"
		files[labelled] = write(mark, append([][]string{head}, rows...))
		files[tagged] = write("", append([][]string{head, tags}, rows...))
		for name, heads := range map[string]int{labelled: 1, tagged: 2} {
			shown, err := readCSV(files[name], heads)
			if err := compare(r, name, shown, err, each(t)); err != nil {
				return err
			}
		}
	}
	return nil
}

func write(begin string, rows [][]string) []byte {
	b := bytes.NewBufferString(begin)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	_ = w.WriteAll(rows) // a buffer takes all
	return b.Bytes()
}

// number writes a value; one without a number is empty.
func number(v ledger.Value) string {
	if n, ok := v.Number(); ok {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

// formula begins what a spreadsheet would compute.
const formula = "=+-@＝＋－＠'"

// guard puts an apostrophe before a text that a spreadsheet would take for a formula, and before one that begins with an apostrophe,
// so that every guarded text can be read back.
func guard(text string) string {
	if text != "" && strings.ContainsRune(formula, []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// whatever is an HXL tag for any form of what it stands for: without saying whether codes or names stand below it.
func whatever(tag string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(tag, "+"), func(part string) bool { return part == "code" || part == "name" }), "+")
}

// tag is a name as HXL attributes are written.
func tag(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(name))
}
