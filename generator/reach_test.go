package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"
)

// until waits for an expression of the page to hold.
func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if eval[bool](b, expression) {
			return
		}
	}
	b.t.Fatalf("never came true: %s\n%s", expression, eval[string](b, `location.href + " " + document.body.innerText.slice(0, 300)`))
}

// press presses a key in what has the focus.
func (b *tab) press(key string) {
	b.t.Helper()
	eval[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "`+key+`", bubbles: true, cancelable: true})), true`)
}

func TestAnyPartOfAWordFindsThePageInEveryLanguage(t *testing.T) {
	server := serve(t, builtSite(t))
	b := open(t, 320)
	for _, c := range []struct{ page, typed, found string }{
		{"/search/", "admis", "/indicators/admitted/"},
		{"/search/", "NÉW admissions", "/indicators/admitted/"},
		{"/search/", "svay rieng famil", "/indicators/family-visits-svay-rieng/"},
		{"/km/search/", "ទទួល\u200bចូល", "/km/indicators/admitted/"}, // with a zero-width space
		{"/km/search/", "ួលចូលថ្មី", ""},                             // no letter begins there
		{"/km/search/", "ចូលថ្មី", "/km/indicators/admitted/"},       // the end of a word
		{"/km/search/", "ផ្តល់ជម្រក", "/km/"},                        // written ផ្ដល់ on the page
		{"/search/", "xyzzy", ""},
	} {
		b.do(chromedp.Navigate(server.URL+c.page), chromedp.WaitVisible("form.search input"))
		if eval[int](b, `performance.getEntriesByType("resource").filter((e) => e.name.endsWith("index.json")).length`) != 0 {
			t.Errorf("%s: the index is loaded before anything is typed", c.page)
		}
		b.do(chromedp.SendKeys("form.search input", c.typed))
		b.until(`document.querySelector(".search [role=status]").textContent !== ""`)
		time.Sleep(100 * time.Millisecond)
		links := eval[[]string](b, `[...document.querySelectorAll(".found a")].map((a) => new URL(a.href).pathname)`)
		status := eval[string](b, `document.querySelector(".search [role=status]").textContent`)
		if c.found == "" && (len(links) > 0 || strings.ContainsAny(status, "0123456789")) || c.found != "" && !slices.Contains(links, c.found) {
			t.Errorf("%s %q: found %v, announced %q", c.page, c.typed, links, status)
		}
		if at := eval[string](b, `location.search + location.hash + sessionStorage.length + localStorage.length`); at != "00" {
			t.Errorf("%s: what was looked for is kept: %s", c.page, at)
		}
		if wider := eval[int](b, `document.documentElement.scrollWidth - innerWidth`); wider > 0 {
			t.Errorf("%s %q: %d px wider than a phone", c.page, c.typed, wider)
		}
		b.silent(c.page)
	}
	b.do(chromedp.Navigate(server.URL+"/search/"), chromedp.WaitVisible("form.search input"), chromedp.SendKeys("form.search input", "school"))
	b.until(`document.querySelectorAll(".found a").length > 1`)
	for i, step := range []string{"ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"} {
		b.press(step)
		want := []string{"0", "1", "0", "input"}[i]
		if got := eval[string](b, `document.activeElement.matches("input") ? "input" : String([...document.querySelectorAll(".found a")].indexOf(document.activeElement))`); got != want {
			t.Errorf("after %s the focus is at %s, expected %s", step, got, want)
		}
	}
}

func TestTheIndexOfTheSearchIsSmallAndEachPageIsListedWithoutAScript(t *testing.T) {
	dir := builtSite(t)
	for _, home := range []string{"", "km/"} {
		data, err := os.ReadFile(filepath.Join(dir, home, "search", "index.json"))
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w := brotli.NewWriterLevel(&packed, 11)
		_, _ = w.Write(data)
		_ = w.Close()
		if t.Logf("%ssearch/index.json: %d bytes brotli", home, packed.Len()); packed.Len() > 60_000 {
			t.Errorf("%ssearch/index.json takes %d bytes, expected 60 kB at most", home, packed.Len())
		}
		list, err := os.ReadFile(filepath.Join(dir, home, "search", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages(t, dir) {
			ours := strings.HasPrefix(p, "/km/") == (home != "") && !strings.Contains(p, "/embed/") && !strings.HasSuffix(p, ".html") && strings.Trim(p, "/") != "en"
			if front := "/" + home; ours && p != front && !strings.HasPrefix(p, "/"+home+"stories/") && !bytes.Contains(list, []byte(`href="`+p+`"`)) {
				t.Errorf("%ssearch/ does not list %s", home, p)
			}
		}
	}
}

func TestPagesAreKeptOnlyOnRequestAndNothingStaysAfterwards(t *testing.T) {
	dir := builtSite(t)
	server := serve(t, dir)
	b := open(t, 768)
	traces := `Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(([c, r]) => c.length + r.length)`
	wait := func(expression string) int {
		eval[bool](b, `(globalThis.answer = undefined, `+expression+`.then((x) => { globalThis.answer = x }), true)`)
		b.until(`globalThis.answer !== undefined`)
		return eval[int](b, `globalThis.answer`)
	}
	for _, p := range []string{"/", "/km/", "/results/2010/", "/about/offline/"} {
		b.do(chromedp.Navigate(server.URL+p), chromedp.WaitReady("footer"))
		if n := wait(traces); n != 0 {
			t.Fatalf("%s keeps something that nobody asked for", p)
		}
	}
	b.until(`!document.querySelector("button[value=on]").hidden`)
	eval[bool](b, `document.querySelector("button[value=on]").click(), true`)
	b.until(`!document.querySelector("button[value=off]").hidden`)
	b.until(`navigator.serviceWorker.controller !== null`)
	b.do(chromedp.Navigate(server.URL+"/indicators/admitted/"), chromedp.WaitVisible(".drawing svg"))
	time.Sleep(500 * time.Millisecond)
	b.silent("with a connection")
	server.CloseClientConnections()
	server.Close()
	for _, p := range []string{"/indicators/admitted/", "/results/", "/about/offline/"} { // opened, of the menu, and where it was asked for
		b.do(chromedp.Navigate(server.URL+p), chromedp.WaitReady("footer"))
		if font := eval[string](b, `getComputedStyle(document.querySelector(".bar")).position`); font != "sticky" {
			t.Errorf("%s: without a connection the page has no style", p)
		}
	}
	eval[bool](b, `document.querySelector("button[value=off]").click(), true`)
	b.until(`!document.querySelector("button[value=on]").hidden`)
	if n := wait(traces); n != 0 {
		t.Errorf("%d things are still kept after it was taken back", n)
	}
	_ = chromedp.Do(b.ctx, chromedp.Navigate(server.URL+"/indicators/admitted/"))
	if eval[bool](b, `!!document.querySelector("footer")`) {
		t.Error("a page is shown that was deleted")
	}
}

// sparing makes every page believe that its reader wants to save data.
const sparing = `Object.defineProperty(navigator, "connection", {value: {saveData: true}})`

func TestWhoSavesDataIsSentNoChartLibraryAndOfferedNoStore(t *testing.T) {
	server := serve(t, builtSite(t))
	b := open(t, 768)
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: sparing}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(server.URL+"/indicators/admitted/"), chromedp.WaitVisible(".drawing svg"))
	eval[bool](b, `document.querySelectorAll(".drawing").forEach((d) => d.dispatchEvent(new PointerEvent("pointerenter"))), true`)
	time.Sleep(500 * time.Millisecond)
	if n := eval[int](b, `performance.getEntriesByType("resource").filter((e) => e.name.includes("echarts")).length`); n != 0 {
		t.Error("the chart library was fetched")
	}
	b.do(chromedp.Navigate(server.URL+"/about/offline/"), chromedp.WaitReady("footer"), chromedp.Sleep(200*time.Millisecond))
	if !eval[bool](b, `document.querySelector("button[value=on]").hidden && document.querySelector(".offline [role=status]").textContent === document.querySelector(".offline [role=status]").dataset.cannot`) {
		t.Error("keeping pages was offered")
	}
}

func TestTheWayOutLeavesNoTraceInThePagesOwnHistory(t *testing.T) {
	server := serve(t, builtSite(t))
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>weather") }))
	t.Cleanup(away.Close)
	b := open(t, 768)
	for name, leave := range map[string]string{
		"link": `document.querySelector(".leave").click()`,
		"keys": `for (let i = 0; i < 3; i++) document.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift"}))`,
	} {
		b.do(chromedp.Navigate(server.URL+"/about/"), chromedp.WaitReady("footer"), chromedp.Sleep(200*time.Millisecond))
		eval[bool](b, `document.querySelector(".leave").href = "`+away.URL+`", setTimeout(() => { `+leave+` }, 0), true`)
		b.until(`location.href.startsWith("` + away.URL + `")`)
		history, err := chromedp.Call(b.ctx, page.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range history.Entries {
			if strings.HasPrefix(e.URL, server.URL) {
				t.Errorf("%s: going back leads to %s", name, e.URL)
			}
		}
	}
}

