package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/lang"
)

// tortured is the codebook of testdata/torture.
func tortured() *codebook.Codebook {
	columns := []*codebook.Column{
		{Name: "date", Type: "date", Required: true, Aliases: []string{"case/date_of_admission"}, HXL: "#date+start"},
		{Name: "province", Type: "code", Required: true, List: &codebook.Ref{ID: "province"}, HXL: "#adm1+code"},
		{Name: "sex", Type: "text", Aliases: []string{"gender"}, HXL: "#affected+sex"},
		{Name: "children", Type: "integer", Required: true, Aliases: []string{"Number of children", "Children number", "Children, number"}, HXL: "#affected+children"},
		{Name: "note", Type: "text", HXL: "#description"},
	}
	ignored := []string{"_*", "meta/*", "SubmissionDate", "KEY"}
	return &codebook.Codebook{
		Languages: []*lang.Language{{Code: "en", Digits: "0123456789", Words: map[string]string{"total": "Total"}}, {Code: "km", Digits: "០១២៣៤៥៦៧៨៩", Words: map[string]string{"total": "សរុប"}}},
		Lists:     []*codebook.List{{ID: "province", Title: lang.Text{"en": "Province", "km": "ខេត្ត"}}},
		Datasets: []*codebook.Dataset{
			{ID: "cases", Files: "*/cases.*", Columns: columns, Ignored: ignored},
			{ID: "kobo", Files: "*/visits.xlsx", Columns: columns, Ignored: ignored, Sheet: "visit_rep", Repeat: &codebook.Repeat{Of: "Children", Key: "_index", Parent: "_parent_index"}},
			{ID: "odk", Files: "*/visits.zip", Columns: columns, Ignored: ignored, Sheet: "*-visit_rep.csv", Repeat: &codebook.Repeat{Of: "Children.csv", Key: "KEY", Parent: "PARENT_KEY"}},
		},
	}
}

// said gives what reading a folder of exports says: a line for each row and each finding, in the order of their places.
func said(cb *codebook.Codebook, files fstest.MapFS) (rows, findings []string) {
	var diags diag.List
	short := func(p diag.Pos) string { return strings.TrimPrefix(p.String(), "exports/2010/") }
	for _, f := range ingest.Find(files, "exports", cb, &diags) {
		for row := range f.Rows(&diags) {
			rows = append(rows, fmt.Sprintf("row %s %s", short(row.Pos(3)), strings.ReplaceAll(strings.Join(row.Cells, "|"), "\n", `\n`)))
		}
	}
	for _, d := range diags.Sorted() {
		findings = append(findings, fmt.Sprintf("%s %s %s", d.Severity, short(d.Pos), d.Code))
	}
	return rows, findings
}

// ordeal is one case of testdata/torture.
type ordeal struct {
	name     string
	files    fstest.MapFS
	rows     []string
	findings []string
}

func ordeals(t testing.TB) []ordeal {
	t.Helper()
	archives, err := filepath.Glob("../testdata/torture/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []ordeal
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wants, inputs := map[string]string{}, map[string]map[string][]byte{}
		for _, f := range archive.Files {
			folder, file, _ := strings.Cut(f.Name, "/")
			if file == "want" {
				wants[folder] = string(f.Data)
				continue
			}
			if inputs[folder] == nil {
				inputs[folder] = map[string][]byte{}
			}
			inputs[folder][file] = f.Data
		}
		for _, folder := range slices.Sorted(maps.Keys(wants)) {
			o := ordeal{name: strings.TrimSuffix(path.Base(name), ".txtar") + "/" + folder, files: packed(t, inputs[folder], inputs["workbook"])}
			for line := range strings.Lines(wants[folder]) {
				if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "row ") {
					o.rows = append(o.rows, line)
				} else {
					o.findings = append(o.findings, line)
				}
			}
			all = append(all, o)
		}
	}
	return all
}

func TestEveryTorturedFileGivesItsRowsAndFindings(t *testing.T) {
	all := ordeals(t)
	for _, o := range all {
		t.Run(o.name, func(t *testing.T) {
			rows, findings := said(tortured(), o.files)
			if !slices.Equal(rows, o.rows) || !slices.Equal(findings, o.findings) {
				t.Errorf("got\n  %s\n  %s\nwant\n  %s\n  %s", strings.Join(rows, "\n  "), strings.Join(findings, "\n  "), strings.Join(o.rows, "\n  "), strings.Join(o.findings, "\n  "))
			}
		})
	}
	if len(all) < 60 {
		t.Errorf("expected at least 60 cases, found %d", len(all))
	}
}

