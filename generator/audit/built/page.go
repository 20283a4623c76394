package built

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// page reads one page in the language that it says it is in.
type page struct {
	*scan
	path     string
	language *lang.Language
	words    *vocabulary // the release's, and what staff declare in the page's head
	said     strings.Builder
}

// page reads a page: every text, attribute and comment, every cell, table and figure.
func (s *scan) page(p string, data []byte) {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		s.found(p, "built-unknown", nil, "the page cannot be read: %v", err)
		return
	}
	g := &page{scan: s, path: p, language: s.languageOf(doc), words: &vocabulary{map[string][]context{}, s.words}}
	if g.language == nil {
		s.found(p, "built-language", nil, "the page is in no language of the release")
		return
	}
	for n := range doc.Descendants() {
		if name, _ := attr(n, "name"); n.Data == "meta" && name == "impact:numbers" {
			if text, _ := attr(n, "content"); strings.IndexFunc(text, unicode.IsLetter) >= 0 { // a bare number is nothing to answer for
				g.words.add(text)
			}
		}
	}
	s.name(g.words, p, data)
	g.unparsed(data)
	g.read(doc)
	g.flush()
}

func (s *scan) languageOf(doc *html.Node) *lang.Language {
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

// inline elements do not part a text.
var inline = strings.Fields("a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr")

// read goes through a part of a page and gathers its texts, paragraph by paragraph.
func (g *page) read(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		g.said.WriteString(n.Data)
		return
	case html.CommentNode:
		g.saysIn(g.words, g.path, "a comment", n.Data)
		return
	case html.DoctypeNode:
		return
	case html.ElementNode:
		if g.element(n) {
			return
		}
	}
	if n.Type == html.ElementNode && !slices.Contains(inline, n.Data) {
		if n.Data == "td" || n.Data == "th" {
			g.said.WriteString(" | ")
		} else {
			g.flush()
			defer g.flush()
		}
	}
	for c := range n.ChildNodes() {
		g.read(c)
	}
}

// flush looks at the paragraph that was gathered.
func (g *page) flush() {
	if text := strings.Trim(g.said.String(), " |\n\t"); text != "" {
		g.saysIn(g.words, g.path, "the text", text)
	}
	g.said.Reset()
}

// element looks at one element, and says whether its content was looked at as well.
func (g *page) element(n *html.Node) (done bool) {
	if n.Data == "svg" {
		if class, _ := attr(n, "class"); inFigure(n) {
		} else if class == "map" {
			g.mapBox(n, nil, nil)
		} else {
			g.ornament(n)
		}
		return true
	}
	if isKey(n) {
		return true // looked at with its map
	}
	g.attributes(n)
	class, _ := attr(n, "class")
	classes := strings.Fields(class)
	switch {
	case n.Data == "script":
		if g.named(n) {
			g.found(g.path, "built-cell", nil, "a script names a figure")
		}
		g.script(n, classes)
		return true
	case n.Data == "figure" && slices.Contains(classes, "figure"):
		g.figure(n)
	case n.Data == "table":
		g.table(n)
	case n.Data == "div" && slices.Contains(classes, "figures"):
		g.headlines(n)
	case slices.Contains(classes, "change"):
		g.change(n, classes)
	case len(classes) == 2 && classes[0] == "verdict":
		g.verdict(n, classes[1])
	}
	if g.named(n) {
		g.said.WriteString(cellSign)
		return true
	}
	return g.embedding(n)
}

// named compares an element with the one cell, plan or earlier figure that it names, and says whether it names any. It holds nothing but
// what it says of that.
func (g *page) named(n *html.Node) bool {
	names := 0
	for _, a := range n.Attr {
		switch {
		case plans[a.Key] != nil:
			g.plan(n, a.Key, a.Val)
		case a.Key == "data-cell":
			g.cell(n, a.Val)
		case a.Key == "data-shown":
			g.once(g.path, g.language, a.Val, strings.TrimSpace(text(n)))
		default:
			continue
		}
		names++
	}
	if names > 1 {
		g.found(g.path, "built-cell", nil, "an element names %d figures", names)
	}
	if names > 0 {
		g.bare(n)
	}
	return names > 0
}

// script looks at a script that stands in the page: the data of a drawing were compared with its figure.
func (g *page) script(n *html.Node, classes []string) {
	kind, _ := attr(n, "type")
	switch {
	case slices.Contains(classes, "chart-data") && inFigure(n):
	case kind == "application/ld+json":
		g.linked(text(n))
		g.json(g.path, []byte(text(n)))
	case strings.HasSuffix(kind, "json"):
		g.json(g.path, []byte(text(n)))
	default:
		g.saysIn(g.words, g.path, "a script", text(n))
	}
}

// ornament is a drawing outside of figures. It has nothing to say, so it is drawn alike wherever it stands.
func (g *page) ornament(n *html.Node) {
	g.worded(n)
	var b bytes.Buffer
	_ = html.Render(&b, n)
	parent, _ := attr(n.Parent, "class")
	g.same(g.path, "the ornament of "+n.Parent.Data+" "+parent, b.String())
}

// fixed are values of attributes that lay a page out.
var fixed = map[string][]string{
	"tabindex": {"0", "-1"}, "charset": {"utf-8"}, "content": {"width=device-width, initial-scale=1"},
}

