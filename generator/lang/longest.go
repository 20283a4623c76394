package lang

import (
	"strconv"
	"strings"
	"unicode"
)

// Longest is how long a sentence may be that heads a page or a figure: in words, or in letters where words are not parted by spaces.
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
	return l.Longest.Words > 0 && len(strings.Fields(sentence)) > l.Longest.Words ||
		l.Longest.Letters > 0 && Letters(sentence) > l.Longest.Letters
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
