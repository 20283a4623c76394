package inspect

import (
	"fmt"
	"hash/maphash"

	"github.com/ccpcr/impact/generator/ingest"
)

// identity is a fingerprint of some cells of a row: what is kept of a key, however long it is. At 128 bits no two keys of ten million
// share one by chance (once in 10^24 runs), and since the seeds are drawn anew in each run, nobody can make two that do.
type identity [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// spot is where a row stands: a file, by its number, and a line.
type spot struct{ file, line uint32 }

// identify takes the fingerprint of some cells of the present row.
func (in *Inspector) identify(columns []int) (id identity) {
	in.joined = in.joined[:0]
	for _, i := range columns {
		in.joined = append(append(in.joined, in.values[i]...), '\x1f')
	}
	return identity{maphash.Bytes(seeds[0], in.joined), maphash.Bytes(seeds[1], in.joined)}
}

// unique reports a row whose key stood before.
func (in *Inspector) unique(row ingest.Row) bool {
	if len(in.key) == 0 {
		return true
	}
	id := in.identify(in.key)
	if before, seen := in.keys[id]; seen {
		in.diags.Errorf(row.Pos(in.key[0]), "row/repeated", fmt.Sprintf("%s:%d has the same key: keep one, or add their counts", in.files[before.file], before.line), "expected each combination of key columns once")
		return false
	}
	in.keys[id] = spot{uint32(len(in.files) - 1), uint32(row.Line)}
	return true
}
