package render

import (
	"html/template"
	"strings"

	"github.com/ccpcr/impact/generator/ledger"
)

// targets tells for each plan of an indicator whether it was met, as far as the shown values allow.
func (v view) targets(ind *ledger.Indicator) []target {
	all := []target{}
	for _, t := range v.Targets {
		if t.Indicator != ind.ID {
			continue
		}
		out := target{Period: t.Period, PeriodTitle: v.period(t.Period), Where: v.where(t.Cell), Verdict: v.verdict(t)}
		may := v.Bounds(t.Cell)
		values := map[string]template.HTML{
			"target": escaped(v.Int(t.Value)), "period": escaped(out.PeriodTitle), "from": escaped(v.Int(may.Lo)), "to": escaped(v.Int(may.Hi)),
		}
		if value, ok := v.Value(t.Cell); ok {
			values["value"] = v.figure(t.Cell, value)
		}
		out.Sentence = string(markup(v.Word("verdict-"+out.Verdict), values))
		all = append(all, out)
	}
	return all
}

// verdict says of a plan whether it was met, as far as the shown value allows.
func (v view) verdict(t ledger.Target) string {
	may := v.Bounds(t.Cell)
	switch {
	case !v.Bounded(t.Cell):
		return "open"
	case may.Lo >= t.Value:
		return "met"
	case may.Hi < t.Value:
		return "not-met"
	}
	return "unclear"
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
