package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/sample"
)

// The benchmark's register has almost as many combinations of codes as rows, so its counter gives up remembering them on the way.
func TestARegisterWhoseRowsAllDifferIsCountedWhole(t *testing.T) {
	data := t.TempDir()
	if _, err := sample.Write(data, sample.Options{Seed: 1, Years: 1, Children: 1, Rows: 25_000, Benchmark: true}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	if code := run([]string{"publish", "--data", data, "--site", filepath.Join(data, "site")}, &log, &log); code != 0 {
		t.Fatal(log.String())
	}
	var diags diag.List
	r := ledger.Read(os.DirFS(filepath.Join(data, "published")), "published", &diags).Newest()
	file, err := os.Open(filepath.Join(data, "exports", "2025", "cases.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{}
	for _, row := range rows[1:] {
		admitted, exited := row[6][:4], row[7]
		want[cell.ID("admissions", admitted, []string{"month"}, []string{row[10]})]++
		want[cell.ID("admissions", admitted, []string{"sex", "age_group"}, []string{row[4], row[5]})]++
		if exited != "" {
			want[cell.ID("exits", exited[:4], []string{"outcome"}, []string{row[8]})]++
		}
	}
	for id, n := range want {
		if v, ok := r.Value(id); !ok {
			t.Errorf("there is no %s", id)
		} else if got, _ := v.Number(); got != n {
			t.Errorf("%s is %d, not %d", id, got, n)
		}
	}
}
