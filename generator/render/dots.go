package render

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// planned is a plan with what was done.
type planned struct {
	row
	plan    int64
	verdict string
}

// plansOf lists the plans for a period of which something is reported, in the order of indicators.
func (v view) plansOf(period string) []planned {
	var all []planned
	for i := range v.Indicators {
		ind := &v.Indicators[i]
		for _, t := range v.Targets {
			value, ok := v.Value(t.Cell)
			if t.Indicator != ind.ID || t.Period != period || !ok || value.Status() == ledger.Missing || t.Value == 0 {
				continue
			}
			name := ind.Title[v.Code]
			if where := v.where(t.Cell); where != "" {
				name += " · " + where
			}
			all = append(all, planned{row{Cell: ledger.Cell{ID: t.Cell, Period: period, Value: value}, labels: []string{name}}, t.Value, v.verdict(t)})
		}
	}
	return all
}

// plansFragment shows the plans for a period beside what was done.
func (v view) plansFragment(period string) (f fragment, ok bool, err error) {
	rows := v.plansOf(period)
	if len(rows) == 0 {
		return f, false, nil
	}
	f = fragment{ID: elementID("plans." + period), Subtitle: v.Word("plan-and-actual") + " · " + v.period(period), Finding: markup(v.say("finding-plans", "period", v.period(period)), nil)}
	f.Heads = []string{v.Word("indicator"), v.Word("done"), v.Word("planned"), v.Word("verdict-head")}
	var values []ledger.Value
	var sources []string
	class := ""
	for _, r := range rows {
		id, _, _ := strings.Cut(r.ID, "/")
		ind := v.Indicator(id)
		if values = append(values, r.Value); ind.Class == "children" {
			class = ind.Class
		}
		if source := ind.Source[v.Code]; !slices.Contains(sources, source) {
			sources = append(sources, source)
		}
		f.Rows = append(f.Rows, tableRow{Head: r.labels[0], Cells: []tableCell{
			v.cell(r.Cell, ind.Class), {Plan: r.ID, Text: v.Int(r.plan)}, {Verdict: r.verdict, Plan: r.ID, Text: v.Word("verdict-short-" + r.verdict)}}})
	}
	f.Notes = v.notes(&ledger.Indicator{Class: class}, period, values)
	f.Source, f.Words.Source, f.Words.Colon = strings.Join(sources, "; "), v.Word("source"), v.Word("colon")
	f.Links = []link{{v.Word("release") + " " + v.Release.Release.ID, ""}}
	one, err := v.dots(rows)
	f.sketch(one)
	return f, true, err
}

// farthest is where an axis in hundredths of the plan ends; what was done beyond it stands at the edge as an arrow.
const farthest = 125.0

// dots draws a row a plan, each on its own scale: a hollow dot for the plan, a solid one for what was done, and a line between.
func (v view) dots(rows []planned) (chart, error) {
	s := narrow
	band := rowHeight + 2.0
	var labels, said []string
	var plans, done []*item
	var joined []any
	for i, r := range rows {
		said = append(said, v.say("done-of-planned", "value", v.text(r.Value), "target", v.Int(r.plan)))
		labels = append(labels, r.labels[0])
		plan := v.item(r.row, []float64{100, float64(i)}, s)
		plan.Label = option{"show": false}
		plan.Tooltip["formatter"] = svg.Literal(r.labels[0] + "\n" + said[i])
		plan.Style = option{"color": colours["paper"], "borderColor": colours["ink-3"], "borderWidth": 2}
		plans = append(plans, plan)
		n, ok := r.Value.Number()
		if !ok {
			done = append(done, nil)
			continue
		}
		ind := v.Indicator(r.ID[:strings.Index(r.ID, "/")])
		at := math.Min(farthest, math.Round(1000*float64(n)/float64(r.plan))/10)
		dot := v.item(r.row, []float64{at, float64(i)}, s)
		dot.Label, dot.Tooltip = plan.Label, plan.Tooltip
		dot.Style = option{"color": colours[ind.Kind]}
		if at == farthest {
			dot.Symbol, dot.Turned = "triangle", -90
		}
		done = append(done, dot)
		if at == 100 {
			continue // both dots stand in one place
		}
		joined = append(joined, []option{{"name": r.ID, "coord": []float64{math.Min(at, 100), float64(i)}}, {"coord": []float64{math.Max(at, 100), float64(i)}}})
	}
	series := []charts.SingleSeries{
		{Name: "plan", Type: "line", Data: plans, Symbol: "circle", SymbolSize: 10},
		{Name: "number", Type: "line", Data: done, Symbol: "circle", SymbolSize: 12},
	}
	y := names(labels, 0, above(s, 12))
	y["inverse"] = true
	made, err := plot("dots", s, band*float64(len(rows))+14, series, option{
		"grid":  []option{box(1, 12, s.width-10, band*float64(len(rows)))},
		"xAxis": []option{{"type": "value", "min": 0, "max": farthest, "show": false}}, "yAxis": []option{y, atRight(said, above(s, 12))}})
	if err != nil {
		return made, err
	}
	return made, made.patch(func(series []any) {
		for _, one := range series {
			one.(option)["lineStyle"] = option{"width": 0}
			one.(option)["showAllSymbol"] = true
		}
		if joined != nil {
			series[0].(option)["markLine"] = option{"silent": true, "symbol": "none", "label": option{"show": false},
				"lineStyle": option{"type": "solid", "width": 2, "color": colours["ink-3"]}, "data": joined}
		}
	})
}
