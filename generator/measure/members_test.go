package measure

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAMedianIsTheNumberInTheMiddleHoweverManyThereAre(t *testing.T) {
	chance := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		var m members
		var all []uint32
		most := 1 + chance.Uint32N(1<<chance.Uint32N(17))
		for range 1 + chance.IntN(200) {
			one := chance.Uint32N(most)
			m.add(one)
			all = append(all, one)
		}
		slices.Sort(all)
		low, high := int64(all[(len(all)-1)/2]), int64(all[len(all)/2])
		if got, want := m.median(), (low+high+1)/2; got != want {
			t.Fatalf("the median of %v is %d, expected %d", all, got, want)
		}
	}
}
