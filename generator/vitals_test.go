package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// vitals gives when the largest content was painted, in milliseconds after the first byte, and how much moved.
const vitals = `new Promise((done) => {
	const found = {Paint: 0, Shift: 0}, first = performance.getEntriesByType("navigation")[0].responseStart;
	new PerformanceObserver((l) => l.getEntries().forEach((e) => { found.Paint = Math.max(found.Paint, e.startTime - first); }))
		.observe({type: "largest-contentful-paint", buffered: true});
	new PerformanceObserver((l) => l.getEntries().forEach((e) => { found.Shift += e.value; }))
		.observe({type: "layout-shift", buffered: true});
	setTimeout(() => done(found), 1500);
})`

// BenchmarkFirstView opens the main pages as a cheap phone on a slow line does: 360 px, 400 kbit/s, 400 ms, a processor four times
// slower, nothing cached. It reports the worst of three views of each: largest content painted, in ms after the first byte, and layout
// shift.
func BenchmarkFirstView(b *testing.B) {
	dir := builtSite(b)
	server := httptest.NewServer(packing(serve(b, dir).Config.Handler))
	b.Cleanup(server.Close)
	for _, page := range []string{"/", "/results/2010/", "/km/", "/km/results/2010/"} {
		b.Run("page="+page, func(b *testing.B) {
			var worst struct{ Paint, Shift float64 }
			for b.Loop() {
				tab := phone(b)
				for range 3 {
					tab.do(chromedp.Navigate(server.URL+page), chromedp.WaitReady("footer"), chromedp.Sleep(3*time.Second))
					v := promised[struct{ Paint, Shift float64 }](tab, vitals)
					if v.Paint == 0 {
						b.Fatal("nothing was painted")
					}
					worst.Paint, worst.Shift = max(worst.Paint, v.Paint), max(worst.Shift, v.Shift)
				}
			}
			b.ReportMetric(worst.Paint, "paint-ms")
			b.ReportMetric(worst.Shift, "shift")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// phone opens a tab like that of a cheap phone on a slow line.
func phone(b *testing.B) *tab {
	b.Helper()
	tab := open(b, 360)
	line := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
		{Latency: 400, DownloadThroughput: 400_000 / 8, UploadThroughput: 400_000 / 8},
	}}
	_, err := chromedp.Call(tab.ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(tab.ctx, network.EmulateNetworkConditionsByRule, line)
	}
	if err == nil {
		_, err = chromedp.Call(tab.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	}
	if err == nil {
		_, err = chromedp.Call(tab.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
	}
	if err != nil {
		b.Fatal(err)
	}
	return tab
}

// packing compresses as a host does what is not compressed yet.
func packing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains([]string{".woff2", ".png", ".zip", ".xlsx"}, filepath.Ext(r.URL.Path)) {
			next.ServeHTTP(w, r)
			return
		}
		var packer io.WriteCloser
		if strings.Contains(r.Header.Get("Accept-Encoding"), "br") {
			w.Header().Set("Content-Encoding", "br")
			packer = brotli.NewWriterLevel(w, 5)
		} else {
			w.Header().Set("Content-Encoding", "gzip")
			packer = gzip.NewWriter(w)
		}
		r.Header.Del("Range")
		next.ServeHTTP(packedWriter{w, packer}, r)
		_ = packer.Close()
	})
}

type packedWriter struct {
	http.ResponseWriter
	to io.Writer
}

func (p packedWriter) Write(data []byte) (int, error) { return p.to.Write(data) }

func (p packedWriter) WriteHeader(status int) {
	p.Header().Del("Content-Length")
	p.ResponseWriter.WriteHeader(status)
}
