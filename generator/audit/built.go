package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// Built reads a built site and finds whatever says more than the ledger's newest release: an element whose text is not the
// shown value of the cell it names, a drawing or its data with a number that its table does not show, and a download that is
// not the ledger's file. It does not judge numbers in running text that name no cell, nor the lengths of bars.
func Built(site fs.FS, name string, l *ledger.Ledger, diags *diag.List) []Finding {
	s := &scan{release: l.Newest(), pages: 0}
	if s.release == nil {
		return nil
	}
	err := fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(site, p)
		if err != nil {
			return err
		}
		switch {
		case path.Ext(p) == ".html":
			return s.page(p, data)
		case strings.HasPrefix(p, "data/") && (path.Ext(p) == ".csv" || path.Ext(p) == ".json"):
			s.download(l, p, data)
		}
		return nil
	})
	if err != nil {
		diags.Errorf(diag.Pos{File: name}, "built/unreadable", "build it again", "expected a built site: %v", err)
	} else if s.pages == 0 {
		diags.Errorf(diag.Pos{File: name}, "built/empty", "name the folder that build made", "expected a built site, found no page")
	}
	return s.findings
}

// scan collects what a site says too much.
type scan struct {
	release  *ledger.Release
	pages    int
	findings []Finding
}

func (s *scan) found(page, rule string, cells []string, format string, args ...any) {
	s.findings = append(s.findings, Finding{Release: s.release.Release.ID, Table: page, Rule: rule, Cells: cells, Proof: fmt.Sprintf(format, args...)})
}

// download compares a file below data/<release>/ or data/latest/ with the ledger's.
func (s *scan) download(l *ledger.Ledger, p string, data []byte) {
	id, rest, ok := strings.Cut(strings.TrimPrefix(p, "data/"), "/")
	if !ok {
		return
	}
	r := s.release
	if id != "latest" {
		i := slices.IndexFunc(l.Releases, func(r *ledger.Release) bool { return r.Release.ID == id })
		if i < 0 {
			s.found(p, "built-download", nil, "the file belongs to no release of the ledger")
			return
		}
		r = l.Releases[i]
	}
	if !bytes.Equal(data, r.Files[rest]) {
		s.found(p, "built-download", nil, "the file differs from the ledger's %s/%s", r.Release.ID, rest)
	}
}

// page reads one page in the language that it says it is in.
func (s *scan) page(p string, data []byte) error {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	s.pages++
	language := s.language(doc)
	if language == nil {
		s.found(p, "built-language", nil, "the page is in no language of the release")
		return nil
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id, ok := attr(n, "data-cell"); ok {
			s.cell(p, language, id, strings.TrimSpace(text(n)))
		}
		if class, _ := attr(n, "class"); n.Data == "figure" && slices.Contains(strings.Fields(class), "figure") {
			s.figure(p, language, n)
		}
	}
	return nil
}

func (s *scan) language(doc *html.Node) *lang.Language {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "html" {
			tag, _ := attr(n, "lang")
			for _, l := range s.release.Languages {
				if l.Locale == tag {
					return l
				}
			}
		}
	}
	return nil
}

// cell compares an element's text with what the ledger shows.
func (s *scan) cell(p string, language *lang.Language, id, said string) {
	v, ok := s.release.Value(id)
	if !ok {
		s.found(p, "built-cell", []string{id}, "the page names the cell %s, which the release does not have", id)
		return
	}
	if want := s.shown(language, v); said != want {
		s.found(p, "built-cell", []string{id}, "the page says %q for %s, the release shows %q", said, id, want)
	}
}

// shown is how a value is written in a language.
func (s *scan) shown(language *lang.Language, v ledger.Value) string {
	if n, ok := v.Number(); ok {
		return language.Int(n)
	}
	switch v.Status() {
	case ledger.Small:
		return "<" + language.Int(s.release.Rule.Threshold)
	case ledger.Impossible:
		return "-"
	case ledger.Missing:
		return language.Word("not-reported")
	}
	return ".."
}

// figure compares a drawing and its data with the table beside them.
func (s *scan) figure(p string, language *lang.Language, figure *html.Node) {
	texts := map[string]bool{} // what the table says
	numbers := map[float64]bool{0: true, float64(s.release.Rule.Threshold): true}
	heads := map[string]bool{}
	var drawn []string
	var data string
	for n := range figure.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id, ok := attr(n, "data-cell"); ok {
			v, _ := s.release.Value(id)
			if number, ok := v.Number(); ok {
				numbers[float64(number)] = true
			}
			texts[s.shown(language, v)] = true
		}
		switch {
		case n.Data == "th":
			heads[strings.TrimSpace(text(n))] = true
		case n.Data == "text" && n.Namespace == "svg":
			drawn = append(drawn, strings.TrimSpace(text(n)))
		case n.Data == "script":
			data = text(n)
		}
	}
	for _, word := range drawn {
		if !texts[word] && !heads[word] {
			s.found(p, "built-drawing", nil, "the drawing says %q, its table does not", word)
		}
	}
	s.chart(p, data, texts, numbers)
}

// chart looks through a drawing's data: every value and every label of it must stand in the table.
func (s *scan) chart(p, data string, texts map[string]bool, numbers map[float64]bool) {
	if data == "" {
		return
	}
	var c struct {
		Option struct {
			Series []struct {
				Data []*struct {
					Value          float64
					Label, Tooltip struct{ Formatter string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(data), &c); err != nil {
		s.found(p, "built-chart", nil, "the drawing's data cannot be read: %v", err)
		return
	}
	for _, series := range c.Option.Series {
		for _, item := range series.Data {
			if item == nil {
				continue
			}
			if !numbers[item.Value] {
				s.found(p, "built-chart", nil, "the drawing's data hold the value %v, its table does not", item.Value)
			}
			tip := item.Tooltip.Formatter
			for _, label := range []string{item.Label.Formatter, tip[strings.LastIndexByte(tip, '\n')+1:]} {
				if !texts[strings.ReplaceAll(label, "{\u200b", "{")] {
					s.found(p, "built-chart", nil, "the drawing's data say %q, its table does not", label)
				}
			}
		}
	}
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
