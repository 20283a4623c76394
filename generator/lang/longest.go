package lang

import (
	"strconv"
	"strings"
	"unicode"
)

// Longest is how long a sentence may be: in words, or in letters where words are not parted by spaces.
type Longest struct {
	Words   int `yaml:"words" doc:"words at most; 0 for no limit"`
	Letters int `yaml:"letters" doc:"letters at most, marks above and below them not counted; 0 for no limit"`
}

// String says the limits in words.
func (x Longest) String() string {
	if x.Letters > 0 {
		return strconv.Itoa(x.Letters) + " letters"
	}
	return strconv.Itoa(x.Words) + " words"
}

// TooLong says whether a sentence is longer than a language wants its headings.
func (l *Language) TooLong(sentence string) bool {
	return l.Longest.passed(sentence)
}

func (x Longest) passed(sentence string) bool {
	sentence = strings.Join(strings.Fields(sentence), " ")
	return x.Words > 0 && len(strings.Fields(sentence)) > x.Words || x.Letters > 0 && Letters(sentence) > x.Letters
}

// Letters counts what takes room on a line: neither marks nor what nobody sees.
func Letters(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.IsMark(r) && !unicode.Is(unicode.Cf, r) {
			n++
		}
	}
	return n
}
