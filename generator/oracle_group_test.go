package main

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// book knows what is published of each pattern of tokens, and groups truths by it.
type book struct {
	*form
	published map[tokens]tokens
	accepted  int // complete groups that are narrow, as is known
	groups    map[group]*seen
}

// group is what an attacker has of a truth: what is published of it and, if known, the true total.
type group struct {
	output tokens
	total  int64
}

// seen is which values the targets of a group were found to have: a bit for each below 63.
type seen struct{ values []uint64 }

func newBook(f *form) *book { return &book{f, map[tokens]tokens{}, 0, map[group]*seen{}} }

// learn publishes those truths whose patterns are new, one for each pattern.
func (b *book) learn(t testing.TB, truths []truth) {
	t.Helper()
	const batch = 800
	var todo []truth
	flush := func() {
		outputs, _ := b.publish(t, todo, "")
		for i, x := range todo {
			b.published[b.pattern(x)] = outputs[i]
		}
		todo = nil
	}
	for _, x := range truths {
		key := b.pattern(x)
		if _, ok := b.published[key]; ok {
			continue
		}
		b.published[key] = tokens{}
		if todo = append(todo, slices.Clone(x)); len(todo) == batch {
			flush()
		}
	}
	if len(todo) > 0 {
		flush()
	}
}

// pattern is what the outcome depends on: the tokens and, if an attacker knows the total, that too.
func (b *book) pattern(x truth) tokens {
	key := b.tokens(x)
	if b.known {
		key[most-1] = uint8(b.figures[b.total].count(x))
	}
	return key
}

// see puts a truth, whose pattern is learnt, into its group.
func (b *book) see(x truth) {
	g := b.groupOf(x)
	s := b.groups[g]
	if s == nil {
		s = &seen{make([]uint64, len(b.targets))}
		b.groups[g] = s
	}
	for i, target := range b.targets {
		s.values[i] |= 1 << min(63, target.count(x))
	}
}

func (b *book) groupOf(x truth) group {
	key := b.pattern(x)
	output, ok := b.published[key]
	if !ok {
		panic("this pattern was never published")
	}
	return group{output, int64(key[most-1])}
}

// narrow lists the targets of a group that may be a small count and have fewer than four values, or fewer than three where zero is
// one of them.
func (b *book) narrow(g group) (names []string) {
	for i, values := range b.groups[g].values {
		if few(values) && !(b.known && few(b.alone(b.targets[i], g.total))) {
			names = append(names, fmt.Sprintf("%s %v", b.targets[i].name, listed(values)))
		}
	}
	return names
}

// listed gives the values that bits stand for.
func listed(values uint64) (all []int) {
	for ; values != 0; values &= values - 1 {
		all = append(all, bits.TrailingZeros64(values))
	}
	return all
}

func few(values uint64) bool {
	const small = 1<<10 - 2 // 1 to 9
	least := 4
	if values&1 != 0 {
		least = 3
	}
	return values&small != 0 && bits.OnesCount64(values) < least
}

// alone gives the values that a target may have where only the total is known.
func (b *book) alone(target figure, total int64) uint64 {
	if len(target.of) == b.atoms {
		return 1 << min(63, total)
	}
	return 1<<min(63, total+1) - 1
}

// most gives for each single count the largest value that the published figures allow.
func (b *book) most(g group) []int64 {
	all := slices.Repeat([]int64{1 << 40}, b.atoms)
	if b.known {
		all = slices.Repeat([]int64{g.total}, b.atoms)
	}
	for i, f := range b.figures {
		_, hi := bounds(g.output[i])
		for _, atom := range f.of {
			all[atom] = min(all[atom], hi)
		}
	}
	return all
}

// climbed says whether a table of the plan is not shown as planned.
func (b *book) climbed(g group) bool {
	return slices.ContainsFunc(b.cells, func(rungs [][]int) bool {
		return slices.ContainsFunc(rungs[0], func(i int) bool { return g.output[i] == unseen })
	})
}

// say writes what is published in a group.
func (b *book) say(g group) string {
	var s strings.Builder
	for i, f := range b.figures {
		switch token := g.output[i]; token {
		case unseen:
		case 0:
			fmt.Fprintf(&s, "  %s ..\n", f.name)
		case 1:
			fmt.Fprintf(&s, "  %s <10\n", f.name)
		default:
			fmt.Fprintf(&s, "  %s %d\n", f.name, 5*int(token))
		}
	}
	if b.known {
		fmt.Fprintf(&s, "  known total %d\n", g.total)
	}
	return s.String()
}

// truths lists every truth of so many counts, each at most count and all together at most total.
func truths(atoms int, count, total int64) func(yield func(truth) bool) {
	return func(yield func(truth) bool) {
		x := make(truth, atoms)
		var fill func(i int, left int64) bool
		fill = func(i int, left int64) bool {
			if i == atoms {
				return yield(x)
			}
			for x[i] = 0; x[i] <= min(count, left); x[i]++ {
				if !fill(i+1, left-x[i]) {
					return false
				}
			}
			x[i] = 0
			return true
		}
		fill(0, total)
	}
}

