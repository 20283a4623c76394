package iati

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// resultType is what the standard calls a kind of indicator; everything else is "other".
var resultType = map[string]string{"reach": "1", "service": "1", "outcome": "2"}

// results groups the indicators of a programme by objective and kind: figures of different kinds are never added.
func (w writer) results(programme string) []result {
	var all []result
	at := map[string]int{}
	for i := range w.Indicators {
		ind := &w.Indicators[i]
		if ind.Programme != programme || ind.Flow != "" {
			continue
		}
		out, ok := w.indicator(ind)
		if !ok {
			continue
		}
		key := ind.Objective + " " + ind.Kind
		if _, there := at[key]; !there {
			r := result{Type: resultType[ind.Kind], Aggregation: "false", Title: w.resultTitle(ind), Description: w.say(func(l *lang.Language) string {
				return l.Word("kind-"+ind.Kind) + l.Word("colon") + " " + l.Word("kind-"+ind.Kind+"-meaning")
			})}
			if r.Type == "" {
				r.Type = "9"
			}
			at[key], all = len(all), append(all, r)
		}
		r := &all[at[key]]
		r.Indicators = append(r.Indicators, out)
	}
	return all
}

// resultTitle is the objective, or the programme or organisation that has no objectives.
func (w writer) resultTitle(ind *ledger.Indicator) text {
	if c := w.List("objective").Code(ind.Objective); c != nil {
		return w.of(c.Label)
	}
	for _, p := range w.Programmes {
		if p.ID == ind.Programme {
			return w.of(p.Title)
		}
	}
	return w.of(w.Organisation.Name)
}

// indicator says false where there is no figure and no plan that bears a year.
func (w writer) indicator(ind *ledger.Indicator) (indicator, bool) {
	out := indicator{
		Measure: "1", Title: w.of(ind.Title), // IndicatorMeasure: unit
		Reference: reference{"99", ind.ID, w.Organisation.Address + "indicators/" + ind.ID + "/"}, // IndicatorVocabulary: reporting organisation
	}
	if ind.Measure == "percent" {
		out.Measure = "2"
	}
	if ind.Better == "lower" {
		out.Ascending = "0"
	}
	var untold []string // periods whose whole is not shown
	for _, id := range w.periodsOf(ind) {
		p, whole := w.period(ind, id)
		if !whole {
			untold = append(untold, id)
		}
		if len(p.Targets)+len(p.Actuals) > 0 {
			out.Periods = append(out.Periods, p)
		}
	}
	out.Description = w.say(func(l *lang.Language) string { return w.meaning(ind, untold, l) })
	if v, ok := w.Value(cell.ID(ind.ID, ind.Baseline, nil, nil)); ok {
		n, isNumber := v.Number()
		if _, last := w.days(ind.Baseline); isNumber && last != "" {
			year, _ := strconv.Atoi(last[:4])
			out.Baselines = []baseline{{year, last, n}}
		}
	}
	return out, len(out.Periods) > 0
}

// meaning is the definition, then in lines of their own unit, rounding, limits, and why the whole of some periods is left out.
func (w writer) meaning(ind *ledger.Indicator, untold []string, l *lang.Language) string {
	unit := w.List("unit")
	parts := []string{ind.Definition[l.Code], unit.Title[l.Code] + l.Word("colon") + " " + unit.Label(ind.Unit, l.Code)}
	if ind.Class == "children" {
		parts = append(parts, lang.Fill(l.Word("note-rounding"), map[string]string{"base": l.Int(w.Rule.Base)}))
	}
	for _, n := range ind.Notes {
		parts = append(parts, n[l.Code])
	}
	for _, id := range untold {
		if why := w.hidden(ind, id, l); why != "" {
			parts = append(parts, w.called(id, l)+l.Word("colon")+" "+why)
		}
	}
	return strings.Join(parts, "\n")
}

func (w writer) called(period string, l *lang.Language) string {
	p, err := calendar.Parse(period)
	if err != nil {
		return period
	}
	return l.Period(p, w.Calendar)
}

