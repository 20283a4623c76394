package built

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// indicator holds an indicator of an activity against what the release says of it.
func (f iatiFile) indicator(result, n *node, programme string) {
	r := f.release
	id := n.one("reference").attr("code")
	ind := r.Indicator(id)
	if ind == nil || ind.Programme != programme || n.one("reference").attr("vocabulary") != "99" {
		f.wrong(nil, "an indicator refers to %q, which the activity does not have", id)
		return
	}
	kind, measure := "9", "1"
	switch ind.Kind {
	case "reach", "service":
		kind = "1"
	case "outcome":
		kind = "2"
	}
	if ind.Measure == "percent" {
		measure = "2"
	}
	f.must("the kind of "+id, result.attr("type"), kind)
	f.must("the measure of "+id, n.attr("measure"), measure)
	f.must("the direction of "+id, n.attr("ascending"), map[bool]string{true: "0"}[ind.Better == "lower"])
	f.narratives("the indicator "+id, n.one("title"), func(l *lang.Language) string { return ind.Title[l.Code] })
	for _, b := range n.all("baseline") {
		whole := cell.ID(id, ind.Baseline, nil, nil)
		_, last := f.bounds(ind.Baseline)
		f.shows(whole, b.attr("value"))
		f.must("the day of the baseline of "+id, b.attr("iso-date"), last)
		f.must("the year of the baseline of "+id, b.attr("year"), strings.SplitN(last, "-", 2)[0])
	}
	seen := map[string]bool{}
	for _, p := range n.all("period") {
		first, last := p.one("period-start").attr("iso-date"), p.one("period-end").attr("iso-date")
		i := slices.IndexFunc(f.periods(), func(id string) bool {
			from, to := f.bounds(id)
			return from != "" && from == first && to == last
		})
		if i < 0 || seen[first+" "+last] {
			f.wrong(nil, "%s has a period from %s to %s, which the release does not have, or has it twice", id, first, last)
			continue
		}
		seen[first+" "+last] = true
		f.period(ind, f.periods()[i], p)
	}
}

// shows finds a value that is not the shown one of a cell.
func (f iatiFile) shows(id, value string) {
	v, ok := f.release.Value(id)
	if n, isNumber := v.Number(); !ok || !isNumber || strconv.FormatInt(n, 10) != value {
		f.wrong([]string{id}, "the file says %s for %s, the release does not", value, id)
	}
}

func (f iatiFile) period(ind *ledger.Indicator, period string, n *node) {
	r := f.release
	var cells, planned []string
	for id := range r.Cells() {
		if id == ind.ID+"/"+period || strings.HasPrefix(id, ind.ID+"/"+period+"/") {
			cells = append(cells, id)
		}
	}
	plans := map[string]string{}
	for _, t := range r.Targets {
		if t.Indicator == ind.ID && t.Period == period {
			planned, plans[t.Cell] = append(planned, t.Cell), strconv.FormatInt(t.Value, 10)
		}
	}
	seen := map[string]bool{}
	find := func(x *node, among []string) string {
		for _, id := range among {
			if !seen[x.name+" "+id] && f.isOf(x, id) {
				seen[x.name+" "+id] = true
				return id
			}
		}
		f.wrong(nil, "%s says %q of %s in %s: it leads to no cell, or the cell stands twice", x.name, x.attr("value"), ind.ID, period)
		return ""
	}
	for _, x := range n.all("actual") {
		if id := find(x, cells); id != "" {
			f.shows(id, x.attr("value"))
			f.comment(ind, period, id, x, cells)
		}
	}
	for _, x := range n.all("target") {
		if id := find(x, planned); id != "" {
			f.must("the plan for "+id, x.attr("value"), plans[id])
			f.comment(ind, period, id, x, nil)
		}
	}
}

// isOf says whether the places and dimensions of a value are those of a cell.
func (f iatiFile) isOf(x *node, id string) bool {
	parts := strings.SplitN(id, "/", 3)
	var want, has []string
	if len(parts) == 3 {
		for pair := range strings.SplitSeq(parts[2], ",") {
			_, code, _ := strings.Cut(pair, "=")
			want = append(want, pair)
			if a := f.release.Organisation.Area; a != nil && slices.ContainsFunc(x.all("location"), func(n *node) bool { return n.attr("ref") == code }) && f.release.List(a.Places).Code(code) != nil {
				want[len(want)-1] = "=" + code // a place has no column
			}
		}
	}
	for _, n := range x.all("location") {
		has = append(has, "="+n.attr("ref"))
	}
	for _, n := range x.all("dimension") {
		has = append(has, n.attr("name")+"="+n.attr("value"))
	}
	slices.Sort(want)
	slices.Sort(has)
	return slices.Equal(want, has)
}

// comment compares what a value's comment says: of the whole, what is left out and why; of a part, what it is called.
func (f iatiFile) comment(ind *ledger.Indicator, period, id string, x *node, cells []string) {
	c := x.one("comment")
	if c == nil {
		return
	}
	f.narratives("the comment on "+id, c, func(l *lang.Language) string {
		if _, where, isPart := strings.Cut(strings.TrimPrefix(id, ind.ID+"/"), "/"); isPart {
			return f.labels(ind, where, l)
		}
		return f.untold(ind, period, l)
	})
}

// untold is what is left out of a period and why, in the order of the tables.
func (f iatiFile) untold(ind *ledger.Indicator, period string, l *lang.Language) string {
	names := map[ledger.Status][]string{}
	seen := map[string]bool{}
	for _, t := range f.release.Tables {
		if t.Indicator != ind.ID {
			continue
		}
		for _, c := range t.Cells {
			if c.Period != period || seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			_, where, _ := strings.Cut(strings.TrimPrefix(c.ID, ind.ID+"/"), "/")
			names[c.Value.Status()] = append(names[c.Value.Status()], f.labels(ind, where, l))
		}
	}
	small := lang.Fill(l.Word("small"), map[string]string{"threshold": l.Int(f.release.Rule.Threshold)})
	var said []string
	for _, why := range [][2]string{{string(ledger.Small), small}, {string(ledger.Withheld), l.Word("withheld")}, {string(ledger.Missing), l.Word("not-reported")}} {
		if all := names[ledger.Status(why[0])]; len(all) > 0 {
			said = append(said, why[1]+l.Word("colon")+" "+strings.Join(all, ", "))
		}
	}
	return strings.Join(said, "; ")
}

// labels are what the codes of a cell are called, such as "Svay Rieng · Female".
func (f iatiFile) labels(ind *ledger.Indicator, where string, l *lang.Language) string {
	if where == "" {
		return l.Word("total")
	}
	var names []string
	for pair := range strings.SplitSeq(where, ",") {
		column, code, _ := strings.Cut(pair, "=")
		name := ""
		for _, own := range []bool{true, false} {
			for _, t := range f.release.Tables {
				for _, a := range t.Attributes {
					if c := f.release.List(a.List).Code(code); name == "" && a.Name == column && c != nil && (t.Indicator == ind.ID || !own) {
						name = c.Label[l.Code]
					}
				}
			}
		}
		names = append(names, name)
	}
	return strings.Join(names, " · ")
}
