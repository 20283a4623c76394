package measure

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// rowCheck holds single rows against an expectation of kind never, printed or repeated, as they are read. What it finds it keeps
// until all is read.
type rowCheck struct {
	expectation *codebook.Expectation
	filter      [][]string // for each coded column the codes that count, or nil
	never       [][]string // and those that no row may have
	forms       []*regexp.Regexp
	first       map[uint64]place // of each row seen, by its fingerprint
	found       []rowFinding
	kept        map[calendar.Period]int
}

type rowFinding struct {
	period calendar.Period
	msg    string
}

func newRowCheck(e *codebook.Expectation, coded []*codebook.Column) *rowCheck {
	r := &rowCheck{expectation: e, first: map[uint64]place{}, kept: map[calendar.Period]int{}}
	for _, col := range coded {
		r.filter = append(r.filter, ids(e.Filter[col.Name]))
		r.never = append(r.never, ids(e.Never[col.Name]))
	}
	for _, form := range e.Forms {
		if pattern, err := codebook.Form(form); err == nil { // the codebook is checked
			r.forms = append(r.forms, pattern)
		}
	}
	return r
}

func ids(refs []codebook.Ref) (all []string) {
	for _, r := range refs {
		all = append(all, r.ID)
	}
	return all
}

func (r *rowCheck) add(rec inspect.Record) {
	switch r.expectation.Kind {
	case "never":
		if rec.Count > 0 && r.matches(rec, r.filter) && r.matches(rec, r.never) {
			r.find(rec.Period, "%d with such codes (%s) against none, a difference of %d", rec.Count, rec.Source(), rec.Count)
		}
	case "printed":
		if text := rec.Printed; text != "" && !r.fits(rec) {
			r.find(rec.Period, "in %s %s", rec.Source(), misprint(rec))
		}
	case "repeated":
		at := place{rec.Period, rec.Source()}
		if before, seen := r.first[rec.Print]; seen {
			r.find(rec.Period, "%s says all that %s says: %d is counted twice", at.where, before.where, rec.Count)
			return
		}
		r.first[rec.Print] = at
	}
}

// mostFound is how many findings of one period are kept.
const mostFound = 1000

func (r *rowCheck) find(period calendar.Period, format string, args ...any) {
	if r.kept[period]++; r.kept[period] <= mostFound {
		r.found = append(r.found, rowFinding{period, fmt.Sprintf(format, args...)})
	}
}

// matches says whether a row has one of the codes in each column that names some.
func (r *rowCheck) matches(rec inspect.Record, codes [][]string) bool {
	for i, wanted := range codes {
		if wanted != nil && !passes(wanted, rec.Codes[i], rec.Sets[i]) {
			return false
		}
	}
	return true
}

// fits says whether a printed text has one of the forms, with the row's count and percentage where the form has them. Text
// without any digit is words, which this does not read.
func (r *rowCheck) fits(rec inspect.Record) bool {
	if !strings.ContainsAny(rec.Printed, "0123456789") {
		return true
	}
	return slices.ContainsFunc(r.forms, func(form *regexp.Regexp) bool {
		m := form.FindStringSubmatch(rec.Printed)
		return m != nil && says(form, m, "count", rec.Count) && says(form, m, "percent", rec.Share)
	})
}

// says compares a blank of a form with a number; a form without the blank says nothing of it.
func says(form *regexp.Regexp, match []string, name string, n int64) bool {
	i := form.SubexpIndex(name)
	if i < 0 {
		return true
	}
	text, _, _ := strings.Cut(match[i], ".")
	return strings.NewReplacer(",", "", " ", "").Replace(text) == strconv.FormatInt(n, 10)
}

// misprint says how a printed text differs from its row.
func misprint(rec inspect.Record) string {
	count, share := strconv.FormatInt(rec.Count, 10), strconv.FormatInt(rec.Share, 10)
	if rec.Share >= 0 && rec.Printed == count+share {
		return fmt.Sprintf("the count %d and the percentage %d are printed as one number, %s", rec.Count, rec.Share, rec.Printed)
	}
	if n, err := strconv.ParseInt(rec.Printed, 10, 64); err == nil {
		return fmt.Sprintf("the count is %d, the printed number %d, a difference of %d", rec.Count, n, max(n-rec.Count, rec.Count-n))
	}
	return fmt.Sprintf("the count %d does not stand in the printed text as any of the forms has it", rec.Count)
}
