package ingest

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// headRows is how many records from the beginning of a table the header is looked for in.
const headRows = 25

// names are the headings that a table may have.
type names struct {
	dataset *codebook.Dataset
	columns []*codebook.Column
	known   map[string]int // folded heading: number of the column
	tags    map[string]int // HXL tag: number of the column
	key     string         // folded heading that joins the table with another, or ""
}

// What a cell of the header can be besides the number of a column.
const (
	unknown = -1 - iota
	blank
	ignored
)

// newNames takes a column's name, its aliases, and the titles of its list where no other column has the same list.
func newNames(cb *codebook.Codebook, d *codebook.Dataset) names {
	n := names{dataset: d, columns: Columns(d), known: map[string]int{}, tags: map[string]int{}}
	lists := map[string]int{}
	for i, c := range n.columns {
		if c.List != nil {
			lists[c.List.ID]++
		}
		if c.HXL != "" {
			n.tags[tag(c.HXL)] = i
		}
	}
	for i, c := range n.columns {
		if c.List == nil || lists[c.List.ID] > 1 {
			continue
		}
		if list := cb.List(c.List.ID); list != nil {
			for _, title := range list.Title {
				n.known[codebook.Fold(title)] = i
			}
		}
	}
	for i, c := range n.columns {
		for _, name := range slices.Concat(c.Aliases, []string{c.Name}) {
			n.known[codebook.Fold(name)] = i
		}
	}
	return n
}

// tag writes an HXL tag in one way: #adm1 +Code is #adm1+code.
func tag(s string) string {
	parts := strings.Split(strings.ToLower(strings.Join(strings.Fields(s), "")), "+")
	slices.Sort(parts[1:])
	return strings.Join(parts, "+")
}

func (n names) heading(cell string) int {
	name := codebook.Fold(cell)
	if name == "" {
		return blank
	}
	if i, ok := n.known[name]; ok {
		return i
	}
	if name == n.key {
		return ignored
	}
	for _, pattern := range n.dataset.Ignored {
		if ok, _ := path.Match(codebook.Fold(pattern), name); ok {
			return ignored
		}
	}
	return unknown
}

// form says how a table is written.
type form struct {
	comma       rune
	first, last int  // numbers of the records that hold the headings, from 0: one, or two
	above       int  // records before the first row: titles, headings, tags
	titled      bool // something stands above the headings
	headings    []string
	cells       []int // what each heading is: a column, or one of the constants above
	order       []int // for each column, and last for the key, the cell it stands in, or -1
}

// need is how many cells a row must have.
func (f *form) need() int { return slices.Max(f.order) + 1 }

// form finds the header among the first records of a table: the row, or two rows one above the other, in which most headings are
// known. Below it, or alone, may stand a row of HXL tags.
func (n names) form(head [][]string) *form {
	end, tags := len(head), slices.IndexFunc(head, n.tagged)
	if tags >= 0 {
		end = tags
	}
	f, most := &form{}, 0
	for i := range end {
		if score := n.score(head[i]); score > most || f.headings == nil && slices.ContainsFunc(head[i], filled) {
			f.first, f.last, f.headings, most = i, i, head[i], score
		}
		if i+1 < end {
			two := joined(head[i], head[i+1], n.known)
			if score := n.score(two); score > max(most, n.score(head[i+1])) {
				f.first, f.last, f.headings, most = i, i+1, two, score
			}
		}
	}
	f.above = f.last + 1
	if tags >= 0 {
		if most == 0 { // headings that nobody knows stand right above the tags, if anywhere
			f.first, f.last = max(tags-1, 0), max(tags-1, 0)
			f.headings = head[f.last]
		}
		f.above = tags + 1
	}
	for _, row := range head[:f.first] {
		f.titled = f.titled || slices.ContainsFunc(row, filled) && !strings.HasPrefix(row[0], "sep=")
	}
	if tags >= 0 {
		f.headings = append(slices.Clone(f.headings), make([]string, max(0, len(head[tags])-len(f.headings)))...)
	}
	f.cells = n.cells(f.headings)
	if tags >= 0 {
		n.retag(f.cells, head[tags])
	}
	for i := range n.columns {
		f.order = append(f.order, slices.Index(f.cells, i))
	}
	f.order = append(f.order, slices.IndexFunc(f.headings, func(h string) bool { return n.key != "" && codebook.Fold(h) == n.key }))
	return f
}

func filled(cell string) bool { return strings.TrimSpace(cell) != "" }

