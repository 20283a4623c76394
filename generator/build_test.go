package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// impact runs the command in-process and fails the test if it does not end as expected.
func impact(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, log bytes.Buffer
	if got := run(args, &out, &log); got != want {
		t.Fatalf("impact %s ended with %d, expected %d:\n%s%s", strings.Join(args, " "), got, want, out.String(), log.String())
	}
	return out.String(), log.String()
}

// copyData copies the project's data to a temporary folder.
func copyData(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS("../data")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// hashes gives every file of a folder with the hash of its bytes.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		all[p] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameFiles(t *testing.T, what string, a, b map[string]string) {
	t.Helper()
	for p, sum := range a {
		if b[p] != sum {
			t.Errorf("%s: %s differs", what, p)
		}
	}
	for p := range b {
		if _, ok := a[p]; !ok {
			t.Errorf("%s: %s is new", what, p)
		}
	}
	if len(a) < 50 {
		t.Errorf("%s: only %d files compared", what, len(a))
	}
}

func TestTheSameInputGivesTheSameBytesOnAnyDayAndWithAnyCache(t *testing.T) {
	first := hashes(t, builtSite(t))
	out := filepath.Join(t.TempDir(), "public") // a folder without a cache beside it
	impact(t, 0, "build", "--data", "../data", "--site", "../site", "--out", out, "--today", "2031-01-01")
	sameFiles(t, "empty cache, another day", first, hashes(t, out))
	impact(t, 0, "build", "--data", "../data", "--site", "../site", "--out", out)
	sameFiles(t, "filled cache", first, hashes(t, out))
}

func TestTheLedgerAloneGivesTheSameSite(t *testing.T) {
	data := copyData(t)
	for _, private := range []string{"exports", "codebook"} {
		if err := os.RemoveAll(filepath.Join(data, private)); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "public")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", "../site", "--out", out)
	sameFiles(t, "from the ledger", hashes(t, builtSite(t)), hashes(t, out))
}

