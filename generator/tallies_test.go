package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/measure"
)

// plansOf measures a folder, and gives the findings as well.
func plansOf(t *testing.T, data, explained string) ([]measure.Plan, string) {
	t.Helper()
	e := &env{data: data, stdout: io.Discard, stderr: io.Discard}
	var log bytes.Buffer
	m, err := e.measure(explained)
	if e.diags.Print(&log); err != nil {
		return nil, log.String()
	}
	for _, plan := range m.plans {
		for _, table := range plan.Rungs {
			for i := range table.Cells {
				table.Cells[i].Rows = nil
			}
		}
	}
	return m.plans, log.String()
}

func sampleIn(t *testing.T, flags ...string) (data string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "sample")
	impact(t, 0, append([]string{"sample", "--out", data, "--years", "2"}, flags...)...)
	return data
}

// same says whether plans have the same figures from the same rows. Their codebooks were read at different times.
func same(a, b []measure.Plan) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		for j := range a[i].Rungs {
			if !reflect.DeepEqual(a[i].Rungs[j].Cells, b[i].Rungs[j].Cells) {
				return false
			}
		}
	}
	return true
}

func TestRowsThatSayTheSameCountAsIfEachWereCountedByItself(t *testing.T) {
	for _, kind := range []string{"tally", "register"} {
		data := sampleIn(t, "--kind", kind, "--rows", "5000")
		together, _ := plansOf(t, data, "")
		single, _ := plansOf(t, data, "admitted") // an indicator that is explained needs each row
		if !same(together, single) {
			t.Errorf("%s: the figures differ", kind)
		}
	}
}

// keptIn lists what the cache of a folder holds.
func keptIn(t *testing.T, data string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(data, ".impact", "tallies", "attendance", "[0-9a-f]*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestATallyThatDidNotChangeIsNotReadAgain(t *testing.T) {
	data := sampleIn(t, "--rows", "80000")
	first, _ := plansOf(t, data, "")
	kept := keptIn(t, data)
	if len(kept) != 8 {
		t.Fatalf("expected sums of eight quarters, found %v", kept)
	}
	second, _ := plansOf(t, data, "")
	if !same(first, second) {
		t.Error("the figures differ when they come from the cache")
	}

	// A changed file counts as it is now, and its old sums are gone.
	export := filepath.Join(data, "exports", "2025-Q4", "attendance.csv")
	text, err := os.ReadFile(export)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	overwrite(t, export, strings.Join(lines[:len(lines)-100], ""))
	changed, _ := plansOf(t, data, "")
	if same(first, changed) {
		t.Error("a changed file counts as it was")
	}
	if now := keptIn(t, data); len(now) != 8 || reflect.DeepEqual(now, kept) {
		t.Errorf("expected new sums in place of old ones, found %v", now)
	}

	// One that is refused stays refused, however often it is read.
	overwrite(t, export, string(text)+"2025-Q4,S1,KH-1,Srey Mom,F,child,3\n")
	for range 2 {
		if plans, log := plansOf(t, data, ""); plans != nil || !strings.Contains(log, "[code/unknown]") {
			t.Errorf("expected a refusal, found %s", log)
		}
	}
	overwrite(t, export, string(text))
	if again, _ := plansOf(t, data, ""); !same(first, again) {
		t.Error("the figures differ when a file is as it was")
	}
}

func TestADamagedOrForeignFileOfTheCacheCountsAsAbsent(t *testing.T) {
	data := sampleIn(t, "--rows", "80000")
	first, _ := plansOf(t, data, "")
	kept := keptIn(t, data)
	text, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(kept[1])
	if err != nil {
		t.Fatal(err)
	}
	for what, damaged := range map[string]string{
		"another count":          strings.Replace(string(text), `"Count":`, `"Count":9`, 1),
		"the sums of another":    string(other),
		"half of it":             string(text[:len(text)/2]),
		"nothing":                "",
		"no sums, and no print":  "{}",
		"a list in place of all": "[]",
	} {
		overwrite(t, kept[0], damaged)
		if now, _ := plansOf(t, data, ""); !same(first, now) {
			t.Errorf("%s: the figures differ", what)
		}
	}
}

func TestAnotherCodebookReadsAllAgain(t *testing.T) {
	data := sampleIn(t, "--rows", "80000")
	plansOf(t, data, "")
	kept := keptIn(t, data)
	file := filepath.Join(data, "codebook", "indicators.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, file, string(text)+"\n# another word\n")
	plansOf(t, data, "")
	for _, now := range keptIn(t, data) {
		for _, before := range kept {
			if now == before {
				t.Fatalf("%s is used with another codebook", filepath.Base(now))
			}
		}
	}
}

func overwrite(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
