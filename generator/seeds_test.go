package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
)

// realCodebook is the project's own.
func realCodebook(t *testing.T) *codebook.Codebook {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS("../data/codebook"), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

func TestEveryIndicatorHasItsPageInBothLanguages(t *testing.T) {
	dir := builtSite(t)
	cb := realCodebook(t)
	if len(cb.Indicators) < 60 {
		t.Fatalf("only %d indicators", len(cb.Indicators))
	}
	for _, ind := range cb.Indicators {
		for _, prefix := range []string{"", "km/"} {
			data, err := os.ReadFile(filepath.Join(dir, prefix+"indicators", ind.ID, "index.html"))
			if err != nil {
				t.Error(err)
				continue
			}
			if ind.Needs != nil && !bytes.Contains(data, []byte(`class="lead"`)) {
				t.Errorf("%s%s does not say what it would take to report it", prefix, ind.ID)
			}
		}
	}
}

// moreOf2010 are figures of class open, which stand exact, and of class children as they are shown.
var moreOf2010 = map[string]string{
	"patients/2010": "11,292", "patients-by-setting/2010/setting=hospitalised": "375", "patients-by-setting/2010/setting=out-patient": "2,954",
	"patients-by-setting/2010/setting=mobile": "7,963", "community-workshops/2010": "486", "income/2010": "203,000",
	"admitted/2010/sex=M": "<10", "counselling/2010": "145", "followed-up/2010": "305",
}

func TestFiguresOfTheAnnualReportAreShownAsTheirClassAllows(t *testing.T) {
	figuresStand(t, moreOf2010)
}

// Every figure that the codebook knows of children is shown as the rule has it, if it is shown at all: below 10 never, others as
// multiples of 5. No table has a month, a shelter, or a health test.
func TestNothingFinerThanThePlanIsPublished(t *testing.T) {
	root := "../data/published/2010-r1/tables"
	files, err := os.ReadDir(root)
	if err != nil || len(files) < 50 {
		t.Fatalf("%d tables: %v", len(files), err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(root, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, forbidden := range []string{"month", "shelter", "grade"} {
			if slices.Contains(rows[0], forbidden) {
				t.Errorf("%s has a column %s", f.Name(), forbidden)
			}
		}
		if regexp.MustCompile(`hiv|saliva|organ-test`).MatchString(f.Name()) {
			t.Errorf("%s is a health test", f.Name())
		}
	}
}

// contradictions are what the codebook expects of the printed figures and what does not hold, by the expectation, indicator or
// dataset that names it.
var contradictions = []string{
	"community-workshops", "followed-up", "assessed-before-return", "employed-from-halfway-house", "representatives-at-workshops", "reintegrated-twice",
}

// TestContradictionsOfThePrintedFiguresFireAndSumsThatHoldAreSilent takes out every accepted exception: what then fires are the
// contradictions that CCPCR printed, and nothing else.
func TestContradictionsOfThePrintedFiguresFireAndSumsThatHoldAreSilent(t *testing.T) {
	data := copyData(t)
	for _, name := range []string{"indicators.yaml", "expectations.yaml", "datasets.yaml"} {
		file := filepath.Join(data, "codebook", name)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(withoutAccepted(string(text))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, stderr := impact(t, 1, "check", "--data", data)
	var found []string
	percentages := 0
	for line := range strings.Lines(stderr) {
		switch {
		case strings.Contains(line, "[expectation/percentage]"):
			percentages++
		case strings.Contains(line, "[expectation/"):
			name := strings.Fields(strings.SplitN(line, "expected ", 2)[1])[0]
			name, _, _ = strings.Cut(name, "/")
			if !slices.Contains(found, name) {
				found = append(found, name)
			}
		case strings.Contains(line, ": error: "):
			t.Errorf("something else is wrong: %s", line)
		}
	}
	slices.Sort(found)
	want := slices.Sorted(slices.Values(contradictions))
	if !slices.Equal(found, want) || percentages != 9 {
		t.Errorf("found %q and %d percentages, expected %q and 9", found, percentages, want)
	}
	impact(t, 0, "check", "--data", "../data")
}

// withoutAccepted drops every key "accepted" with what stands below it.
func withoutAccepted(text string) string {
	var out strings.Builder
	skip := -1
	for line := range strings.Lines(text) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if skip >= 0 && strings.TrimSpace(line) != "" && (indent > skip || indent == skip && strings.HasPrefix(strings.TrimSpace(line), "- ")) {
			continue
		}
		skip = -1
		if strings.HasPrefix(strings.TrimSpace(line), "accepted:") {
			skip = indent
			continue
		}
		out.WriteString(line)
	}
	return out.String()
}

// On the data-quality page each of them stands in words.
func TestEveryAcceptedContradictionStandsOnTheDataQualityPage(t *testing.T) {
	dir := builtSite(t)
	cb := realCodebook(t)
	var all []codebook.Accept
	for _, e := range cb.Expectations {
		all = append(all, e.Accepts...)
	}
	for _, ind := range cb.Indicators {
		all = append(all, ind.Accepts...)
	}
	for _, d := range cb.Datasets {
		all = append(all, d.Accepts...)
	}
	if len(all) < 7 {
		t.Fatalf("only %d accepted contradictions", len(all))
	}
	for prefix, language := range map[string]string{"": "en", "km/": "km"} {
		data, err := os.ReadFile(filepath.Join(dir, prefix+"data/quality/index.html"))
		if err != nil {
			t.Fatal(err)
		}
		text := visible(t, data)
		for _, a := range all {
			if !strings.Contains(text, a.Why[language]) {
				t.Errorf("%sdata/quality does not tell of %s", prefix, a.ID)
			}
			for _, number := range regexp.MustCompile(`[0-9]+`).FindAllString(a.Why[language], -1) {
				if !slices.Contains([]string{"2009", "2010", "100"}, number) {
					t.Errorf("the public reason of %s in %s holds the number %s: years and per cent only, no counts", a.ID, language, number)
				}
			}
		}
	}
}
