package audit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/ledger"
)

// sound is a split that gives nothing away: 23 to 27 people, of whom 13 to 17 and fewer than 15.
const sound = "2010,_T,25,\n2010,F,15,\n2010,M,,small\n"

func bySex(rows string) table { return table{attributes: []ledger.Attribute{sex}, rows: rows} }

func TestASoundLedgerIsCertified(t *testing.T) {
	report, faults := attack(published(t, bySex(sound)))
	if len(report.Findings) > 0 || len(faults) > 0 {
		t.Fatalf("found %v and %v", report.Findings, faults)
	}
	// M is 6 to 9: 23 - 17 is the least, the token's bound the most.
	if c := report.Certificate; c.Cells != 3 || c.Narrowest != 4 {
		t.Errorf("expected 3 cells and at least 4 values: %+v", c)
	}
}

func TestSumsThatNarrowASmallCountAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		table
		proof string // of the first finding; "" where there is none
	}{
		"two small halves under 20 are 9 and 9": {bySex("2010,_T,20,\n2010,F,,small\n2010,M,,small\n"), "served/2010/sex=F can only be 9:"},
		// 0 to 2 are three values with zero among them, which is not narrow by definition; 0 to 1 are.
		"a part as large as its total": {bySex("2010,_T,10,\n2010,F,10,\n2010,M,,withheld\n"), ""},
		"the complement of one shown part": {
			table{attributes: []ledger.Attribute{region}, rows: "2010,_T,45,\n2010,north,25,\n2010,east,25,\n2010,south,,withheld\n"},
			"served/2010/region=south can only be 0 to 1:",
		},
		"hidden halves of a withheld total": {bySex("2010,_T,,withheld\n2010,F,,small\n2010,M,,small\n"), ""},
		"two small halves under 15":         {bySex("2010,_T,15,\n2010,F,,small\n2010,M,,small\n"), ""},
		"parts that are not all told":       {bySex("2010,_T,20,\n2010,F,,small\n2010,M,,missing\n"), ""},
		// Where parts overlap the total is at most their sum: that is enough to say 9 and 9.
		"small parts that overlap":   {table{attributes: []ledger.Attribute{sex}, rows: "2010,_T,20,\n2010,F,,small\n2010,M,,small\n", overlap: true}, "served/2010/sex=F can only be 9:"},
		"parts that need not add up": {table{attributes: []ledger.Attribute{region}, rows: "2010,_T,45,\n2010,north,25,\n2010,east,25,\n2010,south,,small\n", overlap: true}, ""},
		"two small quarters of a year": {
			table{rows: "2010-Q1,,small\n2010-Q2,,small\n2010-Q3,,missing\n2010-Q4,,missing\n2010,20,\n"}, "served/2010-Q1 can only be 9:",
		},
		"two quarters of a year, one of them large": {table{rows: "2010-Q1,,small\n2010-Q2,15,\n2010,20,\n"}, ""},
		"a hidden total of one shown part":          {bySex("2010,_T,,withheld\n2010,F,10,\n2010,M,,impossible\n"), ""},
		"a small part beside an impossible":         {bySex("2010,_T,,small\n2010,F,,small\n2010,M,,impossible\n"), ""},
		"true zeros alone are no small count":       {bySex("2010,_T,10,\n2010,F,,impossible\n2010,M,10,\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			report, faults := attack(published(t, c.table))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			switch counted := sums(report); {
			case c.proof == "" && len(counted) > 0:
				t.Errorf("expected no finding: %+v", counted)
			case c.proof != "" && !slices.ContainsFunc(counted, func(f audit.Finding) bool {
				return strings.HasPrefix(f.Proof, c.proof) && f.Release == "2010-r1" && len(f.Cells) >= 3
			}):
				t.Errorf("expected %q among %+v", c.proof, counted)
			}
		})
	}
}

// sums gives the findings of the attack on sums: the hand-made tables here are split below the floor, which is another finding.
func sums(report *audit.Report) []audit.Finding {
	return slices.DeleteFunc(report.Counted(), func(f audit.Finding) bool { return !strings.HasPrefix(f.Rule, "narrow") })
}

