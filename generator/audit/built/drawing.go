package built

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/ledger"
)

// box is the room that a mark takes, its outline included.
type box struct{ left, top, right, bottom float64 }

// word is a text of a drawing and where it begins.
type word struct {
	x, y float64
	text string
	how  string
}

// mark is a drawn shape.
type mark struct {
	box
	how string // its attributes without its place
}

// exact is how far a drawn length may be from the one that shown values give: drawings are written to a tenth.
const exact = 0.11

// drawing measures the drawing of a bar chart: rows in the table's order, each a name, its value and a bar below it. A bar that
// stands for a number is as long as the number, counted by the axis of the drawing's data or, where there are none, by the
// longest bar. Those for small values are as long as the threshold or, where that would be too short to see, of one length in
// all drawings; lines for withheld ones as well. Nothing else is drawn but the axis.
func (g *page) drawing(svg *html.Node, bars []bar, kind string, scale float64) {
	words, marks, ok := g.shapes(svg)
	if !ok {
		return
	}
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.y, b.y) })
	if len(words) != 2*len(bars) {
		g.found(g.path, "built-drawing", nil, "the drawing has %d texts, its table gives %d", len(words), 2*len(bars))
		return
	}
	var axis *mark
	var rest []mark
	for i, m := range marks {
		if axis == nil && m.right-m.left < 3 && (len(bars) == 0 || m.top <= words[1].y && m.bottom >= words[len(words)-1].y && m.bottom-m.top > 30) {
			axis = &marks[i]
			continue
		}
		rest = append(rest, m)
	}
	if axis == nil {
		g.found(g.path, "built-drawing", nil, "the drawing has no axis that its bars begin at")
		return
	}
	zero := (axis.left + axis.right) / 2
	if scale == 0 {
		scale = ownScale(bars, words, rest, zero)
	}
	for i, b := range bars {
		if name, value := words[2*i], words[2*i+1]; plain(name.text) != plain(b.name) || plain(value.text) != plain(b.text) {
			g.found(g.path, "built-drawing", nil, "the drawing says %q and %q in row %d, its table %q and %q", name.text, value.text, i+1, b.name, b.text)
			return
		}
	}
	for i, b := range bars {
		name, value := words[2*i], words[2*i+1]
		if i > 0 {
			g.same(g.path, "the step from row to row of a drawing", near(value.y-words[2*i-1].y, 5))
		}
		g.same(g.path, "the place of a name in a drawing", near(name.x-zero, 5)+" "+near(value.y-name.y, 5))
		g.same(g.path, "the look of a name in a drawing", name.how)
		g.same(g.path, "the look of a value that is "+string(b.value.Status()), value.how)
		var own []mark
		own, rest = inRow(rest, value.y)
		end := g.bar(b, kind, own, zero, scale)
		g.same(g.path, "the room between a bar and its value", near(value.x-end, 2))
	}
	if len(rest) > 0 {
		g.found(g.path, "built-drawing", nil, "the drawing has a shape that belongs to no row of its table")
	}
	g.frame(svg, axis, len(bars))
}

// frame looks at what holds a drawing: its size and its axis are the same for each row.
func (g *page) frame(svg *html.Node, axis *mark, rows int) {
	room, _ := attr(svg, "viewBox")
	size := numbers(room)
	if rows == 0 || skeleton(room) != "0 0 0 0" {
		g.found(g.path, "built-drawing", nil, "the drawing's size %q cannot be read", room)
		return
	}
	g.same(g.path, "the size of drawings", near(size[0], 10)+" "+near(size[1], 10)+" "+near(size[2], 10)+" "+near(size[3]/float64(rows), 10))
	g.same(g.path, "the axis of drawings", axis.how+" "+near(axis.left, 10)+" "+near(axis.right, 10)+" "+near(axis.top, 10)+" "+near((axis.bottom-axis.top)/float64(rows), 2))
	how := ""
	for _, a := range svg.Attr {
		if a.Key != "viewBox" {
			how += a.Key + "=" + a.Val + " "
		}
	}
	g.same(g.path, "the attributes of drawings", how)
}

// inRow parts the marks that cross a height from the others.
func inRow(marks []mark, y float64) (own, rest []mark) {
	for _, m := range marks {
		if m.top <= y && y <= m.bottom {
			own = append(own, m)
		} else {
			rest = append(rest, m)
		}
	}
	return own, rest
}

// ownScale takes the longest number's bar as true.
func ownScale(bars []bar, words []word, marks []mark, zero float64) float64 {
	top, scale := int64(0), 0.0
	for i, b := range bars {
		own, _ := inRow(marks, words[2*i+1].y)
		if n, ok := b.value.Number(); ok && n > top && len(own) > 0 {
			top, scale = n, (own[0].right-zero)/float64(n)
		}
	}
	return scale
}

// bar measures what is drawn in a row and gives where it ends.
func (g *page) bar(b bar, kind string, marks []mark, zero, scale float64) (end float64) {
	end = zero
	for i, m := range marks {
		end = math.Max(end, m.right)
		if math.Abs(m.left-zero) > exact {
			g.found(g.path, "built-drawing", nil, "the bar of %q does not begin at the axis", b.name)
		}
		if i > 0 && math.Abs(m.right-marks[0].right) > exact {
			g.found(g.path, "built-drawing", nil, "what is drawn for %q has two lengths", b.name)
		}
		look := string(b.value.Status())
		if look == "" {
			look = kind
		}
		g.same(g.path, "the look of shape "+strconv.Itoa(i+1)+" of a bar that is "+look, m.how+" "+near(m.bottom-m.top, 5))
	}
	drawn, want := end-zero, scale*b.length(g.release.Rule)
	status := b.value.Status()
	switch {
	case status == ledger.IsNumber || status == ledger.Small && math.Abs(drawn-want) <= exact:
		if math.Abs(drawn-want) > exact {
			g.found(g.path, "built-drawing", nil, "the bar of %q is drawn %.1f long, its shown value gives %.1f", b.name, drawn, want)
		}
	case status == ledger.Small && drawn < want:
		g.found(g.path, "built-drawing", nil, "the bar of %q is drawn %.1f long, shorter than the sign for a small value", b.name, drawn)
	case status == ledger.Small || status == ledger.Withheld:
		g.same(g.path, "the length of what stands for "+string(status)+" values", near(drawn, 1))
	case len(marks) > 0:
		g.found(g.path, "built-drawing", nil, "something is drawn for %q, which has no value", b.name)
	}
	return end
}
