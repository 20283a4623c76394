package inspect

import (
	"encoding/binary"
	"slices"

	"github.com/ccpcr/impact/generator/codebook"
)

// together says whether rows that say the same may be one record: nothing looks at single rows, or at what stands beside their codes.
func together(cb *codebook.Codebook, d *codebook.Dataset) bool {
	if d.Percent != nil || d.Person != nil || d.Spell != nil {
		return false
	}
	for _, ind := range cb.Indicators {
		if ind.Dated != nil && cb.DatasetOf(ind) == d {
			return false
		}
	}
	for _, c := range d.Columns {
		if c.Type == "codes" {
			return false
		}
	}
	for _, e := range cb.Expectations {
		if e.Dataset != nil && e.Dataset.ID == d.ID && (e.Kind == "never" || e.Kind == "printed" || e.Kind == "repeated") {
			return false
		}
	}
	return true
}

// sums adds up the rows of one file that say the same.
type sums struct {
	records []*Record // in the order of their first rows
	known   map[string]*Record
	key     []byte // of the present row, while it is looked up
}

func newSums() *sums { return &sums{known: map[string]*Record{}} }

func (s *sums) add(rec *Record) {
	s.key = append(append(s.key[:0], rec.Period.Kind...), '\x1f')
	s.key = binary.AppendVarint(binary.AppendVarint(s.key, int64(rec.Period.Year)), int64(rec.Period.Quarter))
	for _, number := range rec.Numbers {
		s.key = binary.AppendUvarint(s.key, uint64(number))
	}
	if sum := s.known[string(s.key)]; sum != nil {
		sum.Count, sum.Rows = sum.Count+rec.Count, sum.Rows+1
		return
	}
	sum := *rec
	sum.Codes, sum.Numbers = slices.Clone(rec.Codes), slices.Clone(rec.Numbers) // there are no sets
	s.records = append(s.records, &sum)
	s.known[string(s.key)] = &sum
}
