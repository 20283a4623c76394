//go:build unix

package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// invented writes a sample once and gives its folder. Sizes from ten million rows on are left out unless IMPACT_BENCH_LARGE is set.
func invented(b *testing.B, kind string, rows int, flags ...string) string {
	b.Helper()
	if rows > 1_000_000 && os.Getenv("IMPACT_BENCH_LARGE") == "" {
		b.Skip("set IMPACT_BENCH_LARGE to run it")
	}
	data := filepath.Join(b.TempDir(), "sample")
	var log bytes.Buffer
	if code := run(append([]string{"sample", "--kind", kind, "--rows", fmt.Sprint(rows), "--out", data}, flags...), &log, &log); code != 0 {
		b.Fatal(log.String())
	}
	return data
}

// eachSize runs something on invented exports of both kinds and all sizes, and reports the processor time of all processes.
func eachSize(b *testing.B, run func(b *testing.B, data string)) {
	for _, kind := range []string{"tally", "register"} {
		for _, rows := range []int{100_000, 1_000_000, 10_000_000} {
			b.Run(fmt.Sprintf("kind=%s/rows=%d", kind, rows), func(b *testing.B) {
				data := invented(b, kind, rows)
				before := processor(b)
				for b.Loop() {
					if err := os.RemoveAll(filepath.Join(data, ".impact")); err != nil {
						b.Fatal(err)
					}
					run(b, data)
				}
				b.ReportMetric((processor(b)-before)/float64(b.N), "cpu-s/op")
			})
		}
	}
}

// BenchmarkFloor reads the same bytes with encoding/csv and counts the rows: less than this no reader can take.
func BenchmarkFloor(b *testing.B) {
	eachSize(b, func(b *testing.B, data string) {
		err := fs.WalkDir(os.DirFS(data), "exports", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			file, err := os.Open(filepath.Join(data, p))
			if err != nil {
				return err
			}
			defer file.Close()
			r := csv.NewReader(file)
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkIngest reads, types and counts the rows, and makes the tables of true figures.
func BenchmarkIngest(b *testing.B) {
	eachSize(b, func(b *testing.B, data string) {
		e := &env{data: data, stdout: io.Discard, stderr: io.Discard}
		if _, err := e.measure(""); err != nil {
			b.Fatal(err, e.diags.Sorted())
		}
	})
}

// BenchmarkChanged reads and counts, and checks, tallies of forty quarters, all but one of which did not change since they were read.
func BenchmarkChanged(b *testing.B) {
	does := map[string]func(b *testing.B, data string){
		"reading": func(b *testing.B, data string) {
			e := &env{data: data, stdout: io.Discard, stderr: io.Discard}
			if _, err := e.measure(""); err != nil {
				b.Fatal(err, e.diags.Sorted())
			}
		},
		"check": func(b *testing.B, data string) {
			var log bytes.Buffer
			if code := run([]string{"check", "--data", data, "--site", filepath.Join(data, "site")}, &log, &log); code != 0 {
				b.Fatal(log.String())
			}
		},
	}
	for _, name := range []string{"reading", "check"} {
		for _, rows := range []int{1_000_000, 10_000_000} {
			b.Run(fmt.Sprintf("%s/rows=%d", name, rows), func(b *testing.B) {
				data := invented(b, "tally", rows, "--years", "10")
				does[name](b, data)
				export := filepath.Join(data, "exports", "2025-Q4", "attendance.csv")
				text, err := os.ReadFile(export)
				if err != nil {
					b.Fatal(err)
				}
				used := 0.0
				for b.Loop() {
					text = text[:bytes.LastIndexByte(text[:len(text)-1], '\n')+1]
					if err := os.WriteFile(export, text, 0o644); err != nil {
						b.Fatal(err)
					}
					before := processor(b)
					does[name](b, data)
					used += processor(b) - before
				}
				b.ReportMetric(used/float64(b.N), "cpu-s/op")
			})
		}
	}
}

// BenchmarkCheck is the whole command: after the tables come protection and audit, which do not depend on the number of rows.
func BenchmarkCheck(b *testing.B) {
	eachSize(b, func(b *testing.B, data string) {
		var log bytes.Buffer
		if code := run([]string{"check", "--data", data, "--site", filepath.Join(data, "site")}, &log, &log); code != 0 {
			b.Fatal(log.String())
		}
	})
}

// buildRows builds a site from invented exports, with empty caches.
func buildRows(b *testing.B) {
	eachSize(b, func(b *testing.B, data string) {
		var log bytes.Buffer
		out := filepath.Join(b.TempDir(), "public")
		if code := run([]string{"build", "--data", data, "--site", filepath.Join(data, "site"), "--out", out}, &log, &log); code != 0 {
			b.Fatal(log.String())
		}
	})
}
