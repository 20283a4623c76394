package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

// findings are what is found in the printed figures once every accepted exception is taken out, and how often: by the indicator,
// expectation or dataset that finds it.
var findings = map[string]int{
	"community-workshops": 1, "followed-up": 1, "assessed-before-return": 1, "employed-from-halfway-house": 1, "representatives-at-workshops": 2,
	"women-in-shelters": 1, "next-year-begins": 1, "planned-care": 1, "planned-counselling": 1, "health-plan-is-new": 3, "planned-patients": 1,
	"steady-pupils": 1, "age-bands": 1, "village-activities-differ": 1, "sessions-differ": 1, "reintegrated-twice": 1, "reintegrated-by-month": 1,
	"referred-by-age": 2, "trained-by-case-type": 2, "women-in-svay-rieng": 6, "svay-rieng-as-printed": 11, "svay-rieng": 9, "topics-differ": 1,
	"tables-of-svay-rieng-differ": 1, "svay-rieng-stock": 1,
}

// TestContradictionsOfThePrintedFiguresFireAndSumsThatHoldAreSilent takes out every accepted exception: what then fires are the
// contradictions that CCPCR printed, and nothing else. The table in docs names each of them.
func TestContradictionsOfThePrintedFiguresFireAndSumsThatHoldAreSilent(t *testing.T) {
	data := copyData(t)
	for _, name := range []string{"indicators.yaml", "expectations.yaml", "datasets.yaml"} {
		rewrite(t, filepath.Join(data, "codebook", name), withoutAccepted)
	}
	found := map[string]int{}
	for _, d := range checked(t, data) {
		name := strings.Fields(strings.TrimPrefix(d.Msg, "expected "))[0]
		name, _, _ = strings.Cut(name, "/")
		if d.Code == "expectation/percentage" {
			name = "svay-rieng"
		}
		if !strings.HasPrefix(d.Code, "expectation/") {
			t.Errorf("something else is wrong: %v", d)
		}
		found[name]++
	}
	if !maps.Equal(found, findings) {
		t.Errorf("found %v, expected %v", found, findings)
	}
	if silent := checked(t, "../data"); len(silent) > 0 {
		t.Errorf("with its exceptions the codebook finds %v", silent)
	}
	told := map[string]bool{}
	for _, row := range contradictions(t) {
		if id := row[3]; id != "no rule" && !strings.HasPrefix(id, "at reading: ") {
			told[strings.Trim(id, "`")] = true
		}
	}
	if got, want := slices.Sorted(maps.Keys(told)), slices.Sorted(maps.Keys(findings)); !slices.Equal(got, want) {
		t.Errorf("docs/contradictions.md names %q, found are %q", got, want)
	}
}

// Each exception is one that the table names, and what the table names is accepted as it says.
func TestTheTableOfContradictionsNamesEveryAcceptedException(t *testing.T) {
	cb := realCodebook(t)
	accepts := map[string]string{} // owner by exception
	for _, e := range cb.Expectations {
		for _, a := range e.Accepts {
			accepts[a.ID] = e.ID
		}
	}
	for _, ind := range cb.Indicators {
		for _, a := range ind.Accepts {
			accepts[a.ID] = ind.ID
		}
	}
	for _, d := range cb.Datasets {
		for _, a := range d.Accepts {
			accepts[a.ID] = d.ID
		}
	}
	named := map[string]string{}
	rows := contradictions(t)
	if len(rows) < 50 {
		t.Errorf("only %d contradictions", len(rows))
	}
	for i, row := range rows {
		if row[0] != strconv.Itoa(i+1) || row[4] == "" {
			t.Errorf("row %d: expected a number in order and a reason, found %q", i+1, row)
		}
		if strings.HasPrefix(row[3], "`") {
			named[strings.Trim(row[4], "`")] = strings.Trim(row[3], "`")
		}
	}
	if !maps.Equal(named, accepts) {
		t.Errorf("the table has %v, the codebook %v", named, accepts)
	}
}

// What the table says is refused at reading is refused, with the code that it names; spellings of places lead to their code.
func TestCellsAsTheyWerePrintedAreRefusedAtReading(t *testing.T) {
	for _, c := range []struct{ file, row, printed, code, hint string }{
		{"svay-rieng.csv", "NC,_T,_T,_T,_T,_T,_T,_T,_T,_T,4,,4/2", "NC,_T,_T,_T,_T,_T,_T,_T,_T,_T,4/2,,4/2", "value/several", ""},
		{"svay-rieng.csv", "_T,12,,12 (F12)", "_T,12 (F12),,12 (F12)", "value/several", ""},
		{"svay-rieng.csv", "_T,27,,", "_T,\"27 (F25, M2)\",,", "value/several", ""},
		{"stocks.csv", "schools,11,", "schools,5 of 2,", "value/several", ""},
		{"sessions.csv", "community-workshop,stoung,", "community-workshop,Staung,", "code/unknown", "stoung"},
		{"sessions.csv", "community-workshop,stoung,", "community-workshop,Staong,", "code/unknown", "stoung"},
		{"sessions.csv", "community-workshop,prasat-sambour,", "community-workshop,Prosat Sambo,", "code/unknown", "prasat-sambour"},
		{"sessions.csv", "group-network,tuek-chhou,", "group-network,Toeuk Chu,", "code/unknown", "tuek-chhou"},
		{"sessions.csv", "group-network,tuek-chhou,", "group-network,Kam Pot,", "code/unknown", "kampot"},
		{"sessions.csv", "group-network,tuek-chhou,", "group-network,Bovel,", "code/unknown", "bavel"},
		{"sessions.csv", "group-network,tuek-chhou,", "group-network,Stoung Sen,", "code/unknown", "stueng-saen"},
	} {
		data := copyData(t)
		rewrite(t, filepath.Join(data, "exports", "2010-printed", c.file), func(s string) string { return strings.Replace(s, c.row, c.printed, 1) })
		found := checked(t, data)
		if len(found) != 1 || found[0].Code != c.code || !strings.Contains(found[0].Hint, c.hint) {
			t.Errorf("%s: expected [%s] with %q, found %v", c.printed, c.code, c.hint, found)
		}
	}
}

// contradictions are the rows of the table in docs.
func contradictions(t *testing.T) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile("../docs/contradictions.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 5 || strings.Contains(line, "| --- |") || strings.Contains(line, "| no. |") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

// checked is what check finds in a data folder.
func checked(t *testing.T, data string) []diag.Diagnostic {
	t.Helper()
	e := env{data: data, stdout: io.Discard, stderr: io.Discard}
	_, err := e.measure("")
	if err != nil && !errors.Is(err, errBadInput) {
		t.Fatal(err)
	}
	return e.diags.Sorted()
}

// change rewrites a file.
func rewrite(t *testing.T, file string, with func(string) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now := with(string(text))
	if now == string(text) {
		t.Fatalf("nothing to change in %s", file)
	}
	if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
		t.Fatal(err)
	}
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
