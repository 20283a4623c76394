package main

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Names that some system refuses: signs that Windows keeps, devices, and ends that it cuts off.
var refused = regexp.MustCompile(`(?i)[<>:"\\|?*\x00-\x1f]|(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.[^/]*)?(/|$)|[. ](/|$)`)

// longest is how many characters a path may have below the site or the ledger, so that one of 260 has room for where it stands.
const longest = 160

// clashes says which paths of a folder cannot stand on every system: refused, too long, or the same but for capitals.
func clashes(paths []string) (all []string) {
	seen := map[string]string{}
	for _, p := range paths {
		small := strings.ToLower(p)
		switch other := seen[small]; {
		case refused.MatchString(p):
			all = append(all, p+" is a name that Windows refuses")
		case len([]rune(p)) > longest:
			all = append(all, p+" is too long")
		case other != "":
			all = append(all, p+" is "+other+" where capitals do not count")
		}
		seen[small] = p
	}
	return all
}

func TestEveryFileHasANameThatEverySystemTakes(t *testing.T) {
	for _, dir := range []string{builtSite(t), "../data", "../site", "../themes", "../docs"} {
		var paths []string
		err := fs.WalkDir(os.DirFS(dir), ".", func(p string, _ fs.DirEntry, err error) error {
			if p != "." {
				paths = append(paths, p)
			}
			return err
		})
		if err != nil || len(paths) < 10 {
			t.Fatal(dir, len(paths), err)
		}
		for _, clash := range clashes(paths) {
			t.Errorf("%s: %s", dir, clash)
		}
	}
}

func TestANameThatASystemRefusesIsFound(t *testing.T) {
	for p, found := range map[string]bool{
		"places/con/index.html": true, "data/aux.csv": true, "NUL": true, "a:b": true, "tables/what?.csv": true, "end./x": true, "end ": true,
		strings.Repeat("x", longest+1): true, "places/concepcion/index.html": false, "com10": false, ".work/aux-1.csv": false,
	} {
		if (len(clashes([]string{p})) > 0) != found {
			t.Errorf("%s: expected found to be %v", p, found)
		}
	}
	if len(clashes([]string{"places/KH-1", "places/kh-1"})) != 1 {
		t.Error("expected names that differ in capitals alone to be found")
	}
}
