package built

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// cellSign stands in a text for an element that names its cell.
const cellSign = "\uFFFC"

// vocabulary is what a site may say in numbers without naming a cell: the texts of the release, in every language, and the
// sentences that they give when their blanks are filled with periods, the rule's parameters, plans, sizes of files and shown
// values. A number is allowed only together with what stands around it there: "rounded to 5" gives no other 5.
type vocabulary struct {
	around map[string][]context // by run of digits
	parent *vocabulary
}

// context is what stands before and behind a run of digits. Where whole is set, the run must be all that a text says.
type context struct {
	before, after string
	whole         bool
}

// newVocabulary reads what a ledger's newest release says.
func newVocabulary(l *ledger.Ledger) *vocabulary {
	r := l.Newest()
	w := &vocabulary{around: map[string][]context{}}
	w.add("404 Page not found") // the words of servers, which Hugo takes over
	w.add("font/woff2")
	w.add("woff2")
	w.add("UTF-8")
	w.add("http://www.w3.org/ns/csvw")
	var descriptor any
	if json.Unmarshal(r.Files[ledger.Descriptor], &descriptor) == nil {
		w.texts(descriptor, "")
	}
	for _, old := range l.Releases {
		w.add(old.Release.ID)
		w.add(old.Release.Date)
		w.add(old.Release.Date + "T00:00:00Z")
	}
	for _, gone := range l.Withdrawn {
		w.add(gone.Release.ID)
		w.add(gone.Release.Period)
		w.add(gone.Release.Date)
	}
	for _, t := range r.Tables {
		w.add(t.Name)
		for _, a := range t.Attributes {
			w.tags(a.HXL, r.Languages)
		}
	}
	var codes []string
	for _, language := range r.Languages {
		codes = append(codes, language.Code)
	}
	for _, language := range r.Languages {
		w.share(descriptor, codes, language, r.Languages)
		w.language(r, language)
		w.editions(l, language)
	}
	return w
}

// tags adds how a column of codes is tagged where their names stand, in each language.
func (w *vocabulary) tags(hxl string, languages []*lang.Language) {
	parts := strings.Split(hxl, "+")
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "code" || part == "name" })
	w.add(strings.Join(parts, "+") + "+code")
	for _, l := range languages {
		w.add(strings.Join(parts, "+") + "+name+i_" + strings.ReplaceAll(strings.ToLower(l.Code), "-", "_"))
	}
}

// texts adds every text of a descriptor.
func (w *vocabulary) texts(x any, key string) {
	switch x := x.(type) {
	case string:
		if key != "hash" {
			w.add(x)
		}
	case []any:
		for _, item := range x {
			w.texts(item, key)
		}
	case map[string]any:
		for name, item := range x {
			w.add(name)
			w.texts(item, name)
		}
	}
}

// language adds what a language makes of periods, dates, the rule, plans, the certificate and shown totals.
func (w *vocabulary) language(r *ledger.Release, l *lang.Language) {
	period := func(id string) string {
		if p, err := calendar.Parse(id); err == nil {
			return l.Period(p, r.Calendar)
		}
		return id
	}
	periods := map[string]bool{}
	for _, p := range r.Periods {
		periods[p] = true
	}
	for _, t := range r.Targets {
		periods[t.Period] = true
		w.plan(r, l, t, period(t.Period))
	}
	for p := range periods {
		w.add(p)
		w.add(period(p))
		w.days(r, p)
	}
	w.next(r, l)
	if day, err := time.Parse(time.DateOnly, r.Release.Date); err == nil {
		w.add(l.Day(day))
	}
	rule := map[string]string{"threshold": l.Int(r.Rule.Threshold), "base": l.Int(r.Rule.Base)}
	w.add("<" + rule["threshold"])
	for _, word := range []string{"small", "rounded-to", "note-rounding", "note-small"} {
		w.add(lang.Fill(l.Word(word), rule))
	}
	if c := r.Certificate; c != nil {
		tables := 0
		for _, t := range r.Tables {
			if r.Indicator(t.Indicator).Class == "children" {
				tables++
			}
		}
		w.add(lang.Fill(l.Word("audit-checked"), map[string]string{
			"tables": l.Int(int64(tables)), "cells": l.Int(int64(c.Cells)), "targets": l.Int(int64(c.Targets)), "systems": l.Int(int64(c.Systems)),
		}))
		w.add(lang.Fill(l.Word("audit-narrowest"), map[string]string{"values": l.Int(c.Narrowest)}))
	}
	for i := range r.Indicators {
		ind := &r.Indicators[i]
		for p := range periods {
			if v, ok := r.Value(ind.ID + "/" + p); ok {
				w.add(lang.Fill(ind.Sentence[l.Code], map[string]string{"value": shown(r, l, v), "period": period(p)}))
			}
		}
	}
}

