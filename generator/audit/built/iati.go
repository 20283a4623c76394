package built

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// An activities file names no cells: what a value is of follows from its indicator's reference, the days of its period, its places and
// its dimensions. Each must lead to one cell, and the value is what the release shows for it. A transaction names its cell.

// expected are attributes that hold a code of the standard: each has one of few values, by what it stands for. Those with none are
// looked at where what they stand for is known.
var expected = map[string][]string{
	"iati-activities version": {"2.03"}, "iati-activity hierarchy": {"1", "2"}, "description type": {"4"}, "participating-org role": {"1", "4"},
	"related-activity type": {"1", "2"}, "sector vocabulary": {"1"}, "recipient-region code": {"998"}, "reference vocabulary": {"99"},
	"activity-status code": {}, "activity-date type": {}, "activity-date iso-date": {}, "sector code": {}, "sector percentage": {},
	"transaction ref": {}, "transaction-type code": {}, "transaction-date iso-date": {}, "value value-date": {}, "iati-activity last-updated-datetime": {},
	"result type": {}, "indicator measure": {}, "baseline year": {}, "baseline iso-date": {}, "baseline value": {}, "period-start iso-date": {},
	"period-end iso-date": {}, "target value": {}, "actual value": {},
}

func (s *scan) iati(p string, root *node) {
	f := iatiFile{s, p}
	activities := root.all("iati-activity")
	if s.release.Organisation.IATI == nil || len(activities) != 1+len(s.release.Programmes) {
		s.found(p, "built-unknown", nil, "the file has not one activity for the organisation and one for each programme")
		return
	}
	f.activity(activities[0], "", &ledger.Activity{Sectors: s.release.Organisation.IATI.Sectors})
	for i, x := range s.release.Programmes {
		known := x.IATI
		if known == nil {
			known = &ledger.Activity{}
		}
		f.activity(activities[1+i], x.ID, known)
	}
	root.each(func(n *node) {
		for _, a := range n.attrs {
			may, isCode := expected[n.name+" "+a.Name.Local]
			switch {
			case isCode && len(may) == 0 && inPlace(n):
			case isCode && slices.Contains(may, a.Value):
			case n.name == "dimension" || n.name == "location" || strings.HasSuffix(n.name, "-org") && a.Value == s.release.Organisation.IATI.Type:
				s.says(p, "the attribute "+a.Name.Local, a.Value) // codes of the release
			default:
				s.plainly(p, "the attribute "+a.Name.Local, a.Value)
			}
		}
		switch {
		case n.name == "value" && inPlace(n):
		case n.name == "narrative":
			s.says(p, "the text", n.text)
		default:
			s.plainly(p, "the text", strings.TrimSpace(n.text))
		}
	})
}

type iatiFile struct {
	*scan
	path string
}

// above is what the elements stand in that are looked at where they stand, and single those that stand there once.
var (
	above = map[string]string{
		"iati-activity": "iati-activities", "activity-status": "iati-activity", "activity-date": "iati-activity", "sector": "iati-activity",
		"transaction": "iati-activity", "transaction-type": "transaction", "transaction-date": "transaction", "value": "transaction",
		"result": "iati-activity", "indicator": "result", "baseline": "indicator", "period": "indicator", "period-start": "period",
		"period-end": "period", "target": "period", "actual": "period",
	}
	single = []string{"transaction-type", "transaction-date", "value", "period-start", "period-end"}
)

// inPlace says whether an element stands where it was looked at.
func inPlace(n *node) bool {
	for ; n.name != "iati-activities"; n = n.parent {
		if above[n.name] != n.parent.name || slices.Contains(single, n.name) && n != n.parent.one(n.name) {
			return false
		}
	}
	return true
}

func (f iatiFile) wrong(cells []string, format string, args ...any) {
	f.found(f.path, "built-number", cells, format, args...)
}

// must finds an attribute or text that is none of what it may be.
func (f iatiFile) must(what, said string, may ...string) {
	if !slices.Contains(may, said) {
		f.wrong(nil, "%s is %q, the release gives %q", what, said, may)
	}
}

