package built

import (
	"maps"
	"math"
	"slices"

	"github.com/ccpcr/impact/generator/ledger"
)

// slope expects a line for each row that has two numbers, from the first period to the last.
func (c *comparison) slope() {
	o := c.Option
	if len(o.Grid) != 1 || len(o.XAxis) != 1 || len(o.YAxis) != 1 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	pairs := map[string][]boxed{}
	var cells []boxed
	for _, b := range c.order() {
		pairs[b.row] = append(pairs[b.row], b)
	}
	told := func(b boxed) bool {
		p := pairs[b.row]
		return !b.whole && len(p) == 2 && p[0].value.Status() == ledger.IsNumber && p[1].value.Status() == ledger.IsNumber
	}
	for _, b := range c.order() {
		if told(b) {
			cells = append(cells, b)
		}
	}
	c.end(o.YAxis[0], c.axisOf(cells))
	c.categories(o.XAxis[0], 0, false, heads(cells, columnHead))
	grid := o.Grid[0]
	rows := heads(cells, rowHead)
	if len(o.Series) != len(rows) {
		c.wrong("the drawing's data have %d lines, its table gives %d", len(o.Series), len(rows))
		return
	}
	for k, s := range o.Series {
		want := pairs[rows[k]]
		if len(s.Data) != 2 || s.Data[0] == nil || s.Data[1] == nil {
			c.wrong("a line of the drawing's data lacks an end")
			return
		}
		var ends []point
		for i, d := range s.Data {
			label := c.shown(want[i])
			if i == 1 {
				label += want[i].row
			}
			b, ok := c.datum(d, label, want[i].row+" · "+want[i].column+c.shown(want[i]))
			if !ok {
				return
			}
			value, _ := number(d.Value)
			if n, _ := b.value.Number(); b.id != want[i].id || value != float64(n) {
				c.wrong("the drawing's data hold the value %v for %s, shown values give another", d.Value, want[i].id)
				return
			}
			p := point{grid.Left + grid.Width*float64(i), c.height(value)}
			ends = append(ends, p)
			c.marks = append(c.marks, wanted{box: dot(p, s.SymbolSize), fill: d.ItemStyle.Color, loose: exact, what: "dot"})
			c.label(d, dot(p, s.SymbolSize))
		}
		c.marks = append(c.marks, wanted{points: ends, fill: s.Data[0].ItemStyle.Color, loose: exact, what: "line"})
	}
	c.once(func(b boxed) int { return map[bool]int{true: 1}[told(b)] })
}

// farthest is where the axis of plans ends, in hundredths of a plan.
const farthest = 125.0

// dots expects plan and actual: a row for each, the plan at a hundred, what was done by its share of the plan.
func (c *comparison) dots() {
	o, cells := c.Option, c.order()
	if len(o.Grid) != 1 || len(o.XAxis) != 1 || len(o.YAxis) != 2 || len(o.Series) != 2 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	c.end(o.XAxis[0], farthest)
	grid := o.Grid[0]
	var names, said []string
	for _, b := range cells {
		t, ok := c.planOf(b.id)
		if !ok {
			c.wrong("the table has %s, for which there is no plan", b.id)
			return
		}
		names, said = append(names, b.row), append(said, c.done(b, t))
	}
	c.categories(o.YAxis[0], 0, true, names)
	c.categories(o.YAxis[1], 0, true, said)
	c.zero(0)
	joined, shares := map[string][2]point{}, map[string]float64{}
	for k, s := range o.Series {
		if len(s.Data) != len(cells) {
			c.wrong("the drawing's data have other rows than its table")
			return
		}
		for i, d := range s.Data {
			if d == nil {
				continue
			}
			b, ok := c.datum(d, "", cells[i].row+said[i])
			if !ok {
				return
			}
			t, _ := c.planOf(b.id)
			n, _ := b.value.Number()
			at, size := 100.0, s.SymbolSize
			if k == 1 {
				at = math.Min(farthest, math.Round(1000*float64(n)/float64(t.Value))/10)
			}
			value, _ := d.Value.([]any)
			if len(value) != 2 || value[0] != at || value[1] != float64(i) || b.id != cells[i].id || (d.Symbol == "triangle") != (at == farthest) {
				c.wrong("the drawing's data put %s elsewhere than plan and shown value do", d.Name)
				return
			}
			p := point{grid.Left + grid.Width*at/farthest, c.at(o.YAxis[0], i, grid.Top, grid.Height)}
			ends := joined[b.id]
			ends[k] = p
			joined[b.id], shares[b.id] = ends, at
			what := []string{"plan", "done"}[k]
			if d.Symbol != "" {
				what += " " + d.Symbol
			}
			c.marks = append(c.marks, wanted{box: dot(p, size), fill: d.ItemStyle.Color, loose: 1.2, what: what})
			if k == 1 && at != 100 { // what was done just as planned has no line
				from, to := math.Min(ends[0].x, p.x), math.Max(ends[0].x, p.x)
				if from < to { // dots in one place are not joined
					c.marks = append(c.marks, wanted{box: box{from, p.y, to, p.y}, loose: 0.2, what: "join"})
				}
			}
		}
	}
	c.once(func(b boxed) int { return 1 + map[bool]int{true: 1}[b.value.Status() == ledger.IsNumber] })
	c.joins(cells, shares)
}

