package measure

import (
	"fmt"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/inspect"
)

// sums are those of an indicator, as far as some of its tables tell them apart. Rows that leave an attribute at _T are kept apart from those
// that name a code: a printed total and the parts below it are two tellings of one figure and are never added.
type sums struct {
	*counts
	columns []int // the coded columns that these tables use
	sets    []int // of these those of several codes, by their place among them
	all     map[key]*tally
	sources map[key][]string          // only while explaining
	dated   map[calendar.Period][]key // those of all, once they are read from
	root    node                      // of the tree in which a record finds its figures
	at      []*node                   // in it, of the present record
}

// key is a period, the set of columns that the row names a code for, and the codes of the sums' columns.
type key struct {
	period calendar.Period
	grain  uint64
	codes  string // joined by a separator that no code may hold
	fixed  string // of a dataset with printed totals: the codes of the columns that never stand at _T
}

const sep = "\x1f"

// node is what records have in common that have the same codes in the first columns. That of the last column, and of all that the key
// holds besides, is a figure in all its periods: that of each quarter is found without a look into a map.
type node struct {
	key     key     // without its period
	next    []*node // by the number of the next column's code
	first   int     // quarter of tallies
	tallies []*tally
}

// child is the node of the next column's code.
func (n *node) child(number int, code string) *node {
	if number < len(n.next) && n.next[number] != nil {
		return n.next[number]
	}
	child := &node{key: key{codes: n.key.codes + code + sep}}
	n.put(number, child)
	return child
}

func (n *node) put(number int, child *node) {
	if more := number + 1 - len(n.next); more > 0 {
		n.next = append(n.next, make([]*node, more)...)
	}
	n.next[number] = child
}

// places finds where a record counts. One with several codes in a column counts in each of them that passes, and once at _T, which is all
// together. They are good until the next record.
func (s *sums) places(rec inspect.Record, now *numbered) []*node {
	s.at = append(s.at[:0], &s.root)
	for _, i := range s.columns {
		count := len(s.at)
		for _, code := range rec.Sets[i] {
			if s.filter[i] == nil || slices.Contains(s.filter[i], code) {
				for _, n := range s.at[:count] {
					s.at = append(s.at, n.child(now.columns[i].number(code), code))
				}
			}
		}
		for j, n := range s.at[:count] {
			s.at[j] = n.child(now.codes[i], rec.Codes[i])
		}
	}
	for j, n := range s.at {
		if now.rest >= len(n.next) || n.next[now.rest] == nil {
			rest := now.rests[now.rest]
			n.put(now.rest, &node{key: key{grain: rest.grain, fixed: rest.fixed, codes: n.key.codes}})
		}
		s.at[j] = n.next[now.rest]
	}
	return s.at
}

// in gives the tally of a period.
func (n *node) in(s *sums, period calendar.Period) *tally {
	k := n.key
	k.period = period
	if period.Kind != calendar.Quarter {
		return s.tally(k)
	}
	at := period.Year*4 + period.Quarter
	if len(n.tallies) == 0 {
		n.first = at
	}
	for ; at < n.first; n.first-- {
		n.tallies = append([]*tally{nil}, n.tallies...)
	}
	for at-n.first >= len(n.tallies) {
		n.tallies = append(n.tallies, nil)
	}
	t := &n.tallies[at-n.first]
	if *t == nil {
		*t = s.tally(k)
	}
	return *t
}

// tally gives the sum of a key, 0 at first.
func (s *sums) tally(k key) *tally {
	t := s.all[k]
	if t == nil {
		t = &tally{}
		s.all[k] = t
	}
	return t
}

// put counts a record in a place and a period.
func (s *sums) put(n *node, period calendar.Period, rec inspect.Record) {
	t := n.in(s, period)
	if s.members || s.leaving {
		t.members.add(s.member(rec))
	}
	if s.leaving {
		return
	}
	if t.add(rec.Count, Origin{rec.File, rec.Line, rec.Rows}); s.sources != nil {
		k := n.key
		k.period = period
		s.source(k, rec.File, rec.Line)
	}
}

// tell adds to the figure of a key.
func (s *sums) tell(k key, count int64, from Origin) {
	if s.tally(k).add(count, from); s.sources != nil {
		s.source(k, from.File, from.Line)
	}
}

func (s *sums) source(k key, file string, line int) {
	s.sources[k] = append(s.sources[k], fmt.Sprintf("%s:%d", file, line))
}

// keys gives those of a period.
func (s *sums) keys(period calendar.Period) []key {
	if s.dated == nil {
		s.dated = map[calendar.Period][]key{}
		for k := range s.all {
			s.dated[k.period] = append(s.dated[k.period], k)
		}
	}
	return s.dated[period]
}
