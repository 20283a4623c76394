package tracked_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/tracked"
)

// git runs the real one in a folder.
func git(t testing.TB, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.org"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// write makes empty files.
func write(t testing.TB, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var files = []string{"README.md", "data/exports/2010/a.csv", "data/exports/2010/a-very-long-name-that-goes-on-and-on-so-that-padding-matters.csv", "data/exports/2011/ខេត្ត.csv", "data/exports2/b.csv", "z"}

var below = []string{"2010/a-very-long-name-that-goes-on-and-on-so-that-padding-matters.csv", "2010/a.csv", "2011/ខេត្ត.csv"}

func TestTheIndexIsReadInEveryFormThatGitWrites(t *testing.T) {
	for name, run := range map[string][][]string{
		"version 2":         {{"init"}, {"update-index", "--index-version", "2"}, {"add", "."}},
		"version 3":         {{"init"}, {"add", "README.md", "data"}, {"add", "--intent-to-add", "z"}},
		"version 4":         {{"init"}, {"update-index", "--index-version", "4"}, {"add", "."}},
		"longer hashes":     {{"init", "--object-format=sha256"}, {"add", "."}},
		"with extensions":   {{"init"}, {"add", "."}, {"commit", "-m", "a"}, {"update-index", "--untracked-cache"}},
		"in another branch": {{"init"}, {"add", "."}, {"commit", "-m", "a"}, {"checkout", "-b", "other"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, files...)
			for _, args := range run {
				git(t, dir, args...)
			}
			write(t, dir, "data/exports/2012/untracked.csv")
			if got, err := tracked.Files(filepath.Join(dir, "data", "exports")); err != nil || !slices.Equal(got, below) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestASecondWorkTreeHasAnIndexOfItsOwn(t *testing.T) {
	dir, second := t.TempDir(), filepath.Join(t.TempDir(), "second")
	write(t, dir, files...)
	git(t, dir, "init")
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-m", "a")
	git(t, dir, "worktree", "add", second)
	git(t, second, "rm", "-q", "data/exports/2010/a.csv")
	if got, err := tracked.Files(filepath.Join(second, "data", "exports")); err != nil || !slices.Equal(got, []string{below[0], below[2]}) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWithoutARepositoryNothingIsTracked(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, files...)
	if got, err := tracked.Files(dir); err != nil || got != nil {
		t.Errorf("got %q, %v", got, err)
	}
	git(t, dir, "init")
	if got, err := tracked.Files(dir); err != nil || got != nil {
		t.Errorf("before anything was added: got %q, %v", got, err)
	}
}

func TestAnIndexThatCannotBeReadIsAnErrorAndNotAnEmptyOne(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, files...)
	git(t, dir, "init")
	git(t, dir, "add", ".")
	index := filepath.Join(dir, ".git", "index")
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"empty": {}, "cut": whole[:len(whole)/2], "longer": append(slices.Clone(whole), 0), "another file": []byte("once upon a time there was no index here")} {
		if err := os.WriteFile(index, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := tracked.Files(dir); !errors.Is(err, tracked.ErrIndex) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	if err := os.WriteFile(index, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "update-index", "--split-index")
	git(t, dir, "update-index", "--force-remove", "z")
	if got, err := tracked.Files(dir); !errors.Is(err, tracked.ErrIndex) {
		t.Errorf("split: got %q, %v", got, err)
	}
}
