package built

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// record is what stands together in a data file: a row, an object, an element.
type record struct {
	path    string
	cell    string          // the cell that it names, if it does
	numbers map[string]bool // what the shown values of the file's indicators allow
}

// newRecord knows from a path and the words of a file, ids and titles, which indicators the file speaks of.
func (s *scan) newRecord(p string, words map[string]bool) record {
	rec := record{p, "", map[string]bool{}}
	for i := range s.release.Indicators {
		ind := &s.release.Indicators[i]
		speaks := words[ind.ID] || strings.HasPrefix(path.Base(p), ind.ID+".") || path.Base(path.Dir(p)) == ind.ID
		for _, title := range ind.Title {
			speaks = speaks || words[title]
		}
		if speaks {
			maps.Copy(rec.numbers, s.shownOf(ind.ID))
		}
	}
	return rec
}

// shownOf gives the numbers that the release shows of an indicator, its plans included.
func (s *scan) shownOf(indicator string) map[string]bool {
	if s.shownNumbers == nil {
		s.shownNumbers = map[string]map[string]bool{}
		add := func(of string, n int64) {
			if s.shownNumbers[of] == nil {
				s.shownNumbers[of] = map[string]bool{}
			}
			s.shownNumbers[of][strconv.FormatInt(n, 10)] = true
		}
		for id, at := range s.places() {
			v, _ := s.release.Value(id)
			if n, ok := v.Number(); ok {
				add(at.indicator, n)
			}
		}
		for _, t := range s.release.Targets {
			add(t.Indicator, t.Value)
		}
	}
	return s.shownNumbers[indicator]
}

var wholeNumber = regexp.MustCompile(`^[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?$`)

// datum looks at one value of a data file: a number must be the one of the cell that its record names or, where it names none, a
// shown value; everything else is a text.
func (s *scan) datum(rec record, value string) {
	number := plain(value)
	if !wholeNumber.MatchString(number) {
		if rest := s.withoutAddress(value); rest != "" {
			s.says(rec.path, "a value", rest)
		}
		return
	}
	if v, ok := s.release.Value(rec.cell); ok {
		if n, ok := v.Number(); !ok || strconv.FormatInt(n, 10) != number {
			s.found(rec.path, "built-number", []string{rec.cell}, "the file says %s for %s, the release does not", number, rec.cell)
		}
		return
	}
	if !rec.numbers[number] && !year(number, 0, len(number)) {
		s.found(rec.path, "built-number", nil, "the file says %s, which the release does not show of what the file speaks of", number)
	}
}

// json reads every value and key.
func (s *scan) json(p string, data []byte) {
	var tree any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := cmp.Or(dec.Decode(&tree), whole(data)); err != nil {
		s.found(p, "built-unknown", nil, "the file is no JSON: %v", err)
		return
	}
	words := map[string]bool{}
	var gather func(x any)
	gather = func(x any) {
		switch x := x.(type) {
		case string:
			words[x] = true
		case []any:
			for _, item := range x {
				gather(item)
			}
		case map[string]any:
			for key, item := range x {
				words[key] = true
				gather(item)
			}
		}
	}
	gather(tree)
	var read func(x any, rec record)
	read = func(x any, rec record) {
		switch x := x.(type) {
		case string:
			if _, isCell := s.places()[x]; isCell {
				return
			}
			if rec.cell != "" {
				s.beside(rec, x)
			} else {
				s.datum(rec, x)
			}
		case json.Number:
			s.datum(rec, x.String())
		case []any:
			for _, item := range x {
				read(item, rec)
			}
		case map[string]any:
			if s.coded(x) {
				return
			}
			around := rec.cell
			rec.cell = ""
			x = s.describes(p, x)
			for _, item := range x {
				id, _ := item.(string)
				if _, isCell := s.places()[id]; isCell {
					rec.cell = id
				} else if s.release.Indicator(id) != nil {
					rec.numbers = s.shownOf(id) // what stands inside speaks of this one
				}
			}
			for key, item := range x {
				if key == "date-parts" && s.issued(item) {
					continue
				}
				if _, isCell := s.places()[key]; isCell {
					within := rec
					within.cell = key
					read(item, within)
					continue
				}
				s.says(p, "a key", key)
				if code, isText := item.(string); isText && s.hasCode(around, key, code) || (key == "enum" || key == "categories") && s.coded(item) {
					continue
				}
				read(item, rec)
			}
		}
	}
	read(tree, s.newRecord(p, words))
}

// issued says whether a date in parts is the day of a release, as citations have it.
func (s *scan) issued(x any) bool {
	for _, r := range s.ledger.Releases {
		day, err := time.Parse(time.DateOnly, r.Release.Date)
		if err == nil && fmt.Sprint(x) == fmt.Sprintf("[[%d %d %d]]", day.Year(), day.Month(), day.Day()) {
			return true
		}
	}
	return false
}

// csv reads every field.
func (s *scan) csv(p string, data []byte) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	if path.Ext(p) == ".tsv" {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	if err != nil {
		s.found(p, "built-unknown", nil, "the file is no CSV: %v", err)
		return
	}
	words := map[string]bool{}
	for _, row := range rows {
		for _, field := range row {
			words[field] = true
		}
	}
	if folder, id := path.Base(path.Dir(p)), strings.TrimSuffix(path.Base(p), ".csv"); folder == "lists" && s.list(p, id, rows) {
		return
	}
	rec := s.newRecord(p, words)
	for _, row := range rows {
		rec.cell = ""
		for _, field := range row {
			if _, isCell := s.places()[field]; isCell {
				rec.cell = field
			}
		}
		for _, field := range row {
			switch {
			case rec.cell == "":
				s.datum(rec, field)
			case field != rec.cell:
				s.beside(rec, field)
			}
		}
	}
}
