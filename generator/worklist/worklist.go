// Package worklist writes what check says as a page to work through beside the spreadsheet.
//
// In: which files were read, what was said of them, and the findings. Out: one HTML page by file and kind of mistake, with a box to
// tick at each place, for screen and paper. It needs no script, no network, and holds a cell's content only where a finding does.
package worklist

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
)

// perKind is how many places of one kind of mistake in one file are listed before the rest is only counted: whoever mends them sees
// what they have in common.
const perKind = 20

// List is all that the page says.
type List struct {
	Day      string // that the page is of
	Files    []File // that were read, in the order of reading
	Good     []string
	Refused  string // why nothing may be published though every file is sound, or ""
	Findings []diag.Diagnostic
}

// File is an export that was read.
type File struct {
	Name string // as diagnostics call it
	Rows int    // that were understood and counted
}

// Write writes the page.
func Write(w io.Writer, l List) error { return page.Execute(w, l.view()) }

//go:embed page.html
var source string

var page = template.Must(template.New("page").Parse(source))

type view struct {
	List
	Rows, Errors, Warnings int
	Sound                  []File // files of which nothing is said
	Groups                 []*group
}

// group is what is said of one file.
type group struct {
	Name  string
	Count int
	Kinds []*kind
}

// kind is one kind of mistake in one file. Where all say the same, it is said once.
type kind struct {
	Code      string
	Count     int
	Warning   bool
	Msg, Hint string
	Alike     bool
	Items     []item
}

// More is how many places are not listed.
func (k *kind) More() int { return k.Count - len(k.Items) }

type item struct {
	diag.Diagnostic
	Place string
}

// view sorts findings, which stand in the order of their places, by file and kind. Kinds stand in the order of their first place.
func (l List) view() view {
	v := view{List: l}
	groups, kinds := map[string]*group{}, map[[2]string]*kind{}
	for _, d := range l.Findings {
		g := groups[d.File]
		if g == nil {
			g = &group{Name: d.File}
			groups[d.File] = g
			v.Groups = append(v.Groups, g)
		}
		k := kinds[[2]string{d.File, d.Code}]
		if k == nil {
			k = &kind{Code: d.Code, Msg: d.Msg, Hint: d.Hint, Alike: true}
			kinds[[2]string{d.File, d.Code}] = k
			g.Kinds = append(g.Kinds, k)
		}
		g.Count++
		k.Count++
		k.Alike = k.Alike && d.Msg == k.Msg && d.Hint == k.Hint
		if d.Severity == diag.Warning {
			k.Warning = true
			v.Warnings++
		} else {
			v.Errors++
		}
		if len(k.Items) < perKind {
			k.Items = append(k.Items, item{d, place(d.Pos)})
		}
	}
	for _, f := range l.Files {
		v.Rows += f.Rows
		said := func(d diag.Diagnostic) bool { return d.File == f.Name || strings.HasPrefix(d.File, f.Name+"/") } // a file of a zip
		if !slices.ContainsFunc(l.Findings, said) {
			v.Sound = append(v.Sound, f)
		}
	}
	return v
}

// place says where to look, as a spreadsheet names it.
func place(p diag.Pos) string {
	text := "the whole file"
	switch {
	case p.Line > 0 && p.Letter() != "":
		text = fmt.Sprintf("line %d, column %s", p.Line, p.Letter())
	case p.Line > 0:
		text = fmt.Sprintf("line %d", p.Line)
	case p.Sheet != "":
		text = "the whole sheet"
	}
	if p.Sheet != "" {
		text = fmt.Sprintf("sheet %s, %s", p.Sheet, text)
	}
	return text
}
