package download

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// TestAFileThatSaysOtherwiseDoesNotPass changes one thing after the other in the files of an indicator and reads them back.
func TestAFileThatSaysOtherwiseDoesNotPass(t *testing.T) {
	var diags diag.List
	r := ledger.Read(os.DirFS("../../data/published"), "published", &diags).Newest()
	files, err := Of(r, cache.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	table, sex := r.Table("admitted", "province"), r.Table("admitted", "sex")
	v := views(r)[0]
	sheets := []sheet{v.aboutOne(r.Indicator("admitted")), v.table(table), v.table(sex)}
	readers := map[string]func([]byte) ([]told, error){
		"csv/admitted.province.csv": func(b []byte) ([]told, error) { return readCSV(b, 1) },
		"hxl/admitted.province.csv": func(b []byte) ([]told, error) { return readCSV(b, 2) },
		"json/admitted.json": func(b []byte) ([]told, error) {
			var o object
			err := json.Unmarshal(b, &o)
			return readObject(o.Tables), err
		},
		"xlsx/admitted.en.xlsx": func(b []byte) ([]told, error) { return v.readWorkbook(b, sheets) },
	}
	for name, read := range readers {
		want := each(table)
		if !strings.Contains(name, "province") {
			want = each(table, sex)
		}
		said, err := read(files[name])
		if err := compare(r, name, said, err, want); err != nil {
			t.Fatal(err)
		}
		for what, change := range map[string][2]string{
			"another number":  {"115", "116"},
			"another cell":    {"province=KH-12", "province=KH-20"},
			"no such cell":    {"province=KH-12", "province=KH-11"},
			"another status":  {"small", "missing"},
			"another sign":    {"&lt;10", ".."},
			"a number for it": {`"value": null,` + "\n     " + `"status": "small"`, `"value": 7`},
		} {
			data := changed(t, files[name], change)
			if bytes.Equal(data, files[name]) || what == "another status" && strings.HasSuffix(name, ".xlsx") {
				continue // a workbook shows signs
			}
			said, err := read(data)
			if compare(r, name, said, err, want) == nil {
				t.Errorf("%s: %s passes", name, what)
			}
		}
		said, err = read(files[name])
		if compare(r, name, said[1:], err, want) == nil {
			t.Errorf("%s: a row less passes", name)
		}
	}
	broken := bytes.Replace(files[Package], []byte("README"), []byte("LIESME"), 1)
	if unpacks(broken, files) == nil || unpacks([]byte("PK"), files) == nil {
		t.Error("another zip passes")
	}
}

// TestASheetIsReadWholeOrNotAtAll reads the forms that a sheet of ours has, and what is cut or has others.
func TestASheetIsReadWholeOrNotAtAll(t *testing.T) {
	const sheet = `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">a &lt; &#34;b&#34; </t></is></c>` +
		`<c r="B1" s="1"/><c r="C1"><v>7</v></c></row><row r="2"/></sheetData></worksheet>`
	rows, err := readSheet([]byte(sheet))
	if want := [][]string{{`a < "b" `, "", "7"}, {}}; err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("read %q, %v", rows, err)
	}
	for _, broken := range []string{"", "text", sheet[:len(sheet)-1], sheet[:len(sheet)/2], sheet + "<row>", strings.Replace(sheet, "7", "<![CDATA[7]]>", 1), strings.Replace(sheet, "7", "<!-- 7 -->", 1)} {
		if rows, err := readSheet([]byte(broken)); err == nil {
			t.Errorf("%s was read as %q", broken, rows)
		}
	}
}

// changed replaces a text in a file, or in the parts of a workbook.
func changed(t *testing.T, data []byte, change [2]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return bytes.ReplaceAll(data, []byte(change[0]), []byte(change[1]))
	}
	parts, names, other := Files{}, []string{}, false
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		now := bytes.ReplaceAll(part, []byte(change[0]), []byte(change[1]))
		other = other || !bytes.Equal(part, now)
		parts[f.Name], names = now, append(names, f.Name)
	}
	if !other {
		return data
	}
	out, err := zipped(parts, names)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAWorkbookIsLaidOutAsProgramsExpect looks at what a library that reads workbooks does not mind and others do: the columns in
// order, how far a sheet goes, and nothing that reads like a formula or a name for some rows.
func TestAWorkbookIsLaidOutAsProgramsExpect(t *testing.T) {
	data, err := workbook(excelize.DocProperties{Title: "x"}, true, []sheet{
		{name: "a", head: 0, figure: 1, filter: true, rows: [][]box{heads("one", "two", "three"), {text("=1+1", ordinary), {int64(7), figure}, {"x/2010", quiet}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if parts[f.Name] = string(text); err != nil || f.ModifiedDate != newYear || f.ModifiedTime != 0 {
			t.Errorf("%s: a time, or %v", f.Name, err)
		}
	}
	page := parts["xl/worksheets/sheet1.xml"]
	at := -1
	for _, want := range []string{`<dimension ref="A1:C2">`, `rightToLeft="true"`, `state="frozen"`, `<col min="1"`, `<col min="2"`, `<col min="3"`, `t="inlineStr"><is><t>=1+1</t>`, `<v>7</v>`, `<autoFilter ref="$A$1:$C$2">`, `<pageMargins`, `<pageSetup`} {
		next := strings.Index(page, want)
		if next <= at {
			t.Errorf("%s is missing or stands too early", want)
		}
		at = next
	}
	if strings.Contains(page, "<f>") || strings.Contains(parts["xl/workbook.xml"], "definedName") {
		t.Error("there is a formula, or a name for some rows")
	}
}
