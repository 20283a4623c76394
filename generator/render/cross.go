package render

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// cross is a table of two attributes as its drawing sees it: totals are left out.
type cross struct {
	table        *ledger.Table
	ind          *ledger.Indicator
	rows, column []string // labels
	values       [][]row  // by row, column
	totals       []row    // of the rows
}

// crossOf reads a table of two attributes.
func (v view) crossOf(t *ledger.Table, rows []row) cross {
	c := cross{table: t, ind: v.Indicator(t.Indicator)}
	for _, code := range t.Attributes[1].Codes {
		if slices.ContainsFunc(rows, func(r row) bool { return r.Codes[1] == code }) {
			c.column = append(c.column, v.label(t.Attributes[1], code))
		}
	}
	for _, r := range rows {
		at := slices.Index(t.Attributes[0].Codes, r.Codes[0])
		switch {
		case at < 0:
		case r.Codes[1] == cell.Total:
			c.rows, c.totals, c.values = append(c.rows, r.labels[0]), append(c.totals, r), append(c.values, nil)
		}
	}
	for _, r := range rows {
		for i, total := range c.totals {
			if r.Codes[0] == total.Codes[0] && r.Codes[1] != cell.Total {
				c.values[i] = append(c.values[i], r)
			}
		}
	}
	return c
}

func (c cross) all() []row { return slices.Concat(c.values...) }

// columnOf gives the values of a column.
func (c cross) columnOf(j int) []row {
	var all []row
	for _, line := range c.values {
		all = append(all, line[j])
	}
	return all
}

func (c cross) whole() bool {
	return !slices.ContainsFunc(c.values, func(line []row) bool { return len(line) != len(c.column) })
}

// numbers counts the values that are numbers.
func (c cross) numbers() int {
	n := 0
	for _, r := range c.all() {
		if r.Value.Status() == ledger.IsNumber {
			n++
		}
	}
	return n
}

// kindOf chooses the drawing of a table of two attributes by the question that it answers, unless the codebook says: who, where one
// attribute is in steps and the other has two sides; what the whole is made of; how a few groups differ; which goes with which. A
// table that suits none has no drawing.
func (v view) kindOf(c cross) string {
	kind := c.ind.Charts[strings.Join(c.table.Names(), "-")]
	n, m := len(c.column), len(c.rows)
	steps := v.List(c.table.Attributes[0].List).Ordered && n == 2 && m >= 3
	if !c.whole() || m == 0 || c.numbers() == 0 {
		return ""
	}
	fits := map[string]bool{
		"pyramid": n == 2 && m <= 12 && 2*c.numbers() >= n*m,
		"stacked": n <= 4 && m <= 8 && c.numbers() == n*m && c.table.Additive && v.segmentsFit(c),
		"grouped": n <= 3 && m <= 8,
		"heat":    n <= 10 && m <= 12,
	}
	switch {
	case kind != "" && fits[kind]:
		return kind
	case kind != "none" && steps && fits["pyramid"]:
		return "pyramid"
	case kind == "none":
		return ""
	}
	for _, kind := range []string{"stacked", "grouped", "heat"} {
		if fits[kind] && (kind == "heat" || !steps) {
			return kind
		}
	}
	return ""
}

