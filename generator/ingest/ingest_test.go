package ingest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// cases is a dataset of three columns, one of them derived and hence in no file.
var cases = &codebook.Dataset{ID: "cases", Files: "*/cases.csv", Columns: []*codebook.Column{
	{Name: "place", Type: "text"},
	{Name: "province", Type: "code", From: &codebook.Ref{ID: "place"}},
	{Name: "count", Type: "integer"},
	{Name: "ខេត្ត", Type: "text"},
}}

// read gives the rows of a file as text, each with the place of its last column, and the findings.
func read(t *testing.T, text string) (rows []string, findings []diag.Diagnostic) {
	t.Helper()
	var diags diag.List
	fsys := fstest.MapFS{"2010/cases.csv": {Data: []byte(text)}}
	files := ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{cases}}, &diags)
	if len(files) != 1 {
		t.Fatalf("expected one file, found %d", len(files))
	}
	for row := range files[0].Rows(&diags) {
		p := row.Pos(2)
		rows = append(rows, fmt.Sprintf("%d %q %d:%d", row.Line, row.Cells, p.Line, p.Col))
	}
	return rows, diags.Sorted()
}

func TestRowsComeWithTheirCellsInTheCodebooksOrderAndPlacesInCharacters(t *testing.T) {
	const header = "count,ខេត្ត,place\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"plain":                {header + "7,ក,PP\n", []string{`2 ["PP" "7" "ក"] 2:3`}},
		"byte order mark":      {"\ufeff" + header + "7,ក,PP\n", []string{`2 ["PP" "7" "ក"] 2:3`}},
		"carriage returns":     {"count,ខេត្ត,place\r\n7,ក,PP\r\n8,ខ,SR\r\n", []string{`2 ["PP" "7" "ក"] 2:3`, `3 ["SR" "8" "ខ"] 3:3`}},
		"blank lines":          {"\n\n" + header + "\n7,ក,PP\n\n\r\n8,ខ,SR\n", []string{`5 ["PP" "7" "ក"] 5:3`, `8 ["SR" "8" "ខ"] 8:3`}},
		"quotes":               {header + `"7","a ""b"", c",PP` + "\n", []string{`2 ["PP" "7" "a \"b\", c"] 2:5`}},
		"a quoted heading":     {"\ufeff\"count\",\"ខេត្ត\",place\n7,ក,PP\n", []string{`2 ["PP" "7" "ក"] 2:3`}},
		"no last new line":     {header + "7,ក,PP", []string{`2 ["PP" "7" "ក"] 2:3`}},
		"spaces before a cell": {header + " 7 , ក,PP\n", []string{`2 ["PP" "7 " "ក"] 2:6`}},
		"only a header":        {header, nil},
		"columns behind Khmer": {"ខេត្ត,place,count\nភ្នំពេញ,PP,7\n", []string{`2 ["PP" "7" "ភ្នំពេញ"] 2:1`}},
		"new line in a cell":   {header + "7,\"ក\nខ\nគ\",PP\n8,ឃ,SR\n", []string{"2 [\"PP\" \"7\" \"ក\\nខ\\nគ\"] 2:3", `5 ["SR" "8" "ឃ"] 5:3`}},
	} {
		t.Run(name, func(t *testing.T) {
			rows, findings := read(t, c.text)
			if !slices.Equal(rows, c.want) || len(findings) > 0 {
				t.Errorf("got %q and %v, want %q", rows, findings, c.want)
			}
		})
	}
}

func TestAPlaceBehindACellOfSeveralLinesIsOnTheLastOfThem(t *testing.T) {
	var diags diag.List
	text := "count,ខេត្ត,place\n1,ក,x\n7,\"ក\r\nខេត្ត\",ទី,\n"
	text = strings.Replace(text, "ទី,", "ទី", 1)
	fsys := fstest.MapFS{"2010/cases.csv": {Data: []byte(text)}}
	files := ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{cases}}, &diags)
	var last diag.Pos
	for row := range files[0].Rows(&diags) {
		last = row.Pos(0)
	}
	// On line 4 the cell ends behind five characters and a quote; then comes the comma.
	if want := (diag.Pos{File: "exports/2010/cases.csv", Line: 4, Col: 8, Cell: 3}); last != want {
		t.Errorf("got %v, want %v", last, want)
	}
}

