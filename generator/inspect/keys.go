package inspect

import "hash/maphash"

// identity is a fingerprint of some cells of a row: what is kept of a key, however long it is. At 128 bits no two keys of ten million
// share one by chance (once in 10^24 runs), and since the seeds are drawn anew in each run, nobody can make two that do.
type identity [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// identify takes the fingerprint of some cells of the present row.
func (in *Inspector) identify(columns []int) (id identity) {
	in.joined = in.joined[:0]
	for _, i := range columns {
		in.joined = append(append(in.joined, in.values[i]...), '\x1f')
	}
	return identity{maphash.Bytes(seeds[0], in.joined), maphash.Bytes(seeds[1], in.joined)}
}
