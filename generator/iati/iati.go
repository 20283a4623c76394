// Package iati writes a release as the platforms of donors read it: an activities file of the International Aid Transparency
// Initiative, version 2.03.
//
// In: a release of the ledger. Out: one XML file with an activity for each programme, below one for the organisation as a whole,
// which has the money and what belongs to no programme. Only shown values and plans stand in it; what is not shown is left out, and
// a comment says why. Figures without a year have no place in it.
package iati

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// Name of the file in a release's folder of downloads.
const Name = "iati.xml"

// What the standard's code lists call it where the codebook says nothing.
const (
	running             = "2"     // ActivityStatus: implementation
	regionUnspecified   = "998"   // Region: developing countries, unspecified
	sectorUnspecified   = "99810" // Sector: sectors not specified
	describesOther      = "4"     // DescriptionType
	funding, implements = "1", "4"
	parent, child       = "1", "2"
)

// File writes the file; it is nil where the release does not say how the organisation is known.
func File(r *ledger.Release) ([]byte, error) {
	if r.Organisation.IATI == nil {
		return nil, nil
	}
	w := writer{r, r.Languages[0]}
	out := activities{Version: "2.03", Activities: []activity{w.whole()}}
	if w.draft() {
		out.Comment = " " + strings.ReplaceAll(w.main.Word("iati-draft"), "--", "- -") + " "
	}
	for _, p := range r.Programmes {
		out.Activities = append(out.Activities, w.programme(p))
	}
	for i := range out.Activities[1:] {
		below := &out.Activities[1+i]
		below.Related = []related{{out.Activities[0].Identifier, parent}}
		out.Activities[0].Related = append(out.Activities[0].Related, related{below.Identifier, child})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	err := enc.Encode(out)
	b.WriteByte('\n')
	return b.Bytes(), err
}

// writer writes what a release says.
type writer struct {
	*ledger.Release
	main *lang.Language // the one that is not named
}

// draft says whether the organisation has no identifier yet.
func (w writer) draft() bool { return w.Organisation.IATI.Identifier == "" }

func (w writer) identifier() string {
	if w.draft() {
		return "DRAFT-" + w.Organisation.ID
	}
	return w.Organisation.IATI.Identifier
}

// say writes a text in every language.
func (w writer) say(in func(l *lang.Language) string) text {
	var t text
	for _, l := range w.Languages {
		n := narrative{Text: in(l)}
		if l != w.main {
			n.Language = l.Code
		}
		t.Narratives = append(t.Narratives, n)
	}
	return t
}

// of is a text of the release.
func (w writer) of(t lang.Text) text {
	return w.say(func(l *lang.Language) string { return t[l.Code] })
}

// activity has what all activities share.
func (w writer) activity(title, summary lang.Text) activity {
	o := w.Organisation
	a := activity{
		Language: w.main.Code, Currency: o.IATI.Currency,
		Reporting: party{Ref: w.identifier(), Type: o.IATI.Type, text: w.of(o.Name)},
		Title:     w.of(title), Descriptions: []description{{text: w.of(summary)}},
		Participating: []party{{Ref: w.identifier(), Type: o.IATI.Type, Role: implements, text: w.of(o.Name)}},
		Status:        code{running}, Website: o.Address, Region: &code{regionUnspecified},
	}
	if w.Release.Release.Date != "" {
		a.Updated = w.Release.Release.Date + "T00:00:00Z"
	}
	if w.draft() {
		a.Descriptions = append(a.Descriptions, description{describesOther, w.word("iati-draft")})
	}
	if o.Sample {
		a.Descriptions = append(a.Descriptions, description{describesOther, w.word("sample-text")})
	}
	if area := o.Area; area != nil && area.Country != "" {
		a.Country, a.Region = &code{area.Country}, nil
	} else if area != nil && area.Region != "" {
		a.Region = &code{area.Region}
	}
	return a
}

func (w writer) word(key string) text {
	return w.say(func(l *lang.Language) string { return l.Word(key) })
}

// whole is the organisation: its money, and what belongs to no programme.
func (w writer) whole() activity {
	o := w.Organisation
	a := w.activity(o.Name, o.Mission)
	a.Hierarchy, a.Identifier = 1, w.identifier()+"-organisation"
	a.Sectors = sectors(o.IATI.Sectors)
	w.fill(&a, "", "")
	for _, t := range a.Transactions {
		if t.Provider != nil && !slices.ContainsFunc(a.Participating, func(p party) bool { return slices.Equal(p.Narratives, t.Provider.Narratives) }) {
			a.Participating = append(a.Participating, party{Role: funding, text: t.Provider.text})
		}
	}
	return a
}

func (w writer) programme(p ledger.Programme) activity {
	a := w.activity(p.Title, p.Summary)
	a.Hierarchy, a.Identifier = 2, w.identifier()+"-"+p.ID
	known := p.IATI
	if known == nil {
		known = &ledger.Activity{}
	}
	if known.Identifier != "" {
		a.Identifier = known.Identifier
	}
	if known.Status != "" {
		a.Status.Code = known.Status
	}
	start, end := "2", "4" // ActivityDateType: actual
	if a.Status.Code == "1" {
		start = "1"
	}
	if a.Status.Code <= running {
		end = "3"
	}
	if known.Ends != "" {
		a.Dates = append(a.Dates, date{Day: known.Ends, Type: end})
	}
	if known.Starts != "" {
		a.Dates = slices.Insert(a.Dates, 0, date{Day: known.Starts, Type: start})
	}
	a.Sectors = sectors(known.Sectors)
	w.fill(&a, p.ID, known.Starts)
	return a
}

// fill adds transactions, results and the places that these name. A start that is not known is the first day that figures tell of.
func (w writer) fill(a *activity, programme, starts string) {
	first := ""
	for i := range w.Indicators {
		ind := &w.Indicators[i]
		if ind.Programme != programme {
			continue
		}
		for _, p := range w.periodsOf(ind) {
			if day, _ := w.days(p); first == "" || day < first {
				first = day
			}
		}
		if ind.Flow != "" {
			a.Transactions = append(a.Transactions, w.transactions(ind)...)
		}
	}
	a.Results = w.results(programme)
	a.Locations = w.places(a.Results)
	if starts != "" {
		return
	}
	if first == "" { // nothing is told of it yet
		first = w.earliest()
	}
	a.Dates = slices.Insert(a.Dates, 0, date{Day: first, Type: "2", text: w.word("iati-start-unknown")})
}

// days are the first and the last day of a period that bears a year.
func (w writer) days(id string) (first, last string) {
	p, err := calendar.Parse(id)
	if err != nil || p.Kind == calendar.Undated {
		return "", ""
	}
	from, to := w.Calendar.Bounds(p)
	return from.Format("2006-01-02"), to.Format("2006-01-02")
}

// earliest is the first day of all periods of the release.
func (w writer) earliest() string {
	first := ""
	for _, p := range w.Periods {
		if day, _ := w.days(p); day != "" && (first == "" || day < first) {
			first = day
		}
	}
	return first
}

func sectors(all []ledger.Sector) []sector {
	if len(all) == 0 {
		return []sector{{Code: sectorUnspecified, Vocabulary: "1"}}
	}
	var out []sector
	for _, s := range all {
		out = append(out, sector{s.Code, "1", s.Percent})
	}
	return out
}

// transactions are the shown amounts of money that came in or was spent: of each year and part of the first list that it is broken
// down by, or else of the whole. Quarters stand only where no year does.
func (w writer) transactions(ind *ledger.Indicator) []transaction {
	table := w.Table(ind.ID)
	for _, t := range w.Tables {
		if t.Indicator == ind.ID && len(t.Attributes) == 1 {
			table = t
			break
		}
	}
	if table == nil {
		return nil
	}
	kind := calendar.Quarter
	for _, id := range table.Periods() {
		if p, err := calendar.Parse(id); err == nil && p.Kind == calendar.Year {
			kind = calendar.Year
		}
	}
	direction := "4" // TransactionType: expenditure
	if ind.Flow == "income" {
		direction = "1" // incoming funds
	}
	var all []transaction
	for _, c := range table.Cells {
		n, isNumber := c.Value.Number()
		p, err := calendar.Parse(c.Period)
		if !isNumber || err != nil || p.Kind != kind || len(c.Codes) == 1 && strings.Count(c.ID, "/") < 2 {
			continue
		}
		_, last := w.days(c.Period)
		t := transaction{
			Cell: c.ID, Type: code{direction}, Date: date{Day: last}, Value: money{last, n},
			Description: w.say(func(l *lang.Language) string { return w.InWords(c.ID, l.Code) }),
		}
		if ind.Flow == "income" && len(c.Codes) == 1 {
			list := w.List(table.Attributes[0].List)
			t.Provider = &party{text: w.say(func(l *lang.Language) string { return list.Label(c.Codes[0], l.Code) })}
		}
		all = append(all, t)
	}
	return all
}