// signed says whether an element is how Hugo signs a front page.
func signed(n *html.Node) bool {
	name, _ := attr(n, "name")
	content, _ := attr(n, "content")
	return name == "generator" && signature.MatchString(content)
}

var signature = regexp.MustCompile(`^Hugo 0\.[0-9]{3}\.[0-9]$`)

// stepForm is a class that tells a step of a scale: it stands in drawings and their keys, where it is compared.
var stepForm = regexp.MustCompile(`[0-9]$`)

var heading = regexp.MustCompile(`^h[1-6]$`)

// classForm is a class as stylesheets name it.
var classForm = regexp.MustCompile(`\.-?[A-Za-z_][A-Za-z0-9_-]*`)

// attributes looks at what the attributes of an element say.
func (g *page) attributes(n *html.Node) {
	if !heading.MatchString(n.Data) {
		g.saysIn(g.words, g.path, "an element's name", n.Data)
	}
	for _, a := range n.Attr {
		g.saysIn(g.words, g.path, "an attribute's name", a.Key)
		switch {
		case a.Key == "content" && (signed(n) || sized(n)):
		case a.Key == "data-cell" || a.Key == "data-shown" || plans[a.Key] != nil || slices.Contains(fixed[a.Key], a.Val):
		case a.Key == "integrity" || a.Key == "data-integrity":
			if !g.integrity[a.Val] {
				g.found(g.path, "built-name", nil, "%s is the hash of no file of the site", a.Key)
			}
		case a.Key == "class":
			for _, class := range strings.Fields(a.Val) {
				if n.Data == "td" && inFigure(n) && stepForm.MatchString(class) {
					g.swatch(n, class)
					continue
				}
				if key := n.Data == "li" && inFigure(n); !slices.Contains(g.classes, "."+class) || stepForm.MatchString(class) && !key {
					g.saysIn(g.words, g.path, "a class", class)
				}
			}
		default:
			g.saysIn(g.words, g.path, "the attribute "+a.Key, g.withoutAddress(a.Val))
		}
	}
}

// withoutAddress takes away the address of a file of the site: what that says is looked at with the file.
func (s *scan) withoutAddress(text string) string {
	rest := strings.TrimPrefix(strings.TrimSpace(text), strings.TrimSuffix(s.release.Organisation.Address, "/"))
	if !strings.HasPrefix(rest, "/") {
		return text
	}
	address, fragment, _ := strings.Cut(rest, "#")
	address, query, _ := strings.Cut(address, "?")
	if way := path.Clean(address); address != way && address != way+"/" {
		return text // a detour may say anything
	}
	if query == "stay=1" {
		query = ""
	}
	file := strings.TrimPrefix(path.Clean(address), "/")
	_, isFile := s.files[file]
	_, isPage := s.files[path.Join(file, "index.html")]
	if !isFile && !isPage {
		return text
	}
	return query + " " + fragment
}

// cell compares an element with the cell that it names: its text, the class that says why there is no number, and what is spoken.
func (g *page) cell(n *html.Node, id string) {
	v, ok := g.release.Value(id)
	if !ok {
		g.found(g.path, "built-cell", []string{id}, "the page names the cell %s, which the release does not have", id)
		return
	}
	said := strings.TrimSpace(text(n))
	if want := shown(g.release, g.language, v); said != want {
		g.found(g.path, "built-cell", []string{id}, "the page says %q for %s, the release shows %q", said, id, want)
	}
	for box := n; box != nil && box.Type == html.ElementNode; box = box.Parent {
		class, _ := attr(box, "class")
		classes := strings.Fields(class)
		if box.Data != "td" && !slices.Contains(classes, "headline") && box != n {
			continue
		}
		for _, status := range []ledger.Status{ledger.Small, ledger.Withheld, ledger.Impossible, ledger.Missing} {
			has := slices.Contains(classes, string(status)) || slices.Contains(classes, "is-"+string(status))
			if has && status != v.Status() {
				g.found(g.path, "built-cell", []string{id}, "%s is marked as %s, the release says otherwise", id, status)
			}
		}
	}
	for other := n.NextSibling; other != nil; other = other.NextSibling {
		if class, _ := attr(other, "class"); class == "vh" && strings.TrimSpace(text(other)) != spoken(g.release, g.language, v) {
			g.found(g.path, "built-cell", []string{id}, "for those who listen the page says %q for %s, the release says otherwise", strings.TrimSpace(text(other)), id)
		}
	}
}

// once compares what is said with what an earlier release showed: name is that release and the cell.
func (s *scan) once(p string, l *lang.Language, name, said string) {
	release, id, _ := strings.Cut(name, " ")
	i := slices.IndexFunc(s.ledger.Releases, func(r *ledger.Release) bool { return r.Release.ID == release })
	if i < 0 {
		s.found(p, "built-cell", []string{id}, "the page names the release %s, which the ledger does not have", release)
		return
	}
	want := l.Word("not-shown")
	if v, ok := s.ledger.Releases[i].Value(id); ok {
		want = shown(s.ledger.Releases[i], l, v)
	}
	if said != want {
		s.found(p, "built-cell", []string{id}, "the page says %q for %s in release %s, the ledger %q", said, id, release, want)
	}
}

// inFigure says whether an element stands in a figure.
func inFigure(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if class, _ := attr(p, "class"); p.Data == "figure" && slices.Contains(strings.Fields(class), "figure") {
			return true
		}
	}
	return false
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
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
