package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/ccpcr/impact/generator/sample"
)

// sampleOf is the sample organisation that usefulness and speed are measured with.
func sampleOf(seed uint64) sample.Options {
	return sample.Options{Seed: seed, Years: 5, Children: 250}
}

// quarterByQuarter publishes the first quarters of a sample organisation one after the other, and gives its data folder.
func quarterByQuarter(tb testing.TB, seed uint64, quarters int) (data string) {
	tb.Helper()
	data = filepath.Join(tb.TempDir(), "data")
	for i := range quarters {
		addQuarter(tb, data, seed, i+1)
		publishNow(tb, data)
	}
	return data
}

// addQuarter puts the exports of a quarter, counted from 1, into a data folder, and the codebook where it lacks one.
func addQuarter(tb testing.TB, data string, seed uint64, quarter int) {
	tb.Helper()
	all := tb.TempDir()
	if _, err := sample.Write(all, sampleOf(seed)); err != nil {
		tb.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(data, "codebook")); err != nil {
		copyTo(tb, filepath.Join(data, "codebook"), filepath.Join(all, "codebook"))
	}
	exports, err := os.ReadDir(filepath.Join(all, "exports"))
	if err != nil {
		tb.Fatal(err)
	}
	name := exports[quarter-1].Name()
	copyTo(tb, filepath.Join(data, "exports", name), filepath.Join(all, "exports", name))
}

// publishNow publishes without naming a correction.
func publishNow(tb testing.TB, data string) {
	tb.Helper()
	var log bytes.Buffer
	if code := run([]string{"publish", "--data", data, "--today", "2026-01-01"}, &log, &log); code != 0 {
		tb.Fatalf("publish ended with %d:\n%s", code, log.String())
	}
}

func copyTo(tb testing.TB, to, from string) {
	tb.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		tb.Fatal(err)
	}
}
