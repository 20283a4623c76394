package personal

import (
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Expressions work on plain text: digits are 0 to 9 there.
var (
	email = regexp.MustCompile(`[\pL\pN.+_-]+ ?(?:@|[(\[] ?at ?[)\]]) ?[\pL\pN-]+(?:\.[\pL\pN-]+)+`)

	link   = regexp.MustCompile(`(?i)\b(?:facebook|fb|instagram|tiktok|twitter|t|wa|m|line|linkedin|youtube|x)\.(?:com|me)/[^\s)\]">]+`)
	handle = regexp.MustCompile(`(?:^|[^\pL\pN.@/])@[\pL\pN_.]{3,}`)

	pair     = regexp.MustCompile(`-?\b([0-9]{1,3}\.[0-9]{4,})\b[ ,;/]{1,3}-?([0-9]{1,3}\.[0-9]{4,})\b`)
	degrees  = regexp.MustCompile(`[0-9]{1,3} ?[°º] ?[0-9]{1,2}(?:[ .'′’]|$)`)
	compass  = regexp.MustCompile(`\b[NSEW] ?[0-9]{1,3}\.[0-9]{4,}|[0-9]{1,3}\.[0-9]{4,} ?°? ?[NSEW]\b`)
	grid     = regexp.MustCompile(`\b[0-9]{1,2}[C-HJ-NP-X] ?[0-9]{6} ?[0-9]{6,7}\b`)
	mapLinks = regexp.MustCompile(`(?i)\bgoo\.gl/maps|\bmaps\.app\.|\bgoogle\.[a-z.]+/maps|\bmaps\.google\.|\bopenstreetmap\.org|\bgeo:[0-9-]`)

	abroad   = regexp.MustCompile(`(?:^|[^0-9])((?:\+|00) ?[0-9][0-9 ().\-/]{6,}[0-9])`)
	national = regexp.MustCompile(`(?:^|[^0-9.,])(\(?0[0-9]{1,3}\)?(?:[ .\-/]?[0-9]{2,4}){2,4})(?:[^0-9.,]|[.,](?:[^0-9]|$)|$)`)

	longRun  = regexp.MustCompile(`(?:^|[^0-9.,])([0-9]{9,})(?:[^0-9.,]|[.,](?:[^0-9]|$)|$)`)
	passport = regexp.MustCompile(`(?:^|[^\pL\pN])[A-Z]{1,2} ?[0-9]{7,9}\b`)

	prefix   = regexp.MustCompile(`^[A-Z]{2,4}$`)
	caseCode = regexp.MustCompile(`\b([A-Za-z]{2,4})([ _\-/.]{0,2})([0-9]{1,6})\b`)
	caseYear = regexp.MustCompile(`\b([A-Z]{2,4})[ \-/]?(?:19|20)[0-9]{2}[ \-/]([0-9]{3,})\b`)
	slug     = regexp.MustCompile(`^[a-z]{3,4}-[0-9]{3,}$`)
)

// cues holds the expressions that are made from the lexicon.
var cues = sync.OnceValue(func() (c struct{ phone, id, birth, house, social cue }) {
	l := words()
	const day = `(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}(?:st|nd|rd|th)?[-/. ][^0-9\n]{0,20}(?:[0-9]{1,2}[-/. ])?[^0-9\n]{0,20}[0-9]{2,4})`
	c.phone = l.cue(l.pattern("word.phone")+`[^0-9\n]{0,12}[0-9](?:[ .\-/]?[0-9]){5,}`, "word.phone")
	c.id = l.cue(l.pattern("word.id")+`[^0-9\n]{0,15}[0-9](?:[ .\-]?[0-9]){4,}`, "word.id")
	c.birth = l.cue(l.pattern("word.birth")+`[^0-9\n]{0,20}`+day, "word.birth")
	c.house = l.cue(l.pattern("word.street")+` ?(?:no\.?|number|#)? ?[0-9]+`+
		`|\b[0-9]+[a-z]?,? (?:\pL+ ){1,2}(?:`+strings.Join(cased(l["word.street"]), "|")+`)(?:[^\pL]|$)`+
		`|\b[0-9]+[a-z]?,?`+l.pattern("word.rue")+`[^\pL]`+
		`|`+l.pattern("word.rue")+` (?:\pL+,? ){1,3}[0-9]`+
		`|`+l.pattern("word.house")+` ?(?:no\.?|number|#)? ?[0-9]+[a-z]?[0-9]* ?(?:[,;]|\n|$)`, "word.street", "word.rue", "word.house")
	c.social = l.cue(l.pattern("word.social")+`(?: ?: ?\S{3,}| @?[\pL\pN.]*[_0-9][\pL\pN._]{2,})`, "word.social")
	return c
})

// cased leaves out what is of no cased script, and quotes the rest.
func cased(all []string) []string {
	var out []string
	for _, word := range all {
		if isCased(word) {
			out = append(out, regexp.QuoteMeta(word))
		}
	}
	return out
}

// first gives the first place that one of the expressions fits.
func first(s string, all ...*regexp.Regexp) (start, end int, ok bool) {
	for _, x := range all {
		if at := x.FindStringIndex(s); at != nil {
			return at[0], at[1], true
		}
	}
	return 0, 0, false
}

// each gives the places where an expression fits, one by one as they are asked for.
func each(s string, x *regexp.Regexp) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		for from := 0; from < len(s); {
			at := x.FindStringSubmatchIndex(s[from:])
			if at == nil {
				return
			}
			for i := range at {
				if at[i] >= 0 {
					at[i] += from
				}
			}
			if !yield(at) {
				return
			}
			from = max(at[1], from+1)
		}
	}
}

