package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// sound is a table of one indicator by sex.
const sound = "period,sex,value,status\n2010,_T,25,\n2010,F,15,\n2010,M,,small\n"

// release is a release's folder with one table, whose file may say anything; size and hash are those of the file.
func release(t testing.TB, id string, sequence int, table string) ledger.Files {
	t.Helper()
	text := lang.Text{"en": "x"}
	sex := ledger.Attribute{Name: "sex", List: "sex", Codes: []string{"F", "M"}}
	p := ledger.Package{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: "x-results-" + strings.ToLower(id), Title: "x", FormatVersion: ledger.FormatVersion,
		Release:  ledger.ReleaseInfo{ID: id, Sequence: sequence, Period: "2010", Date: "2011-03-01"},
		Licenses: []ledger.License{{Name: "CC-BY-4.0", Title: "CC", Path: "https://creativecommons.org/licenses/by/4.0/"}},
		Organisation: ledger.Organisation{
			ID: "x", Name: text, Short: text, Mission: text, Address: "https://example.org/", Exit: "https://example.org/",
			Contacts: []ledger.Contact{}, Brand: ledger.Brand{Accent: "#000000", AccentDark: "#FFFFFF"},
		},
		Calendar: calendar.Calendar{Starts: 1}, Periods: []string{"2010"},
		Languages: []*lang.Language{{
			Code: "en", Name: "English", Locale: "en", Direction: "ltr", Digits: "0123456789", Group: ",", Months: make([]string, 12),
			Date: "{day}", Year: "{year}", Quarter: "{quarter}", Words: map[string]string{},
		}},
		Lists:      []ledger.List{{ID: "sex", Title: text, Codes: []ledger.Code{{ID: "F", Label: text}, {ID: "M", Label: text}}}, {ID: "unit", Title: text, Codes: []ledger.Code{{ID: "people", Label: text}}}},
		Programmes: []ledger.Programme{}, Statements: []ledger.Statement{}, Identities: []ledger.Identity{}, Corrections: []ledger.Note{},
		Resources: []ledger.Resource{},
		Rule:      ledger.Rule{Name: "R5T10", Threshold: 10, Base: 5, SplitFloor: 25, MaxByYear: 3, MaxByQuarter: 2, Revision: 20}, Plan: []ledger.Planned{},
		Indicators: []ledger.Indicator{{
			ID: "served", Title: text, Definition: text, Sentence: text, Kind: "service", Unit: "people", Class: "children", Measure: "count",
			Dataset: text, Source: text, Notes: []lang.Text{},
		}},
	}
	files := ledger.Files{}
	r := ledger.Resource{Name: "served.sex", Indicator: "served", Attributes: []ledger.Attribute{sex}, Additive: true}
	var rows [][]string
	for line := range strings.Lines(table) {
		rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
	}
	if err := files.Add(&p, r, rows[1:]); err != nil {
		t.Fatal(err)
	}
	if err := files.Close(&p); err != nil {
		t.Fatal(err)
	}
	return files
}

func TestReleasesAreReadInTheirOrderWithEveryValue(t *testing.T) {
	later := strings.Replace(sound, "F,15", "F,20", 1)
	files := ledger.Files{}.With("2010-r10", release(t, "2010-r10", 2, later)).With("2010-r9", release(t, "2010-r9", 1, sound))
	var diags diag.List
	l := ledger.Read(files.FS(), "published", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	if got := l.Releases[0].Release.ID + " " + l.Newest().Release.ID; got != "2010-r9 2010-r10" {
		t.Errorf("got %s", got)
	}
	for i, want := range []int64{15, 20} {
		v, ok := l.Releases[i].Value("served/2010/sex=F")
		if n, isNumber := v.Number(); !ok || !isNumber || n != want {
			t.Errorf("release %d shows %d, want %d", i, n, want)
		}
	}
	if v, ok := l.Newest().Value("served/2010/sex=M"); !ok || v.Status() != ledger.Small {
		t.Errorf("M is %v", v)
	}
	if v, ok := l.Newest().Value("served/2010/sex=X"); ok || v.Status() != ledger.Withheld {
		t.Errorf("a cell that is not there is %v", v)
	}
	table := l.Newest().Table("served", "sex")
	if table == nil || len(table.Cells) != 3 || !slices.Equal(table.Periods(), []string{"2010"}) || l.Newest().Table("served") != nil {
		t.Errorf("the table is %+v", table)
	}
}

func TestAFolderThatIsNotThereIsAnEmptyLedger(t *testing.T) {
	var diags diag.List
	if l := ledger.Read(ledger.Files{}.FS(), "published", &diags); l.Newest() != nil || diags.Failed() {
		t.Errorf("found %v and %v", l.Newest(), diags.Sorted())
	}
}

func TestAReleaseThatIsBeingWrittenIsPassedOver(t *testing.T) {
	files := ledger.Files{}.With("2010-r1", release(t, "2010-r1", 1, sound)).With(".new-2010-r2", ledger.Files{"datapackage.json": []byte("{")})
	var diags diag.List
	if l := ledger.Read(files.FS(), "published", &diags); len(l.Releases) != 1 || diags.Failed() {
		t.Errorf("found %d releases and %v", len(l.Releases), diags.Sorted())
	}
}

func TestTheSameReleaseIsWrittenByteForByte(t *testing.T) {
	a, b := release(t, "2010-r1", 1, sound), release(t, "2010-r1", 1, sound)
	for name, data := range a {
		if string(data) != string(b[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func ExampleRead() {
	files := ledger.Files{}.With("2010-r1", release(new(testing.T), "2010-r1", 1, sound))
	var diags diag.List
	l := ledger.Read(files.FS(), "data/published", &diags)
	v, _ := l.Newest().Value("served/2010")
	n, _ := v.Number()
	fmt.Println(len(l.Releases), n, diags.Failed())
	// Output: 1 25 false
}
