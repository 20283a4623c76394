package measure

import (
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/inspect"
)

// numbered is a record with its codes as numbers: what finds its figures without comparing words.
type numbered struct {
	columns []numbers // of the coded columns of type codes
	codes   []int     // of the present record
	rest    int       // what else tells its figures apart
	rests   []rest
	places  map[rest]int
	fixed   []byte // while it is looked up
}

// numbers are those of a column's codes, in the order in which they come.
type numbers map[string]int

func (n numbers) number(code string) int {
	at, known := n[code]
	if !known {
		at = len(n)
		n[code] = at
	}
	return at
}

// rest is what a key holds beside its period and codes.
type rest struct {
	grain uint64
	fixed string
}

// newNumbered makes one for records of some coded columns.
func newNumbered(coded int) *numbered {
	n := &numbered{codes: make([]int, coded), places: map[rest]int{}}
	for range coded {
		n.columns = append(n.columns, numbers{})
	}
	return n
}

// of numbers the codes of a record. fixed are the columns that never stand at _T, in a dataset where others may.
func (n *numbered) of(rec inspect.Record, coded []*codebook.Column, fixed []int) {
	grain := uint64(0)
	for i, code := range rec.Codes {
		if n.codes[i] = rec.Numbers[i]; coded[i].Type == "codes" {
			n.codes[i] = n.columns[i].number(code)
		}
		if coded[i].Total && code != codebook.Total {
			grain |= 1 << i
		}
	}
	n.fixed = n.fixed[:0]
	for _, i := range fixed {
		n.fixed = append(append(n.fixed, rec.Codes[i]...), sep...)
	}
	if len(n.rests) > 0 && n.rests[n.rest].grain == grain && n.rests[n.rest].fixed == string(n.fixed) {
		return // as of the record before
	}
	at, known := n.places[rest{grain, string(n.fixed)}]
	if !known {
		at = len(n.rests)
		n.rests = append(n.rests, rest{grain, string(n.fixed)})
		n.places[n.rests[at]] = at
	}
	n.rest = at
}