// enumerate publishes every truth of a form up to a size and looks through every group that is complete: all truths that give it
// lie within the size.
func (b *book) enumerate(t *testing.T, count, total int64) {
	t.Helper()
	patterns := map[tokens]bool{}
	var of []truth
	n := 0
	for x := range truths(b.atoms, count, total) {
		n++
		if key := b.pattern(x); !patterns[key] {
			patterns[key] = true
			of = append(of, slices.Clone(x))
		}
	}
	b.learn(t, of)
	for x := range truths(b.atoms, count, total) {
		b.see(x)
	}
	looked, climbed, faults := 0, 0, 0
	for g := range b.groups {
		_, hi := bounds(g.output[b.total])
		if b.known {
			hi = g.total
		}
		if hi > total || slices.Max(b.most(g)) > count {
			continue
		}
		looked++
		if b.climbed(g) {
			climbed++
		}
		if names := b.narrow(g); len(names) > 0 {
			if faults++; faults <= 3 {
				t.Logf("too few values of %q where this is published:\n%s", names, b.say(g))
			}
		}
	}
	t.Logf("%d truths, %d patterns, %d groups, %d of them complete, of which %d climbed, %d narrow", n, len(of), len(b.groups), looked, climbed, faults)
	if looked < 5 || faults != b.accepted {
		t.Errorf("expected many complete groups and %d of them narrow, found %d and %d", b.accepted, looked, faults)
	}
}

// sample publishes some truths and looks for others behind what is published of each: by chance first, and where those leave
// something narrow, all of them.
func (b *book) sample(t *testing.T, r *rand.Rand, some []truth) {
	t.Helper()
	b.learn(t, some)
	start := map[group]truth{}
	for _, x := range some {
		start[b.groupOf(x)] = x
		b.see(x)
	}
	open := start
	for range 40 {
		if len(open) == 0 {
			break
		}
		var found []truth
		for g, x := range open {
			found = append(found, b.walk(r, g, x, 60)...)
		}
		b.learn(t, found)
		for _, x := range found {
			b.see(x)
		}
		left := map[group]truth{}
		for g, x := range open {
			if len(b.narrow(g)) > 0 {
				left[g] = x
			}
		}
		open = left
	}
	faults, climbed := 0, 0
	for g := range start {
		if b.climbed(g) {
			climbed++
		}
	}
	for g := range open {
		behind := b.behind(g, 5_000)
		b.learn(t, behind)
		for _, x := range behind {
			b.see(x)
		}
		if names := b.narrow(g); len(names) > 0 {
			if faults++; faults <= 3 {
				t.Logf("too few values of %q where this is published (%d truths show the same figures):\n%s", names, len(behind), b.say(g))
			}
		}
	}
	t.Logf("%d truths, %d patterns, %d groups, of which %d climbed; %d looked through in full, %d narrow", len(some), len(b.published), len(start), climbed, len(open), faults)
	if faults != b.accepted {
		t.Errorf("expected %d narrow groups, found %d", b.accepted, faults)
	}
	if climbed == len(start) {
		t.Errorf("expected some tables that did not climb, all %d did", climbed)
	}
}

// fits says whether a truth agrees with what is published in a group, as far as figures go.
func (b *book) fits(g group, x truth) bool {
	if b.known && b.figures[b.total].count(x) != g.total {
		return false
	}
	for i, f := range b.figures {
		lo, hi := bounds(g.output[i])
		if n := f.count(x); n < lo || n > hi {
			return false
		}
	}
	return true
}

// walk moves children between the single counts of a truth, as far as the published figures allow.
func (b *book) walk(r *rand.Rand, g group, x truth, steps int) []truth {
	var all []truth
	x = slices.Clone(x)
	for range steps * 20 {
		y := slices.Clone(x)
		i, j, by := r.IntN(len(y)), r.IntN(len(y)), 1+r.Int64N(4)
		if y[i] += by; i != j && r.IntN(4) > 0 {
			y[j] -= by
		} else if r.IntN(2) == 0 {
			y[i] -= 2 * by
		}
		if slices.Min(y) >= 0 && b.fits(g, y) {
			x = y
			if all = append(all, y); len(all) == steps {
				break
			}
		}
	}
	return all
}

// behind lists the truths that agree with what is published in a group, up to a number.
func (b *book) behind(g group, limit int) []truth {
	var all []truth
	most := b.most(g)
	x := make(truth, b.atoms)
	var fill func(i int)
	fill = func(i int) {
		if len(all) == limit {
			return
		}
		if i == len(x) {
			if b.fits(g, x) {
				all = append(all, slices.Clone(x))
			}
			return
		}
		for x[i] = 0; x[i] <= most[i]; x[i]++ {
			if b.mayFit(g, x, i, most) {
				fill(i + 1)
			}
		}
		x[i] = 0
	}
	fill(0)
	return all
}

// mayFit says whether the published figures still allow a truth whose counts up to a place are settled.
func (b *book) mayFit(g group, x truth, settled int, most []int64) bool {
	for k, f := range b.figures {
		lo, hi := bounds(g.output[k])
		if b.known && k == b.total {
			lo, hi = g.total, g.total
		}
		least, greatest := int64(0), int64(0)
		for _, i := range f.of {
			if i <= settled {
				least, greatest = least+x[i], greatest+x[i]
			} else {
				greatest += most[i]
			}
		}
		if least > hi || greatest < lo {
			return false
		}
	}
	return true
}
