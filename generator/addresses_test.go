package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOldAddressesAnswerAfterCorrectionsAndWithdrawals publishes three releases of the second organisation, the second of which corrects
// the first and the third the second, and withdraws the second.
func TestOldAddressesAnswerAfterCorrectionsAndWithdrawals(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS("testdata/second")); err != nil {
		t.Fatal(err)
	}
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	build := func() map[string]string {
		impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
		impact(t, 0, "audit", "--data", data, "--site", site, "--built", out)
		return hashes(t, filepath.Join(out, "data"))
	}
	impact(t, 0, "publish", "--data", data, "--today", "2025-09-30")
	first := build()

	export := filepath.Join(data, "exports", "2025", "sessoes.csv")
	replaceIn(t, export, "GW-GA,14", "GW-GA,15")
	impact(t, 0, "publish", "--data", data, "--today", "2025-10-31", "--correct", "ficha-tardia")
	replaceIn(t, export, "GW-GA,15", "GW-GA,16")
	impact(t, 0, "publish", "--data", data, "--today", "2025-11-30", "--correct", "ficha-tardia")
	impact(t, 0, "withdraw", "2025-r2", "--reason", "ficha-tardia", "--data", data, "--today", "2025-12-01")
	last := build()

	kept, corrections := 0, 0
	for p, sum := range first {
		name, ok := strings.CutPrefix(p, "2025-r1/")
		if !ok {
			continue
		}
		kept++
		if last[p] != sum {
			t.Errorf("%s does not answer as it did", p)
		}
		if last["latest/"+name] == "" || last["2025-r3/"+name] != last["latest/"+name] {
			t.Errorf("%s is not in the newest release, or not the same as the latest", name)
		}
		if last["latest/"+name] != sum && strings.HasPrefix(name, "csv/") && strings.HasSuffix(name, ".csv") {
			corrections++
		}
	}
	if kept < 50 || corrections == 0 {
		t.Errorf("%d files kept, %d tables corrected", kept, corrections)
	}
	for p := range last {
		if name, ok := strings.CutPrefix(p, "2025-r2/"); ok && name != "tombstone.json" {
			t.Errorf("of the release that was withdrawn %s is left", name)
		}
	}
	if last["2025-r2/tombstone.json"] == "" {
		t.Error("the release that was withdrawn has no tombstone")
	}
}
