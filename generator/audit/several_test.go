package audit_test

import (
	"testing"

	"github.com/ccpcr/impact/generator/ledger"
)

// Of children with one of two kinds of support each, or with both, the two counts and the total tell how many have both.
func TestThoseInSeveralPartsAreAttacked(t *testing.T) {
	support := ledger.Attribute{Name: "support", List: "sex", Codes: []string{"F", "M"}, Several: true}
	shown := func(whole, first string) table {
		return table{attributes: []ledger.Attribute{support}, rows: "2010,_T," + whole + ",\n2010,F," + first + ",\n2010,M,15,\n", overlap: true}
	}
	expectFound(t, published(t, shown("35", "15")), "those in several parts of served/2010 can only be 0 to 1:")
	if report, faults := attack(published(t, shown("30", "15"))); len(faults) > 0 || len(sums(report)) > 0 {
		t.Errorf("0 to 6 may be in both: %v %v", faults, report.Counted())
	}
	// Where a child may have neither, nobody can tell who has both, and the parts need not make up the whole.
	support.Partial = true
	for _, whole := range []string{"35", "200"} {
		if report, faults := attack(published(t, shown(whole, "15"))); len(faults) > 0 || len(sums(report)) > 0 {
			t.Errorf("of %s: %v %v", whole, faults, report.Counted())
		}
	}
}

// Most children have one home. An attacker who takes it for granted subtracts the homes that are shown from all children.
func TestPeopleAreAttackedAsIfEachStoodInOnePart(t *testing.T) {
	people := func(p *ledger.Package) { p.Indicators[0].Measure = "distinct" }
	last := table{attributes: []ledger.Attribute{region}, rows: "2010,_T,45,\n2010,north,,small\n2010,east,25,\n2010,south,25,\n", overlap: true}
	files := published(t, last)
	descriptor(t, files, "2010-r1", people)
	expectFound(t, files, "served/2010/region=north can only be 0 to 1:")
	// Where the parts say themselves that somebody stands in two, there is nothing to subtract.
	last.rows = "2010,_T,45,\n2010,north,,small\n2010,east,45,\n2010,south,45,\n"
	files = published(t, last)
	descriptor(t, files, "2010-r1", people)
	if report, faults := attack(files); len(faults) > 0 || len(sums(report)) > 0 {
		t.Errorf("%v %v", faults, report.Counted())
	}
}
