package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pelletier/go-toml/v2"

	"github.com/ccpcr/impact/generator/preview"
)

// hearing is a standard error that a test reads while it is written.
type hearing struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (h *hearing) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.all.Write(p)
}

func (h *hearing) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.all.String()
}

// previewed serves a copy of the second organisation and gives its address, the folder, and what ends it.
func previewed(t *testing.T) (address, dir string, end func()) {
	t.Helper()
	t.Chdir(t.TempDir())
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	copyTo(t, filepath.Join(dir, "data"), filepath.Join(repository, "generator", second))
	said := &hearing{}
	e := &env{data: "data", site: "site", today: "2026-05-01", stdout: io.Discard, stderr: said}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.serveUntil(ctx) }()
	eventually(t, "an address", func() bool {
		address = regexp.MustCompile(`http://localhost:[0-9]+`).FindString(said.String())
		return address != ""
	})
	return address, dir, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v", err)
		}
	}
}

// repository is the folder of the project, wherever a test goes.
var repository = func() string {
	dir, err := filepath.Abs("..")
	if err != nil {
		panic(err)
	}
	return dir
}()

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for limit := time.Now().Add(time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatalf("waited a minute for %s", what)
		}
	}
}

// visit gives the status and the text of a page.
func visit(t *testing.T, address string) (int, string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(text)
}

// resave replaces a text of a file.
func resave(t *testing.T, file, old, now string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s: expected %q: %v", file, old, err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(old), []byte(now), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAMistakeStandsOnThePreviewUntilItsFileIsMended(t *testing.T) {
	address, dir, end := previewed(t)
	shows := func(status int, text string) func() bool {
		return func() bool {
			code, page := visit(t, address+"/")
			return code == status && strings.Contains(page, text)
		}
	}
	eventually(t, "the home page", shows(http.StatusOK, "Casa Poilão"))
	eventually(t, "a page for what is not there", func() bool { code, _ := visit(t, address+"/fr/nope/"); return code == http.StatusNotFound })

	codebook := filepath.Join(dir, "data", "codebook", "programmes.yaml")
	resave(t, codebook, "title:", "tilte:")
	eventually(t, "the mistake", shows(http.StatusInternalServerError, "data/codebook/programmes.yaml"))
	if _, page := visit(t, address+"/fr/"); !strings.Contains(page, "To do:") || !strings.Contains(page, "line 2") {
		t.Errorf("the page says neither line nor remedy:\n%s", page)
	}
	resave(t, codebook, "tilte:", "title:")
	eventually(t, "the home page again", shows(http.StatusOK, "Casa Poilão"))

	export := filepath.Join(dir, "data", "exports", "2025", "casos.csv")
	resave(t, export, "gabu", "gabuu")
	eventually(t, "the mistake in an export", shows(http.StatusInternalServerError, "casos.csv"))
	if _, page := visit(t, address+"/"); strings.Contains(page, "gabuu") {
		t.Error("the page repeats a cell")
	}
	resave(t, export, "gabuu", "gabu")
	eventually(t, "the home page a third time", shows(http.StatusOK, "Casa Poilão"))
	end()

	if _, err := os.Stat("data/published"); err == nil {
		t.Error("the preview made a ledger")
	}
	if _, err := os.Stat("public"); err == nil {
		t.Error("the preview wrote into public")
	}
	for _, file := range filesBelow(t, ".impact/preview") {
		if data, err := os.ReadFile(file); err != nil || bytes.Contains(data, []byte("_impact")) {
			t.Errorf("%s: a file of the site knows of the preview: %v", file, err)
		}
	}
}

func TestAnOpenPageLoadsAnewByItself(t *testing.T) {
	b := open(t, 800)
	address, dir, end := previewed(t)
	defer end()
	b.do(chromedp.Navigate(address + "/"))
	eventually(t, "the home page", func() bool { return eval[bool](b, `!!document.querySelector("footer")`) })
	b.silent("/")
	organisation := filepath.Join(dir, "data", "codebook", "organisation.yaml")
	resave(t, organisation, "pt: Casa Poilão,", "pt: Casa do Poilão,")
	eventually(t, "the new name", func() bool {
		return strings.Contains(eval[string](b, `(document.body ? document.body.textContent : "")`), "Casa do Poilão")
	})
	resave(t, organisation, "calendar:", "calender:")
	eventually(t, "the mistake", func() bool { return strings.Contains(eval[string](b, `document.title`), "to be mended") })
	resave(t, organisation, "calender:", "calendar:")
	eventually(t, "the site", func() bool { return eval[bool](b, `!!document.querySelector("footer")`) })
}

func TestThePreviewSendsTheHeadersOfTheHost(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(repository, "netlify.toml"))
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Headers []struct {
			For    string
			Values map[string]string
		}
	}
	if err := toml.Unmarshal(data, &config); err != nil || config.Headers[0].For != "/*" {
		t.Fatal(err)
	}
	for name, value := range config.Headers[0].Values {
		if name != "Strict-Transport-Security" && name != "Cache-Control" && preview.Headers[name] != value {
			t.Errorf("%s: %q, the host sends %q", name, preview.Headers[name], value)
		}
	}
}

// A page elsewhere may give this machine a name of its own and so ask a browser here for what is not published.
func TestThePreviewAnswersToThisMachineAlone(t *testing.T) {
	address, _, end := previewed(t)
	defer end()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "elsewhere.example"
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusForbidden {
		t.Errorf("expected to be refused, found %d", r.StatusCode)
	}
	if !strings.HasPrefix(address, "http://localhost:") {
		t.Errorf("the address is %s", address)
	}
}
