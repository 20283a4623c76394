package inspect

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
)

var (
	words  = regexp.MustCompile(`[\p{L}\p{M}]+`)
	parts  = regexp.MustCompile(`[0-9]+|[\p{L}\p{M}]+`)
	clock  = regexp.MustCompile(`[T ]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?(?: ?Z| ?[+-][0-9]{2}:?[0-9]{2})?$`)
	three  = regexp.MustCompile(`^([0-9]{1,4})([-/. ])([0-9]{1,2})([-/. ])([0-9]{1,4})$`)
	eight  = regexp.MustCompile(`^([0-9]{4})([0-9]{2})([0-9]{2})$`)
	serial = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)
	// yearOf finds the year of a period, and what a spreadsheet adds to a year that it takes for a number.
	// Some systems and people write a quarter of the common year as 2010Q2, 2010 Q2 or Q2/2010.
	commonQuarter = regexp.MustCompile(`^(?:([0-9]{4})[ /]?Q([1-4])|Q([1-4])[ /-]?([0-9]{4}))$`)
	yearOf        = regexp.MustCompile(`^([0-9]{4})(?:\.0)?(-Q[1-4])?$`)
)

// firstDay and lastDay are the serial numbers of the days that may be meant: 1901, since spreadsheets count a day too many in 1900, to 2100.
const firstDay, lastDay = 367, 73415

// date reads a day. Only a cell that has one reading is read: which of two numbers up to 12 is the month must be declared, and
// so must a spreadsheet's count of days, since spreadsheets begin it in different years. A time of day is passed over: the day
// is the one that is written.
func (g *grammar) date(cell, format string) (time.Time, *refusal) {
	text, same := lang.Digits(strings.Map(func(r rune) rune {
		if invisible(r) {
			return ' '
		}
		return r
	}, plainSpaces(cell)))
	notADate := refuse("value/date", "write year-month-day, such as 2010-06-30", "a date")
	if !same {
		return time.Time{}, notADate
	}
	text = strings.TrimSpace(clock.ReplaceAllString(text, ""))
	if m := eight.FindStringSubmatch(text); m != nil {
		return g.day(m[1], m[2], m[3])
	}
	if format == "serial" && serial.MatchString(text) {
		whole, _, _ := strings.Cut(text, ".")
		n, err := strconv.Atoi(whole)
		if err != nil || n < firstDay || n > lastDay {
			return time.Time{}, refuse("value/day", "look at the cell in the spreadsheet, formatted as a date", "a day from 1900 to 2100")
		}
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n), nil
	}
	if len(text) == 5 && serial.MatchString(text) {
		return time.Time{}, refuse("value/date", "export it as year-month-day; if these are a spreadsheet's numbers of days, add  format: serial  to the column in datasets.yaml", "a date")
	}
	if m := three.FindStringSubmatch(text); m != nil && m[2] == m[4] {
		return g.ordered(m[1], m[3], m[5], format)
	}
	if day, month, year, ok := g.written(text); ok {
		return g.day(year, month, day)
	}
	return time.Time{}, notADate
}

// ordered reads three numbers of which one is a year of four digits.
func (g *grammar) ordered(a, b, c, format string) (time.Time, *refusal) {
	if len(a) == 4 {
		return g.day(a, b, c)
	}
	if len(a) > 2 || len(c) != 4 {
		return time.Time{}, refuse("value/date", "write the year with four digits, such as 2010-06-30", "a date whose year has four digits")
	}
	first, _ := strconv.Atoi(a)
	second, _ := strconv.Atoi(b)
	switch {
	case format == "ymd":
		return time.Time{}, refuse("value/date", "write year-month-day, or change  format:  of the column in datasets.yaml", "a date that begins with its year, as the column declares")
	case format == "dmy":
		return g.day(c, b, a)
	case format == "mdy":
		return g.day(c, a, b)
	case first > 12 || first == second || first == 0 || second == 0:
		return g.day(c, b, a)
	case second > 12:
		return g.day(c, a, b)
	}
	return time.Time{}, refuse("value/ambiguous", "write year-month-day, or add  format: dmy  (or mdy) to the column in datasets.yaml", "a date that can be read in one way only").because("two numbers that may both be the month")
}

// written reads a date whose month is a word: a day of one or two digits, a year of four, in any order.
func (g *grammar) written(text string) (day, month, year string, ok bool) {
	for _, part := range parts.FindAllString(text, -1) {
		switch isNumber := part[0] >= '0' && part[0] <= '9'; {
		case isNumber && len(part) == 4 && year == "":
			year = part
		case isNumber && len(part) <= 2 && day == "":
			day = part
		case isNumber:
			return "", "", "", false
		default:
			m, filler := g.month(part)
			if m == 0 && !filler || m != 0 && month != "" {
				return "", "", "", false
			}
			if m != 0 {
				month = strconv.Itoa(int(m))
			}
		}
	}
	return day, month, year, day != "" && month != "" && year != ""
}

// month reads the name of a month in any language of the codebook, or its first letters where they leave no doubt. Words that
// stand around day, month and year in a language's dates may stand before it.
func (g *grammar) month(word string) (m time.Month, filler bool) {
	word = strings.ToLower(word)
	for _, f := range g.fillers {
		if word == f {
			return 0, true
		}
		if rest, ok := strings.CutPrefix(word, f); ok && g.named(rest) != 0 {
			return g.named(rest), false
		}
	}
	return g.named(word), false
}

func (g *grammar) named(word string) time.Month {
	if exact := g.months[word]; len(exact) == 1 {
		return exact[0]
	}
	if len([]rune(word)) < 3 {
		return 0
	}
	var found time.Month
	for name, months := range g.months {
		if !strings.HasPrefix(name, word) {
			continue
		}
		for _, m := range months {
			if found != 0 && found != m {
				return 0
			}
			found = m
		}
	}
	return found
}

// day makes a day of its numbers, if there is such a day.
func (g *grammar) day(year, month, day string) (time.Time, *refusal) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	y = g.common(y)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !plausible(y) || t.Month() != time.Month(m) || t.Day() != d {
		return time.Time{}, refuse("value/day", "look the day up; leave the row out where it is not known", "a day that exists, from 1900 to 2100")
	}
	return t, nil
}

func plausible(year int) bool { return year >= 1900 && year <= 2100 }

// common turns a year of another calendar of the codebook into one of the common calendar.
func (g *grammar) common(year int) int {
	for _, era := range g.eras {
		if !plausible(year) && plausible(year-era) {
			return year - era
		}
	}
	return year
}

// period reads a year or a quarter.
func (g *grammar) period(cell string) (calendar.Period, *refusal) {
	text, _ := lang.Digits(cell)
	if m := commonQuarter.FindStringSubmatch(text); m != nil {
		if !g.january {
			return calendar.Period{}, refuse("value/period", "write the quarter of your own year, such as 2010-Q2", "a quarter of the organisation's calendar").because("one of the common calendar")
		}
		text = m[1] + m[4] + "-Q" + m[2] + m[3]
	}
	if m := yearOf.FindStringSubmatch(text); m != nil {
		year, _ := strconv.Atoi(m[1])
		if year = g.common(year); !plausible(year) {
			return calendar.Period{}, refuse("value/period", "correct the year", "a year from 1900 to 2100")
		}
		text = strconv.Itoa(year) + m[2]
	}
	p, err := calendar.Parse(text)
	if err != nil {
		return p, refuse("value/period", "write 2010, or 2010-Q2 for a quarter", "a year such as 2010 or a quarter such as 2010-Q2")
	}
	return p, nil
}