// periodsOf lists the periods that bear a year and of which an indicator has figures or plans.
func (w writer) periodsOf(ind *ledger.Indicator) []string {
	var ids []string
	add := func(id string) {
		if first, _ := w.days(id); first != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, t := range w.Tables {
		if t.Indicator == ind.ID {
			for _, id := range t.Periods() {
				add(id)
			}
		}
	}
	for _, t := range w.Targets {
		if t.Indicator == ind.ID {
			add(t.Period)
		}
	}
	slices.SortFunc(ids, ledger.ComparePeriods)
	return ids
}

// period gives the plans and the shown values of a period. Where the whole is shown, its comment says what is not.
func (w writer) period(ind *ledger.Indicator, id string) (out period, whole bool) {
	first, last := w.days(id)
	out = period{Start: date{Day: first}, End: date{Day: last}}
	for _, t := range w.Targets {
		if t.Indicator == ind.ID && t.Period == id {
			out.Targets = append(out.Targets, w.figure(ind, t.Cell, t.Value))
		}
	}
	for _, c := range w.cells(ind, id) {
		n, isNumber := c.Value.Number()
		if !isNumber {
			continue
		}
		f := w.figure(ind, c.ID, n)
		if c.ID == cell.ID(ind.ID, id, nil, nil) {
			whole = true
			if w.hidden(ind, id, w.main) != "" {
				comment := w.say(func(l *lang.Language) string { return w.hidden(ind, id, l) })
				f.Comment = &comment
			}
		}
		out.Actuals = append(out.Actuals, f)
	}
	return out, whole
}

// cells are those of all tables of an indicator in a period, each once, the whole first.
func (w writer) cells(ind *ledger.Indicator, period string) []ledger.Cell {
	var all []ledger.Cell
	seen := map[string]bool{}
	for _, t := range w.Tables {
		if t.Indicator != ind.ID {
			continue
		}
		for _, c := range t.Cells {
			if c.Period == period && !seen[c.ID] {
				seen[c.ID], all = true, append(all, c)
			}
		}
	}
	return all
}

// hidden says which figures of a period are left out, and why. What cannot occur is not missed.
func (w writer) hidden(ind *ledger.Indicator, period string, l *lang.Language) string {
	why := map[ledger.Status]string{
		ledger.Small:    lang.Fill(l.Word("small"), map[string]string{"threshold": l.Int(w.Rule.Threshold)}),
		ledger.Withheld: l.Word("withheld"), ledger.Missing: l.Word("not-reported"),
	}
	var parts []string
	for _, status := range []ledger.Status{ledger.Small, ledger.Withheld, ledger.Missing} {
		var names []string
		for _, c := range w.cells(ind, period) {
			if c.Value.Status() == status {
				names = append(names, w.label(ind, c.ID, l))
			}
		}
		if len(names) > 0 {
			parts = append(parts, why[status]+l.Word("colon")+" "+strings.Join(names, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

// part is one column of a cell with its code, and the list that the code is of.
type part struct{ column, code, list string }

// parts takes the name of a cell apart.
func (w writer) parts(ind *ledger.Indicator, id string) []part {
	_, rest, _ := strings.Cut(id, "/")
	_, where, ok := strings.Cut(rest, "/")
	if !ok {
		return nil
	}
	var all []part
	for pair := range strings.SplitSeq(where, ",") {
		column, code, _ := strings.Cut(pair, "=")
		all = append(all, part{column, code, w.listOf(ind, column, code)})
	}
	return all
}

// listOf finds the list of a column: that of the indicator's own tables or, of a plan for what is not reported so, of another's.
func (w writer) listOf(ind *ledger.Indicator, column, code string) string {
	found := ""
	for _, t := range w.Tables {
		for _, a := range t.Attributes {
			switch {
			case a.Name != column || w.List(a.List).Code(code) == nil:
			case t.Indicator == ind.ID:
				return a.List
			case found == "":
				found = a.List
			}
		}
	}
	return found
}

func (w writer) label(ind *ledger.Indicator, id string, l *lang.Language) string {
	var names []string
	for _, p := range w.parts(ind, id) {
		names = append(names, w.List(p.list).Label(p.code, l.Code))
	}
	if names == nil {
		return l.Word("total")
	}
	return strings.Join(names, " · ")
}

// figure is a value of a cell: places are locations, everything else is a dimension, whose labels the comment gives.
func (w writer) figure(ind *ledger.Indicator, id string, value int64) figure {
	f := figure{Value: value}
	for _, p := range w.parts(ind, id) {
		if a := w.Organisation.Area; a != nil && p.list != "" && p.list == a.Places {
			f.Locations = append(f.Locations, location{Ref: p.code})
		} else {
			f.Dimensions = append(f.Dimensions, dimension{p.column, p.code})
		}
	}
	if len(f.Dimensions) > 0 {
		comment := w.say(func(l *lang.Language) string { return w.label(ind, id, l) })
		f.Comment = &comment
	}
	return f
}

// places are those that the figures of an activity name, in the order of their list.
func (w writer) places(results []result) []location {
	named := map[string]bool{}
	for _, r := range results {
		for _, ind := range r.Indicators {
			for _, p := range ind.Periods {
				for _, f := range slices.Concat(p.Targets, p.Actuals) {
					for _, at := range f.Locations {
						named[at.Ref] = true
					}
				}
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	var all []location
	for _, c := range w.List(w.Organisation.Area.Places).Codes {
		if named[c.ID] {
			name := w.of(c.Label)
			all = append(all, location{c.ID, &name})
		}
	}
	return all
}
