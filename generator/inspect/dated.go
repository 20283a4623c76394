package inspect

import (
	"slices"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
)

// moment is what a cell of a period or of a date says.
type moment struct {
	period calendar.Period // the quarter of a day
	day    time.Time
	text   string // in one form
	bad    *refusal
}

// Today lets an inspector refuse what is dated by a period or a day that has not begun, or by a spell that ends later.
func (in *Inspector) Today(day time.Time) { in.today = day }

// future says whether what dates a row lies behind today. Other columns may tell of plans.
func (in *Inspector) future(i int, m moment) bool {
	if in.today.IsZero() || in.columns[i].Name != in.dataset.Period.ID && !slices.Contains(in.spell, i) {
		return false
	}
	day := m.day
	if in.columns[i].Type == "period" {
		day, _ = in.cb.Calendar().Bounds(m.period)
	}
	return day.After(in.today)
}

// maxSeen is how many different cells of a column are remembered, so that a day which stands in many rows is read once.
const maxSeen = 1 << 14

// moment reads a cell of a column, or remembers what it said before.
func (in *Inspector) moment(i int, cell string) moment {
	if m, ok := in.moments[i][cell]; ok {
		return m
	}
	var m moment
	if c := in.columns[i]; c.Type == "period" {
		m.period, m.bad = in.grammar.period(cell)
		m.text = m.period.String()
	} else {
		m.day, m.bad = in.grammar.date(cell, c.Format)
		m.period, m.text = in.cb.Calendar().At(m.day), m.day.Format(time.DateOnly)
	}
	if m.bad == nil && in.future(i, m) {
		m.bad = refuse("value/future", "correct it; if the clock of this machine is wrong, set it", "a time that has begun by "+in.today.Format(time.DateOnly))
	}
	if in.moments[i] == nil {
		in.moments[i] = map[string]moment{}
	}
	if len(in.moments[i]) < maxSeen {
		in.moments[i][strings.Clone(cell)] = m // a row's own string would keep the whole row
	}
	return m
}
