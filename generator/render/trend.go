package render

import (
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render/svg"
)

// timeline gives the periods of one kind that an indicator has, oldest first.
func (v view) timeline(indicator, kind string) []string {
	ids := slices.DeleteFunc(v.periodsOf(indicator), func(id string) bool { return periodKind(id) != kind })
	slices.Reverse(ids)
	return ids
}

// planFor is the plan for a cell, if there is one.
func (v view) planFor(id string) (int64, bool) {
	for _, t := range v.Targets {
		if t.Cell == id {
			return t.Value, true
		}
	}
	return 0, false
}

// over gives an indicator's whole in each of some periods.
func (v view) over(ind *ledger.Indicator, periods []string) []row {
	var rows []row
	for _, p := range periods {
		id, value, ok := v.total(ind.ID, p)
		if ok {
			rows = append(rows, row{Cell: ledger.Cell{ID: id, Period: p, Value: value}, labels: []string{v.period(p)}})
		}
	}
	return rows
}

// trendFragment shows an indicator over time: a line from four periods on, else bars. Without two numbers there is no trend.
func (v view) trendFragment(ind *ledger.Indicator, kind string) (f fragment, ok bool, err error) {
	periods := v.timeline(ind.ID, kind)
	rows := v.over(ind, periods)
	told := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.Value.Status() != ledger.IsNumber })
	if len(told) < 2 {
		return f, false, nil
	}
	first, last := told[0], told[len(told)-1]
	f = v.overTime(ind, "trend-"+kind, rows)
	f.Heads = []string{v.Word("period"), v.unit(ind)}
	planned := false
	for _, r := range rows {
		line := tableRow{Head: r.labels[0], Cells: []tableCell{v.cell(r.Cell, ind.Class)}}
		plan, has := v.planFor(r.ID)
		if planned = planned || has; has {
			line.Cells = append(line.Cells, tableCell{Plan: r.ID, Text: v.Int(plan)})
		} else {
			line.Cells = append(line.Cells, tableCell{Empty: true})
		}
		f.Rows = append(f.Rows, line)
	}
	if planned {
		f.Heads = append(f.Heads, v.Word("planned"))
	} else {
		for i := range f.Rows {
			f.Rows[i].Cells = f.Rows[i].Cells[:1]
		}
	}
	f.Finding = markup(v.Word("finding-change"), v.changed(first, last))
	if len(rows) < 4 {
		one, err := v.barChart(ind, rows)
		f.sketch(one)
		return f, true, err
	}
	for _, s := range []size{narrow, wide} {
		one, err := v.line(ind, rows, s)
		if err != nil {
			return f, true, err
		}
		f.sketch(one)
	}
	return f, true, nil
}

// changed fills the blanks of a sentence about two values.
func (v view) changed(first, last row) map[string]template.HTML {
	return map[string]template.HTML{
		"from": v.figure(first.ID, first.Value), "first": escaped(v.period(first.Period)),
		"to": v.figure(last.ID, last.Value), "last": escaped(v.period(last.Period)),
	}
}

// overTime begins a figure that tells of several periods.
func (v view) overTime(ind *ledger.Indicator, name string, rows []row) fragment {
	f := fragment{ID: elementID(ind.ID + "." + name)}
	span := v.period(rows[0].Period) + "–" + v.period(rows[len(rows)-1].Period)
	f.Subtitle = strings.Join([]string{ind.Title[v.Code], v.unit(ind), span + v.rounded(ind)}, " · ")
	var values []ledger.Value
	var missing []string
	for _, r := range rows {
		values = append(values, r.Value)
		if r.Value.Status() == ledger.Missing && !slices.Contains(missing, v.period(r.Period)) {
			missing = append(missing, v.period(r.Period))
		}
	}
	f.Notes = v.notes(ind, strings.Join(missing, ", "), values)
	f.Source, f.Words.Source, f.Words.Colon = ind.Source[v.Code], v.Word("source"), v.Word("colon")
	f.Links = []link{{v.Word("release") + " " + v.Release.Release.ID, ""}, {v.Word("definition"), v.prefix + "indicators/" + ind.ID + "/"}}
	return f
}

