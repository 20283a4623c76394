package built

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// plotted are the data of a drawing other than of plain bars, as far as they say or place anything.
type plotted struct {
	Kind          string
	Width, Height float64
	Palette       map[string]string
	Option        struct {
		Grid   []struct{ Left, Top, Width, Height float64 }
		XAxis  []axis
		YAxis  []axis
		Series []series
	}
}

type axis struct {
	Type      string
	Min, Max  float64
	Data      []string
	Inverse   bool
	Position  string
	Name      string
	GridIndex int
	Interval  float64
	// A pointer tells what is not said from what is false.
	BoundaryGap *bool
	AxisLine    struct{ Show *bool }
	AxisLabel   struct {
		Show       *bool
		LineHeight float64
		Inside     bool
		Padding    []float64
	}
}

type series struct {
	Name, Type, Stack      string
	XAxisIndex, YAxisIndex int
	Data                   []*datum
	Links                  []link
	BarWidth, BarMinHeight float64
	SymbolSize             float64
	ItemStyle              struct{ Color string }
	MarkLine               struct {
		LineStyle struct{ Color string }
		Data      [][]struct {
			Name  string
			X, Y  float64
			Coord []float64
			Label struct{ Formatter, Position string }
		}
	}
	Orient                   string
	Left, Right, Top, Bottom float64
	NodeWidth, NodeGap       float64
}

// datum stands for a cell, which it is named after.
type datum struct {
	Name  string
	Value any
	Depth int
	Label struct {
		Show                *bool
		Formatter, Position string
		Offset              []float64
		LineHeight          float64
	}
	Tooltip   struct{ Formatter string }
	ItemStyle struct{ Color, BorderColor string }
	Symbol    string
}

type link struct {
	Source, Target string
	Value          float64
	LineStyle      struct{ Color string }
	Tooltip        struct{ Formatter string }
}

// boxed is a cell of a table and where it stands there.
type boxed struct {
	id, row, column string
	line, at        int // numbers of its row and column
	value           ledger.Value
	whole           bool // a total of something that the table splits
}

// boxes reads the cells of a figure's table.
func (g *page) boxes(table *html.Node) (all []boxed) {
	var heads []string
	line, most := -1, 0
	for tr := range table.Descendants() {
		if tr.Data != "tr" {
			continue
		}
		row, at, named := "", 0, false
		for box := range tr.ChildNodes() {
			switch {
			case box.Data == "th" && tr.Parent.Data == "thead":
				heads = append(heads, text(box))
			case box.Data == "th":
				row = text(box)
			case box.Data == "td":
				at++
				id := firstCell(box)
				if id == "" || at >= len(heads) {
					continue
				}
				if !named {
					line, named = line+1, true
				}
				v, _ := g.release.Value(id)
				all = append(all, boxed{id: id, row: row, column: heads[at], line: line, at: at - 1, value: v})
				most = max(most, strings.Count(id, "="))
			}
		}
	}
	for i := range all {
		all[i].whole = strings.Count(all[i].id, "=") < most
	}
	return all
}

// close writes a text without any space, for drawings break their words.
func closeUp(text string) string { return strings.ReplaceAll(plain(text), " ", "") }

// plot compares a drawing with its data, and these with the table beside it: each datum is named after the cell that it stands for and
// says what the release shows for it; each mark stands where its data put it; nothing else is drawn.
func (g *page) plot(svg *html.Node, data string, table []boxed, keys []string) {
	var p plotted
	var tree any
	if err := json.Unmarshal([]byte(data), &p); err != nil || json.Unmarshal([]byte(data), &tree) != nil || whole([]byte(data)) != nil {
		g.found(g.path, "built-chart", nil, "the drawing's data cannot be read")
		return
	}
	c := &comparison{page: g, plotted: p, table: map[string]boxed{}, drawn: map[string]int{}, keys: keys}
	for _, b := range table {
		c.table[b.id] = b
	}
	check := map[string]func(){
		"grouped": c.bars, "stacked": c.bars, "pyramid": c.bars, "heat": c.heat, "line": c.line, "slope": c.slope, "dots": c.dots, "flow": c.flow,
		"group": c.group,
	}[p.Kind]
	if check == nil {
		g.found(g.path, "built-unknown", nil, "the drawing is of the kind %q, which is not known", p.Kind)
		return
	}
	if c.settings(tree, "", "", ""); c.failed {
		return
	}
	if check(); c.failed {
		return
	}
	c.compare(svg)
}

// comparison is one drawing's.
type comparison struct {
	*page
	plotted
	table  map[string]boxed
	drawn  map[string]int
	keys   []string
	failed bool

	marks []wanted
	said  []saying
}

// wanted is a mark that shown values give.
type wanted struct {
	box
	points []point // of a line or a ribbon, in place of the room
	fill   string  // colour of its inside or, of a line, of itself
	loose  float64 // how far it may be off
	what   string
	met    bool
}

type point struct{ x, y float64 }

// saying is a line of text and where it stands.
type saying struct {
	text         string
	x, y         float64
	dx, dy       float64 // how far it may be off
	met          bool
	of           string
	unknownPlace bool
}

func (c *comparison) wrong(format string, args ...any) {
	c.failed = true
	c.found(c.path, "built-chart", nil, format, args...)
}

// datum checks what a datum says of the cell that it is named after.
func (c *comparison) datum(d *datum, label, tooltip string) (b boxed, ok bool) {
	b, ok = c.table[d.Name]
	if !ok {
		c.wrong("the drawing's data name the cell %q, which is not in its table", d.Name)
		return b, false
	}
	c.drawn[d.Name]++
	if said := d.Label.Formatter; said != "" && closeUp(said) != closeUp(label) {
		c.wrong("the drawing's data say %q for %s, its table does not", said, d.Name)
	}
	if said := d.Tooltip.Formatter; closeUp(said) != closeUp(tooltip) {
		c.wrong("the drawing's data say %q for %s, its table does not", said, d.Name)
	}
	return b, !c.failed
}

