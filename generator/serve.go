package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/preview"
)

const serveHelp = `usage: impact serve [--port N] [--published-only] [flags]

Builds the site, shows it on this machine, and builds it again whenever a file of data, content or theme is saved: open pages load anew.
What is wrong stands on the page, with its place and what to do, until it is mended. Nobody else on the network can look at it.
Ctrl-C ends it. Neither the ledger nor public is touched: the preview has a folder of its own, unless --out names one.

    --port N           of the address http://localhost:N (default: %d, or a free one; 0: a free one)
    --published-only   show what the ledger holds, and not what the exports of now would make

Example:
    impact serve
`

// usualPort is where a preview stands if nothing else does.
const usualPort = 8808

// often is how often a preview looks for what changed.
const often = 300 * time.Millisecond

func serveFlags(e *env, fs *flag.FlagSet) {
	e.out, e.port = "", -1
	fs.IntVar(&e.port, "port", -1, "")
	fs.BoolVar(&e.publishedOnly, "published-only", false, "")
}

func serveSite(e *env) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return e.serveUntil(ctx)
}

// serveUntil shows the site until the context ends.
func (e *env) serveUntil(ctx context.Context) error {
	if e.json {
		return usageError{"--json: serve is for looking, it has no JSON"}
	}
	e.cache = ".impact"
	if e.out == "" {
		e.out = filepath.Join(e.cache, "preview")
	}
	listener, err := e.listen()
	if err != nil {
		return usageError{"--port: " + err.Error()}
	}
	site := preview.New(e.out)
	ctx, end := context.WithCancel(ctx)
	defer end()
	server := &http.Server{Handler: site, BaseContext: func(net.Listener) context.Context { return ctx }, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	e.say("the site is at http://localhost:%d until you press Ctrl-C", listener.Addr().(*net.TCPAddr).Port)
	watched := []string{e.data, e.site, filepath.Join(filepath.Dir(filepath.Clean(e.site)), "themes")}
	for {
		seen := preview.Look(watched...) // before the build, so that nothing saved meanwhile is missed
		site.Show(e.rebuilt())
		if !preview.Watch(ctx, seen, often, watched...) {
			break
		}
	}
	end() // pages that wait for news do not keep the server
	last, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		_ = server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	e.say("ended")
	return nil
}

// listen takes the port that was asked for, or the usual one if it is free, or any.
func (e *env) listen() (net.Listener, error) {
	port := e.port
	if port < 0 {
		port = usualPort
	}
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil && e.port < 0 {
		listener, err = net.Listen("tcp4", "127.0.0.1:0")
	}
	return listener, err
}

// rebuilt builds once, in a run of its own, and tells what came of it.
func (e *env) rebuilt() (r preview.Result) {
	run := &env{data: e.data, site: e.site, out: e.out, cache: e.cache, today: e.today, publishedOnly: e.publishedOnly, stdout: io.Discard, stderr: io.Discard}
	run.diags.KeepValues = e.diags.KeepValues
	defer func() {
		if fault := recover(); fault != nil { // a preview goes on, whatever a build does
			r = preview.Result{Failed: true, Message: fmt.Sprint("the build broke off: ", fault)}
			e.say("%s", r.Message)
		}
	}()
	began := time.Now()
	err := build(run)
	r = preview.Result{Failed: err != nil, Findings: run.diags.Sorted()}
	if err != nil && !errors.Is(err, errBadInput) {
		r.Message = err.Error()
	}
	slices.SortStableFunc(r.Findings, func(a, b diag.Diagnostic) int { return int(a.Severity) - int(b.Severity) })
	wrong := 0
	for _, f := range r.Findings {
		if f.Severity == diag.Error {
			wrong++
		}
	}
	switch {
	case !r.Failed:
		e.say("built in %.1f s", time.Since(began).Seconds())
	case wrong > 0:
		first := r.Findings[0]
		e.say("not built: %s: %s (%d to mend; the page lists all)", first.Pos, first.Msg, wrong)
	default:
		e.say("not built: the page says why")
	}
	return r
}