// cells says what each heading is.
func (n names) cells(headings []string) []int {
	cells := make([]int, len(headings))
	for i, h := range headings {
		cells[i] = n.heading(h)
	}
	return cells
}

// score is how many columns some headings name.
func (n names) score(headings []string) int { return found(n.cells(headings)) }

// found is how many columns stand in some cells.
func found(cells []int) int {
	found := slices.Clone(cells)
	slices.Sort(found)
	found = slices.Compact(found)
	return len(slices.DeleteFunc(found, func(i int) bool { return i < 0 }))
}

// tagged says whether a row holds HXL tags, at least one of which is known.
func (n names) tagged(row []string) bool {
	known := false
	for _, cell := range row {
		if cell = tag(cell); cell == "" {
			continue
		}
		if cell[0] != '#' || len(cell) < 2 {
			return false
		}
		_, ok := n.tags[cell]
		known = known || ok
	}
	return known
}

// retag lets tags decide what a cell is. Where a tag is unknown, the heading has decided.
func (n names) retag(cells []int, tags []string) {
	for i, cell := range tags {
		if column, ok := n.tags[tag(cell)]; ok {
			cells[i] = column
		}
	}
}

// joined makes one heading of two rows: "Children" above "girls", which reaches over the blank cells at its right, is "Children girls"
// if that is known, else "girls"; a heading with nothing below it stands for itself.
func joined(upper, lower []string, known map[string]int) []string {
	both := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range both {
		if i < len(upper) && filled(upper[i]) {
			group = upper[i]
		}
		switch {
		case i >= len(lower) || !filled(lower[i]):
			if i < len(upper) {
				both[i] = upper[i]
			}
		default:
			both[i] = lower[i]
			if _, ok := known[codebook.Fold(group+" "+lower[i])]; ok {
				both[i] = group + " " + lower[i]
			}
		}
	}
	return both
}

// check reports what is wrong with the headings and says whether rows can be read. at gives the place of a heading.
func (n names) check(f *form, at func(i int) diag.Pos, diags *diag.List) bool {
	ok := true
	for i, cell := range f.cells {
		switch {
		case cell == unknown:
			diags.Errorf(at(i), "csv/unknown-header", n.suggest(f.headings[i]), "expected a heading of the dataset %s", n.dataset.ID)
			ok = false
		case cell >= 0 && f.order[cell] != i && codebook.Fold(f.headings[i]) == codebook.Fold(f.headings[f.order[cell]]):
			diags.Errorf(at(i), "csv/repeated-header", "delete or rename one of the two", "expected each heading once, found it again")
			ok = false
		case cell >= 0 && f.order[cell] != i:
			diags.Errorf(at(i), "csv/same-column", "delete one of the two, or take its heading out of  aliases: in datasets.yaml",
				"expected one heading for the column %q, found a second", n.columns[cell].Name)
			ok = false
		}
	}
	if f.titled {
		place := at(0)
		place.Col, place.Cell = 1, 0
		diags.Warnf(place, "csv/title-rows", "all is well if it is only a title; else look whether the headings are spelt as in datasets.yaml",
			"expected the header on top, found it here: what stands above is not read")
	}
	return ok
}

// missing reports the columns that no table has. top is where they are missed.
func (n names) missing(top func() diag.Pos, diags *diag.List, forms ...*form) bool {
	ok := true
	stands := func(i int) bool { return slices.ContainsFunc(forms, func(f *form) bool { return f.order[i] >= 0 }) }
	chosen := map[string]bool{} // columns of type codes for which yes-or-no columns stand
	for i, c := range n.columns {
		if c.Choice != nil && stands(i) {
			chosen[c.Choice.Of] = true
		}
	}
	for i, c := range n.columns {
		if c.Choice == nil && !chosen[c.Name] && !stands(i) {
			hint := "add a column headed " + c.Name
			if !c.Required {
				hint += ", whose cells may stay empty"
			}
			hint += "; if it is called otherwise, name that heading under  aliases  in datasets.yaml"
			diags.Errorf(top(), "csv/missing-column", hint, "expected a column %q", c.Name)
			ok = false
		}
	}
	return ok
}

func (n names) suggest(heading string) string {
	var all []string
	for _, c := range n.columns {
		all = append(all, c.Name)
	}
	return diag.Suggest(heading, all) + "  Or name it in datasets.yaml, under  aliases  of its column, or under  ignored  if nobody needs it"
}

// head reads the first records of a table.
func head(r *records) ([][]string, error) {
	var rows [][]string
	for len(rows) < headRows {
		row, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