// editions adds what is said of releases: their days, why they were made or withdrawn, and the names of figures that changed.
func (w *vocabulary) editions(l *ledger.Ledger, language *lang.Language) {
	day := func(iso string) string {
		t, err := time.Parse(time.DateOnly, iso)
		if err != nil {
			return ""
		}
		return language.Day(t)
	}
	var before *ledger.Release
	for _, r := range l.Releases {
		w.add(day(r.Release.Date))
		for _, x := range r.Corrections {
			w.add(x.Text[language.Code])
		}
		for _, c := range ledger.Compare(before, r) {
			if before != nil && c.Kind() != "new" {
				w.add(before.InWords(c.Cell, language.Code))
				w.add(r.InWords(c.Cell, language.Code))
			}
		}
		before = r
	}
	for _, gone := range l.Withdrawn {
		w.add(day(gone.Release.Date))
		w.add(gone.Reason.Text[language.Code])
		w.add(lang.Fill(language.Word("edition-withdrawn"), map[string]string{"date": day(gone.Withdrawn)}))
	}
}

// plan adds the sentence that the shown values allow to be said of a plan, and no other.
func (w *vocabulary) plan(r *ledger.Release, l *lang.Language, t ledger.Target, period string) {
	may, verdict := r.Bounds(t.Cell), verdictOn(r, t)
	filled := map[string]string{"target": l.Int(t.Value), "period": period, "from": l.Int(may.Lo), "to": l.Int(may.Hi), "value": cellSign}
	w.add(lang.Fill(l.Word("verdict-"+verdict), filled))
	if verdict == "unclear" {
		w.add(lang.Fill(l.Word("plan-range"), filled))
	}
	if v, ok := r.Value(t.Cell); ok {
		filled["value"] = shown(r, l, v)
		w.add(lang.Fill(l.Word("verdict-"+verdict), filled))
	}
}

// days adds the first and the last day of a period, as data write them.
func (w *vocabulary) days(r *ledger.Release, id string) {
	if p, err := calendar.Parse(id); err == nil && p.Kind != calendar.Undated {
		first, last := r.Calendar.Bounds(p)
		w.add(first.Format(time.DateOnly))
		w.add(last.Format(time.DateOnly))
	}
}

// next adds when the next release is expected.
func (w *vocabulary) next(r *ledger.Release, l *lang.Language) {
	if p, err := calendar.Parse(r.Organisation.Next); err == nil {
		w.add(l.Period(p, r.Calendar))
	} else if day, err := time.Parse(time.DateOnly, r.Organisation.Next); err == nil {
		w.add(l.Day(day))
	}
}

// verdictOn says whether a plan was met, as far as shown values allow.
func verdictOn(r *ledger.Release, t ledger.Target) string {
	may := r.Bounds(t.Cell)
	less := r.Indicator(t.Indicator).Better == "lower"
	switch {
	case !r.Bounded(t.Cell):
		return "open"
	case less && may.Hi <= t.Value, !less && may.Lo >= t.Value:
		return "met"
	case less && may.Lo > t.Value, !less && may.Hi < t.Value:
		return "not-met"
	}
	return "unclear"
}

var blank = regexp.MustCompile(`\{[a-z0-9-]+\}`)

// add allows the numbers of a text where they stand in it as they do here. What fills a blank is not known here.
func (w *vocabulary) add(text string) {
	for _, piece := range blank.Split(text, -1) {
		piece = plain(piece)
		runs := digits.FindAllStringIndex(piece, -1)
		bare := len(runs) == 1 && strings.TrimSpace(piece) == piece[runs[0][0]:runs[0][1]]
		for _, form := range []string{piece, dashed(piece), strings.ToLower(piece)} {
			for _, at := range digits.FindAllStringIndex(form, -1) {
				c := context{form[:at[0]], form[at[1]:], bare}
				run := form[at[0]:at[1]]
				if !slices.Contains(w.around[run], c) {
					w.around[run] = append(w.around[run], c)
				}
			}
			if strings.Contains(piece, " ") || len(runs) == 0 {
				break // only names become parts of addresses
			}
		}
	}
}

// dashed is a name as ids of elements have it.
func dashed(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name)
}

// unexplained gives the first number of a text that the vocabulary does not have, with what stands around it.
func (w *vocabulary) unexplained(text string) (run, around string) {
	if strings.IndexFunc(text, unicode.IsNumber) < 0 {
		return "", ""
	}
	text = plain(text)
	for _, at := range digits.FindAllStringIndex(text, -1) {
		run := text[at[0]:at[1]]
		if !year(text, at[0], at[1]) && !w.has(text, at[0], at[1]) {
			return run, text[max(0, start(text, at[0]-30)):min(len(text), end(text, at[1]+30))]
		}
	}
	return "", ""
}

func (w *vocabulary) has(text string, from, to int) bool {
	before, after := text[:from], text[to:]
	for _, c := range w.around[text[from:to]] {
		if c.whole {
			if alone(before, after) {
				return true
			}
			continue
		}
		left, begins := strings.CutSuffix(before, c.before)
		right, ends := strings.CutPrefix(after, c.after)
		if begins && ends && !within(left, c.before) && !within(c.after, right) {
			return true
		}
	}
	return w.parent != nil && w.parent.has(text, from, to)
}

// within says whether a text that begins behind another one begins inside a word: "o7" does not stand in "do7".
func within(before, text string) bool {
	return before != "" && text != "" && letter(before[len(before)-1]) && letter(text[0])
}

func letter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' || isDigit(b) }

// alone says whether nothing else stands between two signs that part texts.
func alone(before, after string) bool {
	before, after = strings.TrimRight(before, " "), strings.TrimLeft(after, " ")
	ends := func(r rune) bool { return strings.ContainsRune("|·", r) }
	return (before == "" || strings.HasSuffix(before, "|") || strings.HasSuffix(before, "·")) && (after == "" || strings.IndexFunc(after, ends) == 0)
}

// year says whether a number is a year: four digits that no sign ties to further ones.
func year(text string, from, to int) bool {
	n, err := strconv.Atoi(text[from:to])
	tied := from > 1 && strings.ContainsRune(".,'", rune(text[from-1])) && isDigit(text[from-2]) ||
		to+1 < len(text) && strings.ContainsRune(".,'", rune(text[to])) && isDigit(text[to+1])
	return err == nil && to-from == 4 && n >= 1900 && n <= 2100 && !tied
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// digits are runs of whatever Unicode calls a number: digits of any script, fractions, superscripts, Roman and circled ones.
var digits = regexp.MustCompile(`[0-9\p{N}]+`)

// plain writes a text with the digits 0 to 9, single spaces and without signs that nobody sees.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r < 0x80:
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Nd, r):
			zero := r
			for unicode.Is(unicode.Nd, zero-1) { // ranges of digits begin with a zero
				zero--
			}
			return '0' + (r-zero)%10
		}
		return r
	}, text)
	return strings.Join(strings.FieldsFunc(text, unicode.IsSpace), " ")
}

// start and end move a place to where a character begins.
func start(text string, at int) int {
	for at > 0 && at < len(text) && text[at]&0xC0 == 0x80 {
		at--
	}
	return at
}

func end(text string, at int) int {
	for at < len(text) && text[at]&0xC0 == 0x80 {
		at++
	}
	return at
}

// shown is how a value is written in a language.
func shown(r *ledger.Release, l *lang.Language, v ledger.Value) string {
	if n, ok := v.Number(); ok {
		return l.Int(n)
	}
	switch v.Status() {
	case ledger.Small:
		return "<" + l.Int(r.Rule.Threshold)
	case ledger.Impossible:
		return "-"
	case ledger.Missing:
		return l.Word("not-reported")
	}
	return ".."
}

// spoken is the same for those who listen; a number is not spoken otherwise.
func spoken(r *ledger.Release, l *lang.Language, v ledger.Value) string {
	switch v.Status() {
	case ledger.Small:
		return lang.Fill(l.Word("small"), map[string]string{"threshold": l.Int(r.Rule.Threshold)})
	case ledger.Missing:
		return l.Word("not-reported")
	}
	return l.Word(string(v.Status()))
}
