package lang_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
)

var (
	english = &lang.Language{
		Digits: "0123456789", Group: ",", Date: "{day} {month} {year}", Year: "{year}", Quarter: "quarter {quarter} of {year}",
		Months: []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	khmer = &lang.Language{
		Digits: "០១២៣៤៥៦៧៨៩", Group: ".", Date: "ថ្ងៃទី {day} ខែ{month} ឆ្នាំ {year}", Year: "ឆ្នាំ {start}-{end}", Quarter: "ត្រីមាសទី {quarter} {start}/{end}",
		Months: []string{"មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"},
	}
)

func TestWholeNumbersAreGroupedInThreesFromTheRight(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 19350: "19,350", 100000: "100,000", 28800000: "28,800,000",
		-5: "−5", -1234567: "−1,234,567", -9223372036854775808: "−9,223,372,036,854,775,808",
	} {
		if got := english.Int(n); got != want {
			t.Errorf("Int(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestOtherDigitsAndSeparatorsAreUsedThroughout(t *testing.T) {
	if got := khmer.Int(-19350); got != "−១៩.៣៥០" {
		t.Errorf("Int(-19350) = %q", got)
	}
	bare := *khmer
	bare.Group = ""
	if got := bare.Int(1234567); got != "១២៣៤៥៦៧" {
		t.Errorf("without a separator: %q", got)
	}
	if got := khmer.Day(time.Date(2010, time.July, 31, 0, 0, 0, 0, time.UTC)); got != "ថ្ងៃទី ៣១ ខែកក្កដា ឆ្នាំ ២០១០" {
		t.Errorf("Day = %q", got)
	}
}

func TestAYearIsANameAndIsNotGrouped(t *testing.T) {
	if got := english.Day(time.Date(2010, time.March, 5, 0, 0, 0, 0, time.UTC)); got != "5 March 2010" {
		t.Errorf("Day = %q", got)
	}
}

func TestAFiscalYearSaysWhereItStartsAndEnds(t *testing.T) {
	fiscal := calendar.Calendar{Starts: 7, NamedByEnd: true}
	quarter := calendar.Period{Kind: calendar.Quarter, Year: 2025, Quarter: 3}
	if got := khmer.Period(quarter, fiscal); got != "ត្រីមាសទី ៣ ២០២៤/២០២៥" {
		t.Errorf("a quarter is %q", got)
	}
	if got := khmer.Period(quarter.InYear(), fiscal); got != "ឆ្នាំ ២០២៤-២០២៥" {
		t.Errorf("a year is %q", got)
	}
	if got := english.Period(quarter, calendar.Calendar{Starts: 1}); got != "quarter 3 of 2025" {
		t.Errorf("a calendar quarter is %q", got)
	}
}

func TestABlankWithoutAValueStays(t *testing.T) {
	got := lang.Fill("{a} of {b}, {a}; {C} {}", map[string]string{"a": "{b}", "c": "x"})
	if got != "{b} of {b}, {b}; {C} {}" {
		t.Errorf("Fill = %q", got)
	}
	if got := lang.Placeholders("{value} in {period}: {value}"); !slices.Equal(got, []string{"period", "value"}) {
		t.Errorf("Placeholders = %q", got)
	}
}

func TestAMissingWordShows(t *testing.T) {
	l := &lang.Language{Words: map[string]string{"home": "Home"}}
	if l.Word("home") != "Home" || l.Word("nowhere") != "[nowhere]" {
		t.Errorf("got %q and %q", l.Word("home"), l.Word("nowhere"))
	}
}

func TestTheKeysAreSortedAndStandOnce(t *testing.T) {
	if !slices.IsSorted(lang.Keys) || len(slices.Compact(slices.Clone(lang.Keys))) != len(lang.Keys) {
		t.Error("keys.txt is not sorted, or names a key twice")
	}
}

func ExampleLanguage_Int() {
	l := &lang.Language{Digits: "0123456789", Group: "."}
	fmt.Println(l.Int(19350))
	// Output: 19.350
}

func TestDigitsOfAnyOneScriptAreRead(t *testing.T) {
	for text, want := range map[string]string{"១២៣": "123", "٤٥": "45", "１０": "10", "2010-Q២": "2010-Q2", "ꩀ": "ꩀ"} {
		if got, _ := lang.Digits(text); got != want {
			t.Errorf("%q: expected %q, found %q", text, want, got)
		}
	}
	for text, want := range map[string]bool{"12": true, "១២": true, "1២": false, "": true} {
		if _, one := lang.Digits(text); one != want {
			t.Errorf("%q: of one script is %v", text, one)
		}
	}
}

func TestNumbersOfATextAreTheSameInEveryLanguage(t *testing.T) {
	if a, b := lang.Numbers("In 2010, 11,292 patients of 1 centre"), lang.Numbers("អ្នក​ជំងឺ ១១.២៩២ នាក់ ក្នុង​ឆ្នាំ ២០១០"); !slices.Equal(a, b) {
		t.Errorf("%q and %q", a, b)
	}
}