func TestAFigureStandsInAFrameOfAnotherPageAndTellsItsHeight(t *testing.T) {
	server := serve(t, builtSite(t))
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `<!DOCTYPE html><title>x</title><script>onmessage = (e) => { globalThis.told = e.data }</script><iframe width="600" src="`+server.URL+r.URL.Path+`"></iframe>`)
	}))
	t.Cleanup(other.Close)
	b := open(t, 768)
	for _, p := range []string{"/embed/admitted-province-year/", "/km/embed/admitted-province-year/", "/embed/2010-r1/admitted-province-2010/"} {
		b.do(chromedp.Navigate(other.URL + p))
		b.until(`globalThis.told?.impact === "height" && globalThis.told.height > 200`)
		b.silent(p)
	}
	for p, want := range map[string]string{"/embed/admitted-province-year/": "frame-ancestors *", "/km/embed/left-province-year/": "frame-ancestors *", "/": "frame-ancestors 'none'", "/km/": "frame-ancestors 'none'", "/indicators/admitted/": "frame-ancestors 'none'"} {
		answer, err := http.Get(server.URL + p)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if got := answer.Header.Get("Content-Security-Policy"); !strings.Contains(got, want) || strings.Contains(got, "unsafe") {
			t.Errorf("%s: the policy is %q, expected %s", p, got, want)
		}
	}
}

