package built

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// settings are the values that settings of drawings may have, by key, or by the key above and their own. Nothing else may stand in a drawing's data but what is compared
// with the table, and where and how large things are, which the drawing itself must follow.
var settings = map[string][]any{
	"fontSize": {14., 15.}, "fontWeight": {400., 600.}, "lineHeight": {18., 19.}, "nameGap": {8.}, "splitNumber": {4.}, "min": {0.},
	"barWidth": {12., 18., 20., 22., 24.}, "barMinHeight": {12., 24.}, "symbolSize": {8., 10., 12., 0.7}, "symbolRotate": {-90.},
	"nodeWidth": {12.}, "nodeGap": {28.}, "layoutIterations": {0.}, "opacity": {0.35},
	"borderWidth": {1., 1.5, 2.}, "textBorderWidth": {4.}, "gridIndex": {0., 1.}, "xAxisIndex": {0., 1.}, "yAxisIndex": {0., 1.},
	"axisLabel.interval": {0.}, "lineStyle.width": {0., 1., 1.5, 2., 2.5},
	"series.name": {"number", "small", "withheld", "word", "cells", "flow", "plan", "reach", "service", "outcome", "money", "context", "ink-3"},
	"dashArrayX":  {0., 1., 4.}, "dashArrayY": {1., 2., 3., 4.},
	"type": {"value", "category", "bar", "line", "heatmap", "sankey", "solid", 2., 3., 4., 6.}, "outerBoundsMode": {"none"}, "nameLocation": {"end"},
	"align": {"left", "right", "center"}, "verticalAlign": {"bottom"}, "orient": {"vertical"}, "nodeAlign": {"justify"},
	"position": {"left", "right", "top", "bottom", "inside", "insideEndTop", "insideEndBottom"}, "barGap": {"11.11%", "-100%"},
	"borderType": {"dotted", "dashed"}, "symbol": {"none", "circle", "rect", "triangle"}, "stack": {"c1", "c2", "c3", "c4", "all", "left", "right", "rest"},
}

// comparedAt are the places whose values are compared with the table or with the drawing, and for some of them the only kinds of drawings in which they are. Elsewhere nobody looks.
var comparedAt = map[string]string{
	"kind": "", "width": "", "height": "", "option.grid.left": "", "option.grid.top": "", "option.grid.width": "", "option.grid.height": "",
	"option.series.left": "flow", "option.series.top": "flow", "option.series.right": "flow", "option.series.bottom": "flow",
	"option.series.data": "", "option.series.data.name": "", "option.series.data.value": "", "option.series.data.depth": "flow",
	"option.series.data.label.formatter": "", "option.series.data.label.offset": "flow slope", "option.series.data.tooltip.formatter": "",
	"option.series.data.itemStyle.decal.rotation": "", "option.series.itemStyle.decal.rotation": "bar",
	"option.series.links.source": "flow", "option.series.links.target": "flow", "option.series.links.value": "flow", "option.series.links.tooltip.formatter": "flow",
	"option.series.markLine.data.coord": "bar dots", "option.series.markLine.data.name": "dots line", "option.series.markLine.data.label.formatter": "line",
	"option.series.markLine.data.x": "line", "option.series.markLine.data.y": "line",
	"option.xAxis.axisLabel.margin": "", "option.yAxis.axisLabel.margin": "", "option.yAxis.axisLabel.padding": "",
	"option.xAxis.data": "heat line slope", "option.yAxis.data": "bar dots group grouped heat stacked pyramid", "option.yAxis.name": "pyramid",
	"option.xAxis.max": "bar dots group grouped stacked pyramid", "option.yAxis.max": "line slope", "option.yAxis.interval": "line",
}

var (
	colourForm   = regexp.MustCompile(`^#[0-9A-F]{6}$`)
	propertyForm = regexp.MustCompile(`^--[a-z]+(?:-?[1-7])?$`)
)

// settings finds a value that nothing compares and that no setting has. where says where it stands, above and key the end of that.
func (c *comparison) settings(x any, where, above, key string) {
	switch x := x.(type) {
	case map[string]any:
		for name, item := range x {
			said, _ := item.(string)
			if key != "palette" {
				c.saysIn(c.words, c.path, "a key of a drawing's data", name)
				c.settings(item, strings.TrimPrefix(where+"."+name, "."), key, name)
			} else if c.same(c.path, "the property of the colour "+name, said); !colourForm.MatchString(name) || !propertyForm.MatchString(said) {
				c.wrong("the drawing's data have the colour %q for %q", name, said)
			}
		}
	case []any:
		for _, item := range x {
			c.settings(item, where, above, key)
		}
	case string, float64:
		said := fmt.Sprint(x)
		colour := (key == "color" || strings.HasSuffix(key, "Color")) && (said == "transparent" || colourForm.MatchString(said))
		allowed, has := settings[above+"."+key]
		if !has {
			allowed = settings[key]
		}
		kinds, looked := comparedAt[where]
		looked = looked && !has && (kinds == "" || slices.Contains(strings.Fields(kinds), c.Kind))
		if !colour && !looked && !slices.Contains(allowed, x) {
			c.wrong("the drawing's data have a setting that is not known: %s %s", key, said)
		}
	}
}
