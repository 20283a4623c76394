package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/ledger"
)

// Percentages of children are not published at all, so none gives a count away.

var five = ledger.Attribute{Name: "band", List: "band", Codes: []string{"a", "b", "c", "d", "e"}}

func TestManySmallPartsUnderALargeWholeAreFound(t *testing.T) {
	files := published(t, table{attributes: []ledger.Attribute{five}, rows: "2010,_T,45,\n2010,a,,small\n2010,b,,small\n2010,c,,small\n2010,d,,small\n2010,e,,small\n"})
	descriptor(t, files, "2010-r1", func(p *ledger.Package) { p.Lists = append(p.Lists, list(five)) })
	expectFound(t, files, "served/2010/band=a can only be 7 to 9:")
}

// Two provinces of a region, which stands in a table of its own.
func TestAProvinceAgainstItsRegionIsFound(t *testing.T) {
	province := ledger.Attribute{Name: "province", List: "province", Codes: []string{"p", "q", "r"}, Coarser: []string{"region"}}
	wide := ledger.Attribute{Name: "region", List: "region", Codes: []string{"north", "south"}}
	files := published(t,
		table{attributes: []ledger.Attribute{province}, rows: "2010,_T,70,\n2010,p,,small\n2010,q,25,\n2010,r,45,\n"},
		table{attributes: []ledger.Attribute{wide}, rows: "2010,_T,70,\n2010,north,25,\n2010,south,45,\n"})
	descriptor(t, files, "2010-r1", func(p *ledger.Package) {
		l := list(province)
		l.Parent = "region"
		for i, up := range []string{"north", "north", "south"} {
			l.Codes[i].Parent = up
		}
		p.Lists = append(p.Lists, l)
	})
	report, faults := attack(files)
	if len(faults) > 0 || len(sums(report)) > 0 {
		t.Fatalf("25 of 25 leave 0 to 4: %v %+v", faults, report.Counted())
	}
	expectFound(t, files, "served/2010/province=p can only be 0 to 1:", audit.Known{Cell: "served/2010/region=north", Value: 24})
}

// The nation by itself: what all other provinces leave.
func TestTheLastProvinceOfANationIsFound(t *testing.T) {
	expectFound(t, published(t, table{attributes: []ledger.Attribute{region}, rows: "2010,_T,45,\n2010,north,,small\n2010,east,25,\n2010,south,25,\n"}), "served/2010/region=north can only be 0 to 1:")
}

// What a withheld part leaves of a shown whole is a count of children too.
func TestTheComplementOfAWithheldPartIsAttacked(t *testing.T) {
	expectFound(t, published(t, table{attributes: []ledger.Attribute{region, sex}, rows: `2010,_T,_T,50,
2010,north,_T,25,
2010,east,_T,15,
2010,south,_T,15,
2010,_T,F,30,
2010,_T,M,15,
2010,north,F,10,
2010,north,M,,withheld
2010,east,F,,withheld
2010,east,M,,withheld
2010,south,F,,withheld
2010,south,M,,withheld
`}), "served/2010/sex=M without served/2010/region=north,sex=M can only be 4 to 6:")
}

