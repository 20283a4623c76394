package render

import (
	"html/template"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/ledger"
)

// periods lists what has a results page, the newest first: each with a sentence for its heading and what can be said of its plans.
func (v view) periods(pages *figures) ([]period, error) {
	all := []period{}
	for _, id := range slices.Backward(v.Periods) {
		kind := periodKind(id)
		if kind == "undated" {
			continue // it belongs to no results page
		}
		p := period{ID: id, Title: v.period(id), Kind: kind, Verdicts: v.verdicts(id), Quarters: []ref{}}
		p.Sentence = string(v.sentenceOf(id))
		for _, other := range slices.Backward(v.Periods) {
			if periodKind(other) == "quarter" && yearOf(other) == yearOf(id) {
				p.Quarters = append(p.Quarters, ref{ID: other, Title: v.period(other)})
			}
		}
		f, ok, err := v.plansFragment(id)
		if err != nil {
			return nil, err
		}
		if ok {
			p.Plans = "plans." + id
			pages.put(v.Code, p.Plans, f)
		}
		all = append(all, p)
	}
	return all, nil
}

// sentenceOf says what mattered most in a period: lasting change before service before reach, results that matter most before others.
func (v view) sentenceOf(period string) template.HTML {
	for _, headline := range []bool{true, false} {
		for _, kind := range []string{"outcome", "service", "reach"} {
			for i := range v.Indicators {
				ind := &v.Indicators[i]
				id, value, ok := v.total(ind.ID, period)
				if _, isNumber := value.Number(); ok && isNumber && ind.Kind == kind && ind.Headline == headline {
					return v.sentence(ind, id, value, period)
				}
			}
		}
	}
	return markup(v.say("finding-none", "period", v.period(period)), nil)
}

// sentence is what an indicator says of a value.
func (v view) sentence(ind *ledger.Indicator, id string, value ledger.Value, period string) template.HTML {
	if value.Status() == ledger.Missing {
		return markup(v.say("finding-none", "period", v.period(period)), nil)
	}
	return markup(ind.Sentence[v.Code], map[string]template.HTML{"value": v.figure(id, value), "period": escaped(v.period(period))})
}

// change compares a figure with that of the newest period of the same kind before it. What the true figures may be decides: where they
// may be equal, no change is told.
func (v view) change(ind *ledger.Indicator, p string) *since {
	for _, before := range v.periodsOf(ind.ID) { // the newest first
		if periodKind(before) != periodKind(p) || ledger.ComparePeriods(before, p) >= 0 {
			continue
		}
		id, value, _ := v.total(ind.ID, before)
		nowID, now, _ := v.total(ind.ID, p)
		_, wasNumber := value.Number()
		if _, isNumber := now.Number(); !isNumber || !wasNumber {
			return nil
		}
		was, is := v.Bounds(id), v.Bounds(nowID)
		out := &since{Way: "same"}
		switch {
		case is.Lo > was.Hi:
			out.Way = "up"
		case is.Hi < was.Lo:
			out.Way = "down"
		}
		out.Text = string(markup(v.Word("change-"+out.Way), map[string]template.HTML{"value": v.figure(id, value), "period": escaped(v.period(before))}))
		return out
	}
	return nil
}

func periodKind(id string) string {
	p, err := calendar.Parse(id)
	if err != nil {
		return ""
	}
	return string(p.Kind)
}

// yearOf is the year that a period is or lies in.
func yearOf(id string) calendar.Period {
	p, err := calendar.Parse(id)
	if err != nil {
		return calendar.Period{}
	}
	return p.InYear()
}
