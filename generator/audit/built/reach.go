package built

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/ccpcr/impact/generator/card"
	"github.com/ccpcr/impact/generator/lang"
)

// unread is what is said of a file that nobody can look into.
const unread = "the file is of a kind that is not read, and neither theme nor staff put it there"

// drawn remembers for each picture that was drawn again, by its hash and that of the fonts, that it came out the same.
var drawn sync.Map

// picture looks at a picture that carries its words: they are judged like those of a page, and drawing them again must give the same
// bytes. So the picture says nothing else.
func (s *scan) picture(p string, data []byte) {
	w, err := card.Read(data)
	if err != nil {
		s.found(p, "built-unknown", nil, unread)
		return
	}
	i := slices.IndexFunc(s.release.Languages, func(l *lang.Language) bool { return l.Locale == w.Language })
	if i < 0 {
		s.found(p, "built-language", nil, "the picture is in no language of the release")
		return
	}
	for _, text := range []string{w.Name, w.Kind, w.Title, w.Text, w.Foot} {
		s.says(p, "the picture", text)
	}
	if v, ok := s.release.Value(w.Cell); ok {
		if want := shown(s.release, s.release.Languages[i], v); w.Figure != want {
			s.found(p, "built-cell", []string{w.Cell}, "the picture says %q for %s, the release shows %q", w.Figure, w.Cell, want)
		}
	} else if w.Figure != "" || w.Cell != "" {
		s.found(p, "built-cell", []string{w.Cell}, "the picture says %q for the cell %q, which the release does not have", w.Figure, w.Cell)
	}
	if list, _ := s.release.Places(); w.Place != "" && (list == nil || list.Code(w.Place) == nil || list.Label(w.Place, s.release.Languages[i].Code) != w.Title) {
		s.found(p, "built-map", nil, "the picture of %q marks the place %q", w.Title, w.Place)
	}
	if w.Accent != s.release.Organisation.Brand.Accent {
		s.found(p, "built-unlike", nil, "the picture has another colour than the release names")
	}
	faces, sum := s.faces()
	key := [2][32]byte{sum, sha256.Sum256(data)}
	if _, same := drawn.Load(key); same {
		return
	}
	if s.artist == nil {
		if s.artist, err = card.NewArtist(faces...); err != nil {
			s.found(p, "built-unknown", nil, "the picture cannot be drawn again: %v", err)
			return
		}
		_, s.artist.Map = s.release.Places()
	}
	again, ok, err := s.artist.Draw(w)
	if err != nil || !ok || !bytes.Equal(again, data) {
		s.found(p, "built-drawing", nil, "the picture is not what its words give when they are drawn")
		return
	}
	drawn.Store(key, true)
}

// faces are the fonts of the languages as the site has them, and a hash of them and of the map.
func (s *scan) faces() (all []card.Face, sum [32]byte) {
	file := func(name string) []byte {
		for _, p := range s.paths() {
			if path.Ext(p) == path.Ext(name) && s.font(p) && hashed.ReplaceAllString(path.Base(p), "$1") == name {
				return s.files[p]
			}
		}
		return nil
	}
	var text []byte
	for _, l := range s.release.Languages {
		if l.Font != nil {
			f := card.Face{Regular: file(l.Font.Regular), Bold: file(l.Font.Bold)}
			all, text = append(all, f), append(append(text, f.Regular...), f.Bold...)
		}
	}
	_, shapes := s.release.Places()
	return all, sha256.Sum256(fmt.Append(text, shapes))
}

// isIndex says whether a file stands beside a page that calls itself a search.
func (s *scan) isIndex(p string) bool {
	return path.Base(p) == "index.json" && bytes.Contains(s.files[path.Join(path.Dir(p), "index.html")], []byte(`name="impact:search"`))
}

// index looks at what a search knows of pages: every word of it stands on the page that it names, and it comes in the order of paths.
func (s *scan) index(p string, data []byte) {
	var file struct {
		Pages []struct {
			Path  string   `json:"path"`
			Title string   `json:"title"`
			Kind  string   `json:"kind"`
			Texts []string `json:"texts"`
		} `json:"pages"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := cmp.Or(dec.Decode(&file), whole(data)); err != nil {
		s.found(p, "built-unknown", nil, "the index of a search holds something else than pages: %v", err)
		return
	}
	before := ""
	for i, entry := range file.Pages {
		if i > 0 && entry.Path <= before {
			s.found(p, "built-order", nil, "%q stands behind %q", entry.Path, before)
		}
		before = entry.Path
		page, ok := s.files[path.Join(entry.Path, "index.html")]
		doc, err := html.Parse(bytes.NewReader(page))
		if !ok || err != nil {
			s.found(p, "built-number", nil, "the index names the page %q, which the site does not have", entry.Path)
			continue
		}
		said := parts(doc)
		for _, text := range append([]string{entry.Title, entry.Kind}, entry.Texts...) {
			if !said[text] {
				s.found(p, "built-number", nil, "the index says %q of %q, the page does not", text, entry.Path)
			}
		}
	}
}

// parts are the whole texts of a page's elements, and what its head says of it.
func parts(doc *html.Node) map[string]bool {
	said := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || slices.Contains([]string{"html", "head", "body", "main"}, n.Data) {
			continue
		}
		if n.Data == "meta" {
			content, _ := attr(n, "content")
			said[content] = true
			continue
		}
		said[strings.Join(strings.Fields(text(n)), " ")] = true
	}
	return said
}

// embedding looks at the code that shows a figure on another page: one frame of a page of this site, of one size for all.
func (g *page) embedding(n *html.Node) (done bool) {
	code := strings.TrimSpace(text(n))
	if n.Data != "code" || !strings.HasPrefix(code, "<iframe ") {
		return false
	}
	nodes, err := html.ParseFragment(strings.NewReader(code), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil || len(nodes) != 1 || nodes[0].Data != "iframe" || nodes[0].FirstChild != nil {
		return false // then it is read as a text
	}
	for _, a := range nodes[0].Attr {
		switch a.Key {
		case "width", "height":
			g.same(g.path, "the "+a.Key+" of frames", a.Val)
		default:
			g.saysIn(g.words, g.path, "the code of a frame", a.Key+" "+g.withoutAddress(a.Val))
		}
	}
	return true
}

// sized says whether an element tells the size of pictures, which all have the same.
func sized(n *html.Node) bool {
	property, _ := attr(n, "property")
	content, _ := attr(n, "content")
	return property == "og:image:width" && content == strconv.Itoa(card.Width) || property == "og:image:height" && content == strconv.Itoa(card.Height)
}

// share adds how many of 100 texts of a language a native reader has checked.
func (w *vocabulary) share(descriptor any, codes []string, l *lang.Language, all []*lang.Language) {
	var words []string
	for _, word := range l.Words {
		words = append(words, word)
	}
	for _, texts := range [][]string{words, lang.Texts(descriptor, codes, l.Code)} {
		share := l.Share(texts)
		for _, other := range all { // each language tells of all
			w.add(lang.Fill(other.Word("translation-share"), map[string]string{"share": other.Int(share)}))
		}
	}
}
