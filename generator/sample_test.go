package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/diag"
)

// planted are the kinds of mistakes that a sample can hold.
var planted = map[string][]string{
	"--faults": {
		"code/unknown", "csv/empty", "csv/encoding", "csv/long-line", "csv/missing-column", "csv/quote", "csv/ragged", "csv/repeated-header",
		"csv/unknown-header", "export/unclaimed", "row/repeated", "value/empty", "value/integer", "value/negative", "value/period", "value/too-large",
	},
	"--kind=register --faults": {"value/ambiguous", "spell/backwards"},
	"--contradictions": {
		"expectation/balance", "expectation/impossible", "expectation/next", "expectation/parts", "expectation/percentage", "expectation/subset",
	},
}

func TestCheckNamesEachPlantedMistakeAtItsPlaceAndNothingElse(t *testing.T) {
	for flags, kinds := range planted {
		for _, size := range []string{"--years=1 --children=30 --rows=100", "--years=5 --seed=7"} {
			dir := filepath.Join(t.TempDir(), "data")
			impact(t, 0, slices.Concat([]string{"sample", "--out", dir}, strings.Fields(flags+" "+size))...)
			text, err := os.ReadFile(filepath.Join(dir, "faults.txt"))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(text)) {
				place, _, _ := strings.Cut(strings.TrimSpace(line), " planted in ")
				want = append(want, filepath.ToSlash(dir)+"/"+place)
			}
			for _, kind := range kinds {
				if !bytes.Contains(text, []byte(" "+kind)) {
					t.Errorf("%s %s plants no %s", flags, size, kind)
				}
			}
			if got := found(t, dir); !slices.Equal(got, want) {
				t.Errorf("%s %s: check says\n%s\nfaults.txt says\n%s", flags, size, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// found gives the place and the code of each diagnostic of check, each once.
func found(t *testing.T, dir string) (places []string) {
	t.Helper()
	stdout, _ := impact(t, 1, "check", "--json", "--data", dir)
	var report struct {
		Diagnostics []struct {
			diag.Pos
			Code string `json:"code"`
		} `json:"diagnostics"`
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatal(err)
	}
	for _, d := range report.Diagnostics {
		places = append(places, d.Pos.String()+" "+d.Code)
	}
	return slices.Compact(places)
}
