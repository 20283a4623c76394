package main

import (
	"io/fs"
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
	first, framed := build(), frames(t, out)

	export := filepath.Join(data, "exports", "2025", "sessoes.csv")
	replaceIn(t, export, "GW-GA,14", "GW-GA,15")
	impact(t, 0, "publish", "--data", data, "--today", "2025-10-31", "--correct", "ficha-tardia")
	replaceIn(t, export, "GW-GA,15", "GW-GA,16")
	impact(t, 0, "publish", "--data", data, "--today", "2025-11-30", "--correct", "ficha-tardia")
	impact(t, 0, "withdraw", "2025-r2", "--reason", "ficha-tardia", "--data", data, "--today", "2025-12-01")
	last, framedLast := build(), frames(t, out)

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

	again, withdrawn := 0, 0
	for p, page := range framed {
		figure, ok := strings.CutPrefix(p, "2025-r1/")
		if !ok {
			continue // the newest, which changes
		}
		if framedLast[p] != page || !strings.Contains(page, "2025-r1") {
			t.Errorf("the frozen figure %s does not say what it said", p)
		}
		live := strings.TrimSuffix(figure, "2025") + "year"
		if i := strings.Index(figure, "-2025-q"); i > 0 {
			live = figure[:i] + "-quarter"
		}
		changed := strings.ReplaceAll(framed[live], "2025-r1", "") != strings.ReplaceAll(framedLast[live], "2025-r3", "")
		if changed {
			again++
		}
		if changed != (framedLast["2025-r3/"+figure] != "") {
			t.Errorf("%s: a figure has a frozen page of each release that changed it, and of no other", figure)
		}
		if gone := framedLast["2025-r2/"+figure]; strings.Contains(gone, "Retirada em 1 de dezembro de 2025") && strings.Contains(gone, "<a href=") && !strings.Contains(gone, "data-cell") {
			withdrawn++
		}
	}
	if again == 0 || withdrawn < again {
		t.Errorf("%d figures were corrected, %d say that their release was withdrawn", again, withdrawn)
	}
	forged := filepath.Join(out, "embed", "2025-r1", "sessoes-zona-2025", "index.html")
	young, err := os.ReadFile(filepath.Join(out, "embed", "2025-r3", "sessoes-zona-2025", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(forged, young, 0o644); err != nil {
		t.Fatal(err)
	}
	impact(t, 3, "audit", "--data", data, "--site", site, "--built", out) // figures of another release than the address names
	for what, page := range map[string]string{"the frame of a corrected figure": "indicators/sessoes/index.html", "the frame of one that stayed": "indicators/acolhidas/index.html"} {
		data, err := os.ReadFile(filepath.Join(out, page))
		if err != nil {
			t.Fatal(err)
		}
		release := map[bool]string{true: "2025-r3", false: "2025-r1"}[strings.Contains(page, "sessoes")]
		if !strings.Contains(string(data), "/embed/"+release+"/") || strings.Count(string(data), "&lt;iframe") < 2 {
			t.Errorf("%s: the page does not offer it frozen in %s", what, release)
		}
	}
}

// frames gives what the pages for frames say, by their address below the folder of frames.
func frames(t *testing.T, out string) map[string]string {
	t.Helper()
	all := map[string]string{}
	dir := filepath.Join(out, "embed")
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		_, main, _ := strings.Cut(string(data), "<main>")
		name, _ := filepath.Rel(dir, filepath.Dir(p))
		all[filepath.ToSlash(name)] = main
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
