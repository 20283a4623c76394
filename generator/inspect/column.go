package inspect

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
