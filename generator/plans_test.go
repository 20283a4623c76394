package main

import (
	"path/filepath"
	"testing"
)

// planChanges make a page say something else of plans and of changes over time than shown values do.
var planChanges = map[string]change{
	"another share of a plan":      grow(`data-share="[^"]*">()(\d+)</`),
	"the share of another plan":    with(`data-share="[^"]*"`, `data-share="nothing/2021"`),
	"another plan":                 grow(`data-plan="[^"]*">()(\d+)</`),
	"another count of plans":       grow(`data-verdicts="[^"]*">()(\d+)</`),
	"a plan that is called unmet":  with(`<tr role="row" class="met">`, `<tr role="row" class="not-met">`),
	"a plan that is called met":    with(`<tr role="row" class="not-met">`, `<tr role="row" class="met">`),
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
