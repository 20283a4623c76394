package built

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/ledger"
)

// status names the series that values of a status stand in.
func status(v ledger.Value) string {
	switch v.Status() {
	case ledger.IsNumber:
		return "number"
	case ledger.Small:
		return "small"
	case ledger.Withheld:
		return "withheld"
	}
	return "word"
}

// bars expects grouped and stacked bars and pyramids: a row for each row of the table, a bar or a part of one for each column.
func (c *comparison) bars() {
	cells := c.order()
	rows, columns := heads(cells, rowHead), heads(cells, columnHead)
	o := c.Option
	sides := map[bool]int{true: 2, false: 1}[c.Kind == "pyramid"]
	if len(rows) == 0 || len(o.Grid) != sides || len(o.XAxis) != sides || len(o.YAxis) < sides || c.Kind == "pyramid" && len(columns) != 2 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	end := c.axisOf(cells)
	if c.Kind == "stacked" {
		var sums []float64
		for _, row := range rows {
			sum := 0.0
			for _, b := range cells {
				if n, ok := b.value.Number(); ok && b.row == row {
					sum += float64(n)
				}
			}
			sums = append(sums, sum)
		}
		end = endOf(math.Max(float64(c.release.Rule.Threshold), slices.Max(sums)))
	}
	for i, x := range o.XAxis {
		c.end(x, end)
		want := rows
		if c.Kind == "pyramid" && o.YAxis[i].Name != "" && closeUp(o.YAxis[i].Name) != closeUp(columns[i]) {
			c.wrong("a side of the drawing is called %q, its table says %q", o.YAxis[i].Name, columns[i])
		}
		c.categories(o.YAxis[i], i, true, want)
		if c.Kind == "pyramid" {
			c.said = append(c.said, saying{text: closeUp(o.YAxis[i].Name), x: c.Width / 2, dx: c.Width, y: o.Grid[i].Top, dy: 24})
		}
		c.zero(i)
	}
	if c.Kind == "stacked" {
		var wholes []string
		for _, row := range rows {
			for _, b := range c.table {
				if b.whole && b.row == row && strings.Count(b.id, "=") > 0 {
					wholes = append(wholes, c.shown(b))
				}
			}
		}
		if len(o.YAxis) != 2 {
			c.wrong("the drawing does not print the wholes")
			return
		}
		c.categories(o.YAxis[1], 0, true, wholes)
	}
	if c.Kind != "pyramid" {
		c.key(columns)
	}
	var stacks []string
	for _, s := range o.Series {
		if !slices.Contains(stacks, s.Stack) {
			stacks = append(stacks, s.Stack)
		}
	}
	if want := map[string]int{"grouped": len(columns), "stacked": 1, "pyramid": 2}[c.Kind]; len(stacks) != want {
		c.wrong("the drawing's data have %d rows of bars, expected %d", len(stacks), want)
		return
	}
	begins := make([]float64, len(rows))
	for k, s := range o.Series {
		side := s.XAxisIndex
		if side < 0 || side >= len(o.Grid) || c.Kind == "stacked" && k >= len(columns) || len(s.Data) != len(rows) || side != s.YAxisIndex {
			c.wrong("the drawing's data have other rows than its table")
			return
		}
		grid, inverse := o.Grid[side], o.XAxis[side].Inverse
		slot := 0.0
		if c.Kind == "grouped" {
			slot = (float64(slices.Index(stacks, s.Stack)) - float64(len(stacks)-1)/2) * (s.BarWidth + 2)
		}
		for i, d := range s.Data {
			if d == nil {
				continue
			}
			b, ok := c.table[d.Name]
			column := map[string]int{"grouped": slices.Index(stacks, s.Stack), "stacked": k, "pyramid": side}[c.Kind]
			if !ok || b.row != rows[i] || b.column != columns[column] || s.Name != status(b.value) || c.Kind == "stacked" && s.Name != "number" {
				c.wrong("the drawing's data have %q in the wrong place", d.Name)
				return
			}
			if b, ok = c.datum(d, c.shown(b), b.row+" · "+b.column+c.shown(b)); !ok {
				return
			}
			value, _ := number(d.Value)
			if want := (bar{value: b.value}).length(c.release.Rule); value != want {
				c.wrong("the drawing's data hold the value %v for %s, shown values give %v", d.Value, d.Name, want)
				return
			}
			if s.Name == "number" && c.colour(d.ItemStyle.Color) != "c"+itoa(column+1) {
				c.wrong("%s is drawn in the colour of another column", d.Name)
				return
			}
			long := value / end * grid.Width
			if s.Name == "small" {
				long = math.Max(long, 12)
			}
			y := c.at(o.YAxis[side], i, grid.Top, grid.Height) + slot
			m := wanted{box: box{grid.Left, y - s.BarWidth/2, grid.Left + long, y + s.BarWidth/2}, fill: d.ItemStyle.Color, loose: exact, what: s.Name}
			if inverse {
				m.left, m.right = grid.Left+grid.Width-long, grid.Left+grid.Width
			}
			if c.Kind == "stacked" {
				m.left, m.right, m.loose = m.left+begins[i], m.right+begins[i], 0.7
				begins[i] += long
			}
			c.label(d, m.box)
			if s.Name == "small" {
				m.loose = 0.7
			}
			if s.Name == "number" && value > 0 || s.Name == "small" {
				c.marks = append(c.marks, m)
			}
		}
	}
	c.once(func(b boxed) int { return map[bool]int{false: 1}[b.whole] })
}

