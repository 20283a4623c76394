package measure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/inspect"
)

// tally is a sum and where it comes from, and of what cannot be added the people or the days.
type tally struct {
	value   int64
	from    Origin
	members members
	exits   []exit // of who left, until all are read
}

// tally gives the sum of a key, 0 at first.
func (n *counts) tally(k key) *tally {
	sums := n.sums
	if n.left != nil {
		sums = n.left
	}
	t := sums[k]
	if t == nil {
		t = &tally{}
		sums[k] = t
	}
	return t
}

func (t *tally) add(value int64, from Origin) { t.value, t.from = t.value+value, t.from.and(from) }

// put counts a record in a place and a period.
func (n *counts) put(p *series, period calendar.Period, rec inspect.Record) {
	t := p.in(n, period)
	switch {
	case n.left != nil:
		n.leave(t, rec)
		return
	case n.members:
		t.members.add(n.member(rec))
	}
	if t.add(rec.Count, Origin{rec.File, rec.Line, rec.Rows}); n.sources != nil {
		k := p.key
		k.period = period
		n.source(k, rec.File, rec.Line)
	}
}

// tell adds to the figure of a key.
func (n *counts) tell(k key, count int64, from Origin) {
	if n.tally(k).add(count, from); n.sources != nil {
		n.source(k, from.File, from.Line)
	}
}

func (n *counts) source(k key, file string, line int) {
	n.sources[k] = append(n.sources[k], fmt.Sprintf("%s:%d", file, line))
}

// tellings joins the codes that a record has in the plan's columns: once for each combination of its several codes.
func (n *counts) tellings(rec inspect.Record) []string {
	if len(n.sets) == 0 {
		return []string{n.telling(rec)}
	}
	all := []string{""}
	for _, i := range n.columns {
		for j := range all {
			all[j] += rec.Codes[i] + sep
		}
		for _, head := range all {
			head = strings.TrimSuffix(head, rec.Codes[i]+sep)
			for _, code := range rec.Sets[i] {
				if n.filter[i] == nil || slices.Contains(n.filter[i], code) {
					all = append(all, head+code+sep)
				}
			}
		}
	}
	return all
}

// telling is the only one of a record without several codes.
func (n *counts) telling(rec inspect.Record) string {
	var joined strings.Builder
	for _, i := range n.columns {
		joined.WriteString(rec.Codes[i])
		joined.WriteString(sep)
	}
	return joined.String()
}
