package audit_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// table is a table of the indicator "served", or of "minors", those of them who are children, as a forger would write it: any rows,
// whatever the rule says.
type table struct {
	indicator  string
	attributes []ledger.Attribute
	rows       string // lines of period,codes...,value,status
	overlap    bool   // the parts do not add up
	median     bool   // of "stay", the median of what "served" counts
}

var (
	sex    = ledger.Attribute{Name: "sex", List: "sex", Codes: []string{"F", "M"}}
	age    = ledger.Attribute{Name: "age", List: "age", Codes: []string{"child", "adult"}}
	region = ledger.Attribute{Name: "region", List: "region", Codes: []string{"north", "east", "south"}}
)

func text(s string) lang.Text { return lang.Text{"en": s} }

func list(a ledger.Attribute) ledger.List {
	l := ledger.List{ID: a.List, Title: text(a.List), Codes: []ledger.Code{}}
	for _, code := range a.Codes {
		l.Codes = append(l.Codes, ledger.Code{ID: code, Label: text(code)})
	}
	return l
}

// describe is a descriptor without tables.
func describe(id string, sequence int) ledger.Package {
	english := &lang.Language{
		Code: "en", Name: "English", Locale: "en", Direction: "ltr", Digits: "0123456789", Group: ",", Months: make([]string, 12),
		Date: "{day}", Year: "{year}", Quarter: "{quarter}", Words: map[string]string{},
	}
	p := ledger.Package{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "x-results-" + strings.ToLower(id), Title: "x", FormatVersion: ledger.FormatVersion,
		Release:      ledger.ReleaseInfo{ID: id, Sequence: sequence, Period: "2010", Date: "2011-03-01"},
		Licenses:     []ledger.License{{Name: "CC-BY-4.0", Title: "CC", Path: "https://creativecommons.org/licenses/by/4.0/"}},
		Organisation: ledger.Organisation{ID: "x", Name: text("x"), Short: text("x"), Mission: text("x"), Address: "https://example.org/", Exit: "https://example.org/", Contacts: []ledger.Contact{}, Brand: ledger.Brand{Accent: "#000000", AccentDark: "#FFFFFF"}},
		Calendar:     calendar.Calendar{Starts: 1}, Languages: []*lang.Language{english},
		Lists: []ledger.List{list(sex), list(age), list(region), list(ledger.Attribute{List: "unit", Codes: []string{"people"}})}, Programmes: []ledger.Programme{}, Statements: []ledger.Statement{},
		Identities: []ledger.Identity{}, Corrections: []ledger.Note{}, Resources: []ledger.Resource{},
		Rule: ledger.Rule{Name: "R5T10", Threshold: 10, Base: 5, SplitFloor: 25, MaxByYear: 3, MaxByQuarter: 2, Revision: 20}, Plan: []ledger.Planned{},
	}
	for _, id := range []string{"served", "minors"} {
		p.Indicators = append(p.Indicators, ledger.Indicator{
			ID: id, Title: text("x"), Definition: text("x"), Sentence: text("{value} {period}"), Kind: "service", Unit: "people",
			Class: "children", Measure: "count", Dataset: text("x"), Rows: "cases", Source: text("x"), Notes: []lang.Text{},
		})
	}
	p.Indicators[1].Filter = []ledger.Attribute{{Name: "age", List: "age", Codes: []string{"child"}}}
	return p
}

// release builds a release's folder from tables, through the ledger's own writer, so that hashes and schema are right.
func release(t *testing.T, id string, sequence int, tables ...table) ledger.Files {
	t.Helper()
	p := describe(id, sequence)
	for _, tab := range tables {
		for line := range strings.Lines(tab.rows) {
			if period, _, _ := strings.Cut(line, ","); !slices.Contains(p.Periods, period) {
				p.Periods = append(p.Periods, period)
			}
		}
	}
	slices.SortFunc(p.Periods, ledger.ComparePeriods)
	files := ledger.Files{}
	for _, tab := range tables {
		of := cmp.Or(tab.indicator, "served")
		if tab.median {
			of = "stay"
			stay := p.Indicators[0]
			stay.ID, stay.Class, stay.Measure, stay.Of = of, "derived", "median", "served"
			p.Indicators = append(p.Indicators, stay)
		}
		r := ledger.Resource{Indicator: of, Attributes: tab.attributes, Additive: !tab.overlap, OverTime: !tab.overlap}
		if r.Attributes == nil {
			r.Attributes = []ledger.Attribute{}
		}
		r.Name = of + ".total"
		if names := r.Names(); len(names) > 0 {
			r.Name = of + "." + strings.Join(names, "-")
		}
		var rows [][]string
		for line := range strings.Lines(tab.rows) {
			rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
		}
		if err := files.Add(&p, r, rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := files.Close(&p); err != nil {
		t.Fatal(err)
	}
	return files
}

// published is a ledger of one release.
func published(t *testing.T, tables ...table) ledger.Files {
	t.Helper()
	return ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, tables...))
}

// attack runs the audit and gives its report and what the reader found.
func attack(files ledger.Files, known ...audit.Known) (*audit.Report, []diag.Diagnostic) {
	var diags diag.List
	return audit.Run(files.FS(), "published", known, &diags), diags.Sorted()
}

// rules lists the rules of findings, each once.
func rules(findings []audit.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Rule)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// descriptor changes a release's descriptor in place.
func descriptor(t *testing.T, files ledger.Files, id string, change func(p *ledger.Package)) {
	t.Helper()
	name := id + "/" + ledger.Descriptor
	var p ledger.Package
	if err := json.Unmarshal(files[name], &p); err != nil {
		t.Fatal(err)
	}
	change(&p)
	closed := ledger.Files{}
	if err := closed.Close(&p); err != nil {
		t.Fatal(err)
	}
	files[name] = closed[ledger.Descriptor]
}
