package lang

import (
	"strings"
	"unicode"
)

// Stretch is a part of a text, from byte to byte.
type Stretch struct{ From, To int }

// ends are signs that a sentence ends with. A full stop, question or exclamation mark ends one only before a space: within a number or an
// address it does not.
const (
	ends     = ".!?…"
	endsHard = "។៕៚。！？।؟۔"
)

// LongSentences gives the sentences of a running text that are longer than the language calls plain. A line that is blank ends one.
func (l *Language) LongSentences(text string) []Stretch {
	var all []Stretch
	from := 0
	end := func(to int) {
		sentence := text[from:to]
		lead := len(sentence) - len(strings.TrimLeftFunc(sentence, unicode.IsSpace))
		if l.Plain.passed(sentence) {
			all = append(all, Stretch{from + lead, from + len(strings.TrimRightFunc(sentence, unicode.IsSpace))})
		}
		from = to
	}
	closed, line := false, false // what stands before is the end of a sentence; of a line, with nothing behind it
	for i, r := range text {
		switch {
		case strings.ContainsRune(endsHard, r):
			end(i + len(string(r)))
			closed = false
		case strings.ContainsRune(ends, r):
			closed = true
		case closed && unicode.IsSpace(r), line && r == '\n':
			end(i)
			closed = false
		case !unicode.In(r, unicode.Pe, unicode.Pf) && !strings.ContainsRune(`"'*_`, r): // a quotation may end behind the full stop
			closed = false
		}
		line = r == '\n' || line && unicode.IsSpace(r)
	}
	end(len(text))
	return all
}
