package lang

import (
	_ "embed"
	"strings"
)

// keysText has a line for each word that pages use: its key, then the blanks that its text must hold.
//
//go:embed keys.txt
var keysText string

// Keys are the words that pages use, sorted: every language must have each, and no other. Blanks gives for each key the blanks
// of its text, sorted.
var Keys, Blanks = readKeys()

func readKeys() (keys []string, blanks map[string][]string) {
	blanks = map[string][]string{}
	for line := range strings.Lines(keysText) {
		fields := strings.Fields(line)
		keys = append(keys, fields[0])
		blanks[fields[0]] = fields[1:]
	}
	return keys, blanks
}
