package inspect

// keys gives texts numbers from 0 on, in the order in which they come. As long as all end with digits, as systems number their rows, they
// are found by these: it takes 4 bytes for each, and neighbours stand side by side. Once one does not, or too many numbers are
// left out between them, all move into a table of fingerprints.
type keys struct {
	runs  map[string]*run // by what stands before the last digits
	last  *run
	head  string // of the last
	count uint32
	moved bool
	table numbers
}

// run holds, of texts that differ in their last digits, the number of each and 1: first those of three digits, then of two, then of one.
type run [1000 + 100 + 10]uint32

// A new run is begun where there are few, or where those so far hold so many texts each.
const fewRuns, heldByRun = 64, 200

// number finds the number of a text, or gives it the next one.
func (k *keys) number(text []byte) (number uint32, known bool) {
	if !k.moved {
		if at := k.place(text); at != nil {
			if *at == 0 {
				k.count++
				*at = k.count
				return k.count - 1, false
			}
			return *at - 1, true
		}
		k.move()
	}
	return k.table.number(identify(text))
}

// place is where the number of a text stands, or nil if it has no place.
func (k *keys) place(text []byte) *uint32 {
	head, at := len(text), 0
	for power := 1; power < 1000 && head > 0 && text[head-1] >= '0' && text[head-1] <= '9'; power *= 10 {
		head--
		at += power * int(text[head]-'0')
	}
	switch len(text) - head {
	case 0:
		return nil
	case 1:
		at += 1100
	case 2:
		at += 1000
	}
	if k.last == nil || k.head != string(text[:head]) {
		r := k.runs[string(text[:head])]
		if r == nil {
			if len(k.runs) >= fewRuns+int(k.count)/heldByRun {
				return nil
			}
			if k.runs == nil {
				k.runs = map[string]*run{}
			}
			r = &run{}
			k.runs[string(text[:head])] = r
		}
		k.last, k.head = r, string(text[:head])
	}
	return &k.last[at]
}

// move puts all texts into the table.
func (k *keys) move() {
	k.moved = true
	for range k.count {
		k.table.add([2]uint32{})
	}
	for head, r := range k.runs {
		for at, number := range r {
			if number == 0 {
				continue
			}
			text, digits := []byte(head), 3
			switch {
			case at >= 1100:
				at, digits = at-1100, 1
			case at >= 1000:
				at, digits = at-1000, 2
			}
			for power := []int{1, 10, 100}[digits-1]; power > 0; power /= 10 {
				text = append(text, byte('0'+at/power%10))
			}
			k.table.put(identify(text), number-1)
		}
	}
	k.runs, k.last = nil, nil
}
