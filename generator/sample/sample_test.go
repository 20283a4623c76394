package sample_test

import (
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/sample"
)

// small is an organisation that is invented in no time.
var small = sample.Options{Seed: 1, Years: 2, Children: 40, Rows: 1000}

// write invents and gives every file by name.
func write(t *testing.T, o sample.Options) (files map[string]string, rows int) {
	t.Helper()
	dir := t.TempDir()
	rows, err := sample.Write(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
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
	return files, rows
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
	benchmark := small
	benchmark.Benchmark = true
	for want, o := range map[string]sample.Options{"c95fc4132a444e9f": small, "08b422cea91f72fa": register, "a246aec7c13be6da": benchmark} {
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

func TestAnotherSeedGivesOtherFiguresInTheSameFiles(t *testing.T) {
	other := small
	other.Seed = 2
	a, _ := write(t, small)
	b, _ := write(t, other)
	for name, text := range a {
		switch {
		case strings.HasPrefix(name, "codebook/") && text != b[name]:
			t.Errorf("%s depends on the seed", name)
		case strings.HasPrefix(name, "exports/") && text == b[name]:
			t.Errorf("%s does not depend on the seed", name)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d files and %d", len(a), len(b))
	}
}

func TestTheFileThatGrowsHasAsManyRowsAsAskedFor(t *testing.T) {
	for _, rows := range []int{100, 101, 12345} {
		for file, register := range map[string]bool{"attendance": false, "admissions": true} {
			o := small
			o.Rows, o.Register = rows, register
			files, written := write(t, o)
			got, all := 0, 0
			for name, text := range files {
				if n := strings.Count(text, "\n") - 1; strings.HasPrefix(name, "exports/") {
					all += n
					if strings.HasSuffix(name, "/"+file+".csv") {
						got += n
					}
				}
			}
			if got != rows || written != all {
				t.Errorf("%s has %d rows of %d; it says %d rows of %d", file, got, rows, written, all)
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

// What the movement sheets count at the end of each quarter is what the register says, stay by stay.
func TestTheRegisterAndTheSheetsTellOfTheSameChildren(t *testing.T) {
	register := small
	register.Register = true
	files, _ := write(t, register)
	stays, err := csv.NewReader(strings.NewReader(files["exports/2025-Q4/admissions.csv"])).ReadAll()
	if err != nil || len(stays) < 1000 {
		t.Fatalf("%d stays: %v", len(stays), err)
	}
	checked, again := 0, map[string]int{}
	for name, text := range files {
		if !strings.HasSuffix(name, "/movements.csv") {
			continue
		}
		for line := range strings.Lines(text) {
			cells := strings.Split(strings.TrimSpace(line), ",") // period, event, shelter, sex, count
			period, err := calendar.Parse(cells[0])
			if err != nil || cells[1] != "closing" {
				continue
			}
			_, last := calendar.Calendar{Starts: 1}.Bounds(period)
			end, there := last.Format(time.DateOnly), 0
			for _, s := range stays[1:] { // case, child, admitted, exited, shelter, home, case_type, sex, age_band
				if s[2] <= end && (s[3] == "" || s[3] > end) && s[4] == cells[2] && s[7] == cells[3] {
					there++
				}
			}
			if fmt.Sprint(there) != cells[4] {
				t.Errorf("%s: %s children are there in %s, %s; the register says %d", cells[0], cells[4], cells[2], cells[3], there)
			}
			checked++
		}
	}
	for _, s := range stays[1:] {
		again[s[1]]++
	}
	if checked < 60 || len(again) == len(stays)-1 {
		t.Errorf("%d stocks were compared, and %d children had %d stays", checked, len(again), len(stays)-1)
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

// What the other systems get and what a codebook can read are the same cases: every code has its label, row by row.
func TestTheBenchmarkIsOneRegisterInLabelsAndInCodes(t *testing.T) {
	files, _ := write(t, sample.Options{Seed: 1, Years: 1, Children: 1, Rows: 20_000, Benchmark: true})
	read := func(name string) [][]string {
		rows, err := csv.NewReader(strings.NewReader(files[name])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	labels, codes := read("cases.csv"), read("exports/2025/cases.csv")
	if len(labels) != 20_001 || len(codes) != len(labels) {
		t.Fatalf("%d rows and %d", len(labels), len(codes))
	}
	label := map[string]string{}
	open, boys := 0, 0
	values := make([]map[string]bool, len(labels[0]))
	for i := range values {
		values[i] = map[string]bool{}
	}
	for n, row := range labels {
		for i, want := range row {
			code := strings.TrimSuffix(codes[n][i], "-01")
			if i == 6 || i == 7 {
				code = want[:min(len(want), len(code))]
				if !strings.HasPrefix(codes[n][i], want) {
					t.Fatalf("row %d: %q is not in the month %q", n, codes[n][i], want)
				}
			}
			if key := fmt.Sprint(i, " ", code); label[key] == "" {
				label[key] = want
			} else if label[key] != want {
				t.Fatalf("row %d: %q stands for %q and %q", n, code, label[key], want)
			}
			if n > 0 {
				values[i][want] = true
			}
		}
		if row[7] == "" {
			open++
		}
		if row[4] == "M" {
			boys++
		}
	}
	for i, want := range []int{20_000, 8, 25, 7, 2, 6, 192, 0, 6, 7} { // an open case has no outcome
		if want > 0 && len(values[i]) != want {
			t.Errorf("the column %s has %d values, expected %d", labels[0][i], len(values[i]), want)
		}
	}
	if open < 800 || open > 1200 || boys < 5200 || boys > 5600 {
		t.Errorf("expected about 5 %% open and 27 %% boys, found %d and %d of 20000", open, boys)
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
