package warehouse

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// figures writes the figures of every indicator and expectation, and what is wrong with the rows.
func (w *writer) figures() {
	w.figure(figure{name: codebook.TallyRows, quarter: w.quarterOf(w.d.Period.ID), sets: [][]string{nil}})
	for _, ind := range w.cb.Indicators {
		if w.cb.DatasetOf(ind) == w.d {
			w.indicator(w.cb.Counted(ind))
		}
	}
	for _, e := range w.cb.Expectations {
		if e.Dataset == nil || e.Dataset.ID != w.d.ID {
			continue
		}
		f := figure{name: codebook.TallyCheck(e.ID), quarter: w.quarterOf(w.d.Period.ID), where: append(w.filter(e.Filter), w.filter(e.Never)...), sets: [][]string{nil}}
		if len(e.By) > 0 {
			f.sets = margins(nil, w.names(w.d.Ladder(e.By)[0]))
		}
		w.figure(f)
	}
	w.faults()
}

// figure is what one part of the query counts.
type figure struct {
	name    string
	quarter string        // the number of the quarter that dates a row
	kind    calendar.Kind // of the periods: quarters unless said otherwise
	until   int           // the last quarter to be told
	from    string        // counted, unless said otherwise
	where   []string
	value   string         // COUNT(*), unless said otherwise
	more    string         // a column that value needs
	also    *codebook.Also // rows of another dataset that its people must have in the same period
	sets    [][]string
}

// indicator writes the figures of an indicator: by quarters where these add up, otherwise by each kind of period.
func (w *writer) indicator(ind *codebook.Indicator) {
	f := figure{name: ind.ID, quarter: w.quarterOf(w.d.Period.ID), where: w.filter(ind.Filter)}
	f.sets = [][]string{nil}
	for _, b := range ind.Breakdowns {
		for _, rung := range w.d.Ladder(b) {
			f.sets = margins(f.sets, w.names(rung))
		}
	}
	if ind.Dated != nil {
		f.quarter = w.quarterOf(ind.Dated.ID)
		f.where = append(f.where, w.column(ind.Dated.ID)+" IS NOT NULL")
	}
	switch {
	case ind.Measure == "stock":
		w.figure(w.stock(f, ind))
		return
	case ind.Again > 0:
		w.figure(w.again(f, ind))
		return
	case ind.Measure == "distinct":
		f.more = w.column(w.d.Person.ID) + " AS person"
		f.value = "COUNT(DISTINCT person)"
		f.also = ind.Also
	case ind.Measure == "median":
		f.more = w.days(w.column(w.d.Spell.From.ID), w.column(w.d.Spell.To.ID)) + " AS lasted"
		f.value = w.median("lasted")
	default:
		w.figure(f)
		return
	}
	for _, kind := range []calendar.Kind{calendar.Quarter, calendar.Year, calendar.ThreeYears} {
		if slices.Contains(ind.Periods, string(kind)) {
			f.kind = kind
			w.figure(w.both(f))
		}
	}
}

// stock counts a spell in each quarter on whose first or last day it lasted.
func (w *writer) stock(f figure, ind *codebook.Indicator) figure {
	from, to, next := w.quarterOf(w.d.Spell.From.ID), w.quarterOf(w.d.Spell.To.ID), w.quarter+1
	behind := fmt.Sprintf("LEAST(COALESCE(%s, %d), %d)", to, next, next)
	if ind.On == "first-day" {
		from, behind = from+" + 1", behind+" + 1"
	}
	f.from = fmt.Sprintf("counted JOIN quarters ON quarters.n >= %s AND quarters.n < %s", from, behind)
	f.quarter = "quarters.n"
	return f
}

// again counts the spells after which the same person came back in time, once the time is over.
func (w *writer) again(f figure, ind *codebook.Indicator) figure {
	from, to, person := w.column(w.d.Spell.From.ID), w.column(w.d.Spell.To.ID), w.column(w.d.Person.ID)
	f.quarter = w.quarterOf(w.d.Spell.To.ID)
	f.where = append(f.where, to+" IS NOT NULL", fmt.Sprintf("EXISTS (SELECT 1 FROM counted AS back WHERE back.%s = counted.%s AND back.%s > counted.%s AND back.%s <= %s)",
		person, person, from, to, from, w.later("counted."+to, ind.Again)))
	for f.until = w.quarter; ; f.until-- {
		_, end := w.cb.Calendar().Bounds(calendar.Period{Kind: calendar.Quarter, Year: f.until / 4, Quarter: f.until%4 + 1})
		if !end.AddDate(0, ind.Again, 0).After(w.last) {
			return f
		}
	}
}

