package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

const hostile = `</script><img src=x onerror=alert(1)>`

// replaceIn replaces a text in a file of a copied data folder.
func replaceIn(t *testing.T, file, old, new string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q: %v", file, old, err)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte(old), []byte(new)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestALabelThatIsMarkupIsOnlyText puts a hostile label into a code list and reads every page that comes of it, in a parser and
// in a browser that draws the chart anew.
func TestALabelThatIsMarkupIsOnlyText(t *testing.T) {
	data := copyData(t)
	replaceIn(t, filepath.Join(data, "codebook", "lists", "donor.csv"), "intervida,Intervida,Intervida", "intervida,"+hostile+","+hostile)
	replaceIn(t, filepath.Join(data, "codebook", "lists", "province.csv"), "Svay Rieng", hostile)
	replaceIn(t, filepath.Join(data, "codebook", "programmes.yaml"), "{en: Health care,", `{en: "`+hostile+`",`) // it stands in data for search engines
	out := filepath.Join(t.TempDir(), "public")
	impact(t, 0, "build", "--data", data, "--site", "../site", "--out", out)
	said := 0
	for _, page := range pages(t, out) {
		name := filepath.Join(out, page)
		if strings.HasSuffix(page, "/") {
			name = filepath.Join(name, "index.html")
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults(t, text) {
			t.Errorf("%s: %s", page, fault)
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && n.Data == "img" {
				t.Errorf("%s: the label became an image", page)
			}
			if n.Type == html.TextNode && strings.Contains(n.Data, hostile) {
				said++
			}
		}
	}
	if said < 6 {
		t.Errorf("the label stands only %d times as text", said)
	}
	server := serve(t, out)
	b := open(t, 1280)
	b.do(chromedp.Navigate(server.URL+"/donors/"), chromedp.WaitVisible(".drawing svg"))
	eval[any](b, `document.querySelectorAll(".drawing").forEach((d) => d.dispatchEvent(new PointerEvent("pointerenter"))), 1`)
	b.do(chromedp.WaitVisible(".drawing > div:not([role]) svg"), chromedp.Sleep(200*time.Millisecond))
	if images := eval[int](b, `document.querySelectorAll("img").length`); images != 0 {
		t.Errorf("the label became %d images", images)
	}
	b.silent("/donors/")
	impact(t, 0, "publish", "--data", data, "--today", "2026-11-22")
	impact(t, 0, "audit", "--data", data)
}

// TestTheAuditFindsWhatABuiltSiteSaysTooMuch changes a built site at one place after the other.
func TestTheAuditFindsWhatABuiltSiteSaysTooMuch(t *testing.T) {
	dir := builtSite(t)
	if stdout, _ := impact(t, 0, "audit", "--published", "../data/published", "--built", dir); !strings.Contains(stdout, "no finding") {
		t.Fatal(stdout)
	}
	for name, change := range map[string][3]string{
		"a true value in a table":          {"indicators/admitted/index.html", `data-cell="admitted/2010/province=KH-12">115<`, `data-cell="admitted/2010/province=KH-12">116<`},
		"a true value in a sentence":       {"km/index.html", `data-cell="cared-for/2010">285<`, `data-cell="cared-for/2010">287<`},
		"a value that the ledger withheld": {"indicators/left/index.html", `province=KH-12">not reported<`, `province=KH-12">120<`},
		"a true value in a drawing":        {"indicators/admitted/index.html", `>115</text>`, `>116</text>`},
		"a true value in a drawing's data": {"indicators/advocacy-training/index.html", `"value":142`, `"value":143`},
		"a true value on a label":          {"indicators/advocacy-training/index.html", `{"formatter":"142"`, `{"formatter":"143"`},
		"a true value in a tooltip":        {"indicators/advocacy-training/index.html", `Female\n142`, `Female\n143`},
		"a download that was changed":      {"data/latest/tables/admitted.province.csv", "115", "116"},
		"a cell that does not exist":       {"index.html", `data-cell="reintegrated/2010"`, `data-cell="reintegrated/2009"`},
	} {
		t.Run(name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "public")
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			replaceIn(t, filepath.Join(copied, change[0]), change[1], change[2])
			if _, stderr := impact(t, 3, "audit", "--published", "../data/published", "--built", copied); !strings.Contains(stderr, change[0]) {
				t.Errorf("the finding does not name the file:\n%s", stderr)
			}
		})
	}
}
