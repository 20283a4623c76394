package built

import (
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/ledger"
)

// beside looks at a value that stands in a row, or an object, which names a cell. A number is the cell's own, unless it is what the cell's
// period or one of its codes is called; a sign or status in place of a number is the cell's; all else is words of the release.
func (s *scan) beside(rec record, value string) {
	v, _ := s.release.Value(rec.cell)
	said := plain(value)
	if s.calls(rec.cell, said) {
		return
	}
	if statuses := s.signs()[said]; statuses != nil && !statuses[v.Status()] {
		s.found(rec.path, "built-cell", []string{rec.cell}, "the file says %q for %s, the release says otherwise", value, rec.cell)
		return
	}
	s.datum(rec, value)
}

// calls says whether a text is what the period of a cell, or one of its codes, is called.
func (s *scan) calls(id, said string) bool {
	at := s.places()[id]
	_, rest, _ := strings.Cut(id, "/")
	period, where, _ := strings.Cut(rest, "/")
	if said == period {
		return true
	}
	for _, l := range s.release.Languages {
		if p, err := calendar.Parse(period); err == nil && said == plain(l.Period(p, s.release.Calendar)) {
			return true
		}
	}
	for pair := range strings.SplitSeq(where, ",") {
		name, code, _ := strings.Cut(pair, "=")
		for _, a := range at.table.Attributes {
			if a.Name != name {
				continue
			}
			if said == code {
				return true
			}
			for _, l := range s.release.Languages {
				if said == plain(s.release.List(a.List).Label(code, l.Code)) {
					return true
				}
			}
		}
	}
	return false
}

// hasCode says whether a column has a code in a cell.
func (s *scan) hasCode(id, column, code string) bool {
	parts := strings.SplitN(id, "/", 3)
	return len(parts) == 3 && strings.Contains(","+parts[2]+",", ","+column+"="+code+",")
}

// sheetBox is what a cell of a sheet holds.
type sheetBox struct {
	text   string
	number bool
}

// row looks at a row of a sheet. Where it names a cell, what stands beside belongs to that.
func (s *scan) row(rec record, row []sheetBox) {
	rec.cell = ""
	for _, b := range row {
		if _, isCell := s.places()[b.text]; isCell && !b.number {
			rec.cell = b.text
		}
	}
	for _, b := range row {
		switch {
		case rec.cell == "" || b.number:
			s.datum(rec, b.text)
		case b.text != rec.cell:
			s.beside(rec, b.text)
		}
	}
}

// signs are what may stand in place of a number, in any language, each with what it stands for.
func (s *scan) signs() map[string]map[ledger.Status]bool {
	if s.signsOf == nil {
		s.signsOf = map[string]map[ledger.Status]bool{}
		add := func(text string, status ledger.Status) {
			if text = plain(text); s.signsOf[text] == nil {
				s.signsOf[text] = map[ledger.Status]bool{}
			}
			s.signsOf[text][status] = true
		}
		r := s.release
		for id := range s.places() {
			v, _ := r.Value(id)
			if v.Status() == ledger.IsNumber {
				continue
			}
			add(string(v.Status()), v.Status())
			for _, l := range r.Languages {
				add(shown(r, l, v), v.Status())
				add(spoken(r, l, v), v.Status())
			}
		}
		for _, status := range []ledger.Status{ledger.Small, ledger.Withheld, ledger.Impossible, ledger.Missing} {
			add(string(status), status)
			for _, l := range r.Languages {
				add(l.Word(string(status)), status)
			}
		}
		for _, l := range r.Languages {
			add("<"+l.Int(r.Rule.Threshold), ledger.Small)
			add("..", ledger.Withheld)
			add("-", ledger.Impossible)
			add(l.Word("not-reported"), ledger.Missing)
		}
	}
	return s.signsOf
}

// list looks at the file of a code list: each row must be the release's. It says false where the release has no such list.
func (s *scan) list(p, id string, rows [][]string) bool {
	list := s.release.List(id)
	if list == nil || len(rows) == 0 {
		return false
	}
	for _, head := range rows[0] {
		s.says(p, "a value", head)
	}
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) {
			s.found(p, "built-number", nil, "row %s is of another length than its head", strconv.Quote(row[0]))
			continue
		}
		code := list.Code(row[0])
		for j, field := range row {
			switch head := rows[0][j]; {
			case code == nil && row[0] == cell.Total: // which no list has
				s.says(p, "a value", field)
			case head == "code" && code != nil:
			case code == nil:
				s.found(p, "built-number", nil, "the release has no code %s", strconv.Quote(row[0]))
			case head == "parent" && field == code.Parent:
			case head != "parent" && plain(strings.TrimPrefix(field, "'")) == plain(strings.TrimPrefix(code.Label[head], "'")):
			default:
				s.found(p, "built-number", nil, "row %s says otherwise of a code than the release", strconv.Quote(row[0]))
			}
		}
	}
	return true
}
