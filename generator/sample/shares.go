package sample

import "math/rand/v2"

// share is a code and how often it is drawn among the others of its list.
type share struct {
	code   string
	weight int
}

// The shares are whole numbers: sums of fractions would differ between machines.
var (
	shelters  = []share{{"A", 50}, {"B", 36}, {"C", 14}}
	caseTypes = []share{{"DV", 14}, {"SA", 10}, {"NC", 13}, {"TL", 20}, {"ST", 6}, {"SW", 8}, {"RC", 29}}
	sexes     = []share{{"F", 86}, {"M", 14}}
	ageBands  = []share{{"0-10", 18}, {"11-17", 51}, {"18-25", 27}, {"26-plus", 4}}

	// provinces are where children come from and villages lie: a few along the border and around the capital, and a long tail.
	provinces = []share{
		{"KH-1", 60}, {"KH-2", 75}, {"KH-3", 90}, {"KH-4", 20}, {"KH-5", 30}, {"KH-6", 70}, {"KH-7", 35}, {"KH-8", 65}, {"KH-9", 12},
		{"KH-10", 14}, {"KH-11", 4}, {"KH-12", 160}, {"KH-13", 8}, {"KH-14", 130}, {"KH-15", 22}, {"KH-16", 5}, {"KH-17", 55},
		{"KH-18", 16}, {"KH-19", 6}, {"KH-20", 170}, {"KH-21", 32}, {"KH-22", 9}, {"KH-23", 3}, {"KH-24", 5}, {"KH-25", 28},
	}
	activities = []share{{"peer-education", 45}, {"rights", 20}, {"migration", 12}, {"parents", 11}, {"school", 8}, {"authorities", 4}}
	donors     = []share{{"donor-a", 40}, {"donor-b", 30}, {"donor-c", 18}, {"donor-d", 12}, {"volunteers", 0}}
)

// places are the sample's own, or others with the same shares.
func (o Options) places() []share {
	if o.Places == nil {
		return provinces
	}
	all := make([]share, len(o.Places))
	for i, code := range o.Places {
		all[i] = share{code, provinces[i%len(provinces)].weight}
	}
	return all
}

// people are the rows of one attendance sheet.
var people = [4][2]string{{"F", "child"}, {"M", "child"}, {"F", "adult"}, {"M", "adult"}}

// urn draws indexes by their weights.
type urn struct{ slips []uint8 }

func newUrn(shares []share) urn {
	var u urn
	for i, s := range shares {
		u.add(i, s.weight)
	}
	return u
}

func (u *urn) add(index, weight int) {
	for range weight {
		u.slips = append(u.slips, uint8(index))
	}
}

func (u urn) draw(r *rand.Rand) int { return int(u.slips[r.IntN(len(u.slips))]) }
