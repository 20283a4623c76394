package personal

import (
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// Guard stands at the door of one file. It is not for several goroutines at once.
type Guard struct {
	detector *Detector
	columns  []*codebook.Column
	keys     []*form // of columns of type key
	free     []bool  // columns whose heading announces free text
	seen     map[string]Finding
}

// maxSeen is how many different cells a guard remembers, so that one which stands in every row is looked at once.
const maxSeen = 4096

// maxNote is how long a cell may be under a heading that announces free text, in characters.
const maxNote = 25

// Guard makes a guard for files with these headings. columns holds what the codebook says of each, nil for one it does not
// know or that is passed over: an export with a name in a column that nobody reads is still no anonymised one.
func (d *Detector) Guard(headings []string, columns []*codebook.Column) *Guard {
	g := &Guard{detector: d, columns: columns, keys: make([]*form, len(columns)), free: make([]bool, len(columns)), seen: map[string]Finding{}}
	for i, c := range columns {
		g.free[i] = isFreeText(headings[i])
		if c != nil && c.Type == "key" {
			g.keys[i] = formOf(c)
		}
	}
	return g
}

// Headings reports headings that announce personal data, and says whether there was none. A list vouches for a
// column of codes, a pattern for one of keys, which may be called what it is.
func (g *Guard) Headings(headings []string, at func(i int) diag.Pos, diags *diag.List) bool {
	good := true
	for i, heading := range headings {
		c := g.columns[i]
		if c != nil && (c.Coded() || c.Choice != nil || c.Type == "period") {
			continue
		}
		if f, ok := g.detector.Heading(heading); ok && !(g.keys[i] != nil && f.Code == "personal/case") {
			diags.Errorf(at(i), f.Code, "delete the whole column from the export; if it holds nothing of the kind, name it otherwise",
				"expected no personal data: the heading announces %s", f.Looks)
			good = false
		}
	}
	return good
}

// Row reports the cells of a row that look personal: those that no code list vouches for.
func (g *Guard) Row(cells []string, at func(i int) diag.Pos, diags *diag.List) {
	for i, c := range g.columns {
		if cells[i] == "" || c != nil && c.Type != "text" && c.Type != "key" {
			continue
		}
		if key := g.keys[i]; key != nil {
			if !key.fits(cells[i]) {
				diags.Cell(cells[i]).Errorf(at(i), "personal/key", "give each case a made-up key of the form that datasets.yaml names, and keep the list of who is who elsewhere",
					"expected a made-up key in the column %q", c.Name)
			}
			continue
		}
		if f := g.cell(i, cells[i]); f.Code != "" {
			diags.Cell(cells[i]).Errorf(at(i), f.Code, remedy, "expected no personal data: the cell looks like %s", f.Looks)
		}
	}
}

const remedy = "take it out of the export; if it is harmless, write it as a code of a code list"

// cell looks at one, or remembers what it saw.
func (g *Guard) cell(i int, cell string) Finding {
	if f, ok := g.seen[cell]; ok && !g.free[i] {
		return f
	}
	f, ok := g.detector.Cell(cell)
	if !ok && g.free[i] && utf8.RuneCountInString(cell) > maxNote && !g.detector.vouched[key(cell)] {
		return found("free text, in which anything may stand", "personal/text", 0, len(cell))
	}
	if len(g.seen) < maxSeen && !g.free[i] {
		g.seen[cell] = f
	}
	return f
}