func TestACellThatTheFloorDoesNotExplainIsFound(t *testing.T) {
	for name, c := range map[string]struct{ rows, proof string }{
		"shown under a small split":      {"2010,_T,20,\n2010,F,10,\n2010,M,,withheld\n", "served/2010/sex=F is told, though served/2010 is not shown as 25 or more"},
		"withheld under a large figure":  {"2010,_T,60,\n2010,F,40,\n2010,M,,withheld\n", "served/2010/sex=M is withheld, though"},
		"a total that nothing withholds": {"2010,_T,,withheld\n2010,F,,withheld\n2010,M,,withheld\n", "served/2010 is withheld, though"},
		"as the rule has it":             {"2010,_T,20,\n2010,F,,withheld\n2010,M,,withheld\n", ""},
		"missing beside what is hidden":  {"2010,_T,,small\n2010,F,,missing\n2010,M,,withheld\n", "served/2010/sex=F is told, though served/2010 is not shown as 25 or more"},
		"told below what is not":         {"2010,_T,,missing\n2010,F,30,\n2010,M,,missing\n", "served/2010/sex=F is shown, though a figure above it is not reported"},
		"not told, not possible":         {"2010,_T,,missing\n2010,F,,missing\n2010,M,,impossible\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			report, faults := attack(published(t, bySex(c.rows)))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			var found []string
			for _, f := range report.Counted() {
				if f.Rule == "split-floor" {
					found = append(found, f.Proof)
				}
			}
			if c.proof == "" && len(found) > 0 || c.proof != "" && (len(found) != 1 || !strings.HasPrefix(found[0], c.proof)) {
				t.Errorf("expected %q, found %q", c.proof, found)
			}
		})
	}
}

// In a two-by-two table the margins of one half are a sum of their own.
func TestSumsAreAttackedAtEveryMargin(t *testing.T) {
	report, faults := attack(published(t, table{attributes: []ledger.Attribute{sex, age}, rows: `2010,_T,_T,60,
2010,F,_T,20,
2010,M,_T,40,
2010,_T,child,30,
2010,_T,adult,30,
2010,F,child,,small
2010,F,adult,,small
2010,M,child,20,
2010,M,adult,20,
`}))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if !slices.ContainsFunc(report.Counted(), func(f audit.Finding) bool {
		return strings.HasPrefix(f.Proof, "served/2010/age=child,sex=F can only be 9:")
	}) {
		t.Errorf("expected 9 girls and 9 women: %+v", report.Findings)
	}
}

// A figure shown again may be a kept one, with wider bounds; together with the release before, it is what it was.
func TestReleasesAreReadTogetherAsOneTruth(t *testing.T) {
	whole, halves := table{rows: "2010,20,\n"}, bySex("2010,_T,20,\n2010,F,,small\n2010,M,,small\n")
	report, faults := attack(ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, whole)).With("2010-r2", release(t, "2010-r2", 2, halves)))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if !slices.ContainsFunc(sums(report), func(f audit.Finding) bool {
		return f.Release == "2010-r2" && strings.HasPrefix(f.Proof, "served/2010/sex=F can only be 9:")
	}) {
		t.Errorf("expected 9 and 9, since 20 was made anew in the first release: %+v", report.Counted())
	}
}

// Two releases one child apart: ten after "small" says that nine became ten, so the rule keeps "small" until the change is larger.
func TestAValueThatTheRuleWouldHaveKeptIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		found         bool
	}{
		"small, then 10": {"2010,,small\n", "2010,10,\n", true}, "small, then 15": {"2010,,small\n", "2010,15,\n", false},
		"10, then small": {"2010,10,\n", "2010,,small\n", false}, "15, then 20": {"2010,15,\n", "2010,20,\n", false}, "10, then 10": {"2010,10,\n", "2010,10,\n", false},
	} {
		files := ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, table{rows: c.before})).With("2010-r2", release(t, "2010-r2", 2, table{rows: c.after}))
		report, faults := attack(files)
		if len(faults) > 0 {
			t.Fatal(name, faults)
		}
		if got := slices.Contains(rules(report.Counted()), "release-history"); got != c.found {
			t.Errorf("%s: %+v", name, report.Counted())
		}
	}
}

// Where releases contradict each other a correction lies between them, of which the rule says how large it is at most.
func TestACorrectionNarrowsNoMoreThanItMay(t *testing.T) {
	twice := func(revision int64) *audit.Report {
		files := ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, table{rows: "2010,20,\n"})).With("2010-r2", release(t, "2010-r2", 2, table{rows: "2010,,small\n"}))
		for _, id := range []string{"2010-r1", "2010-r2"} {
			descriptor(t, files, id, func(p *ledger.Package) { p.Rule.Revision = revision })
		}
		report, faults := attack(files)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return report
	}
	if found := sums(twice(20)); len(found) > 0 {
		t.Errorf("18 to 22, then 0 to 9, at most 20 apart: %+v", found)
	}
	found := sums(twice(10))
	for _, want := range []string{"served/2010 can only be 8 to 9:", "the change of served/2010 can only be 9 to 10:"} {
		if !slices.ContainsFunc(found, func(f audit.Finding) bool { return strings.HasPrefix(f.Proof, want) }) {
			t.Errorf("expected %q, at most 10 less than 18: %+v", want, found)
		}
	}
}

