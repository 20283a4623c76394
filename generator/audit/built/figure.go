package built

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/ledger"
)

// bar is a row of a drawing as the table beside it has it: its name, the cell and what stands for its value.
type bar struct {
	name, text string
	value      ledger.Value
}

// length is what a bar stands for, in units of the axis: its number, or the threshold for a small one.
func (b bar) length(rule ledger.Rule) float64 {
	if n, ok := b.value.Number(); ok {
		return float64(n)
	}
	if b.value.Status() == ledger.Small {
		return float64(rule.Threshold)
	}
	return 0
}

// figure compares what a figure says in bold, its key, its drawings and their data with its table.
func (g *page) figure(n *html.Node) {
	var table *html.Node
	var maps, legends []*html.Node
	var drawings []*html.Node
	var keys []string
	var most []string
	var rows []line
	for d := range n.Descendants() {
		class, _ := attr(d, "class")
		switch {
		case d.Type != html.ElementNode:
		case d.Data == "table":
			table = d
			rows = append(rows, lines(d)...)
		case slices.Contains(strings.Fields(class), "drawing"):
			drawings = append(drawings, d)
		case d.Data == "svg" && class == "map":
			maps = append(maps, d)
		case isKey(d):
			legends = append(legends, d)
		case d.Data == "svg" && inside(d, "map-box") && !insideKey(d):
			g.wrong("there is another drawing beside a map")
		case d.Data == "svg" && inside(d, "key"):
			g.ornament(d)
		case d.Data == "svg" && !inside(d, "drawing") && !insideKey(d):
			drawings = append(drawings, d.Parent)
		case d.Data == "li" && inside(d, "key"):
			keys = append(keys, class+" "+plain(text(d)))
		case d.Data == "b" && d.Parent.Data == "p":
			most = append(most, strings.TrimSpace(text(d)))
		}
	}
	split := slices.ContainsFunc(rows, func(row line) bool { return strings.Count(row.cells[0], "/") > 1 })
	var bars []bar
	kind := ""
	for _, row := range rows {
		id := row.cells[0]
		p, ok := g.places()[id]
		if !ok || len(row.cells) != 1 || split && strings.Count(id, "/") < 2 {
			continue // a total of what is split has no bar
		}
		v, _ := g.release.Value(id)
		kind = g.release.Indicator(p.indicator).Kind
		bars = append(bars, bar{row.head, shown(g.release, g.language, v), v})
	}
	for _, name := range most {
		g.largest(name, bars)
	}
	if len(maps) == 1 {
		g.mapBox(maps[0], n, rows)
	} else if len(maps)+len(legends) > 0 {
		g.wrong("the figure has %d maps and %d keys to maps", len(maps), len(legends))
	}
	for _, d := range drawings {
		g.drawn(d, table, bars, kind, keys)
	}
}

// drawn compares one drawing of a figure and its data.
func (g *page) drawn(drawing, table *html.Node, bars []bar, kind string, keys []string) {
	var svg *html.Node
	data := ""
	for d := range drawing.Descendants() {
		switch class, _ := attr(d, "class"); {
		case d.Data == "svg" && svg != nil:
			g.found(g.path, "built-unknown", nil, "a drawing holds two")
		case d.Data == "svg":
			svg = d
		case d.Data == "script" && class == "chart-data":
			data = text(d)
		}
	}
	var said struct{ Kind string }
	if svg == nil || table == nil {
		g.found(g.path, "built-unknown", nil, "a figure has a drawing without lines, or without a table")
		return
	}
	if json.Unmarshal([]byte(data), &said) == nil && said.Kind != "" && said.Kind != "bar" {
		g.plot(svg, data, g.boxes(table), keys)
		return
	}
	scale := g.chart(data, bars, kind)
	g.drawing(svg, bars, kind, scale)
}

// insideKey says whether an element stands in the key of a map.
func insideKey(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if isKey(p) {
			return true
		}
	}
	return false
}

// inside says whether an element stands in another one of a class.
func inside(n *html.Node, class string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if of, _ := attr(p, "class"); slices.Contains(strings.Fields(of), class) {
			return true
		}
	}
	return false
}

// largest looks at the category that a sentence calls the largest: shown values say so.
func (g *page) largest(name string, bars []bar) {
	top, places := int64(-1), []string{}
	for _, b := range bars {
		n, ok := b.value.Number()
		if ok && n > top {
			top, places = n, nil
		}
		if ok && n == top {
			places = append(places, b.name)
		}
	}
	if len(places) != 1 || plain(places[0]) != plain(name) {
		g.found(g.path, "built-order", nil, "the page calls %q the largest, shown values do not", name)
	}
}

