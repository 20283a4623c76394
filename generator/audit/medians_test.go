package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/ledger"
)

func TestAMedianOfTooFewOrOfNearlyAllIsFound(t *testing.T) {
	for name, c := range map[string]struct{ counts, medians, proof string }{
		"as the rule has it":       {"2010,_T,60,\n2010,F,40,\n2010,M,20,\n", "2010,_T,33,\n2010,F,31,\n2010,M,40,\n", ""},
		"of too few":               {"2010,_T,60,\n2010,F,45,\n2010,M,15,\n", "2010,_T,33,\n2010,F,31,\n2010,M,40,\n", "stay/2010/sex=M is shown, though served/2010/sex=M is not shown as 20 or more"},
		"of a hidden count":        {"2010,_T,20,\n2010,F,,withheld\n2010,M,,withheld\n", "2010,_T,33,\n2010,F,31,\n2010,M,,withheld\n", "stay/2010/sex=F is shown, though"},
		"of nearly all":            {"2010,_T,30,\n2010,F,20,\n2010,M,10,\n", "2010,_T,33,\n2010,F,31,\n2010,M,,withheld\n", "stay/2010/sex=F is shown, though served/2010/sex=F leaves less than 15 of served/2010"},
		"of all that are possible": {"2010,_T,30,\n2010,F,30,\n2010,M,,impossible\n", "2010,_T,33,\n2010,F,33,\n2010,M,,impossible\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			report, faults := attack(published(t, bySex(c.counts), table{attributes: []ledger.Attribute{sex}, rows: c.medians, median: true, overlap: true}))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			found := slices.DeleteFunc(report.Counted(), func(f audit.Finding) bool { return f.Rule != "median" })
			if c.proof == "" && len(found) > 0 || c.proof != "" && (len(found) != 1 || !strings.HasPrefix(found[0].Proof, c.proof)) {
				t.Errorf("expected %q, found %+v", c.proof, found)
			}
			if !slices.Contains(report.Certificate.Audited, "medians") {
				t.Errorf("the certificate does not say that medians are audited: %q", report.Certificate.Audited)
			}
		})
	}
}
