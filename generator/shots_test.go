package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "folder for pictures of the main pages, which make shots writes")

// TestTheMainPagesHaveTheirPicture writes the pictures of the README. It does so when asked only.
func TestTheMainPagesHaveTheirPicture(t *testing.T) {
	if *shots == "" {
		t.Skip("make shots asks for it")
	}
	server := serve(t, builtSite(t))
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"wide", 1280, 900}, {"phone", 360, 740}} {
		b := open(t, size.width)
		b.do(chromedp.EmulateViewport(size.width, size.height))
		if _, err := chromedp.Call(b.ctx, emulation.SetScrollbarsHidden, emulation.SetScrollbarsHiddenParams{Hidden: true}); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{"/", "/results/2010/", "/programmes/reintegration/", "/indicators/admitted/"} {
			for _, prefix := range []string{"en", "km"} {
				address := p
				if prefix != "en" {
					address = "/" + prefix + p
				}
				b.do(chromedp.Navigate(server.URL+address), chromedp.WaitReady("footer"))
				promised[any](b, `document.fonts.ready.then(() => 1)`)
				picture, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: new(int64(80))})
				if err != nil {
					t.Fatal(err)
				}
				kind, _, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/")
				if kind == "" {
					kind = "home"
				}
				if err := os.WriteFile(filepath.Join(*shots, kind+"-"+prefix+"-"+size.name+".webp"), picture.Data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