// chart compares a drawing's data with its rows and gives the length of one unit of its axis, or 0 where there are no data.
func (g *page) chart(data string, bars []bar, kind string) (scale float64) {
	if data == "" {
		return 0
	}
	var c struct {
		Option struct {
			Grid   struct{ Width float64 }
			XAxis  struct{ Min, Max float64 }
			YAxis  struct{ Data []string }
			Series []struct {
				Name string
				Data []*struct {
					Name           string
					Value          float64
					Label, Tooltip struct{ Formatter string }
				}
				MarkLine struct {
					Data [][]struct{ Coord [2]float64 }
				}
			}
		}
	}
	var tree any
	if err := json.Unmarshal([]byte(data), &c); err != nil || json.Unmarshal([]byte(data), &tree) != nil || whole([]byte(data)) != nil {
		g.found(g.path, "built-chart", nil, "the drawing's data cannot be read")
		return 0
	}
	o := c.Option
	if end := axisEnd(bars, g.release.Rule); o.XAxis.Min != 0 || o.XAxis.Max != end {
		g.found(g.path, "built-chart", nil, "the axis goes from %v to %v, shown values make it end at %v", o.XAxis.Min, o.XAxis.Max, end)
	}
	scale = o.Grid.Width / axisEnd(bars, g.release.Rule)
	var names []string
	for _, b := range bars {
		names = append(names, plain(b.name))
	}
	for i, name := range o.YAxis.Data {
		o.YAxis.Data[i] = plain(name)
	}
	if !slices.Equal(o.YAxis.Data, names) {
		g.found(g.path, "built-chart", nil, "the drawing's data name other rows than its table, or in another order")
		return 0
	}
	drawn := make([]int, len(bars))
	for _, series := range o.Series {
		if len(series.Data) != len(bars) {
			g.found(g.path, "built-chart", nil, "the drawing's data have %d rows, its table has %d", len(series.Data), len(bars))
			return scale
		}
		for i, item := range series.Data {
			if item == nil {
				continue
			}
			drawn[i]++
			b := bars[i]
			if v, ok := g.release.Value(item.Name); !ok || v != b.value {
				g.found(g.path, "built-chart", nil, "the drawing's data name the cell %q for %q", item.Name, b.name)
			}
			if want := b.length(g.release.Rule); item.Value != want {
				g.found(g.path, "built-chart", nil, "the drawing's data hold the value %v for %q, shown values give %v", item.Value, b.name, want)
			}
			if said := plain(item.Label.Formatter); said != plain(b.text) {
				g.found(g.path, "built-chart", nil, "the drawing's data say %q for %q, its table does not", said, b.name)
			}
			if said := plain(item.Tooltip.Formatter); said != plain(b.name+" "+b.text) {
				g.found(g.path, "built-chart", nil, "the drawing's data say %q for %q, its table does not", said, b.name)
			}
			if want := (map[ledger.Status]string{ledger.IsNumber: "number", ledger.Small: "small", ledger.Withheld: "withheld"})[b.value.Status()]; want != "" && series.Name != want {
				g.found(g.path, "built-chart", nil, "the drawing's data have %q among the values that are %q", b.name, series.Name)
			}
		}
		for _, mark := range series.MarkLine.Data {
			for at, end := range mark {
				if row := int(end.Coord[1]); float64(row) != end.Coord[1] || row < 0 || row >= len(bars) || bars[row].value.Status() != ledger.Withheld {
					g.found(g.path, "built-chart", nil, "the drawing's data have a line where no value is withheld")
				}
				g.same(g.path, "end "+strconv.Itoa(at+1)+" of a line in drawings' data", near(end.Coord[0]*scale, 1))
			}
		}
	}
	for i, times := range drawn {
		if times != 1 {
			g.found(g.path, "built-chart", nil, "the drawing's data draw %q %d times", bars[i].name, times)
		}
	}
	(&comparison{page: g, plotted: plotted{Kind: "bar"}}).settings(tree, "", "", "")
	g.layout(tree, "", kind, float64(len(bars)))
	return scale
}

// axisEnd is where an axis ends that tells nothing but the largest shown value.
func axisEnd(bars []bar, rule ledger.Rule) float64 { return endOf(top(bars, rule)) }

// top is the largest shown value; a small one takes a fifth of the axis at most.
func top(bars []bar, rule ledger.Rule) float64 {
	top := float64(rule.Threshold)
	for _, b := range bars {
		n := b.length(rule)
		if b.value.Status() == ledger.Small {
			n *= 5
		}
		top = math.Max(top, n)
	}
	return top
}

// endOf is the next of 1, 2, 2.5 and 5 times a power of ten.
func endOf(top float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(top)))
	for _, step := range []float64{1, 2, 2.5, 5, 10} {
		if end := step * power; end >= top {
			return end
		}
	}
	return 10 * power
}

// layout notes what else stands in a drawing's data: it is the same in all drawings, or for each row.
func (g *page) layout(x any, where, kind string, rows float64) {
	switch x := x.(type) {
	case map[string]any:
		for key, item := range x {
			at := where + "." + key
			switch {
			case at == ".option.grid.width" || at == ".option.xAxis.max" || at == ".option.yAxis.data" || strings.HasSuffix(where, ".data") && slices.Contains([]string{"value", "formatter", "coord", "name"}, key):
			case (at == ".option.grid.height" || at == ".height") && rows > 0:
				height, _ := item.(float64)
				g.same(g.path, "the height of a row in a drawing's data", near(height/rows, 100))
			case key == "series":
				all, _ := item.([]any)
				for _, series := range all {
					called := ""
					if m, ok := series.(map[string]any); ok {
						called, _ = m["name"].(string)
					}
					if called == "number" {
						called = kind
					}
					g.layout(series, at+"("+called+")", kind, rows)
				}
			default:
				g.layout(item, at, kind, rows)
			}
		}
	case []any:
		for i, item := range x {
			at := where
			if !strings.HasSuffix(where, ".data") {
				at += "." + strconv.Itoa(i)
			}
			g.layout(item, at, kind, rows)
		}
	case nil:
	default:
		if !strings.HasSuffix(where, ".formatter") {
			g.same(g.path, where+" of drawings' data", fmt.Sprint(x))
		}
	}
}

// near writes a length so that what differs by less than a step's half is written alike, most of the time.
func near(x, steps float64) string { return fmt.Sprint(math.Round(x*steps) / steps) }
