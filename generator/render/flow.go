package render

import (
	"encoding/json"
	"math"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// stub is how thick the mark of a flow without a number is, in units of the drawing: the same for all.
const stub = 8.0

// flowChart draws a statement's flow: where people came from, where they were, where they went. Rounded sides may differ: the gap
// stays. A flow without a number has no ribbon, for one of a guessed width would tell what nobody knows: a mark of one thickness for all
// stands in its place. Where that would be more than a third of the flows, or a whole side, there is no drawing.
func (v view) flowChart(flow *ledger.Flow, period string, s size) (c chart, ok bool, err error) {
	type node struct {
		row
		depth int
		n     int64 // 0 for a mark
	}
	var nodes []node
	kind, marks := "", 0
	for depth, ids := range [][]string{flow.In, {flow.Through}, flow.Out} {
		sum := int64(0)
		for _, id := range ids {
			cell, value, found := v.total(id, period)
			n, _ := value.Number()
			if !found {
				return c, false, nil
			}
			if n == 0 {
				marks++
			}
			ind := v.Indicator(id)
			nodes = append(nodes, node{row{Cell: ledger.Cell{ID: cell, Period: period, Value: value}, labels: []string{ind.Title[v.Code]}}, depth, n})
			if sum += n; depth == 1 {
				kind = ind.Kind
			}
		}
		if sum == 0 {
			return c, false, nil
		}
	}
	if 3*marks > len(flow.In)+len(flow.Out) {
		return c, false, nil
	}
	tall := s.class == narrow.class
	const thick, gap = 12.0, 28.0
	sides := max(len(flow.In), len(flow.Out))
	high := 300.0
	var data, links []option
	through, _, _ := v.total(flow.Through, period)
	var labels []string
	width := 150.0
	if tall {
		width = s.width/float64(sides) - 8
	}
	for _, x := range nodes {
		labels = append(labels, broken(x.labels[0]+" "+v.text(x.Value), width, s.font))
	}
	room := math.Ceil(widest(labels, s.font, "400")) + 12
	lines := float64(height(labels)) * s.line()
	top, bottom, across := lines+8, lines/2+4, s.width-4
	if tall {
		high, bottom = 280+2*lines, lines+8
	} else {
		across = high - top - bottom
	}
	places, scale := v.middles(flow, period, across, gap)
	for i, x := range nodes {
		n, label := x.n, labels[i]
		made := v.item(x.row, n, s)
		made.Label["formatter"], made.Label["fontWeight"] = svg.Literal(label), 400
		made.Label["position"] = []string{"left", "top", "right"}[x.depth]
		if tall {
			made.Label["position"] = []string{"top", "inside", "bottom"}[x.depth]
		}
		if tall && x.depth != 1 {
			made.Label["offset"] = []float64{beside(places[x.ID], measuredLines(label, s.font), s.width), 0}
		}
		if x.depth == 1 && tall {
			made.Label["textBorderColor"], made.Label["textBorderWidth"] = colours["paper"], 4
		}
		thickness, style := any(n), option{"color": colours[kind]}
		if n == 0 {
			thickness, style = math.Round(stub/scale*100)/100, markOf(x.Value)
		}
		data = append(data, option{"name": x.ID, "value": thickness, "depth": x.depth, "label": made.Label, "tooltip": made.Tooltip, "itemStyle": style})
		if n == 0 {
			continue
		}
		link := option{"value": n, "tooltip": made.Tooltip, "lineStyle": option{"color": colours[kind], "opacity": 0.35}}
		switch x.depth {
		case 0:
			link["source"], link["target"] = x.ID, through
		case 2:
			link["source"], link["target"] = through, x.ID
		default:
			continue
		}
		links = append(links, link)
	}
	series := option{ // go-echarts' nodes and links hold neither labels nor whole numbers
		"type": "sankey", "name": "flow", "data": data, "links": links, "nodeWidth": thick, "nodeGap": gap, "layoutIterations": 0,
		"nodeAlign": "justify", "draggable": false, "emphasis": option{"disabled": true}}
	series["left"], series["right"], series["top"], series["bottom"] = room, room, top, bottom
	if tall {
		series["orient"], series["left"], series["right"] = "vertical", 2, 2
	}
	made, err := json.Marshal(option{"series": []option{series}})
	return chart{Kind: "flow", Option: made, Width: int(s.width), Height: int(high), Palette: used(made), class: s.class}, true, err
}

// standing is the middle of a node of an upright movement, and the share of the width that its label may take.
type standing struct {
	middle float64
	at, of int
}

// middles tells where the nodes of a movement stand across it, and how many units a count of one takes.
func (v view) middles(flow *ledger.Flow, period string, across, gap float64) (all map[string]standing, scale float64) {
	number := func(id string) float64 {
		_, value, _ := v.total(id, period)
		n, _ := value.Number()
		return float64(n)
	}
	sums, free := [2]float64{}, [2]float64{}
	for side, ids := range [2][]string{flow.In, flow.Out} {
		free[side] = across - gap*float64(len(ids)-1)
		for _, id := range ids {
			if sums[side] += number(id); number(id) == 0 {
				free[side] -= stub
			}
		}
	}
	scale = across / max(sums[0], sums[1], number(flow.Through))
	all = map[string]standing{}
	for side := range sums {
		scale = min(scale, free[side]/sums[side])
	}
	for _, ids := range [2][]string{flow.In, flow.Out} {
		at := 2.0
		for i, id := range ids {
			cell, _, _ := v.total(id, period)
			thick := number(id) * scale
			if thick == 0 {
				thick = stub
			}
			all[cell] = standing{at + thick/2, i, len(ids)}
			at += thick + gap
		}
	}
	return all, scale
}

// markOf is the look of what stands for a value without a number, or for none.
func markOf(value ledger.Value) option {
	if value.Status() == ledger.Small {
		return hatched
	}
	look := option{"color": colours["paper"], "borderColor": colours["hatch"], "borderWidth": 1.5}
	switch value.Status() {
	case ledger.Withheld:
		look["borderType"] = "dotted"
	case ledger.Missing:
		look["borderType"] = "dashed"
	case ledger.Impossible:
		look["borderColor"], look["color"] = "transparent", "transparent"
	}
	return look
}

// beside is how far a label moves so that it stays in its share of the drawing.
func beside(p standing, label, width float64) float64 {
	slot := width / float64(p.of)
	from, to := slot*float64(p.at)+label/2+2, slot*float64(p.at+1)-label/2-2
	return math.Round(math.Max(from, math.Min(to, p.middle)) - p.middle)
}

// measuredLines is the room of the longest line of a label.
func measuredLines(label string, font int) float64 { return widest([]string{label}, font, "400") }
