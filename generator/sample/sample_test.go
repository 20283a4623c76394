package sample_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/sample"
)

// small is an organisation that is invented in no time.
var small = sample.Options{Seed: 1, Years: 2, Children: 40, Rows: 1000}

// write invents and gives every file by name.
func write(t *testing.T, o sample.Options) (map[string]string, sample.Summary) {
	t.Helper()
	dir := t.TempDir()
	s, err := sample.Write(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(os.DirFS(dir), name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, s
}

// digest is a fingerprint of the files below a folder.
func digest(files map[string]string, below string) string {
	var names []string
	for name := range files {
		if strings.HasPrefix(name, below) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	h := sha256.New()
	for _, name := range names {
		fmt.Fprintf(h, "%s\n%s", name, files[name])
	}
	return fmt.Sprintf("%x", h.Sum(nil))[:16]
}

// The fingerprints were taken on one machine and hold on every other. Whoever changes what is invented takes new ones.
func TestTheSameSeedGivesTheSameBytesOnEveryMachine(t *testing.T) {
	register := small
	register.Register = true
	for want, o := range map[string]sample.Options{"bbb001ae32e24897": small, "67be9aaa4c4b7354": register} {
		files, _ := write(t, o)
		again, _ := write(t, o)
		if digest(files, "") != digest(again, "") {
			t.Error("the same seed gave other bytes")
		}
		if got := digest(files, "exports/"); got != want {
			t.Errorf("got the fingerprint %s, want %s", got, want)
		}
	}
}

func TestAnotherSeedGivesOtherFiguresOfTheSameSize(t *testing.T) {
	other := small
	other.Seed = 2
	a, sizeOfA := write(t, small)
	b, sizeOfB := write(t, other)
	for name, text := range a {
		switch {
		case strings.HasPrefix(name, "codebook/") && text != b[name]:
			t.Errorf("%s depends on the seed", name)
		case strings.HasPrefix(name, "exports/") && text == b[name]:
			t.Errorf("%s does not depend on the seed", name)
		}
	}
	if sizeOfA.Files != sizeOfB.Files {
		t.Errorf("%d files and %d", sizeOfA.Files, sizeOfB.Files)
	}
}

func TestTheFileThatGrowsHasAsManyRowsAsAskedFor(t *testing.T) {
	for _, rows := range []int{100, 101, 12345} {
		for file, register := range map[string]bool{"attendance": false, "admissions": true} {
			o := small
			o.Rows, o.Register = rows, register
			files, summary := write(t, o)
			got, all, exports := 0, 0, 0
			for name, text := range files {
				if n := strings.Count(text, "\n") - 1; strings.HasPrefix(name, "exports/") {
					all, exports = all+n, exports+1
					if strings.HasSuffix(name, "/"+file+".csv") {
						got += n
					}
				}
			}
			if got != rows || summary != (sample.Summary{Files: exports, Rows: all}) {
				t.Errorf("%s has %d rows of %d; summary %+v of %d rows in %d files", file, got, rows, summary, all, exports)
			}
		}
	}
}

func TestAsManyChildrenAreAdmittedAsAskedFor(t *testing.T) {
	files, _ := write(t, small)
	admitted := 0
	for name, text := range files {
		for line := range strings.Lines(text) {
			cells := strings.Split(strings.TrimSpace(line), ",")
			var n int
			if strings.HasSuffix(name, "/admissions.csv") && cells[0] != "period" {
				fmt.Sscan(cells[6], &n)
			}
			admitted += n
		}
	}
	if admitted != 80 {
		t.Errorf("%d children were admitted in 2 years of 40", admitted)
	}
}

func TestWhatCannotBeInventedIsRefused(t *testing.T) {
	for want, o := range map[string]sample.Options{
		"--years":          {Years: 51, Children: 1},
		"--children":       {Years: 1},
		"--rows":           {Years: 1, Children: 1, Rows: 10_000_001},
		"--contradictions": {Years: 1, Children: 1, Faults: true, Contradictions: true},
	} {
		dir := t.TempDir()
		if _, err := sample.Write(dir, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("expected an error about %s, found %v", want, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("%s was refused too late: %v", want, entries)
		}
	}
}

// BenchmarkWrite invents a million rows.
func BenchmarkWrite(b *testing.B) {
	for name, register := range map[string]bool{"tally": false, "register": true} {
		b.Run("kind="+name+"/rows=1000000", func(b *testing.B) {
			for b.Loop() {
				o := sample.Options{Seed: 1, Years: 5, Children: 250, Rows: 1_000_000, Register: register}
				if _, err := sample.Write(b.TempDir(), o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
