package audit_test

import (
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/ledger"
)

// FuzzAudit audits a ledger of one or two releases whose tables and descriptors say anything, with hashes that are right. It never
// panics, and never passes over a number that the rule cannot have made.
func FuzzAudit(f *testing.F) {
	f.Add(sound, "2010,25,\n", "", "")
	f.Add("2010,_T,999999999999999,\n2010,F,,small\n2010,M,,missing\n", "2010,,small\n", "\"additive\": true", "\"additive\": false")
	f.Add("2010,_T,,impossible\n2010,F,5,\n2010,M,,withheld\n", "2010,,missing\n2010-Q1,,small\n", "\"threshold\": 10", "\"threshold\": 0")
	f.Add("2010,_T,60,\n2010,F,25,\n2010,M,,small\n", "2010-2012,60,\n", "\"period\": \"2010\"", "\"period\": \"x\"")
	f.Add("2010,_T,20,\n2010,F,,small\n2010,M,,small\n", "2009-2011,20,\nundated,15,\n", "\"revision\": 20", "\"revision\": 9223372036854775807")
	f.Fuzz(func(t *testing.T, first, second, old, now string) {
		files := ledger.Files{}
		for i, rows := range []string{first, second} {
			id := []string{"2010-r1", "2010-r2"}[i]
			tab := bySex(rows)
			if i > 0 {
				tab.attributes = nil
			}
			for line := range strings.Lines(rows) {
				if cells := strings.Split(strings.TrimSpace(line), ","); len(cells) != len(tab.attributes)+3 {
					return
				}
			}
			files = files.With(id, release(t, id, i+1, tab))
		}
		if old != "" {
			name := "2010-r2/" + ledger.Descriptor
			files[name] = []byte(strings.Replace(string(files[name]), old, now, 1))
		}
		report, faults := attack(files)
		if len(faults) > 0 || len(report.Counted()) > 0 {
			return
		}
		for _, r := range report.Ledger.Releases {
			for _, tab := range r.Tables {
				for _, c := range tab.Cells {
					n, ok := c.Value.Number()
					if ok && r.Indicator(tab.Indicator).Class == "children" && (n < 10 || n%5 != 0) {
						t.Errorf("%s is shown as %d and passes", c.ID, n)
					}
				}
			}
		}
		if len(report.Ledger.Releases) == 0 {
			t.Error("an empty ledger passes")
		}
	})
}
