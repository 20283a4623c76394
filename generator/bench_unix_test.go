//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ccpcr/impact/generator/sample"
)

// processor gives the seconds of processor time that this process and its finished children have used.
func processor(b *testing.B) float64 {
	b.Helper()
	total := 0.0
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var r syscall.Rusage
		if err := syscall.Getrusage(who, &r); err != nil {
			b.Fatal(err)
		}
		total += float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
	}
	return total
}

// BenchmarkBuild builds the project's own site, in both languages, audit included: with empty caches, and with filled ones after
// one value of one export changed; then sites of invented exports. It reports processor time of all processes, which a busy machine disturbs least.
func BenchmarkBuild(b *testing.B) {
	buildRows(b)
	for _, cache := range []string{"empty", "filled"} {
		b.Run("cache="+cache, func(b *testing.B) {
			dir := b.TempDir()
			data, out := filepath.Join(dir, "data"), filepath.Join(dir, "public")
			if err := os.CopyFS(data, os.DirFS("../data")); err != nil {
				b.Fatal(err)
			}
			export := filepath.Join(data, "exports", "2010-printed", "funding.csv")
			text, err := os.ReadFile(export)
			if err != nil {
				b.Fatal(err)
			}
			build := func() {
				var log bytes.Buffer
				if code := run([]string{"build", "--data", data, "--site", "../site", "--out", out}, &log, &log); code != 0 {
					b.Fatal(log.String())
				}
			}
			if cache == "filled" {
				build()
			}
			used := 0.0
			for i := 0; b.Loop(); i++ {
				changed := bytes.Replace(text, []byte(",58000,"), []byte([]string{",58001,", ",58000,"}[i%2]), 1)
				if err := os.WriteFile(export, changed, 0o644); err != nil {
					b.Fatal(err)
				}
				if cache == "empty" {
					if err := os.RemoveAll(filepath.Join(dir, ".impact")); err != nil {
						b.Fatal(err)
					}
				}
				before := processor(b)
				build()
				used += processor(b) - before
			}
			b.ReportMetric(used/float64(b.N), "cpu-s/op")
		})
	}
}

// BenchmarkSite builds the site that systems are compared with: with empty caches, and with filled ones after a row was added.
func BenchmarkSite(b *testing.B) {
	data, out := b.TempDir(), filepath.Join(b.TempDir(), "public")
	if _, err := sample.Write(data, sample.Options{Seed: 1, Years: 1, Children: 1, Benchmark: true}); err != nil {
		b.Fatal(err)
	}
	export := filepath.Join(data, "exports", fmt.Sprint(sample.LastYear), "cases.csv")
	text, err := os.ReadFile(export)
	if err != nil {
		b.Fatal(err)
	}
	row := strings.Split(string(text), "\n")[60_000]
	build := func(b *testing.B) float64 {
		before := processor(b)
		var log bytes.Buffer
		if code := run([]string{"build", "--data", data, "--site", filepath.Join(data, "site"), "--out", out}, &log, &log); code != 0 {
			b.Fatal(log.String())
		}
		return processor(b) - before
	}
	b.Run("cold", func(b *testing.B) {
		used := 0.0
		for b.Loop() {
			if err := os.RemoveAll(filepath.Join(filepath.Dir(out), ".impact")); err != nil {
				b.Fatal(err)
			}
			used += build(b)
		}
		b.ReportMetric(used/float64(b.N), "cpu-s/op")
	})
	b.Run("row", func(b *testing.B) {
		used := 0.0
		for i := 0; b.Loop(); i++ {
			text = fmt.Appendf(text, "C9%07d%s\n", i, row[len("C00000000"):])
			if err := os.WriteFile(export, text, 0o644); err != nil {
				b.Fatal(err)
			}
			used += build(b)
		}
		b.ReportMetric(used/float64(b.N), "cpu-s/op")
	})
}