func TestAPackedSiteOpensFromAFolder(t *testing.T) {
	dir := builtSite(t)
	name, again, folder := filepath.Join(t.TempDir(), "site.zip"), filepath.Join(t.TempDir(), "again.zip"), t.TempDir()
	impact(t, 0, "stick", name, "--out", dir)
	impact(t, 0, "stick", again, "--out", dir)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := os.ReadFile(again); !bytes.Equal(data, second) {
		t.Error("the same site gives another zip")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, z); err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, f := range z.File {
		if path.Ext(f.Name) != ".html" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			for _, a := range n.Attr {
				if a.Key != "href" && a.Key != "src" || strings.Contains(a.Val, "//") || strings.HasPrefix(a.Val, "#") {
					continue
				}
				to, _, _ := strings.Cut(a.Val, "#")
				if _, err := os.Stat(filepath.Join(folder, path.Dir(f.Name), to)); err != nil || strings.HasPrefix(to, "/") {
					t.Fatalf("%s: %s leads nowhere", f.Name, a.Val)
				}
				links++
			}
		}
	}
	if links < 1000 {
		t.Errorf("only %d links were followed", links)
	}
	b := open(t, 320)
	b.do(chromedp.Navigate("file://"+filepath.Join(folder, "START.html")), chromedp.WaitReady("footer"))
	eval[bool](b, `document.querySelector(".languages a").click(), true`)
	b.until(`location.pathname.endsWith("/km/index.html")`)
	b.until(`[...document.fonts].some((f) => f.status === "loaded")`)
	if eval[string](b, `getComputedStyle(document.querySelector(".bar")).position`) != "sticky" {
		t.Error("the page has no style")
	}
	b.silent("from a folder")
}
