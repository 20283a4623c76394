// Package search makes what a browser needs to find a page: for every search page an index of the pages in its language.
//
// In: a finished site. Out: index.json beside each search page. A page tells what kind of page it is in its head; one that does not
// is not found. The index holds nothing but words that stand on the page itself, so it says no more than the page, and a page
// that is gone is gone from it. Looking up is the browser's part: it looks for any part of a word, so it asks neither for words of a
// script without spaces nor for a list of them.
package search

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Page is what the index says of a page.
type Page struct {
	Path  string   `json:"path"` // below the folder of the site
	Title string   `json:"title"`
	Kind  string   `json:"kind"`
	Texts []string `json:"texts"`
}

// Common is how many pages may share a text before it tells none of them apart: a tenth, and never fewer than this.
const common = 4

// Index gives the indexes of a site, by file name.
func Index(site fs.FS) (map[string][]byte, error) {
	pages, homes := map[string][]Page{}, map[string]string{} // by language
	err := fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Base(p) != "index.html" {
			return err
		}
		data, err := fs.ReadFile(site, p)
		if err != nil || !bytes.Contains(data, []byte("impact:")) {
			return err
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			return err
		}
		found := read(doc)
		if found.search {
			homes[found.language] = path.Dir(p)
		}
		if found.Kind != "" {
			if found.Path = path.Dir(p) + "/"; found.Path == "./" {
				found.Path = ""
			}
			pages[found.language] = append(pages[found.language], found.Page)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, language := range slices.Sorted(maps.Keys(homes)) {
		if out[homes[language]+"/index.json"], err = encode(apart(pages[language])); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// encode writes a page a line.
func encode(pages []Page) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"pages": [`)
	for i, p := range pages {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n")
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(p); err != nil {
			return nil, err
		}
		b.Write(bytes.TrimSpace(line.Bytes()))
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

// apart drops texts that stand on many pages, and orders pages by their path.
func apart(pages []Page) []Page {
	on := map[string]int{}
	for _, p := range pages {
		for _, text := range p.Texts {
			on[text]++
		}
	}
	most := max(common, len(pages)/10)
	for i := range pages {
		pages[i].Texts = slices.DeleteFunc(pages[i].Texts, func(text string) bool { return on[text] > most })
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.Path, b.Path) })
	return pages
}

type found struct {
	Page
	language string
	search   bool
}

// read takes a page apart.
func read(doc *html.Node) (f found) {
	f.Texts = []string{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			f.language = attr(n, "lang")
		case "meta":
			switch attr(n, "name") {
			case "impact:kind":
				f.Kind = attr(n, "content")
			case "impact:search":
				f.search = true
			}
		case "main":
			f.texts(n)
		}
	}
	return f
}

// parts of a main column that are not about the page.
var (
	skipped = []string{"svg", "script", "nav", "template", "form", "details"}
	blocks  = []string{"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "th"}
)

func (f *found) texts(n *html.Node) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || slices.Contains(skipped, c.Data) {
			continue
		}
		if !slices.Contains(blocks, c.Data) || holdsBlock(c) {
			f.texts(c)
			continue
		}
		text := plain(c)
		switch {
		case c.Data == "h1" && f.Title == "":
			f.Title = text
		case c.Data == "th" && attr(c, "scope") != "row", strings.IndexFunc(text, unicode.IsLetter) < 0:
		case attr(c, "class") == "next" || attr(c, "aria-hidden") == "true":
		case !slices.Contains(f.Texts, text):
			f.Texts = append(f.Texts, text)
		}
	}
}

func holdsBlock(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (slices.Contains(blocks, d.Data) || d.Data == "table") {
			return true
		}
	}
	return false
}

// plain is the text of an element with single spaces.
func plain(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