// line draws a value a period, joined where both have a number. Nothing stands between what is told: a gap stays a gap. A plan is a
// dashed line over its period.
func (v view) line(ind *ledger.Indicator, rows []row, s size) (chart, error) {
	const deep, top = 180.0, 30.0
	room := math.Ceil(v.room(rows, s) / 2)
	left := math.Max(room, 12)
	width := math.Floor(s.width - 2*left)
	band := width / float64(len(rows))
	plans := []int64{}
	for _, r := range rows {
		if plan, ok := v.planFor(r.ID); ok {
			plans = append(plans, plan)
		}
	}
	end := v.top(rows, plans...)
	data := make([]*item, len(rows))
	var rest []row
	tight := widest(v.texts(rows), s.font, "600")+6 > band
	for i, r := range rows {
		rest = append(rest, r)
		n, ok := r.Value.Number()
		if !ok {
			continue
		}
		rest[i] = row{} // the line has it
		data[i] = v.item(r, n, s)
		data[i].Label["position"], data[i].Label["fontWeight"] = "top", 400
		if i == len(rows)-1 {
			data[i].Label["fontWeight"] = 600
		}
		plan, planned := v.planFor(r.ID)
		if distance := float64(plan-n) / float64(end) * deep; planned && distance > -4 && distance < 24 {
			data[i].Label["position"] = "bottom"
		}
		if tight && !v.marked(rows, i) {
			data[i].Label = option{"show": false}
		}
	}
	lines := charts.SingleSeries{Name: "number", Type: "line", Data: data, Symbol: "circle", SymbolSize: 8}
	series := []charts.SingleSeries{lines}
	for _, one := range v.column(rest, bars{series: charts.SingleSeries{Stack: "rest"}, position: "top", width: 12}, s) {
		if one.Name != "number" {
			series = append(series, one)
		}
	}
	x := names(v.periodLabels(rows, band, band+2*left), 0, labelStyle(s, option{"margin": 8}))
	y := amounts(end, 0)
	y["show"], y["splitNumber"] = true, 4
	y["axisLabel"], y["axisLine"], y["axisTick"] = option{"show": false}, option{"show": false}, option{"show": false}
	y["interval"] = float64(end) / 4
	y["splitLine"] = option{"lineStyle": option{"color": colours["rule"], "width": 1}}
	labels := x["data"].([]string)
	below := float64(height(labels))*s.line() + 14
	made, err := plot("line", s, top+deep+below, series, option{
		"grid": []option{box(left, top, width, deep)}, "xAxis": []option{x}, "yAxis": []option{y}})
	if err != nil {
		return made, err
	}
	return made, made.patch(func(series []any) {
		first := series[0].(option)
		first["lineStyle"] = option{"color": colours[ind.Kind], "width": 2.5}
		first["itemStyle"] = option{"color": colours[ind.Kind]}
		first["showAllSymbol"] = true
		var marks []any
		for i, r := range rows {
			plan, ok := v.planFor(r.ID)
			if !ok {
				continue
			}
			said, place := v.Int(plan), "insideEndTop"
			if n, _ := r.Value.Number(); n >= plan {
				place = "insideEndBottom"
			}
			if word := v.Word("planned") + " " + said; i == len(rows)-1 && measured(word, s.font, "400") < band {
				said = word
			}
			y := math.Round((top+deep*(1-float64(plan)/float64(end)))*10) / 10
			marks = append(marks, []option{{"name": r.ID, "x": math.Round(left + band*float64(i)), "y": y,
				"label": option{"show": true, "position": place, "formatter": svg.Literal(said), "color": colours["ink-2"], "fontSize": s.font}},
				{"x": math.Round(left + band*float64(i+1)), "y": y}})
		}
		if marks != nil {
			first["markLine"] = option{"silent": true, "symbol": "none", "lineStyle": option{"type": []int{6, 4}, "width": 2, "color": colours["ink"]}, "data": marks}
		}
	})
}

// marked says whether a value of a crowded line is printed: the first, the last, the highest and the lowest.
func (v view) marked(rows []row, at int) bool {
	first, last, high, low := -1, -1, -1, -1
	number := func(i int) int64 { n, _ := rows[i].Value.Number(); return n }
	for i, r := range rows {
		if r.Value.Status() != ledger.IsNumber {
			continue
		}
		if first < 0 {
			first, high, low = i, i, i
		}
		last = i
		if number(i) > number(high) {
			high = i
		}
		if number(i) < number(low) {
			low = i
		}
	}
	return at == first || at == last || at == high || at == low
}

func (v view) texts(rows []row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, v.text(r.Value))
	}
	return all
}

// periodLabels are the names of periods in lines that fit below their points; where they do not, those of the first and the last.
func (v view) periodLabels(rows []row, band, outer float64) []string {
	var labels []string
	fits := true
	for _, r := range rows {
		label := broken(v.period(r.Period), band-4, narrow.font)
		labels = append(labels, label)
		fits = fits && widest([]string{label}, narrow.font, "400") <= band
	}
	if !fits {
		for i, r := range rows {
			if labels[i] = ""; i == 0 || i == len(rows)-1 {
				labels[i] = broken(v.period(r.Period), outer, narrow.font)
			}
		}
	}
	return labels
}