func TestWhatIsKnownFromElsewhereAloneIsListedButNotCounted(t *testing.T) {
	known := []audit.Known{{Cell: "served/2010", Value: 25}, {Cell: "served/2010/sex=F", Value: 20}}
	report, faults := attack(published(t, bySex("2010,_T,25,\n2010,F,20,\n2010,M,,small\n")), known...)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if len(report.Findings) == 0 || len(report.Counted()) != 0 {
		t.Errorf("expected a listed finding that does not count: %+v", report.Findings)
	}

	// With one known figure the release adds what pins the other: that counts.
	report, _ = attack(published(t, bySex("2010,_T,15,\n2010,F,10,\n2010,M,,small\n")), audit.Known{Cell: "served/2010", Value: 13})
	if !slices.ContainsFunc(report.Counted(), func(f audit.Finding) bool { return strings.HasPrefix(f.Proof, "served/2010/sex=M can only be 1 to 3:") }) {
		t.Errorf("expected 1 to 3 of 13: %+v", report.Findings)
	}
}

func TestAKnownFigureThatContradictsAReleaseIsPassedOver(t *testing.T) {
	report, faults := attack(published(t, bySex(sound)), audit.Known{Cell: "served/2010", Value: 200})
	if len(faults) > 0 || len(report.Findings) > 0 {
		t.Errorf("a correction is no leak: %+v %v", report.Findings, faults)
	}
}

// A value that the rule cannot have made says nothing that could be true, however often it stands.
func TestAnImpossibleValueInTwoTablesIsAFinding(t *testing.T) {
	report, faults := attack(published(t, bySex("2010,_T,5,\n2010,F,,withheld\n2010,M,,withheld\n"), table{rows: "2010,5,\n"}))
	if len(faults) > 0 || !slices.Contains(rules(report.Counted()), "rounding-grid") {
		t.Errorf("expected rounding-grid: %v %+v", faults, report.Findings)
	}
}

