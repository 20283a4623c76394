package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestAMovementWithASmallFlowHasAMarkInItsPlace gives the sample's quarters a movement in which few leave otherwise: that flow has a
// hatched mark without a ribbon, of one thickness, and each change of what is drawn or said of it is found.
func TestAMovementWithASmallFlowHasAMarkInItsPlace(t *testing.T) {
	dir := t.TempDir()
	data, out := filepath.Join(dir, "data"), filepath.Join(dir, "public")
	impact(t, 0, "sample", "--out", data, "--years", "1", "--seed", "3", "--rows", "200")
	replaceIn(t, filepath.Join(data, "codebook", "statements.yaml"),
		"flow: {in: [opening, admitted], through: cared-for, out: [reintegrated, left, closing]}", "flow: {in: [opening], through: admitted, out: [reintegrated, left, closing]}")
	impact(t, 0, "publish", "--data", data, "--today", "2026-01-05")
	site := filepath.Join(data, "site")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	impact(t, 0, "audit", "--data", data, "--site", site, "--built", out)

	const quarter = "results/2025-q1/index.html"
	f := read(t, out, site, filepath.Join(data, "published"))
	page := f.files[quarter]
	if page == nil {
		t.Fatal("there is no page of the quarter")
	}
	if !strings.Contains(string(page.Data), "A mark without a ribbon stands for a figure without a number.") {
		t.Error("the page does not say what the mark stands for")
	}
	if strings.Contains(string(page.Data), "{cared-for}") {
		t.Error("a sentence has a blank that nothing fills")
	}
	one := f
	one.files = fstest.MapFS{quarter: page}
	seen := 0
	for name, d := range one.kindsOf() {
		if !strings.HasPrefix(name, "flow ") {
			continue
		}
		seen++
		if strings.Count(d.data, `"source"`) != 3 || !strings.Contains(d.data, `left/2025-Q1`) || !strings.Contains(d.marks, "url(#") {
			t.Errorf("%s: expected three ribbons, and a hatched mark", name)
		}
		changed := map[string]string{"nothing": d.with(d.marks, d.data)}
		for what, marks := range forgeriesOf(d.marks) {
			changed[what] = d.with(marks, d.data)
		}
		if left := f.unfound(t, changed); !slices.Equal(left, []string{"nothing"}) {
			t.Errorf("%s: not found, or found without a change: %q", name, left)
		}
		var tree any
		if err := json.Unmarshal([]byte(d.data), &tree); err != nil {
			t.Fatal(err)
		}
		clear(changed)
		each(tree, "", func(at string, must bool) {
			if again, err := json.Marshal(tree); err == nil && must {
				changed[fmt.Sprint(at, " ", len(changed))] = d.with(d.marks, string(again))
			}
		})
		for _, what := range f.unfound(t, changed) {
			t.Errorf("%s: another %s is not found", name, what)
		}
	}
	if seen != 2 {
		t.Errorf("%d drawings of the movement", seen)
	}
	if name := os.Getenv("KEEP"); name != "" {
		_ = os.CopyFS(name, os.DirFS(out))
	}
}
