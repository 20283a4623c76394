package built

import (
	"os"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

func realLedger(t testing.TB) *ledger.Ledger {
	t.Helper()
	var diags diag.List
	l := ledger.Read(os.DirFS("../../../data/published"), "published", &diags)
	if diags.Failed() || l.Newest() == nil {
		t.Fatal("the project's own ledger cannot be read")
	}
	return l
}

func TestANumberNeedsTheWordsThatStandAroundItInTheRelease(t *testing.T) {
	words := newVocabulary(realLedger(t))
	for text, want := range map[string]string{
		"no number at all": "",
		"Numbers of children are rounded to the nearest 5. Parts may not add up to the total.": "",
		"We met 5 boys.":              "5",
		"fewer than 10":               "",
		"10 girls":                    "10",
		"Updated on 22 November 2026": "",
		"on 22 boys":                  "22",
		"since 1994":                  "",
		"1,994 boys":                  "1",
		"12,010 boys":                 "12",
		"Release 2010-r1":             "",
		"Planned for 2011: 30.":       "",
		"Planned for 2011: 31.":       "31",
		"Met: planned 30.":            "30",
		"៧ នាក់":                      "7",
		"seven: Ⅶ":                    "Ⅶ",
		"half: ½":                     "½",
		"2\u200b8\u00ad7 people":      "287",
		"o7":                          "",
		"do7":                         "7",
		"o77":                         "77",
	} {
		if run, _ := words.unexplained(text); run != want {
			t.Errorf("%q: found %q, expected %q", text, run, want)
		}
	}
}

func TestPathsOfStraightLinesAreMeasured(t *testing.T) {
	for d, want := range map[string]box{
		"M1 22l166.2 0l0 20l-166.2 0Z": {1, 22, 167.2, 42},
		"M1 10L1 98":                   {1, 10, 1, 98},
		"m1,2h3v4H1z":                  {1, 2, 4, 6},
		"M0-4l1 0 0 1-1 0Z":            {0, -4, 1, -3},
	} {
		if got, ok := outline(d); !ok || got != want {
			t.Errorf("%s: %v, %v, expected %v", d, got, ok, want)
		}
	}
	for _, d := range []string{"", "M1 1a4 4 0 0 0 1 1", "M1", "L", "C1 1 2 2 3 3"} {
		if got, ok := outline(d); ok {
			t.Errorf("%s: measured as %v", d, got)
		}
	}
}

func TestWhatHasNothingToSayIsTheSameEverywhere(t *testing.T) {
	for said, want := range map[string]int{"a a a": 0, "a a b": 1, "a b": 2, "a a b c": 2, "a a b b": 4} {
		s := &scan{release: realLedger(t).Newest(), alike: map[string]map[string][]string{}}
		for i, word := range strings.Fields(said) {
			s.same("page"+string(rune('a'+i)), "a colour", word)
		}
		if s.unlike(); len(s.findings) != want {
			t.Errorf("%s: %d findings, expected %d", said, len(s.findings), want)
		}
	}
}

// FuzzASite reads hostile files of every kind: none may stop the audit.
func FuzzASite(f *testing.F) {
	f.Add("index.html", `<html lang="en"><figure class="figure"><table><tr><th>F</th><td data-cell="admitted/2010/sex=F">1</td></tr></table><svg viewBox="0 0 1"><path d="M1 1L1 99"/></svg><script class="chart-data">{"option":{"series":null}}</script></figure>`)
	f.Add("index.html", `<html lang="en"><table><tr><td data-cell="x">`)
	f.Add("a.json", `{"cell": "admitted/2010", "value": [1e999, null, {"2": []}]}`)
	f.Add("a.xml", `<a b="1">2</a></a>`)
	f.Add("a.zip", "PK\x05\x06"+strings.Repeat("\x00", 18))
	f.Add("a.css", `"7`)
	f.Add("data/latest", "")
	l := realLedger(f)
	words := newVocabulary(l)
	f.Fuzz(func(t *testing.T, name, text string) {
		s := newScan(l, words)
		s.file(name, []byte(text))
		s.unlike()
	})
}