// group gives the first group of the first place where an expression fits and the group is good.
func group(s string, x *regexp.Regexp, good func(string) bool) (start, end int, ok bool) {
	for at := range each(s, x) {
		if good(s[at[2]:at[3]]) {
			return at[2], at[3], true
		}
	}
	return 0, 0, false
}

func emails(p plain) (start, end int, f Finding, ok bool) {
	if strings.Contains(p.text, "@") || strings.Contains(p.lower, "at") && strings.ContainsAny(p.text, "([") {
		start, end, ok = first(p.text, email)
	}
	return start, end, found("an e-mail address", "personal/email", 0, 0), ok
}

func social(p plain) (start, end int, f Finding, ok bool) {
	f = found("an account of a social network", "personal/social", 0, 0)
	if strings.ContainsAny(p.text, "@/") {
		if start, end, ok = first(p.text, link, handle); ok {
			return start, end, f, true
		}
	}
	start, end, ok = cues().social.find(p)
	return start, end, f, ok
}

// places finds points on the earth.
func places(p plain) (start, end int, f Finding, ok bool) {
	f = found("a point on the map", "personal/gps", 0, 0)
	if strings.Contains(p.text, ".") {
		for at := range each(p.text, pair) {
			a, _ := strconv.ParseFloat(p.text[at[2]:at[3]], 64)
			b, _ := strconv.ParseFloat(p.text[at[4]:at[5]], 64)
			if a <= 180 && b <= 180 && (a <= 90 || b <= 90) {
				return at[0], at[1], f, true
			}
		}
		if start, end, ok = first(p.text, compass, mapLinks); ok {
			return start, end, f, true
		}
	}
	if strings.ContainsAny(p.text, "°º:") || p.digits > 12 {
		start, end, ok = first(p.text, degrees, grid, mapLinks)
	}
	return start, end, f, ok
}

