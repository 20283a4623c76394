// Package calendar knows an organisation's years: which month they begin in and what they are called.
//
// In: a period's id such as 2010 or 2010-Q2, or a date. Out: periods with their first and last day. It holds no counts
// and serves both sides of the wall.
package calendar

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
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
)

// Period is a year or a quarter of an organisation's calendar, or undated.
type Period struct {
	Kind    Kind
	Year    int // as the organisation names it; 0 where undated
	Quarter int // 1 to 4, 0 for a year
}

var form = regexp.MustCompile(`^([0-9]{4})(?:-Q([1-4]))?$`)

// Parse reads a period's id: 2010 is a year, 2010-Q2 a quarter, and undated what bears no year.
func Parse(id string) (Period, error) {
	if id == string(Undated) {
		return Period{Kind: Undated}, nil
	}
	m := form.FindStringSubmatch(id)
	if m == nil {
		return Period{}, fmt.Errorf("expected a year such as 2010 or a quarter such as 2010-Q2")
	}
	year, _ := strconv.Atoi(m[1])
	if m[2] == "" {
		return Period{Kind: Year, Year: year}, nil
	}
	quarter, _ := strconv.Atoi(m[2])
	return Period{Kind: Quarter, Year: year, Quarter: quarter}, nil
}

// String is the period's id.
func (p Period) String() string {
	switch p.Kind {
	case Undated:
		return string(Undated)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.Quarter)
	}
	return fmt.Sprintf("%04d", p.Year)
}

// InYear is the year that the period is, or is part of.
func (p Period) InYear() Period {
	if p.Kind == Undated {
		return p
	}
	return Period{Kind: Year, Year: p.Year}
}

// Next is the period that follows: the year or the quarter after. Nothing follows what is undated.
func (p Period) Next() Period {
	switch {
	case p.Kind == Quarter && p.Quarter < 4:
		p.Quarter++
	case p.Kind == Quarter:
		p.Year, p.Quarter = p.Year+1, 1
	case p.Kind == Year:
		p.Year++
	}
	return p
}

// Compare orders periods by their end; a year follows its quarters, and what is undated stands before all.
func (p Period) Compare(q Period) int {
	last := func(p Period) int {
		if p.Kind == Year {
			return 5
		}
		return p.Quarter
	}
	return cmp.Or(cmp.Compare(p.Year, q.Year), cmp.Compare(last(p), last(q)))
}

// Bounds gives the first and the last day of a year or a quarter.
func (c Calendar) Bounds(p Period) (first, last time.Time) {
	year := p.Year
	if c.NamedByEnd && c.Starts > 1 {
		year--
	}
	month, months := c.Starts, 12
	if p.Kind == Quarter {
		month, months = c.Starts+3*(p.Quarter-1), 3
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
