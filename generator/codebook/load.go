// Package codebook reads data/codebook: everything that is true of one organisation and not of the tool.
//
// In: YAML files, CSV code lists and language folders. Out: a Codebook whose every reference resolves, or diagnostics with
// file, line and column. It holds no counts of anybody, save the known figures, which only the audit may see.
package codebook

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// loader reads the files of one codebook. name is how the folder is called in diagnostics.
type loader struct {
	fsys  fs.FS
	name  string
	diags *diag.List
	langs []string
	texts []Placed
}

// Load reads a codebook from fsys; name is the folder as diagnostics shall call it. The result is complete only if diags
// holds no error afterwards.
func Load(fsys fs.FS, name string, diags *diag.List) *Codebook {
	l := &loader{fsys: fsys, name: name, diags: diags}
	cb := &Codebook{}

	// The languages come first: every later text must be there in each of them.
	l.langs = l.languageCodes()
	if !l.yaml("organisation.yaml", true, &cb.Organisation) {
		return cb
	}
	cb.Languages = l.languages(cb.Organisation.Languages)
	if cb.Organisation.Protection.Revision == 0 {
		cb.Organisation.Protection.Revision = 20
	}

	l.yaml("lists.yaml", true, &cb.Lists)
	for _, list := range cb.Lists {
		l.codes(list)
	}
	l.geometries(cb.Lists)
	l.yaml("datasets.yaml", true, &cb.Datasets)
	l.yaml("programmes.yaml", true, &cb.Programmes)
	l.yaml("indicators.yaml", true, &cb.Indicators)
	l.yaml("statements.yaml", false, &cb.Statements)
	l.yaml("expectations.yaml", false, &cb.Expectations)
	l.yaml("corrections.yaml", false, &cb.Corrections)
	cb.Texts = l.texts
	if diags.Failed() {
		return cb // references into what could not be read would only make noise
	}
	checker{cb, diags}.all()
	checker{cb, diags}.untranslated(name)
	checker{cb, diags}.plain()
	if !diags.Failed() {
		for _, d := range cb.Datasets {
			for _, c := range d.Columns {
				d.Choices = append(d.Choices, cb.choices(c)...)
			}
		}
		cb.tallies()
		cb.Known = l.figures(cb, "known.csv", "source")
		cb.Targets = l.figures(cb, "targets.csv", append(l.perLanguage("reason."), "printed", "document", "place")...)
		cb.Texts = l.texts
	}
	return cb
}

// File is the name of a codebook file in diagnostics.
func (l *loader) file(name string) string { return path.Join(l.name, name) }

// read gives a file's text as it was typed, whatever the editor or version control made of its line ends and put before its first
// character: some of it becomes part of releases as it stands. An absent file is an error only if it is required.
func (l *loader) read(name string, required bool) ([]byte, bool) {
	data, err := fs.ReadFile(l.fsys, name)
	switch {
	case err == nil:
		return bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n")), true
	case errors.Is(err, fs.ErrNotExist) && !required:
	case errors.Is(err, fs.ErrNotExist):
		l.diags.Errorf(diag.Pos{File: l.file(name)}, "codebook/missing-file", "create it; docs/codebook.md, or the README.md beside the codebook, says what it holds", "expected this file, found none")
	default:
		l.diags.Errorf(diag.Pos{File: l.file(name)}, "codebook/unreadable", "close the program that has it open, or look at its permissions", "expected a readable file: %v", err)
	}
	return nil, false
}

func (l *loader) yaml(name string, required bool, out any) bool {
	data, ok := l.read(name, required)
	if ok {
		decoder{l.file(name), l.langs, l.diags, &l.texts}.decode(data, out)
	}
	return ok
}

// languageCodes looks ahead at the languages that the organisation names, so that its own texts can be checked too.
func (l *loader) languageCodes() []string {
	data, err := fs.ReadFile(l.fsys, "organisation.yaml")
	if err != nil {
		return nil
	}
	var quiet diag.List
	var peek struct {
		Languages []Ref `yaml:"languages"`
	}
	decoder{"", nil, &quiet, nil}.decode(data, &peek)
	var codes []string
	for _, r := range peek.Languages {
		codes = append(codes, r.ID)
	}
	return codes
}

// languages reads languages/<code>/language.yaml and words.yaml of each language.
func (l *loader) languages(refs []Ref) []*lang.Language {
	var all []*lang.Language
	for _, r := range refs {
		dir := "languages/" + r.ID
		if _, err := fs.Stat(l.fsys, dir); err != nil {
			l.diags.Errorf(r.At, "codebook/unknown-language", "create the folder "+l.file(dir)+", best as a copy of another language",
				"expected a folder for the language %q", r.ID)
			continue
		}
		language := &lang.Language{Code: r.ID}
		file := dir + "/language.yaml"
		l.yaml(file, true, language)
		at := diag.Pos{File: l.file(file)}
		if len([]rune(language.Digits)) != 10 {
			l.diags.Errorf(at, "codebook/digits", "write all ten, from zero to nine", "expected ten digits, found %d", len([]rune(language.Digits)))
		}
		if len(language.Months) != 12 {
			l.diags.Errorf(at, "codebook/months", "write all twelve, from January on", "expected twelve months, found %d", len(language.Months))
		}
		language.Words = l.words(dir + "/words.yaml")
		language.Checked = l.checked(dir + "/reviewed.txt")
		all = append(all, language)
	}
	return all
}

// words reads words.yaml: each key that pages use, and no other.
func (l *loader) words(name string) map[string]string {
	var refs map[string]Ref
	if !l.yaml(name, true, &refs) {
		return nil
	}
	words := map[string]string{}
	for key, r := range refs {
		words[key] = r.ID
		if !slices.Contains(lang.Keys, key) {
			l.diags.Errorf(diag.Pos{File: r.At.File, Line: r.At.Line, Col: 1}, "codebook/unknown-key", diag.Suggest(key, lang.Keys),
				"expected a word that pages use, found %q", key)
		} else if blanks := lang.Placeholders(r.ID); !slices.Equal(blanks, lang.Blanks[key]) {
			l.diags.Errorf(r.At, "codebook/blanks", "copy them from another language as they stand: the build fills them",
				"expected %s in the word %q, found %s", braced(lang.Blanks[key]), key, braced(blanks))
		}
	}
	var missing []string
	for _, key := range lang.Keys {
		if _, ok := words[key]; !ok {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		l.diags.Errorf(diag.Pos{File: l.file(name), Line: 1, Col: 1}, "codebook/missing-word", "add each with its text; the other languages show what it says",
			"expected these words as well: %s", strings.Join(missing, ", "))
	}
	return words
}

// checked reads the texts that a native reader has checked, one a line. There may be no such file.
func (l *loader) checked(name string) (texts []string) {
	data, _ := l.read(name, false)
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			texts = append(texts, line)
		}
	}
	return texts
}

// braced writes blanks as they stand in a text.
func braced(names []string) string {
	if len(names) == 0 {
		return "no blanks"
	}
	return "{" + strings.Join(names, "} {") + "}"
}
