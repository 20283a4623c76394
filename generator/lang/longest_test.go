package lang

import "testing"

func TestAHeadingIsMeasuredInWordsOrInLetters(t *testing.T) {
	english, khmer := &Language{Longest: Longest{Words: 3}}, &Language{Longest: Longest{Letters: 4}}
	for _, c := range []struct {
		l    *Language
		text string
		want bool
	}{
		{english, "One two three.", false},
		{english, "One two three four.", true},
		{khmer, "កុមារ", false},         // three letters, a mark below and one behind
		{khmer, "កុមារ\u200bពីរ", true}, // words are parted by what nobody sees
		{&Language{}, "As long as it likes to be, for nobody has said a limit.", false},
	} {
		if c.l.TooLong(c.text) != c.want {
			t.Errorf("%q: too long is %v, expected %v", c.text, !c.want, c.want)
		}
	}
}
