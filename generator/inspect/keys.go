package inspect

import "hash/maphash"

// identity is a fingerprint of some cells of a row: what is kept of a key, however long it is. At 96 bits no two keys of ten million
// share one by chance (once in 10^15 runs), and since the seeds are drawn anew in each run, nobody can make two that do.
type identity [3]uint32

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// identify takes the fingerprint of a text.
func identify(text []byte) identity {
	a, b := maphash.Bytes(seeds[0], text), maphash.Bytes(seeds[1], text)
	return identity{uint32(a), uint32(a >> 32), uint32(b)}
}

// text joins some cells of the present row, until the next are asked for.
func (in *Inspector) text(columns []int) []byte {
	in.joined = in.joined[:0]
	for i, column := range columns {
		if i > 0 {
			in.joined = append(in.joined, '\x1f')
		}
		in.joined = append(in.joined, in.values[column]...)
	}
	return in.joined
}

// numbers gives identities numbers from 0 on, in the order in which they come. It takes about 25 bytes for each, where a map takes
// twice as much: two thirds of the identities by their numbers, in pieces that never move, and a table of the last third and the number,
// where most identities that are looked for are told apart.
type numbers struct {
	column[[2]uint32]
	slots []slot // their count is a power of two
}

type slot struct {
	third uint32
	place uint32 // a number and 1, or 0
}

// number finds the number of an identity, or gives it the next one.
func (n *numbers) number(id identity) (number uint32, known bool) {
	if n.count*4 >= len(n.slots)*3 {
		n.grow()
	}
	at, number, known := n.find(id)
	if known {
		return number, true
	}
	number = uint32(n.count)
	n.add([2]uint32{id[0], id[1]})
	n.slots[at] = slot{id[2], number + 1}
	return number, false
}

// put gives an identity a number for which there is room.
func (n *numbers) put(id identity, number uint32) {
	for n.count*4 >= len(n.slots)*3 {
		n.grow()
	}
	at, _, _ := n.find(id)
	n.pieces[number/pieceSize][number%pieceSize] = [2]uint32{id[0], id[1]}
	n.slots[at] = slot{id[2], number + 1}
}

// find finds the slot of an identity, and its number if it has one. There is a free slot.
func (n *numbers) find(id identity) (at, number uint32, known bool) {
	mask := uint32(len(n.slots) - 1)
	for at = id[2] & mask; n.slots[at].place != 0; at = (at + 1) & mask {
		if s := n.slots[at]; s.third == id[2] && n.identity(s) == id {
			return at, s.place - 1, true
		}
	}
	return at, 0, false
}

func (n *numbers) identity(s slot) identity {
	id := n.at(s.place - 1)
	return identity{id[0], id[1], s.third}
}

// grow doubles the table.
func (n *numbers) grow() {
	old := n.slots
	n.slots = make([]slot, max(64, 2*len(old)))
	mask := uint32(len(n.slots) - 1)
	for _, s := range old {
		if s.place == 0 {
			continue
		}
		at := s.third & mask
		for n.slots[at].place != 0 {
			at = (at + 1) & mask
		}
		n.slots[at] = s
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

// all gives every identity with its number.
func (n *numbers) all(yield func(identity, uint32) bool) {
	for _, s := range n.slots {
		if s.place != 0 && !yield(n.identity(s), s.place-1) {
			return
		}
	}
}
