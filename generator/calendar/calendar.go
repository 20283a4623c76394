// Package calendar knows an organisation's years: which month they begin in and what they are called.
//
// In: a period's id such as 2010 or 2010-Q2, or a date. Out: periods with their first and last day. It holds no counts
// and serves both sides of the wall.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Calendar is a fiscal calendar. The calendar year is {Starts: 1}.
type Calendar struct {
	Starts     int  `json:"starts"`     // the month a year begins in, 1 to 12
	NamedByEnd bool `json:"namedByEnd"` // a year from July 2024 to June 2025 is called 2025, not 2024
}

// Kind of a period.
type Kind string

const (
	Year    Kind = "year"
	Quarter Kind = "quarter"
	Undated Kind = "undated" // a figure of which no source says the year

	ThreeYears Kind = "three-years" // what is too small to be shown by the year
)

// Period is a year, a quarter or three years of an organisation's calendar, or undated.
type Period struct {
	Kind    Kind
	Year    int // as the organisation names it; the first of three; 0 where undated
	Quarter int // 1 to 4, otherwise 0
}

// Parse reads a period's id: 2010 is a year, 2010-Q2 a quarter, 2010-2012 three years, and undated what bears no year.
func Parse(id string) (Period, error) {
	if id == string(Undated) {
		return Period{Kind: Undated}, nil
	}
	p, ok := Period{Kind: Year}, false
	switch {
	case len(id) == len("2010"):
		p.Year, ok = number(id)
	case len(id) == len("2010-Q2") && id[4:6] == "-Q" && id[6] >= '1' && id[6] <= '4':
		p.Kind, p.Quarter = Quarter, int(id[6]-'0')
		p.Year, ok = number(id[:4])
	case len(id) == len("2010-2012") && id[4] == '-':
		p.Year, ok = number(id[:4])
		if _, two := number(id[5:]); !two {
			ok = false
		} else if p = p.Three(); ok && p.String() != id {
			return Period{}, fmt.Errorf("expected three years that begin with one that 3 divides, such as 2010-2012")
		}
	}
	if !ok {
		return Period{}, fmt.Errorf("expected a year such as 2010 or a quarter such as 2010-Q2")
	}
	return p, nil
}

// number reads digits and nothing else.
func number(digits string) (n int, ok bool) {
	for _, d := range []byte(digits) {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	return n, true
}

// String is the period's id.
func (p Period) String() string {
	switch p.Kind {
	case Undated:
		return string(Undated)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.Quarter)
	case ThreeYears:
		return fmt.Sprintf("%04d-%04d", p.Year, p.Year+2)
	}
	return fmt.Sprintf("%04d", p.Year)
}

// InYear is the year that the period is, or is part of. Three years are no part of a year.
func (p Period) InYear() Period {
	if p.Kind == Undated || p.Kind == ThreeYears {
		return p
	}
	return Period{Kind: Year, Year: p.Year}
}

// Three is the three years that a period lies in. They never overlap: each begins with a year that 3 divides.
func (p Period) Three() Period {
	if p.Kind == Undated {
		return p
	}
	return Period{Kind: ThreeYears, Year: p.Year - p.Year%3}
}

// Parts are the periods that make up this one: the quarters of a year, the years of three. Others have none.
func (p Period) Parts() []Period {
	var parts []Period
	switch p.Kind {
	case Year:
		for q := 1; q <= 4; q++ {
			parts = append(parts, Period{Kind: Quarter, Year: p.Year, Quarter: q})
		}
	case ThreeYears:
		for y := range 3 {
			parts = append(parts, Period{Kind: Year, Year: p.Year + y})
		}
	}
	return parts
}

// Next is the period that follows: the quarter, the year or the three years after. Nothing follows what is undated.
func (p Period) Next() Period {
	switch {
	case p.Kind == Quarter && p.Quarter < 4:
		p.Quarter++
	case p.Kind == Quarter:
		p.Year, p.Quarter = p.Year+1, 1
	case p.Kind == Year:
		p.Year++
	case p.Kind == ThreeYears:
		p.Year += 3
	}
	return p
}

// Compare orders periods by their end; a year follows its quarters, three years follow the last of them, and what is undated
// stands before all.
func (p Period) Compare(q Period) int {
	last := func(p Period) (year, rank int) {
		switch p.Kind {
		case Year:
			return p.Year, 5
		case ThreeYears:
			return p.Year + 2, 6
		}
		return p.Year, p.Quarter
	}
	py, pr := last(p)
	qy, qr := last(q)
	return cmp.Or(cmp.Compare(py, qy), cmp.Compare(pr, qr))
}

// Bounds gives the first and the last day of a period that bears a year.
func (c Calendar) Bounds(p Period) (first, last time.Time) {
	year := p.Year
	if c.NamedByEnd && c.Starts > 1 {
		year--
	}
	month, months := c.Starts, 12
	switch p.Kind {
	case Quarter:
		month, months = c.Starts+3*(p.Quarter-1), 3
	case ThreeYears:
		months = 36
	}
	first = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, months, -1)
}

// At gives the quarter that a day falls in; its InYear is the year.
func (c Calendar) At(day time.Time) Period {
	since := (int(day.Month()) - c.Starts + 12) % 12
	year := day.Year()
	if int(day.Month()) < c.Starts {
		year--
	}
	if c.NamedByEnd && c.Starts > 1 {
		year++
	}
	return Period{Kind: Quarter, Year: year, Quarter: since/3 + 1}
}
