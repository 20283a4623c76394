package measure

import (
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
)

// narrow gives sums as far as a table of some columns tells them apart. A table reads its sums once for each
// period and margin, and these are few where those of the whole plan are many.
func (c *Counter) narrow(n *sums, columns []*codebook.Column) *sums {
	out := &sums{counts: n.counts, all: map[key]*tally{}}
	if n.sources != nil {
		out.sources = map[key][]string{}
	}
	kept := make([]bool, len(n.columns))
	for at, i := range n.columns {
		if kept[at] = slices.Contains(columns, c.coded[i]) || slices.Contains(n.sets, at); !kept[at] {
			continue
		}
		if slices.Contains(n.sets, at) { // it is needed to choose between a record's total and its several codes
			out.sets = append(out.sets, len(out.columns))
		}
		out.columns = append(out.columns, i)
	}
	var codes []byte
	for k, sum := range n.all {
		codes = codes[:0]
		for at, rest := 0, k.codes; rest != ""; at++ {
			end := strings.Index(rest, sep) + len(sep)
			if kept[at] {
				codes = append(codes, rest[:end]...)
			}
			rest = rest[end:]
		}
		to := key{period: k.period, grain: k.grain, fixed: k.fixed, codes: string(codes)}
		t := out.tally(to)
		t.add(sum.value, sum.from)
		t.members = append(t.members, sum.members...) // whole pieces
		if n.sources != nil {
			out.sources[to] = append(out.sources[to], n.sources[k]...)
		}
	}
	return out
}