func TestWhatIsWrongWithTheFormOfAFileIsNamedWithItsPlace(t *testing.T) {
	const header = "count,ខេត្ត,place\n"
	long := strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct {
		text, want string
		rows       int
	}{
		"nothing":              {"", "1:1 csv/empty", 0},
		"a mark and no text":   {"\ufeff", "1:1 csv/empty", 0},
		"UTF-16, half a mark":  {"\xff", "1:1 csv/encoding", 0},
		"invalid UTF-8":        {header + "1,ក,a\n2,\xe7,b\n", "3:3 csv/encoding", 0},
		"invalid far below":    {header + strings.Repeat("1,ក,a\n", 20000) + "2,\xe7,b\n", "20002:3 csv/encoding", 20000},
		"a cell too few":       {header + "1,ក\n2,ខ,b\n", "2:4 csv/ragged", 1},
		"a cell too many":      {header + "2,ខ,b\n1,ក,a,x\n", "3:7 csv/ragged", 1},
		"a bare quote":         {header + "1,ក,a\n2,ខ\"គ,b\n", "3:4 csv/quote", 1},
		"a quote never closed": {header + "1,ក,a\n2,\"ខ,b\nគឃ,c", "4:5 csv/quote", 1},
		"a repeated heading":   {"count,ខេត្ត,ខេត្ត,place\n", "1:13 csv/repeated-header", 0},
		"an unknown heading":   {"ខេត្ត,count,place,note\n", "1:19 csv/unknown-header", 0},
		"a derived heading":    {"ខេត្ត,count,place,province\n", "1:19 csv/unknown-header", 0},
		"a missing column":     {"ខេត្ត,count\n", "1:1 csv/missing-column", 0},
		"a line too long":      {header + "1,ក,a\n2," + long + ",b\n", "3:1 csv/long-line", 0},
		"a header too long":    {"count," + long, "1:1 csv/long-line", 0},
	} {
		t.Run(name, func(t *testing.T) {
			rows, findings := read(t, c.text)
			var got []string
			for _, d := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Line, d.Col, d.Code))
				if d.Hint == "" || d.File != "exports/2010/cases.csv" {
					t.Errorf("expected a hint and the file: %v", d)
				}
			}
			if !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if len(rows) < c.rows {
				t.Errorf("expected the %d sound rows before or behind it, found %q", c.rows, rows)
			}
		})
	}
}

func TestALineOfTheGreatestLengthIsRead(t *testing.T) {
	text := "count,ខេត្ត,place\n" + strings.Repeat("1", 1<<20-len(",ក,a")) + ",ក,a\n"
	if rows, findings := read(t, text); len(rows) != 1 || len(findings) > 0 {
		t.Errorf("expected the row, found %d rows and %v", len(rows), findings)
	}
}

func TestAMessageNeverRepeatsACell(t *testing.T) {
	for _, text := range []string{
		"count,ខេត្ត,place\n1,Srey Mom,a,b\n", "count,ខេត្ត,place\n1,Srey\"Mom,a\n", "count,ខេត្ត,place\n1,Srey Mom \xe7,a\n",
	} {
		_, findings := read(t, text)
		for _, d := range findings {
			if strings.Contains(d.Error()+d.Hint, "Srey") {
				t.Errorf("the cell is told: %v", d)
			}
		}
	}
}

func TestEachFileHasOneDataset(t *testing.T) {
	other := &codebook.Dataset{ID: "other", Files: "2011/*.csv"}
	cb := &codebook.Codebook{Datasets: []*codebook.Dataset{cases, other}}
	fsys := fstest.MapFS{}
	for _, name := range []string{"2010/cases.csv", "2011/cases.csv", "2011/x.csv", "2012/note.txt", ".DS_Store", "2010/.cases.csv.swp",
		"2010/~$cases.csv", "2010/Desktop.ini", "2010/thumbs.db"} {
		fsys[name] = &fstest.MapFile{}
	}
	var diags diag.List
	var got []string
	for _, f := range ingest.Find(fsys, "exports", cb, &diags) {
		got = append(got, f.Path+" "+f.Dataset.ID)
	}
	if want := []string{"2010/cases.csv cases", "2011/x.csv other"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	var codes []string
	for _, d := range diags.Sorted() {
		codes = append(codes, d.File+" "+d.Code)
	}
	if want := []string{"exports/2011/cases.csv export/claimed-twice", "exports/2012/note.txt export/unclaimed"}; !slices.Equal(codes, want) {
		t.Errorf("got %q, want %q", codes, want)
	}
}

func TestDatasetsShareAWorkbookIfEachNamesItsSheet(t *testing.T) {
	first, second := *cases, *cases
	first.ID, first.Sheet, second.ID, second.Sheet = "first", "a.csv", "second", "b.csv"
	cb := &codebook.Codebook{Datasets: []*codebook.Dataset{&first, &second}}
	first.Files, second.Files = "*/cases.zip", "*/cases.*"
	const header = "count,ខេត្ត,place\n"
	var got []string
	var diags diag.List
	for _, f := range ingest.Find(packed(t, map[string][]byte{"cases.zip/a.csv": []byte(header + "1,ក,PP\n"), "cases.zip/b.csv": []byte(header + "2,ខ,SR\n")}, nil), "exports", cb, &diags) {
		for row := range f.Rows(&diags) {
			got = append(got, fmt.Sprint(f.Dataset.ID, row.Cells))
		}
	}
	if want := []string{"first[PP 1 ក]", "second[SR 2 ខ]"}; !slices.Equal(got, want) || diags.Failed() {
		t.Errorf("got %q and %v, want %q", got, diags.Sorted(), want)
	}
}

func ExampleFile_Rows() {
	var diags diag.List
	fsys := fstest.MapFS{"2010/cases.csv": {Data: []byte("count,ខេត្ត,place\n7,ភ្នំពេញ,PP\n")}}
	for _, f := range ingest.Find(fsys, "exports", &codebook.Codebook{Datasets: []*codebook.Dataset{cases}}, &diags) {
		for row := range f.Rows(&diags) {
			fmt.Println(row.Cells, row.Pos(0))
		}
	}
	// Output: [PP 7 ភ្នំពេញ] exports/2010/cases.csv:2:11
}
