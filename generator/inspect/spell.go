package inspect

import (
	"slices"
	"time"

	"github.com/ccpcr/impact/generator/ingest"
)

// stay is a spell of one person: its number, and the first and the last day since 1900 in 17 bits each. So stays in order are those of
// each person by their days.
type stay uint64

const (
	dayBits = 17
	lasting = 1<<dayBits - 1 // the end of a spell that has none yet
)

var dayZero = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400

func newStay(person uint32, from, to time.Time) stay {
	days := func(day time.Time) stay { return stay(day.Unix()/86400 - dayZero) }
	end := stay(lasting)
	if !to.IsZero() {
		end = days(to)
	}
	return stay(person)<<(2*dayBits) | days(from)<<dayBits | end
}

func (s stay) person() uint32 { return uint32(s >> (2 * dayBits)) }
func (s stay) from() uint32   { return uint32(s>>dayBits) & lasting }
func (s stay) to() uint32     { return uint32(s) & lasting }

// stay numbers the person of a row and remembers the spell. A spell that ends before it begins is reported.
func (in *Inspector) stay(row ingest.Row, rec *Record) bool {
	var spell stay
	rec.Person = 0
	if in.person != nil {
		number, _ := in.people.number(in.identify(in.person))
		rec.Person = number + 1
	}
	if in.spell == nil {
		return true
	}
	defer func() { in.stays.add(spell) }() // one for each row that has a number
	from, to := rec.Days[in.dates[in.spell[0]]], rec.Days[in.dates[in.spell[1]]]
	if !to.IsZero() && to.Before(from) {
		in.diags.Cell(row.Cells[in.spell[1]]).Errorf(row.Pos(in.spell[1]), "spell/backwards", "correct one of the two dates", "expected a day in the column %q that is not before the one in %q", in.columns[in.spell[1]].Name, in.columns[in.spell[0]].Name)
		return false
	}
	if rec.Person > 0 {
		spell = newStay(rec.Person, from, to)
	}
	return true
}

// overlaps reports spells of one person that overlap, once all are read. One may begin on the day on which another ends.
func (in *Inspector) overlaps() {
	inOrder := slices.Concat(in.stays.pieces...)
	slices.Sort(inOrder)
	rows := map[stay][]uint32{} // of stays that overlap
	clashing(inOrder, func(s, earlier stay) { rows[s], rows[earlier] = nil, nil })
	if len(rows) == 0 {
		return
	}
	for row := range uint32(in.stays.count) {
		if all, ok := rows[in.stays.at(row)]; ok {
			rows[in.stays.at(row)] = append(all, row)
		}
	}
	var later, earlier []spot
	clashing(inOrder, func(s, before stay) {
		earlier = append(earlier, in.spot(rows[before][0]))
		if all := rows[s]; len(all) > 1 { // rows that say the same, each in its turn
			rows[s] = append(all[1:], all[0])
		}
		later = append(later, in.spot(rows[s][0]))
	})
	places, contents := in.cells(later, in.spell[0])
	for i, at := range places {
		in.diags.Cell(contents[i]).Errorf(at, "spell/overlap", in.source(earlier[i])+" tells of the same person: correct the dates, or the person's id", "expected spells of one person that do not overlap")
	}
}

// clashing finds, of stays in order, each that begins before an earlier one of the same person ends.
func clashing(inOrder []stay, found func(s, earlier stay)) {
	var last stay // of the present person the one that ends last
	for _, s := range inOrder {
		if s.person() > 0 && s.person() == last.person() && s.from() < last.to() {
			found(s, last)
		}
		if s.person() != last.person() || s.to() > last.to() {
			last = s
		}
	}
}