// crossCharts draws a table of two attributes in the sizes that its kind has.
func (v view) crossCharts(c cross) ([]chart, error) {
	kind := v.kindOf(c)
	draw := map[string]func(cross, size) (chart, error){"pyramid": v.pyramid, "stacked": v.stacked, "grouped": v.grouped, "heat": v.heat}[kind]
	sizes := []size{narrow, wide}
	switch {
	case draw == nil:
		return nil, nil
	case kind == "pyramid":
		sizes = sizes[:1]
	case kind == "heat" && len(c.column) > 4:
		sizes = sizes[1:]
	}
	var all []chart
	for _, s := range sizes {
		one, err := draw(c, s)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// above is a label that stands over the bars of its row.
func above(s size, bars float64) option {
	return labelStyle(s, option{"inside": true, "margin": 5, "align": "left", "verticalAlign": "bottom", "padding": []float64{0, 0, bars/2 + 2, 0}})
}

// thick is how high a bar of a group is, and what parts it from the next.
const thick, apart = 18.0, 2.0

// grouped draws for each row a bar a column, in the same order in every row.
func (v view) grouped(c cross, s size) (chart, error) {
	n := float64(len(c.column))
	group := n*(thick+apart) - apart
	band := group + s.line() + thick
	room, end := v.room(c.all(), s), v.top(c.all())
	var series []charts.SingleSeries
	for j := range c.column {
		series = append(series, v.column(c.columnOf(j), bars{
			series: charts.SingleSeries{Stack: categories[j], BarGap: "11.11%"}, colour: categories[j], pattern: patterns[j], position: "right", width: thick}, s)...)
	}
	y := names(c.rows, 0, above(s, group))
	y["inverse"] = true
	return plot("grouped", s, band*float64(len(c.rows))+10, series, option{
		"grid": []option{box(1, 8, math.Floor(s.width-2-room), band*float64(len(c.rows)))}, "xAxis": []option{amounts(end, 0)}, "yAxis": []option{y}})
}

// stacked draws a bar a row, made of its columns: numbers only. Rounded parts need not add up to the printed whole.
func (v view) stacked(c cross, s size) (chart, error) {
	const bar = 24.0
	band := bar + s.line() + thick
	var series []charts.SingleSeries
	for j := range c.column {
		one := v.column(c.columnOf(j), bars{series: charts.SingleSeries{Stack: "all"}, colour: categories[j], pattern: patterns[j], position: "inside", width: bar}, s)
		for _, datum := range one[0].Data.([]*item) {
			datum.Label["textBorderColor"], datum.Label["textBorderWidth"] = colours["paper"], 4
			datum.Style["borderColor"], datum.Style["borderWidth"] = colours["paper"], 1
		}
		series = append(series, one...)
	}
	y := names(c.rows, 0, above(s, bar))
	y["inverse"] = true
	wholes := atRight(v.texts(c.totals), above(s, bar))
	return plot("stacked", s, band*float64(len(c.rows))+10, series, option{
		"grid": []option{box(1, 8, s.width-3, band*float64(len(c.rows)))}, "xAxis": []option{amounts(v.stackEnd(c), 0)}, "yAxis": []option{y, wholes}})
}

// stackEnd is where the axis of stacked bars ends.
func (v view) stackEnd(c cross) int64 {
	end := v.Rule.Threshold
	for _, line := range c.values {
		sum := int64(0)
		for _, r := range line {
			n, _ := r.Value.Number()
			sum += n
		}
		end = max(end, sum)
	}
	return axisEnd(end)
}

// segmentsFit says whether each number finds room in its part of a bar, in the narrow drawing too.
func (v view) segmentsFit(c cross) bool {
	scale := (narrow.width - 3) / float64(v.stackEnd(c))
	for _, r := range c.all() {
		if n, _ := r.Value.Number(); float64(n)*scale < measured(v.text(r.Value), narrow.font, "600")+6 {
			return false
		}
	}
	return true
}

// pyramid draws the first column to the left and the second to the right of the rows' names, on equal scales, the first row at the
// foot.
func (v view) pyramid(c cross, s size) (chart, error) {
	const bar, band, head = 22.0, 32.0, 24.0
	labels := []string{}
	for _, name := range c.rows {
		labels = append(labels, broken(name, 96, s.font))
	}
	middle := math.Ceil(widest(labels, s.font, "400")) + 14
	room, end := v.room(c.all(), s), v.top(c.all())
	step := max(band, float64(height(labels))*s.line()+6)
	side := math.Floor((s.width - middle - 2*room) / 2)
	high := step * float64(len(c.rows))
	left := v.column(c.columnOf(0), bars{series: charts.SingleSeries{}, colour: "c1", position: "left", width: bar}, s)
	right := v.column(c.columnOf(1), bars{series: charts.SingleSeries{XAxisIndex: 1, YAxisIndex: 1}, colour: "c2", pattern: patterns[1], position: "right", width: bar}, s)
	for i := range left {
		left[i].Stack = "left"
	}
	for i := range right {
		right[i].Stack = "right"
	}
	x0, x1 := amounts(end, 0), amounts(end, 1)
	x0["inverse"] = true
	title := func(axis option, j int, align string) option {
		axis["name"], axis["nameLocation"], axis["nameGap"] = c.column[j], "end", 8
		axis["nameTextStyle"] = option{"color": colours["ink-2"], "fontSize": s.font, "fontWeight": 600, "align": align}
		return axis
	}
	y0 := title(names(make([]string, len(c.rows)), 0, option{"show": false}), 0, "right")
	y0["position"] = "right"
	y1 := title(names(labels, 1, labelStyle(s, option{"margin": middle / 2, "align": "center"})), 1, "left")
	return plot("pyramid", s, high+head+8, append(left, right...), option{
		"grid":  []option{box(room, head, side, high), box(room+side+middle, head, side, high)},
		"xAxis": []option{x0, x1}, "yAxis": []option{y0, y1}})
}

// classes of a heat map by shown value: five equal steps up to where an axis would end. Zero and what has no number have none.
var classes = []string{"q1", "q2", "q3", "q4", "q5"}

// classOf is the class of a number on an axis that ends somewhere.
func classOf(n, end int64) string { return classes[(n*5+end-1)/end-1] }

// swatches give the boxes of a table the classes of its heat map, which has room on wide pages only.
func (v view) swatches(f *fragment, c cross) {
	numbers := map[string]int64{}
	for _, r := range c.all() {
		numbers[r.ID], _ = r.Value.Number()
	}
	for _, line := range f.Rows {
		for i := range line.Cells {
			if n := numbers[line.Cells[i].ID]; n > 0 {
				line.Cells[i].Step = classOf(n, v.top(c.all()))
			}
		}
	}
}

// heat draws a cell for each pair, darker for more, with its number.
func (v view) heat(c cross, s size) (chart, error) {
	const deep = 36.0
	end := v.top(c.all())
	rows, columns := []string{}, []string{}
	for _, name := range c.rows {
		rows = append(rows, broken(name, s.width*0.34, s.font))
	}
	left := math.Ceil(widest(rows, s.font, "400")) + 8
	step := math.Floor(math.Min(96, (s.width-left-2)/float64(len(c.column))))
	for _, name := range c.column {
		columns = append(columns, broken(name, step-4, s.font))
	}
	top := float64(height(columns))*s.line() + 10
	cellHeight := max(deep, float64(height(rows))*s.line()+4)
	var data []*item
	for i, line := range c.values {
		for j, r := range line {
			datum := v.item(r, []int{j, i, 0}, s)
			datum.Label["position"], datum.Label["formatter"] = "inside", svg.Literal(broken(v.text(r.Value), step-4, s.font))
			datum.Style = option{"color": colours["paper"], "borderColor": colours["paper"], "borderWidth": 1.5}
			switch n, ok := r.Value.Number(); {
			case ok && n > 0:
				class := classOf(n, end)
				datum.Value = []int64{int64(j), int64(i), n}
				datum.Style["color"] = colours[class]
				if class != classes[0] {
					datum.Label["color"] = colours["paper"]
				}
			case ok:
				datum.Style["borderColor"] = colours["hatch"]
			case r.Value.Status() == ledger.Small:
				datum.Style = hatched
				datum.Label["textBorderColor"], datum.Label["textBorderWidth"] = colours["paper"], 4
			case r.Value.Status() == ledger.Withheld:
				datum.Style["borderColor"], datum.Style["borderType"] = colours["hatch"], "dotted"
			case r.Value.Status() == ledger.Missing:
				datum.Style["borderColor"], datum.Style["borderType"] = colours["hatch"], "dashed"
			}
			data = append(data, datum)
		}
	}
	x := names(columns, 0, labelStyle(s, option{"margin": 6}))
	y := names(rows, 0, labelStyle(s, option{"margin": 8}))
	x["position"], y["inverse"] = "top", true
	x["axisLine"], y["axisLine"] = option{"show": false}, option{"show": false}
	high := cellHeight * float64(len(c.rows))
	return plot("heat", s, top+high+4, []charts.SingleSeries{{Name: "cells", Type: "heatmap", Data: data}}, option{
		"grid": []option{box(left, top, step*float64(len(c.column)), high)}, "xAxis": []option{x}, "yAxis": []option{y}})
}
