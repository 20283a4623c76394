package main

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// marksOf gives for each drawing that is shown the texts and the painted shapes of the one of the build and of the interactive one: in
// the order of their colour and place, in units of the page.
const marksOf = `(() => {
	const read = (svg) => {
		const from = svg.getBoundingClientRect();
		const texts = [...svg.querySelectorAll("text")].map((e) => e.textContent);
		const shapes = [...svg.querySelectorAll("path")].filter((e) => !e.closest("defs")).map((e) => {
			const style = getComputedStyle(e), at = e.getBoundingClientRect();
			const colour = style.fill === "none" ? style.stroke : style.fill;
			return {colour, thin: style.strokeWidth === "0px" && style.fill === "none", at: [at.left - from.left, at.top - from.top, at.right - from.left, at.bottom - from.top]};
		}).filter((s) => !s.thin && !/^(none|url|rgba\\(.*, 0\\))/.test(s.colour));
		return {texts, shapes};
	};
	return [...document.querySelectorAll(".drawing")].filter((d) => d.offsetParent).map((d) => ({
		kind: JSON.parse(d.querySelector("script.chart-data").textContent).kind,
		still: read(d.querySelector("[role=img] svg")), live: read(d.querySelector(":scope > div:not([role]) svg")),
	}));
})()`

type marks struct {
	Texts  []string
	Shapes []struct {
		Colour string
		At     []float64
	}
}

// differs says what one drawing has and the other has not, within a unit and a half.
func (m marks) differs(other marks) string {
	slices.Sort(m.Texts)
	slices.Sort(other.Texts)
	if !slices.Equal(m.Texts, other.Texts) {
		return "texts " + strings.Join(m.Texts, "|") + " and " + strings.Join(other.Texts, "|")
	}
	for _, s := range m.Shapes {
		if !slices.ContainsFunc(other.Shapes, func(o struct {
			Colour string
			At     []float64
		}) bool {
			return o.Colour == s.Colour && !slices.ContainsFunc([]int{0, 1, 2, 3}, func(i int) bool { return math.Abs(o.At[i]-s.At[i]) > 1.5 })
		}) {
			return "a shape in " + s.Colour
		}
	}
	return ""
}

func TestTheInteractiveDrawingOfEachKindIsTheOneOfTheBuild(t *testing.T) {
	second, _ := secondSite(t)
	seen := map[string]int{}
	for dir, pages := range map[string][]string{
		builtSite(t): {"/programmes/recovery/", "/km/programmes/recovery/"},
		second:       {"/indicators/sessoes/", "/fr/indicators/acolhidas/", "/indicators/receita/", "/results/2025/"},
	} {
		server := serve(t, dir)
		for _, width := range []int64{360, 1280} {
			b := open(t, width)
			for _, page := range pages {
				b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
				eval[any](b, `document.querySelectorAll(".drawing").forEach((d) => d.dispatchEvent(new PointerEvent("pointerenter"))), 1`)
				b.do(chromedp.WaitReady(".drawing > div:not([role]) svg"), chromedp.Sleep(500*time.Millisecond))
				for _, d := range eval[[]struct {
					Kind        string
					Still, Live marks
				}](b, marksOf) {
					seen[d.Kind]++
					if what := d.Still.differs(d.Live); what != "" {
						t.Errorf("%s at %d, %s: the interactive drawing lacks %s", page, width, d.Kind, what)
					}
					if what := d.Live.differs(d.Still); what != "" {
						t.Errorf("%s at %d, %s: the drawing of the build lacks %s", page, width, d.Kind, what)
					}
				}
				b.silent(page)
			}
		}
	}
	for _, kind := range []string{"bar", "grouped", "stacked", "pyramid", "heat", "line", "slope", "dots", "flow", "group"} {
		if seen[kind] == 0 {
			t.Errorf("no drawing of the kind %s was looked at", kind)
		}
	}
}
