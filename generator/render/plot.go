package render

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// option is a part of an ECharts option.
type option = map[string]any

// size is one of the two sizes that a chart is drawn in.
type size struct {
	class string // of the drawing's element: which of the two a container shows
	width float64
	font  int
}

var narrow, wide = size{"narrow", 328, 14}, size{"wide", 720, 15}

func (s size) line() float64 { return float64(s.font) + 4 }

// item is a datum of a series. It is named after the cell whose shown value it stands for.
type item struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Label   option `json:"label,omitempty"`
	Tooltip option `json:"tooltip,omitempty"`
	Style   option `json:"itemStyle,omitempty"`
	Symbol  string `json:"symbol,omitempty"`
	Turned  int    `json:"symbolRotate,omitempty"`
}

// item makes the datum of a row: what it says of itself, and to the pointer.
func (v view) item(r row, value any, s size) *item {
	text := v.text(r.Value)
	ink := "ink"
	if r.Value.Status() == ledger.Missing || r.Value.Status() == ledger.Impossible {
		ink = "ink-2"
	}
	return &item{
		Name: r.ID, Value: value,
		Label: option{"show": true, "position": "right", "formatter": svg.Literal(text), "color": colours[ink], "fontSize": s.font,
			"fontWeight": 600, "lineHeight": s.line()},
		Tooltip: option{"formatter": svg.Literal(strings.Join(r.labels, " · ") + "\n" + text)},
	}
}

// bars is how a column of values stands in a drawing of bars.
type bars struct {
	series   charts.SingleSeries // its stack and axes
	colour   string
	pattern  option // over the colour, on paper and where a reader's own colours rule
	position string // of the values, seen from the bars
	width    float64
}

// column makes the series of a column: one of numbers and, where a value has none, one of hatched stubs, one of signs and one of
// words, so that each has one look.
func (v view) column(rows []row, b bars, s size) []charts.SingleSeries {
	data := map[string][]*item{}
	for i, r := range rows {
		kind, value := "word", int64(0)
		switch n, ok := r.Value.Number(); {
		case r.ID == "":
			continue // drawn otherwise
		case ok:
			kind, value = "number", n
		case r.Value.Status() == ledger.Small:
			kind, value = "small", v.Rule.Threshold
		case r.Value.Status() == ledger.Withheld:
			kind = "withheld"
		}
		if data[kind] == nil {
			data[kind] = make([]*item, len(rows))
		}
		data[kind][i] = v.item(r, value, s)
		data[kind][i].Label["position"] = b.position
		switch kind {
		case "number":
			data[kind][i].Style = option{"color": colours[b.colour]}
			if b.pattern != nil {
				data[kind][i].Style["decal"] = b.pattern
			}
		case "small":
			data[kind][i].Style = hatched
		default:
			data[kind][i].Style = option{"color": "transparent"}
		}
	}
	var all []charts.SingleSeries
	for _, kind := range []string{"number", "small", "withheld", "word"} {
		if data[kind] == nil {
			continue
		}
		one := b.series
		one.Name, one.Type, one.Data, one.BarWidth = kind, "bar", data[kind], strconv.FormatFloat(b.width, 'f', -1, 64)
		all = append(all, one)
	}
	return all
}

// hatched is the look of small values, whatever they are drawn in.
var hatched = option{"color": colours["paper"], "borderColor": colours["hatch"], "borderWidth": 1, "decal": option{"symbol": "rect",
	"color": colours["hatch"], "dashArrayX": []int{1, 0}, "dashArrayY": []int{1, 3}, "rotation": -math.Pi / 4}}

