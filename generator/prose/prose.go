// Package prose reads the pages that staff wrote for sentences that are longer than their language calls plain.
//
// In: the folder of pages, by language. Out: warnings, each with the place where a sentence begins. What a page shows by a shortcode
// counts as one word; code, comments, tags and addresses count nothing.
package prose

import (
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// Check reads every page in Markdown below fsys/<language>. name is what diagnostics call the folder.
func Check(fsys fs.FS, name string, languages []*lang.Language, diags *diag.List) error {
	for _, l := range languages {
		err := fs.WalkDir(fsys, l.Code, func(p string, e fs.DirEntry, err error) error {
			if err != nil {
				if p == l.Code {
					return fs.SkipDir // nobody wrote in this language
				}
				return err
			}
			if e.IsDir() || !strings.EqualFold(path.Ext(p), ".md") {
				return nil
			}
			data, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			page(string(data), path.Join(name, p), l, diags)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// page warns of the long sentences of one page.
func page(text, file string, l *lang.Language, diags *diag.List) {
	for _, s := range l.LongSentences(spoken(text)) {
		before := text[:s.From]
		line := before[strings.LastIndexByte(before, '\n')+1:]
		at := diag.Pos{File: file, Line: strings.Count(before, "\n") + 1, Col: diag.Column(line, len(line)+1)}
		diags.Warnf(at, "page/long-sentence", "make two of it: one thought in each", "expected a sentence of at most %s", l.Plain)
	}
}

// What nobody reads as a sentence: front matter, headings, code, comments, tags, addresses.
var (
	shortcode = regexp.MustCompile(`(?s)\{\{[<%].*?[>%]\}\}`)
	unspoken  = regexp.MustCompile("(?s)\\A\\x{FEFF}?---\r?\n.*?\n---[ \t]*(?:\r?\n|\\z)|<!--.*?-->|(?m:^)(?:```|~~~).*?(?m:^)(?:```|~~~)|`[^`\n]*`|" +
		"</?[a-zA-Z][^>]*>|\\]\\([^)]*\\)|(?m:^\\[[^\\]\n]+\\]:[^\n]*$)|(?m:^[ \t]*#{1,6}[ \t][^\n]*$)")
	block = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+>]|[0-9]+[.)])[ \t]|\|`)
)

// spoken is a page with blanks for what is no sentence, byte for byte, so that places stay. Where a block or the next box of a table begins
// stand blank lines, which end a sentence; a shortcode is one word.
func spoken(text string) string {
	text = shortcode.ReplaceAllStringFunc(text, func(s string) string { return "x" + blank(s[1:], ' ') })
	text = unspoken.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(strings.TrimSpace(s), "#") || strings.Contains(s, "\n") {
			return blank(s, '\n')
		}
		return blank(s, ' ')
	})
	return block.ReplaceAllStringFunc(text, func(s string) string { return blank(s, '\n') })
}

// blank writes a sign for each byte of a text but the ends of its lines.
func blank(text string, by byte) string {
	all := []byte(text)
	for i, b := range all {
		if b != '\n' {
			all[i] = by
		}
	}
	return string(all)
}
