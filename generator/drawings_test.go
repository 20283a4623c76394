package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	drawingForm = regexp.MustCompile(`(?s)(<svg xmlns[^>]*class="chart"[^>]*>)(.*?)(</svg></div>\s*<script type="application/json" class="chart-data">)(.*?)</script>`)
	kindForm    = regexp.MustCompile(`^\{"kind":"([a-z]+)"`)
	definitions = regexp.MustCompile(`(?s)<defs>.*</defs>`)
	pathForm    = regexp.MustCompile(`<path [^>]*/>`)
	textForm    = regexp.MustCompile(`<text ([^>]*)>([^<]*)</text>`)
	placeForm   = regexp.MustCompile(`((?:translate|matrix)\((?:[-0-9.]+[ ,]){0,4}?)([-0-9.]+)([ ,][-0-9.]+\))`)
	beginForm   = regexp.MustCompile(`d="M([-0-9.]+)`)
	fillForm    = regexp.MustCompile(`(fill|stroke)="#[0-9A-F]{6}"`)
)

// drawn is a drawing of a page, cut out of it.
type drawn struct{ page, before, marks, between, data, after string }

// kindsOf finds a drawing of each kind and size in a site.
func (f finished) kindsOf() map[string]drawn {
	all := map[string]drawn{}
	for p, file := range f.files {
		page := string(file.Data)
		if path.Ext(p) != ".html" {
			continue
		}
		for _, m := range drawingForm.FindAllStringSubmatchIndex(page, -1) {
			data := page[m[8]:m[9]]
			kind := kindForm.FindStringSubmatch(data)[1]
			var size struct{ Width int }
			if json.Unmarshal([]byte(data), &size) != nil {
				continue
			}
			name := fmt.Sprint(kind, " ", size.Width)
			if old, ok := all[name]; !ok || len(old.data) < len(data) || len(old.data) == len(data) && old.page > p {
				from, to := strings.LastIndex(page[:m[0]], "<figure"), m[9]+strings.Index(page[m[9]:], "</figure>")
				head := page[:strings.Index(page, "<head")]
				all[name] = drawn{p, head + page[from:m[3]], page[m[4]:m[5]], page[m[6]:m[7]], data, page[m[9]:to] + "</figure>"}
			}
		}
	}
	return all
}

func (d drawn) with(marks, data string) string { return d.before + marks + d.between + data + d.after }

// unfound holds changed figures against the audit, all in one site, and names the changes that nothing is found in. The page of a
// change holds the figure alone, without its likes.
func (f finished) unfound(t *testing.T, changed map[string]string) []string {
	t.Helper()
	pages, names := map[string]string{}, map[string]string{}
	for i, what := range slices.Sorted(maps.Keys(changed)) {
		p := strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(i)) + "/index.html"
		pages[p], names[p] = changed[what], what
	}
	for _, x := range f.auditFew(t, pages, func(p string) bool { return path.Ext(p) == ".css" }) {
		if slices.Contains([]string{"built-drawing", "built-chart", "built-unknown", "built-unlike"}, x.Rule) {
			delete(names, x.Table)
		}
	}
	return slices.Sorted(maps.Values(names))
}

// TestEachShapeAndWordOfADrawingIsMeasured changes every shape and every text of a drawing of each kind: each change must be found.
func TestEachShapeAndWordOfADrawingIsMeasured(t *testing.T) {
	seen := map[string]int{}
	for _, f := range []finished{realFinished(t), secondFinished(t)} {
		for name, d := range f.kindsOf() {
			if seen[name] > 0 || strings.HasPrefix(name, "bar ") { // plain bars have tests of their own
				continue
			}
			changed := map[string]string{"nothing": d.with(d.marks, d.data)}
			for what, marks := range forgeriesOf(d.marks) {
				changed[what] = d.with(marks, d.data)
			}
			seen[name] = len(changed)
			if left := f.unfound(t, changed); !slices.Equal(left, []string{"nothing"}) {
				t.Errorf("%s on %s: not found, or found without a change: %q", name, d.page, left)
			}
		}
	}
	for _, kind := range []string{"grouped 328", "grouped 720", "stacked 328", "pyramid 328", "heat 720", "line 328", "line 720", "slope 328", "dots 328", "flow 328", "flow 720", "group 328"} {
		if seen[kind] < 10 {
			t.Errorf("%s: only %d changes were tried", kind, seen[kind])
		}
	}
	t.Log(seen)
}