// Three two-way tables over three columns: each pair is shown, and all together give what none of them does.
func TestACycleOfTwoWayTablesIsAttackedTogether(t *testing.T) {
	place := ledger.Attribute{Name: "region", List: "region", Codes: []string{"north", "east"}}
	two := func(a, b ledger.Attribute, whole, first, second, both, firstOnly, secondOnly, neither string) table {
		var rows strings.Builder
		for _, r := range [][3]string{
			{"_T", "_T", whole}, {a.Codes[0], "_T", first}, {a.Codes[1], "_T", second}, {"_T", b.Codes[0], first}, {"_T", b.Codes[1], second},
			{a.Codes[0], b.Codes[0], both}, {a.Codes[0], b.Codes[1], firstOnly}, {a.Codes[1], b.Codes[0], secondOnly}, {a.Codes[1], b.Codes[1], neither},
		} {
			value, status := r[2], ""
			if value == "small" || value == "withheld" {
				value, status = "", value
			}
			rows.WriteString("2010," + r[0] + "," + r[1] + "," + value + "," + status + "\n")
		}
		return table{attributes: []ledger.Attribute{a, b}, rows: rows.String()}
	}
	halves := func(a, b ledger.Attribute) table { return two(a, b, "50", "25", "25", "small", "20", "20", "small") }
	// Of three yes-or-no questions no two answers are the same for most: at least one pair always is.
	report, faults := attack(published(t, halves(sex, age), halves(age, place), halves(sex, place)))
	if len(report.Counted()) == 0 && len(faults) == 0 {
		t.Error("expected findings or a contradiction: three pairs cannot all differ")
	}
	if report, faults := attack(published(t, halves(sex, age), halves(age, place))); len(faults) > 0 || len(sums(report)) > 0 {
		t.Errorf("two of the tables alone say nothing narrow: %v %+v", faults, sums(report))
	}
}

// A balance between indicators is a sum like any other.
func TestAClosingStockThatTheOtherFiguresGiveIsFound(t *testing.T) {
	files := ledger.Files{}.With("2010-r1", balance(t, map[string]string{"opening": "2010,10,\n", "admitted": "2010,30,\n", "left": "2010,40,\n", "closing": "2010,,small\n"}))
	report, faults := attack(files)
	if len(faults) > 0 || len(sums(report)) > 0 {
		t.Fatalf("10 and 30 less 40 leave 0 to 6: %v %+v", faults, report.Counted())
	}
	expectFound(t, ledger.Files{}.With("2010-r1", balance(t, map[string]string{"opening": "2010,10,\n", "admitted": "2010,30,\n", "left": "2010,45,\n", "closing": "2010,,small\n"})),
		"closing/2010 can only be 0 to 1:")
	expectFound(t, files, "closing/2010 can only be 1:", audit.Known{Cell: "opening/2010", Value: 10}, audit.Known{Cell: "left/2010", Value: 41}, audit.Known{Cell: "admitted/2010", Value: 32})
}

// balance is a release of four indicators that are tied together.
func balance(t *testing.T, rows map[string]string) ledger.Files {
	t.Helper()
	p, files := describe("2010-r1", 1), ledger.Files{}
	p.Periods = []string{"2010"}
	sample := p.Indicators[0]
	p.Indicators = nil
	for _, id := range []string{"opening", "admitted", "left", "closing"} {
		x := sample
		x.ID = id
		p.Indicators = append(p.Indicators, x)
		var cells [][]string
		for line := range strings.Lines(rows[id]) {
			cells = append(cells, strings.Split(strings.TrimSpace(line), ","))
		}
		if err := files.Add(&p, ledger.Resource{Name: id + ".total", Indicator: id, Attributes: []ledger.Attribute{}, Additive: true}, cells); err != nil {
			t.Fatal(err)
		}
	}
	p.Identities = []ledger.Identity{{ID: "stock", Title: text("x"), Plus: []string{"opening", "admitted"}, Minus: []string{"left"}, Right: "closing"}}
	if err := files.Close(&p); err != nil {
		t.Fatal(err)
	}
	return files
}

// expectFound expects a counted finding whose proof begins as given.
func expectFound(t *testing.T, files ledger.Files, proof string, known ...audit.Known) {
	t.Helper()
	report, faults := attack(files, known...)
	if !slices.ContainsFunc(report.Counted(), func(f audit.Finding) bool { return strings.HasPrefix(f.Proof, proof) }) {
		t.Errorf("expected %q: %v %+v", proof, faults, report.Findings)
	}
}

