package lang_test

import (
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/lang"
)

func TestALongSentenceIsFoundWhereItBegins(t *testing.T) {
	english, khmer := &lang.Language{Plain: lang.Longest{Words: 4}}, &lang.Language{Plain: lang.Longest{Letters: 6}}
	for text, want := range map[string][]string{
		"One two three four. Five.":                            nil,
		"One. Two three four five six. Seven":                  {"Two three four five six."},
		"One costs 1.5 and 2.5 each":                           {"One costs 1.5 and 2.5 each"}, // a full stop within a number ends nothing
		"He said “one two.” Three four five.":                  nil,
		"one two three\n \nfour five six":                      nil, // a blank line ends a sentence
		"one two three\nfour five":                             {"one two three\nfour five"},
		"Is it so? No! It goes on and on and on… And ends":     {"It goes on and on and on…"},
		"**One two three.** _Four five six._ Seven eight nine": nil,
	} {
		if got := stretches(english, text); !slices.Equal(got, want) {
			t.Errorf("%q: found %q", text, got)
		}
	}
	if got := stretches(khmer, "កខគ។កខគឃងចឆ។ ជ"); !slices.Equal(got, []string{"កខគឃងចឆ។"}) {
		t.Errorf("found %q", got)
	}
	if got := stretches(&lang.Language{}, "one two three four five six seven"); got != nil {
		t.Errorf("without a limit %q is too long", got)
	}
}

func stretches(l *lang.Language, text string) (all []string) {
	for _, s := range l.LongSentences(text) {
		all = append(all, text[s.From:s.To])
	}
	return all
}
