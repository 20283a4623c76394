package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sight is a way of looking at a page.
type sight struct {
	name     string
	width    int64
	features map[string]string // of the browser's media queries
	rules    string            // those of axe that this sight can change, or none for all
}

// Colours alone differ in dark and in forced colours, so only rules about them are asked again.
var sights = []sight{
	{"320 px", 320, nil, ""},
	{"1280 px, light", 1280, map[string]string{"prefers-color-scheme": "light"}, ""},
	{"1280 px, dark", 1280, map[string]string{"prefers-color-scheme": "dark"}, `"color-contrast", "link-in-text-block"`},
	{"1280 px, forced colours", 1280, map[string]string{"forced-colors": "active"}, `"color-contrast", "link-in-text-block"`},
}

// runAxe gives a line for each element that breaks a rule.
const runAxe = `axe.run(document, {resultTypes: ["violations"], runOnly: RULES}).then((r) =>
	r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " + (n.any[0] || n.all[0] || n.none[0] || v).message)))`

func TestAxeFindsNothingOnAnyPageInAnySight(t *testing.T) {
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	dir := builtSite(t)
	server := serve(t, dir)
	eachPage(t, dir, 320, func(b *tab) func(page string) {
		return func(page string) {
			b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
			eval[any](b, string(source)+"; 1")
			for _, s := range sights {
				b.look(s)
				rules := `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
				if s.rules != "" {
					rules = `{type: "rule", values: [` + s.rules + `]}`
				}
				for _, fault := range promised[[]string](b, strings.Replace(runAxe, "RULES", rules, 1)) {
					t.Errorf("%s, %s: %s", page, s.name, fault)
				}
			}
		}
	})
}

func TestAxeFindsAPlantedFault(t *testing.T) {
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t, builtSite(t))
	b := open(t, 1280)
	b.do(chromedp.Navigate(server.URL+"/"), chromedp.WaitReady("footer"))
	eval[any](b, string(source)+"; document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=\"planted\"><img src=\"/icon.svg\"></p>'); 1")
	b.look(sights[1])
	found := promised[[]string](b, strings.Replace(runAxe, "RULES", `{type: "tag", values: ["wcag2a"]}`, 1))
	if len(found) != 1 || !strings.HasPrefix(found[0], "image-alt: ") {
		t.Errorf("expected axe to find the picture without a text, found %q", found)
	}
}

// look makes the browser see as s says.
func (b *tab) look(s sight) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(s.width, 900))
	media := emulation.SetEmulatedMediaParams{}
	for name, value := range s.features {
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		b.t.Fatal(err)
	}
}

// promised gives what a promise of the page comes to.
func promised[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}