func TestAGroupThatSharesACodeOfASensitiveColumnIsFound(t *testing.T) {
	sensitive := sex
	sensitive.Sensitive = true
	rows := "2010,_T,60,\n2010,F,60,\n2010,M,,small\n"
	report, _ := attack(published(t, table{attributes: []ledger.Attribute{sensitive}, rows: rows}))
	if got := rules(report.Counted()); !slices.Equal(got, []string{"group-disclosure"}) {
		t.Errorf("expected group-disclosure, found %q", got)
	}
	if report, _ := attack(published(t, bySex(rows))); len(report.Counted()) > 0 {
		t.Errorf("of a column that is not sensitive it may be known: %+v", report.Counted())
	}
}

func TestThatASmallCountIsNotZeroIsFoundWhereItMustNotBeKnown(t *testing.T) {
	guarded := sex
	guarded.Existence = true
	rows := "2010,_T,25,\n2010,F,20,\n2010,M,,small\n"
	report, _ := attack(published(t, table{attributes: []ledger.Attribute{guarded}, rows: rows}))
	if got := rules(report.Counted()); !slices.Equal(got, []string{"existence"}) {
		t.Errorf("expected existence, found %q", got)
	}
	if report, _ := attack(published(t, bySex(rows))); len(report.Counted()) > 0 {
		t.Errorf("1 to 9 are wide enough: %+v", report.Counted())
	}
}

func TestAQuarterThatIsNotPublishedIsWhatTheOthersLeave(t *testing.T) {
	expectFound(t, published(t, table{rows: "2010-Q1,25,\n2010-Q2,15,\n2010-Q4,10,\n2010,45,\n"}), "served/2010-Q3 can only be 0 to 1:")
	expectFound(t, published(t, table{rows: "2010-Q1,25,\n2010,25,\n"}), "served/2010 without 2010-Q1 can only be 0 to 1:", audit.Known{Cell: "served/2010", Value: 24})
}

// 25 shown again may be 21 to 29: only so are 28 to 32 a part of it.
func TestAKeptValueIsReadAsAKeptOne(t *testing.T) {
	before, after := bySex("2010,_T,25,\n2010,F,15,\n2010,M,,small\n"), bySex("2010,_T,25,\n2010,F,30,\n2010,M,,small\n")
	files := ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, before)).With("2010-r2", release(t, "2010-r2", 2, after))
	expectFound(t, files, "served/2010/sex=M can only be 0 to 1:")
}

func TestACertificateThatClaimsTooMuchIsFound(t *testing.T) {
	files := published(t, bySex(sound))
	report, _ := attack(files)
	right := report.Certificate
	descriptor(t, files, "2010-r1", func(p *ledger.Package) { p.Certificate = &right })
	if report, faults := attack(files); len(faults) > 0 || len(report.Counted()) > 0 {
		t.Fatalf("expected a certified ledger: %v %+v", faults, report.Counted())
	}
	less := right
	less.Targets--
	descriptor(t, files, "2010-r1", func(p *ledger.Package) { p.Certificate = &less })
	if report, _ := attack(files); len(report.Counted()) > 0 {
		t.Errorf("an audit that looks at more finds no fault with an earlier one: %+v", report.Counted())
	}
	for what, change := range map[string]func(c *ledger.Certificate){
		"cells": func(c *ledger.Certificate) { c.Cells++ }, "targets": func(c *ledger.Certificate) { c.Targets++ }, "systems": func(c *ledger.Certificate) { c.Systems++ },
		"narrowest": func(c *ledger.Certificate) { c.Narrowest++ }, "audited": func(c *ledger.Certificate) { c.Audited = append(slices.Clone(c.Audited), "more") },
	} {
		wrong := right
		change(&wrong)
		descriptor(t, files, "2010-r1", func(p *ledger.Package) { p.Certificate = &wrong })
		if report, _ := attack(files); !slices.Equal(rules(report.Counted()), []string{"certificate"}) {
			t.Errorf("%s: %+v", what, report.Counted())
		}
	}
}
