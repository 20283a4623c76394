package render

import (
	"encoding/json"
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// chart is what the drawing is made of, at build time and, when a reader reaches for it, in the browser.
type chart struct {
	Kind    string            `json:"kind"`
	Option  json.RawMessage   `json:"option"`
	Width   int               `json:"width"`
	Height  int               `json:"height"`
	Palette map[string]string `json:"palette"` // light colours that it has, to custom property

	class string // which of a figure's two drawings it is; empty where there is one
}

// Sizes of a bar chart in units of the drawing: a row holds its name above its bar.
const (
	drawingWidth = 328
	rowHeight    = 44
	barHeight    = 20
	fontSize     = 14
	lineHeight   = 18
)

// colours of drawings, in light, and the custom property (and class) that stands for each. The stylesheet turns them into
// those of dark, print and forced colours.
var colours = map[string]string{
	"paper": "#FFFFFF", "ink": "#15212B", "ink-2": "#3B4853", "ink-3": "#55636F", "hatch": "#71808C",
	"reach": "#805D00", "service": "#0270B5", "outcome": "#00422A", "money": "#3E2157", "context": "#626469", "rule": "#C9D2D9",
	"c1": "#3A65AF", "c2": "#D47D2B", "c3": "#0F3F21", "c4": "#4F9E9A",
	"q1": "#01A3A1", "q2": "#008199", "q3": "#006287", "q4": "#004073", "q5": "#011D4C",
}

// palette gives for each light colour its custom property; classes the same without dashes.
func palette(dashes string) map[string]string {
	m := map[string]string{}
	for name, hex := range colours {
		m[hex] = dashes + name
	}
	return m
}

// barChart draws the rows of a table. Lengths, order and the end of the axis are functions of shown values: a small value is
// a hatched stub of one length for all, a withheld one a dotted line, a missing one its word.
func (v view) barChart(ind *ledger.Indicator, rows []row) (chart, error) {
	var names []string
	numbers, small, withheld, words := items(rows), items(rows), items(rows), items(rows)
	var dotted []any // the lines of withheld values, from zero on
	top, room := v.top(rows), 0.0
	for _, r := range rows {
		room = max(room, svg.Width(v.text(r.Value), "600 14px sans-serif"))
	}
	width := math.Floor(drawingWidth - 1 - room - 8)
	for i, r := range rows {
		names = append(names, r.labels[0])
		item := opts.BarData{
			Name:    r.ID,
			Label:   &opts.Label{Show: opts.Bool(true), Formatter: svg.Literal(v.text(r.Value))},
			Tooltip: &opts.Tooltip{Formatter: types.FuncStr(svg.Literal(r.labels[0] + "\n" + v.text(r.Value)))},
			Value:   0,
		}
		switch n, ok := r.Value.Number(); {
		case ok:
			item.Value = n
			numbers[i] = item
		case r.Value.Status() == ledger.Small:
			item.Value = v.Rule.Threshold
			small[i] = item
		case r.Value.Status() == ledger.Withheld:
			withheld[i] = item
			end := math.Round(24*float64(top)/width*100) / 100
			dotted = append(dotted, []any{map[string]any{"coord": []any{0, i}}, map[string]any{"coord": []any{end, i}}})
		default:
			words[i] = item
		}
	}
	bar := charts.NewBar()
	bar.SetXAxis(names).XYReversal()
	label := func(ink string) charts.SeriesOpts {
		return charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right", Color: colours[ink], FontSize: fontSize, LineHeight: lineHeight})
	}
	shape := charts.WithBarChartOpts(opts.BarChart{BarGap: "-100%"})
	add := func(name string, data []opts.BarData, colour, ink string) {
		bar.AddSeries(name, data, label(ink), shape, charts.WithItemStyleOpts(opts.ItemStyle{Color: colour}))
	}
	add("number", numbers, colours[ind.Kind], "ink")
	add("small", small, colours["paper"], "ink")
	add("withheld", withheld, "transparent", "ink")
	add("word", words, "transparent", "ink-2")
	option, err := finish(bar, top, width, len(rows), dotted)
	return chart{Kind: "bar", Option: option, Width: drawingWidth, Height: rowHeight * len(rows), Palette: used(option)}, err
}

// items makes a series in which every row is empty: as JSON null, for only one series has a bar in a row.
func items(rows []row) []opts.BarData { return make([]opts.BarData, len(rows)) }

// axisEnd is the next of 1, 2, 2.5 and 5 times a power of ten at or above the largest shown value.
func axisEnd(n int64) int64 {
	for power := int64(10); ; power *= 10 {
		for _, step := range []int64{power, 2 * power, 5 * power / 2, 5 * power} {
			if step >= n {
				return step
			}
		}
	}
}

// finish takes go-echarts' option as data and adds what its types cannot say: hatching, least lengths, exact places.
func finish(bar *charts.Bar, top int64, width float64, rows int, dotted []any) (json.RawMessage, error) {
	bar.Validate()
	made, err := json.Marshal(bar.JSON())
	if err != nil {
		return nil, err
	}
	var option map[string]any
	if err := json.Unmarshal(made, &option); err != nil {
		return nil, err
	}
	for _, unused := range []string{"legend", "title", "toolbox", "tooltip", "color"} {
		delete(option, unused)
	}
	option["grid"] = map[string]any{"left": 1, "top": 10, "width": width, "height": rowHeight * rows, "outerBoundsMode": "none"}
	option["xAxis"] = map[string]any{"type": "value", "min": 0, "max": top, "show": false}
	y := option["yAxis"].([]any)[0].(map[string]any)
	option["yAxis"] = map[string]any{
		"type": "category", "inverse": true, "data": y["data"],
		"axisLine": map[string]any{"show": true, "onZero": true, "lineStyle": map[string]any{"color": colours["ink-3"], "width": 1.5}},
		"axisTick": map[string]any{"show": false},
		"axisLabel": map[string]any{"inside": true, "margin": 5, "interval": 0, "align": "left", "verticalAlign": "bottom",
			"padding": []int{0, 0, 12, 0}, "color": colours["ink-2"], "fontSize": fontSize, "lineHeight": lineHeight},
	}
	var used []any
	for _, s := range option["series"].([]any) {
		series := s.(map[string]any)
		series["barWidth"] = barHeight
		series["label"].(map[string]any)["fontWeight"] = 600
		data := series["data"].([]any)
		empty := true
		for i, item := range data {
			if len(item.(map[string]any)) == 0 {
				data[i] = nil
			} else {
				empty = false
			}
		}
		if empty {
			continue
		}
		used = append(used, series)
		switch series["name"] {
		case "small":
			series["barMinHeight"] = 12
			series["itemStyle"] = map[string]any{"color": colours["paper"], "borderColor": colours["hatch"], "borderWidth": 1,
				"decal": map[string]any{"symbol": "rect", "color": colours["hatch"], "dashArrayX": []int{1, 0}, "dashArrayY": []int{1, 3}, "rotation": -math.Pi / 4}}
		case "withheld":
			series["barMinHeight"] = 24
			if dotted != nil {
				series["markLine"] = map[string]any{"silent": true, "symbol": "none", "label": map[string]any{"show": false},
					"lineStyle": map[string]any{"type": []int{2, 3}, "width": 2, "color": colours["hatch"]}, "data": dotted}
			}
		}
	}
	option["series"] = used
	return json.Marshal(option)
}
