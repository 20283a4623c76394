package inspect

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// small is a codebook with a dataset for each kind of column. TEXT stands for a text in every language.
var small = map[string]string{
	"organisation.yaml": `id: test
languages: [LANGS]
name: TEXT
short: TEXT
mission: TEXT
address: https://example.org/
calendar: {starts: 1, named: start}
licence: {id: CC-BY-4.0, name: CC BY 4.0, url: https://example.org/licence}
contacts: []
exit: https://example.org/
brand: {accent: "#000000", accentDark: "#FFFFFF"}
protection: {threshold: 10, base: 5, splitFloor: 25, maxByYear: 3, maxByQuarter: 2}
`,
	"lists.yaml":      "- {id: unit, title: TEXT}\n- {id: place, title: TEXT}\n- {id: service, title: TEXT, parent: kind}\n- {id: kind, title: TEXT}\n",
	"programmes.yaml": "[]\n",
	"indicators.yaml": "[]\n",
	"lists/unit.csv":  "code,LANGS\npeople,LABEL:people\n",
	"lists/place.csv": "code,LANGS,aliases,variants\nKH-20,LABEL:Svay Rieng,SVR;Svay Rieng (town),Svay Reing\nKH-12,LABEL:Phnom Penh,,\nNA,LABEL:North,,\n",
	"lists/service.csv": "code,LANGS,aliases,parent\ncounselling,LABEL:Counselling and therapy,,talk\nlegal,LABEL:Legal aid,,talk\n" +
		"health,LABEL:Health care at no cost,\"Health care;Health care, free\",body\n11,LABEL:Eleven,,body\n22,LABEL:Twenty-two,,body\n",
	"lists/kind.csv": "code,LANGS\ntalk,LABEL:Talk\nbody,LABEL:Body\n",
	"datasets.yaml": `- {id: count, title: TEXT, files: "*/count.csv", class: open, period: when, count: count, absent: missing, columns: [{name: when, type: period}, {name: count, type: integer}]}
- {id: nulled, title: TEXT, files: "*/nulled.csv", class: open, period: when, count: nulled, absent: missing, nulls: ["999", "."], columns: [{name: when, type: period}, {name: nulled, type: integer}]}
- {id: percent, title: TEXT, files: "*/percent.csv", class: open, period: when, count: count, percent: percent, absent: missing, columns: [{name: when, type: period}, {name: count, type: integer}, {name: percent, type: integer}]}
- {id: date, title: TEXT, files: "*/date.csv", class: open, period: date, absent: missing, columns: [{name: date, type: date}]}
- {id: dmy, title: TEXT, files: "*/dmy.csv", class: open, period: dmy, absent: missing, columns: [{name: dmy, type: date, format: dmy}]}
- {id: mdy, title: TEXT, files: "*/mdy.csv", class: open, period: mdy, absent: missing, columns: [{name: mdy, type: date, format: mdy}]}
- {id: ymd, title: TEXT, files: "*/ymd.csv", class: open, period: ymd, absent: missing, columns: [{name: ymd, type: date, format: ymd}]}
- {id: serial, title: TEXT, files: "*/serial.csv", class: open, period: serial, absent: missing, columns: [{name: serial, type: date, format: serial}]}
- {id: period, title: TEXT, files: "*/period.csv", class: open, period: period, count: count, absent: missing, columns: [{name: period, type: period}, {name: count, type: integer}]}
- {id: code, title: TEXT, files: "*/code.csv", class: open, period: when, absent: missing, columns: [{name: when, type: period}, {name: code, type: code, list: place}]}
- {id: codes, title: TEXT, files: "*/codes.csv", class: open, period: when, absent: missing, columns: [{name: when, type: period}, {name: codes, type: codes, list: service}, {name: kinds, type: codes, list: kind, from: codes}]}
`,
}

