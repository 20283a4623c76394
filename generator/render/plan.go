package render

import (
	"html/template"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/ledger"
)

// targets tells for each plan of an indicator whether it was met, as far as the shown values allow.
func (v view) targets(ind *ledger.Indicator) []target {
	all := []target{}
	for _, t := range v.Targets {
		if t.Indicator == ind.ID {
			all = append(all, v.target(ind, t))
		}
	}
	return all
}

func (v view) target(ind *ledger.Indicator, t ledger.Target) target {
	out := target{
		Period: t.Period, PeriodTitle: v.period(t.Period), Where: v.where(t.Cell), Cell: t.Cell, Planned: v.Int(t.Value),
		Verdict: v.verdict(t), Reason: t.Reason[v.Code],
	}
	out.Said = v.Word("verdict-short-" + out.Verdict)
	may := v.Bounds(t.Cell)
	values := map[string]template.HTML{
		"target": escaped(out.Planned), "period": escaped(out.PeriodTitle), "from": escaped(v.Int(may.Lo)), "to": escaped(v.Int(may.Hi)),
	}
	value, shown := v.Value(t.Cell)
	if shown {
		values["value"] = v.figure(t.Cell, value)
		out.Actual, out.Status, out.Spoken = v.text(value), string(value.Status()), v.spoken(value, ind.Class)
	}
	out.Sentence = string(markup(v.Word("verdict-"+out.Verdict), values))
	n, isNumber := value.Number()
	switch {
	case out.Verdict == "unclear":
		out.Detail = string(markup(v.Word("plan-range"), values))
	case shown && isNumber && t.Value >= leastBase && ind.Measure != "percent" && ind.Measure != "median":
		out.Detail = string(markup(v.Word("plan-share"), map[string]template.HTML{
			"percent": template.HTML(`<span data-share="` + template.HTMLEscapeString(t.Cell) + `">` + v.Int(share(n, t.Value)) + `</span>`),
		}))
	}
	return out
}

// leastBase is the smallest plan of which a percentage is told: below it, one person is several per cent.
const leastBase = 50

// share is a shown value in per cent of a plan, rounded half up.
func share(n, plan int64) int64 { return (200*n + plan) / (2 * plan) }

// verdict is what shown values allow to be said of a plan: met, not-met, unclear, or open where nothing is reported.
func (v view) verdict(t ledger.Target) string {
	may := v.Bounds(t.Cell)
	less := v.Indicator(t.Indicator).Better == "lower"
	switch {
	case !v.Bounded(t.Cell):
		return "open"
	case less && may.Hi <= t.Value, !less && may.Lo >= t.Value:
		return "met"
	case less && may.Lo > t.Value, !less && may.Hi < t.Value:
		return "not-met"
	}
	return "unclear"
}

// verdicts counts the plans of a period by what can be said of them; none are counted where nothing can be said of any yet.
func (v view) verdicts(period string) []verdictCount {
	all := []verdictCount{}
	for _, id := range []string{"met", "not-met", "unclear", "open"} {
		n := int64(0)
		for _, t := range v.Targets {
			if t.Period == period && v.verdict(t) == id {
				n++
			}
		}
		all = append(all, verdictCount{id, v.Word("verdict-short-" + id), v.Int(n), n == 0})
	}
	if !slices.ContainsFunc(all, func(c verdictCount) bool { return !c.None && c.ID != "open" }) {
		return all[:0]
	}
	return all
}

// where names the codes of a cell's id, such as "Svay Rieng"; the whole has no name.
func (v view) where(cell string) string {
	_, rest, _ := strings.Cut(cell, "/")
	_, rest, ok := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	var labels []string
	for pair := range strings.SplitSeq(rest, ",") {
		_, code, _ := strings.Cut(pair, "=")
		labels = append(labels, v.labelOf(code))
	}
	return strings.Join(labels, " · ")
}

// labelOf finds what a code is called in any published list.
func (v view) labelOf(code string) string {
	for i := range v.Lists {
		if label := v.Lists[i].Label(code, v.Code); label != code {
			return label
		}
	}
	return code
}

func (v view) exceptions() []exception {
	all := []exception{}
	for _, x := range v.Release.Exceptions {
		all = append(all, exception{x.ID, x.Period, v.period(x.Period), x.Title[v.Code], x.Text[v.Code], x.Indicators})
	}
	return all
}

// objectives lists the codes of the list objective, each with its strategy and indicators.
func (v view) objectives() []objective {
	all := []objective{}
	list := v.List("objective")
	if list == nil {
		return all
	}
	for _, c := range list.Codes {
		o := objective{ID: c.ID, Title: c.Label[v.Code], Indicators: []string{}}
		if c.Parent != "" {
			o.Strategy = v.List(list.Parent).Label(c.Parent, v.Code)
		}
		for _, ind := range v.Indicators {
			if ind.Objective == c.ID {
				o.Indicators = append(o.Indicators, ind.ID)
			}
		}
		all = append(all, o)
	}
	return all
}

func escaped(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }
