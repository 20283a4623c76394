// Package begin writes what another organisation starts from.
//
// In: a name, languages and a calendar. Out: a folder with a codebook, invented exports that fit it, and a site folder, which builds at
// once and is then changed file by file. Everything in it comes from what the program embeds: the codebook and the exports from
// sample, the words and fonts of the languages, the handbook, and the reference that the codebook's reader gives of itself.
package begin

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/data/codebook/languages"
	"github.com/ccpcr/impact/docs"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/sample"
	skeleton "github.com/ccpcr/impact/site"
)

// Options say who begins.
type Options struct {
	ID        string   // short, part of file names; "" for the sample's
	Name      string   // of the organisation, in every language for now; "" for the sample's
	Languages []string // codes, the default first
	Starts    int      // month in which a year begins, 1 to 12
	NamedEnd  bool     // whether a year is named after the calendar year in which it ends
	Map       *Map     // of the places; nil for the sample's own places, without a map
}

// invented is how much the exports hold: two years, so that there is something to compare, and a seed with which no table has to be made coarser.
var invented = sample.Options{Seed: 11, Years: 2, Children: 250}

//go:embed files
var files embed.FS

// Languages lists the languages whose words the program brings along.
func Languages() []string {
	entries, err := fs.ReadDir(languages.FS, ".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	var codes []string
	for _, e := range entries {
		codes = append(codes, e.Name())
	}
	return codes
}

// Borrowed lists the languages that begin with the words of another one.
func (o Options) Borrowed() []string {
	return slices.DeleteFunc(slices.Clone(o.Languages), func(code string) bool { return slices.Contains(Languages(), code) })
}

// Check says what cannot be begun.
func (o Options) Check() error {
	switch {
	case o.Starts < 1 || o.Starts > 12:
		return errors.New("--calendar: expected the month in which a year begins, 1 to 12")
	case len(o.Languages) == 0:
		return errors.New("--languages: expected at least one")
	}
	for i, code := range o.Languages {
		if slices.Contains(o.Languages[:i], code) {
			return fmt.Errorf("--languages: expected each once, found %s again", code)
		}
		if !form.MatchString(code) {
			return fmt.Errorf("--languages: expected codes such as en,km, found %q", code)
		}
	}
	return nil
}

// Write fills a folder, which must be empty or absent.
func Write(dir string, o Options) error {
	if err := o.Check(); err != nil {
		return err
	}
	data := filepath.Join(dir, "data")
	options := invented
	if o.Map != nil {
		options.Places = o.Map.codes()
	}
	if _, err := sample.Write(data, options); err != nil {
		return err
	}
	out := folder{dir: dir}
	out.places(o.Map)
	out.codebook(o)
	out.languages(o)
	for name, schema := range codebook.Schemas() {
		out.write("data/codebook/schema/"+name, schema)
	}
	out.write("data/codebook/README.md", []byte(codebook.Reference()))
	out.write("site/hugo.yaml", skeleton.Config)
	out.embedded(files, "files", "")
	out.embedded(docs.FS, ".", "docs")
	return out.err
}

// folder is what is being filled. The first error stays.
type folder struct {
	dir string
	err error
}

func (f *folder) write(name string, data []byte) {
	if f.err != nil {
		return
	}
	target := filepath.Join(f.dir, filepath.FromSlash(name))
	if f.err = os.MkdirAll(filepath.Dir(target), 0o755); f.err == nil {
		f.err = os.WriteFile(target, data, 0o644)
	}
}

func (f *folder) read(name string) []byte {
	if f.err != nil {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
	f.err = err
	return data
}

// embedded copies a folder. No embedded file's name may begin with a dot, so that of dot-NAME is .NAME.
func (f *folder) embedded(fsys fs.FS, from, to string) {
	err := fs.WalkDir(fsys, from, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		rest := strings.TrimPrefix(strings.TrimPrefix(name, from), "/")
		f.write(path.Join(to, strings.Replace(rest, "dot-", ".", 1)), data)
		return err
	})
	f.err = errors.Join(f.err, err)
}

// codebook gives every text of the sample's codebook in each language, its organisation the name and the calendar, and every file the
// list of its keys at its head.
func (f *folder) codebook(o Options) {
	entries, err := fs.Glob(os.DirFS(f.dir), "data/codebook/*.yaml")
	f.err = errors.Join(f.err, err)
	for _, name := range entries {
		text := string(f.read(name))
		if path.Base(name) == "organisation.yaml" {
			text = o.organisation(text)
		}
		text, err := inEach(text, o.Languages)
		f.err = errors.Join(f.err, err)
		f.write(name, []byte(codebook.Head(path.Base(name))+"\n"+text))
	}
	lists, err := fs.Glob(os.DirFS(f.dir), "data/codebook/lists/*.csv")
	f.err = errors.Join(f.err, err)
	for _, name := range lists {
		table, err := columnsFor(f.read(name), o.Languages)
		f.err = errors.Join(f.err, err)
		if o.Map != nil && path.Base(name) == "province.csv" {
			table, err = o.Map.named(table, o.Languages)
			f.err = errors.Join(f.err, err)
		}
		f.write(name, table)
	}
}

// languages gives each language its folder, its font and a page. What the program does not bring along begins with the words that
// the sample is written in.
func (f *folder) languages(o Options) {
	f.err = errors.Join(f.err, os.RemoveAll(filepath.Join(f.dir, "data", "codebook", "languages")))
	for _, code := range o.Languages {
		from, known := code, slices.Contains(Languages(), code)
		if !known {
			from = sample.Language
		}
		f.embedded(languages.FS, from, "data/codebook/languages/"+code)
		file := "data/codebook/languages/" + code + "/language.yaml"
		text := string(f.read(file))
		if !known {
			text = unknown(text, code)
		}
		if o.Starts > 1 {
			text = crossing(text)
		}
		f.write(file, []byte(codebook.Head("languages/"+code+"/language.yaml")+"\n"+withoutHead(text)))
		f.font(text)
		f.write("site/content/"+code+"/about/_index.md", o.about(string(f.read("data/codebook/languages/"+code+"/words.yaml"))))
	}
}

// font copies the fonts that a language names, with their licences, where the program has them.
func (f *folder) font(language string) {
	entries, err := fs.ReadDir(skeleton.Fonts, "assets/fonts")
	f.err = errors.Join(f.err, err)
	for _, e := range entries {
		family, _, _ := strings.Cut(e.Name(), "-400")
		if !strings.HasSuffix(e.Name(), "-400.woff2") || !strings.Contains(language, e.Name()) {
			continue
		}
		for _, file := range entries {
			if strings.HasPrefix(file.Name(), family) {
				data, err := fs.ReadFile(skeleton.Fonts, "assets/fonts/"+file.Name())
				f.err = errors.Join(f.err, err)
				f.write("site/assets/fonts/"+file.Name(), data)
			}
		}
	}
}
