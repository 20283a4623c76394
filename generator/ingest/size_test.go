package ingest_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// endless is a folder with one file that begins with a text and repeats another for 2 GB.
type endless struct {
	fstest.MapFS
	begin, again string
}

func (e endless) Open(name string) (fs.File, error) {
	file, err := e.MapFS.Open(name)
	if err != nil || name != "2010/cases.csv" {
		return file, err
	}
	again := strings.Repeat(e.again, 1<<16/len(e.again))
	return endlessFile{file, io.LimitReader(io.MultiReader(strings.NewReader(e.begin), &repeated{text: again}), 2<<30)}, nil
}

type endlessFile struct {
	fs.File
	from io.Reader
}

func (f endlessFile) Read(p []byte) (int, error) { return f.from.Read(p) }

type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// What has no end is refused after a few megabytes, wherever it stands.
func TestWhatHasNoEndIsRefusedInBoundedMemory(t *testing.T) {
	const header = "date,province,sex,children,note\n"
	for name, c := range map[string]struct{ begin, again, want string }{
		"a header":              {"", "x", "error cases.csv:1:1 csv/long-line"},
		"a cell":                {header + "2010-01-05,ភ្នំពេញ,", "x", "error cases.csv:2:1 csv/long-line"},
		"cells":                 {header, "x,", "error cases.csv:2:1 csv/long-line"},
		"a quoted cell":         {header + "\"", "x\n", "error cases.csv:2:1 csv/long-line"},
		"doubled quotes":        {header + "2010-01-05,\"", "\"\"\n", "error cases.csv:2:1 csv/long-line"},
		"a quote in a title":    {"Title \"\n\"", "x\n", "error cases.csv:1:7 csv/quote"},
		"zero bytes":            {header, "\x00", "error cases.csv:2:1 csv/control-character"},
		"a line of wide UTF-16": {"\xff\xfe", "x\x00", "error cases.csv:1:1 csv/long-line"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			var diags diag.List
			fsys := endless{fstest.MapFS{"2010/cases.csv": {}}, c.begin, c.again}
			for _, f := range ingest.Find(fsys, "exports", tortured(), &diags) {
				for range f.Rows(&diags) {
					t.Error("a row was read")
				}
			}
			runtime.ReadMemStats(&after)
			var got []string
			for _, d := range diags.Sorted() {
				got = append(got, strings.Replace(d.Severity.String()+" "+d.Pos.String()+" "+d.Code, "exports/2010/", "", 1))
			}
			if !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 150 || time.Since(began) > 20*time.Second {
				t.Errorf("took %d MB in all and %v", used, time.Since(began))
			}
		})
	}
}

func TestABombIsRefusedBeforeItIsUnpacked(t *testing.T) {
	const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for name, c := range map[string]struct{ file, part, begin, again, want string }{
		"blank rows":        {"cases.zip", "cases.csv", "date,province,sex,children,note\n", ",,,," + strings.Repeat(" ", 999) + "\n", "error cases.zip/cases.csv export/too-large"},
		"rows in a sheet":   {"cases.xlsx", "xl/worksheets/sheet1.xml", sheet, "<row></row>", "error cases.xlsx export/too-large"},
		"one text":          {"cases.xlsx", "xl/sharedStrings.xml", "<sst><si><t>", "x", "error cases.xlsx export/too-large"},
		"elements in depth": {"cases.xlsx", "xl/worksheets/sheet1.xml", sheet, "<a>", "error cases.xlsx export/unreadable"},
		"a picture":         {"cases.xlsx", "xl/media/1.png", "", "\x00", "error cases.xlsx export/too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			z := zip.NewWriter(&buf)
			w, err := z.Create(c.part)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Repeat(c.again, (1<<20)/len(c.again))
			if _, err := io.WriteString(w, c.begin); err != nil {
				t.Fatal(err)
			}
			for range 40 {
				if _, err := io.WriteString(w, text); err != nil {
					t.Fatal(err)
				}
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			_, findings := said(tortured(), fstest.MapFS{"2010/" + c.file: {Data: buf.Bytes()}})
			if !slices.Equal(findings, []string{c.want}) {
				t.Errorf("got %q, want %q", findings, c.want)
			}
		})
	}
}
