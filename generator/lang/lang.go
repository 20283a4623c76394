// Package lang knows how a language writes: its words, numbers, dates and script.
//
// In: a language's folder of the codebook, or of a release, as data. Out: finished strings. Numbers are formatted here and
// nowhere else, since browsers, Hugo and ICU disagree (Khmer 19,350.5 comes out of some as 19.350,5). It holds no counts and
// serves both sides of the wall.
package lang

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
)

// Text is a text in every language of an organisation, by language code.
type Text map[string]string

// Language is one language folder: codebook/languages/<code>/.
type Language struct {
	Code      string            `json:"code" yaml:"-"`
	Name      string            `json:"name" yaml:"name,required" doc:"what the language calls itself, as the language switch shows it"`
	Locale    string            `json:"locale" yaml:"locale,required" doc:"BCP 47 tag for lang attributes, such as en or km-KH"`
	Direction string            `json:"direction" yaml:"direction,required" enum:"ltr,rtl" doc:"ltr or rtl"`
	Reviewed  bool              `json:"reviewed" yaml:"reviewed,required" doc:"whether a native reader has checked every word; if not, pages say so"`
	Digits    string            `json:"digits" yaml:"digits,required" doc:"the ten digits from zero to nine"`
	Group     string            `json:"group" yaml:"group,required" doc:"what parts thousands, such as a comma; may be empty"`
	Months    []string          `json:"months" yaml:"months,required" doc:"the twelve months from January"`
	Date      string            `json:"date" yaml:"date,required" doc:"a date, with {day}, {month} and {year}"`
	Year      string            `json:"year" yaml:"year,required" doc:"a year, with {year}, or {start} and {end} where a fiscal year crosses two"`
	Quarter   string            `json:"quarter" yaml:"quarter,required" doc:"a quarter, with {quarter} and the same as year"`
	Undated   string            `json:"undated" yaml:"undated,required" doc:"what stands for the year of a figure that bears none"`
	Era       int               `json:"-" yaml:"era" doc:"how many years the calendar of dates in exports may be ahead of the common one, such as 543"`
	Longest   Longest           `json:"-" yaml:"longest" doc:"how long a sentence may be that heads a page or a figure"`
	Plain     Longest           `json:"-" yaml:"plain" doc:"how long a sentence of running text may be; check warns of longer ones"`
	Alike     []string          `json:"alike,omitempty" yaml:"alike" doc:"spellings that the search takes for the same, such as æ=ae"`
	Checked   []string          `json:"checked,omitempty" yaml:"-"` // texts that a native reader has checked, word for word
	Font      *Font             `json:"font,omitempty" yaml:"font" doc:"a web font, where systems lack one for the script"`
	Words     map[string]string `json:"words" yaml:"-"`
}

// Font is the web font of a script. The files stand in the site's assets/fonts.
type Font struct {
	Family       string  `json:"family" yaml:"family,required" doc:"the name that stylesheets use"`
	Regular      string  `json:"regular" yaml:"regular,required" doc:"WOFF2 file of weight 400"`
	Bold         string  `json:"bold" yaml:"bold,required" doc:"WOFF2 file of weight 700"`
	UnicodeRange string  `json:"unicodeRange" yaml:"unicodeRange,required" doc:"CSS unicode-range that the font serves"`
	Scale        float64 `json:"scale" yaml:"scale,required" doc:"size of the script against Latin, such as 1.06"`
	LineHeight   float64 `json:"lineHeight" yaml:"lineHeight,required" doc:"line height of running text, such as 1.85"`
}

// Int writes a whole number with the language's digits and separator. The minus is U+2212.
func (l *Language) Int(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		s, sign = s[1:], "−"
	}
	digits := []rune(l.Digits)
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(l.Group)
		}
		b.WriteRune(digits[r-'0'])
	}
	return b.String()
}

// plain writes a number that is a name, such as a year: digits without separators.
func (l *Language) plain(n int) string {
	digits := []rune(l.Digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

// Day writes a date.
func (l *Language) Day(t time.Time) string {
	return Fill(l.Date, map[string]string{
		"day": l.plain(t.Day()), "month": l.Months[t.Month()-1], "year": l.plain(t.Year()),
	})
}

// Period writes a period of the calendar.
func (l *Language) Period(p calendar.Period, c calendar.Calendar) string {
	switch p.Kind {
	case calendar.Undated:
		return l.Undated
	case calendar.ThreeYears:
		years := p.Parts()
		return l.Period(years[0], c) + "–" + l.Period(years[2], c)
	}
	first, last := c.Bounds(p.InYear())
	values := map[string]string{
		"year": l.plain(p.Year), "start": l.plain(first.Year()), "end": l.plain(last.Year()), "quarter": l.plain(p.Quarter),
	}
	if p.Kind == calendar.Quarter {
		return Fill(l.Quarter, values)
	}
	return Fill(l.Year, values)
}

// Word gives a word of the interface; a key that the language lacks comes back in brackets, so that it shows.
func (l *Language) Word(key string) string {
	if w, ok := l.Words[key]; ok {
		return w
	}
	return "[" + key + "]"
}

var placeholder = regexp.MustCompile(`\{([a-z0-9-]+)\}`)

// Fill replaces each {name} of a template by its value. A name without a value stays as it stands.
func Fill(template string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(template, func(m string) string {
		if v, ok := values[m[1:len(m)-1]]; ok {
			return v
		}
		return m
	})
}

// Placeholders lists the names of a template, sorted, each once.
func Placeholders(template string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(template, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
