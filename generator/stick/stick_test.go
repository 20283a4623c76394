package stick

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
	"testing/fstest"
)

func TestEveryAddressIsSeenFromWhereItStands(t *testing.T) {
	for _, base := range []string{"/", "/results/"} { // a site may stand in a folder of its host
		site := fstest.MapFS{
			"index.html":     {Data: []byte(`<a href="` + base + `">a</a><a href="` + base + `x/y/#z">b</a>`)},
			"x/y/index.html": {Data: []byte(`<link rel="stylesheet" href="` + base + `css/m.css" integrity="h"><script src="` + base + `a.js"></script><a href="` + base + `?stay=1">a</a><a href="` + base + `x/">b</a><a href="` + base + `data/a.zip">c</a><a href="#k">d</a><a href="https://other.org/q">e</a>`)},
			"x/index.html":   {Data: []byte(`<img src="` + base + `i.svg">`)},
			"css/m.css":      {Data: []byte(`@font-face{src:url("` + base + `f/a.woff2")}`)},
			"f/a.woff2":      {}, "i.svg": {}, "a.js": {}, "data/a.zip": {}, "embed/e/index.html": {},
		}
		var b bytes.Buffer
		if err := Pack(site, "https://a.org"+base, &b); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"index.html":     `<html><head></head><body><a href="index.html">a</a><a href="x/y/index.html#z">b</a></body></html>`,
			"START.html":     `<html><head></head><body><a href="index.html">a</a><a href="x/y/index.html#z">b</a></body></html>`,
			"x/y/index.html": `<html><head><link rel="stylesheet" href="../../css/m.css"/></head><body><a href="../../index.html">a</a><a href="../index.html">b</a><a href="https://a.org` + base + `data/a.zip">c</a><a href="#k">d</a><a href="https://other.org/q">e</a></body></html>`,
			"x/index.html":   `<html><head></head><body><img src="../i.svg"/></body></html>`,
			"css/m.css":      `@font-face{src:url("../f/a.woff2")}`,
			"f/a.woff2":      "", "i.svg": "",
		}
		if len(z.File) != len(want) {
			t.Errorf("%d files, expected %d", len(z.File), len(want))
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			got, _ := io.ReadAll(r)
			if text, ok := want[f.Name]; !ok || string(got) != text {
				t.Errorf("%s: %s\nexpected %s", f.Name, got, text)
			}
		}
	}
}