// phones finds numbers that begin as telephone numbers do, or follow a word for one.
func phones(p plain) (start, end int, f Finding, ok bool) {
	f = found("a telephone number", "personal/phone", 0, 0)
	if p.digits < 6 {
		return 0, 0, f, false
	}
	if start, end, ok = group(p.text, abroad, func(s string) bool { return between(digits(s), 9, 16) }); ok {
		return start, end, f, true
	}
	if start, end, ok = group(p.text, national, func(s string) bool { return between(digits(s), 9, 11) }); ok {
		return start, end, f, true
	}
	start, end, ok = cues().phone.find(p)
	return start, end, f, ok
}

// numbers finds numbers of papers: long runs of digits, a letter before seven or more, digits behind a word for a paper.
func numbers(p plain) (start, end int, f Finding, ok bool) {
	f = found("the number of an identity paper", "personal/id", 0, 0)
	if p.digits < 5 {
		return 0, 0, f, false
	}
	if start, end, ok = group(p.text, longRun, func(string) bool { return true }); ok {
		return start, end, f, true
	}
	if start, end, ok = first(p.text, passport); ok {
		return start, end, f, true
	}
	start, end, ok = cues().id.find(p)
	return start, end, f, ok
}

func births(p plain) (start, end int, f Finding, ok bool) {
	if p.digits > 2 {
		start, end, ok = cues().birth.find(p)
	}
	return start, end, found("a date of birth", "personal/birthdate", 0, 0), ok
}

func addresses(p plain) (start, end int, f Finding, ok bool) {
	if p.digits > 0 {
		start, end, ok = cues().house.find(p)
	}
	return start, end, found("an address", "personal/address", 0, 0), ok
}

// cases finds codes of cases. Behind letters that are a code of the codebook, such as a type of case, two digits are enough, since
// SA1 may say that one of a group was of type SA; behind other capitals three, and no year.
func (d *Detector) cases(p plain) (start, end int, f Finding, ok bool) {
	f = found("the code of a case", "personal/case", 0, 0)
	if p.digits < 2 {
		return 0, 0, f, false
	}
	for at := range each(p.text, caseCode) {
		letters, gap, number := p.text[at[2]:at[3]], p.text[at[4]:at[5]], p.text[at[6]:at[7]]
		upper := strings.ToUpper(letters)
		switch padded := len(number) > 1 && number[0] == '0'; {
		case notCase()[letters] || d.vouched[strings.ToLower(p.text[at[0]:at[1]])]:
		case d.prefixes[upper] && (padded || len(number) > 2 && !isYear(number)),
			d.prefixes[letters] && gap != "" && len(number) > 1 && !isYear(number),
			letters == upper && (padded && len(number) > 2 || len(number) > 2 && !isYear(number)):
			return at[0], at[1], f, true
		}
	}
	for at := range each(p.text, caseYear) {
		if !notCase()[p.text[at[2]:at[3]]] && !isYear(p.text[at[4]:at[5]]) {
			return at[0], at[1], f, true
		}
	}
	return 0, 0, f, false
}

var notCase = sync.OnceValue(func() map[string]bool { return words().set("notcase") })

func isYear(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }

func between(n, low, high int) bool { return low <= n && n <= high }

// digits counts them.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if '0' <= r && r <= '9' {
			n++
		}
	}
	return n
}

// tellsOfSomebody says whether a cell is a text about a person: a sentence with she, father and the like.
func tellsOfSomebody(s string) bool {
	tokens := strings.FieldsFunc(strings.ToLower(s), notLetter)
	people := 0
	for _, token := range tokens {
		if personWords()[token] {
			people++
		}
	}
	if len(tokens) >= 6 && people > 0 {
		return true
	}
	return utf8.RuneCountInString(s) >= maxNote && slices.ContainsFunc(caselessPerson(), func(word string) bool { return strings.Contains(s, word) })
}

var (
	personWords    = sync.OnceValue(func() map[string]bool { return words().set("word.person") })
	caselessPerson = sync.OnceValue(func() []string { return slices.DeleteFunc(slices.Clone(words()["word.person"]), isCased) })
)
