package inspect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
)

// enough is how many rows must share a combination for nobody to stand out by it.
const enough = 5

// crowd counts how many rows of a register share each combination of the columns by which somebody might be recognised.
type crowd struct {
	names  []string
	at     []int // among the coded columns
	rows   map[string]*int
	joined []byte // a combination, while it is looked up
}

func newCrowd(d *codebook.Dataset, coded []*codebook.Column) *crowd {
	c := &crowd{rows: map[string]*int{}}
	for _, r := range d.Quasi {
		c.names = append(c.names, r.ID)
		c.at = append(c.at, slices.IndexFunc(coded, func(col *codebook.Column) bool { return col.Name == r.ID }))
	}
	return c
}

func (c *crowd) add(rec *Record) {
	if len(c.at) == 0 {
		return
	}
	c.joined = c.joined[:0]
	for _, at := range c.at {
		c.joined = append(append(c.joined, rec.Codes[at]...), '\x1f')
	}
	n := c.rows[string(c.joined)]
	if n == nil {
		n = new(int)
		c.rows[string(c.joined)] = n
	}
	*n++
}

// Alone says in words, for staff only, how many combinations of the declared columns few rows share; "" if none is declared or no
// row was read.
func (in *Inspector) Alone() string {
	rare, rows := 0, 0
	for _, n := range in.crowd.rows {
		if *n < enough {
			rare, rows = rare+1, rows+*n
		}
	}
	switch {
	case len(in.crowd.rows) == 0:
		return ""
	case rare == 0:
		return fmt.Sprintf("%s: each combination of %s is shared by %d rows or more", in.dataset.ID, strings.Join(in.crowd.names, ", "), enough)
	}
	return fmt.Sprintf("%s: %d of %d combinations of %s are shared by fewer than %d rows, %d rows in all; who knows these of a child finds its row, so keep the export where only case workers reach it",
		in.dataset.ID, rare, len(in.crowd.rows), strings.Join(in.crowd.names, ", "), enough, rows)
}