// key compares the key of a drawing with the columns of its table.
func (c *comparison) key(columns []string) {
	var want []string
	for i, name := range columns {
		want = append(want, "c"+itoa(i+1)+" "+plain(name))
	}
	if !slices.Equal(c.keys, want) {
		c.wrong("the key of the drawing says %q, its table gives %q", c.keys, want)
	}
}

// zero expects the line that bars of a grid begin at.
func (c *comparison) zero(i int) {
	grid := c.Option.Grid[i]
	x := grid.Left
	if c.Option.XAxis[i].Inverse {
		x += grid.Width
	}
	c.marks = append(c.marks, wanted{box: box{x, grid.Top, x, grid.Top + grid.Height}, loose: 0.7, what: "axis"})
}

// heat expects a cell for each pair, in the class of its shown value.
func (c *comparison) heat() {
	cells := c.order()
	rows, columns := heads(cells, rowHead), heads(cells, columnHead)
	o := c.Option
	if len(o.Grid) != 1 || len(o.XAxis) != 1 || len(o.YAxis) != 1 || len(o.Series) != 1 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	c.categories(o.XAxis[0], 0, false, columns)
	c.categories(o.YAxis[0], 0, true, rows)
	end, grid := c.axisOf(cells), o.Grid[0]
	for _, d := range o.Series[0].Data {
		if d == nil {
			continue
		}
		b := c.table[d.Name]
		if _, ok := c.datum(d, c.shown(b), b.row+" · "+b.column+c.shown(b)); !ok {
			return
		}
		n, counted := b.value.Number()
		class, at := "paper", [3]float64{float64(slices.Index(columns, b.column)), float64(slices.Index(rows, b.row)), 0}
		if counted && n > 0 {
			class, at[2] = "q"+itoa(int(math.Ceil(float64(n)*5/end))), float64(n)
		}
		said, _ := d.Value.([]any)
		if len(said) != 3 || said[0] != at[0] || said[1] != at[1] || said[2] != at[2] {
			c.wrong("the drawing's data put %s elsewhere, or with another value", d.Name)
			return
		}
		if c.colour(d.ItemStyle.Color) != class {
			c.wrong("%s is drawn in the class %q, its shown value gives %q", d.Name, c.colour(d.ItemStyle.Color), class)
			return
		}
		w, h := grid.Width/float64(len(columns)), grid.Height/float64(len(rows))
		m := wanted{box: box{grid.Left + at[0]*w, grid.Top + at[1]*h, grid.Left + (at[0]+1)*w, grid.Top + (at[1]+1)*h}, fill: d.ItemStyle.Color, loose: 1.5, what: "cell " + status(b.value)}
		c.marks = append(c.marks, m)
		c.label(d, m.box)
	}
	c.once(func(b boxed) int { return map[bool]int{false: 1}[b.whole] })
}

// swatch compares the class of a box of a table with that of its shown value in a heat map of the table.
func (g *page) swatch(box *html.Node, class string) {
	table := box
	for table.Parent != nil && table.Data != "table" {
		table = table.Parent
	}
	var parts []boxed
	for _, b := range g.boxes(table) {
		if !b.whole {
			parts = append(parts, b)
		}
	}
	id, want := firstCell(box), ""
	for _, b := range parts {
		if n, ok := b.value.Number(); ok && n > 0 && b.id == id {
			want = "q" + itoa(int(math.Ceil(float64(n)*5/(&comparison{page: g}).axisOf(parts))))
		}
	}
	if class != want {
		g.found(g.path, "built-cell", []string{id}, "the box of %s has the class %q, its shown value gives %q", id, class, want)
	}
}

// height gives the place of a value on the upright axis of a drawing of lines.
func (c *comparison) height(value float64) float64 {
	grid := c.Option.Grid[0]
	return grid.Top + grid.Height*(1-value/c.Option.YAxis[0].Max)
}

// dot is the room of a symbol.
func dot(p point, size float64) box {
	return box{p.x - size/2, p.y - size/2, p.x + size/2, p.y + size/2}
}

