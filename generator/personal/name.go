package personal

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

func notLetter(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && r != '\'' && r != '-'
}

// names are the words that the detectors of names look up.
type names struct{ family, word, given, title, particle, prefix, institution, joins, before map[string]bool }

var nameWords = sync.OnceValue(func() names {
	l := words()
	return names{l.set("family", "family.word"), l.set("family.word"), l.set("given"), l.set("title"), l.set("particle"), l.set("prefix"), l.set("institution"), l.set("joins"), l.set("before")}
})

// token is a word of a text.
type token struct {
	word       string // as written, plain
	folded     string
	start, end int  // in the text, in bytes
	spaced     bool // white space stands before it and nothing else, not even an empty line
}

// tokensOf cuts a text into words. A zero-width space ends a word, since scripts without spaces have nothing else.
func tokensOf(s string) []token {
	var all []token
	start, gap := -1, 0
	flush := func(end int) {
		if start >= 0 {
			word := plainOf(s[start:end]).text
			all = append(all, token{word, strings.ToLower(word), start, end, isSpaces(s[gap:start])})
			start, gap = -1, end
		}
	}
	for i, r := range s {
		if inWord := !notLetter(r) || unicode.IsDigit(r); inWord && start < 0 {
			start = i
		} else if !inWord {
			flush(i)
		}
	}
	flush(len(s))
	return all
}

func isSpaces(s string) bool {
	for _, r := range s {
		if r != '.' && !unicode.IsSpace(r) {
			return false
		}
	}
	return s != "" && strings.Count(s, "\n") < 2
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// isName says whether a whole cell is the name of a person: a name that is known, behind a title or alone; or two to four words
// with capitals of which none is known, neither to the codebook nor as a common word.
func (d *Detector) isName(cell string) bool {
	n := nameWords()
	tokens := tokensOf(cell)
	if len(tokens) == 0 || len(tokens) > 5 {
		return false
	}
	for _, t := range tokens {
		if hasDigit(t.word) || n.institution[t.folded] || n.joins[t.folded] {
			return false
		}
	}
	if !isCased(tokens[0].word) {
		return n.caselessName(tokens)
	}
	hits, families, particles, strange, capitals := 0, 0, 0, 0, 0
	for _, t := range tokens {
		switch {
		case n.given[t.folded] || n.startsAsName(t.folded):
			hits++
		case n.particle[t.folded]:
			particles++
			continue
		case n.family[t.folded]:
			families++
			continue
		case utf8.RuneCountInString(t.word) == 1:
			continue
		case d.known[t.folded]:
			return false
		default:
			strange++
		}
		if isCapital(t.word) {
			capitals++
		}
	}
	switch {
	case hits > 0:
		return len(tokens) > 1 || !d.known[tokens[0].folded]
	case families > 0 && len(tokens) > 1:
		return strange > 0 || families > 1 && isCapital(tokens[0].word)
	}
	return strange > 1 && strange == capitals && particles == 0 && len(tokens) < 5
}

// caselessName is isName for a script without capitals: a family's name with any word behind it, a given name alone, or both
// written together.
func (n names) caselessName(tokens []token) bool {
	head := tokens[0].folded
	switch {
	case n.title[head] && len(tokens) > 1:
		return true
	case len(tokens) > 3:
		return false
	case n.family[head]:
		return len(tokens) == 2 && !n.word[head] || len(tokens) > 1 && n.given[tokens[1].folded]
	case len(tokens) == 1:
		return n.given[head] || n.startsAsName(head) || n.together(head)
	}
	return false
}

// together says whether a word is a family's name and a given one without a space.
func (n names) together(word string) bool {
	for i := range word {
		if n.family[word[:i]] && n.given[word[i:]] {
			return true
		}
	}
	return false
}

// startsAsName says whether a word begins as names do and goes on for long enough.
func (n names) startsAsName(word string) bool {
	for p := range n.prefix {
		if rest, ok := strings.CutPrefix(word, p); ok && utf8.RuneCountInString(rest) > 2 {
			return true
		}
	}
	return false
}

// namesWithin finds names in running text: two known names side by side, or a title and a word with a capital.
func (d *Detector) namesWithin(text string) []Finding {
	n := nameWords()
	tokens := tokensOf(text)
	var all []Finding
	for i := 0; i+1 < len(tokens); i++ {
		a, b := tokens[i], tokens[i+1]
		if i+2 < len(tokens) && tokens[i+2].spaced && isCapital(tokens[i+2].word) && n.institution[tokens[i+2].folded] {
			continue // a place or an office that is called so
		}
		if b.spaced && (n.pair(a, b) || d.strangeName(a, b)) && !d.vouched[key(text[a.start:b.end])] {
			all = append(all, found("a person's name", "personal/name", a.start, b.end))
			i++
		}
	}
	return all
}

func (n names) pair(a, b token) bool {
	if !isCased(a.word) {
		return n.family[a.folded] && (n.given[b.folded] || n.startsAsGiven(b.folded))
	}
	if !isCapital(b.word) || utf8.RuneCountInString(b.word) < 2 || n.institution[b.folded] {
		return false
	}
	return n.title[a.folded] || isCapital(a.word) && (n.family[a.folded] && n.given[b.folded] || n.given[a.folded] && (n.family[b.folded] || n.given[b.folded]))
}

// strangeName says whether a given name stands before a word with a capital that nobody knows.
func (d *Detector) strangeName(a, b token) bool {
	return isCased(a.word) && isCapital(a.word) && isCapital(b.word) && nameWords().given[a.folded] && !d.known[a.folded] &&
		utf8.RuneCountInString(b.word) > 2 && !d.known[b.folded] && !hasDigit(b.word)
}

// startsAsGiven finds a given name to which the next words are written without a space.
func (n names) startsAsGiven(word string) bool {
	for i := range word {
		if i > 0 && utf8.RuneCountInString(word[:i]) > 3 && n.given[word[:i]] {
			return true
		}
	}
	return false
}

// manyPlaces says whether a cell names places of two levels, such as a village and its commune: nearer than any figure goes.
func manyPlaces(p plain) bool {
	s, levels := p.text, 0
	for _, level := range levelPatterns() {
		if _, _, ok := level.find(p); !ok {
			continue
		}
		x := level.x
		for at := range each(s, x) {
			if x.NumSubexp() > 0 && at[2] >= 0 && !namesPlace(s, at[2], at[3]) {
				continue
			}
			levels++
			break
		}
	}
	return levels > 1
}

// namesPlace says whether a word of a script without spaces between words stands for one place: nothing but its name follows.
func namesPlace(s string, start, end int) bool {
	n := nameWords()
	for word := range n.joins {
		if strings.HasPrefix(s[end:], word) {
			return false
		}
	}
	for word := range n.before {
		if strings.HasSuffix(s[:start], word) {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(s[end:])
	return unicode.IsLetter(r)
}

var levelPatterns = sync.OnceValue(func() []cue {
	l := words()
	var all []cue
	for _, level := range []string{"word.village", "word.commune", "word.district"} {
		before, behind := cased(l[level]), []string{`\x00`}
		for _, word := range l[level] {
			if !isCased(word) {
				behind = append(behind, regexp.QuoteMeta(word))
			}
		}
		latin := strings.Join(before, "|")
		all = append(all, l.cue(`(?-i)(?:^|[^\pL])(?i:`+latin+`) \p{Lu}|\p{Lu}\pL+ (?i:`+latin+`)(?:[^\pL]|$)|(`+strings.Join(behind, "|")+`)`, level))
	}
	return append(all, l.cue(l.pattern("word.group")+` ?[0-9]+`, "word.group"))
})
