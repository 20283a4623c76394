package render

import (
	"html/template"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
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
	periods, err := v.periods(pages)
	if err != nil {
		return nil, err
	}
	s.Periods = periods
	for i := range v.Indicators {
		ind, err := v.indicator(&v.Indicators[i], pages)
		if err != nil {
			return nil, err
		}
		s.Indicators = append(s.Indicators, ind)
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
		Notes: []string{}, Headlines: []headline{}, Targets: v.targets(ind), Fragments: []ref{}, Views: []breakdown{}, Trends: []ref{}, Files: []file{},
		ByPeriod: map[string]headline{},
	}
	switch {
	case ind.Tally:
		out.How = v.Word("how-copied")
	case ind.Also != nil:
		out.How = lang.Fill(v.Word("how-both"), map[string]string{"first": ind.Dataset[v.Code], "second": ind.Also[v.Code]})
	case ind.Measure != "":
		out.How = v.Word("how-" + ind.Measure)
	}
	for _, n := range ind.Notes {
		out.Notes = append(out.Notes, n[v.Code])
	}
	periods := v.periodsOf(ind.ID)
	if ind.Better == "lower" {
		out.Notes = append(out.Notes, v.Word("better-lower"))
	}
	for _, p := range periods {
		out.ByPeriod[p] = v.headline(ind, p)
		out.Headlines = append(out.Headlines, out.ByPeriod[p])
	}
	if err := v.breakdowns(ind, &out, pages); err != nil {
		return out, err
	}
	if out.Trends, err = v.trends(ind, pages); err != nil {
		return out, err
	}
	if id, value, ok := v.total(ind.ID, ind.Baseline); ok && value.Status() != ledger.Missing {
		out.Baseline = string(v.figure(id, value)) + " · " + template.HTMLEscapeString(v.period(ind.Baseline))
	}
	out.Signs = v.signsOf(ind)
	return out, nil
}

// breakdowns makes the tables of an indicator. One of the newest period of its kind is drawn and has a page for frames; the earlier ones
// stand together. Money stands on the results page of each period, so each is drawn.
func (v view) breakdowns(ind *ledger.Indicator, out *indicator, pages *figures) error {
	tables, framed := v.tables(ind.ID), map[string]bool{}
	for _, p := range v.periodsOf(ind.ID) {
		for _, t := range tables {
			if !v.tells(t, p) {
				continue
			}
			frame := t.Name + "." + periodKind(p)
			newest := !framed[frame]
			framed[frame] = true
			alone := newest || ind.Kind == "money"
			f, err := v.tableFragment(t, p, alone)
			if err != nil {
				return err
			}
			view := "by-" + strings.ReplaceAll(strings.Join(t.Names(), "-"), "_", "-")
			at := slices.IndexFunc(out.Views, func(b breakdown) bool { return b.ID == view })
			if at < 0 {
				at, out.Views = len(out.Views), append(out.Views, breakdown{ID: view, Title: v.titleOf(t)})
			}
			if !alone {
				out.Views[at].Earlier = t.Name + ".earlier"
				pages.put(v.Code, out.Views[at].Earlier, f)
				continue
			}
			one := ref{ID: t.Name + "." + p, Period: p, Title: v.period(p)}
			if newest {
				one.Frame = frame
			}
			pages.put(v.Code, one.ID, f)
			out.Views[at].Fragments = append(out.Views[at].Fragments, one)
			one.Title = v.say("by", "attribute", v.titleOf(t))
			out.Fragments = append(out.Fragments, one)
		}
	}
	return nil
}

// trends makes the figures of an indicator over time.
func (v view) trends(ind *ledger.Indicator, pages *figures) ([]ref, error) {
	all := []ref{}
	add := func(id, period, title string, f fragment, ok bool, err error) error {
		if err == nil && ok {
			pages.put(v.Code, id, f)
			all = append(all, ref{ID: id, Period: period, Title: title})
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
	h.Sentence, h.Change = string(v.sentence(ind, id, value, p)), v.change(ind, p)
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
		out.Fragments = append(out.Fragments, ref{ID: id, Period: p, Title: v.period(p)})
	}
	return out, nil
}

func (v view) programme(p ledger.Programme) programme {
	out := programme{ID: p.ID, Title: p.Title[v.Code], Summary: p.Summary[v.Code], Indicators: []string{}, Statements: []string{}, Donors: p.Donors}
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
