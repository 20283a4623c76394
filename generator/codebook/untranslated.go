package codebook

import (
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/ccpcr/impact/data/codebook/languages"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// likeNames is how many words a text may have that is the same in two languages: names are.
const likeNames = 4

// toDo begins a text that is still to be written.
const toDo = "TODO"

// untranslated warns of texts that say the same in two languages, word by word. That of a language's own words is
// said once, and code lists, whose labels are often names, are passed over.
func (c checker) untranslated(folder string) {
	for _, t := range c.Texts {
		for _, l := range c.Languages {
			if strings.HasPrefix(t.Text[l.Code], toDo) {
				c.diags.Warnf(t.At, "text/todo", "write it; until then readers see the note", "expected a text in %q, found a note that it is still to be written", l.Code)
			}
		}
		if path.Ext(t.At.File) == ".csv" {
			continue
		}
		for i, l := range c.Languages {
			if same := c.sameAs(i, func(l *lang.Language) string { return t.Text[l.Code] }); same != "" {
				c.diags.Warnf(t.At, "text/untranslated", "translate the one that is not in its language yet; until then readers see it as it is", "expected a translation: the texts in %q and %q are the same", same, l.Code)
			}
		}
	}
	for i, l := range c.Languages {
		same, from, first := 0, "", ""
		for _, key := range lang.Keys {
			own, of := shippedAs(l.Code, key, l.Words[key])
			if of == "" && !own {
				of = c.sameAs(i, func(l *lang.Language) string { return l.Words[key] })
			}
			if of == "" {
				continue
			}
			if same++; first == "" {
				from, first = of, key
			}
		}
		if same > 0 {
			at := diag.Pos{File: path.Join(folder, "languages", l.Code, "words.yaml")}
			c.diags.Warnf(at, "text/untranslated", "translate the words of the pages, and set  reviewed: true  in language.yaml when a native reader has checked them",
				"expected translations: %d words of the pages are those of %q, such as  %s", same, from, first)
		}
		if l.Name == l.Code {
			at := diag.Pos{File: path.Join(folder, "languages", l.Code, "language.yaml")}
			c.diags.Warnf(at, "text/untranslated", "write its name there, and look at months, date, quarter and group as well: they may be those of another language", "expected what the language calls itself under  name, found its code")
		}
	}
}

// shippedAs says of a word whether the program brings it along in its own language, and if not, in which other one: who works in one
// language may have begun with the words of another.
func shippedAs(code, key, text string) (own bool, of string) {
	if len(strings.Fields(text)) <= likeNames {
		return false, ""
	}
	for _, l := range shipped() {
		switch {
		case l.words[key] != text:
		case l.code == code:
			return true, ""
		case of == "":
			of = l.code
		}
	}
	return false, of
}

type shippedWords struct {
	code  string
	words map[string]string
}

// shipped are the words that the program brings along.
var shipped = sync.OnceValue(func() (all []shippedWords) {
	entries, _ := languages.FS.ReadDir(".") // the files are part of the program, and tests read all of them
	for _, e := range entries {
		l := shippedWords{code: e.Name()}
		data, _ := languages.FS.ReadFile(e.Name() + "/words.yaml")
		_ = yaml.Unmarshal(data, &l.words)
		all = append(all, l)
	}
	return all
})

// sameAs gives the code of an earlier language whose text is the one of the language at an index, or "".
func (c checker) sameAs(index int, text func(*lang.Language) string) string {
	own := text(c.Languages[index])
	if len(strings.Fields(own)) <= likeNames {
		return ""
	}
	if i := slices.IndexFunc(c.Languages[:index], func(l *lang.Language) bool { return text(l) == own }); i >= 0 {
		return c.Languages[i].Code
	}
	return ""
}
