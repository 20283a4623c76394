package ledger

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
)

// Change is a figure that two releases show differently.
type Change struct {
	Cell       string `json:"cell"`
	Indicator  string `json:"indicator"`
	Period     string `json:"period"`
	Before     string `json:"before"`           // as in the columns value and status; empty where it was not shown
	After      string `json:"after"`            // the same
	Correction string `json:"reason,omitempty"` // id of the reason that the later release gives
	Release    string `json:"release"`          // that shows it so

	size float64
}

// Kind is how a figure differs: new, gone, or changed.
func (c Change) Kind() string {
	switch {
	case c.Before == "":
		return "new"
	case c.After == "":
		return "gone"
	}
	return "changed"
}

// Compare lists what a release shows differently from an earlier one, or from nothing: the strangest first. What is gone comes before
// what is not known any more or known now, then the largest changes in proportion, then those of one step of the rounding, which a
// single person may make, then what is new.
func Compare(before, after *Release) []Change {
	var all []Change
	note := func(id string, was, is Value, hadIt, hasIt bool) {
		c := Change{Cell: id, Before: written(was, hadIt), After: written(is, hasIt), Correction: after.Release.Correction, Release: after.Release.ID}
		c.Indicator, c.Period, _ = strings.Cut(id, "/")
		c.Period, _, _ = strings.Cut(c.Period, "/")
		c.size = after.strange(c.Indicator, was, is, hadIt, hasIt)
		all = append(all, c)
	}
	if before != nil {
		for id, was := range before.cells {
			if is, ok := after.cells[id]; !ok || is != was {
				note(id, was, is, true, ok)
			}
		}
	}
	for id, is := range after.cells {
		if _, ok := before.Value(id); !ok {
			note(id, Value{}, is, false, true)
		}
	}
	slices.SortFunc(all, func(a, b Change) int { return cmp.Or(-cmp.Compare(a.size, b.size), strings.Compare(a.Cell, b.Cell)) })
	return all
}

// Between lists every change on the way from one release to a later one, each with the reason of the release that made it: the
// strangest first, whichever release made it.
func (l *Ledger) Between(before, after *Release) []Change {
	var all []Change
	for _, r := range l.Releases {
		if before != nil && r.Release.Sequence <= before.Release.Sequence || r.Release.Sequence > after.Release.Sequence {
			continue
		}
		all = append(all, Compare(before, r)...)
		before = r
	}
	slices.SortStableFunc(all, func(a, b Change) int { return -cmp.Compare(a.size, b.size) })
	return all
}

func written(v Value, shown bool) string {
	if !shown {
		return ""
	}
	if v.Status() != IsNumber {
		return string(v.Status())
	}
	return v.digits()
}

// strange says how far a change is from what one expects. A number too small to be shown stands one step below the least that is.
func (r *Release) strange(indicator string, was, is Value, hadIt, hasIt bool) float64 {
	step := int64(0)
	if ind := r.Indicator(indicator); ind != nil && ind.Class == "children" {
		step = r.Rule.Base
	}
	number := func(v Value) (int64, bool) {
		if v.Status() == Small {
			return r.Rule.Threshold - step, true
		}
		return v.Number()
	}
	x, first := number(was)
	y, second := number(is)
	switch {
	case !hadIt:
		return -1
	case !hasIt:
		return 3
	case first && second:
		return float64(max(x-y, y-x)-step) / float64(max(x, y, 1))
	}
	return 2
}

// InWords says what a cell counts, such as "Children admitted, 2010, Svay Rieng".
func (r *Release) InWords(id, language string) string {
	indicator, rest, _ := strings.Cut(id, "/")
	period, where, _ := strings.Cut(rest, "/")
	parts := []string{indicator, period}
	if ind := r.Indicator(indicator); ind != nil {
		parts[0] = ind.Title[language]
	}
	for _, l := range r.Languages {
		if p, err := calendar.Parse(period); err == nil && l.Code == language {
			parts[1] = l.Period(p, r.Calendar)
		}
	}
	for pair := range strings.SplitSeq(where, ",") {
		if column, code, ok := strings.Cut(pair, "="); ok {
			parts = append(parts, r.labelOf(indicator, column, code, language))
		}
	}
	return strings.Join(parts, ", ")
}

func (r *Release) labelOf(indicator, column, code, language string) string {
	for _, t := range r.Tables {
		for _, a := range t.Attributes {
			if t.Indicator == indicator && a.Name == column && code != cell.Total {
				return r.List(a.List).Label(code, language)
			}
		}
	}
	return code
}
