package audit

import (
	"fmt"

	"github.com/ccpcr/impact/generator/ledger"
)

// interval is what an attacker knows of a count: at least lo, at most hi, both whole numbers.
type interval struct{ lo, hi int64 }

// open is the upper bound of a count of which nothing is known. It is far from overflow however many are added.
const open = int64(1) << 50

var anything = interval{0, open}

// values is how many counts the interval holds.
func (iv interval) values() int64 { return iv.hi - iv.lo + 1 }

// holdsSmall says whether the count may be one that has to be protected: from 1 to below the threshold.
func (iv interval) holdsSmall(threshold int64) bool { return iv.lo < threshold && iv.hi >= 1 }

// narrow is the definition of a finding: a small count may be in it, and it holds fewer than four values, or fewer than three
// where zero is one of them.
func (iv interval) narrow(threshold int64) bool {
	least := int64(4)
	if iv.lo == 0 {
		least = 3
	}
	return iv.holdsSmall(threshold) && iv.values() < least
}

func (iv interval) String() string {
	switch {
	case iv.hi >= open:
		return fmt.Sprintf("%d or more", iv.lo)
	case iv.lo == iv.hi:
		return fmt.Sprintf("%d", iv.lo)
	}
	return fmt.Sprintf("%d to %d", iv.lo, iv.hi)
}

// kept is what one shown value says by the rule, if it may be one that was kept from an earlier release, together with what is
// known from elsewhere.
func (a *attacker) kept(c ledger.Cell) interval {
	lo, hi, bounded := a.release.Bounds(c.ID, "children")
	return a.with(c, lo, hi, bounded)
}

// fresh is what it says if it was made anew.
func (a *attacker) fresh(c ledger.Cell) interval {
	lo, hi, bounded := a.release.FreshBounds(c.ID, "children")
	return a.with(c, lo, hi, bounded)
}

func (a *attacker) with(c ledger.Cell, lo, hi int64, bounded bool) interval {
	if !bounded {
		return a.knownOnly(c)
	}
	return meet(interval{lo, hi}, a.knownOnly(c))
}

// knownOnly is what is known of a cell without any release.
func (a *attacker) knownOnly(c ledger.Cell) interval {
	for _, k := range a.known {
		if k.Cell == c.ID {
			return interval{k.Value, k.Value}
		}
	}
	if c.Value.Status() == ledger.Impossible {
		return interval{0, 0}
	}
	return anything
}

// meet is what two sources say together. Where they contradict each other the shown value stands: a correction is not a leak.
func meet(shown, known interval) interval {
	both := interval{max(shown.lo, known.lo), min(shown.hi, known.hi)}
	if both.lo > both.hi {
		return shown
	}
	return both
}

// propagate narrows a total and its parts by total = sum of parts or, where parts overlap, by total <= sum of parts and each part
// <= total. For one such relation this gives the exact interval of each. The total comes first. Where nothing satisfies the
// relation, the intervals stay as they were.
func propagate(total interval, parts []interval, additive bool) []interval {
	out := append([]interval{total}, parts...)
	var lo, hi, most int64
	for _, p := range parts {
		lo, hi, most = min(open, lo+p.lo), min(open, hi+p.hi), max(most, p.lo)
	}
	if !additive {
		lo = most
	}
	if lo > total.hi || hi < total.lo {
		return out
	}
	out[0] = interval{max(total.lo, lo), min(total.hi, hi)}
	for i, p := range parts {
		var otherLo, otherHi int64
		for j, q := range parts {
			if j != i {
				otherLo, otherHi = min(open, otherLo+q.lo), min(open, otherHi+q.hi)
			}
		}
		if !additive {
			otherLo = 0
		}
		out[i+1] = interval{max(p.lo, total.lo-otherHi), min(p.hi, total.hi-otherLo)}
		if total.hi >= open {
			out[i+1].hi = p.hi
		}
	}
	return out
}
