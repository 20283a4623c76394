package lang

import (
	_ "embed"
	"strings"
)

//go:embed keys.txt
var keys string

// Keys are the words that pages use, sorted: every language must have each, and no other.
var Keys = strings.Fields(keys)
