package inspect

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
)

// said is what a cell says. The same text in the same column always says the same, so it is worked out once.
type said struct {
	none   bool // nothing is known
	bad    *refusal
	text   string // in one form
	number int64
	day    time.Time
	period calendar.Period // of a day its quarter
	codes  []told          // of a code: itself, and those that follow from it
}

// told is a code and the coded column that it stands in.
type told struct {
	place, number int
	code          string
}

// maxSaid is how many different cells of a column are remembered.
const maxSaid = 1 << 14

// remembered is what the cells of a column said before.
type remembered struct {
	cells map[string]*said
	last  string // often a cell says what the one above it says
	said  *said
}

// said reads a cell of a column of one code, a number, a period or a date, or remembers what it says.
func (in *Inspector) said(i int, cell string) *said {
	r := &in.before[i]
	if r.said != nil && r.last == cell {
		return r.said
	}
	s := r.cells[cell]
	if s == nil {
		s = in.read(i, clean(cell))
		if r.cells == nil {
			r.cells = map[string]*said{}
		}
		if cell = strings.Clone(cell); len(r.cells) < maxSaid { // a row's own string would keep the whole row
			r.cells[cell] = s
		}
	}
	r.last, r.said = cell, s
	return s
}

// read makes sense of a cell.
func (in *Inspector) read(i int, cell string) *said {
	c, s := in.columns[i], &said{}
	switch {
	case in.null(c, cell):
		s.none = true
	case broken(cell):
		s.bad = refuse("value/formula", "mend it in the spreadsheet and export again", "a value").because("what a spreadsheet shows when it cannot work one out")
	case c.Type == "code":
		s.text, s.bad = in.code(in.place[i], cell)
	case c.Type == "integer":
		s.number, s.bad = in.number(c, cell)
		s.text = strconv.FormatInt(s.number, 10)
	case c.Type == "period":
		s.period, s.bad = in.grammar.period(cell)
		s.text = s.period.String()
	default:
		s.day, s.bad = in.grammar.date(cell, c.Format)
		s.period, s.text = in.cb.Calendar().At(s.day), s.day.Format(time.DateOnly)
	}
	if s.bad == nil && in.future(i, s) {
		s.bad = refuse("value/future", "correct it; if the clock of this machine is wrong, set it", "a time that has begun by "+in.today.Format(time.DateOnly))
	}
	if s.bad == nil && in.place[i] >= 0 {
		s.codes = in.following(in.place[i], s.text)
	}
	return s
}

// Today lets an inspector refuse what is dated by a period or a day that has not begun, or by a spell that ends later.
func (in *Inspector) Today(day time.Time) { in.today = day }

// future says whether what dates a row lies behind today. Other columns may tell of plans.
func (in *Inspector) future(i int, s *said) bool {
	if s.none || in.today.IsZero() || i != in.period && !slices.Contains(in.spell, i) {
		return false
	}
	day := s.day
	if in.columns[i].Type == "period" {
		day, _ = in.cb.Calendar().Bounds(s.period)
	}
	return day.After(in.today)
}

// following lists a code and those that it leads to in the columns that derive from its own: a shelter's province, a province's region.
func (in *Inspector) following(place int, code string) []told {
	all := []told{{place, in.numberOf(place, code), code}}
	for _, to := range in.derived {
		for _, t := range all {
			if t.place != in.from[to] {
				continue
			}
			next := t.code
			if next != "" && next != codebook.Total {
				next = in.parents[t.place][next]
			}
			all = append(all, told{to, in.numberOf(to, next), next})
			break
		}
	}
	return all
}

// numberOf gives codes of a coded column small numbers, in the order in which they come.
func (in *Inspector) numberOf(place int, code string) int {
	numbers := in.numbers[place]
	n, known := numbers[code]
	if !known {
		n = len(numbers)
		numbers[code] = n
	}
	return n
}
