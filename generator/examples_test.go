package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// shown is a line of a help that somebody may type as it stands.
var shown = regexp.MustCompile(`(?m)^    (impact .*?)(?: > \S+)?$`)

func TestEveryExampleOfAHelpIsRunByAScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var run strings.Builder
	for _, file := range scripts {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		run.Write(data)
	}
	for _, c := range commands {
		_, examples, ok := strings.Cut(c.help, "\nExample:\n")
		lines := shown.FindAllStringSubmatch(examples, -1)
		if !ok || len(lines) == 0 {
			t.Errorf("the help of %s has no example", c.name)
		}
		for _, line := range lines {
			if line[1] == "impact serve" {
				continue // it ends when it is told to: serve_test.go does
			}
			typed := strings.ReplaceAll(line[1], `"`, "'") // scripts know one kind of quotes
			if !regexp.MustCompile(`(?m)^exits [0-9] ` + regexp.QuoteMeta(typed) + `$`).MatchString(run.String()) {
				t.Errorf("no script in testdata/script runs: %s", line[1])
			}
		}
		if !strings.Contains(usage, "\n    "+c.name) {
			t.Errorf("impact help does not list %s", c.name)
		}
	}
}

// The command prompt of Windows takes a single quote as a letter, and PowerShell makes two arguments of one with a comma. Double quotes
// mean the same everywhere.
func TestNoCommandThatSomebodyCopiesNeedsTheQuotesOfOneShell(t *testing.T) {
	files := []string{"../README.md", "../CONTRIBUTING.md", "begin/files/README.md"}
	for _, pattern := range []string{"*.go", "../docs/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	odd := regexp.MustCompile(`--[a-z-]+ (\S+=)?'|--[a-z-]+ [a-z0-9]+,[a-z0-9]`)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if !strings.HasSuffix(file, "_test.go") && odd.MatchString(line) {
				t.Errorf("%s:%d: expected double quotes: %s", file, i+1, line)
			}
		}
	}
}

// Whoever has only the binary needs nothing else: no program in a PATH, no home to write to, no settings in the environment. The folder
// may be called anything.
func TestTheBinaryNeedsNothingOnTheMachine(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o500); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(t.TempDir(), "My Documents, ភាសា [1] #2 100% o'clock")
	if err := os.Mkdir(work, 0o755); err != nil {
		t.Fatal(err)
	}
	ran := map[string]bool{"serve": true} // it ends when it is told to: serve_test.go does
	bare := func(dir string, args ...string) {
		t.Helper()
		ran[args[0]] = true
		p, err := os.StartProcess(self, append([]string{"impact"}, args...), &os.ProcAttr{
			Dir: dir, Env: []string{"HOME=" + home, "PATH=", "IMPACT_AS_COMMAND=1"}, Files: []*os.File{nil, nil, os.Stderr},
		})
		if err != nil {
			t.Fatal(err)
		}
		if state, err := p.Wait(); err != nil || !state.Success() {
			t.Fatalf("impact %s ended with %v: %v", strings.Join(args, " "), state, err)
		}
	}
	bare(work, "init", "lighthouse")
	bare(work, "sample", "--out", "register", "--kind", "register", "--years", "1")
	bare(work, "sql", "admissions", "--data", "register", "--dialect", "duckdb", "--until", "2025-Q4")
	there := filepath.Join(work, "lighthouse")
	for _, command := range []string{
		"check", "check --html tomend.html", "build", "diff", "publish", "undo --never-public", "publish", "build --published-only",
		"audit --built public", "stick", "status", "explain admitted",
		"import movements data/exports/2025-Q4/movements.csv --out movements.csv", "fix-encoding movements.csv",
	} {
		bare(there, strings.Fields(command)...)
	}
	if _, err := os.Stat(filepath.Join(there, "public", "index.html")); err != nil {
		t.Error(err)
	}
	replaceIn(t, filepath.Join(there, "data", "exports", "2025-Q3", "movements.csv"), "2025-Q3,closing,A,M,3", "2025-Q3,closing,A,M,9")
	bare(there, "accept", "stock", "2025-Q3", "--why", "en=Two printed tables differ.")
	bare(there, "withdraw", "2025-r1", "--reason", "too-much", "--why", "en=It said too much.")
	for _, c := range commands {
		if !ran[c.name] {
			t.Errorf("impact %s was not tried", c.name)
		}
	}
	if entries, err := os.ReadDir(home); err != nil || len(entries) > 0 {
		t.Errorf("something was written into the home: %v %v", entries, err)
	}
}

// After a double click the window would be gone before anybody could read it.
func TestWhoeverStartsItByADoubleClickIsToldWhatToDo(t *testing.T) {
	in, out := strings.NewReader("\n"), strings.Builder{}
	stay(in, &out)
	if !strings.Contains(out.String(), `.\impact init practice`) || in.Len() != 0 {
		t.Errorf("it said %q and left %d keys unread", out.String(), in.Len())
	}
}
