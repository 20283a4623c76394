package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a tab of a real browser, and what its console and security policy had to say.
type tab struct {
	t   testing.TB
	ctx context.Context
	mu  sync.Mutex
	log []string
}

// open starts Chromium with a tab of a width. Without Chromium the test is skipped, and in CI it fails.
func open(t testing.TB, width int64) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		path, err = exec.LookPath("google-chrome")
	}
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no Chromium: make setup installs it")
	} else if err != nil {
		t.Skip("no Chromium: make setup installs it")
	}
	b := &tab{t: t}
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	t.Cleanup(cancel)
	b.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(b.hear), chromedp.WithAllocatorOptions(chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true)))
	t.Cleanup(cancel)
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)); err != nil { // the first step starts the browser, for as long as its context lasts
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, log.Enable, struct{}{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// eachPage calls the visitor of a tab for every page of a site, with two tabs side by side.
func eachPage(t *testing.T, dir string, width int64, visitor func(b *tab) func(page string)) {
	t.Helper()
	all := pages(t, dir)
	queue := make(chan string, len(all))
	for _, page := range all {
		queue <- page
	}
	close(queue)
	var tabs sync.WaitGroup
	for range 2 {
		b := open(t, width)
		visit := visitor(b)
		tabs.Go(func() {
			for page := range queue {
				visit(page)
			}
		})
	}
	tabs.Wait()
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.log = append(b.log, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		b.log = append(b.log, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.log = append(b.log, e.Entry.Text+" "+e.Entry.URL)
	}
}

// silent fails for everything that was said since it was last asked.
func (b *tab) silent(where string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.log {
		b.t.Errorf("%s: %s", where, s)
	}
	b.log = nil
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute) // what is waited for may never come
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// eval gives the value of an expression of the page.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func TestEveryPageIsSilentUnderTheHostsHeadersAndFitsAPhone(t *testing.T) {
	dir := builtSite(t)
	server := serve(t, dir)
	eachPage(t, dir, 320, func(b *tab) func(page string) {
		return func(page string) {
			b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
			for _, width := range []int64{320, 640} { // a phone, and a window of 1280 px at 200 % zoom
				b.do(chromedp.EmulateViewport(width, 900))
				if wider := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); wider > 0 {
					t.Errorf("%s is %d px wider than %d px", page, wider, width)
				}
			}
			b.do(chromedp.EmulateViewport(320, 900))
			b.silent(page)
		}
	})
}

// numbersOf gives every text of a table's number cells, and of a drawing, sorted.
const numbersOf = `(() => {
	const seen = (e) => getComputedStyle(e).visibility !== "hidden" && e.getClientRects().length > 0;
	return [...document.querySelectorAll("figure.figure:has(.drawing)")].map((figure) => ({
		table: [...figure.querySelectorAll("tr:not(.total) [data-cell]")].map((e) => e.textContent.trim()).sort(),
		names: [...figure.querySelectorAll("tr:not(.total) th[scope=row]")].map((e) => e.textContent.trim()).sort(),
		drawn: [...figure.querySelectorAll(".drawing svg text")].filter(seen).map((e) => e.textContent.trim()).sort(),
		live: figure.querySelectorAll(".drawing > div:not([role]) svg").length,
	}));
})()`

type drawing struct {
	Table, Names, Drawn []string
	Live                int
}

func (d drawing) agree() bool {
	want := slices.Concat(d.Table, d.Names)
	slices.Sort(want)
	return len(d.Table) > 0 && slices.Equal(want, d.Drawn)
}

func TestTheDrawingOfTheBuildAndTheInteractiveOneSayWhatTheTableSays(t *testing.T) {
	dir := builtSite(t)
	server := serve(t, dir)
	b := open(t, 1280)
	for _, page := range []string{"/indicators/admitted/", "/km/indicators/admitted/", "/indicators/followed-up/", "/donors/", "/km/indicators/peer-education/"} {
		b.do(chromedp.Navigate(server.URL+page), chromedp.WaitVisible(".drawing svg"))
		if before := eval[[]drawing](b, numbersOf); len(before) == 0 || !before[0].agree() || before[0].Live != 0 {
			t.Errorf("%s: the drawing of the build: %+v", page, before)
		}
		b.do(chromedp.ScrollIntoView(".drawing"))
		eval[any](b, `document.querySelectorAll(".drawing").forEach((d) => d.dispatchEvent(new PointerEvent("pointerenter"))), 1`)
		b.do(chromedp.WaitVisible(".drawing > div:not([role]) svg"), chromedp.Sleep(200*time.Millisecond))
		for _, d := range eval[[]drawing](b, numbersOf) {
			if !d.agree() || d.Live != 1 {
				t.Errorf("%s: the interactive drawing: %+v", page, d)
			}
		}
		b.silent(page)
	}
}

func TestWithoutScriptEveryFigureTableAndDrawingIsThere(t *testing.T) {
	dir := builtSite(t)
	server := serve(t, dir)
	b := open(t, 768)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/", "/results/2010/", "/indicators/admitted/", "/donors/", "/km/results/2010/"} {
		b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
		cells := eval[int](b, `[...document.querySelectorAll("[data-cell]")].filter((e) => e.textContent.trim() && e.getClientRects().length).length`)
		if cells == 0 {
			t.Errorf("%s: no figure to be seen", page)
		}
		for _, d := range eval[[]drawing](b, numbersOf) {
			// A drawing of a flow has no total of its own; live_test.go holds it against its table.
			if d.Live != 0 || len(d.Drawn) == 0 || !d.agree() && !strings.Contains(page, "results") {
				t.Errorf("%s: without script: %+v", page, d)
			}
		}
	}
}
