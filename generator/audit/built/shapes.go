package built

import (
	"bytes"
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// shapes reads the texts and marks of a drawing. Patterns that fill marks are part of their look.
func (g *page) shapes(svg *html.Node) (words []word, marks []mark, ok bool) {
	unknown := func(what string) {
		g.found(g.path, "built-unknown", nil, "the drawing has %s, which cannot be measured", what)
		ok = false
	}
	ok = g.ids(svg)
	var read func(n *html.Node)
	read = func(n *html.Node) {
		for c := range n.ChildNodes() {
			if c.Type == html.CommentNode {
				g.saysIn(g.words, g.path, "a comment", c.Data)
			}
			if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
				unknown("a text without a place")
			}
			if c.Type != html.ElementNode {
				continue
			}
			how, at, moved := look(c)
			if !moved {
				unknown("a turned or scaled shape")
				continue
			}
			switch c.Data {
			case "g":
				g.same(g.path, "a group in drawings", how)
				read(c)
			case "defs":
				g.worded(c)
				var b bytes.Buffer
				_ = html.Render(&b, c)
				g.same(g.path, "the patterns of drawings", anonymous(b.String()))
			case "text":
				y, _ := attr(c, "y")
				dy, _ := strconv.ParseFloat(cmp.Or(y, "0"), 64)
				if !simple(c) {
					unknown("something in a text")
				}
				words = append(words, word{at[0], at[1] + dy, text(c), how})
			case "path":
				d, _ := attr(c, "d")
				b, fine := outline(d)
				if !fine || at != [2]float64{} || !simple(c) {
					unknown("a shape")
					continue
				}
				if stroke, has := attr(c, "stroke"); has && stroke != "none" {
					width, _ := attr(c, "stroke-width")
					w, _ := strconv.ParseFloat(cmp.Or(width, "1"), 64)
					if b.right-b.left > 0 && b.bottom-b.top > 0 {
						b = box{b.left - w/2, b.top - w/2, b.right + w/2, b.bottom + w/2}
					}
				}
				marks = append(marks, mark{b, how})
			default:
				unknown("the element " + c.Data)
			}
		}
	}
	read(svg)
	return words, marks, ok
}

// ownID is where a drawing names one of its patterns.
var ownID = regexp.MustCompile(`(id="?|url\(#)f-[A-Za-z0-9-]+`)

// anonymous is a text without the ids of patterns, which ids looks at.
func anonymous(text string) string { return ownID.ReplaceAllString(text, "$1") }

// ids looks at what a drawing calls its patterns: by the id of its figure, and a number of their own from 1 on.
func (g *page) ids(svg *html.Node) bool {
	figure := svg
	for class := ""; figure.Parent != nil && !slices.Contains(strings.Fields(class), "figure"); {
		figure = figure.Parent
		class, _ = attr(figure, "class")
	}
	name, _ := attr(figure, "id")
	mine := regexp.MustCompile(`^` + regexp.QuoteMeta(name) + `(?:-wide)?-([0-9]+)$`)
	seen := map[string]bool{}
	for d := range svg.Descendants() {
		for _, a := range d.Attr {
			if a.Key == "id" {
				seen[a.Val] = true
			} else if id, ok := strings.CutPrefix(a.Val, "url(#"); ok {
				seen[strings.TrimSuffix(id, ")")] = true
			}
		}
	}
	for id := range seen {
		m := mine.FindStringSubmatch(id)
		if n := 0; m != nil {
			n, _ = strconv.Atoi(m[1])
			if n >= 1 && n <= len(seen) {
				continue
			}
		}
		g.found(g.path, "built-drawing", nil, "the drawing calls a pattern %q", id)
		return false
	}
	return true
}

// look gives the attributes of a shape without its place, and how far it is moved. Nothing else may be done to it.
func look(n *html.Node) (how string, moved [2]float64, ok bool) {
	ok = true
	var rest []string
	for _, a := range n.Attr {
		switch a.Key {
		case "transform":
			at := numbers(a.Val)
			if ok = skeleton(a.Val) == "translate(0 0)"; ok {
				moved = [2]float64{at[0], at[1]}
			}
		default:
			if a.Key == "d" && n.Data == "path" {
				a.Val = skeleton(a.Val)
			}
			rest = append(rest, anonymous(a.Key+"="+a.Val))
		}
	}
	slices.Sort(rest)
	return n.Data + " " + strings.Join(rest, " "), moved, ok
}

var numberForm = regexp.MustCompile(`[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?`)

// numbers reads the numbers of an attribute.
func numbers(text string) []float64 {
	var all []float64
	for _, said := range numberForm.FindAllString(text, -1) {
		n, _ := strconv.ParseFloat(said, 64)
		all = append(all, n)
	}
	return all
}

var step = regexp.MustCompile(`([A-Za-z])([^A-Za-z]*)`)

// outline gives the room of a path of straight lines.
func outline(d string) (b box, ok bool) {
	var x, y float64
	began := false
	if !pathForm.MatchString(d) {
		return b, false
	}
	for _, m := range step.FindAllStringSubmatch(d, -1) {
		by := numbers(m[2])
		wide := map[string]int{"M": 2, "m": 2, "L": 2, "l": 2, "H": 1, "h": 1, "V": 1, "v": 1}[m[1]]
		if m[1] == "Z" || m[1] == "z" {
			continue
		}
		if wide == 0 || len(by) == 0 || len(by)%wide != 0 {
			return b, false
		}
		for i := 0; i < len(by); i += wide {
			switch m[1] {
			case "M", "L":
				x, y = by[i], by[i+1]
			case "m", "l":
				x, y = x+by[i], y+by[i+1]
			case "H":
				x = by[i]
			case "h":
				x += by[i]
			case "V":
				y = by[i]
			case "v":
				y += by[i]
			}
			if !began {
				b, began = box{x, y, x, y}, true
			}
			b = box{math.Min(b.left, x), math.Min(b.top, y), math.Max(b.right, x), math.Max(b.bottom, y)}
		}
	}
	return b, began
}