// changeFragment shows a table of one attribute in two periods: what changed since.
func (v view) changeFragment(t *ledger.Table, first, last string) (f fragment, ok bool, err error) {
	ind := v.Indicator(t.Indicator)
	var pairs [][2]row
	var all []row
	for _, r := range v.rowsOf(t, last) {
		for _, before := range v.rowsOf(t, first) {
			if r.Codes[0] == before.Codes[0] {
				pairs, all = append(pairs, [2]row{before, r}), append(all, before, r)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b row) int { return ledger.ComparePeriods(a.Period, b.Period) })
	var drawn [][2]row
	for _, p := range pairs {
		if !p[0].total && p[0].Value.Status() == ledger.IsNumber && p[1].Value.Status() == ledger.IsNumber {
			drawn = append(drawn, p)
		}
	}
	if len(drawn) < 2 {
		return f, false, nil
	}
	f = v.overTime(ind, strings.Join(t.Names(), "-")+".change."+last, all)
	f.Heads = []string{v.titleOf(t), v.period(first), v.period(last)}
	for _, p := range pairs {
		f.Rows = append(f.Rows, tableRow{Head: p[1].labels[0], Total: p[1].Codes[0] == cell.Total, Cells: []tableCell{v.cell(p[0].Cell, ind.Class), v.cell(p[1].Cell, ind.Class)}})
	}
	said := v.changed(drawn[0][0], drawn[0][1])
	said["category"] = escaped(drawn[0][1].labels[0])
	f.Finding = markup(v.Word("finding-change-of"), said)
	if len(drawn) > 8 {
		return f, true, nil
	}
	for _, p := range pairs {
		if !p[0].total && !slices.ContainsFunc(drawn, func(d [2]row) bool { return d[1].ID == p[1].ID }) {
			f.Notes = append(f.Notes, v.say("not-drawn", "category", p[1].labels[0]))
		}
	}
	one, err := v.slope(ind, drawn)
	f.sketch(one)
	return f, true, err
}

// slope draws a line for each pair of values, named at its right end. The first stands out.
func (v view) slope(ind *ledger.Indicator, pairs [][2]row) (chart, error) {
	s := narrow
	var all []row
	var labels []string
	for _, p := range pairs {
		all = append(all, p[0], p[1])
		labels = append(labels, broken(v.text(p[1].Value)+" "+p[1].labels[0], 130, s.font))
	}
	left, right := v.room(all, s)+8, math.Ceil(widest(labels, s.font, "600"))+16
	deep := math.Max(160, float64(len(pairs)*height(labels))*s.line()+20)
	const top = 12.0
	end := v.top(all)
	places := [2][]float64{spread(pairs, 0, end, deep, s.line()), spread(pairs, 1, end, deep, s.line()*float64(height(labels)))}
	var series []charts.SingleSeries
	for i, p := range pairs {
		colour := "ink-3"
		if i == 0 {
			colour = ind.Kind
		}
		data := []*item{}
		for j, r := range p {
			n, _ := r.Value.Number()
			datum := v.item(r, n, s)
			datum.Tooltip["formatter"] = svg.Literal(r.labels[0] + " · " + v.period(r.Period) + "\n" + v.text(r.Value))
			datum.Label["position"] = []string{"left", "right"}[j]
			if j == 1 {
				datum.Label["formatter"] = svg.Literal(labels[i])
			}
			if datum.Label["fontWeight"] = 400; i == 0 {
				datum.Label["fontWeight"] = 600
			}
			at := deep * (1 - float64(n)/float64(end))
			datum.Label["offset"] = []float64{0, math.Round(places[j][i] - at)}
			datum.Style = option{"color": colours[colour]}
			data = append(data, datum)
		}
		series = append(series, charts.SingleSeries{Name: colour, Type: "line", Data: data, Symbol: "circle", SymbolSize: 8})
	}
	x := names([]string{broken(v.period(pairs[0][0].Period), 120, s.font), broken(v.period(pairs[0][1].Period), 120, s.font)}, 0, labelStyle(s, option{"margin": 8}))
	x["boundaryGap"], x["axisLine"] = false, option{"show": false}
	width := math.Floor(s.width - left - right)
	below := float64(height(x["data"].([]string)))*s.line() + 12
	made, err := plot("slope", s, top+deep+below, series, option{
		"grid": []option{box(left, top, width, deep)}, "xAxis": []option{x}, "yAxis": []option{amounts(end, 0)}})
	if err != nil {
		return made, err
	}
	return made, made.patch(func(series []any) {
		for _, one := range series {
			line := one.(option)
			line["lineStyle"] = option{"color": colours[line["name"].(string)], "width": 2.5}
		}
	})
}

// spread places labels beside their values, pushed apart so that no two meet.
func spread(pairs [][2]row, side int, end int64, deep, line float64) []float64 {
	at := make([]float64, len(pairs))
	order := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := p[side].Value.Number()
		at[i], order[i] = deep*(1-float64(n)/float64(end)), i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if at[a] < at[b] {
			return -1
		}
		if at[a] > at[b] {
			return 1
		}
		return a - b
	})
	for i := 1; i < len(order); i++ {
		at[order[i]] = math.Max(at[order[i]], at[order[i-1]]+line)
	}
	for i := len(order) - 1; i >= 0; i-- {
		limit := deep - line/2 + 9
		if i < len(order)-1 {
			limit = at[order[i+1]] - line
		}
		at[order[i]] = math.Min(at[order[i]], limit)
	}
	return at
}
