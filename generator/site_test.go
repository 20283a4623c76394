package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// realSite builds the project's own site once for all tests of this package. It reads data/ and site/ as they stand and writes
// into a temporary folder.
var realSite = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "impact-site-")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "public")
	var stderr bytes.Buffer
	if code := run([]string{"build", "--data", "../data", "--site", "../site", "--out", out}, &stderr, &stderr); code != 0 {
		return "", fmt.Errorf("build ended with %d:\n%s", code, stderr.String())
	}
	return out, nil
})

func builtSite(t testing.TB) string {
	t.Helper()
	out, err := realSite()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// pages lists the addresses of a built site.
func pages(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".html" {
			all = append(all, "/"+strings.TrimSuffix(p, "index.html"))
		}
		return err
	})
	if err != nil || len(all) < 20 {
		t.Fatalf("found %d pages: %v", len(all), err)
	}
	return all
}

// blanks in the pattern of a host: any signs, and any name of a folder.
var blanks = strings.NewReplacer(`\*`, ".*", ":release", "[^/]+")

// serve answers as netlify.toml tells the host to: the headers of every rule whose pattern fits.
func serve(t testing.TB, dir string) *httptest.Server {
	t.Helper()
	data, err := os.ReadFile("../netlify.toml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Headers []struct {
			For    string
			Values map[string]string
		}
	}
	if err := toml.Unmarshal(data, &config); err != nil || len(config.Headers) == 0 {
		t.Fatalf("netlify.toml: %d header rules: %v", len(config.Headers), err)
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range config.Headers {
			if form := blanks.Replace(regexp.QuoteMeta(h.For)); regexp.MustCompile("^" + form + "$").MatchString(r.URL.Path) {
				for name, value := range h.Values {
					w.Header().Set(name, value)
				}
			}
		}
		w.Header().Del("Strict-Transport-Security") // the test server speaks plain HTTP
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}
