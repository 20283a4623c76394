package audit

import (
	"fmt"

	"github.com/ccpcr/impact/generator/ledger"
)

// interval is what an attacker knows of a count: at least lo, at most hi, both whole numbers.
type interval struct{ lo, hi int64 }

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
	case iv.hi >= ledger.Unbounded:
		return fmt.Sprintf("%d or more", iv.lo)
	case iv.lo == iv.hi:
		return fmt.Sprintf("%d", iv.lo)
	}
	return fmt.Sprintf("%d to %d", iv.lo, iv.hi)
}
