package inspect

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
)

const digitsOnly = "write digits only, such as 1234: no commas, decimals or words"

var (
	// several figures in one cell: 12 (F12), 4/2, 5 of 2.
	several = regexp.MustCompile(`[0-9][.,]?[\s(/+;–-].*[0-9]`)
	failed  = regexp.MustCompile(`^#[¡\p{Lu}/0]+[!?]?$`)
)

// broken says whether a cell is what a spreadsheet shows in place of a value that it cannot work out, or a formula itself.
func broken(cell string) bool {
	return cell[0] == '=' || cell[0] == '#' && failed.MatchString(cell)
}

// plainNumber reads digits and nothing else, as most cells with a number are written.
func plainNumber(cell string) (n int64, ok bool) {
	if len(cell) == 0 || len(cell) > 18 || cell[0] == '0' && len(cell) > 1 {
		return 0, false
	}
	for i := range len(cell) {
		if cell[i] < '0' || cell[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(cell[i]-'0')
	}
	return n, true
}

// signs are written as programs write them.
var signs = strings.NewReplacer("−", "-", "’", "'")

// integer reads a whole number: digits of any script, thousands parted as a language of the codebook does, a fraction of zeros.
// A form that languages read differently is refused.
func (g *grammar) integer(cell string) (int64, *refusal) {
	if n, ok := plainNumber(cell); ok {
		return n, nil
	}
	text, same := lang.Digits(cell)
	if !same {
		return 0, refuse("value/integer", digitsOnly, "a whole number")
	}
	text = signs.Replace(plainSpaces(text))
	body, negative := strings.CutPrefix(text, "-")
	whole, bad := g.whole(body)
	if bad != nil {
		return 0, bad
	}
	if len(whole) > 18 {
		return 0, refuse("value/too-large", "look for figures that ran together", "a number of at most 18 digits")
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || len(whole) > 1 && whole[0] == '0' {
		return 0, refuse("value/integer", digitsOnly, "a whole number")
	}
	if negative {
		n = -n
	}
	return n, nil
}

// whole takes the separators out of a number.
func (g *grammar) whole(text string) (string, *refusal) {
	runs, seps := split(text)
	if runs == nil {
		if several.MatchString(text) {
			return "", refuse("value/several", "give each figure a row or a column of its own", "one number").because("several figures in one cell")
		}
		return "", refuse("value/integer", digitsOnly, "a whole number")
	}
	fraction := false
	if n := len(seps); n > 0 && (n == 1 || seps[n-1] != seps[n-2]) { // 1234.0, 1,234.00
		last, mark := runs[n], seps[n-1]
		if len(last) <= 2 && strings.Trim(last, "0") == "" && (mark == '.' || mark == ',' && (n > 1 || strings.Contains(g.decimals, ","))) {
			runs, seps, fraction = runs[:n], seps[:n-1], true
		}
	}
	if len(seps) == 0 {
		return runs[0], nil
	}
	sep := seps[0]
	grouped := len(runs[0]) <= 3 && runs[0][0] != '0'
	for i, run := range runs[1:] {
		grouped = grouped && len(run) == 3 && seps[i] == sep
	}
	switch {
	case !grouped && several.MatchString(text):
		return "", refuse("value/several", "give each figure a row or a column of its own", "one number").because("several figures in one cell")
	case !grouped:
		return "", refuse("value/integer", digitsOnly, "a whole number")
	case fraction, len(seps) > 1 && sep != ' ', strings.IndexByte(g.groups, sep) >= 0 && strings.IndexByte(g.decimals, sep) < 0:
		return strings.Join(runs, ""), nil
	}
	return "", refuse("value/ambiguous", "write digits only, such as 1234", "a number that can be read in one way only").because("a separator on which languages do not agree")
}

// split takes a number apart into runs of digits and the single characters between them. Anything else gives nothing.
func split(text string) (runs []string, seps []byte) {
	from := 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b >= '0' && b <= '9':
		case strings.IndexByte(".,' ", b) >= 0 && i > from && i+1 < len(text):
			runs, seps, from = append(runs, text[from:i]), append(seps, b), i+1
		default:
			return nil, nil
		}
	}
	if from == len(text) {
		return nil, nil
	}
	return append(runs, text[from:]), seps
}

// share reads a percentage, with its sign or without.
func (g *grammar) share(cell string) (int64, *refusal) {
	return g.integer(strings.TrimRight(strings.TrimSuffix(cell, "%"), "\u00a0\u202f "))
}
