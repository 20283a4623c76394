package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPageSaysItsTitleAtTheHeadOfEachSheetAndFilesStayAsTheyAre(t *testing.T) {
	site := t.TempDir()
	for name, text := range map[string]string{
		"results/2010/index.html": `<html><head><title>Results &amp; &quot;more&quot; for 2010 · Org</title></head><body>x</body></html>`,
		"main.css":                `body { color: red }`,
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(site, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(site, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	served := func(p string) string {
		w := httptest.NewRecorder()
		titled(site).ServeHTTP(w, httptest.NewRequest("GET", p, nil))
		return w.Body.String()
	}
	if page := served("/results/2010/"); !strings.Contains(page, `@top-right { content: "Results & \22 more\22  for 2010";`) || !strings.Contains(page, "<body>x</body>") {
		t.Errorf("served %s", page)
	}
	if file := served("/main.css"); file != `body { color: red }` {
		t.Errorf("served %s", file)
	}
}
