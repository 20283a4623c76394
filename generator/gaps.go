package main

import (
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/measure"
)

// gaps warns of quarters that other exports tell of and a dataset does not, though it did before: a file was forgotten, or has no rows.
// Behind the last quarter of a dataset only the next one counts, since a programme may have ended.
func (e *env) gaps(cb *codebook.Codebook, counters []*measure.Counter) {
	told := map[calendar.Period]bool{}
	for _, c := range counters {
		for _, p := range quarters(c.Periods()) {
			told[p] = true
		}
	}
	for i, d := range cb.Datasets {
		own := quarters(counters[i].Periods())
		if len(own) == 0 {
			continue
		}
		end := own[len(own)-1].Next()
		var lacking []string
		for _, p := range slices.SortedFunc(maps.Keys(told), calendar.Period.Compare) {
			if p.Compare(own[0]) > 0 && p.Compare(end) <= 0 && !slices.Contains(own, p) {
				lacking = append(lacking, p.String())
			}
		}
		if len(lacking) > 0 {
			_, exports := e.folder("exports")
			e.diags.Warnf(diag.Pos{File: exports}, "export/gap", "add the file; if nothing happened, let one row say 0; until then these figures are not reported, and neither are their years",
				"expected rows of the dataset %s for %s, which other exports tell of", d.ID, strings.Join(lacking, ", "))
		}
	}
}

func quarters(periods []calendar.Period) []calendar.Period {
	return slices.DeleteFunc(periods, func(p calendar.Period) bool { return p.Kind != calendar.Quarter })
}

// dated warns of a file that adds up with others, in a folder that is called after a period of which none of its rows tells: the file of
// another quarter was dropped there.
func (e *env) dated(d *codebook.Dataset, records iter.Seq[inspect.Record]) iter.Seq[inspect.Record] {
	if d.Replaces() {
		return records
	}
	_, exports := e.folder("exports")
	return func(yield func(inspect.Record) bool) {
		var file string
		var folder, found calendar.Period // found is of some row, where none fits
		tell := func() {
			if found.Kind != "" {
				e.diags.Warnf(diag.Pos{File: filepath.ToSlash(exports + "/" + file)}, "export/period", "look whether this is the file of another time; if its rows came late and are true, all is well",
					"expected rows of %s, which the folder is called after, found none, but some of %s", folder, found)
			}
		}
		defer func() { tell() }()
		for r := range records {
			if r.File != file {
				tell()
				file, found = r.File, r.Period
				name, _, _ := strings.Cut(r.File, "/")
				if folder, _ = calendar.Parse(name); folder.Kind != calendar.Year && folder.Kind != calendar.Quarter {
					found = calendar.Period{}
				}
			}
			if found.Kind != "" && (r.Period.Kind == calendar.Undated || r.Period.InYear() == folder || folder.InYear() == r.Period || r.Period == folder) {
				found = calendar.Period{}
			}
			if !yield(r) {
				return
			}
		}
	}
}
