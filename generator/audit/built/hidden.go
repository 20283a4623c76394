package built

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// unparsed finds what a page holds and its reader drops: attributes of end tags, words of the document's type, a second head or body.
func (g *page) unparsed(data []byte) {
	once := map[string]int{"html": 0, "head": 0, "body": 0}
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.DoctypeToken:
			if !strings.EqualFold(raw, "<!doctype html>") {
				g.found(g.path, "built-unknown", nil, "the type of the document says more than that it is a page")
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); !strings.EqualFold(raw, "</"+string(name)+">") {
				g.found(g.path, "built-unknown", nil, "the end of an element says more than its name")
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if n, counted := once[string(name)]; counted {
				if once[string(name)]++; n > 0 {
					g.found(g.path, "built-unknown", nil, "the page has a second %s", name)
				}
			}
			written := len(attribute.FindAllString(raw[1+len(name):], -1))
			for more {
				_, _, more = z.TagAttr()
				written--
			}
			if written != 0 {
				g.found(g.path, "built-unknown", nil, "an element %s has an attribute twice", name)
			}
		}
	}
}

// attribute is one as pages write it.
var attribute = regexp.MustCompile(`[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?`)

// bare looks at what stands in an element whose text was compared with a figure: elements of one number have no attributes that say
// more, and no remarks.
func (g *page) bare(n *html.Node) {
	for d := range n.Descendants() {
		switch d.Type {
		case html.ElementNode:
			g.attributes(d)
			for _, a := range d.Attr {
				if a.Key == "data-cell" || a.Key == "data-shown" || plans[a.Key] != nil {
					g.found(g.path, "built-cell", nil, "an element that names a figure stands in one that names another")
				}
			}
		case html.CommentNode:
			g.saysIn(g.words, g.path, "a comment", d.Data)
		}
	}
}

// worded looks at the words of a drawing that has nothing to say: there is none with a number.
func (g *page) worded(n *html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.TextNode || d.Type == html.CommentNode {
			g.saysIn(g.words, g.path, "an ornament", d.Data)
		}
	}
}

// simple says whether a shape or text of a drawing holds nothing but text.
func simple(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type != html.TextNode || n.Data != "text" && strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}

// skeleton is a list of numbers, a path or a transformation without its numbers: shapes of one sort have the same. A number that is
// not written as short as can be stays.
func skeleton(text string) string {
	return numberForm.ReplaceAllStringFunc(text, func(said string) string {
		n, err := strconv.ParseFloat(said, 64)
		if short := strconv.FormatFloat(n, 'f', -1, 64); err != nil || short != said && short != strings.Replace(said, "-.", "-0.", 1) && short != "0"+said {
			return said
		}
		return "0"
	})
}

// pathForm is a path that says nothing beside its steps.
var pathForm = regexp.MustCompile(`^[Mm](?:[0-9.,\- ]|[A-Ya-y]|[Zz] ?(?:[Mm]|$))*$`)

// whole finds what a reader of JSON passes over: a key that stands twice in an object, and what stands behind the end.
func whole(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var value func() error
	value = func() error {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		open, _ := token.(json.Delim)
		keys := map[string]bool{}
		for open != 0 && dec.More() {
			if open == '{' {
				key, err := dec.Token()
				if err != nil {
					return err
				}
				said, _ := key.(string)
				if said = strings.ToLower(said); keys[said] {
					return errors.New("a key stands twice")
				}
				keys[said] = true
			}
			if err := value(); err != nil {
				return err
			}
		}
		if open != 0 {
			_, err = dec.Token()
		}
		return err
	}
	if err := value(); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind its end")
	}
	return nil
}
