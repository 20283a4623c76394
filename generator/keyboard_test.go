package main

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops lists what a keyboard can reach, in the order of the page: drawn, not switched off, in no closed part.
const stops = `[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((e) =>
	e.tabIndex >= 0 && !e.disabled && e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))`

// focus describes what has the focus: its place among the stops, and whether a reader sees that it has it.
const focus = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body || e === document.documentElement) return {Place: -1, Seen: true};
	const style = getComputedStyle(e), box = e.getBoundingClientRect();
	const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
	return {Place: ` + stops + `.indexOf(e), Seen: ring && within && box.width > 0, What: e.outerHTML.slice(0, 120)};
})()`

type focused struct {
	Place int
	Seen  bool
	What  string
}

func TestAKeyboardReachesEverythingInOrderAndShowsWhereItIs(t *testing.T) {
	dir := builtSite(t)
	server := serve(t, dir)
	for _, width := range []int64{320, 1280} {
		b := open(t, width)
		for _, page := range []string{"/", "/results/2010/", "/indicators/admitted/", "/programmes/reintegration/", "/data/", "/km/", "/km/results/2010/", "/km/indicators/admitted/"} {
			b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
			want := eval[int](b, stops+".length")
			var places []int
			for range want + 2 {
				b.do(chromedp.KeyEvent(kb.Tab))
				f := eval[focused](b, focus)
				if f.Place < 0 {
					break
				}
				if !f.Seen {
					t.Errorf("%s at %d px: no reader sees the focus on %s", page, width, f.What)
				}
				places = append(places, f.Place)
			}
			if want < 10 || len(places) != want || !slices.IsSorted(places) {
				t.Errorf("%s at %d px: tab stops at %v, expected 0 to %d in order", page, width, places, want-1)
			}
		}
	}
}
