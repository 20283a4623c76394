package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/ccpcr/impact/generator/lang"
)

// everyPage gives every page of the built site, read.
func everyPage(t *testing.T, f func(page string, doc *html.Node)) {
	t.Helper()
	dir := builtSite(t)
	for _, page := range pages(t, dir) {
		name := filepath.Join(dir, page)
		if strings.HasSuffix(page, "/") {
			name = filepath.Join(name, "index.html")
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		f(page, doc)
	}
}

// withClass lists the elements of a class, in their order.
func withClass(doc *html.Node, class string) (all []*html.Node) {
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "class" && slices.Contains(strings.Fields(a.Val), class) {
				all = append(all, n)
			}
		}
	}
	return all
}

// textOf is what an element says.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestNoSentenceThatHeadsAPageOrAFigureIsTooLong(t *testing.T) {
	byLocale := map[string]*lang.Language{}
	for _, l := range realCodebook(t).Languages {
		byLocale[l.Locale] = l
		if l.Longest == (lang.Longest{}) {
			t.Errorf("the language %s has no limit", l.Code)
		}
	}
	headings := 0
	everyPage(t, func(page string, doc *html.Node) {
		language := (*lang.Language)(nil)
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if n.Data == "html" && a.Key == "lang" {
					language = byLocale[a.Val]
				}
			}
		}
		for _, class := range []string{"said", "finding", "sentence"} {
			for _, n := range withClass(doc, class) {
				if n.Data != "h1" && n.Data != "p" {
					continue
				}
				headings++
				if said := textOf(n); said == "" || language.TooLong(said) {
					t.Errorf("%s: longer than %s: %q", page, language.Longest, said)
				}
			}
		}
	})
	if headings < 300 {
		t.Errorf("only %d headings were measured", headings)
	}
}

func TestEveryPageNamesHelpTheWayOutAndWhatToReadNext(t *testing.T) {
	everyPage(t, func(page string, doc *html.Node) {
		if strings.Contains(page, "/embed/") {
			return // it stands in a page of somebody else
		}
		for _, class := range []string{"contacts", "leave", "next"} {
			if len(withClass(doc, class)) != 1 && !(class == "next" && strings.HasSuffix(page, "404.html")) {
				t.Errorf("%s: expected one element of class %s", page, class)
			}
		}
	})
}

// partsOfReport are those of the report that was printed for 2010, in its order.
var partsOfReport = []string{"context", "objectives", "activities", "networks", "constraints", "plans", "lessons", "notes", "cite"}

func TestTheAnnualReportHasThePartsOfThePrintedOneInItsOrder(t *testing.T) {
	seen := 0
	everyPage(t, func(page string, doc *html.Node) {
		if !strings.HasSuffix(page, "/report/2010/") {
			return
		}
		seen++
		var parts []string
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if n.Data == "h2" && a.Key == "id" && slices.Contains(partsOfReport, a.Val) {
					parts = append(parts, a.Val)
				}
			}
		}
		if !slices.Equal(parts, partsOfReport) {
			t.Errorf("%s has the parts %v", page, parts)
		}
	})
	if seen != 2 {
		t.Errorf("found %d reports of 2010, expected one for each language", seen)
	}
}

func TestADonorsPageShowsItsGiftAndProgrammesWhole(t *testing.T) {
	dir := builtSite(t)
	for page, want := range map[string][]string{
		"donors/scn":        {"Save the Children Norway gave 57,000 US dollars in 2010.", "Village safety nets"},
		"donors/vsa":        {"We know of no amount from Volunteer Service Abroad.", "Recovery and rehabilitation"},
		"donors/intervida":  {"Our sources do not say which programme"},
		"km/donors/cosecam": {"45,000"},
	} {
		data, err := os.ReadFile(filepath.Join(dir, page, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(strings.Join(strings.Fields(visible(t, data)), " "), text) {
				t.Errorf("%s does not say %q", page, text)
			}
		}
		for cell := range cellTexts(t, data) {
			if strings.Contains(cell, "donor=") && !strings.HasPrefix(cell, "income/") {
				t.Errorf("%s splits %s by donor", page, cell)
			}
		}
	}
}

func TestTheAddressOfABreakdownShowsItAlone(t *testing.T) {
	server := serve(t, builtSite(t))
	b := open(t, 1280)
	const seen = `[...document.querySelectorAll(".view")].filter((e) => e.getClientRects().length).map((e) => e.id).join(" ")`
	for address, want := range map[string]string{
		"/indicators/admitted/":               "by-province by-sex",
		"/indicators/admitted/#by-sex":        "by-sex",
		"/km/indicators/admitted/#by-sex":     "by-sex",
		"/indicators/admitted/#breakdowns":    "by-province by-sex",
		"/indicators/peer-education/#nothing": "by-adulthood",
	} {
		b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(server.URL+address), chromedp.WaitReady("footer"))
		if got := eval[string](b, seen); got != want {
			t.Errorf("%s shows %q, expected %q", address, got, want)
		}
	}
}

func TestOnPaperEveryListIsOpen(t *testing.T) {
	server := serve(t, builtSite(t))
	b := open(t, 672)
	const closed = `[...document.querySelectorAll("main details [data-cell]")].filter((e) => !e.checkVisibility()).length`
	for _, page := range []string{"/results/2010/", "/km/report/2010/"} {
		b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
		if eval[int](b, closed) == 0 {
			t.Errorf("%s: no list is closed on a screen", page)
		}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		if n := eval[int](b, closed); n > 0 {
			t.Errorf("%s: %d figures are hidden on paper", page, n)
		}
		if wider := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); wider > 0 {
			t.Errorf("%s is %d px wider than paper", page, wider)
		}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
			t.Fatal(err)
		}
	}
}
