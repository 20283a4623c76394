package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
)

var (
	january    = calendar.Calendar{Starts: 1}
	julyByEnd  = calendar.Calendar{Starts: 7, NamedByEnd: true}
	aprilStart = calendar.Calendar{Starts: 4}
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADayFallsIntoTheQuarterOfItsFiscalYear(t *testing.T) {
	for _, c := range []struct {
		calendar  calendar.Calendar
		day, want string
	}{
		{january, "2010-01-01", "2010-Q1"},
		{january, "2010-12-31", "2010-Q4"},
		{julyByEnd, "2024-06-30", "2024-Q4"},
		{julyByEnd, "2024-07-01", "2025-Q1"},
		{julyByEnd, "2025-01-15", "2025-Q3"},
		{aprilStart, "2025-03-31", "2024-Q4"},
		{aprilStart, "2025-04-01", "2025-Q1"},
		{calendar.Calendar{Starts: 10}, "2024-11-05", "2024-Q1"},
		{calendar.Calendar{Starts: 10, NamedByEnd: true}, "2024-02-29", "2024-Q2"},
		{calendar.Calendar{Starts: 1, NamedByEnd: true}, "2024-12-31", "2024-Q4"},
	} {
		if got := c.calendar.At(day(t, c.day)).String(); got != c.want {
			t.Errorf("%+v: %s falls into %s, want %s", c.calendar, c.day, got, c.want)
		}
	}
}

func TestEveryDayLiesWithinTheBoundsOfItsQuarterAndYear(t *testing.T) {
	for starts := 1; starts <= 12; starts++ {
		for _, byEnd := range []bool{false, true} {
			c := calendar.Calendar{Starts: starts, NamedByEnd: byEnd}
			for d := day(t, "2023-12-01"); d.Year() < 2026; d = d.AddDate(0, 0, 1) {
				q := c.At(d)
				for _, p := range []calendar.Period{q, q.InYear()} {
					if first, last := c.Bounds(p); d.Before(first) || d.After(last) {
						t.Fatalf("%+v: %s is in %s, which is %s to %s", c, d, p, first, last)
					}
				}
			}
		}
	}
}

func TestAFiscalYearNamedByItsEndBeginsInTheYearBefore(t *testing.T) {
	first, last := julyByEnd.Bounds(calendar.Period{Kind: calendar.Year, Year: 2025})
	if got := first.Format(time.DateOnly) + " " + last.Format(time.DateOnly); got != "2024-07-01 2025-06-30" {
		t.Errorf("2025 is %s", got)
	}
	first, last = julyByEnd.Bounds(calendar.Period{Kind: calendar.Quarter, Year: 2024, Quarter: 3})
	if got := first.Format(time.DateOnly) + " " + last.Format(time.DateOnly); got != "2024-01-01 2024-03-31" {
		t.Errorf("2024-Q3 is %s", got)
	}
}

func TestIdsAreReadAsTheyAreWritten(t *testing.T) {
	for _, id := range []string{"2010", "2010-Q1", "2010-Q4", "0001"} {
		p, err := calendar.Parse(id)
		if err != nil || p.String() != id {
			t.Errorf("%q is read as %v, %v", id, p, err)
		}
	}
	for _, id := range []string{"", "10", "20100", "2010-Q0", "2010-Q5", "2010-q1", "2010-1", "2010-Q1 ", "２０１０", "2010/11"} {
		if p, err := calendar.Parse(id); err == nil {
			t.Errorf("%q is read as %v, want an error", id, p)
		}
	}
}

func TestPeriodsAreOrderedByTheirEnd(t *testing.T) {
	order := []string{"2009", "2010-Q1", "2010-Q4", "2010", "2011-Q1"}
	for i := range order {
		for j := range order {
			a, _ := calendar.Parse(order[i])
			b, _ := calendar.Parse(order[j])
			if got := a.Compare(b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("%s against %s gives %d", order[i], order[j], got)
			}
		}
	}
}

func ExampleCalendar_At() {
	fiscal := calendar.Calendar{Starts: 7, NamedByEnd: true}
	p := fiscal.At(time.Date(2024, time.October, 3, 0, 0, 0, 0, time.UTC))
	fmt.Println(p, p.InYear())
	// Output: 2025-Q2 2025
}

func TestThreeYearsNeverOverlapAndFollowTheirLastYear(t *testing.T) {
	three := calendar.Period{Kind: calendar.Year, Year: 2011}.Three()
	if three.String() != "2010-2012" || three.Next().String() != "2013-2015" {
		t.Errorf("got %s, then %s", three, three.Next())
	}
	for _, year := range three.Parts() {
		if year.Three() != three || three.Compare(year) <= 0 {
			t.Errorf("%s lies in %s", year, year.Three())
		}
	}
	if read, err := calendar.Parse("2010-2012"); err != nil || read != three {
		t.Errorf("got %v, %v", read, err)
	}
	for _, wrong := range []string{"2011-2013", "2010-2011", "2010-2015"} {
		if _, err := calendar.Parse(wrong); err == nil {
			t.Errorf("%s is taken for three years", wrong)
		}
	}
	if first, last := (calendar.Calendar{Starts: 7, NamedByEnd: true}).Bounds(three); first.Format("2006-01-02") != "2009-07-01" || last.Format("2006-01-02") != "2012-06-30" {
		t.Errorf("got %s to %s", first, last)
	}
}