// both leaves of the rows those whose person stands in the other dataset in the same period.
func (w *writer) both(f figure) figure {
	if f.also == nil {
		return f
	}
	o := w.others[f.also.Dataset.ID]
	own, other := f.quarter, o.quarterOf(o.d.Period.ID)
	where := o.filter(f.also.Filter)
	if f.also.Dated != nil {
		other = o.quarterOf(f.also.Dated.ID)
		where = append(where, o.column(f.also.Dated.ID)+" IS NOT NULL")
	}
	own, other = "counted."+own, "other."+other
	if n := map[calendar.Kind]string{calendar.Year: "4", calendar.ThreeYears: "12"}[f.kind]; n != "" {
		own, other = w.whole(own, n), w.whole(other, n)
	}
	where = append([]string{"other." + o.column(o.d.Person.ID) + " = counted." + w.column(w.d.Person.ID), other + " = " + own}, where...)
	f.where = append(slices.Clone(f.where), fmt.Sprintf("EXISTS (SELECT 1 FROM %scounted AS other WHERE %s)", o.prefix, strings.Join(where, " AND ")))
	return f
}

// figure writes one part of the query.
func (w *writer) figure(f figure) {
	quarters := 1
	if f.until == 0 {
		f.until = w.quarter
	}
	period := w.asText(w.whole(f.quarter, "4")) + " || '-Q' || " + w.asText("MOD("+f.quarter+", 4) + 1")
	switch f.kind {
	case calendar.Year:
		quarters, period = 4, w.asText(w.whole(f.quarter, "4"))
	case calendar.ThreeYears:
		first := "3 * (" + w.whole(f.quarter, "12") + ")"
		quarters, period = 12, w.asText(first)+" || '-' || "+w.asText(first+" + 2")
	}
	f.until = (f.until+1)/quarters*quarters - 1 // only whole periods: later ones would change with each export
	var used []string
	sets := make([]string, len(f.sets))
	for i, set := range f.sets {
		sets[i] = "(" + strings.Join(append([]string{"period"}, set...), ", ") + ")"
		for _, name := range set {
			if !slices.Contains(used, name) {
				used = append(used, name)
			}
		}
	}
	inner := append([]string{period + " AS period"}, used...)
	if f.more != "" {
		inner = append(inner, f.more)
	}
	if f.from == "" {
		f.from = "counted"
	}
	if f.value == "" {
		f.value = "COUNT(*)"
	}
	cells := map[string]string{}
	for _, name := range used {
		cells[name] = fmt.Sprintf("CASE WHEN GROUPING(%s) = 1 THEN '%s' ELSE COALESCE(%[1]s, '') END", name, codebook.Total)
	}
	w.part(f.name, "period", cells, f.value)
	w.line("FROM (\n  SELECT %s\n  FROM %s\n  WHERE %s\n) AS told", strings.Join(inner, ", "), f.from, strings.Join(append(f.where, fmt.Sprintf("%s <= %d", f.quarter, f.until)), "\n    AND "))
	w.line("GROUP BY GROUPING SETS (%s)", strings.Join(sets, ", "))
}

// part begins a part of the query: the cells of a row of the tally, in which all codes together stand where nothing else is said.
func (w *writer) part(name, period string, cells map[string]string, value string) {
	if w.begun {
		w.line("UNION ALL")
	}
	w.begun = true
	row := []string{w.literal(name) + " AS " + codebook.TallyFigure, period + " AS " + codebook.TallyPeriod}
	for _, col := range w.columns {
		cell := w.literal(codebook.Total)
		if named := cells[w.called(col)]; named != "" {
			cell = "\n  " + named
		}
		row = append(row, cell+" AS "+w.ident(col.Name))
	}
	row = append(row, "CAST("+value+" AS BIGINT) AS "+w.ident(codebook.TallyValue))
	w.line("SELECT %s", strings.ReplaceAll(strings.Join(row, ", "), ", \n", ",\n"))
}

func (w *writer) asText(number string) string { return "CAST(" + number + " AS " + w.text + ")" }

// filter writes which codes count.
func (w *writer) filter(filter map[string][]codebook.Ref) (all []string) {
	for _, name := range slices.Sorted(maps.Keys(filter)) {
		var codes []string
		for _, r := range filter[name] {
			codes = append(codes, r.ID)
		}
		all = append(all, w.column(name)+" IN "+w.list(codes))
	}
	return all
}

func (w *writer) names(columns []*codebook.Column) (names []string) {
	for _, col := range columns {
		names = append(names, w.called(col))
	}
	return names
}

// margins adds to some sets every set of the columns of a table, each once.
func margins(sets [][]string, columns []string) [][]string {
	for mask := range 1 << len(columns) {
		var set []string
		for i, name := range columns {
			if mask&(1<<i) != 0 {
				set = append(set, name)
			}
		}
		slices.Sort(set)
		if !slices.ContainsFunc(sets, func(other []string) bool { return slices.Equal(other, set) }) {
			sets = append(sets, set)
		}
	}
	return sets
}
