package inspect

import "testing"

func TestNumbersAreGivenInTheOrderInWhichIdentitiesCome(t *testing.T) {
	const many = 3*pieceSize + 5
	id := func(i int) identity { // those of one third of a piece look alike in the table
		return identity{uint32(i), uint32(i % 7), uint32(i%(pieceSize/3)) * 2654435761}
	}
	var n numbers
	if _, known := n.of(id(0)); known {
		t.Error("found an identity in no numbers")
	}
	for i := range many {
		if number, known := n.number(id(i)); known || number != uint32(i) {
			t.Fatalf("identity %d is number %d, known %t", i, number, known)
		}
	}
	for i := range many {
		if number, known := n.number(id(i)); !known || number != uint32(i) {
			t.Fatalf("identity %d is number %d again, known %t", i, number, known)
		}
	}
	if number, known := n.of(id(many)); known {
		t.Errorf("an identity that never came is number %d", number)
	}
	seen := make([]bool, many)
	for one, number := range n.all {
		if one != id(int(number)) || seen[number] {
			t.Fatalf("number %d is given for another identity, or twice", number)
		}
		seen[number] = true
	}
	for i, ok := range seen {
		if !ok {
			t.Fatalf("number %d is not among all", i)
		}
	}
}
