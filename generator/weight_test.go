package main

import (
	"bytes"
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Bars of the design for the first view of a page and all that it loads, in bytes of brotli.
const (
	barOfSystemFont  = 50_000
	barOfBundledFont = 80_000 // a language that brings its font along
)

// asked is a server that notes which files of a site a browser asks for.
type asked struct {
	*httptest.Server
	mu    sync.Mutex
	paths []string
}

func note(t *testing.T, dir string) *asked {
	t.Helper()
	a := &asked{}
	site := serve(t, dir).Config.Handler
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		a.paths = append(a.paths, r.URL.Path)
		a.mu.Unlock()
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(a.Close)
	return a
}

// take gives what was asked for since the last call.
func (a *asked) take() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	paths := a.paths
	a.paths = nil
	slices.Sort(paths)
	return slices.Compact(paths)
}

// weights gives the size of a site's files after brotli.
func weights(t *testing.T, dir string) func(path string) int {
	t.Helper()
	var mu sync.Mutex
	known := map[string]int{}
	return func(path string) int {
		t.Helper()
		if strings.HasSuffix(path, "/") {
			path += "index.html"
		}
		mu.Lock()
		defer mu.Unlock()
		if known[path] > 0 {
			return known[path]
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil {
			t.Errorf("a page asks for what is not there: %v", err)
			return 0
		}
		var packed bytes.Buffer
		w := brotli.NewWriterLevel(&packed, 9)
		if _, err := w.Write(data); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		known[path] = min(packed.Len(), len(data)) // a host sends the smaller one
		return known[path]
	}
}

// bundled says whether the text of a page is in a font that the site brings along.
const bundled = `(() => {
	const plain = (name) => name.trim().replaceAll(/["']/g, "");
	const fonts = new Set([...document.fonts].map((f) => plain(f.family)));
	return [document.body, ...document.querySelectorAll("main [lang]")].some((e) =>
		getComputedStyle(e).fontFamily.split(",").some((name) => fonts.has(plain(name))));
})()`

func TestTheFirstViewOfEveryPageStaysBelowItsBar(t *testing.T) {
	dir := builtSite(t)
	weigh := weights(t, dir)
	type view struct {
		page  string
		bytes int
	}
	var mu sync.Mutex
	var views []view
	eachPage(t, dir, 320, func(b *tab) func(page string) {
		server := note(t, dir)
		if _, err := chromedp.Call(b.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
			t.Error(err)
		}
		return func(page string) {
			b.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"))
			promised[any](b, `document.fonts.ready.then(() => new Promise((done) => setTimeout(() => done(1), 50)))`)
			v, bar := view{page: page}, barOfSystemFont
			for _, path := range server.take() {
				v.bytes += weigh(path)
			}
			if eval[bool](b, bundled) {
				bar = barOfBundledFont
			}
			if v.bytes > bar {
				t.Errorf("%s: %d bytes, expected at most %d", page, v.bytes, bar)
			}
			mu.Lock()
			defer mu.Unlock()
			views = append(views, v)
		}
	})
	slices.SortFunc(views, func(a, b view) int { return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.page, b.page)) })
	for _, v := range views[:min(10, len(views))] {
		t.Logf("%6d bytes  %s", v.bytes, v.page)
	}
}