// patterns cut categories out of their colours on paper: none, lines, upright lines, dots.
var patterns = []option{
	nil,
	{"symbol": "rect", "color": colours["paper"], "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}},
	{"symbol": "rect", "color": colours["paper"], "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}, "rotation": math.Pi / 2},
	{"symbol": "circle", "color": colours["paper"], "dashArrayX": [][]int{{4, 4}}, "dashArrayY": []int{4, 4}, "symbolSize": 0.7},
}

// categories are the colours of columns, in their order.
var categories = []string{"c1", "c2", "c3", "c4"}

// plot makes a chart of go-echarts' series and a layout.
func plot(kind string, s size, height float64, series []charts.SingleSeries, layout option) (chart, error) {
	made, err := json.Marshal(series)
	if err != nil {
		return chart{}, err
	}
	var all []option
	if err := json.Unmarshal(made, &all); err != nil {
		return chart{}, err
	}
	for _, one := range all {
		if one["type"] == "line" {
			one["clip"] = false
		}
		if one["barWidth"] != nil {
			one["barWidth"], _ = strconv.ParseFloat(one["barWidth"].(string), 64)
			if one["name"] == "small" {
				one["barMinHeight"] = 12
			}
		}
	}
	layout["series"] = all
	data, err := json.Marshal(layout)
	return chart{Kind: kind, Option: data, Width: int(s.width), Height: int(math.Ceil(height)), Palette: used(data), class: s.class}, err
}

// patch changes the series of a chart as data, where go-echarts' types cannot say a thing.
func (c *chart) patch(change func(series []any)) error {
	var made option
	if err := json.Unmarshal(c.Option, &made); err != nil {
		return err
	}
	change(made["series"].([]any))
	data, err := json.Marshal(made)
	c.Option, c.Palette = data, used(data)
	return err
}

// used gives for each colour of an option its custom property.
func used(option []byte) map[string]string {
	m := map[string]string{}
	for hex, property := range palette("--") {
		if strings.Contains(string(option), `"`+hex+`"`) {
			m[hex] = property
		}
	}
	return m
}

// box is a grid of a drawing: where its axes span.
func box(left, top, width, height float64) option {
	return option{"left": left, "top": top, "width": width, "height": height, "outerBoundsMode": "none"}
}

// amounts is an axis of amounts from zero on. Nothing of it is drawn: each value says its number.
func amounts(end int64, grid int) option {
	return option{"type": "value", "min": 0, "max": end, "show": false, "gridIndex": grid}
}

// names is an axis of categories with a line where amounts begin.
func names(labels []string, grid int, label option) option {
	return option{"type": "category", "data": labels, "gridIndex": grid, "axisTick": option{"show": false},
		"axisLine":  option{"show": true, "onZero": true, "lineStyle": option{"color": colours["ink-3"], "width": 1.5}},
		"axisLabel": label}
}

// atRight is an axis of texts at the right end of rows.
func atRight(texts []string, label option) option {
	label["align"], label["fontWeight"], label["color"] = "right", 600, colours["ink"]
	axis := names(texts, 0, label)
	axis["position"], axis["inverse"], axis["axisLine"] = "right", true, option{"show": false}
	return axis
}

func labelStyle(s size, more option) option {
	all := option{"interval": 0, "color": colours["ink-2"], "fontSize": s.font, "lineHeight": s.line()}
	for key, value := range more {
		all[key] = value
	}
	return all
}

// smallShare is the part of an axis that the stub of a small value takes at most: its length tells nothing, and should not look as if.
const smallShare = 5

// top is where the axis of some rows ends.
func (v view) top(rows []row, more ...int64) int64 {
	end := v.Rule.Threshold
	for _, r := range rows {
		n, _ := r.Value.Number()
		if r.Value.Status() == ledger.Small {
			n = smallShare * v.Rule.Threshold
		}
		end = max(end, n)
	}
	for _, n := range more {
		end = max(end, n)
	}
	return axisEnd(end)
}

// room is what the longest value needs beside its mark.
func (v view) room(rows []row, s size) float64 {
	var texts []string
	for _, r := range rows {
		texts = append(texts, v.text(r.Value))
	}
	return math.Ceil(widest(texts, s.font, "600")) + 8
}

func itoa(n int) string { return strconv.Itoa(n) }