// Each mutation of a sound ledger must be found, by the reader or by an attack.
func TestEveryMutationOfASoundLedgerIsFound(t *testing.T) {
	const file = "2010-r1/tables/served.sex.csv"
	rewrite := func(rows string) func(*testing.T, ledger.Files) ledger.Files {
		return func(t *testing.T, _ ledger.Files) ledger.Files { return published(t, bySex(rows)) }
	}
	four := []ledger.Attribute{sex, age, region, {Name: "again", List: "sex", Codes: sex.Codes}}
	for name, c := range map[string]struct {
		mutate func(t *testing.T, files ledger.Files) ledger.Files
		want   string // a code of the reader or a rule of the audit
	}{
		"an unrounded value":    {rewrite("2010,_T,25,\n2010,F,17,\n2010,M,,small\n"), "rounding-grid"},
		"a value below ten":     {rewrite("2010,_T,25,\n2010,F,15,\n2010,M,5,\n"), "rounding-grid"},
		"a true zero":           {rewrite("2010,_T,25,\n2010,F,25,\n2010,M,0,\n"), "rounding-grid"},
		"a missing row":         {rewrite("2010,_T,25,\n2010,F,15,\n"), "ledger/rows"},
		"a row of another code": {rewrite("2010,_T,25,\n2010,F,15,\n2010,X,,small\n"), "ledger/code"},
		"a status no one knows": {rewrite("2010,_T,25,\n2010,F,15,\n2010,M,,hidden\n"), "ledger/value"},
		"a value and a status":  {rewrite("2010,_T,25,\n2010,F,15,\n2010,M,5,small\n"), "ledger/value"},
		"a number with a sign":  {rewrite("2010,_T,+25,\n2010,F,15,\n2010,M,,small\n"), "ledger/value"},
		"too many attributes": {func(t *testing.T, _ ledger.Files) ledger.Files {
			return published(t, table{attributes: four, rows: every(four)})
		}, "ledger/schema"},
		"three by quarter": {func(t *testing.T, _ ledger.Files) ledger.Files {
			return published(t, table{attributes: four[:3], rows: strings.ReplaceAll(every(four[:3]), "2010,", "2010-Q1,")})
		}, "plan-limits"},
		"a wrong hash": {func(_ *testing.T, f ledger.Files) ledger.Files {
			f[file] = []byte(strings.Replace(string(f[file]), "F,15", "F,20", 1))
			return f
		}, "ledger/hash"},
		"a status changed": {func(_ *testing.T, f ledger.Files) ledger.Files {
			f[file] = []byte(strings.Replace(string(f[file]), "small", "missing", 1))
			return f
		}, "ledger/hash"},
		"an extra file":       {func(_ *testing.T, f ledger.Files) ledger.Files { f["2010-r1/tables/all.csv"] = []byte("x"); return f }, "ledger/stranger"},
		"an extra folder":     {func(_ *testing.T, f ledger.Files) ledger.Files { f["drafts/x.csv"] = []byte("x"); return f }, "ledger/stranger"},
		"a file that is gone": {func(_ *testing.T, f ledger.Files) ledger.Files { delete(f, file); return f }, "ledger/no-table"},
		"another indicator": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Indicators[0].ID = "other" })
			return f
		}, "ledger/inconsistent"},
		"a list not published": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Lists = p.Lists[1:] })
			return f
		}, "ledger/inconsistent"},
		"a code not in its list": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Lists[0].Codes[1].ID = "N" })
			return f
		}, "plan-limits"},
		"a weaker rule": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Rule.Base = 1 })
			return f
		}, "ledger/schema"},
		"a later format": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.FormatVersion = 99 })
			return f
		}, "ledger/schema"},
		"a number out of turn": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Release.Sequence = 3 })
			return f
		}, "ledger/sequence"},
		"another release's name": {func(t *testing.T, f ledger.Files) ledger.Files {
			descriptor(t, f, "2010-r1", func(p *ledger.Package) { p.Release.ID = "2011-r1" })
			return f
		}, "ledger/id"},
		"one cell with two values": {func(t *testing.T, _ ledger.Files) ledger.Files {
			return published(t, bySex(sound), table{rows: "2010,30,\n"})
		}, "ledger/two-values"},
	} {
		t.Run(name, func(t *testing.T) {
			report, faults := attack(c.mutate(t, published(t, bySex(sound))))
			got := rules(report.Counted())
			for _, d := range faults {
				got = append(got, d.Code)
			}
			if !slices.Contains(got, c.want) {
				t.Errorf("expected %s, found %q", c.want, got)
			}
		})
	}
}

// every gives all rows of a table over some attributes, each withheld.
func every(attributes []ledger.Attribute) string {
	rows := []string{"2010"}
	for _, a := range attributes {
		var next []string
		for _, row := range rows {
			for _, code := range append([]string{"_T"}, a.Codes...) {
				next = append(next, row+","+code)
			}
		}
		rows = next
	}
	return strings.Join(rows, ",,withheld\n") + ",,withheld\n"
}

func ExampleRun() {
	report, _ := attack(published(new(testing.T), bySex("2010,_T,20,\n2010,F,,small\n2010,M,,small\n")))
	fmt.Println(sums(report)[0].Proof)
	// Output: served/2010/sex=F can only be 9: at least 9, from served/2010 (18 or more) − served/2010/sex=M (9 or less); at most 9, from served/2010/sex=F (9 or less)
}

// Minors are some of those served. Each table by itself is sound; put together they tell that 2 to 4 come from the north.
func TestIndicatorsThatCountTheSameRowsAreAttackedTogether(t *testing.T) {
	byRegion := func(indicator, rows string) table {
		return table{indicator: indicator, attributes: []ledger.Attribute{region}, rows: rows}
	}
	served := byRegion("served", "2010,_T,35,\n2010,north,,small\n2010,east,25,\n2010,south,10,\n")
	minors := byRegion("minors", "2010,_T,35,\n2010,north,,small\n2010,east,20,\n2010,south,,small\n")
	for _, alone := range []table{served, minors} {
		if report, faults := attack(published(t, alone)); len(faults) > 0 || len(report.Counted()) > 0 {
			t.Errorf("a table by itself: %+v %v", report.Findings, faults)
		}
	}
	report, faults := attack(published(t, served, minors))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, want := range []string{"served/2010/region=north can only be 2 to 4:", "served/2010/region=east without minors/2010/region=east can only be 1 to 3:"} {
		if !slices.ContainsFunc(sums(report), func(f audit.Finding) bool { return strings.HasPrefix(f.Proof, want) }) {
			t.Errorf("expected %q among %+v", want, report.Counted())
		}
	}
}
