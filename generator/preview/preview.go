// Package preview shows a built site to whoever works on it.
//
// In: a folder with a site, and what came of the last build. Out: its pages over HTTP, each with a script that loads it anew when
// something changed; after a build that failed, a page that says what to mend in place of every page. Only the server adds the
// script: no file of the site holds it. It answers to this machine alone, since what is not published yet concerns nobody else.
package preview

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/ccpcr/impact/generator/diag"
)

// Result is what came of a build.
type Result struct {
	Failed   bool
	Findings []diag.Diagnostic // in the order in which they are to be shown
	Message  string            // what stands beside them, such as why a release is refused
}

// Headers go out with every answer. They are those of the public host, save the one that would make this machine's other servers
// unreachable.
var Headers = map[string]string{
	"Content-Security-Policy":    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Permissions-Policy":         "camera=(), geolocation=(), microphone=()",
	"Referrer-Policy":            "no-referrer",
	"X-Content-Type-Options":     "nosniff",
	"Cache-Control":              "no-store",
}

// own is the folder of addresses that the server answers by itself.
const own = "/_impact/"

//go:embed assets
var assets embed.FS

var page = template.Must(template.ParseFS(assets, "assets/page.html"))

// Server answers requests. The zero value is not ready: use New.
type Server struct {
	dir     string
	mu      sync.Mutex
	last    *Result // nil before the first build has ended
	version int64
	changed chan struct{} // closed when there is something new to see
}

// New shows the site in a folder.
func New(dir string) *Server {
	return &Server{dir: dir, version: time.Now().UnixNano(), changed: make(chan struct{})}
}

// Show takes what came of a build, and lets every open page load anew.
func (s *Server) Show(r Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = &r
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *Server) state() (last *Result, version int64, changed chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last, s.version, s.changed
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, value := range Headers {
		w.Header().Set(name, value)
	}
	switch name := path.Clean("/" + r.URL.Path); {
	case !local(r.Host): // a page elsewhere that gave this machine a name of its own
		http.Error(w, "expected the address localhost", http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "expected to be read", http.StatusMethodNotAllowed)
	case name == own+"events":
		s.events(w, r)
	case strings.HasPrefix(name, own):
		s.file(w, assets, "assets/"+strings.TrimPrefix(name, own), http.StatusOK)
	default:
		s.page(w, r, strings.TrimPrefix(name, "/"))
	}
}

// local says whether a request names this machine.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return host == "localhost" || host == "127.0.0.1" || host == "[::1]" || host == "::1"
}

// page answers with a file of the site. In place of a page, what is to be mended may stand.
func (s *Server) page(w http.ResponseWriter, r *http.Request, name string) {
	site := os.DirFS(s.dir)
	last, _, _ := s.state()
	html := path.Ext(name) == "" || path.Ext(name) == ".html"
	switch {
	case html && last == nil:
		s.say(w, http.StatusOK, &Result{})
		return
	case html && last.Failed:
		s.say(w, http.StatusInternalServerError, last)
		return
	}
	if name == "" {
		name = "."
	}
	if info, err := fs.Stat(site, name); err == nil && info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
			return
		}
		name = path.Join(name, "index.html")
	}
	if _, err := fs.Stat(site, name); err == nil {
		s.file(w, site, name, http.StatusOK)
		return
	}
	for dir := path.Dir(name); ; dir = path.Dir(dir) { // each language has its own page for what is not there
		if missing := path.Join(dir, "404.html"); dir == "." || exists(site, missing) {
			s.file(w, site, missing, http.StatusNotFound)
			return
		}
	}
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// file answers with a file. A page gets the script.
func (s *Server) file(w http.ResponseWriter, fsys fs.FS, name string, status int) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if path.Ext(name) == ".js" {
		kind = "text/javascript; charset=utf-8" // some systems say otherwise
	}
	if path.Ext(name) == ".html" {
		data, kind = s.scripted(data), "text/html; charset=utf-8"
	}
	if kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// say answers with a page of the server's own.
func (s *Server) say(w http.ResponseWriter, status int, r *Result) {
	var b bytes.Buffer
	if err := page.Execute(&b, r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(s.scripted(b.Bytes()))
}

// scripted puts the script at the end of a page.
func (s *Server) scripted(html []byte) []byte {
	_, version, _ := s.state()
	script := fmt.Appendf(nil, `<script src="%sreload.js" data-version="%d" defer></script>`, own, version)
	at := bytes.LastIndex(html, []byte("</body>"))
	if at < 0 {
		at = len(html)
	}
	return bytes.Join([][]byte{html[:at], html[at:]}, script)
}

// events tells a page when to load anew: at once if it is older than what there is.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	_, version, changed := s.state()
	tell := http.NewResponseController(w)
	fmt.Fprint(w, "retry: 1000\n\n")
	if err := tell.Flush(); err != nil {
		return
	}
	if r.URL.Query().Get("version") == fmt.Sprint(version) {
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
	fmt.Fprint(w, "event: reload\ndata: now\n\n")
	_ = tell.Flush()
}
