package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/lang"
)

// A word is used where its key stands in quotes in a layout or in Go. Keys that code puts together are named here by how they
// begin.
var (
	quoted   = regexp.MustCompile("[\"`]([a-z][a-z0-9-]*)[\"`]")
	called   = regexp.MustCompile("(?:\\bT |say\\.html\" \\(slice |\\bWord\\(|\\bsay\\()[\"`]([a-z][a-z0-9-]*[a-z0-9])[\"`]")
	prefixes = []string{"change-", "how-", "kind-", "plan-", "report-", "verdict-"}
	statuses = []string{"impossible", "withheld"} // spoken by their status
)

func TestEveryWordIsUsedAndEveryWordThatIsUsedIsListed(t *testing.T) {
	used, said := map[string]bool{}, map[string]bool{}
	for _, root := range []string{"../themes/impact/layouts", "../themes/impact/content", "render", "download", "iati"} {
		for _, file := range filesBelow(t, root) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range quoted.FindAllStringSubmatch(string(data), -1) {
				said[m[1]] = true
			}
			for _, m := range called.FindAllStringSubmatch(string(data), -1) {
				used[m[1]] = true
			}
		}
	}
	if len(used) < 40 {
		t.Fatalf("found only %d words in use", len(used))
	}
	for key := range used {
		if !slices.Contains(lang.Keys, key) {
			t.Errorf("%q is used, but not in lang/keys.txt", key)
		}
	}
	for _, key := range lang.Keys {
		made := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) || slices.Contains(statuses, key)
		if !said[key] && !made {
			t.Errorf("no page uses %q: take it out of lang/keys.txt and of every words.yaml", key)
		}
	}
	if !slices.IsSorted(lang.Keys) {
		t.Error("lang/keys.txt is not sorted")
	}
}

func filesBelow(t *testing.T, root string) []string {
	t.Helper()
	var all []string
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, filesBelow(t, root+"/"+e.Name())...)
		} else if !strings.HasSuffix(e.Name(), "_test.go") {
			all = append(all, root+"/"+e.Name())
		}
	}
	return all
}
