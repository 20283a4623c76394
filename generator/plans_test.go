package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// planChanges make a page say something else of plans and of changes over time than shown values do.
var planChanges = map[string]change{
	"another share of a plan":      grow(`data-share="[^"]*">()(\d+)</`),
	"the share of another plan":    with(`data-share="[^"]*"`, `data-share="nothing/2021"`),
	"another plan":                 grow(`data-plan="[^"]*">()(\d+)</`),
	"another count of plans":       grow(`data-verdicts="[^"]*">()(\d+)</`),
	"a plan that is called unmet":  with(`<tr class="met">`, `<tr class="not-met">`),
	"a plan that is called met":    with(`<tr class="not-met">`, `<tr class="met">`),
	"words of another verdict":     with(`(<span class="verdict met">(?:<svg[^>]*>.*?</svg>)?)[^<]*`, `${1}Not met`),
	"a change that is called none": with(`class="beside change (?:up|down)"`, `class="beside change same"`),
	"words of another change":      with(`(class="beside change up">)Up`, `${1}Down`),
	"a change from another year":   with(`(class="beside change [a-z]*">[^<]*<span data-cell=")[^"]*(">)`, `${1}admitted/2025${2}`),
	"a change from another figure": grow(`class="beside change [a-z]*">[^<]*<span data-cell="[^"]*">()(\d+)</`),
}

func TestWhatIsSaidOfPlansAndChangesIsHeldAgainstShownValues(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	impact(t, 0, "sample", "--out", data)
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	impact(t, 0, "publish", "--data", data, "--today", "2026-01-31")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	f := read(t, out, site, filepath.Join(data, "published"))
	for _, finding := range f.audit(t, nil) {
		t.Errorf("the site says too much as it is built: %+v", finding)
	}
	for what, c := range planChanges {
		if f.missed(t, what, c, 0) == 0 {
			t.Errorf("%s: no place found", what)
		}
	}
}

// TestAPlanOfWhichLessIsGoodIsMetByAFigureBelowIt plans more spending than there was, and less: where less is better the first is met, and
// the second is not.
func TestAPlanOfWhichLessIsGoodIsMetByAFigureBelowIt(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS("testdata/second")); err != nil {
		t.Fatal(err)
	}
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	replaceIn(t, filepath.Join(data, "codebook", "indicators.yaml"), "  flow: spending\n", "  flow: spending\n  better: lower\n")
	replaceIn(t, filepath.Join(data, "codebook", "targets.csv"), "receita,2025,,30000000", "despesa,2025,,28000000\nreceita,2025,,30000000")
	for _, x := range []struct{ plan, row, other string }{{"28000000", `class="met"`, `class="not-met"`}, {"27000000", `class="not-met"`, `class="met"`}} {
		replaceIn(t, filepath.Join(data, "codebook", "targets.csv"), "despesa,2025,,28000000", "despesa,2025,,"+x.plan)
		impact(t, 0, "build", "--data", data, "--site", site, "--out", out, "--today", "2025-09-30")
		page, err := os.ReadFile(filepath.Join(out, "indicators", "despesa", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), x.row) || strings.Contains(string(page), x.other) || !strings.Contains(string(page), "Menos é melhor") {
			t.Errorf("a plan of %s: expected %s", x.plan, x.row)
		}
	}
	impact(t, 0, "publish", "--data", data, "--today", "2025-09-30")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	impact(t, 0, "audit", "--data", data, "--site", site, "--built", out)
}
