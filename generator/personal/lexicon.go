package personal

import (
	"bufio"
	"embed"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// The words that detectors know are data, a file a script or language: no word of any language stands in Go.
//
//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// lexicon holds folded words and phrases by category, such as given, heading.phone or word.birth.
type lexicon map[string][]string

// words is the lexicon, read once. It is built into the binary, so a fault in it is a fault of the program.
var words = sync.OnceValue(func() lexicon {
	l := lexicon{}
	names, err := fs.Glob(lexiconFiles, "lexicon/*.txt")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		file, err := lexiconFiles.Open(name)
		if err != nil {
			panic(err)
		}
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			category, list, ok := strings.Cut(lines.Text(), ":")
			if !ok || strings.HasPrefix(category, "#") {
				continue
			}
			for word := range strings.SplitSeq(list, ",") {
				if word = strings.TrimSpace(word); category != "notcase" { // there capitals mean something
					word = fold(word)
				}
				l[category] = append(l[category], word)
			}
		}
		if err := lines.Err(); err != nil {
			panic(err)
		}
	}
	return l
})

// set gives the words of some categories for look-up.
func (l lexicon) set(categories ...string) map[string]bool {
	all := map[string]bool{}
	for _, c := range categories {
		for _, word := range l[c] {
			all[word] = true
		}
	}
	return all
}

// pattern is an expression that fits any word of the categories, with nothing captured. A word of a script that knows capitals
// begins where no letter stands before it; other scripts write words together. Where there is no word, \x00 fits nothing.
func (l lexicon) pattern(categories ...string) string {
	var cased, caseless []string
	for _, c := range categories {
		for _, word := range l[c] {
			if quoted := strings.ReplaceAll(regexp.QuoteMeta(word), " ", `[ _-]?`); isCased(word) {
				cased = append(cased, quoted)
			} else {
				caseless = append(caseless, quoted)
			}
		}
	}
	longestFirst := func(a, b string) int { return len(b) - len(a) }
	slices.SortStableFunc(cased, longestFirst)
	slices.SortStableFunc(caseless, longestFirst)
	return `(?:(?:^|[^\pL\pM\pN])(?:` + strings.Join(append(cased, `\x00`), "|") + `)|(?:` + strings.Join(append(caseless, `\x00`), "|") + `))`
}

// isCased says whether a word is of a script with capitals, as Latin is.
func isCased(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r) || unicode.IsLower(r)
		}
	}
	return true
}

// fold makes words comparable: small letters, no zero-width characters, look-alikes as one.
func fold(s string) string { return plainOf(s).lower }

// plain is a text made comparable, capitals kept: digits of every script are 0 to 9, zero-width characters are gone, and signs
// that look alike are one. at holds for each byte of it where it stood in the text, and one more for the end.
type plain struct {
	text   string
	lower  string // in small letters: to look whether a word occurs at all
	digits int
	at     []int
}

func plainOf(s string) plain {
	var b strings.Builder
	at := make([]int, 0, len(s)+1)
	var before rune
	digits := 0
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.Is(unicode.Nd, r):
			r = digit(r)
			digits++
		case r == '\u00a0' || r == '\u202f' || r == '\t':
			r = ' '
		default:
			r = oneOfTwo(before, r)
		}
		before = r
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			at = append(at, i)
		}
	}
	return plain{b.String(), strings.ToLower(b.String()), digits, append(at, len(s))}
}

// from is the text behind a place.
func (p plain) from(at int) plain {
	if len(p.lower) == len(p.text) {
		p.lower = p.lower[at:]
	}
	p.text, p.at = p.text[at:], p.at[at:]
	return p
}

// cue is an expression that costs time, and the words of which one must occur for it to fit.
type cue struct {
	words []string
	x     *regexp.Regexp
}

// find gives the first place where the expression fits.
func (c cue) find(p plain) (start, end int, ok bool) {
	if !slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(p.lower, word) }) {
		return 0, 0, false
	}
	return first(p.text, c.x)
}

// cue makes one for words of some categories. A phrase is looked for by its first word, since - or _ may stand for its spaces.
func (l lexicon) cue(expression string, categories ...string) cue {
	c := cue{x: regexp.MustCompile(`(?i)` + expression)}
	for _, category := range categories {
		for _, phrase := range l[category] {
			word, _, _ := strings.Cut(phrase, " ")
			c.words = append(c.words, word)
		}
	}
	return c
}

// digit gives 0 to 9 for a digit of any script: each script has its ten in a row.
func digit(r rune) rune {
	n := rune(0)
	for unicode.Is(unicode.Nd, r-n-1) {
		n++
	}
	return '0' + n%10
}

// oneOfTwo takes two subscripts that are drawn alike, and are mixed up when typed, as one.
func oneOfTwo(before, r rune) rune {
	const subscript, first, second = '\u17d2', '\u178a', '\u178f'
	if before == subscript && r == first {
		return second
	}
	return r
}
