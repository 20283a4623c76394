package inspect

import (
	"cmp"
	"slices"
)

// column keeps one thing of each row, in pieces that never move: a slice that grows would stand twice in memory for a while.
type column[T any] struct {
	pieces [][]T
	count  int
}

const pieceSize = 1 << 14

func (c *column[T]) add(one T) {
	if c.count%pieceSize == 0 {
		c.pieces = append(c.pieces, make([]T, 0, pieceSize))
	}
	last := &c.pieces[len(c.pieces)-1]
	*last = append(*last, one)
	c.count++
}

func (c *column[T]) at(i uint32) T { return c.pieces[i/pieceSize][i%pieceSize] }

// lines are those that rows begin on, by the numbers of the rows. Most begin right below the one before, so only others are kept.
type lines struct {
	count uint32
	turns []turn
}

// turn is a row that does not begin right below the one before.
type turn struct{ row, line uint32 }

func (l *lines) add(line uint32) {
	if last := len(l.turns) - 1; last < 0 || line-l.turns[last].line != l.count-l.turns[last].row {
		l.turns = append(l.turns, turn{l.count, line})
	}
	l.count++
}

func (l *lines) at(row uint32) uint32 {
	behind, _ := slices.BinarySearchFunc(l.turns, row+1, func(t turn, row uint32) int { return cmp.Compare(t.row, row) })
	t := l.turns[behind-1]
	return t.line + row - t.row
}

// marks are some numbers, a bit for each.
type marks []uint64

func (m *marks) set(i uint32) {
	if more := int(i/64) + 1 - len(*m); more > 0 {
		*m = append(*m, make([]uint64, more)...)
	}
	(*m)[i/64] |= 1 << (i % 64)
}

func (m marks) has(i uint32) bool { return int(i/64) < len(m) && m[i/64]&(1<<(i%64)) != 0 }
