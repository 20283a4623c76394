package measure

import (
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// shape is what a record says in its codes: for each of the counter's sums the places in which it counts. Most records say what another
// one said before, so this is worked out once for all of them.
type shape [][]*series

// Of mostShapes at most is remembered what they are. Where trialShapes were found and few of them came again, none is: a register of many
// columns has almost as many shapes as rows.
const (
	mostShapes  = 1 << 16
	trialShapes = 1 << 14
)

// series is a figure in all its periods. That of each quarter is found without a look into a map.
type series struct {
	key     key  // without its period
	passing bool // it stands for a record only, and is not remembered
	first   int  // quarter of tallies
	tallies []*tally
}

// shape finds that of a record.
func (c *Counter) shape(rec inspect.Record) shape {
	if c.shapes == nil {
		c.now = c.shapeOf(c.now[:0], rec)
		return c.now
	}
	c.joined = c.joined[:0]
	for i, code := range rec.Codes {
		c.joined = append(append(c.joined, code...), sep...)
		for _, code := range rec.Sets[i] {
			c.joined = append(append(c.joined, code...), sep...)
		}
	}
	if s, ok := c.shapes[string(c.joined)]; ok {
		c.repeated++
		return s
	}
	s := c.shapeOf(nil, rec)
	if len(c.shapes) < mostShapes {
		c.shapes[string(c.joined)] = s
	}
	if len(c.shapes) == trialShapes && c.repeated < trialShapes/4 {
		c.shapes = nil
		for _, of := range [][]*counts{c.counts, c.checks} {
			for _, n := range of {
				n.series = nil
			}
		}
	}
	return s
}

func (c *Counter) shapeOf(s shape, rec inspect.Record) shape {
	for _, of := range [][]*counts{c.counts, c.checks} {
		for _, n := range of {
			s = append(s, c.places(n, rec))
		}
	}
	return s
}

// places are none where a record does not count. One with several codes in a column of the plan counts in each of them, and once at _T,
// which is all together.
func (c *Counter) places(n *counts, rec inspect.Record) (all []*series) {
	k := key{}
	for i, code := range rec.Codes {
		if n.filter[i] != nil && !passes(n.filter[i], code, rec.Sets[i]) {
			return nil
		}
		if c.coded[i].Total && code != codebook.Total {
			k.grain |= 1 << i
		}
	}
	for _, i := range n.fixed {
		k.fixed += rec.Codes[i] + sep
	}
	for _, k.codes = range n.tellings(rec) {
		if n.series == nil {
			all = append(all, &series{key: k, passing: true})
			continue
		}
		if n.series[k] == nil {
			n.series[k] = &series{key: k}
		}
		all = append(all, n.series[k])
	}
	return all
}

// in gives the tally of a period.
func (s *series) in(n *counts, period calendar.Period) *tally {
	k := s.key
	k.period = period
	if s.passing || period.Kind != calendar.Quarter {
		return n.tally(k)
	}
	at := period.Year*4 + period.Quarter
	if len(s.tallies) == 0 {
		s.first = at
	}
	for ; at < s.first; s.first-- {
		s.tallies = append([]*tally{nil}, s.tallies...)
	}
	for at-s.first >= len(s.tallies) {
		s.tallies = append(s.tallies, nil)
	}
	t := &s.tallies[at-s.first]
	if *t == nil {
		*t = n.tally(k)
	}
	return *t
}
