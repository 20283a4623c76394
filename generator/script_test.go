package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/site"
)

var updateScripts = flag.Bool("update", false, "rewrite what the scripts expect")

// second is the fixture of most scripts: an organisation of another country, with other languages and another fiscal year.
const second = "testdata/second"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == site.Subcommand {
		os.Exit(site.Hugo(os.Args[2:])) // a build under test starts its child process from the test binary
	}
	if os.Getenv("IMPACT_AS_COMMAND") != "" {
		main() // a test that wants nothing else in the environment
	}
	testscript.Main(m, map[string]func(){"impact": main})
}

func TestScripts(t *testing.T) {
	fixture, err := filepath.Abs(second)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *updateScripts,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SECOND", fixture)
			env.Setenv("TALLY", filepath.Join(filepath.Dir(fixture), "warehouse", "estadias-tally.csv"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"fresh": fresh, "edit": edit, "widen": widen, "reseal": reseal, "exits": exits, "lacks": lacks,
			"append": appendTo, "pack": pack, "theme": theme, "translate": translate,
		},
	})
}

// fresh puts a new copy of the second organisation into data, or of the one that keeps a register in its place: other exports, and
// other files in the codebook.
func fresh(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 0 || len(args) == 1 && args[0] == "register", "usage: fresh [register]")
	data, from := ts.MkAbs("data"), ts.Getenv("SECOND")
	ts.Check(os.RemoveAll(data))
	ts.Check(os.CopyFS(data, os.DirFS(from)))
	if len(args) == 0 {
		return
	}
	ts.Check(os.RemoveAll(filepath.Join(data, "exports")))
	register := os.DirFS(filepath.Join(filepath.Dir(from), "register"))
	ts.Check(fs.WalkDir(register, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			err = os.RemoveAll(filepath.Join(data, name))
		}
		return err
	}))
	ts.Check(os.CopyFS(data, register))
}

// theme puts a copy of the theme beside the site folder, where it counts in place of the embedded one.
func theme(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 0, "usage: theme")
	from := filepath.Join(filepath.Dir(filepath.Dir(filepath.Dir(ts.Getenv("SECOND")))), "themes", "impact")
	ts.Check(os.CopyFS(ts.MkAbs("themes/impact"), os.DirFS(from)))
}

// edit replaces a text that stands exactly once in a file. Both texts may hold Go's escapes, such as \n and \xff.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 3, "usage: edit FILE OLD NEW")
	replace(ts, args[0], unescape(ts, args[1]), unescape(ts, args[2]))
}

// appendTo writes a text behind a file. It may hold Go's escapes.
func appendTo(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 2, "usage: append FILE TEXT")
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(data, unescape(ts, args[1])...), 0o644))
}

// pack makes a zip of a folder; a workbook is one as well.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 2, "usage: pack FILE FOLDER")
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	ts.Check(z.AddFS(os.DirFS(ts.MkAbs(args[1]))))
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), buf.Bytes(), 0o644))
}

// widen replaces a text that stands exactly once by a number of x.
func widen(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 3, "usage: widen FILE OLD BYTES")
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	replace(ts, args[0], unescape(ts, args[1]), strings.Repeat("x", n))
}

func replace(ts *testscript.TestScript, name, old, now string) {
	file := ts.MkAbs(name)
	text, err := os.ReadFile(file)
	ts.Check(err)
	want(ts, bytes.Count(text, []byte(old)) == 1, "expected %q once in %s, found it %d times", old, name, bytes.Count(text, []byte(old)))
	ts.Check(os.WriteFile(file, bytes.Replace(text, []byte(old), []byte(now), 1), 0o644))
}

// reseal gives the tables of a release the sizes and hashes that they have now, as a careful forger would.
func reseal(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) == 1, "usage: reseal RELEASE")
	dir := ts.MkAbs(args[0])
	var p ledger.Package
	data, err := os.ReadFile(filepath.Join(dir, ledger.Descriptor))
	ts.Check(err)
	ts.Check(json.Unmarshal(data, &p))
	for i := range p.Resources {
		r := &p.Resources[i]
		table, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.Path)))
		ts.Check(err)
		sum := sha256.Sum256(table)
		r.Bytes, r.Hash = len(table), "sha256:"+hex.EncodeToString(sum[:])
	}
	files := ledger.Files{}
	ts.Check(files.Close(&p))
	ts.Check(os.WriteFile(filepath.Join(dir, ledger.Descriptor), files[ledger.Descriptor], 0o644))
}

// exits runs a command and expects an exit code. A run that does not end well must leave the ledger as it was.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) >= 2, "usage: exits CODE COMMAND [ARGS]")
	code, err := strconv.Atoi(args[0])
	ts.Check(err)
	before := tree(ts, "data/published")
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	want(ts, got == code, "expected exit code %d, found %d", code, got)
	want(ts, got == 0 || before == tree(ts, "data/published"), "expected data/published unchanged after exit code %d", got)
}

// lacks expects that no file of a folder holds any of some texts.
func lacks(ts *testscript.TestScript, _ bool, args []string) {
	want(ts, len(args) >= 2, "usage: lacks FOLDER TEXT...")
	files, err := ledger.Load(os.DirFS(ts.MkAbs(args[0])))
	ts.Check(err)
	want(ts, len(files) > 0, "expected files in %s", args[0])
	for name, data := range files {
		for _, text := range args[1:] {
			want(ts, !bytes.Contains(data, []byte(text)), "expected %q nowhere, found it in %s", text, name)
		}
	}
}

// tree describes every file of a folder; a folder that does not exist is "".
func tree(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	root := ts.MkAbs(dir)
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		sum := sha256.Sum256(data)
		b.WriteString(strings.TrimPrefix(p, root) + " " + hex.EncodeToString(sum[:]) + "\n")
		return err
	})
	if !errors.Is(err, fs.ErrNotExist) {
		ts.Check(err)
	}
	return b.String()
}

func want(ts *testscript.TestScript, ok bool, format string, args ...any) {
	if !ok {
		ts.Fatalf(format, args...)
	}
}

func unescape(ts *testscript.TestScript, s string) string {
	if !slices.Contains([]byte(s), '\\') {
		return s
	}
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	ts.Check(err)
	return text
}
