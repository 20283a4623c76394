package render

import (
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/ccpcr/impact/generator/ledger"
)

// kinds of figures in the order that they stand in everywhere.
var kinds = []string{"reach", "service", "outcome", "money", "context"}

// kindPattern cuts the bars of a kind out of their colour where a drawing has bars of several.
var kindPattern = map[string]option{
	"reach": patterns[2], "outcome": patterns[1], "money": patterns[3],
	"context": {"symbol": "rect", "color": colours["paper"], "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}, "rotation": math.Pi / 4},
}

// member is an indicator of a group with its whole.
type member struct {
	row
	ind *ledger.Indicator
}

// groupChart draws the wholes of a statement's indicators as bars, in its order. Indicators of several units, or without a number among
// them, give no drawing. Where they are of several kinds, the key says which colour is which.
func (v view) groupChart(members []member, s size) (c chart, key []keyed, ok bool, err error) {
	const bar = 20.0
	var rows []row
	var labels []string
	numbers := 0
	for _, m := range members {
		if m.ind.Unit != members[0].ind.Unit {
			return c, nil, false, nil
		}
		if m.Value.Status() == ledger.IsNumber {
			numbers++
		}
		rows, labels = append(rows, m.row), append(labels, broken(m.labels[0], s.width-4, s.font))
	}
	if numbers == 0 {
		return c, nil, false, nil
	}
	used := slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool {
		return !slices.ContainsFunc(members, func(m member) bool { return m.ind.Kind == kind })
	})
	var series []charts.SingleSeries
	for _, kind := range used {
		look := bars{series: charts.SingleSeries{Stack: "all"}, colour: kind, position: "right", width: bar}
		if len(used) > 1 {
			look.pattern, key = kindPattern[kind], append(key, keyed{kind, v.Word("kind-" + kind)})
		}
		own := make([]row, len(rows))
		for i, m := range members {
			if m.ind.Kind == kind {
				own[i] = m.row
			}
		}
		series = append(series, v.column(own, look, s)...)
	}
	lines := float64(height(labels)) * s.line()
	band, top := bar+lines+10, math.Ceil(lines/2)
	y := names(labels, 0, above(s, bar))
	y["inverse"] = true
	c, err = plot("group", s, top+band*float64(len(rows))+2, series, option{
		"grid":  []option{box(1, top, math.Floor(s.width-2-v.room(rows, s)), band*float64(len(rows)))},
		"xAxis": []option{amounts(v.top(rows), 0)}, "yAxis": []option{y}})
	return c, key, true, err
}
