package render

import (
	"slices"

	"github.com/ccpcr/impact/generator/ledger"
)

// editions lists every release that there is or was, the newest first: what it changed of figures that were published before, and
// why. What is new in it is not listed.
func (v view) editions(l *ledger.Ledger) []edition {
	all := []edition{}
	var before *ledger.Release
	for _, r := range l.Releases {
		e := edition{ID: r.Release.ID, Date: v.day(r.Release.Date), sequence: r.Release.Sequence, published: r.Release.Date, updated: r.Release.Date, period: r.Release.Period, Changes: []change{}, First: before == nil && len(l.Withdrawn) == 0}
		for _, c := range r.Corrections {
			if c.ID == r.Release.Correction {
				e.Reason = c.Text[v.Code]
			}
		}
		for _, c := range ledger.Compare(before, r) {
			if c.Kind() == "new" || before == nil {
				continue
			}
			was, _ := before.Value(c.Cell)
			is, shown := r.Value(c.Cell)
			out := change{
				Indicator: c.Indicator, Period: c.Period, Title: before.InWords(c.Cell, v.Code), Before: v.text(was), After: v.Word("not-shown"),
				WasIn: before.Release.ID + " " + c.Cell, IsIn: r.Release.ID + " " + c.Cell,
			}
			if shown {
				out.Title, out.After = r.InWords(c.Cell, v.Code), v.text(is)
			}
			e.Changes = append(e.Changes, out)
		}
		all, before = append(all, e), r
	}
	for _, w := range l.Withdrawn {
		all = append(all, edition{ID: w.Release.ID, Date: v.day(w.Release.Date), sequence: w.Release.Sequence, published: w.Release.Date, updated: w.Withdrawn, period: w.Release.Period, Changes: []change{},
			Reason: w.Reason.Text[v.Code], Withdrawn: v.say("edition-withdrawn", "date", v.day(w.Withdrawn))})
	}
	slices.SortFunc(all, func(a, b edition) int { return b.sequence - a.sequence })
	return all
}
