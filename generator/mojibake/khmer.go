package mojibake

import "unicode/utf8"

const coeng = '\u17d2' // joins the consonant behind it below the one before it

func khmer(r rune) bool  { return r >= 0x1780 && r <= 0x17ff }
func letter(r rune) bool { return r >= 0x1780 && r <= 0x17b3 }
func digit(r rune) bool  { return r >= 0x17e0 && r <= 0x17e9 }

// consonant says whether every reading is one.
func consonants(readings []rune) bool {
	for _, r := range readings {
		if r < 0x1780 || r > 0x17a2 {
			return false
		}
	}
	return len(readings) > 0
}

// told chooses among the readings of a garbled character by what Khmer spelling allows between the characters around it, or gives
// U+FFFD.
func told(readings, before, next []rune) rune {
	if len(readings) == 1 {
		return readings[0]
	}
	last := ' '
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	inWord := letter(last) || last == utf8.RuneError
	switch a := readings[0]; {
	case has(readings, 'ក'): // the other one is out of use
		return 'ក'
	case has(readings, coeng) && inWord && consonants(next):
		return coeng
	case has(readings, 'ៀ') && inWord:
		return 'ៀ'
	case has(readings, 'ទ') && last == coeng: // the other one has no form below a consonant
		return 'ទ'
	case digit(a) && (digit(last) || !khmer(last) && !inWord):
		return a
	case digit(readings[1]) && (digit(last) || !khmer(last) && !inWord):
		return readings[1]
	}
	return utf8.RuneError
}

func has(readings []rune, r rune) bool {
	for _, other := range readings {
		if other == r {
			return true
		}
	}
	return false
}
