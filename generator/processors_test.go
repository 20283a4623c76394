package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Files are read at once, so what comes out must not depend on which is read first.
func TestTheSameComesOutOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, kind := range []string{"--kind=register", "--faults"} {
		t.Run(kind, func(t *testing.T) {
			want := ""
			for _, processors := range []int{1, 2, 8} {
				runtime.GOMAXPROCS(processors)
				data := filepath.Join(t.TempDir(), "sample")
				var got, log bytes.Buffer
				if code := run([]string{"sample", "--out", data, "--years", "1", "--children", "2000", "--rows", "4000", kind}, &log, &log); code != 0 {
					t.Fatal(log.String())
				}
				for _, command := range []string{"check", "publish"} {
					run([]string{command, "--json", "--data", data, "--site", filepath.Join(data, "site"), "--today", "2026-01-31"}, &got, &log)
				}
				all := strings.ReplaceAll(got.String(), filepath.ToSlash(data), "data")
				if release := ledgerOf(t, data); kind == "--faults" == (release != "") {
					t.Fatalf("released %d bytes", len(release))
				} else if all += release; want == "" {
					want = all
				}
				if all != want {
					t.Errorf("with %d processors %d bytes come out, others than the %d with one", processors, len(all), len(want))
				}
			}
		})
	}
}

// ledgerOf is all that stands in the ledger, "" if there is none.
func ledgerOf(t *testing.T, data string) string {
	t.Helper()
	var all strings.Builder
	if _, err := os.Stat(filepath.Join(data, "published")); err != nil {
		return ""
	}
	ledger := os.DirFS(filepath.Join(data, "published"))
	err := fs.WalkDir(ledger, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(ledger, p)
		all.WriteString(p + "\n" + string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
