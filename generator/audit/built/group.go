package built

import (
	"math"
	"slices"
	"strings"
)

// group expects indicators side by side as bars: a row for each row of the table, with the whole that stands first in it, in the colour of
// the indicator's kind.
func (c *comparison) group() {
	var cells []boxed
	for _, b := range c.table {
		if b.at == 0 {
			cells = append(cells, b)
		}
	}
	slices.SortFunc(cells, func(a, b boxed) int { return a.line - b.line })
	rows, o := heads(cells, rowHead), c.Option
	if len(rows) == 0 || len(rows) != len(cells) || len(o.Grid) != 1 || len(o.XAxis) != 1 || len(o.YAxis) != 1 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	kinds := make([]string, len(cells))
	for i, b := range cells {
		if kinds[i] = c.release.Indicator(c.places()[b.id].indicator).Kind; strings.Contains(b.id, "=") {
			c.wrong("the drawing shows %s among wholes", b.id)
			return
		}
	}
	end, grid := c.axisOf(cells), o.Grid[0]
	c.end(o.XAxis[0], end)
	c.categories(o.YAxis[0], 0, true, rows)
	c.zero(0)
	c.kinds(kinds)
	for _, s := range o.Series {
		if len(s.Data) != len(rows) || s.Stack != "all" || o.XAxis[0].Inverse {
			c.wrong("the drawing's data have other rows than its table")
			return
		}
		for i, d := range s.Data {
			if d == nil {
				continue
			}
			b, ok := c.datum(d, c.shown(cells[i]), rows[i]+c.shown(cells[i]))
			if !ok {
				return
			}
			value, _ := number(d.Value)
			want := (bar{value: b.value}).length(c.release.Rule)
			switch {
			case b.id != cells[i].id || s.Name != status(b.value):
				c.wrong("the drawing's data have %q in the wrong place", d.Name)
				return
			case value != want:
				c.wrong("the drawing's data hold the value %v for %s, shown values give %v", d.Value, d.Name, want)
				return
			case s.Name == "number" && c.colour(d.ItemStyle.Color) != kinds[i]:
				c.wrong("%s is drawn in the colour of another kind", d.Name)
				return
			}
			long, loose := value/end*grid.Width, exact
			if s.Name == "small" {
				long, loose = math.Max(long, 12), 0.7
			}
			y := c.at(o.YAxis[0], i, grid.Top, grid.Height)
			room := box{grid.Left, y - s.BarWidth/2, grid.Left + long, y + s.BarWidth/2}
			c.label(d, room)
			if long > 0 {
				c.marks = append(c.marks, wanted{box: room, fill: d.ItemStyle.Color, loose: loose, what: s.Name})
			}
		}
	}
	c.once(func(b boxed) int { return map[bool]int{true: 1}[b.at == 0] })
}

// kinds compares the key of a drawing with the kinds that it shows: where there is one kind, there is no key.
func (c *comparison) kinds(shown []string) {
	var want []string
	for _, kind := range []string{"reach", "service", "outcome", "money", "context"} {
		if slices.Contains(shown, kind) {
			want = append(want, kind+" "+plain(c.language.Word("kind-"+kind)))
		}
	}
	if len(want) == 1 {
		want = nil
	}
	if !slices.Equal(c.keys, want) {
		c.wrong("the key of the drawing says %q, its table gives %q", c.keys, want)
	}
}
