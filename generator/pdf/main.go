// Command pdf prints the results pages and the annual reports of a built site as A4 files, with Chromium.
//
// In: the folder of a built site. Out: a folder with a PDF for each of these pages, in every language, named after its address.
// It serves the site on this machine only, since pages name their files from the root.
package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// printed are the pages that are made for paper: those of a period, in any language.
var printed = regexp.MustCompile(`^(?:[a-z-]+/)?(?:results|report)/[^/]+/index\.html$`)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./generator/pdf SITE OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "pdf:", err)
		os.Exit(1)
	}
}

func run(site, out string) error {
	browser := ""
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if found, err := exec.LookPath(name); err == nil && browser == "" {
			browser = found
		}
	}
	if browser == "" {
		return fmt.Errorf("no Chromium on this machine: open a page of %s in any browser and print it", site)
	}
	var pages []string
	err := fs.WalkDir(os.DirFS(site), ".", func(p string, _ fs.DirEntry, err error) error {
		if err == nil && printed.MatchString(p) {
			pages = append(pages, path.Dir(p))
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(pages) == 0 {
		return fmt.Errorf("%s has no page of results: build it first", site)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer listener.Close()
	go func() { _ = http.Serve(listener, titled(site)) }() // ends with the listener
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, page := range pages {
		name := filepath.Join(out, strings.ReplaceAll(page, "/", "-")+".pdf")
		if err := toPaper(browser, "http://"+listener.Addr().String()+"/"+page+"/", name); err != nil {
			return fmt.Errorf("%s: %w", page, err)
		}
		fmt.Println(name)
	}
	return nil
}

// title is what a page is called, before the name of the organisation.
var title = regexp.MustCompile(`<title>(.*?)(?: · [^<]*)?</title>`)

// titled serves a site. A page that is printed says its own name at the head of each sheet, which no stylesheet of the whole site can.
func titled(site string) http.Handler {
	files := http.FileServer(http.Dir(site))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := os.ReadFile(filepath.Join(site, filepath.FromSlash(path.Clean("/"+r.URL.Path)), "index.html"))
		m := title.FindSubmatch(page)
		if err != nil || m == nil {
			files.ServeHTTP(w, r)
			return
		}
		name := strings.NewReplacer(`\`, `\5c `, `"`, `\22 `, "<", `\3c `).Replace(html.UnescapeString(string(m[1])))
		head := `<style>@page { @top-right { content: "` + name + `"; font: 8.5pt var(--font); } }</style></head>`
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, strings.Replace(string(page), "</head>", head, 1))
	})
}

// toPaper prints one page, in a profile of its own that leaves nothing behind.
func toPaper(browser, address, name string) error {
	profile, err := os.MkdirTemp("", "impact-pdf-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(profile)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	args := []string{"--headless", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=" + profile, "--print-to-pdf=" + name, address}
	if os.Getuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...) // Chromium refuses to start for root otherwise
	}
	said, err := exec.CommandContext(ctx, browser, args...).CombinedOutput()
	if _, missing := os.Stat(name); err == nil && missing != nil {
		err = missing
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	return nil
}
