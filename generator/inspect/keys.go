package inspect

import "hash/maphash"

// identity is a fingerprint of some cells of a row: what is kept of a key, however long it is. At 96 bits no two keys of ten million
// share one by chance (once in 10^15 runs), and since the seeds are drawn anew in each run, nobody can make two that do.
type identity [3]uint32

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// identify takes the fingerprint of some cells of the present row.
func (in *Inspector) identify(columns []int) identity {
	in.joined = in.joined[:0]
	for _, i := range columns {
		in.joined = append(append(in.joined, in.values[i]...), '\x1f')
	}
	a, b := maphash.Bytes(seeds[0], in.joined), maphash.Bytes(seeds[1], in.joined)
	return identity{uint32(a), uint32(a >> 32), uint32(b)}
}

// numbers gives identities numbers from 0 on, in the order in which they come. It takes about twenty bytes for each, where a map takes
// twice as much: the identities by their numbers, in pieces that never move, and a table of numbers that is found by identity.
type numbers struct {
	pieces [][]identity
	slots  []uint32 // a number and 1, or 0; their count is a power of two
	count  int
}

const pieceSize = 1 << 14

// number finds the number of an identity, or gives it the next one.
func (n *numbers) number(id identity) (number uint32, known bool) {
	if n.count*4 >= len(n.slots)*3 {
		n.grow()
	}
	at, number, known := n.find(id)
	if known {
		return number, true
	}
	if n.count%pieceSize == 0 {
		n.pieces = append(n.pieces, make([]identity, 0, pieceSize))
	}
	last := &n.pieces[len(n.pieces)-1]
	*last = append(*last, id)
	n.slots[at] = uint32(n.count) + 1
	n.count++
	return uint32(n.count) - 1, false
}

// find finds the slot of an identity, and its number if it has one. There is a free slot.
func (n *numbers) find(id identity) (slot, number uint32, known bool) {
	mask := uint32(len(n.slots) - 1)
	for slot = id[0] & mask; n.slots[slot] != 0; slot = (slot + 1) & mask {
		if number = n.slots[slot] - 1; n.identity(number) == id {
			return slot, number, true
		}
	}
	return slot, 0, false
}

func (n *numbers) identity(number uint32) identity {
	return n.pieces[number/pieceSize][number%pieceSize]
}

// grow doubles the table.
func (n *numbers) grow() {
	n.slots = make([]uint32, max(64, 2*len(n.slots)))
	for number := range uint32(n.count) {
		slot, _, _ := n.find(n.identity(number))
		n.slots[slot] = number + 1
	}
}

// of finds the number of an identity that may have one.
func (n *numbers) of(id identity) (number uint32, known bool) {
	if n.count == 0 {
		return 0, false
	}
	_, number, known = n.find(id)
	return number, known
}
