package sample

import (
	"math/rand/v2"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
)

// clinic is a second register, of the days on which children were seen. Some of them stay in the shelters, under the same made-up ids. It
// has the size of a small organisation, however many stays there are.
type clinic struct {
	table    *table
	rand     *rand.Rand
	last     time.Time // of the register
	seen     int
	visitors int // who never stayed
}

// Of three who are seen so many stay in a shelter, and all are seen within so many days.
const staying, withinDays = 2, 40

// newClinic begins the register, which the last export holds.
func newClinic(o Options, out *folder) *clinic {
	quarters := o.quarters()
	q := quarters[len(quarters)-1]
	_, last := calendar.Calendar{Starts: 1}.Bounds(q)
	return &clinic{table: out.export(q, "consultations", "consultation", "child", "seen", "sex"), rand: rand.New(rand.NewPCG(o.Seed, 2)), last: last}
}

// see writes that a child was seen some days after another one, or the same, was admitted.
func (c *clinic) see(child int, a alike, admitted time.Time) {
	day := admitted.AddDate(0, 0, c.rand.IntN(withinDays))
	if day.After(c.last) {
		return
	}
	person, sex := numbered('P', child), sexes[a.sex].code
	if c.rand.IntN(3) >= staying {
		c.visitors++
		person = numbered('P', visitorsFrom+c.visitors)
	}
	c.seen++
	c.table.row(numbered('V', c.seen), person, day.Format(time.DateOnly), sex)
}

// visitorsFrom is behind the number of every child who stays.
const visitorsFrom = 90_000_000
