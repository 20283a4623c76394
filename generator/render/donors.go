package render

import (
	"html/template"
	"slices"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// donors is the page of who gave what: the first indicator of kind money that is broken down by one list, and for each of its codes a
// page. Money never splits figures about children: a programme's results stand whole beside each who supports it.
func (v view) donors(all []indicator) donors {
	out := donors{Fragments: []string{}, List: []donor{}}
	for _, ind := range all {
		if ind.Kind != "money" || len(ind.Fragments) == 0 {
			continue
		}
		out.Indicator = ind.ID
		for _, f := range ind.Fragments {
			out.Fragments = append(out.Fragments, f.ID)
		}
		t := v.tables(ind.ID)[0]
		for _, c := range v.List(t.Attributes[0].List).Codes {
			out.List = append(out.List, v.donor(t, c))
		}
		break
	}
	return out
}

// donor is one code of the list, with its rows of the table.
func (v view) donor(t *ledger.Table, c ledger.Code) donor {
	out := donor{ID: c.ID, Name: c.Label[v.Code], Note: c.Note[v.Code], Gives: []headline{}, Programmes: []string{}}
	ind := v.Indicator(t.Indicator)
	for _, p := range v.periodsOf(t.Indicator) {
		id := cell.ID(t.Indicator, p, []string{t.Attributes[0].Name}, []string{c.ID})
		value, ok := v.Value(id)
		if !ok || value.Status() == ledger.Missing {
			continue
		}
		h := headline{Period: p, PeriodTitle: v.period(p), Cell: id, Text: v.text(value), Spoken: v.spoken(value, ind.Class), Status: string(value.Status())}
		h.About = v.unit(ind) + " · " + v.period(p)
		out.Gives = append(out.Gives, h)
		if _, isNumber := value.Number(); isNumber && out.Sentence == "" {
			out.Sentence = string(markup(v.Word("donor-gave"), map[string]template.HTML{
				"donor": escaped(out.Name), "value": v.figure(id, value), "unit": escaped(v.unit(ind)), "period": escaped(v.period(p)),
			}))
		}
	}
	if out.Sentence == "" {
		out.Sentence = string(markup(v.say("donor-none", "donor", out.Name), nil))
	}
	for _, p := range v.Programmes {
		if slices.Contains(p.Donors, c.ID) {
			out.Programmes = append(out.Programmes, p.ID)
		}
	}
	return out
}
