package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAxeFindsNothingWhereMoreIsShownOnRequest(t *testing.T) {
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t, builtSite(t))
	b := open(t, 320)
	for page, typed := range map[string]string{"/search/": "school", "/km/search/": "ជួញដូរ", "/indicators/admitted/": ""} {
		b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
		if typed != "" {
			b.do(chromedp.SendKeys("form.search input", typed))
			b.until(`document.querySelectorAll(".found a").length > 1`)
		}
		eval[bool](b, `document.querySelectorAll("details").forEach((d) => { if (!d.closest("header")) d.open = true }), true`)
		eval[any](b, string(source)+"; 1")
		for _, s := range sights {
			b.look(s)
			rules := `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
			for _, fault := range promised[[]string](b, strings.Replace(runAxe, "RULES", rules, 1)) {
				t.Errorf("%s, %s: %s", page, s.name, fault)
			}
		}
	}
}
