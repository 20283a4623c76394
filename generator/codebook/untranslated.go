package codebook

import (
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// likeNames is how many words a text may have that is the same in two languages: names are.
const likeNames = 4

// untranslated warns of texts that say the same in two languages, word by word. That of a language's own words is
// said once, and code lists, whose labels are often names, are passed over.
func (c checker) untranslated(folder string) {
	for _, t := range c.Texts {
		if path.Ext(t.At.File) == ".csv" {
			continue
		}
		for i, l := range c.Languages {
			if same := c.sameAs(i, func(l *lang.Language) string { return t.Text[l.Code] }); same != "" {
				c.diags.Warnf(t.At, "text/untranslated", "translate it; until then readers of that language see it as it is", "expected a translation: the text in %q is the one in %q", l.Code, same)
			}
		}
	}
	for i, l := range c.Languages {
		for _, key := range lang.Keys {
			if same := c.sameAs(i, func(l *lang.Language) string { return l.Words[key] }); same != "" {
				at := diag.Pos{File: path.Join(folder, "languages", l.Code, "words.yaml")}
				c.diags.Warnf(at, "text/untranslated", "translate the words of the pages, and set  reviewed: true  in language.yaml when a native reader has checked them", "expected translations: words of the pages are those of %q", same)
				break
			}
		}
	}
}

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
