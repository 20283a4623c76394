// Package site assembles the website with Hugo.
//
// In: what render made, the site folder with staff's texts, and the theme. Out: a folder of finished pages, exchanged for the
// old one in one step. Hugo runs as a child process of this same binary, since it may panic in a goroutine or call exit.
package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gohugoio/hugo/commands"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/render"
	skeleton "github.com/ccpcr/impact/site"
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
	Site  string   // the site folder; one that does not exist has no texts
	Out   string   // the target
	Keep  []string // folders that the target must lie apart from
	Cache string   // what may be deleted: finished drawings and Hugo's own cache
	Leave []string // pages below the site folder's content that Hugo never sees, such as en/stories/hope.md or en/stories/**
}

// fonts looks for the fonts that the languages name, before Hugo would miss them in a file that nobody wrote.
func fonts(s *render.Site, o Options, diags *diag.List) bool {
	found := true
	for _, l := range s.Languages {
		if l.Font == nil {
			continue
		}
		for _, name := range []string{l.Font.Regular, l.Font.Bold} {
			if file := filepath.Join(o.Site, "assets", "fonts", name); !exists(file) {
				diags.Errorf(diag.Pos{File: filepath.ToSlash(file)}, "page/no-font", "put the font there, or take it out of the language's language.yaml",
					"expected the font that the language %s names", l.Code)
				found = false
			}
		}
	}
	return found
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

// Build writes what was rendered into a work folder, lets Hugo assemble the pages and exchanges them for the target. If
// anything fails the target stays as it was. A mistake in a page that staff wrote goes to diags with its place.
func Build(s *render.Site, o Options, diags *diag.List) error {
	target, err := claim(o.Out, append(o.Keep, o.Site))
	if err != nil {
		return err
	}
	defer target.release()
	work := target.work
	if !fonts(s, o, diags) {
		return ErrPages
	}
	for name, data := range s.Files {
		if strings.HasPrefix(name, static) {
			continue
		}
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
	if err := configure(s, o, theme, filepath.Join(work, "hugo")); err != nil {
		return err
	}
	if err := assemble(o, filepath.Join(work, "hugo"), target.next, diags); err != nil {
		return err
	}
	for name, data := range s.Files {
		if name, ok := strings.CutPrefix(name, static); ok {
			if err := write(filepath.Join(target.next, filepath.FromSlash(name)), data); err != nil {
				return err
			}
		}
	}
	if err := addSearch(target.next); err != nil {
		return err
	}
	return target.swap()
}

// static is the folder of files that go into the site as they are. Hugo never sees them: to copy a thousand takes longer than to write them.
const static = "static/"

func write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

// assemble runs Hugo. A warning is as good as an error: it names a page that would be wrong.
func assemble(o Options, source, destination string, diags *diag.List) error {
	if os.Getenv(childMark) != "" {
		return errors.New("a build was started from inside a build: the program does not answer to " + Subcommand)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	settings, err := filepath.Abs(filepath.Join(o.Site, "hugo.yaml"))
	if err != nil {
		return err
	}
	if !exists(settings) {
		settings = filepath.Join(source, "hugo.yaml")
		if err := write(settings, skeleton.Config); err != nil {
			return err
		}
	}
	if near, err := filepath.Rel(source, settings); err == nil {
		settings = near // the folders above both may have a comma in their names, which here parts one file from the next
	}
	config := settings + ",config.json" // both as seen from source; what the build says wins
	cache, err := filepath.Abs(filepath.Join(o.Cache, "hugo"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, Subcommand, "build", "--source", source, "--config", config, "--destination", destination,
		"--cacheDir", cache, "--noBuildLock", "--logLevel", "warn")
	cmd.Env = append([]string{"GOGC=400"}, append(os.Environ(), childMark+"=1")...) // it ends soon: collecting is a quarter of its time
	cmd.Stdout, cmd.Stderr = &out, &out
	err = runChild(cmd)
	if ctx.Err() != nil {
		return fmt.Errorf("hugo did not end within %s and was stopped: build again\n%s", patience, bytes.TrimSpace(out.Bytes()))
	}
	text := bytes.TrimSpace(out.Bytes())
	if err == nil && bytes.Contains(text, []byte("WARN")) {
		err = errors.New("it warned")
	}
	if err == nil {
		return nil
	}
	if o.mistakes(string(text), diags) {
		return ErrPages
	}
	return fmt.Errorf("hugo could not assemble the pages: %w\n%s", err, text)
}

// patience is how long Hugo may take. It needs a second; once in a great while it waits for itself after an error.
const patience = 10 * time.Minute

// ErrPages stands for mistakes in pages, which are among the diagnostics.
var ErrPages = errors.New("pages could not be made")

// leftovers lists, in Hugo's patterns, what systems and office programs put into folders. Nobody means it for the site, and it tells
// of pictures that were there and who had a text open.
var leftovers = []string{"! **[Tt]humbs.db", "! **[Dd]esktop.ini", "! **.DS_Store", "! **~$*", "! **.~lock.*"}

// without lists, in Hugo's patterns, the files of a language that it must not see. A sign that means something in a pattern
// is written as any one sign: rather a page too few than one too many.
func (o Options) without(language string) []string {
	files := slices.Clone(leftovers)
	for _, leave := range o.Leave {
		file, ok := strings.CutPrefix(leave, language+"/")
		if !ok {
			continue
		}
		file, all := strings.CutSuffix(file, "/**")
		file = strings.Map(func(r rune) rune {
			if strings.ContainsRune(`*?[]{}!\`, r) {
				return '?'
			}
			return r
		}, file)
		if all {
			files = append(files, "! "+file)
			file += "/**"
		}
		files = append(files, "! "+file)
	}
	return files
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// configure writes what Hugo has to be told: address, languages and folders.
func configure(s *render.Site, o Options, theme, source string) error {
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
	for i, l := range s.Languages {
		languages[l.Code] = object{"weight": i + 1, "label": l.Name, "locale": l.Locale, "direction": l.Direction}
		texts := filepath.Join(o.Site, "content", l.Code)
		files := o.without(l.Code)
		mount(texts, "content", object{"files": files, "sites": object{"matrix": object{"languages": []string{l.Code}}}})
		mount(texts, "assets/staff/"+l.Code, object{"files": files}) // so that the content adapter can ask which pages staff wrote
	}
	mount(filepath.Join(theme, "content"), "content", nil)
	mount(filepath.Join(theme, "layouts"), "layouts", nil)
	for _, dir := range []string{filepath.Join(source, "assets"), filepath.Join(o.Site, "assets"), filepath.Join(theme, "assets")} {
		mount(dir, "assets", object{"files": leftovers})
	}
	mount(filepath.Join(source, "data"), "data", nil)
	mount(filepath.Join(source, "i18n"), "i18n", nil)
	mount(filepath.Join(source, "i18n"), "data/words", nil)
	mount(filepath.Join(o.Site, "static"), "static", object{"files": leftovers})
	data, err := json.MarshalIndent(object{
		"baseURL": s.Address, "title": s.Title, "defaultContentLanguage": s.Languages[0].Code,
		"languages": languages, "module": object{"mounts": mounts},
	}, "", "  ")
	if err != nil {
		return err
	}
	return write(filepath.Join(source, "config.json"), data)
}
