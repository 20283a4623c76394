package measure

import "slices"

// members are people by number, or days: what is kept of each record where sums will not do. They stand in pieces, so that adding one
// moves no other, and that several tallies share them.
type members [][]uint32

// A piece holds so many at first, and so many at most.
const smallPiece, largePiece = 4, 4096

func (m *members) add(one uint32) {
	last := len(*m) - 1
	if last < 0 || len((*m)[last]) == cap((*m)[last]) {
		size := smallPiece
		if last >= 0 {
			size = min(2*cap((*m)[last]), largePiece)
		}
		*m, last = append(*m, make([]uint32, 0, size)), last+1
	}
	(*m)[last] = append((*m)[last], one)
}

// distinct counts each number once. seen has a bit for each that there may be, none of them set, and is given back so.
func (m members) distinct(seen []uint64) (n int64) {
	for _, piece := range m {
		for _, one := range piece {
			if bit := uint64(1) << (one % 64); seen[one/64]&bit == 0 {
				seen[one/64] |= bit
				n++
			}
		}
	}
	for _, piece := range m {
		for _, one := range piece {
			seen[one/64] = 0
		}
	}
	return n
}

// among counts the numbers that others have too, each once.
func (m members) among(others members) (n int64) {
	seen := make([]uint64, max(m.most(), others.most())/64+1)
	for _, piece := range others {
		for _, one := range piece {
			seen[one/64] |= 1 << (one % 64)
		}
	}
	for _, piece := range m {
		for _, one := range piece {
			if bit := uint64(1) << (one % 64); seen[one/64]&bit > 0 {
				seen[one/64] &^= bit
				n++
			}
		}
	}
	return n
}

// median is the number in the middle, or what lies between the two that are, a half counting as one.
func (m members) median() int64 {
	count, most := 0, int(m.most())
	for _, piece := range m {
		count += len(piece)
	}
	if count < most/16 {
		all := slices.Concat(m...)
		slices.Sort(all)
		return (int64(all[(count-1)/2]) + int64(all[count/2]) + 1) / 2
	}
	often := make([]int, most+1) // many days, few that differ: they are counted instead of sorted
	for _, piece := range m {
		for _, one := range piece {
			often[one]++
		}
	}
	at := func(rank int) (number int64) {
		for rank -= often[0]; rank >= 0; rank -= often[number] {
			number++
		}
		return number
	}
	return (at((count-1)/2) + at(count/2) + 1) / 2
}

// most is the largest number.
func (m members) most() (most uint32) {
	for _, piece := range m {
		most = max(most, slices.Max(piece))
	}
	return most
}
