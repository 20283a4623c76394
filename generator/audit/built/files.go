package built

import (
	"crypto/sha256"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
)

// ofFigures are kinds of files that are read whoever put them there: an export that strayed into the site's folder is found.
var ofFigures = []string{".csv", ".tsv", ".xlsx", ".zip"}

// file reads a file of the site by its kind.
func (s *scan) file(p string, data []byte) {
	if path.Ext(p) == ".html" {
		s.pages++
		s.through(s.when(s.frozenIn(p)), func(then *scan) { then.page(p, data) })
		return
	}
	if rest, ok := strings.CutPrefix(p, "data/"); ok {
		if s.download(p, rest, data) {
			return
		}
	}
	if own := s.own[sha256.Sum256(data)]; (own != nil || s.font(p)) && !slices.Contains(ofFigures, path.Ext(p)) {
		if name := hashed.ReplaceAllString(path.Base(p), "$1"); slices.Contains(own, name) || own == nil {
			p = path.Dir(p)
		}
		s.name(s.words, p, data)
		return // as the theme or staff have it
	}
	s.name(s.words, p, data)
	if s.isIndex(p) {
		s.index(p, data)
		return
	}
	s.content(p, data)
}

// font says whether a file is a font that a language of the release names.
func (s *scan) font(p string) bool {
	name := hashed.ReplaceAllString(path.Base(p), "$1")
	return slices.ContainsFunc(s.release.Languages, func(l *lang.Language) bool {
		return l.Font != nil && (name == l.Font.Regular || name == l.Font.Bold)
	})
}

// content reads a file that is no page, or a part of one that is packed.
func (s *scan) content(p string, data []byte) {
	switch path.Ext(p) {
	case ".json", ".geojson", ".jsonld", ".webmanifest":
		s.json(p, data)
	case ".xml", ".atom", ".rss", ".svg", ".rels", ".vml":
		if s.standard(p, data) {
			return
		}
		s.xml(p, data, xmlWords(data), nil)
	case ".csv", ".tsv":
		s.csv(p, data)
	case ".txt", ".md", ".bib", ".yaml", "":
		for line := range strings.Lines(string(data)) {
			for word := range strings.FieldsSeq(line) {
				if rest := s.withoutAddress(word); rest != word {
					line = strings.Replace(line, word, rest, 1)
				}
			}
			s.says(p, "the text", line)
		}
	case ".css":
		s.program(p, unescaped(string(data)))
	case ".js", ".mjs":
		s.program(p, string(data))
	case ".zip", ".xlsx":
		s.packed(p, data)
	case ".png":
		s.picture(p, data)
	default:
		s.found(p, "built-unknown", nil, unread)
	}
}

// spokenCode are the parts of stylesheets and scripts that are words: comments and texts.
var spokenCode = regexp.MustCompile("(?s)/\\*.*?\\*/|(?:^|\\s)//[^\\n]*|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`")

// escape is a character as a stylesheet may write it.
var escape = regexp.MustCompile(`\\([0-9A-Fa-f]{1,6})\s?`)

// unescaped is a stylesheet as readers see its texts.
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(m string) string {
		n, err := strconv.ParseInt(strings.TrimSpace(m[1:]), 16, 32)
		if err != nil || n == '"' || n == '\'' || n == '\\' {
			return m
		}
		return string(rune(n))
	})
}

// colour is one as stylesheets write it.
var colour = regexp.MustCompile(`#[0-9A-Fa-f]{3,8}\b`)

// hashed is the end of a file name that says which bytes the file has.
var hashed = regexp.MustCompile(`-[A-Z2-7]{8}(\.[a-z0-9]+)`)

// program reads the words of a stylesheet or script: the theme's own, or words of the release. Its bare numbers are lengths, colours and counts of steps: they are not judged.
func (s *scan) program(p, text string) {
	for _, part := range spokenCode.FindAllString(text, -1) {
		s.saysIn(s.code, p, "the code", hashed.ReplaceAllString(colour.ReplaceAllString(strings.Trim(part, "\"'`"), ""), "$1"))
	}
	for id := range s.places() {
		if strings.Contains(text, id) {
			s.found(p, "built-number", []string{id}, "the code names the cell %s", id)
		}
	}
}