// forgeriesOf gives the marks of a drawing with one change each.
func forgeriesOf(marks string) map[string]string {
	all := map[string]string{}
	defs := definitions.FindStringIndex(marks)
	inDefs := func(m []int) bool { return defs != nil && m[0] >= defs[0] && m[1] <= defs[1] }
	put := func(what string, m []int, by string) {
		if old := marks[m[0]:m[1]]; by != old {
			all[what+" "+fmt.Sprint(m[0])] = marks[:m[0]] + by + marks[m[1]:]
		}
	}
	for _, m := range pathForm.FindAllStringIndex(marks, -1) {
		shape := marks[m[0]:m[1]]
		if inDefs(m) || strings.Contains(shape, `fill="url(`) {
			continue
		}
		put("a shape less", m, "")
		put("a shape twice", m, shape+shape)
		if strings.Contains(shape, "transform=") {
			put("a shape moved", m, placeForm.ReplaceAllStringFunc(shape, further))
		} else {
			put("a shape moved", m, beginForm.ReplaceAllStringFunc(shape, func(s string) string { return `d="M` + more(s[4:], 3) }))
		}
		if !strings.Contains(shape, "ink-3") && !strings.Contains(shape, "rule-line") && !strings.Contains(shape, "paper ") {
			put("another colour", m, fillForm.ReplaceAllString(shape, `$1="#123456"`))
		}
	}
	texts := textForm.FindAllStringSubmatchIndex(marks, -1)
	for i, m := range texts {
		put("another text", m, marks[m[0]:m[4]]+"7"+marks[m[5]:m[1]])
		put("a text less", m, "")
		if next := texts[(i+1)%len(texts)]; marks[m[4]:m[5]] != marks[next[4]:next[5]] {
			put("a text in another's place", m, marks[m[0]:m[4]]+marks[next[4]:next[5]]+marks[m[5]:m[1]])
		}
	}
	return all
}

// further moves a shape by three units.
func further(place string) string {
	m := placeForm.FindStringSubmatch(place)
	return m[1] + more(m[2], 3) + m[3]
}

func more(number string, by float64) string {
	var n float64
	fmt.Sscan(number, &n)
	return fmt.Sprint(n + by)
}

// TestEachDatumOfADrawingIsCompared changes each number, each name and each text in the data of a drawing of each kind, and takes away
// each part: what says another thing must be found, and nothing may stop the audit.
func TestEachDatumOfADrawingIsCompared(t *testing.T) {
	tried := map[string]int{}
	for _, f := range []finished{realFinished(t), secondFinished(t)} {
		for name, d := range f.kindsOf() {
			if tried[name] > 0 || strings.HasPrefix(name, "bar ") {
				continue
			}
			var tree any
			if err := json.Unmarshal([]byte(d.data), &tree); err != nil {
				t.Fatal(err)
			}
			changed := map[string]string{}
			each(tree, "", func(at string, must bool) {
				data, err := json.Marshal(tree)
				if err != nil {
					t.Fatal(err)
				}
				if !must {
					at = "may pass: " + at
				}
				tried[name]++
				changed[fmt.Sprint(at, " ", tried[name])] = d.with(d.marks, string(data))
			})
			for _, what := range f.unfound(t, changed) {
				if !strings.HasPrefix(what, "may pass") {
					t.Errorf("%s on %s: another %s is not found", name, d.page, what)
				}
			}
		}
	}
	t.Log(tried)
}

// each changes one part of a tree at a time, and puts it back.
func each(x any, at string, try func(at string, must bool)) {
	set := func(now any, put func(any), at string) {
		must := !strings.Contains(at, "margin") && !strings.HasSuffix(at, "rotation") && !strings.HasSuffix(at, "padding") && !strings.HasSuffix(at, "outerBoundsMode")
		switch old := now.(type) {
		case float64:
			put(old + 7)
			try(at, must)
		case string:
			put(old + "7")
			try(at, must)
		}
		put(nil)
		try(at, false)
		put(now)
	}
	switch x := x.(type) {
	case map[string]any:
		for key, item := range x {
			each(item, at+"."+key, try)
			set(item, func(y any) { x[key] = y }, at+"."+key)
		}
	case []any:
		for i, item := range x {
			each(item, at, try)
			set(item, func(y any) { x[i] = y }, at)
		}
	}
}

// TestABoxOfATableHasTheColourOfItsShownValue changes the colours that a table has where its heat map has no room.
func TestABoxOfATableHasTheColourOfItsShownValue(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	impact(t, 0, "sample", "--out", data, "--years", "1", "--seed", "3", "--rows", "2000")
	replaceIn(t, filepath.Join(data, "codebook", "indicators.yaml"), "[case_type, sex]]", "[sex, case_type]]") // seven columns
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	impact(t, 0, "publish", "--data", data, "--today", "2026-01-05")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	impact(t, 0, "audit", "--data", data, "--site", site, "--built", out)
	f := read(t, out, site, filepath.Join(data, "published"))
	for what, c := range map[string]change{
		"another colour":         with(`(<td class="n q)[2-5](" data-cell)`, `${1}1$2`),
		"a colour where none is": with(`(<td class="n)(" data-cell)`, `$1 q3$2`),
		"a colour of no scale":   with(`(<td class="n q)[1-5](" data-cell)`, `${1}7$2`),
	} {
		if f.missed(t, what, c, 0) == 0 {
			t.Errorf("%s: no place found", what)
		}
	}
}