// Whatever the bytes, reading ends, says something of a file without rows, and names only places inside the file.
func FuzzRows(f *testing.F) {
	names := []string{"cases.csv", "cases.zip", "cases.xlsx", "visits.zip", "visits.xlsx"}
	for _, o := range ordeals(f) {
		for name, file := range o.files {
			if kind := slices.Index(names, path.Base(name)); kind >= 0 {
				f.Add(uint8(kind), file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		name := names[int(kind)%len(names)]
		text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(data), "\ufeff"))
		lines := strings.Split(text, "\n")
		inside := func(p diag.Pos) {
			if name != "cases.csv" || strings.ContainsRune(text, 0) || strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
				return // other lines than those of the bytes
			}
			if p.Line > len(lines) || p.Col > len([]rune(lines[max(p.Line, 1)-1]))+1 {
				t.Errorf("%v lies outside the file", p)
			}
		}
		var diags diag.List
		rows := 0
		for _, file := range ingest.Find(fstest.MapFS{"2010/" + name: {Data: data}}, "exports", tortured(), &diags) {
			for row := range file.Rows(&diags) {
				rows++
				if len(row.Cells) != 5 {
					t.Errorf("a row of %d cells", len(row.Cells))
				}
				for i := range row.Cells {
					inside(row.Pos(i))
				}
			}
		}
		for _, d := range diags.Sorted() {
			inside(d.Pos)
		}
		if rows == 0 && len(data) == 0 && !diags.Failed() {
			t.Error("an empty file passed")
		}
	})
}

func TestTheKeyThatJoinsTwoTablesMayBeAColumnAsWell(t *testing.T) {
	cb := tortured()
	odk := cb.Dataset("odk")
	odk.Columns = append(slices.Clone(odk.Columns[:3]), &codebook.Column{Name: "children", Type: "text", Aliases: []string{"KEY"}}, &codebook.Column{Name: "visit", Type: "text"})
	rows, findings := said(cb, packed(t, map[string][]byte{
		"visits.zip/Children.csv":           []byte("date,province,sex,KEY\n2010-01-05,PP,f,k1\n"),
		"visits.zip/Children-visit_rep.csv": []byte("visit,PARENT_KEY\nhome,k1\nschool,k1\n"),
	}, nil))
	want := []string{"row visits.zip/Children.csv:2:17 2010-01-05|PP|f|k1|home", "row visits.zip/Children.csv:2:17 2010-01-05|PP|f|k1|school"}
	if !slices.Equal(rows, want) || len(findings) > 0 {
		t.Errorf("got %q and %q, want %q", rows, findings, want)
	}
}

// packed turns the sections of a case into files: escapes and encodings applied, workbooks and zips packed.
func packed(t testing.TB, sections, workbook map[string][]byte) fstest.MapFS {
	t.Helper()
	files, packs := fstest.MapFS{}, map[string]map[string][]byte{}
	for section, data := range sections {
		file, inside, isPack := strings.Cut(section, "/")
		if !isPack {
			file, page, _ := strings.Cut(section, "@")
			files["2010/"+file] = &fstest.MapFile{Data: encoded(t, unescaped(t, data), page)}
			continue
		}
		if packs[file] == nil {
			packs[file] = map[string][]byte{}
			if strings.HasSuffix(file, ".xlsx") {
				maps.Copy(packs[file], workbook)
			}
		}
		packs[file][inside] = data
	}
	for file, parts := range packs {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		for _, name := range slices.Sorted(maps.Keys(parts)) {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(parts[name]); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		files["2010/"+file] = &fstest.MapFile{Data: buf.Bytes()}
	}
	return files
}

func unescaped(t testing.TB, data []byte) string {
	t.Helper()
	text := strings.ReplaceAll(strings.TrimSuffix(string(data), "\\z\n"), "\n", `\n`)
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var pages = map[string]encoding.Encoding{
	"":              encoding.Nop,
	"utf-16le":      unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":      unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"utf-16le-mark": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be-mark": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"windows-1252":  charmap.Windows1252,
	"iso-8859-7":    charmap.ISO8859_7,
}

func encoded(t testing.TB, text, page string) []byte {
	t.Helper()
	data, err := pages[page].NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