// smallCodebook is small in the given languages, which come from the codebooks of this repository.
func smallCodebook(t testing.TB, languages ...string) *codebook.Codebook {
	t.Helper()
	files := fstest.MapFS{}
	var text []string
	for _, l := range languages {
		text = append(text, l+": x")
		from := os.DirFS(map[string]string{"en": "../../data/codebook", "km": "../../data/codebook", "pt": "../testdata/second/codebook", "fr": "../testdata/second/codebook"}[l])
		for _, name := range []string{"language.yaml", "words.yaml"} {
			data, err := fs.ReadFile(from, "languages/"+l+"/"+name)
			if err != nil {
				t.Fatal(err)
			}
			files["languages/"+l+"/"+name] = &fstest.MapFile{Data: data}
		}
	}
	for name, content := range small {
		content = strings.ReplaceAll(content, "TEXT", "{"+strings.Join(text, ", ")+"}")
		content = strings.ReplaceAll(content, "LANGS", strings.Join(languages, ","))
		for i := strings.Index(content, "LABEL:"); i >= 0; i = strings.Index(content, "LABEL:") {
			label := content[i+6:]
			label = label[:strings.IndexAny(label, ",\n")]
			labels := make([]string, len(languages))
			for j, l := range languages {
				labels[j] = label
				if l == "km" && label == "Svay Rieng" {
					labels[j] = "ស្វាយ\u200bរៀង"
				}
			}
			content = content[:i] + strings.Join(labels, ",") + content[i+6+len(label):]
		}
		files[name] = &fstest.MapFile{Data: []byte(content)}
	}
	var diags diag.List
	cb := codebook.Load(files, "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

// meant reads an export of one dataset and gives what one column of its rows means, and the codes of what is wrong.
func meant(cb *codebook.Codebook, dataset, column, text string) (values, codes []string) {
	var diags diag.List
	in := New(cb, cb.Dataset(dataset), &diags)
	for _, f := range ingest.Find(fstest.MapFS{"2020/" + dataset + ".csv": &fstest.MapFile{Data: []byte(text)}}, "exports", cb, &diags) {
		for range in.Records(f) {
			for i, c := range in.columns {
				if c.Name == column {
					values = append(values, in.values[i])
				}
			}
		}
	}
	for _, d := range diags.Sorted() {
		codes = append(codes, d.Code)
	}
	return values, codes
}

type cellCase struct{ languages, column, cell, expected string }

// table is testdata/values.csv.
func table(t testing.TB) (all []cellCase) {
	t.Helper()
	file, err := os.Open("testdata/values.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 250 {
		t.Fatalf("expected a long table, found %d rows: %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		all = append(all, cellCase{row[0], row[1], row[2], row[3]})
	}
	return all
}

// Each row of testdata/values.csv is an export with that one cell: it is read as what stands beside it, or refused under that code.
func TestEveryCellOfTheTableIsReadAsItSaysOrRefused(t *testing.T) {
	books := map[string]*codebook.Codebook{}
	for _, row := range table(t) {
		languages, column, cell, expected := row.languages, row.column, row.cell, row.expected
		if books[languages] == nil {
			books[languages] = smallCodebook(t, strings.Fields(languages)...)
		}
		cb := books[languages]
		var head, body []string
		for _, c := range ingest.Columns(cb.Dataset(column)) {
			value := map[string]string{"when": "2020", "count": "7"}[c.Name]
			if c.Name == column {
				value = cell
			}
			if c.Choice == nil {
				head, body = append(head, c.Name), append(body, `"`+strings.ReplaceAll(value, `"`, `""`)+`"`)
			}
		}
		values, codes := meant(cb, column, column, strings.Join(head, ",")+"\n"+strings.Join(body, ",")+"\n")
		got := strings.Join(codes, " ")
		if len(values) == 1 {
			if got += values[0]; got == "" {
				got = "(none)"
			}
		}
		if got != expected {
			t.Errorf("%s: %s %q: expected %s, found %s", languages, column, cell, expected, got)
		}
	}
}

func TestColumnsOfSingleAnswersStandForAColumnOfSeveralCodes(t *testing.T) {
	cb := smallCodebook(t, "en", "km")
	for _, c := range []struct{ name, text, want string }{
		{"with a slash", "when,codes/legal,codes/counselling\n2020,1,0\n", "[legal] []"},
		{"with a dot, in words", "when,codes.legal,codes.counselling\n2020,TRUE,True\n", "[counselling legal] []"},
		{"beside a summary", "when,codes,codes/legal,codes/health\n2020,legal health,1,1.0\n", "[legal health] []"},
		{"beside a summary of labels", "when,codes,codes/legal,codes/health\n2020,Legal aid Health care at no cost,1,1\n", "[legal health] []"},
		{"beside a summary that differs", "when,codes,codes/legal,codes/health\n2020,legal,1,1\n", "[] [code/disagree]"},
		{"none of them", "when,codes/legal,codes/health\n2020,0,\n", "[] []"},
		{"not a yes or a no", "when,codes/legal,codes/health\n2020,0,2\n", "[] [value/choice]"},
		{"of no code", "when,codes/juggling,codes/health\n2020,0,2\n", "[] [csv/unknown-header]"},
	} {
		values, codes := meant(cb, "codes", "codes", c.text)
		got := fmt.Sprint(strings.Fields(strings.Join(values, ";")), codes)
		if got != c.want {
			t.Errorf("%s: expected %s, found %s", c.name, c.want, got)
		}
	}
}

func TestADerivedColumnOfSeveralCodesHoldsEachParentOnce(t *testing.T) {
	cb := smallCodebook(t, "en", "km")
	var diags diag.List
	in := New(cb, cb.Dataset("codes"), &diags)
	for _, f := range ingest.Find(fstest.MapFS{"2020/codes.csv": &fstest.MapFile{Data: []byte("when,codes\n2020,health counselling legal\n")}}, "exports", cb, &diags) {
		for r := range in.Records(f) {
			if got := fmt.Sprint(r.Codes, r.Sets); got != "[_T _T] [[counselling legal health] [talk body]]" {
				t.Error(got)
			}
		}
	}
}

// A spelling that is not the code's is never taken; the hint names the code that was most likely meant.
func TestANearSpellingIsSuggestedAndNotTaken(t *testing.T) {
	cb := smallCodebook(t, "en", "km")
	for written, hint := range map[string]string{
		"Svay Rieng": `write the code "KH-20" instead of its label, or add this spelling to the column aliases of lists/place.csv`,
		"svay reing": `write the code "KH-20" instead of its label, or add this spelling to the column aliases of lists/place.csv`,
		"ស្វាយរៀង":   `write the code "KH-20" instead of its label, or add this spelling to the column aliases of lists/place.csv`,
		"Swai Rieng": `did you mean "Svay Rieng"? Write its code "KH-20", or add this spelling to the column aliases of lists/place.csv`,
		"Phnom Phen": `did you mean "Phnom Penh"? Write its code "KH-12", or add this spelling to the column aliases of lists/place.csv`,
		"KH-2O":      `did you mean "KH-20"?`,
		"Somewhere":  "one of: KH-20, KH-12, NA; what your system writes in place of a code goes into the column aliases of lists/place.csv",
	} {
		bad := unknown(cb.List("place"), written)
		if bad.hint != hint {
			t.Errorf("%q: expected %s, found %s", written, hint, bad.hint)
		}
	}
}

func TestAQuarterOfTheCommonYearIsReadOnlyWhereYearsBeginInJanuary(t *testing.T) {
	for month, want := range map[int]string{1: "[2010-Q2] []", 7: "[] [value/period]"} {
		cb := smallCodebook(t, "en", "km")
		cb.Organisation.Calendar.Starts = month
		if values, codes := meant(cb, "period", "period", "period,count\n2010Q2,7\n"); fmt.Sprint(values, codes) != want {
			t.Errorf("years from month %d: got %v %v, want %s", month, values, codes, want)
		}
		if values, _ := meant(cb, "period", "period", "period,count\n2010-Q2,7\n"); fmt.Sprint(values) != "[2010-Q2]" {
			t.Errorf("years from month %d: the organisation's own quarter is %v", month, values)
		}
	}
}