func (f iatiFile) activity(a *node, programme string, known *ledger.Activity) {
	r := f.release
	status := known.Status
	if status == "" {
		status = "2"
	}
	if updated := a.attr("last-updated-datetime"); updated != "" {
		f.must("the day of the last change", updated, r.Release.Date+"T00:00:00Z")
	}
	for _, n := range a.all("activity-status") {
		f.must("the status", n.attr("code"), status)
	}
	for _, n := range a.all("activity-date") {
		switch n.attr("type") {
		case "1", "2":
			days := []string{known.Starts}
			if known.Starts == "" {
				days = f.days(func(first, _ string) string { return first })
			}
			f.must("the start", n.attr("iso-date"), days...)
		case "3", "4":
			f.must("the end", n.attr("iso-date"), known.Ends)
		default:
			f.must("the kind of a day", n.attr("type"), "1", "2", "3", "4")
		}
	}
	sectors := known.Sectors
	if len(sectors) == 0 {
		sectors = []ledger.Sector{{Code: "99810"}}
	}
	for i, n := range a.all("sector") {
		if i >= len(sectors) {
			f.wrong(nil, "there are more sectors than the release names")
			break
		}
		share := ""
		if sectors[i].Percent > 0 {
			share = strconv.Itoa(sectors[i].Percent)
		}
		f.must("a sector", n.attr("code"), sectors[i].Code)
		f.must("the share of a sector", n.attr("percentage"), share)
	}
	for i, n := range a.all("transaction") {
		f.transaction(n, programme)
		if slices.ContainsFunc(a.all("transaction")[:i], func(o *node) bool { return o.attr("ref") == n.attr("ref") }) {
			f.wrong([]string{n.attr("ref")}, "a transaction stands twice: its money would be counted twice")
		}
	}
	for _, n := range a.all("result") {
		for _, x := range n.all("indicator") {
			f.indicator(n, x, programme)
		}
	}
}

// days are first or last days of all periods that the release tells of or plans for.
func (f iatiFile) days(which func(first, last string) string) []string {
	var all []string
	for _, id := range f.periods() {
		if first, last := f.bounds(id); first != "" {
			all = append(all, which(first, last))
		}
	}
	return all
}

func (f iatiFile) periods() []string {
	all := slices.Clone(f.release.Periods)
	for _, t := range f.release.Targets {
		if !slices.Contains(all, t.Period) {
			all = append(all, t.Period)
		}
	}
	return all
}

func (f iatiFile) bounds(id string) (first, last string) {
	p, err := calendar.Parse(id)
	if err != nil || p.Kind == calendar.Undated {
		return "", ""
	}
	from, to := f.release.Calendar.Bounds(p)
	return from.Format("2006-01-02"), to.Format("2006-01-02")
}

func (f iatiFile) transaction(n *node, programme string) {
	id := n.attr("ref")
	indicator, rest, _ := strings.Cut(id, "/")
	period, where, _ := strings.Cut(rest, "/")
	ind := f.release.Indicator(indicator)
	v, ok := f.release.Value(id)
	if amount, isNumber := v.Number(); !ok || !isNumber || ind == nil || ind.Programme != programme || ind.Flow == "" {
		f.wrong([]string{id}, "a transaction names %q, which is no shown amount of money of its activity", id)
	} else {
		f.must("the value of "+id, strings.TrimSpace(n.one("value").textOf()), strconv.FormatInt(amount, 10))
		f.must("the kind of "+id, n.one("transaction-type").attr("code"), map[string]string{"income": "1", "spending": "4"}[ind.Flow])
		_, last := f.bounds(period)
		f.must("the day of "+id, n.one("transaction-date").attr("iso-date"), last)
		f.must("the day of "+id, n.one("value").attr("value-date"), last)
		f.narratives("what is said of "+id, n.one("description"), func(l *lang.Language) string { return f.release.InWords(id, l.Code) })
		if giver := n.one("provider-org"); giver != nil {
			f.narratives("the giver of "+id, giver, func(l *lang.Language) string { return f.labels(ind, where, l) })
		}
	}
}

// textOf is the text of a node that may not be there.
func (n *node) textOf() string {
	if n == nil {
		return ""
	}
	return n.text
}

// narratives compares a text in all languages with what it must be.
func (f iatiFile) narratives(what string, n *node, want func(l *lang.Language) string) {
	for i, x := range n.all("narrative") {
		if i >= len(f.release.Languages) || x.text != want(f.release.Languages[i]) {
			f.wrong(nil, "%s is called %q, the release says otherwise", what, x.text)
		}
	}
}
