package inspect

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// export is a register as it was exported once: the files of one folder, which is called after the last period that they tell of.
type export struct {
	folder string
	until  calendar.Period
	files  []*ingest.File
}

// Read gives the records of a dataset that count. Where exports add up these are the rows of all files, and until is no period.
// Where they replace one another, these are the rows of the newest up to the period that its folder is called after; what the
// export before it tells otherwise is reported, and older ones are left alone.
func (in *Inspector) Read(files []*ingest.File) (until calendar.Period, records iter.Seq[Record]) {
	if !in.dataset.Replaces() {
		return until, in.Records(files...)
	}
	exports := in.exports(files)
	if len(exports) == 0 {
		return until, in.Records()
	}
	newest, older := exports[len(exports)-1], exports[:len(exports)-1]
	if in.until = newest.until; len(older) > 0 {
		in.compared()
	}
	return newest.until, func(yield func(Record) bool) {
		for rec := range in.Records(newest.files...) {
			if !yield(rec) {
				return
			}
		}
		in.overlaps()
		if len(older) == 0 || in.diags.Failed() {
			return // rows with mistakes would seem to have vanished
		}
		before := New(in.cb, in.dataset, &diag.List{}) // its mistakes were named when it was the newest
		before.compared()
		for range before.Records(older[len(older)-1].files...) {
			continue
		}
		in.against(before, older[len(older)-1].folder, newest.folder)
	}
}

// compared makes an inspector keep what two exports are compared by.
func (in *Inspector) compared() {
	in.print = true
	in.rows.move()
}

// exports sorts files by the periods that their folders are called after.
func (in *Inspector) exports(files []*ingest.File) (all []export) {
	for _, f := range files {
		folder, _, below := strings.Cut(f.Path, "/")
		until, err := calendar.Parse(folder)
		if !below || err != nil || until.Kind != calendar.Year && until.Kind != calendar.Quarter {
			for row := range f.Rows(&diag.List{}) {
				in.diags.Errorf(diag.Pos{File: row.Pos(0).File}, "export/undated", "call the folder 2025, or 2025-Q2, after the last period that the register tells of", "expected an export of the dataset %s in a folder that is called after a period", in.dataset.ID)
				break
			}
			continue
		}
		i := slices.IndexFunc(all, func(x export) bool { return x.folder == folder })
		if i < 0 {
			all, i = append(all, export{folder: folder, until: until}), len(all)
		}
		all[i].files = append(all[i].files, f)
	}
	slices.SortFunc(all, func(a, b export) int { return a.until.Compare(b.until) })
	for i := range all {
		all[i].until = lastQuarter(all[i].until)
	}
	return all
}

// lastQuarter is the quarter that a period ends with.
func lastQuarter(p calendar.Period) calendar.Period {
	if parts := p.Parts(); len(parts) > 0 {
		return lastQuarter(parts[len(parts)-1])
	}
	return p
}

// later reports a row of a register that is dated behind the period that its export tells of: part of a period would be taken for all
// of it.
func (in *Inspector) later(row ingest.Row, rec *Record) bool {
	if in.until.Kind == "" || lastQuarter(rec.Period).Compare(in.until) <= 0 {
		return false
	}
	if in.spell != nil {
		in.uncounted = append(in.uncounted, in.stays.at(rec.Row))
	}
	i := in.period
	in.diags.Cell(row.Cells[i]).Warnf(row.Pos(i), "row/later", "correct the date, or leave it to the next export: until then the row is not counted", "expected no day after %s, which the folder is called after", in.until)
	return true
}

// against reports what an export before this one tells otherwise: rows that are not there any more, and cells that say something
// else. A cell that was empty and is filled in is what a register is for.
func (in *Inspector) against(before *Inspector, older, newer string) {
	var vanished []spot
	changed := make([][]spot, len(in.columns))
	for id, then := range before.rows.table.all {
		now, still := in.rows.table.of(id)
		if !still {
			vanished = append(vanished, before.spot(then))
			continue
		}
		for i := range in.columns {
			if old := before.prints[int(then)*len(in.columns)+i]; old != 0 && old != in.prints[int(now)*len(in.columns)+i] {
				changed[i] = append(changed[i], in.spot(now))
			}
		}
	}
	before.differ(in.diags, vanished, in.key[0], "row/vanished", "if they were deleted by mistake, put them back; if rightly, publish gives the reason for changed figures",
		fmt.Sprintf("expected the rows of %s in %s as well", older, newer), "missing")
	for i, c := range in.columns {
		in.differ(in.diags, changed[i], i, "row/changed", "if it is a correction, all is well; publish gives the reason for changed figures",
			fmt.Sprintf("expected the column %q of %s to say what it said in %s", c.Name, newer, older), "changed")
	}
}

// mostPlaces is how many rows a warning about many names.
const mostPlaces = 5

// differ gives one warning about some rows: at the first, with the places of some others and the count of all.
func (m *memory) differ(diags *diag.List, spots []spot, column int, code, hint, msg, what string) {
	if len(spots) == 0 {
		return
	}
	slices.SortFunc(spots, func(a, b spot) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line)) })
	places, contents := m.cells(spots[:1], column)
	text := fmt.Sprintf("%s, found %d %s", msg, len(spots), what)
	if n := len(spots); n > 1 {
		var others []string
		for _, s := range spots[1:min(n, mostPlaces)] {
			others = append(others, m.source(s))
		}
		text += " (also " + strings.Join(others, ", ")
		if n > mostPlaces {
			text += fmt.Sprintf(" and %d more", n-mostPlaces)
		}
		text += ")"
	}
	diags.Cell(contents[0]).Warnf(places[0], code, hint, "%s", text)
}
