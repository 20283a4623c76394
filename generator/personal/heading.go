package personal

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

var camel = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)

// headingKinds are the kinds that a heading can tell of, the most telling first, with the finding of each.
var headingKinds = []struct {
	category string
	finding  Finding
}{
	{"heading.birthdate", found("a date of birth", "personal/birthdate", 0, 0)},
	{"heading.id", found("numbers of identity papers", "personal/id", 0, 0)},
	{"heading.email", found("e-mail addresses", "personal/email", 0, 0)},
	{"heading.phone", found("telephone numbers", "personal/phone", 0, 0)},
	{"heading.gps", found("points on the map", "personal/gps", 0, 0)},
	{"heading.social", found("accounts of social networks", "personal/social", 0, 0)},
	{"heading.address", found("addresses", "personal/address", 0, 0)},
	{"heading.case", found("codes of cases", "personal/case", 0, 0)},
	{"heading.name", found("names, or who belongs to whom", "personal/name", 0, 0)},
}

// Heading looks at the heading of a column: words, a system's field name, or a path of groups with such a name at its end.
func (d *Detector) Heading(heading string) (Finding, bool) {
	s := headingWords(heading)
	for _, k := range headingKinds {
		if holds(s, words()[k.category]) {
			f := k.finding
			f.End = len(heading)
			return f, true
		}
	}
	return Finding{}, false
}

// isFreeText says whether a heading announces free text.
func isFreeText(heading string) bool { return holds(headingWords(heading), words()["heading.text"]) }

// headingWords brings a heading into words with one space around each, without the phrases that tell of nobody.
func headingWords(heading string) string {
	s := fold(camel.ReplaceAllString(heading, "$1 $2"))
	s = " " + strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !unicode.IsDigit(r)
	}), " ") + " "
	return harmlessHeadings().ReplaceAllString(s, " ")
}

var harmlessHeadings = sync.OnceValue(func() *regexp.Regexp {
	var all []string
	for _, phrase := range words()["heading.none"] {
		if isCased(phrase) {
			phrase = " " + phrase + " "
		}
		all = append(all, regexp.QuoteMeta(phrase))
	}
	return regexp.MustCompile(strings.Join(all, "|"))
})

// holds looks for a phrase, as whole words where the script has capitals.
func holds(s string, phrases []string) bool {
	for _, phrase := range phrases {
		if isCased(phrase) && strings.Contains(s, " "+phrase+" ") || !isCased(phrase) && strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}
