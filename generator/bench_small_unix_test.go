//go:build unix

package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// BenchmarkSmallOrganisation checks what a small organisation would have: what init writes, but of one shelter, and of one year or
// two. Many of its tables become coarser, round after round.
func BenchmarkSmallOrganisation(b *testing.B) {
	for _, small := range []struct {
		shelter string
		years   []string
	}{{"A", []string{"2025"}}, {"B", []string{"2025"}}, {"C", []string{"2025"}}, {"B", []string{"2024", "2025"}}} {
		b.Run("shelter="+small.shelter+"/years="+strings.Join(small.years, "-"), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "small")
			var log bytes.Buffer
			if code := run([]string{"init", dir}, &log, &log); code != 0 {
				b.Fatal(log.String())
			}
			data := filepath.Join(dir, "data")
			only(b, filepath.Join(data, "exports"), small.shelter, small.years)
			used := 0.0
			for b.Loop() {
				if err := os.RemoveAll(filepath.Join(data, ".impact")); err != nil { // what it remembers
					b.Fatal(err)
				}
				before := processor(b)
				log.Reset()
				if code := run([]string{"check", "--data", data}, &log, &log); code != 0 {
					b.Fatal(log.String())
				}
				used += processor(b) - before
			}
			b.ReportMetric(used/float64(b.N), "cpu-s/op")
		})
	}
}

// only leaves the exports of some years and, in files that tell shelters apart, the rows of one shelter.
func only(b *testing.B, exports, shelter string, years []string) {
	b.Helper()
	err := filepath.WalkDir(exports, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == exports {
			return err
		}
		if entry.IsDir() {
			if year, _, _ := strings.Cut(entry.Name(), "-"); slices.Contains(years, year) {
				return nil
			}
			return cmp.Or(os.RemoveAll(name), fs.SkipDir)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			return err
		}
		column := slices.Index(rows[0], "shelter")
		if column < 0 {
			return nil
		}
		rows = slices.DeleteFunc(rows, func(row []string) bool { return row[column] != shelter && row[column] != "shelter" })
		var out bytes.Buffer
		if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
			return err
		}
		return os.WriteFile(name, out.Bytes(), 0o644)
	})
	if err != nil {
		b.Fatal(err)
	}
}
