package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// oddLabels are those that a spreadsheet would compute, a page would run, that part rows and columns, or are written from the right.
var oddLabels = map[string]string{
	"intervida": `=HYPERLINK("http://example.org/","click")`, "scn": hostile, "family-care": "+Family,\tCare\n\"Cambogia\"", "vsa": "منظمة أطفال",
}

// TestAnOddLabelHarmsNoFileAndNoPage puts such labels into a code list, publishes, builds, and reads all files and pages that name them.
func TestAnOddLabelHarmsNoFileAndNoPage(t *testing.T) {
	data := copyData(t)
	if err := os.RemoveAll(filepath.Join(data, "published")); err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(data, "codebook", "lists", "donor.csv")
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	lines, changed := strings.Split(string(text), "\n"), 0
	for i, line := range lines {
		code, _, _ := strings.Cut(line, ",")
		if label, ok := oddLabels[code]; ok {
			quoted := `"` + strings.ReplaceAll(label, `"`, `""`) + `"`
			lines[i] = code + "," + quoted + "," + quoted + ",,"
			changed++
		}
	}
	if err := os.WriteFile(list, []byte(strings.Join(lines, "\n")), 0o644); err != nil || changed != len(oddLabels) {
		t.Fatal(changed, err)
	}
	out := filepath.Join(t.TempDir(), "public")
	impact(t, 0, "publish", "--data", data, "--today", "2026-11-22")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", "../site", "--out", out)
	impact(t, 0, "audit", "--data", data, "--site", "../site", "--built", out)

	f := read(t, out, "../site", filepath.Join(data, "published"))
	table := f.ledger.Newest().Table("income", "donor")
	if table == nil {
		t.Fatal("no table of donors")
	}
	oneLine := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, p := range []string{"data/latest/csv/" + table.Name + ".csv", "data/latest/hxl/" + table.Name + ".csv", "data/latest/csv/lists/donor.csv"} {
		rows := f.rows(t, p)
		for _, row := range rows {
			if len(row) != len(rows[0]) {
				t.Errorf("%s: a row has %d fields", p, len(row))
			}
			for _, field := range row {
				if field != "" && strings.ContainsAny(field[:1], "=+-@\t") || strings.ContainsAny(field, "\n\t") {
					t.Errorf("%s: %q could be computed, or parts a row", p, field)
				}
			}
		}
		for _, label := range oddLabels {
			if !slices.ContainsFunc(rows, func(row []string) bool {
				return slices.ContainsFunc(row, func(s string) bool { return strings.TrimPrefix(s, "'") == oneLine(label) })
			}) {
				t.Errorf("%s does not say %q", p, label)
			}
		}
	}
	var object struct {
		Tables []struct {
			Attributes []struct {
				Codes []struct {
					ID    string
					Label map[string]string
				}
			}
		}
	}
	if err := json.Unmarshal(f.files["data/latest/json/income.json"].Data, &object); err != nil {
		t.Fatal(err)
	}
	for _, code := range object.Tables[0].Attributes[0].Codes {
		if label, ok := oddLabels[code.ID]; ok && (code.Label["en"] != label || code.Label["km"] != label) {
			t.Errorf("the object says %q for %q", code.Label, label)
		}
	}
	for _, p := range []string{"data/latest/xlsx/income.en.xlsx", "data/latest/figures.km.xlsx"} {
		said := map[string]bool{}
		for _, rows := range sheetsOf(t, f.files[p].Data) {
			for _, row := range rows {
				for _, box := range row {
					said[box] = true
				}
			}
		}
		for _, label := range oddLabels {
			if !said[oneLine(label)] {
				t.Errorf("%s does not say %q", p, label)
			}
		}
		if bytes.Contains(f.parts(t, p)["xl/worksheets/sheet2.xml"], []byte("<f>")) {
			t.Errorf("%s has a formula", p)
		}
	}
	for _, page := range []string{"donors/index.html", "km/donors/index.html"} {
		for _, fault := range faults(t, f.files[page].Data) {
			t.Errorf("%s: %s", page, fault)
		}
	}
}