// joins compares the lines between plans and what was done.
func (c *comparison) joins(cells []boxed, shares map[string]float64) {
	for _, line := range c.Option.Series[0].MarkLine.Data {
		if len(line) != 2 {
			c.wrong("a line of the drawing's data lacks an end")
			return
		}
		i := slices.IndexFunc(cells, func(b boxed) bool { return b.id == line[0].Name })
		at := shares[line[0].Name]
		if i < 0 || !slices.Equal(line[0].Coord, []float64{math.Min(at, 100), float64(i)}) || !slices.Equal(line[1].Coord, []float64{math.Max(at, 100), float64(i)}) {
			c.wrong("the drawing's data join what plan and shown value of %q do not", line[0].Name)
			return
		}
	}
}

// stub is how thick what stands for a flow without a number is.
const stub = 8.0

// flow expects a movement as a statement of the release says it: nodes and ribbons as thick as their shown values, on one scale, and a mark
// of one thickness without a ribbon for each value that is no number, or none.
func (c *comparison) flow() {
	if len(c.Option.Series) != 1 {
		c.wrong("the drawing's data are not those of its kind")
		return
	}
	s := c.Option.Series[0]
	if slices.Contains(s.Data, nil) {
		c.wrong("the drawing's data lack a node")
		return
	}
	var ids [][]string
	for _, st := range c.release.Statements {
		if st.Flow == nil || len(s.Data) == 0 {
			continue
		}
		period := periodOf(s.Data[0].Name)
		in := func(all []string) (cells []string) {
			for _, id := range all {
				cells = append(cells, id+"/"+period)
			}
			return cells
		}
		three := [][]string{in(st.Flow.In), in([]string{st.Flow.Through}), in(st.Flow.Out)}
		var names []string
		for _, d := range s.Data {
			names = append(names, d.Name)
		}
		if slices.Equal(names, slices.Concat(three...)) {
			ids = three
		}
	}
	if ids == nil {
		c.wrong("no statement of the release has the movement of the drawing's data")
		return
	}
	// A box of the drawing: along is the way of the movement, across what is as thick as values.
	tall := s.Orient == "vertical"
	along, across := c.Width-s.Left-s.Right, c.Height-s.Top-s.Bottom
	if tall {
		along, across = across, along
	}
	values, sums, stubs := map[string]float64{}, []float64{}, make([]float64, len(ids))
	for i, column := range ids {
		sum := 0.0
		for _, id := range column {
			v, _ := c.release.Value(id)
			n, _ := v.Number()
			if values[id] = float64(n); n == 0 {
				stubs[i] += stub
			}
			sum += float64(n)
		}
		if sums = append(sums, sum); sum == 0 {
			c.wrong("the drawing shows a movement of which a side has no number")
			return
		}
	}
	// Where rounded sides differ, the node between them is as thick as the larger one: a gap is left beside the other.
	thick := maps.Clone(values)
	thick[ids[1][0]] = slices.Max(sums)
	sums[1] = thick[ids[1][0]]
	scale := math.Inf(1)
	for i, column := range ids {
		scale = math.Min(scale, (across-s.NodeGap*float64(len(column)-1)-stubs[i])/sums[i])
	}
	for id, n := range values {
		if n == 0 {
			thick[id] = stub / scale
		}
	}
	turn := func(a, x float64) point {
		if tall {
			return point{s.Left + x, s.Top + a}
		}
		return point{s.Left + a, s.Top + x}
	}
	place := func(a, from, thick float64) box {
		p, q := turn(a, from), turn(a+s.NodeWidth, from+thick)
		return box{p.x, p.y, q.x, q.y}
	}
	begins := map[string]float64{}
	for depth, column := range ids {
		at := 0.0
		for _, id := range column {
			begins[id] = at
			at += thick[id]*scale + s.NodeGap
		}
		for _, id := range column {
			i := slices.IndexFunc(s.Data, func(d *datum) bool { return d.Name == id })
			d := s.Data[i]
			b := c.table[id]
			said, _ := number(d.Value)
			wrong := said != values[id]
			if values[id] == 0 {
				wrong = math.Abs(said-thick[id]) > 0.006
			}
			if _, ok := c.datum(d, b.row+c.shown(b), b.row+c.shown(b)); !ok || wrong || d.Depth != depth {
				c.wrong("the drawing's data hold the value %v for %s, shown values give %v", d.Value, id, values[id])
				return
			}
			room := place(float64(depth)*(along-s.NodeWidth)/2, begins[id], thick[id]*scale)
			m := wanted{box: room, fill: d.ItemStyle.Color, loose: 0.2, what: "node"}
			if values[id] == 0 {
				m.loose, m.what = 1.1, "mark of a flow that is "+status(b.value)+string(b.value.Status())
			}
			if b.value.Status() != ledger.Impossible {
				c.marks = append(c.marks, m)
			}
			c.label(d, room)
		}
	}
	c.ribbons(s, ids, values, begins, scale, along, turn)
}

