package render

import (
	"encoding/json"
	"math"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// flowChart draws a statement's flow: where people came from, where they were, where they went. Rounded sides may differ: the gap
// stays. Where a figure has no number there is no drawing, for a ribbon of a guessed width would tell what nobody knows.
func (v view) flowChart(flow *ledger.Flow, period string, s size) (c chart, ok bool, err error) {
	type node struct {
		row
		depth int
	}
	var nodes []node
	kind := ""
	end := int64(0)
	for depth, ids := range [][]string{flow.In, {flow.Through}, flow.Out} {
		sum := int64(0)
		for _, id := range ids {
			cell, value, found := v.total(id, period)
			n, number := value.Number()
			if !found || !number || n == 0 {
				return c, false, nil
			}
			ind := v.Indicator(id)
			nodes = append(nodes, node{row{Cell: ledger.Cell{ID: cell, Period: period, Value: value}, labels: []string{ind.Title[v.Code]}}, depth})
			if sum += n; depth == 1 {
				kind = ind.Kind
			}
		}
		end = max(end, sum)
	}
	tall := s.class == narrow.class
	const thick, gap = 12.0, 28.0
	sides := max(len(flow.In), len(flow.Out))
	places := v.middles(flow, period, s.width-4, gap)
	var data, links []option
	through, _, _ := v.total(flow.Through, period)
	var labels []string
	width := 150.0
	if tall {
		width = s.width/float64(sides) - 8
	}
	for _, x := range nodes {
		n, _ := x.Value.Number()
		label := broken(x.labels[0]+" "+v.text(x.Value), width, s.font)
		labels = append(labels, label)
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
		data = append(data, option{"name": x.ID, "value": n, "depth": x.depth, "label": made.Label, "tooltip": made.Tooltip, "itemStyle": option{"color": colours[kind]}})
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
	room := math.Ceil(widest(labels, s.font, "400")) + 12
	lines := float64(height(labels)) * s.line()
	high := 300.0
	series["left"], series["right"], series["top"], series["bottom"] = room, room, lines+8, lines/2+4
	if tall {
		high = 280 + 2*lines
		series["orient"], series["left"], series["right"], series["top"], series["bottom"] = "vertical", 2, 2, lines+8, lines+8
	}
	made, err := json.Marshal(option{"series": []option{series}})
	return chart{Kind: "flow", Option: made, Width: int(s.width), Height: int(high), Palette: used(made), class: s.class}, true, err
}

// standing is the middle of a node of an upright movement, and the share of the width that its label may take.
type standing struct {
	middle float64
	at, of int
}

// middles tells where the nodes of an upright movement stand.
func (v view) middles(flow *ledger.Flow, period string, width, gap float64) map[string]standing {
	number := func(id string) float64 {
		_, value, _ := v.total(id, period)
		n, _ := value.Number()
		return float64(n)
	}
	sums := [2]float64{}
	for side, ids := range [2][]string{flow.In, flow.Out} {
		for _, id := range ids {
			sums[side] += number(id)
		}
	}
	scale := width / max(sums[0], sums[1], number(flow.Through))
	for side, ids := range [2][]string{flow.In, flow.Out} {
		scale = min(scale, (width-gap*float64(len(ids)-1))/sums[side])
	}
	all := map[string]standing{}
	for _, ids := range [2][]string{flow.In, flow.Out} {
		at := 2.0
		for i, id := range ids {
			cell, _, _ := v.total(id, period)
			all[cell] = standing{at + number(id)*scale/2, i, len(ids)}
			at += number(id)*scale + gap
		}
	}
	return all
}

// beside is how far a label moves so that it stays in its share of the drawing.
func beside(p standing, label, width float64) float64 {
	slot := width / float64(p.of)
	from, to := slot*float64(p.at)+label/2+2, slot*float64(p.at+1)-label/2-2
	return math.Round(math.Max(from, math.Min(to, p.middle)) - p.middle)
}

// measuredLines is the room of the longest line of a label.
func measuredLines(label string, font int) float64 { return widest([]string{label}, font, "400") }
