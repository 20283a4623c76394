package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// void elements have no end tag.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// tagsWritten lists the tags of a page as they stand in the file; parsed those of the tree that a parser makes of it. Where both agree
// the parser had nothing to mend: no tag is left out, left open or where it may not be.
func tagsWritten(data []byte) (tags []string, err error) {
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		kind := z.Next()
		token := z.Token()
		switch {
		case kind == html.ErrorToken && errors.Is(z.Err(), io.EOF):
			return tags, nil
		case kind == html.ErrorToken:
			return nil, z.Err()
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
			tags = append(tags, token.Data)
			if kind == html.SelfClosingTagToken && !slices.Contains(void, token.Data) {
				tags = append(tags, "/"+token.Data)
			}
		case kind == html.EndTagToken:
			tags = append(tags, "/"+token.Data)
		}
	}
}

func parsed(n *html.Node, tags []string) []string {
	if n.Type == html.ElementNode {
		tags = append(tags, strings.ToLower(n.Data))
	}
	for c := range n.ChildNodes() {
		tags = parsed(c, tags)
	}
	if n.Type == html.ElementNode && !slices.Contains(void, n.Data) {
		tags = append(tags, "/"+strings.ToLower(n.Data))
	}
	return tags
}

// mended tells the first place where a parser reads something else than what stands there.
func mended(data []byte) error {
	there, err := tagsWritten(data)
	if err != nil {
		return err
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	tree := parsed(doc, nil)
	for i := range max(len(there), len(tree)) {
		if i >= len(there) || i >= len(tree) || there[i] != tree[i] {
			return fmt.Errorf("tag %d: a parser reads %q where the page says %q", i+1, at(tree, i), at(there, i))
		}
	}
	return nil
}

func at(tags []string, i int) string {
	return strings.Join(tags[max(0, min(i-3, len(tags))):min(i+1, len(tags))], " ")
}

func TestAParserHasNothingToMendOnAnyPage(t *testing.T) {
	dir := builtSite(t)
	for _, page := range pages(t, dir) {
		if err := mended(pageFile(t, dir, page)); err != nil {
			t.Errorf("%s: %v", page, err)
		}
	}
	for _, broken := range []string{"<p><div></div></p>", "<ul><li>a<li>b</ul>", "<table><tr><td></td></tr></table>", "<b><i></b></i>", "<p>"} {
		if mended([]byte("<!DOCTYPE html><html><head></head><body>"+broken+"</body></html>")) == nil {
			t.Errorf("%s passes", broken)
		}
	}
}

func pageFile(t *testing.T, dir, page string) []byte {
	t.Helper()
	if strings.HasSuffix(page, "/") {
		page += "index.html"
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// pointers are the attributes that name something to fetch or to go to.
var pointers = []string{"href", "src", "srcset", "data-src", "data-chart", "poster", "action", "longdesc", "cite", "content"}

// naming are the attributes that name an element of the page by its id.
var naming = []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list"}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	dir := builtSite(t)
	ids := map[string]map[string]bool{} // by page
	docs := map[string]*html.Node{}
	for _, page := range pages(t, dir) {
		doc, err := html.Parse(bytes.NewReader(pageFile(t, dir, page)))
		if err != nil {
			t.Fatal(err)
		}
		docs[page], ids[page] = doc, map[string]bool{"": true}
		for n := range doc.Descendants() {
			if id := attribute(n, "id"); id != "" {
				ids[page][id] = true
			}
		}
	}
	links := 0
	for page, doc := range docs {
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if slices.Contains(naming, a.Key) {
					for id := range strings.FieldsSeq(a.Val) {
						if !ids[page][id] {
							t.Errorf("%s: %s=%q names no element", page, a.Key, id)
						}
					}
				}
				if !slices.Contains(pointers, a.Key) || a.Key == "content" && !strings.HasPrefix(a.Val, address) {
					continue
				}
				links++
				if fault := leads(dir, page, a.Val, ids); fault != "" {
					t.Errorf("%s: %s=%q %s", page, a.Key, a.Val, fault)
				}
			}
		}
	}
	if links < 5_000 {
		t.Errorf("only %d links looked at", links)
	}
}

// address is where the real site stands.
const address = "https://ccpcr.example.org/"

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// leads says what is wrong with a link of a page, or nothing. Links to other sites are not followed.
func leads(dir, page, link string, ids map[string]map[string]bool) string {
	link = strings.Replace(link, address, "/", 1)
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme == "mailto" || u.Scheme == "tel" || u.Scheme == "https":
		return ""
	case u.Scheme != "" || u.Host != "":
		return "is not an address of this site, nor https"
	}
	to := u.Path
	if to == "" {
		to = page
	} else if !strings.HasPrefix(to, "/") {
		to = path.Join(path.Dir(page+"x"), to) + map[bool]string{true: "/"}[strings.HasSuffix(to, "/")]
	}
	if known, ok := ids[to]; ok {
		if !known[u.Fragment] {
			return "names no element of " + to
		}
		return ""
	}
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(to)))
	if err != nil || info.IsDir() {
		return "leads nowhere"
	}
	return ""
}

func TestALinkThatLeadsNowhereIsFound(t *testing.T) {
	dir := builtSite(t)
	ids := map[string]map[string]bool{"/": {"": true, "main": true}, "/data/": {"": true}}
	for link, good := range map[string]bool{
		"#main": true, "#other": false, "/data/": true, "/data": false, "data/": true, "./data/": true, "../x": false, "/nowhere/": false,
		"/data/latest/datapackage.json": true, "javascript:1": false, "//host/x": false, "https://example.com/": true, address + "data/": true,
	} {
		if fault := leads(dir, "/", link, ids); (fault == "") != good {
			t.Errorf("%s: %q", link, fault)
		}
	}
}