// ribbons expects a ribbon for each part of a movement, in order.
func (c *comparison) ribbons(s series, ids [][]string, values, begins map[string]float64, scale, along float64, turn func(a, x float64) point) {
	through := ids[1][0]
	all := slices.DeleteFunc(slices.Concat(ids[0], ids[2]), func(id string) bool { return values[id] == 0 })
	if len(s.Links) != len(all) {
		c.wrong("the drawing's data have %d ribbons, expected %d", len(s.Links), len(all))
		return
	}
	step := (along - s.NodeWidth) / 2
	for side, column := range [][]string{ids[0], ids[2]} {
		at := begins[through]
		for _, id := range column {
			if values[id] == 0 {
				continue // it has no ribbon
			}
			from, to := id, through
			begin, end := begins[id], at
			if side == 1 {
				from, to, begin, end = through, id, at, begins[id]
			}
			i := slices.IndexFunc(s.Links, func(l link) bool { return l.Source == from && l.Target == to && l.Value == values[id] })
			if i < 0 {
				c.wrong("the drawing's data have no ribbon for %s that is as thick as its shown value", id)
				return
			}
			if said, b := s.Links[i].Tooltip.Formatter, c.table[id]; closeUp(said) != closeUp(b.row+c.shown(b)) {
				c.wrong("the drawing's data say %q of the ribbon for %s", said, id)
				return
			}
			thick, a := values[id]*scale, float64(side)*step
			c.marks = append(c.marks, wanted{fill: s.Links[i].LineStyle.Color, loose: 0.25, what: "ribbon", points: []point{
				turn(a+s.NodeWidth, begin), turn(a+step, end), turn(a+step, end+thick), turn(a+s.NodeWidth, begin+thick)}})
			at += thick
		}
	}
}
