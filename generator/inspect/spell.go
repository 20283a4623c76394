package inspect

import (
	"cmp"
	"math"
	"slices"

	"github.com/ccpcr/impact/generator/ingest"
)

// stay is a spell of one person, in days since 1970.
type stay struct {
	person, row uint32
	from, to    int32
}

// lasting is the end of a spell that has none yet.
const lasting = math.MaxInt32

// stay numbers the person of a row and remembers the spell. A spell that ends before it begins is reported.
func (in *Inspector) stay(row ingest.Row, rec *Record) bool {
	rec.Person = 0
	if in.person != nil {
		number, _ := in.people.number(in.identify(in.person))
		rec.Person = number + 1
	}
	if in.spell == nil {
		return true
	}
	from, to := rec.Days[in.dates[in.spell[0]]], rec.Days[in.dates[in.spell[1]]]
	if !to.IsZero() && to.Before(from) {
		in.diags.Cell(row.Cells[in.spell[1]]).Errorf(row.Pos(in.spell[1]), "spell/backwards", "correct one of the two dates", "expected a day in the column %q that is not before the one in %q", in.columns[in.spell[1]].Name, in.columns[in.spell[0]].Name)
		return false
	}
	if rec.Person > 0 {
		s := stay{rec.Person, uint32(len(in.spots) - 1), int32(from.Unix() / 86400), lasting}
		if !to.IsZero() {
			s.to = int32(to.Unix() / 86400)
		}
		in.stays = append(in.stays, s)
	}
	return true
}

// overlaps reports spells of one person that overlap, once all are read. One may begin on the day on which another ends.
func (in *Inspector) overlaps() {
	slices.SortFunc(in.stays, func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.row, b.row))
	})
	var later, earlier []spot
	var last stay // of the spells of the present person the one that ends last
	for _, s := range in.stays {
		if s.person == last.person && s.from < last.to {
			later, earlier = append(later, in.spots[s.row]), append(earlier, in.spots[last.row])
		}
		if s.person != last.person || s.to > last.to {
			last = s
		}
	}
	if len(later) == 0 {
		return
	}
	places, contents := in.cells(later, in.spell[0])
	for i, at := range places {
		in.diags.Cell(contents[i]).Errorf(at, "spell/overlap", in.source(earlier[i])+" tells of the same person: correct the dates, or the person's id", "expected spells of one person that do not overlap")
	}
}
