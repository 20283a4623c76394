// Package personal finds what could name a person: names, telephone numbers, addresses and their like.
//
// In: headings and cells of exports, and the texts of pages. Out: findings, each with what it looks like in words; a Guard and
// ReadPages turn them into diagnostics. It never repeats what it found. A cell that a code list vouches for is never suspicious.
// docs/personal-data.md says what is found and what is not.
package personal

import (
	"strings"
	"unicode/utf8"

	"github.com/ccpcr/impact/generator/codebook"
)

// Finding is a part of a text that looks personal.
type Finding struct {
	Code       string // personal/name, personal/phone and so on
	Looks      string // what it looks like, in words
	Start, End int    // in bytes
}

// found makes a finding of the bytes from start to end. Its code stands second, where the test of all codes looks for it.
func found(looks, code string, start, end int) Finding { return Finding{code, looks, start, end} }

// Detector knows the words of the codebook, which are harmless, and the beginnings of case codes. It is never changed once
// made, so any number of goroutines may use it.
type Detector struct {
	vouched  map[string]bool // whole texts of the codebook, folded
	known    map[string]bool // single words of them, and common ones
	prefixes map[string]bool // codes in capitals that a case code may begin with
	rules    []rule
}

// New makes a detector for an organisation. Without a codebook nothing is vouched for.
func New(cb *codebook.Codebook) *Detector {
	d := &Detector{vouched: map[string]bool{}, known: words().set("common", "institution"), prefixes: map[string]bool{}}
	if cb != nil {
		for _, text := range textsOf(cb) {
			d.vouched[key(text)] = true
			for _, word := range strings.FieldsFunc(fold(text), notLetter) {
				d.known[word] = true
			}
		}
		for _, l := range cb.Lists {
			for _, c := range l.Codes {
				if prefix.MatchString(c.ID) {
					d.prefixes[c.ID] = true
				}
			}
		}
	}
	d.rules = []rule{emails, social, places, phones, d.cases, numbers, births, addresses}
	return d
}

// textsOf lists what the codebook itself says: codes, labels, titles.
func textsOf(cb *codebook.Codebook) []string {
	var all []string
	add := func(texts ...map[string]string) {
		for _, t := range texts {
			for _, s := range t {
				all = append(all, s)
			}
		}
	}
	add(cb.Organisation.Name, cb.Organisation.Short, cb.Organisation.Mission)
	for _, l := range cb.Lists {
		add(l.Title)
		for _, c := range l.Codes {
			all = append(append(all, c.ID), c.Variants...)
			add(c.Label, c.Note)
		}
	}
	for _, x := range cb.Datasets {
		add(x.Title)
	}
	for _, x := range cb.Programmes {
		add(x.Title, x.Summary)
	}
	for _, x := range cb.Indicators {
		add(x.Title, x.Definition)
	}
	for _, x := range cb.Statements {
		add(x.Title)
	}
	return all
}

// key makes two spellings of one text the same.
func key(s string) string { return strings.Join(strings.Fields(fold(s)), " ") }

// rule finds one kind of personal data in a text.
type rule func(plain) (start, end int, f Finding, ok bool)

// maxCell is how long a cell may be, in characters.
const maxCell = 200

// Cell looks at a cell that no list vouches for.
func (d *Detector) Cell(cell string) (Finding, bool) {
	if d.vouched[key(cell)] {
		return Finding{}, false
	}
	if utf8.RuneCountInString(cell) > maxCell {
		return found("a long text, in which anything may stand", "personal/text", 0, len(cell)), true
	}
	p := plainOf(cell)
	for _, r := range d.rules {
		if start, end, f, ok := r(p); ok {
			f.Start, f.End = p.at[start], p.at[end]
			return f, true
		}
	}
	whole := func(looks, code string) (Finding, bool) { return found(looks, code, 0, len(cell)), true }
	switch {
	case slug.MatchString(strings.TrimSpace(p.text)):
		return whole("the code of a case", "personal/case")
	case d.isName(cell), len(d.namesWithin(cell)) > 0:
		return whole("a person's name", "personal/name")
	case manyPlaces(p):
		return whole("an address", "personal/address")
	case tellsOfSomebody(p.text):
		return whole("a text about a person", "personal/text")
	}
	return Finding{}, false
}

// Text lists what looks personal in running text, such as a page: kind by kind, each in the order of the text.
func (d *Detector) Text(text string) []Finding {
	var all []Finding
	whole := plainOf(text)
	for _, r := range d.rules {
		for p := whole; ; {
			start, end, f, ok := r(p)
			if !ok {
				break
			}
			f.Start, f.End = p.at[start], p.at[end]
			all = append(all, f)
			p = p.from(end)
		}
	}
	return append(all, d.namesWithin(text)...)
}