func (c *comparison) shown(b boxed) string { return shown(c.release, c.language, b.value) }

// once finds cells that are drawn more or less than once.
func (c *comparison) once(want func(b boxed) int) {
	for id, b := range c.table {
		if n := c.drawn[id]; n != want(b) {
			c.wrong("the drawing's data draw %s %d times, expected %d", id, n, want(b))
			return
		}
	}
}

// label expects the lines of a datum's label beside its mark.
func (c *comparison) label(d *datum, b box) {
	if d.Label.Show != nil && !*d.Label.Show || d.Label.Formatter == "" {
		return
	}
	x, y := (b.left+b.right)/2, (b.top+b.bottom)/2
	line := d.Label.LineHeight
	all := strings.Split(d.Label.Formatter, "\n")
	first := -line * float64(len(all)-1) / 2
	switch d.Label.Position {
	case "right":
		x = b.right + 5
	case "left":
		x = b.left - 5
	case "top":
		y, first = b.top-5, line/2-line*float64(len(all))
	case "bottom":
		y, first = b.bottom+5, line/2
	}
	if len(d.Label.Offset) == 2 {
		x, y = x+d.Label.Offset[0], y+d.Label.Offset[1]
	}
	for i, text := range all {
		c.said = append(c.said, saying{text: closeUp(text), x: x, y: y + first + line*float64(i), dx: 1.5, dy: 1.5})
	}
}

// colour gives the custom property of a colour, without dashes.
func (c *comparison) colour(hex string) string { return strings.TrimPrefix(c.Palette[hex], "--") }

// categories expects the texts of an axis of categories and compares them with what it must say; an empty one says nothing.
func (c *comparison) categories(a axis, grid int, upright bool, want []string) {
	if len(a.Data) != len(want) {
		c.wrong("an axis of the drawing has %d names, its table gives %d", len(a.Data), len(want))
		return
	}
	o := c.Option.Grid[grid]
	for i, said := range a.Data {
		if said == "" {
			continue
		}
		if closeUp(said) != closeUp(want[i]) {
			c.wrong("an axis of the drawing says %q, its table %q", said, want[i])
			return
		}
		lines := strings.Split(said, "\n")
		for _, line := range lines {
			s := saying{text: closeUp(line), dx: 1.5, dy: 3 + a.AxisLabel.LineHeight*float64(len(lines))/2}
			if upright {
				s.y, s.dx = c.at(a, i, o.Top, o.Height), c.Width
				if a.AxisLabel.Inside && len(a.AxisLabel.Padding) == 4 {
					s.y -= a.AxisLabel.Padding[2] + a.AxisLabel.LineHeight/2
				}
			} else {
				s.x, s.dy = c.at(a, i, o.Left, o.Width), c.Height
			}
			s.x += map[bool]float64{true: c.Width / 2}[upright]
			s.y += map[bool]float64{true: c.Height / 2}[!upright]
			c.said = append(c.said, s)
		}
	}
}

// at is the middle of a category.
func (c *comparison) at(a axis, i int, begin, length float64) float64 {
	n := float64(len(a.Data))
	at := (float64(i) + 0.5) / n
	if a.BoundaryGap != nil && !*a.BoundaryGap {
		at = float64(i) / math.Max(n-1, 1)
	}
	if upright := a.Type == "category" && slices.ContainsFunc(c.Option.YAxis, func(y axis) bool { return slices.Equal(y.Data, a.Data) && y.Position == a.Position }); upright && !a.Inverse {
		at = 1 - at
	}
	return begin + length*at
}

// number reads a datum's value.
func number(x any) (float64, bool) {
	n, ok := x.(float64)
	return n, ok
}

// end checks where an axis of amounts ends.
func (c *comparison) end(a axis, want float64) {
	if a.Min != 0 || a.Max != want {
		c.wrong("the axis goes from %v to %v, shown values make it end at %v", a.Min, a.Max, want)
	}
}

// axisOf is where an axis of shown values ends.
func (c *comparison) axisOf(values []boxed, more ...float64) float64 {
	var bars []bar
	for _, b := range values {
		bars = append(bars, bar{value: b.value})
	}
	return endOf(math.Max(top(bars, c.release.Rule), slices.Max(append(more, 0))))
}

// order gives the cells of the table that are no totals, as it has them.
func (c *comparison) order() []boxed {
	var all []boxed
	for _, b := range c.table {
		if !b.whole {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b boxed) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return a.at - b.at
	})
	return all
}

// heads gives the names of rows or columns of cells, each once.
func heads(all []boxed, of func(b boxed) string) []string {
	var names []string
	for _, b := range all {
		if !slices.Contains(names, of(b)) {
			names = append(names, of(b))
		}
	}
	return names
}

func rowHead(b boxed) string    { return b.row }
func columnHead(b boxed) string { return b.column }

// planOf is the plan for a cell.
func (s *scan) planOf(id string) (ledger.Target, bool) {
	for _, t := range s.release.Targets {
		if t.Cell == id {
			return t, true
		}
	}
	return ledger.Target{}, false
}

// done says of a plan what a drawing says.
func (c *comparison) done(b boxed, t ledger.Target) string {
	return lang.Fill(c.language.Word("done-of-planned"), map[string]string{"value": c.shown(b), "target": c.language.Int(t.Value)})
}

func show(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func (w wanted) String() string {
	return fmt.Sprintf("%s from %s,%s to %s,%s", w.what, show(w.left), show(w.top), show(w.right), show(w.bottom))
}
