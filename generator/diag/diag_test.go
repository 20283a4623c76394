package diag_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/diag"
)

func print(l *diag.List) string {
	var b strings.Builder
	l.Print(&b)
	return b.String()
}

func at(file string, line, col int) diag.Pos { return diag.Pos{File: file, Line: line, Col: col} }

func TestFindingsAreSortedByPlaceAndEachIsPrintedOnce(t *testing.T) {
	var l diag.List
	l.Errorf(at("b.csv", 2, 10), "code/unknown", "", "third")
	l.Errorf(at("b.csv", 10, 1), "code/unknown", "", "fourth")
	l.Warnf(at("b.csv", 2, 9), "value/date", "write a date", "second")
	l.Errorf(at("a.csv", 0, 0), "csv/empty", "", "first")
	l.Errorf(at("b.csv", 2, 10), "code/unknown", "", "third")
	want := `a.csv: error: first [csv/empty]
b.csv:2:9: warning: second [value/date]
    hint: write a date
b.csv:2:10: error: third [code/unknown]
b.csv:10:1: error: fourth [code/unknown]
3 errors, 1 warning
`
	if got := print(&l); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestAfterTwentyOfACodeTheRestIsOnlyCounted(t *testing.T) {
	var l diag.List
	for line := 1; line <= 25; line++ {
		l.Errorf(at("a.csv", line, 0), "row/repeated", "", "again")
	}
	l.Errorf(at("b.csv", 1, 0), "csv/ragged", "", "other")
	got := print(&l)
	if strings.Count(got, "[row/repeated]\n") != 21 || !strings.Contains(got, "a.csv:20: ") || strings.Contains(got, "a.csv:21: ") {
		t.Errorf("expected the first 20 of a code and a count:\n%s", got)
	}
	if !strings.HasSuffix(got, "b.csv:1: error: other [csv/ragged]\n… and 5 more of [row/repeated]\n26 errors, 0 warnings\n") {
		t.Errorf("expected all to be counted at the end:\n%s", got)
	}
}

func TestNoErrorIsLostAmongWarnings(t *testing.T) {
	var l diag.List
	for line := 1; line <= 30; line++ {
		l.Warnf(at("a.csv", line, 0), "text/untranslated", "", "again")
	}
	l.Errorf(at("b.csv", 1, 0), "csv/ragged", "", "other")
	got := print(&l)
	if strings.Count(got, "warning: again") != 5 || !strings.HasSuffix(got, "b.csv:1: error: other [csv/ragged]\n… and 25 more of [text/untranslated]\n1 error, 30 warnings\n") {
		t.Errorf("expected five warnings, the error and a count:\n%s", got)
	}
}

func TestAnEmptyListPrintsNothingAndOnlyErrorsFail(t *testing.T) {
	var l diag.List
	if print(&l) != "" || l.Failed() {
		t.Error("an empty list is not silent")
	}
	l.Warnf(at("a", 1, 1), "some/thing", "", "careful")
	if l.Failed() {
		t.Error("a warning fails a run")
	}
	l.Errorf(at("a", 1, 1), "some/thing", "", "wrong")
	if !l.Failed() {
		t.Error("an error does not fail a run")
	}
}

func TestNearestSuggestsOnlySlipsOfThePen(t *testing.T) {
	for _, c := range []struct {
		written    string
		candidates []string
		want       string
	}{
		{"provinse", []string{"province", "region"}, "province"},
		{"PROVINCE", []string{"province"}, "province"},
		{"5-9 ", []string{"0-4", "5-9"}, "5-9"},
		{"regiao", []string{"região"}, "região"},
		{"x", []string{"y"}, "y"},
		{"district", []string{"province", "region"}, ""},
		{"", []string{"province"}, ""},
		{"ab", []string{"ac", "ab"}, "ab"},
		{"word", nil, ""},
	} {
		if got := diag.Nearest(c.written, c.candidates); got != c.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", c.written, c.candidates, got, c.want)
		}
	}
}

func TestWithoutANearWordAtMostEightAreListed(t *testing.T) {
	words := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa")
	if got := diag.Suggest("zzzzzzzz", words); got != "one of: alpha, beta, gamma, delta, epsilon, zeta, eta, theta, …" {
		t.Errorf("got %q", got)
	}
	if got := diag.Suggest("gama", words); got != `did you mean "gamma"?` {
		t.Errorf("got %q", got)
	}
}

func TestColumnsAreCountedInCharacters(t *testing.T) {
	line := "ភ្នំពេញ,Gabú,x"
	for _, c := range []struct{ inBytes, want int }{
		{1, 1}, {len("ភ្នំពេញ,") + 1, 9}, {len("ភ្នំពេញ,Gabú,") + 1, 14}, {len(line) + 1, 15}, {len(line) + 9, 15}, {0, 0},
	} {
		if got := diag.Column(line, c.inBytes); got != c.want {
			t.Errorf("byte %d is column %d, want %d", c.inBytes, got, c.want)
		}
	}
}

func ExampleList_Print() {
	var l diag.List
	l.Errorf(diag.Pos{File: "data/exports/2010/cases.csv", Line: 412, Col: 9}, "code/unknown", `did you mean "5-9"?`, "expected a code of the list age")
	l.Print(os.Stdout)
	fmt.Println(l.Failed())
	// Output:
	// data/exports/2010/cases.csv:412:9: error: expected a code of the list age [code/unknown]
	//     hint: did you mean "5-9"?
	// 1 error, 0 warnings
	// true
}

func TestAPlaceInAWorkbookIsWrittenAsSpreadsheetsDo(t *testing.T) {
	for want, p := range map[string]diag.Pos{
		"a.xlsx:Sheet1":      {File: "a.xlsx", Sheet: "Sheet1"},
		"a.xlsx:Sheet1!C5":   {File: "a.xlsx", Sheet: "Sheet1", Line: 5, Col: 3},
		"a.xlsx:ខេត្ត!Z1":    {File: "a.xlsx", Sheet: "ខេត្ត", Line: 1, Col: 26},
		"a.xlsx:Sheet1!AA12": {File: "a.xlsx", Sheet: "Sheet1", Line: 12, Col: 27},
		"a.xlsx:Sheet1!XFD2": {File: "a.xlsx", Sheet: "Sheet1", Line: 2, Col: 16384},
	} {
		if got := p.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestACellsContentIsKeptOnlyByAListThatIsToldTo(t *testing.T) {
	for _, keep := range []bool{false, true} {
		l := diag.List{KeepValues: keep}
		l.Cell("Sok \x1b[31mDara").Errorf(at("a.csv", 2, 3), "personal/name", "take it out", "expected nobody")
		l.Warnf(at("a.csv", 3, 1), "value/date", "", "about no cell")
		asJSON, err := json.Marshal(l.Sorted())
		if err != nil {
			t.Fatal(err)
		}
		text := print(&l)
		if strings.Contains(string(asJSON), "Dara") != keep || strings.Contains(text, "Dara") != keep || strings.Contains(string(asJSON), "value\":") != keep {
			t.Errorf("KeepValues %v gave %s and\n%s", keep, asJSON, text)
		}
		if strings.Contains(text, "\x1b") || strings.Count(text, "found:") > 1 {
			t.Errorf("a terminal would obey, or a finding without a cell shows one:\n%s", text)
		}
	}
}
