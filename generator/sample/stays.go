package sample

import (
	"math/rand/v2"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
)

// stays is the register: a row for each stay, written when it begins, since its end is drawn at once. Who leaves in a quarter is kept
// by group until then.
type stays struct {
	table   *table
	rand    *rand.Rand
	leaving [][]leavers // by quarter and group
	away    []absent    // some who left, or will: they may come back
	known   int         // children so far
}

// leavers are how many of a group leave in a quarter, and how.
type leavers struct{ home, otherwise int }

// absent is a child whose last stay ends on a day.
type absent struct {
	child int
	alike alike
	until time.Time
}

// mostAway is how many children are remembered who may come back, and one in comesBack of those admitted is one of them.
const mostAway, comesBack = 200, 12

// newStays begins the register, which the last export holds.
func newStays(o Options, out *folder) *stays {
	quarters := o.quarters()
	s := &stays{
		rand:    rand.New(rand.NewPCG(o.Seed, 1)),
		leaving: make([][]leavers, len(quarters)),
		table:   out.export(quarters[len(quarters)-1], "admissions", "case", "child", "admitted", "exited", "shelter", "home", "case_type", "sex", "age_band"),
	}
	for i := range s.leaving {
		s.leaving[i] = make([]leavers, len(groups))
	}
	return s
}

// who says which child comes on a day: a new one, or one who was there before.
func (s *stays) who(day time.Time, draw func() alike) (child int, a alike) {
	if s.rand.IntN(comesBack) == 0 {
		for i, gone := range s.away {
			if gone.until.Before(day) {
				s.away = append(s.away[:i], s.away[i+1:]...)
				return gone.child, gone.alike
			}
		}
	}
	s.known++
	return s.known, draw()
}

// begin draws how long a stay lasts that begins on a day, and writes it.
func (s *stays) begin(number, child int, a alike, home string, day time.Time, q calendar.Period, done int) {
	end, left := "", time.Time{}
	for ; done < len(s.leaving); done, q = done+1, q.Next() {
		chance := s.rand.IntN(100)
		if chance >= goHome+leaveOtherwise {
			continue
		}
		first, last := calendar.Calendar{Starts: 1}.Bounds(q)
		if first.Before(day) {
			first = day
		}
		left = first.AddDate(0, 0, s.rand.IntN(int(last.Sub(first).Hours())/24+1))
		end = left.Format(time.DateOnly)
		if n := &s.leaving[done][a.index()]; chance < goHome {
			n.home++
		} else {
			n.otherwise++
		}
		s.away = append(s.away, absent{child, a, left})
		s.away = s.away[max(0, len(s.away)-mostAway):]
		break
	}
	shelter, caseType, sex, age := a.codes()
	s.table.row(numbered('C', number), numbered('P', child), day.Format(time.DateOnly), end, shelter, home, caseType, sex, age)
}