// line expects a figure over time: dots joined where neighbours have numbers, plans over their periods.
func (c *comparison) line() {
	cells := c.order()
	o := c.Option
	if len(o.Grid) != 1 || len(o.XAxis) != 1 || len(o.YAxis) != 1 || len(o.Series) == 0 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	grid := o.Grid[0]
	rows := heads(cells, rowHead)
	plans := []float64{}
	for _, b := range cells {
		if t, ok := c.planOf(b.id); ok {
			plans = append(plans, float64(t.Value))
		}
	}
	c.end(o.YAxis[0], c.axisOf(cells, plans...))
	c.categories(o.XAxis[0], 0, false, rows)
	band := grid.Width / float64(len(rows))
	if c.failed || o.YAxis[0].Interval != o.YAxis[0].Max/4 {
		c.wrong("the rules of the drawing do not part its axis in four")
		return
	}
	for at := 0.0; o.YAxis[0].Interval > 0 && at <= o.YAxis[0].Max; at += o.YAxis[0].Interval {
		y := c.height(at)
		c.marks = append(c.marks, wanted{box: box{grid.Left, y, grid.Left + grid.Width, y}, loose: 0.7, what: "rule"})
	}
	for k, s := range o.Series {
		if len(s.Data) != len(cells) || (k == 0) != (s.Type == "line") {
			c.wrong("the drawing's data have other periods than its table")
			return
		}
		var before *point
		for i, d := range s.Data {
			if d == nil {
				before = nil
				continue
			}
			b, ok := c.datum(d, c.shown(cells[i]), cells[i].row+c.shown(cells[i]))
			if !ok {
				return
			}
			value, _ := number(d.Value)
			if want := (bar{value: b.value}).length(c.release.Rule); b.id != cells[i].id || s.Name != status(b.value) || value != want {
				c.wrong("the drawing's data hold the value %v for %s, shown values give %v", d.Value, d.Name, want)
				return
			}
			p := point{grid.Left + band*(float64(i)+0.5), c.height(value)}
			room := dot(p, s.SymbolSize)
			switch {
			case k == 0:
				c.marks = append(c.marks, wanted{box: room, fill: s.ItemStyle.Color, loose: exact, what: "dot"})
				if before != nil {
					c.marks = append(c.marks, wanted{points: []point{*before, p}, fill: s.ItemStyle.Color, loose: exact, what: "line"})
				}
				before = &p
			case s.Name == "small":
				long := math.Max(grid.Top+grid.Height-p.y, 12)
				room = box{p.x - s.BarWidth/2, grid.Top + grid.Height - long, p.x + s.BarWidth/2, grid.Top + grid.Height}
				c.marks = append(c.marks, wanted{box: room, fill: d.ItemStyle.Color, loose: 0.7, what: "small"})
			default:
				room = box{p.x, grid.Top + grid.Height, p.x, grid.Top + grid.Height}
			}
			c.label(d, room)
		}
	}
	y := grid.Top + grid.Height
	c.marks = append(c.marks, wanted{box: box{grid.Left, y, grid.Left + grid.Width, y}, loose: 0.7, what: "axis"})
	c.once(func(b boxed) int { return 1 })
	c.planLines(cells, band)
}

// planLines expects a dashed line for each plan, over its period, at its height.
func (c *comparison) planLines(cells []boxed, band float64) {
	grid, first := c.Option.Grid[0], c.Option.Series[0]
	drawn := 0
	for _, ends := range first.MarkLine.Data {
		if len(ends) != 2 {
			c.wrong("a line of the drawing's data lacks an end")
			return
		}
		i := slices.IndexFunc(cells, func(b boxed) bool { return b.id == ends[0].Name })
		t, ok := c.planOf(ends[0].Name)
		if i < 0 || !ok {
			c.wrong("the drawing's data have a line where there is no plan")
			return
		}
		drawn++
		said, number := closeUp(ends[0].Label.Formatter), c.language.Int(t.Value)
		if said != closeUp(number) && said != closeUp(c.language.Word("planned")+" "+number) {
			c.wrong("the drawing's data say %q of the plan for %s", ends[0].Label.Formatter, ends[0].Name)
			return
		}
		y, from := c.height(float64(t.Value)), grid.Left+band*float64(i)
		if math.Abs(ends[0].Y-y) > exact || ends[0].Y != ends[1].Y || math.Abs(ends[0].X-from) > 0.7 || math.Abs(ends[1].X-from-band) > 0.7 {
			c.wrong("the drawing's data put the plan for %s elsewhere", ends[0].Name)
			return
		}
		c.marks = append(c.marks, wanted{box: box{from, y, from + band, y}, fill: first.MarkLine.LineStyle.Color, loose: 0.8, what: "plan"})
		c.said = append(c.said, saying{text: said, x: from + band/2, y: y, dx: band/2 + 1, dy: 16})
	}
	for _, b := range cells {
		if _, ok := c.planOf(b.id); ok {
			drawn--
		}
	}
	if drawn != 0 {
		c.wrong("the drawing's data do not have each plan once")
	}
}
