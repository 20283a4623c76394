package measure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/inspect"
)

// tally is a sum and where it comes from, and of what cannot be added the people or the days.
type tally struct {
	value   int64
	from    Origin
	members []uint32
}

// tally gives the sum of a key, 0 at first.
func (n *counts) tally(k key) *tally {
	t := n.sums[k]
	if t == nil {
		t = &tally{}
		n.sums[k] = t
	}
	return t
}

func (t *tally) add(value int64, from Origin) { t.value, t.from = t.value+value, t.from.and(from) }

func (n *counts) put(k key, rec inspect.Record) {
	if n.exits != nil {
		n.leave(k, rec)
		return
	}
	t := n.tell(k, rec.Count, Origin{rec.File, rec.Line, rec.Rows})
	if n.members {
		t.members = append(t.members, n.member(rec))
	}
}

func (n *counts) tell(k key, count int64, from Origin) *tally {
	t := n.tally(k)
	t.add(count, from)
	if n.sources != nil {
		n.sources[k] = append(n.sources[k], fmt.Sprintf("%s:%d", from.File, from.Line))
	}
	return t
}

// tellings joins the codes that a record has in the plan's columns: once for each combination of its several codes.
func (n *counts) tellings(rec inspect.Record) []string {
	if len(n.sets) == 0 {
		n.one[0] = n.telling(rec)
		return n.one[:]
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

// telling is the only one of a record without several codes. Most records say what another one said before.
func (n *counts) telling(rec inspect.Record) string {
	n.joined = n.joined[:0]
	for _, i := range n.columns {
		n.joined = append(append(n.joined, rec.Codes[i]...), sep...)
	}
	known, ok := n.known[string(n.joined)]
	if !ok {
		known = string(n.joined)
		n.known[known] = known
	}
	return known
}
