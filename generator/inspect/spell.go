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
	rec.Person, rec.Row = 0, 0
	if in.person != nil {
		number, known := in.people.number(in.text(in.person))
		if rec.Person = number + 1; known {
			in.back.set(rec.Person)
		}
	}
	if in.spell == nil {
		return true
	}
	rec.Row = uint32(in.stays.count)
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

// Back says whether the person of a row came again within so many months behind the day on which the row's spell ended. One who comes on
// the day on which he leaves did not leave. It is asked once all rows are read.
func (in *Inspector) Back(row uint32, months int) bool {
	s := in.stays.at(row)
	if !in.back.has(s.person()) {
		return false
	}
	last := time.Unix((int64(s.to())+dayZero)*86400, 0).UTC().AddDate(0, months, 0)
	i, _ := slices.BinarySearch(in.come, stay(s.person())<<(2*dayBits)|stay(s.to()+1)<<dayBits)
	return i < len(in.come) && in.come[i] <= newStay(s.person(), last, time.Time{})
}

// Source is the file of a row, below the exports folder, and its line.
func (in *Inspector) Source(row uint32) (path string, line int) {
	s := in.spot(row)
	return in.files[s.file].Path, int(s.line)
}

// overlaps reports spells of one person that overlap, once all are read. One may begin on the day on which another ends.
func (in *Inspector) overlaps() {
	inOrder := in.several()
	slices.Sort(inOrder)
	defer func() { in.come = without(inOrder, in.uncounted) }()
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

// several gives the stays of people who stand in several rows.
func (in *Inspector) several() (all []stay) {
	each := func(found func(stay)) {
		for _, piece := range in.stays.pieces {
			for _, s := range piece {
				if s.person() > 0 && in.back.has(s.person()) {
					found(s)
				}
			}
		}
	}
	count := 0
	each(func(stay) { count++ })
	all = make([]stay, 0, count) // the largest thing there is for a while
	each(func(s stay) { all = append(all, s) })
	return all
}

// without takes some stays out of all, each as often as it stands there.
func without(all, some []stay) []stay {
	often := map[stay]int{}
	for _, s := range some {
		often[s]++
	}
	if len(often) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(s stay) bool {
		often[s]--
		return often[s] >= 0
	})
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
