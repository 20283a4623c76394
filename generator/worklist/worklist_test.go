package worklist_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/worklist"
)

func at(file string, line, cell int) diag.Pos {
	return diag.Pos{File: file, Line: line, Col: 40, Cell: cell}
}

// written gives the page of some findings, as text and as a browser reads it.
func written(t *testing.T, l worklist.List) (text string, root *html.Node) {
	t.Helper()
	var b strings.Builder
	if err := worklist.Write(&b, l); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), root
}

// count is how many elements of a name a page has.
func count(root *html.Node, name string) (n int) {
	for e := range root.Descendants() {
		if e.Type == html.ElementNode && e.Data == name {
			n++
		}
	}
	return n
}

func holds(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("expected %q in\n%s", want, text)
		}
	}
}

func TestAPlaceIsNamedAsSpreadsheetsDo(t *testing.T) {
	var l diag.List
	l.Errorf(at("a.csv", 412, 3), "code/unknown", "", "one")
	l.Errorf(diag.Pos{File: "a.csv", Line: 7, Col: 1}, "row/repeated", "", "two")
	l.Errorf(diag.Pos{File: "b.xlsx", Sheet: "ខេត្ត", Line: 5, Col: 28, Cell: 28}, "code/unknown", "", "three")
	l.Errorf(diag.Pos{File: "c.csv"}, "export/unclaimed", "", "four")
	text, _ := written(t, worklist.List{Findings: l.Sorted()})
	holds(t, text, "line 412, column C", ">line 7<", "sheet ខេត្ត, line 5, column AB", "the whole file")
}

func TestTheFirstTwentyPlacesOfAKindHaveABoxAndTheRestIsCounted(t *testing.T) {
	var l diag.List
	for line := range 50 {
		l.Errorf(at("a.csv", line+2, 1), "value/integer", "write 12", "expected a number")
		l.Warnf(at("b.csv", line+2, 1), "value/integer", "write 12", "expected a number")
	}
	l.Errorf(at("a.csv", 9, 2), "code/unknown", "", "expected a code")
	text, root := written(t, worklist.List{Findings: l.Sorted()})
	if boxes := count(root, "input"); boxes != 41 {
		t.Errorf("expected 20 boxes for each file and one, found %d", boxes)
	}
	holds(t, text, "and 30 more of this kind", "51 errors", "50 warnings", "What to mend")
	if n := strings.Count(text, "To do: write 12"); n != 2 {
		t.Errorf("expected what to do once for each file, found it %d times", n)
	}
}

func TestWhatIsGoodIsSaidInWords(t *testing.T) {
	var l diag.List
	l.Warnf(at("x/b.zip/in.csv", 1, 1), "csv/title-rows", "", "a title")
	text, root := written(t, worklist.List{Day: "2026-06-30", Findings: l.Sorted(), Good: []string{"28 of 90 figures are shown as a number, the others as too small or not known"}, Files: []worklist.File{{"x/a.csv", 500}, {"x/b.zip", 60}}})
	holds(t, text, "2 files read, 560 rows counted", "Nothing must be mended", "2026-06-30", "28 of 90 figures are shown", "<td>x/a.csv")
	if strings.Contains(text, "<td>x/b.zip") || count(root, "tr") != 2 {
		t.Errorf("a file of which something is said stands among the good:\n%s", text)
	}
	text, _ = written(t, worklist.List{Refused: "refused: 1 finding"})
	holds(t, text, "Sound, but refused", "refused: 1 finding")
}

func TestThePageRunsNothingAndAsksNobody(t *testing.T) {
	l := diag.List{KeepValues: true}
	l.Cell(`<script>alert(1)</script>`).Errorf(at(`<img src=x>.csv`, 2, 1), "code/unknown", `<a href="javascript:x">`, `"<b>"`)
	text, root := written(t, worklist.List{Findings: l.Sorted(), Good: []string{"<i>"}})
	for _, name := range []string{"script", "img", "a", "b", "i", "link", "form"} {
		if count(root, name) > 0 {
			t.Errorf("found an element %s", name)
		}
	}
	if strings.Contains(text, "http") || strings.Contains(text, "url(") {
		t.Error("the page asks for something elsewhere")
	}
	holds(t, text, "found: <q>&lt;script&gt;")
	holds(t, text, "prefers-color-scheme: dark", "@media print")
}

func ExampleWrite() {
	var l diag.List
	l.Errorf(at("cases.csv", 412, 3), "code/unknown", "write F or M", "expected a code of the list sex")
	var b strings.Builder
	_ = worklist.Write(&b, worklist.List{Day: "2026-06-30", Findings: l.Sorted()})
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, "<li>") {
			fmt.Print(line)
		}
	}
	// Output:
	// <li><label><input type="checkbox"> <span><span class="place">line 412, column C</span></span></label></li>
}
