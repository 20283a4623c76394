package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// figures are what a kind of file says of cells: a number in digits, or a status.
type figures map[string]string

func (f figures) add(t *testing.T, where, id, number, status string) {
	t.Helper()
	if number == "" {
		number = status
	}
	if was, ok := f[id]; ok && was != number {
		t.Errorf("%s says both %q and %q of %s", where, was, number, id)
	}
	f[id] = number
}

// teller reads everything of one kind in a site, in one language; where a kind holds all languages at once, in any. A kind of file that is
// new gets a row in tellers.
type teller struct {
	kind  string
	whole bool // it says something of every cell
	read  func(t *testing.T, f finished, l *lang.Language) figures
}

var tellers = []teller{
	{"tables of the ledger", true, func(t *testing.T, f finished, _ *lang.Language) figures { return f.tables(t) }},
	{"tables of pages", false, func(t *testing.T, f finished, l *lang.Language) figures { return f.pages(t, l) }},
	{"CSV", true, func(t *testing.T, f finished, _ *lang.Language) figures { return f.labelled(t, "csv/", 1) }},
	{"HXL", true, func(t *testing.T, f finished, _ *lang.Language) figures { return f.labelled(t, "hxl/", 2) }},
	{"JSON", true, func(t *testing.T, f finished, _ *lang.Language) figures { return f.objects(t) }},
	{"workbooks of indicators", true, func(t *testing.T, f finished, l *lang.Language) figures {
		return f.workbooks(t, l, "data/latest/xlsx/", "."+l.Code+".xlsx")
	}},
	{"workbook of the release", true, func(t *testing.T, f finished, l *lang.Language) figures {
		return f.workbooks(t, l, "data/latest/figures.", l.Code+".xlsx")
	}},
	{"zip", true, func(t *testing.T, f finished, _ *lang.Language) figures { return f.unpacked(t).labelled(t, "csv/", 1) }},
}

func TestEveryKindOfFileSaysTheSameOfEveryFigureInEveryLanguage(t *testing.T) {
	for name, f := range map[string]finished{"ccpcr": realFinished(t), "second": secondFinished(t)} {
		r := f.ledger.Newest()
		for _, l := range r.Languages {
			for _, teller := range tellers {
				said := teller.read(t, f, l)
				for id, is := range said {
					v, ok := r.Value(id)
					want := string(v.Status())
					if n, isNumber := v.Number(); isNumber {
						want = strconv.FormatInt(n, 10)
					}
					if !ok || is != want {
						t.Errorf("%s, %s, %s: %q of %s, the release says %q", name, teller.kind, l.Code, is, id, want)
					}
				}
				if all := len(r.Cells()); teller.whole && len(said) != all || len(said) < all/2 {
					t.Errorf("%s, %s, %s: %d of %d cells", name, teller.kind, l.Code, len(said), all)
				}
			}
		}
	}
}

// below gives the files of a folder of the latest release.
func (f finished) below(folder, suffix string) []string {
	var names []string
	for p := range f.files {
		if strings.HasPrefix(p, folder) && strings.HasSuffix(p, suffix) {
			names = append(names, p)
		}
	}
	slices.Sort(names)
	return names
}

func (f finished) rows(t *testing.T, p string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(f.files[p].Data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(p, err)
	}
	return rows
}

func (f finished) tables(t *testing.T) figures {
	all := figures{}
	for _, table := range f.ledger.Newest().Tables {
		for _, row := range f.rows(t, "data/latest/"+table.Path)[1:] {
			n := len(row)
			all.add(t, table.Path, cell.ID(table.Indicator, row[0], table.Names(), row[1:n-2]), row[n-2], row[n-1])
		}
	}
	return all
}

func (f finished) labelled(t *testing.T, folder string, heads int) figures {
	all := figures{}
	for _, p := range f.below("data/latest/"+folder, ".csv") {
		rows := f.rows(t, p)
		if strings.Contains(p, "/lists/") {
			continue
		}
		at := func(name string) int { return slices.Index(rows[0], name) }
		for _, row := range rows[heads:] {
			all.add(t, p, row[at("cell")], row[at("value")], row[at("status")])
		}
	}
	return all
}

func (f finished) objects(t *testing.T) figures {
	all := figures{}
	for _, p := range f.below("data/latest/json/", ".json") {
		var o struct {
			Tables []struct {
				Cells []struct {
					Cell, Status string
					Value        json.Number
				}
			}
		}
		if err := json.Unmarshal(f.files[p].Data, &o); err != nil {
			t.Fatal(p, err)
		}
		for _, table := range o.Tables {
			for _, c := range table.Cells {
				all.add(t, p, c.Cell, c.Value.String(), c.Status)
			}
		}
	}
	return all
}

