//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/sample"
)

// BenchmarkPublish publishes with audit: the project's own figures into an empty ledger; the sample organisation's twenty quarters
// in one first release; and its twentieth quarter behind nineteen releases.
func BenchmarkPublish(b *testing.B) {
	b.Run("data=ccpcr-2010", func(b *testing.B) {
		data := filepath.Join(b.TempDir(), "data")
		for _, folder := range []string{"codebook", "exports/2010-printed"} {
			copyTo(b, filepath.Join(data, folder), filepath.Join("../data", folder))
		}
		benchmarkPublish(b, data)
	})
	b.Run("data=sample-at-once", func(b *testing.B) {
		data := filepath.Join(b.TempDir(), "data")
		if _, err := sample.Write(data, sampleOf(1)); err != nil {
			b.Fatal(err)
		}
		benchmarkPublish(b, data)
	})
	b.Run("data=sample-quarter-20", func(b *testing.B) {
		data := quarterByQuarter(b, 1, 19)
		addQuarter(b, data, 1, 20)
		benchmarkPublish(b, data)
	})
}

// benchmarkPublish publishes what a folder holds, each time from the same ledger.
func benchmarkPublish(b *testing.B, data string) {
	used := 0.0
	for b.Loop() {
		b.StopTimer()
		dir := filepath.Join(b.TempDir(), "data")
		copyTo(b, dir, data)
		b.StartTimer()
		before := processor(b)
		publishNow(b, dir)
		used += processor(b) - before
	}
	b.ReportMetric(used/float64(b.N), "cpu-s/op")
}

// BenchmarkAudit measures, protects and audits cubes of three columns with all their margins, of several years where one is not
// enough. What is larger than a cube of 20 x 25 x 4 is refused.
func BenchmarkAudit(b *testing.B) {
	for _, size := range []struct{ x, y, z, years int }{{5, 15, 4, 1}, {10, 12, 4, 1}, {15, 20, 4, 1}, {20, 25, 4, 1}, {20, 25, 4, 2}, {20, 25, 4, 4}, {20, 25, 4, 8}} {
		cells := (size.x + 1) * (size.y + 1) * (size.z + 1) * size.years
		b.Run(fmt.Sprintf("cells=%d/cube=%dx%dx%d,years=%d", cells, size.x, size.y, size.z, size.years), func(b *testing.B) {
			data := cube(b, size.years, size.x, size.y, size.z)
			used := 0.0
			for b.Loop() {
				before := processor(b)
				var log bytes.Buffer
				if code := run([]string{"check", "--data", data}, &log, &log); code != 0 {
					b.Fatal(log.String())
				}
				used += processor(b) - before
			}
			b.ReportMetric(used/float64(b.N), "cpu-s/op")
		})
	}
}

// cube writes the codebook of an organisation that publishes one cube a year, and its exports: from 0 to 60 children for each cell,
// few of them many.
func cube(b *testing.B, years int, sizes ...int) (data string) {
	b.Helper()
	data = filepath.Join(b.TempDir(), "data")
	if _, err := sample.Write(data, sampleOf(1)); err != nil {
		b.Fatal(err)
	}
	for _, old := range []string{"exports", "codebook/targets.csv", "codebook/statements.yaml", "codebook/expectations.yaml"} {
		if err := os.RemoveAll(filepath.Join(data, old)); err != nil {
			b.Fatal(err)
		}
	}
	lists, columns := "- {id: unit, title: {en: Unit}}\n- {id: objective, title: {en: Objective}}\n", ""
	for i, n := range sizes {
		name := string(rune('x' + i))
		lists += fmt.Sprintf("- {id: %s, title: {en: %s}}\n", name, name)
		columns += fmt.Sprintf("    - {name: %s, type: code, list: %s, required: true}\n", name, name)
		codes := "code,en\n"
		for c := range n {
			codes += fmt.Sprintf("%s%d,%s%d\n", name, c, name, c)
		}
		write(b, data, "codebook/lists/"+name+".csv", codes)
	}
	write(b, data, "codebook/lists.yaml", lists)
	write(b, data, "codebook/datasets.yaml", `
- id: children
  title: {en: Children}
  files: "*/children.csv"
  class: children
  period: year
  count: count
  absent: zero
  columns:
    - {name: year, type: period, required: true}
`+columns+`    - {name: count, type: integer, required: true}
`)
	write(b, data, "codebook/programmes.yaml", "- id: p\n  title: {en: P}\n  summary: {en: P.}\n")
	write(b, data, "codebook/indicators.yaml", `
- id: served
  title: {en: Served}
  definition: {en: Children served.}
  sentence: {en: "{value} children were served in {period}."}
  programme: p
  kind: service
  unit: children
  dataset: children
  measure: count
  breakdowns: [[x, y, z]]
  periods: [year]
  source: {en: Invented}
`)
	r := rand.New(rand.NewPCG(1, 0))
	for year := 2025; year > 2025-years; year-- {
		var rows strings.Builder
		rows.WriteString("year,x,y,z,count\n")
		for x := range sizes[0] {
			for y := range sizes[1] {
				for z := range sizes[2] {
					fmt.Fprintf(&rows, "%d,x%d,y%d,z%d,%d\n", year, x, y, z, r.IntN(61)*r.IntN(61)*r.IntN(61)/3600)
				}
			}
		}
		write(b, data, fmt.Sprintf("exports/%d/children.csv", year), rows.String())
	}
	return data
}

func write(tb testing.TB, dir, name, text string) {
	tb.Helper()
	target := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(target, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}
