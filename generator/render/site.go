package render

import (
	"html/template"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// site fills the templates' data and adds the fragments that it names to files.
func (v view) site(pages *figures) (*site, error) {
	o := v.Organisation
	s := &site{
		Language:     language{Code: v.Code, Name: v.Name, Direction: v.Direction, Reviewed: v.Reviewed},
		Organisation: organisation{Name: o.Name[v.Code], Short: o.Short[v.Code], Mission: o.Mission[v.Code], Address: o.Address, Exit: o.Exit},
		Release: releaseInfo{
			ID: v.Release.Release.ID, Period: v.Release.Release.Period, PeriodTitle: v.period(v.Release.Release.Period),
			Date: v.day(v.Release.Release.Date), ISO: v.Release.Release.Date, Published: v.Release.Release.Date != "",
		},
		Sample: o.Sample, Rounding: v.say("note-rounding", "base", v.Int(v.Rule.Base)),
		Signs: v.signs(v.period(v.Release.Release.Period)), Audit: v.audit(),
		Programmes: []programme{}, Indicators: []indicator{}, Statements: []statement{}, Files: []file{},
		Package: "/data/latest/" + ledger.Descriptor,
	}
	s.Release.Next = v.next()
	if o.IATI != nil {
		s.Platforms = "/data/latest/" + iati.Name
	}
	if v.Font != nil {
		s.Language.Preload = strings.TrimSuffix(v.Font.Regular, ".woff2")
	}
	s.Organisation.Licence = licence{v.Licenses[0].Title, v.Licenses[0].Path}
	for _, c := range o.Contacts {
		s.Organisation.Contacts = append(s.Organisation.Contacts, contact{c.ID, c.Title[v.Code], c.Value})
	}
	for _, id := range []string{"reach", "service", "outcome", "money", "context"} {
		s.Kinds = append(s.Kinds, kind{id, v.Word("kind-" + id), v.Word("kind-" + id + "-meaning")})
	}
	for _, id := range slices.Backward(v.Periods) {
		if periodKind(id) == "undated" {
			continue // it belongs to no results page
		}
		p := period{ID: id, Title: v.period(id), Kind: periodKind(id)}
		f, ok, err := v.plansFragment(id)
		if err != nil {
			return nil, err
		}
		if ok {
			p.Plans = "plans." + id
			pages.put(v.Code, p.Plans, f)
		}
		s.Periods = append(s.Periods, p)
	}
	for i := range v.Indicators {
		ind, err := v.indicator(&v.Indicators[i], pages)
		if err != nil {
			return nil, err
		}
		s.Indicators = append(s.Indicators, ind)
		s.Files = append(s.Files, ind.Files...)
	}
	for _, st := range v.Statements {
		out, err := v.statement(st, pages)
		if err != nil {
			return nil, err
		}
		s.Statements = append(s.Statements, out)
	}
	for _, p := range v.Programmes {
		s.Programmes = append(s.Programmes, v.programme(p))
	}
	s.Donors, s.Objectives, s.Exceptions = v.donors(s.Indicators), v.objectives(), v.exceptions()
	s.Places = v.places()
	return s, nil
}

func periodKind(id string) string {
	p, err := calendar.Parse(id)
	if err != nil {
		return ""
	}
	return string(p.Kind)
}

// audit says in sentences what the certificate says.
func (v view) audit() []string {
	sentences := []string{v.Word("audit-done")}
	c := v.Certificate
	if c == nil {
		return sentences
	}
	tables := 0
	for _, t := range v.Tables {
		if v.Indicator(t.Indicator).Class == "children" {
			tables++
		}
	}
	number := func(n int) string { return v.Int(int64(n)) }
	sentences = append(sentences, v.say("audit-checked", "tables", number(tables), "cells", number(c.Cells), "targets", number(c.Targets), "systems", number(c.Systems)), v.Word("audit-clean"))
	if c.Narrowest > 0 {
		sentences = append(sentences, v.say("audit-narrowest", "values", v.Int(c.Narrowest)))
	}
	if len(c.Partial) > 0 {
		sentences = append(sentences, v.Word("audit-partial"))
	}
	return append(sentences, v.Word("audit-limits"))
}

func (v view) indicator(ind *ledger.Indicator, pages *figures) (out indicator, err error) {
	out = indicator{
		ID: ind.ID, Code: ind.Code, Title: ind.Title[v.Code], Definition: ind.Definition[v.Code], Programme: ind.Programme, Kind: ind.Kind,
		Unit: v.unit(ind), Class: ind.Class, Source: ind.Source[v.Code], Needs: ind.Needs[v.Code], Headline: ind.Headline,
		Notes: []string{}, Headlines: []headline{}, Targets: v.targets(ind), Fragments: []ref{}, Trends: []ref{}, Files: []file{},
	}
	switch {
	case ind.Tally:
		out.How = v.Word("how-copied")
	case ind.Measure != "":
		out.How = v.Word("how-" + ind.Measure)
	}
	for _, n := range ind.Notes {
		out.Notes = append(out.Notes, n[v.Code])
	}
	periods := v.periodsOf(ind.ID)
	for _, p := range periods {
		out.Headlines = append(out.Headlines, v.headline(ind, p))
	}
	for _, p := range periods {
		for _, t := range v.tables(ind.ID) {
			if !slices.Contains(t.Periods(), p) || !v.tells(t, p) {
				continue
			}
			f, err := v.tableFragment(t, p)
			if err != nil {
				return out, err
			}
			id := t.Name + "." + p
			pages.put(v.Code, id, f)
			out.Fragments = append(out.Fragments, ref{id, p, v.say("by", "attribute", v.titleOf(t))})
		}
	}
	if out.Trends, err = v.trends(ind, pages); err != nil {
		return out, err
	}
	if id, value, ok := v.total(ind.ID, ind.Baseline); ok && value.Status() != ledger.Missing {
		out.Baseline = string(v.figure(id, value)) + " · " + template.HTMLEscapeString(v.period(ind.Baseline))
	}
	out.Signs = v.signsOf(ind)
	for _, t := range v.Tables {
		if t.Indicator == ind.ID {
			out.Files = append(out.Files, file{t.Name + ".csv", v.download(t.Resource), ind.ID, len(t.Cells), t.Bytes})
		}
	}
	return out, nil
}

// download is the address of a table that will still answer when a newer release is out.
func (v view) download(r ledger.Resource) string {
	return "/data/" + v.Release.Release.ID + "/" + r.Path
}

// trends makes the figures of an indicator over time.
func (v view) trends(ind *ledger.Indicator, pages *figures) ([]ref, error) {
	all := []ref{}
	add := func(id, period, title string, f fragment, ok bool, err error) error {
		if err == nil && ok {
			pages.put(v.Code, id, f)
			all = append(all, ref{id, period, title})
		}
		return err
	}
	for _, kind := range []string{"year", "quarter"} {
		f, ok, err := v.trendFragment(ind, kind)
		if err := add(ind.ID+".trend-"+kind, "", v.Word("over-time"), f, ok, err); err != nil {
			return nil, err
		}
	}
	years := v.timeline(ind.ID, "year")
	for _, t := range v.tables(ind.ID) {
		if len(years) < 2 || len(t.Attributes) != 1 {
			continue
		}
		last := years[len(years)-1]
		f, ok, err := v.changeFragment(t, years[len(years)-2], last)
		if err := add(t.Name+".change."+last, last, v.say("by", "attribute", v.titleOf(t)), f, ok, err); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (v view) headline(ind *ledger.Indicator, p string) headline {
	id, value, _ := v.total(ind.ID, p)
	h := headline{Period: p, PeriodTitle: v.period(p), Cell: id, Text: v.text(value), Spoken: v.spoken(value, ind.Class), Status: string(value.Status())}
	h.About = v.unit(ind) + " · " + v.period(p)
	if value.Status() == ledger.IsNumber {
		h.About += v.rounded(ind)
	}
	sentence := ind.Sentence[v.Code]
	if value.Status() == ledger.Missing {
		sentence = v.Word("finding-none")
	}
	h.Sentence = string(markup(sentence, map[string]template.HTML{
		"value": v.figure(id, value), "period": escaped(v.period(p)),
	}))
	return h
}

func (v view) statement(s ledger.Statement, pages *figures) (statement, error) {
	out := statement{ID: s.ID, Title: s.Title[v.Code], Programme: s.Programme, Indicators: s.Indicators, Fragments: []ref{}}
	for _, p := range v.periodsOf(s.Indicators[0]) {
		id := "statement." + s.ID + "." + p
		f, err := v.statementFragment(s, p)
		if err != nil {
			return out, err
		}
		pages.put(v.Code, id, f)
		out.Fragments = append(out.Fragments, ref{id, p, v.period(p)})
	}
	return out, nil
}

func (v view) programme(p ledger.Programme) programme {
	out := programme{ID: p.ID, Title: p.Title[v.Code], Summary: p.Summary[v.Code], Indicators: []string{}, Statements: []string{}}
	for _, ind := range v.Indicators {
		if ind.Programme == p.ID {
			out.Indicators = append(out.Indicators, ind.ID)
		}
	}
	for _, s := range v.Statements {
		if s.Programme == p.ID {
			out.Statements = append(out.Statements, s.ID)
		}
	}
	return out
}

// donors is the page of who gave what: the first indicator of kind money that is broken down by one list.
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
		for _, c := range v.List(v.tables(ind.ID)[0].Attributes[0].List).Codes {
			out.List = append(out.List, donor{c.ID, c.Label[v.Code], c.Note[v.Code]})
		}
		break
	}
	return out
}