// workbooks reads each row that ends with the id of a cell: before that, under the head of figures, stands what is shown.
func (f finished) workbooks(t *testing.T, l *lang.Language, prefix, suffix string) figures {
	all := figures{}
	for _, p := range f.below(prefix, suffix) {
		for _, rows := range sheetsOf(t, f.files[p].Data) {
			column := slices.Index(rows[0], l.Word("value"))
			for _, row := range rows[1:] {
				if column >= 0 && len(row) > column+1 {
					said := row[column]
					if status := f.status(l, said); status != "" {
						said = status
					}
					all.add(t, p, row[len(row)-1], said, "")
				}
			}
		}
	}
	return all
}

// status is what a sign stands for, or "" for a number.
func (f finished) status(l *lang.Language, sign string) string {
	return map[string]string{
		"<" + l.Int(f.ledger.Newest().Rule.Threshold): string(ledger.Small), "..": string(ledger.Withheld), "-": string(ledger.Impossible),
		l.Word("not-reported"): string(ledger.Missing),
	}[sign]
}

// sheetsOf opens a workbook with a library that has no part in making it.
func sheetsOf(t *testing.T, data []byte) map[string][][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	all := map[string][][]string{}
	for _, name := range book.GetSheetList() {
		if all[name], err = book.GetRows(name); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (f finished) pages(t *testing.T, l *lang.Language) figures {
	all := figures{}
	for _, p := range f.below("", ".html") {
		doc, err := html.Parse(bytes.NewReader(f.files[p].Data))
		if err != nil {
			t.Fatal(err)
		}
		mine := false
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode || n.Namespace == "svg" { // what maps say is compared by the audit
				continue
			}
			id := ""
			for _, a := range n.Attr {
				mine = mine || n.Data == "html" && a.Key == "lang" && a.Val == l.Locale
				if a.Key == "data-cell" {
					id = a.Val
				}
			}
			if !mine || id == "" {
				continue
			}
			said := ""
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					said += d.Data
				}
			}
			said = strings.TrimSpace(said)
			if status := f.status(l, said); status != "" {
				said = status
			} else {
				plain, _ := lang.Digits(strings.ReplaceAll(said, l.Group, ""))
				said = plain
			}
			all.add(t, p, id, said, "")
		}
	}
	return all
}

// unpacked is the zip of the release in place of its folder.
func (f finished) unpacked(t *testing.T) finished {
	t.Helper()
	out := finished{files: fstest.MapFS{}, ledger: f.ledger}
	for name, text := range f.parts(t, "data/latest/release.zip") {
		_, name, _ = strings.Cut(name, "/")
		out.files["data/latest/"+name] = &fstest.MapFile{Data: text}
	}
	return out
}

// parts of a zip, or of a workbook.
func (f finished) parts(t *testing.T, p string) map[string][]byte {
	t.Helper()
	data := f.files[p].Data
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[part.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// TestAnotherProgramKeepsEveryCellOfTheWorkbooks lets LibreOffice open workbooks and write them anew.
func TestAnotherProgramKeepsEveryCellOfTheWorkbooks(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no soffice found: install libreoffice-calc-nogui")
	}
	dir, f := t.TempDir(), realFinished(t)
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out")}
	var names []string
	for _, l := range f.ledger.Newest().Languages {
		for _, name := range []string{"figures." + l.Code + ".xlsx", "xlsx/admitted." + l.Code + ".xlsx", "xlsx/training-sessions." + l.Code + ".xlsx"} {
			names = append(names, name)
			file := filepath.Join(dir, filepath.Base(name))
			if err := os.WriteFile(file, f.files["data/latest/"+name].Data, 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
	}
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, "out", filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		before, after := sheetsOf(t, f.files["data/latest/"+name].Data), sheetsOf(t, data)
		if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) || len(before) < 2 {
			t.Errorf("%s: other sheets", name)
		}
		for sheet, rows := range before {
			for i, row := range rows {
				if i >= len(after[sheet]) || !slices.Equal(trimmed(row), trimmed(after[sheet][i])) {
					t.Errorf("%s, %s, row %d differs", name, sheet, i+1)
					break
				}
			}
		}
	}
}

// trimmed is a row without empty cells at its end.
func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}
