package release

import (
	"maps"
	"slices"

	"fmt"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// describe copies from the codebook what the public may know.
func describe(cb *codebook.Codebook) ledger.Package {
	o := cb.Organisation
	p := ledger.Package{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", FormatVersion: ledger.FormatVersion,
		Licenses: []ledger.License{{Name: o.Licence.ID, Title: o.Licence.Name, Path: o.Licence.URL}},
		Organisation: ledger.Organisation{
			ID: o.ID, Name: o.Name, Short: o.Short, Mission: o.Mission, Address: o.Address, Exit: o.Exit,
			Contacts: []ledger.Contact{}, Brand: ledger.Brand(o.Brand), Sample: o.Sample,
		},
		Calendar: cb.Calendar(), Languages: cb.Languages,
		Rule: ledger.Rule{
			Name: "R5T10", Threshold: int64(o.Protection.Threshold), Base: int64(o.Protection.Base), SplitFloor: int64(o.Protection.SplitFloor),
			MaxByYear: o.Protection.MaxByYear, MaxByQuarter: o.Protection.MaxByQuarter, Revision: int64(o.Protection.Revision),
		},
		Plan:  []ledger.Planned{},
		Lists: []ledger.List{}, Programmes: []ledger.Programme{}, Indicators: []ledger.Indicator{}, Statements: []ledger.Statement{},
		Identities: []ledger.Identity{}, Exceptions: []ledger.Exception{}, Targets: []ledger.Target{}, Corrections: []ledger.Note{}, Resources: []ledger.Resource{},
	}
	p.Organisation.Next, p.Organisation.Area, p.Organisation.IATI = o.Next.ID, area(cb), registration(o.IATI)
	for _, c := range o.Contacts {
		p.Organisation.Contacts = append(p.Organisation.Contacts, ledger.Contact{ID: c.ID, Title: c.Title, Value: c.Value})
	}
	for _, l := range cb.Lists {
		if published(cb, l) {
			p.Lists = append(p.Lists, list(cb, l))
		}
	}
	for _, x := range cb.Programmes {
		p.Programmes = append(p.Programmes, ledger.Programme{ID: x.ID, Title: x.Title, Summary: x.Summary, Donors: names(x.Donors), IATI: activity(x.IATI)})
	}
	for _, x := range cb.Indicators {
		p.Indicators = append(p.Indicators, indicator(cb, x))
	}
	for _, x := range cb.Statements {
		s := ledger.Statement{ID: x.ID, Title: x.Title, Sentence: x.Sentence, Programme: x.Programme.ID, Indicators: names(x.Indicators)}
		if x.By != nil {
			s.By = x.By.ID
		}
		if x.Flow != nil {
			s.Flow = &ledger.Flow{In: names(x.Flow.In), Through: x.Flow.Through.ID, Out: names(x.Flow.Out)}
		}
		p.Statements = append(p.Statements, s)
	}
	for _, x := range cb.Expectations {
		if !x.Identity() {
			continue
		}
		for i, s := range x.Sides() {
			identity := ledger.Identity{
				ID: x.ID, Title: x.Title, Plus: names(s.Plus), Minus: names(s.Minus), Right: s.Right.ID,
				AtMost: x.Kind == "subset", Next: x.Kind == "next", Except: except(x.Accepts),
			}
			if i > 0 {
				identity.ID = fmt.Sprintf("%s-%d", x.ID, i+1)
			}
			p.Identities = append(p.Identities, identity)
		}
	}
	for _, x := range cb.Indicators {
		for _, whole := range cb.Among(x) {
			p.Identities = append(p.Identities, ledger.Identity{ID: x.ID + "-among-" + whole.ID, Title: x.Definition, Plus: []string{x.ID}, Minus: []string{}, Right: whole.ID, AtMost: true})
		}
	}
	p.Exceptions = exceptions(cb)
	for _, t := range cb.Targets {
		p.Targets = append(p.Targets, ledger.Target{Indicator: t.Indicator, Period: t.Period.String(), Cell: cb.CellOf(t), Value: t.Value, Reason: t.Reason})
	}
	for _, x := range cb.Corrections {
		p.Corrections = append(p.Corrections, ledger.Note{ID: x.ID, Text: x.Why})
	}
	return p
}

// published says whether a list belongs into a release: it may be shown and some table, unit or ladder uses it.
func published(cb *codebook.Codebook, l *codebook.List) bool {
	if !l.MayShow(codebook.Open) {
		return false
	}
	if l.ID == "unit" {
		return true
	}
	for _, ind := range cb.Indicators {
		if ind.Objective != nil && (l.ID == "objective" || l == parent(cb, cb.List("objective"))) {
			return true
		}
		columns := slices.Collect(maps.Keys(ind.Filter))
		for _, b := range ind.Breakdowns {
			columns = append(columns, names(b)...)
		}
		for _, column := range columns {
			for up := cb.ListOf(ind, column); up != nil; up = parent(cb, up) {
				if up == l {
					return true
				}
			}
		}
	}
	return false
}

func parent(cb *codebook.Codebook, l *codebook.List) *codebook.List {
	if l.Parent == nil {
		return nil
	}
	return cb.List(l.Parent.ID)
}

func list(cb *codebook.Codebook, l *codebook.List) ledger.List {
	out := ledger.List{ID: l.ID, Title: l.Title, Ordered: l.Ordered, OpenOnly: !l.MayShow(codebook.Children), Codes: []ledger.Code{}}
	up := parent(cb, l)
	if up != nil && up.MayShow(codebook.Open) {
		out.Parent = up.ID
	}
	for _, c := range l.Codes {
		code := ledger.Code{ID: c.ID, Label: c.Label}
		if out.Parent != "" {
			code.Parent = c.Parent
		}
		if len(c.Note) > 0 {
			code.Note = c.Note
		}
		out.Codes = append(out.Codes, code)
	}
	if g := l.Geometry; g != nil {
		out.Geometry = &ledger.Geometry{Credit: g.Credit, Note: g.Note, Licence: ledger.License{Name: g.Licence.ID, Title: g.Licence.Name, Path: g.Licence.URL}}
	}
	return out
}

func indicator(cb *codebook.Codebook, x *codebook.Indicator) ledger.Indicator {
	out := ledger.Indicator{
		ID: x.ID, Code: x.Code, Title: x.Title, Definition: x.Definition, Sentence: x.Sentence, Kind: x.Kind, Flow: x.Flow, Unit: x.Unit.ID,
		Measure: x.Measure, Source: x.Source, Needs: x.Needs, Headline: x.Headline, Notes: append([]lang.Text{}, x.Notes...), Except: except(x.Accepts),
	}
	if x.Better == "lower" {
		out.Better = x.Better
	}
	switch d := cb.Dataset(x.Dataset.ID); {
	case x.Measure == "percent":
		out.Class, out.Part, out.Whole = string(cb.ClassOf(x)), x.Part.ID, x.Whole.ID
		out.Dataset = cb.Dataset(cb.Indicator(x.Whole.ID).Dataset.ID).Title
	case x.Measure == "median":
		out.Class, out.Of = string(cb.ClassOf(x)), x.Of.ID
		out.Dataset = cb.DatasetOf(x).Title
	case d != nil:
		out.Class, out.Dataset, out.Tally = string(d.Class), d.Title, d.Count != nil
		out.Rows, out.Filter = rows(d, x), filter(d, x)
		if x.Also != nil {
			out.Also = cb.Dataset(x.Also.Dataset.ID).Title
		}
	}
	for breakdown, kind := range x.Charts {
		if out.Charts == nil {
			out.Charts = map[string]string{}
		}
		out.Charts[breakdown] = kind.ID
	}
	if x.Programme != nil {
		out.Programme = x.Programme.ID
	}
	if x.Baseline != nil {
		out.Baseline = x.Baseline.ID
	}
	if x.Objective != nil {
		out.Objective = x.Objective.ID
	}
	return out
}

// rows names the rows that an indicator counts some of: those of a dataset, dated by one of its columns or there on a day. What counts
// returns, or people in two datasets, has rows of its own.
func rows(d *codebook.Dataset, x *codebook.Indicator) string {
	switch {
	case x.Again > 0 || x.Also != nil:
		return ""
	case x.Dated != nil:
		return d.ID + "-" + x.Dated.ID
	case x.On != "":
		return d.ID + "-" + x.On
	}
	return d.ID
}

// filter tells which rows of a dataset an indicator counts.
func filter(d *codebook.Dataset, x *codebook.Indicator) []ledger.Attribute {
	var all []ledger.Attribute
	for _, name := range slices.Sorted(maps.Keys(x.Filter)) {
		col := d.Column(name)
		a := ledger.Attribute{Name: name, List: col.List.ID, Codes: names(x.Filter[name])}
		for _, up := range d.Coarser(col) {
			a.Coarser = append(a.Coarser, up.Name)
		}
		all = append(all, a)
	}
	return all
}

// except gives accepted exceptions by period.
func except(accepts []codebook.Accept) map[string]ledger.Note {
	if len(accepts) == 0 {
		return nil
	}
	notes := map[string]ledger.Note{}
	for _, a := range accepts {
		notes[a.Period.ID] = ledger.Note{ID: a.ID, Text: a.Why}
	}
	return notes
}

// exceptions lists all accepted exceptions of expectations, indicators and datasets.
func exceptions(cb *codebook.Codebook) []ledger.Exception {
	all := []ledger.Exception{}
	add := func(title lang.Text, indicators []string, accepts []codebook.Accept) {
		for _, a := range accepts {
			all = append(all, ledger.Exception{ID: a.ID, Period: a.Period.ID, Title: title, Text: a.Why, Indicators: indicators})
		}
	}
	for _, x := range cb.Expectations {
		add(x.Title, names(x.Indicators()), x.Accepts)
	}
	for _, x := range cb.Indicators {
		add(x.Title, []string{x.ID}, x.Accepts)
	}
	for _, x := range cb.Datasets {
		add(x.Title, []string{}, x.Accepts)
	}
	return all
}

func names(refs []codebook.Ref) []string {
	ids := make([]string, len(refs))
	for i, r := range refs {
		ids[i] = r.ID
	}
	return ids
}
