package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ccpcr/impact/generator/ledger"
)

// A build replaces a folder whole, so it must never be pointed at anything but a site.
func TestABuildReplacesNothingButASite(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	put := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/codebook/organisation.yaml")
	put("site/content/en/page.md")
	put("photos/holiday.jpg")
	put("file.txt")
	put("public/index.html")
	put("public/data/latest/datapackage.json")
	if err := os.Mkdir("empty", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("data", "link"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("public", "current"); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{"data", "data/codebook", "data/new", "site", "site/content", ".", "..", "/", "photos", "file.txt", "link", "link/x"} {
		if at, err := place(out, []string{"data", "site"}); !errors.Is(err, ErrTarget) {
			t.Errorf("a build may replace %s (%s): %v", out, at, err)
		}
	}
	for out, want := range map[string]string{"public": "public", "empty": "empty", "new": "new", "deep/er": "deep/er", "current": "public"} {
		real, err := filepath.EvalSymlinks(root)
		if err != nil {
			t.Fatal(err)
		}
		if at, err := place(out, []string{"data", "site"}); err != nil || at != filepath.Join(real, want) {
			t.Errorf("a build may not replace %s: %s, %v", out, at, err)
		}
	}
}

// Where two folders cannot be exchanged, a build that is killed between the two renames is undone by the next.
func TestAHalfDoneSwapIsUndone(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	old := filepath.Join(root, ".public.old")
	if err := os.MkdirAll(old, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(old, "index.html"), []byte("good"), 0o644); err != nil {
		t.Fatal(err)
	}
	target := &target{out: out, work: filepath.Join(root, ".public.work"), old: old}
	if err := target.recover(); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(out, "index.html")); err != nil || string(data) != "good" {
		t.Errorf("the last good site is gone: %q, %v", data, err)
	}
}

func TestWhereFoldersCannotBeExchangedTheNewSiteStillTakesThePlaceOfTheOld(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	for _, page := range []string{"first", "second", "third"} {
		target, err := claim(out, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(filepath.Join(target.next, "index.html"), []byte(page)); err != nil {
			t.Fatal(err)
		}
		// The folder stands for a site, so that a build may replace it.
		if err := write(filepath.Join(target.next, "data", "latest", ledger.Descriptor), nil); err != nil {
			t.Fatal(err)
		}
		if err := target.replace(func(a, b string) error { return errors.ErrUnsupported }); err != nil {
			t.Fatal(err)
		}
		target.release()
		if data, err := os.ReadFile(filepath.Join(out, "index.html")); err != nil || string(data) != page {
			t.Errorf("expected %s, found %q, %v", page, data, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(out)); len(left) != 2 {
			t.Errorf("beside the site and its lock something is left: %v", left)
		}
	}
}

// Signs that mean something in a pattern are letters in the name of a folder.
func TestWhatAKilledBuildLeftIsClearedWhateverTheFolderIsCalled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "reports [2025] {1}")
	left := filepath.Join(dir, ".public.work-1", "hugo")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	target, err := claim(filepath.Join(dir, "public"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer target.release()
	if exists(left) {
		t.Errorf("%s is still there", left)
	}
}
