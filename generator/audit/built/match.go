package built

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func itoa(n int) string { return strconv.Itoa(n) }

// compare holds what is drawn against what shown values give: each shape and each text must be expected, and each that is expected
// must be there. What is of one sort looks alike in all drawings of a kind and size.
func (c *comparison) compare(svg *html.Node) {
	room, _ := attr(svg, "viewBox")
	if size := numbers(room); skeleton(room) != "0 0 0 0" || size[0] != 0 || size[1] != 0 || size[2] != c.Width || size[3] != c.Height {
		c.found(c.path, "built-drawing", nil, "the drawing's size %q is not that of its data", room)
	}
	for _, a := range svg.Attr {
		if a.Key != "viewBox" {
			c.same(c.path, "the attribute "+a.Key+" of drawings", a.Val)
		}
	}
	words, strokes, ok := c.strokes(svg)
	if !ok {
		return
	}
	sort := " of a drawing of the kind " + c.Kind + " " + show(c.Width)
	for _, s := range strokes {
		if len(s.breaks)+len(s.points) > 3 && s.fill == "none" && !s.ribbon {
			c.joined(s, sort)
			continue
		}
		i := slices.IndexFunc(c.marks, func(w wanted) bool { return (!w.met || s.pattern) && w.like(s) })
		if i < 0 {
			c.found(c.path, "built-drawing", nil, "the drawing has a shape from %s,%s to %s,%s that shown values do not give", show(s.left), show(s.top), show(s.right), show(s.bottom))
			return
		}
		what := c.marks[i].what
		if s.pattern {
			what = "a pattern over " + what + " in " + c.colour(c.marks[i].fill)
		} else {
			what += " in " + c.colour(c.marks[i].fill)
			c.marks[i].met = true
		}
		c.same(c.path, "the look of "+what+sort, s.how)
	}
	for _, w := range c.marks {
		if !w.met {
			c.found(c.path, "built-drawing", nil, "the drawing lacks a %s", w)
			return
		}
	}
	for _, w := range words {
		said := closeUp(w.text)
		i := slices.IndexFunc(c.said, func(s saying) bool {
			return !s.met && s.text == said && math.Abs(s.x-w.x) <= s.dx && math.Abs(s.y-w.y) <= s.dy
		})
		if i < 0 {
			c.found(c.path, "built-drawing", nil, "the drawing says %q where its table does not", w.text)
			return
		}
		c.said[i].met = true
	}
	for _, s := range c.said {
		if !s.met && s.text != "" {
			c.found(c.path, "built-drawing", nil, "the drawing does not say %q at its place", s.text)
			return
		}
	}
}

// joined takes a line of several parts to pieces: each goes from dot to dot.
func (c *comparison) joined(s stroke, sort string) {
	for i := 1; i < len(s.points); i++ {
		if slices.Contains(s.breaks, i) {
			continue
		}
		piece := stroke{points: s.points[i-1 : i+1], fill: s.fill, line: s.line}
		j := slices.IndexFunc(c.marks, func(w wanted) bool { return !w.met && w.like(piece) })
		if j < 0 {
			c.found(c.path, "built-drawing", nil, "the drawing joins what shown values do not")
			return
		}
		c.marks[j].met = true
	}
	c.same(c.path, "the look of a line in "+c.colour(s.line)+sort, s.how)
}

// like says whether a shape is what was expected: its place, and its colour where values or columns give it.
func (w wanted) like(s stroke) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) <= w.loose }
	colour := s.fill
	if s.fill == "none" {
		colour = s.line
	}
	if w.fill != "" && !s.pattern && !strings.EqualFold(colour, w.fill) {
		return false
	}
	if w.points == nil {
		return !s.ribbon && near(s.left, w.left) && near(s.top, w.top) && near(s.right, w.right) && near(s.bottom, w.bottom)
	}
	if len(s.points) != len(w.points) || s.ribbon != (w.what == "ribbon") {
		return false
	}
	for i, p := range w.points {
		if !near(p.x, s.points[i].x) || !near(p.y, s.points[i].y) {
			return false
		}
	}
	return true
}
