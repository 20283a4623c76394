// Package site assembles the website with Hugo.
//
// In: what render made, the site folder with staff's texts, and the theme. Out: a folder of finished pages, exchanged for the
// old one in one step. Hugo runs as a child process of this same binary, since it may panic in a goroutine or call exit.
package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/gohugoio/hugo/commands"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render"
	"github.com/ccpcr/impact/themes"
)

// Subcommand is the hidden word that makes this binary Hugo.
const Subcommand = "_hugo"

// childMark is set in the child's environment, so that a program which forgets to answer to Subcommand cannot start itself
// without end.
const childMark = "IMPACT_CHILD"

// Hugo runs Hugo with its own arguments and gives its exit code.
func Hugo(args []string) int {
	if err := commands.Execute(args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// Options of a build.
type Options struct {
	Site  string // the site folder; one that does not exist has no texts
	Out   string // the target
	Cache string // what may be deleted: finished drawings and Hugo's own cache
}

// Theme is the theme folder beside the site folder, where there is one, and otherwise the one that the binary embeds.
func Theme(site string) (fsys fs.FS, err error) {
	if dir := themeDir(site); dir != "" {
		return os.DirFS(dir), nil
	}
	return fs.Sub(themes.FS, "impact")
}

func themeDir(site string) string {
	dir := filepath.Join(filepath.Dir(filepath.Clean(site)), "themes", "impact")
	if _, err := os.Stat(filepath.Join(dir, "theme.toml")); err != nil {
		return ""
	}
	return dir
}

// Build writes the rendered files into a work folder, lets Hugo assemble the pages and exchanges them for the target. If
// anything fails the target stays as it was.
func Build(r *ledger.Release, files render.Files, o Options) error {
	target, err := claim(o.Out)
	if err != nil {
		return err
	}
	defer target.release()
	work := target.work
	for name, data := range files {
		if err := write(filepath.Join(work, "hugo", filepath.FromSlash(name)), data); err != nil {
			return err
		}
	}
	theme := themeDir(o.Site)
	if theme == "" {
		theme = filepath.Join(work, "theme")
		embedded, err := Theme(o.Site)
		if err != nil {
			return err
		}
		if err := os.CopyFS(theme, embedded); err != nil {
			return err
		}
	}
	if err := configure(r, o.Site, theme, filepath.Join(work, "hugo")); err != nil {
		return err
	}
	if err := assemble(o, filepath.Join(work, "hugo"), target.next); err != nil {
		return err
	}
	return target.swap()
}

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// assemble runs Hugo. A warning is as good as an error: it names a page that would be wrong.
func assemble(o Options, source, destination string) error {
	if os.Getenv(childMark) != "" {
		return errors.New("a build was started from inside a build: the program does not answer to " + Subcommand)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	config := filepath.Join(source, "config.json")
	if own := filepath.Join(o.Site, "hugo.yaml"); exists(own) {
		abs, err := filepath.Abs(own)
		if err != nil {
			return err
		}
		config = abs + "," + config
	}
	cache, err := filepath.Abs(filepath.Join(o.Cache, "hugo"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	cmd := exec.Command(self, Subcommand, "build", "--source", source, "--config", config, "--destination", destination,
		"--cacheDir", cache, "--noBuildLock", "--quiet", "--logLevel", "warn")
	cmd.Env = append(os.Environ(), childMark+"=1")
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	text := bytes.TrimSpace(out.Bytes())
	if err == nil && bytes.Contains(text, []byte("WARN")) {
		err = errors.New("it warned")
	}
	if err != nil {
		return fmt.Errorf("hugo could not assemble the pages: %w\n%s", err, text)
	}
	return nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// configure writes what Hugo has to be told: address, languages and folders.
func configure(r *ledger.Release, siteDir, theme, source string) error {
	type object = map[string]any
	languages := object{}
	var mounts []object
	mount := func(from, to string, extra object) {
		if !filepath.IsAbs(from) {
			from, _ = filepath.Abs(from)
		}
		if !exists(from) {
			return
		}
		m := object{"source": from, "target": to}
		for k, v := range extra {
			m[k] = v
		}
		mounts = append(mounts, m)
	}
	for i, l := range r.Languages {
		languages[l.Code] = object{"weight": i + 1, "label": l.Name, "locale": l.Locale, "direction": l.Direction}
		texts := filepath.Join(siteDir, "content", l.Code)
		mount(texts, "content", object{"sites": object{"matrix": object{"languages": []string{l.Code}}}})
		mount(texts, "assets/staff/"+l.Code, nil) // so that the content adapter can ask which pages staff wrote
	}
	mount(filepath.Join(theme, "content"), "content", nil)
	mount(filepath.Join(theme, "layouts"), "layouts", nil)
	for _, dir := range []string{filepath.Join(source, "assets"), filepath.Join(siteDir, "assets"), filepath.Join(theme, "assets")} {
		mount(dir, "assets", nil)
	}
	mount(filepath.Join(source, "data"), "data", nil)
	mount(filepath.Join(source, "i18n"), "i18n", nil)
	mount(filepath.Join(source, "i18n"), "data/words", nil)
	mount(filepath.Join(source, "static"), "static", nil)
	mount(filepath.Join(siteDir, "static"), "static", nil)
	first := r.Languages[0].Code
	data, err := json.MarshalIndent(object{
		"baseURL": r.Organisation.Address, "title": r.Organisation.Name[first], "defaultContentLanguage": first,
		"languages": languages, "module": object{"mounts": mounts},
	}, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(source, "config.json"), data)
}
