package built

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// stroke is a drawn shape, with the corners that its path goes through.
type stroke struct {
	box
	points  []point
	breaks  []int // points that begin a part of their own
	ribbon  bool
	fill    string
	line    string
	how     string
	pattern bool
}

// circle and arrow are how symbols are drawn before they are moved and made larger.
const (
	circle = "M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0"
	arrow  = "M0 -1L1 1L-1 1Z"
)

// strokes reads a drawing of any kind: texts, and paths of straight lines, symbols and ribbons.
func (c *comparison) strokes(svg *html.Node) (words []word, all []stroke, ok bool) {
	ok = c.ids(svg)
	unknown := func(what string) {
		c.found(c.path, "built-unknown", nil, "the drawing has %s, which cannot be measured", what)
		ok = false
	}
	var read func(n *html.Node)
	read = func(n *html.Node) {
		for e := range n.ChildNodes() {
			switch {
			case e.Type == html.CommentNode:
				c.saysIn(c.words, c.path, "a comment", e.Data)
			case e.Type == html.TextNode && strings.TrimSpace(e.Data) != "":
				unknown("a text without a place")
			}
			if e.Type != html.ElementNode {
				continue
			}
			by, how := wherePut(e)
			switch e.Data {
			case "g":
				if strings.Trim(strings.ReplaceAll(how, "clip-path=url(#", ""), "g -0123456789)") != "" || by != identity {
					unknown("a group that does more than cut")
				}
				read(e)
			case "defs":
				c.defs(e, unknown)
			case "text":
				y, _ := attr(e, "y")
				if y != "" && skeleton(y) != "0" || !simple(e) {
					unknown("something in a text")
				}
				at := by.of(point{0, first(numbers(y))})
				words = append(words, word{at.x, at.y, text(e), how})
			case "path":
				d, _ := attr(e, "d")
				s, fine := trace(d, by)
				if !fine || !simple(e) {
					unknown("a shape")
					continue
				}
				s.how = how
				s.fill, _ = attr(e, "fill")
				s.line, _ = attr(e, "stroke")
				s.pattern = strings.HasPrefix(s.fill, "url(")
				if s.line != "" && s.line != "none" && s.fill != "none" && !slices.Contains([]string{circle, arrow}, d) {
					w := 0.5
					if width, has := attr(e, "stroke-width"); has {
						w = first(numbers(width)) / 2
					}
					s.box = box{s.left - w, s.top - w, s.right + w, s.bottom + w}
				}
				all = append(all, s)
			default:
				unknown("the element " + e.Data)
			}
		}
	}
	read(svg)
	return words, all, ok
}

// defs looks at patterns, which are alike everywhere, and at what cuts: it may cut nothing of the grid.
func (c *comparison) defs(defs *html.Node, unknown func(string)) {
	for d := range defs.ChildNodes() {
		switch d.Data {
		case "pattern":
			var b bytes.Buffer
			_ = html.Render(&b, d)
			c.worded(d)
			c.same(c.path, "the patterns of drawings "+patternOf(d), anonymous(b.String()))
		case "clipPath", "clippath":
			for p := range d.ChildNodes() {
				path, _ := attr(p, "d")
				s, ok := trace(path, identity)
				ok = ok && simple(p)
				for _, grid := range c.Option.Grid {
					if !ok || s.left > grid.Left || s.top > grid.Top || s.right < grid.Left+grid.Width || s.bottom < grid.Top+grid.Height {
						unknown("something that cuts its marks")
						return
					}
				}
			}
		default:
			if strings.TrimSpace(d.Data) != "" {
				unknown("the definition " + d.Data)
			}
		}
	}
}

// patternOf tells patterns apart by their size and by how they are turned.
func patternOf(n *html.Node) string {
	width, _ := attr(n, "width")
	height, _ := attr(n, "height")
	turned, _ := attr(n, "patternTransform")
	if turned == "" {
		turned, _ = attr(n, "patterntransform")
	}
	return width + " " + height + " " + turned
}

// matrix moves, turns and stretches.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) of(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

// wherePut gives how a shape is placed, and its other attributes.
func wherePut(n *html.Node) (matrix, string) {
	by := identity
	var rest []string
	for _, a := range n.Attr {
		switch a.Key {
		case "transform":
			at := numbers(a.Val)
			switch skeleton(strings.ReplaceAll(a.Val, ",", " ")) {
			case "translate(0 0)":
				by = matrix{1, 0, 0, 1, at[0], at[1]}
			case "matrix(0 0 0 0 0 0)":
				by = matrix(at)
			default:
				rest = append(rest, a.Val)
			}
		default:
			if a.Key == "d" && n.Data == "path" || a.Key == "y" && n.Data == "text" {
				continue // looked at by who asks
			}
			rest = append(rest, anonymous(a.Key+"="+a.Val))
		}
	}
	slices.Sort(rest)
	return by, n.Data + " " + strings.Join(rest, " ")
}

// trace follows a path of straight lines and of the curves of ribbons, or knows a symbol.
func trace(d string, by matrix) (s stroke, ok bool) {
	if d == circle {
		middle, edge := by.of(point{0, 0}), by.of(point{1, 0})
		s.box = dot(middle, 2*math.Hypot(edge.x-middle.x, edge.y-middle.y))
		return s, by[0] == by[3] && by[1] == 0 && by[2] == 0
	}
	if !pathForm.MatchString(d) {
		return s, false
	}
	var at point
	add := func(p point, begins bool) {
		if begins {
			s.breaks = append(s.breaks, len(s.points))
		}
		at = p
		s.points = append(s.points, by.of(p))
	}
	curves := 0
	for _, m := range step.FindAllStringSubmatch(d, -1) {
		n := numbers(m[2])
		switch m[1] {
		case "M", "L", "m", "l":
			if len(n) == 0 || len(n)%2 != 0 {
				return s, false
			}
			for i := 0; i < len(n); i += 2 {
				p := point{n[i], n[i+1]}
				if m[1] == "m" || m[1] == "l" {
					p = point{at.x + n[i], at.y + n[i+1]}
				}
				add(p, (m[1] == "M" || m[1] == "m") && i == 0)
			}
		case "C":
			if curves++; len(n) != 6 || !between(n, at) {
				return s, false
			}
			add(point{n[4], n[5]}, false)
		case "Z", "z":
		default:
			return s, false
		}
	}
	if len(s.points) == 0 || curves != 0 && (curves != 2 || len(s.points) != 4) {
		return s, false
	}
	s.ribbon = curves == 2
	s.box = box{s.points[0].x, s.points[0].y, s.points[0].x, s.points[0].y}
	for _, p := range s.points {
		s.box = box{math.Min(s.left, p.x), math.Min(s.top, p.y), math.Max(s.right, p.x), math.Max(s.bottom, p.y)}
	}
	return s, true
}

// between says whether a curve bends only half way between its ends, along one axis, as the sides of a ribbon do.
func between(n []float64, from point) bool {
	near := func(a, b float64) bool { return math.Abs(a-b) <= exact }
	to := point{n[4], n[5]}
	x, y := (from.x+to.x)/2, (from.y+to.y)/2
	return near(n[0], x) && near(n[1], from.y) && near(n[2], x) && near(n[3], to.y) ||
		near(n[0], from.x) && near(n[1], y) && near(n[2], to.x) && near(n[3], y)
}

func first(n []float64) float64 {
	if len(n) == 0 {
		return 0
	}
	return n[0]
}
