package audit_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/ledger"
)

// tied is a release of indicators that identities tie together, each with its tables.
func tied(t *testing.T, identities []ledger.Identity, tables ...table) ledger.Files {
	t.Helper()
	p, files := describe("2010-r1", 1), ledger.Files{}
	sample := p.Indicators[0]
	p.Indicators, p.Identities = nil, identities
	province := list(homes)
	province.Parent = "region"
	for i, up := range []string{"north", "north", "south"} {
		province.Codes[i].Parent = up
	}
	p.Lists = append(p.Lists, province)
	for _, tab := range tables {
		if !slices.ContainsFunc(p.Indicators, func(ind ledger.Indicator) bool { return ind.ID == tab.indicator }) {
			x := sample
			x.ID, x.Rows = tab.indicator, tab.indicator
			p.Indicators = append(p.Indicators, x)
		}
		r := ledger.Resource{Indicator: tab.indicator, Attributes: tab.attributes, Additive: !tab.overlap, OverTime: !tab.overlap}
		r.Name = tab.indicator + "." + cmp.Or(strings.Join(r.Names(), "-"), "total")
		if r.Attributes == nil {
			r.Attributes = []ledger.Attribute{}
		}
		var rows [][]string
		for line := range strings.Lines(tab.rows) {
			row := strings.Split(strings.TrimSpace(line), ",")
			if rows = append(rows, row); !slices.Contains(p.Periods, row[0]) {
				p.Periods = append(p.Periods, row[0])
			}
		}
		if err := files.Add(&p, r, rows); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(p.Periods, ledger.ComparePeriods)
	if err := files.Close(&p); err != nil {
		t.Fatal(err)
	}
	return ledger.Files{}.With("2010-r1", files)
}

var (
	homes = ledger.Attribute{Name: "province", List: "province", Codes: []string{"p", "q", "r"}, Coarser: []string{"region"}}
	wide  = ledger.Attribute{Name: "region", List: "region", Codes: []string{"north", "south"}}

	came    = ledger.Identity{ID: "stock", Title: text("x"), Plus: []string{"opening", "admitted"}, Minus: []string{"left"}, Right: "closing"}
	advised = ledger.Identity{ID: "advised", Title: text("x"), Plus: []string{"counselled"}, Minus: []string{}, Right: "admitted", AtMost: true}
)

// Of the girls 10 and 30 less 45 leave 0 or 1. An indicator that joins the chain without telling girls from boys must not hide that.
func TestAChainIsAttackedByColumnsThatSomeOfItsIndicatorsLack(t *testing.T) {
	girls := func(indicator, whole, girls, boys string) table {
		return table{indicator: indicator, attributes: []ledger.Attribute{sex}, rows: "2010,_T," + whole + "\n2010,F," + girls + "\n2010,M," + boys + "\n"}
	}
	balance := []table{girls("opening", "60,", "10,", "50,"), girls("admitted", "60,", "30,", "30,"), girls("left", "75,", "45,", "30,"), girls("closing", "50,", ",small", "50,")}
	const proof = "closing/2010/sex=F can only be 0 to 1:"
	expectFound(t, tied(t, []ledger.Identity{came}, balance...), proof)
	counselled := table{indicator: "counselled", rows: "2010,25,\n"}
	expectFound(t, tied(t, []ledger.Identity{came, advised}, append(slices.Clone(balance), counselled)...), proof)
	expectFound(t, tied(t, []ledger.Identity{advised, came}, append([]table{counselled}, balance...)...), proof)

	overlapping := table{indicator: "counselled", attributes: []ledger.Attribute{sex}, rows: "2010,_T,25,\n2010,F,25,\n2010,M,,small\n", overlap: true}
	expectFound(t, tied(t, []ledger.Identity{came, advised}, append(slices.Clone(balance), overlapping)...), proof)
}

// Some indicators are told by province, another by region: the provinces of a region are as many as the region.
func TestAChainIsAttackedByTheCoarserCodesOfOneAndTheCodesOfAnother(t *testing.T) {
	both := ledger.Identity{ID: "both", Title: text("x"), Plus: []string{"came", "born"}, Minus: []string{}, Right: "all"}
	expectFound(t, tied(t, []ledger.Identity{both},
		table{indicator: "came", attributes: []ledger.Attribute{homes}, rows: "2010,_T,65,\n2010,p,,small\n2010,q,15,\n2010,r,50,\n"},
		table{indicator: "born", attributes: []ledger.Attribute{homes}, rows: "2010,_T,75,\n2010,p,10,\n2010,q,15,\n2010,r,50,\n"},
		table{indicator: "all", attributes: []ledger.Attribute{wide}, rows: "2010,_T,135,\n2010,north,35,\n2010,south,100,\n"}),
		"came/2010/province=p can only be 0 to 1:")
}

// Three quarters that a balance ties leave nothing of the year to the fourth.
func TestTheQuartersOfAYearAreAttackedInAChain(t *testing.T) {
	same := ledger.Identity{ID: "both", Title: text("x"), Plus: []string{"came", "born"}, Minus: []string{}, Right: "all"}
	expectFound(t, tied(t, []ledger.Identity{same},
		table{indicator: "came", rows: "2010,25,\n"},
		table{indicator: "born", rows: "2010,25,\n2010-Q1,25,\n2010-Q4,,small\n"},
		table{indicator: "all", rows: "2010,45,\n2010-Q1,30,\n2010-Q4,15,\n"}),
		"born/2010-Q4 can only be 0 to 1:")
}

// Of 19 who were admitted 20 were counselled as far as is shown: none or one was not.
func TestWhatAPartLeavesOfTheIndicatorThatCountsThemAllIsFound(t *testing.T) {
	files := tied(t, []ledger.Identity{advised}, table{indicator: "admitted", rows: "2010,20,\n"}, table{indicator: "counselled", rows: "2010,20,\n"})
	if report, faults := attack(files); len(faults) > 0 || len(report.Counted()) > 0 {
		t.Fatalf("20 less 20 leave 0 to 4: %v %+v", faults, report.Counted())
	}
	expectFound(t, files, "admitted/2010 without counselled/2010 can only be 0 to 1:", audit.Known{Cell: "admitted/2010", Value: 19})
}

// Who stands in two registers in a year need not do so in one quarter: the quarters are no more than the year, and the year may be more than
// its quarters together.
func TestPeopleInTwoRegistersInAYearMayBeInNoQuarter(t *testing.T) {
	rows := "2010,30,\n2010-Q1,,small\n2010-Q2,,small\n2010-Q3,,small\n2010-Q4,,small\n"
	files := tied(t, nil, table{indicator: "both", rows: rows, overlap: true})
	if _, faults := attack(files); len(faults) > 0 {
		t.Fatal(faults)
	}
	few := tied(t, nil, table{indicator: "both", rows: strings.Replace(rows, "30", "45", 1), overlap: true})
	if _, faults := attack(few); len(faults) == 0 {
		t.Fatal("four quarters with 9 people at most cannot make 43 or more different ones")
	}
	descriptor(t, few, "2010-r1", func(p *ledger.Package) { p.Indicators[0].Measure, p.Indicators[0].Also = "distinct", text("y") })
	if report, faults := attack(few); len(faults) > 0 || len(report.Counted()) > 0 {
		t.Errorf("of people in two registers they can: %v %+v", faults, report.Counted())
	}
}

// The parts of a quarter are said not to add up: it is still a quarter of its year.
func TestAQuarterWhosePartsDoNotAddUpIsStillPartOfItsYear(t *testing.T) {
	both := ledger.Identity{ID: "both", Title: text("x"), Plus: []string{"came", "born"}, Minus: []string{}, Right: "all"}
	files := tied(t, []ledger.Identity{both},
		table{indicator: "came", rows: "2010,25,\n"},
		table{indicator: "born", attributes: []ledger.Attribute{sex}, rows: "2010,_T,25,\n2010,F,15,\n2010,M,10,\n2010-Q1,_T,25,\n2010-Q1,F,25,\n2010-Q1,M,10,\n2010-Q4,_T,,small\n2010-Q4,F,,withheld\n2010-Q4,M,,withheld\n"},
		table{indicator: "all", rows: "2010,45,\n2010-Q1,30,\n2010-Q4,15,\n"})
	descriptor(t, files, "2010-r1", func(p *ledger.Package) {
		note := ledger.Note{ID: "counted-twice", Text: text("x")}
		p.Exceptions = []ledger.Exception{{ID: note.ID, Period: "2010-Q1", Title: text("x"), Text: text("x"), Indicators: []string{"born"}}}
		for i := range p.Indicators {
			if p.Indicators[i].ID == "born" {
				p.Indicators[i].Except = map[string]ledger.Note{"2010-Q1": note}
			}
		}
	})
	expectFound(t, files, "born/2010-Q4 can only be 0 to 1:")
}