func TestAFailedBuildLeavesTheLastGoodSite(t *testing.T) {
	data := copyData(t)
	out := filepath.Join(t.TempDir(), "public")
	impact(t, 0, "build", "--data", data, "--site", "../site", "--out", out)
	before, ledger := hashes(t, out), hashes(t, filepath.Join(data, "published"))
	export := filepath.Join(data, "exports", "2010-printed", "funding.csv")
	if err := os.WriteFile(export, []byte("period,donor\n2010,intervida\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	impact(t, 1, "build", "--data", data, "--site", "../site", "--out", out)
	impact(t, 1, "publish", "--data", data)
	sameFiles(t, "after bad input", before, hashes(t, out))
	if after := hashes(t, filepath.Join(data, "published")); len(after) != len(ledger) {
		t.Errorf("the ledger has %d files, had %d", len(after), len(ledger))
	}

	// A mistake in the pages themselves stops the build as well.
	broken := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(broken, os.DirFS("../site")); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(broken, "content", "en", "programmes", "recovery.md")
	if err := os.WriteFile(page, []byte("---\ntitle: x\n---\n{{< value \"nothing\" \"2010\" >}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr := impact(t, 1, "build", "--published-only", "--data", "../data", "--site", broken, "--out", out)
	if !strings.Contains(stderr, "recovery.md:4:1: error: ") || !strings.Contains(stderr, "[page/mistake]") {
		t.Errorf("expected the file, line and column of the mistake, got:\n%s", stderr)
	}
	sameFiles(t, "after a bad page", before, hashes(t, out))
}

// TestAKilledBuildLeavesTheLastGoodSite kills the real command at random moments: whatever it was doing, the site is the old
// one or the new one, never anything else, and the next build works.
func TestAKilledBuildLeavesTheLastGoodSite(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "impact")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data := copyData(t)
	out := filepath.Join(t.TempDir(), "public")
	args := []string{"build", "--data", data, "--site", "../site", "--out", out}
	impact(t, 0, args...)
	old := hashes(t, out)
	export := filepath.Join(data, "exports", "2010-printed", "funding.csv")
	oldText, err := os.ReadFile(export)
	if err != nil {
		t.Fatal(err)
	}
	newText := bytes.Replace(oldText, []byte("58000"), []byte("58001"), 1)
	put := func(text []byte) {
		if err := os.WriteFile(export, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put(newText)
	impact(t, 0, args...)
	fresh := hashes(t, out)
	if equal(old, fresh) {
		t.Fatal("the changed export changed nothing")
	}
	began := time.Now()
	if err := exec.Command(binary, args...).Run(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(2010, 20))
	killed := 0
	for try := 0; killed < 20; try++ {
		if try == 200 {
			t.Fatalf("only %d builds in %d were killed before they ended", killed, try)
		}
		put([][]byte{oldText, newText}[try%2])
		cmd := exec.Command(binary, args...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole))))
		_ = cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		if now := hashes(t, out); !equal(now, old) && !equal(now, fresh) {
			t.Fatal("the site is neither the old one nor the new one")
		}
	}
	put(newText)
	impact(t, 0, args...)
	sameFiles(t, "after the last kill", fresh, hashes(t, out))
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

func TestEveryPageIsCleanAndTraceable(t *testing.T) {
	dir := builtSite(t)
	for _, page := range pages(t, dir) {
		name := strings.TrimPrefix(page, "/")
		if strings.HasSuffix(page, "/") {
			name += "index.html"
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults(t, data) {
			t.Errorf("%s: %s", page, fault)
		}
	}
}

// faults lists what a page must not have: anything that a strict policy refuses, ids that stand twice, headings out of order.
func faults(t *testing.T, data []byte) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ids := map[string]bool{}
	level, ones := 0, 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		kind := ""
		for _, a := range n.Attr {
			switch {
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				found = append(found, "attribute "+a.Key+" on "+n.Data)
			case a.Key == "id" && ids[a.Val]:
				found = append(found, "id "+a.Val+" twice")
			case a.Key == "id":
				ids[a.Val] = true
			case (a.Key == "src" || a.Key == "href" && n.Data == "link") && strings.Contains(a.Val, "//") && !strings.HasPrefix(a.Val, "https://ccpcr.example.org/"):
				found = append(found, "another host: "+a.Val)
			case a.Key == "type" || a.Key == "src":
				kind += a.Key + "=" + a.Val + " "
			}
		}
		switch {
		case n.Data == "style":
			found = append(found, "a style element")
		case n.Data == "script" && !strings.Contains(kind, "src=") && kind != "type=application/json " && kind != "type=application/ld+json ":
			found = append(found, "an inline script")
		case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
			next := int(n.Data[1] - '0')
			if next > level+1 {
				found = append(found, fmt.Sprintf("h%d after h%d", next, level))
			}
			if level = next; next == 1 {
				ones++
			}
		}
	}
	if ones != 1 {
		found = append(found, fmt.Sprintf("%d headings of level 1", ones))
	}
	return found
}

// figuresOf2010 are those that the issue of the first release names, as readers see them.
var figuresOf2010 = map[string]string{
	"opening/2010": "75", "admitted/2010": "210", "cared-for/2010": "285", "left/2010": "245", "closing/2010": "45",
	"opening/2010/province=KH-12": "25", "opening/2010/province=KH-20": "50", "admitted/2010/province=KH-12": "115", "admitted/2010/province=KH-20": "95",
	"peer-education/2010": "19,350", "peer-education/2010/adulthood=child": "9,662", "peer-education/2010/adulthood=adult": "9,688",
	"income/2010/donor=intervida": "58,000", "income/2010/donor=scn": "57,000", "income/2010/donor=family-care": "15,000",
	"income/2010/donor=cosecam": "45,000", "income/2010/donor=ilo-ipec": "28,000", "income/2010": "203,000",
}

func TestEachFigureOf2010StandsOnItsPageInBothLanguagesWithItsSource(t *testing.T) {
	figuresStand(t, figuresOf2010)
}

// figuresStand looks for cells on the pages of their indicators, in both languages, each page with its source.
func figuresStand(t *testing.T, cells map[string]string) {
	t.Helper()
	dir := builtSite(t)
	for cell, want := range cells {
		indicator, _, _ := strings.Cut(cell, "/")
		for _, prefix := range []string{"", "km/"} {
			data, err := os.ReadFile(filepath.Join(dir, prefix+"indicators", indicator, "index.html"))
			if err != nil {
				t.Fatal(err)
			}
			if got := cellTexts(t, data)[cell]; !slices.Contains(got, want) {
				t.Errorf("%s%s: %s is shown as %q, expected %s", prefix, indicator, cell, got, want)
			}
			if !bytes.Contains(data, []byte(`class="source"`)) || !bytes.Contains(data, []byte("CCPCR")) {
				t.Errorf("%s%s: no source", prefix, indicator)
			}
		}
	}
}

func TestNoExactFigureOfChildrenStandsAnywhere(t *testing.T) {
	dir := builtSite(t)
	for _, page := range pages(t, dir) {
		name := filepath.Join(dir, page)
		if strings.HasSuffix(page, "/") {
			name = filepath.Join(name, "index.html")
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, exact := range []string{"287", "211", "243", "146", "141", "116", "146"} {
			for _, word := range strings.FieldsFunc(visible(t, data), func(r rune) bool { return r < '0' || r > '9' }) {
				if word == exact {
					t.Errorf("%s says %s", page, exact)
				}
			}
		}
	}
}

// visible is the text of a page, drawings and inert data included.
func visible(t *testing.T, data []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return b.String()
}

// cellTexts gives what a page says for each cell.
func cellTexts(t *testing.T, data []byte) map[string][]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string][]string{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "data-cell" {
				var b strings.Builder
				for d := range n.Descendants() {
					if d.Type == html.TextNode {
						b.WriteString(d.Data)
					}
				}
				said[a.Val] = append(said[a.Val], strings.TrimSpace(b.String()))
			}
		}
	}
	return said
}
