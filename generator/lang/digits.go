package lang

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Digits writes the digits of any one script as those of ASCII. It says false if a text mixes scripts.
func Digits(text string) (plain string, one bool) {
	var zero rune
	one = true
	plain = strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		n := digit(r)
		if zero == 0 {
			zero = r - n
		}
		one = one && zero == r-n
		return '0' + n
	}, text)
	return plain, one
}

// digit is the value of a decimal digit. Unicode keeps the digits of a script together, from zero to nine.
func digit(r rune) rune {
	if r <= '9' {
		return r - '0'
	}
	for _, block := range unicode.Nd.R16 {
		if r <= rune(block.Hi) {
			return (r - rune(block.Lo)) % 10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if r <= rune(block.Hi) {
			return (r - rune(block.Lo)) % 10
		}
	}
	return 0
}

var number = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)

// Numbers lists the numbers of a text from 10 on, sorted and without separators. Smaller ones are often words, and not in every
// language the same ones.
func Numbers(text string) (all []string) {
	plain, _ := Digits(text)
	for _, n := range number.FindAllString(plain, -1) {
		if n = strings.NewReplacer(",", "", ".", "").Replace(n); len(n) > 1 {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}
