package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestDigitsOfTheLanguageStandOnPagesAndNeverInFiles(t *testing.T) {
	data := copyData(t)
	name := filepath.Join(data, "codebook", "languages", "km", "language.yaml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(text, []byte(`digits: "0123456789"`), []byte(`digits: "០១២៣៤៥៦៧៨៩"`), 1)
	if bytes.Equal(text, changed) {
		t.Fatal("the digits are set elsewhere now")
	}
	if err := os.WriteFile(name, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(data, "published")); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "public")
	impact(t, 0, "publish", "--data", data, "--site", "../site", "--today", "2026-11-22")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", "../site", "--out", out)
	f := read(t, out, "../site", filepath.Join(data, "published"))
	for _, finding := range f.audit(t, nil) {
		t.Errorf("%s: %s", finding.Table, finding.Proof)
	}
	for p, want := range map[string]string{
		"km/indicators/admitted/index.html":          `data-cell="admitted/2010">២១០<`,
		"km/about/index.html":                        "ថ្ងៃទី ២២ ខែវិច្ឆិកា ឆ្នាំ ២០២៦",
		"indicators/admitted/index.html":             `data-cell="admitted/2010">210<`,
		"data/latest/tables/admitted.province.csv":   "115",
		"cards/km/indicators/admitted.png":           `"figure":"២១០"`,
		"km/embed/admitted-province-year/index.html": "១១៥",
	} {
		if file := f.files[p]; file == nil || !bytes.Contains(file.Data, []byte(want)) {
			t.Errorf("%s does not say %s", p, want)
		}
	}
	for p, file := range f.files {
		if filepath.Ext(p) == ".csv" && bytes.ContainsAny(file.Data, "០១២៣៤៥៦៧៨៩") {
			t.Errorf("%s has digits that programs do not read", p)
		}
	}
}
