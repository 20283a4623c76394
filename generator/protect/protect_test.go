package protect_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
)

var (
	rule      = codebook.Protection{Threshold: 10, Base: 5, SplitFloor: 25, MaxByYear: 3, MaxByQuarter: 2}
	served    = &codebook.Indicator{ID: "served"}
	year      = calendar.Period{Kind: calendar.Year, Year: 2010}
	sex       = measure.Attribute{Column: &codebook.Column{Name: "sex"}, Codes: []string{"F", "M"}}
	adulthood = measure.Attribute{Column: &codebook.Column{Name: "adulthood"}, Codes: []string{"child", "adult"}}
)

// counted is a plan of one rung with true figures in the order of its cells.
func counted(class codebook.Class, attributes []measure.Attribute, cells ...measure.Cell) measure.Plan {
	return measure.Plan{ID: "served", Indicator: served, Class: class, Additive: true, Rungs: []measure.Table{{Attributes: attributes, Cells: cells}}}
}

func count(n int64, codes ...string) measure.Cell {
	return measure.Cell{Period: year, Codes: codes, Value: n, State: measure.Counted}
}

// tokens are the shown values of a plan's cells, as readers see them.
func tokens(plan measure.Plan, prior protect.Prior) []string {
	var all []string
	for _, c := range protect.Make(rule, []measure.Plan{plan}, nil, prior)[0].Cells {
		all = append(all, token(c.Value))
	}
	return all
}

func token(v protect.Value) string {
	if n, ok := v.Number(); ok {
		return fmt.Sprint(n)
	}
	return v.Status()
}

// shown is the token of a figure by itself, after an earlier one.
func shown(n int64, before protect.Shown) string {
	return tokens(counted(codebook.Children, nil, count(n)), protect.Prior{"served/2010": before})[0]
}

func TestAFigureOfChildrenIsSmallBelowTenAndTheNearestFiveFromTenOn(t *testing.T) {
	for n, want := range map[int64]string{
		0: "small", 1: "small", 9: "small", 10: "10", 12: "10", 13: "15", 17: "15", 18: "20", 22: "20", 23: "25", 287: "285", 288: "290", 1002: "1000",
	} {
		if got := shown(n, protect.Shown{}); got != want {
			t.Errorf("%d is shown as %s, want %s", n, got, want)
		}
	}
}

func TestAnOpenFigureIsExact(t *testing.T) {
	open := counted(codebook.Open, []measure.Attribute{sex}, count(7, "_T"), count(3, "F"),
		measure.Cell{Period: year, Codes: []string{"M"}, State: measure.Missing})
	if got := tokens(open, protect.Prior{"served/2010": {N: 10}}); !slices.Equal(got, []string{"7", "3", "missing"}) {
		t.Errorf("got %q", got)
	}
}

func TestTheZeroValueIsWithheld(t *testing.T) {
	if got := token(protect.Value{}); got != "withheld" {
		t.Errorf("got %s", got)
	}
}

// A prior value is any that the rule can have shown; a shown value in turn is the prior of the next release, so that the
// bounds hold over any number of releases.
func TestAKeptValueIsLessThanABaseAwayFromTheTruth(t *testing.T) {
	priors := []protect.Shown{{}, {Small: true}}
	for n := int64(10); n <= 45; n += 5 {
		priors = append(priors, protect.Shown{N: n})
	}
	for _, before := range priors {
		for n := int64(0); n <= 40; n++ {
			plan := counted(codebook.Children, nil, count(n))
			v := protect.Make(rule, []measure.Plan{plan}, nil, protect.Prior{"served/2010": before})[0].Cells[0].Value
			switch number, ok := v.Number(); {
			case ok && (number-n >= 5 || n-number >= 5 || number%5 != 0 || number < 10):
				t.Errorf("after %+v, %d is shown as %d", before, n, number)
			case !ok && (v.Status() != "small" || n >= 15):
				t.Errorf("after %+v, %d is shown as %s", before, n, v.Status())
			case ok && before.N > 0 && number != before.N && n-before.N < 5 && before.N-n < 5:
				t.Errorf("after %+v, %d changes what is shown to %d, though it is less than a base away", before, n, number)
			case ok && before.Small && n < 15:
				t.Errorf("after %+v, %d is shown as %d: the crossing of the threshold shows", before, n, number)
			}
		}
	}
}

func TestAFigureIsSplitOnlyWhereItsShownValueReachesTheFloor(t *testing.T) {
	for _, c := range []struct {
		total, f, m int64
		want        []string
	}{
		{18, 9, 9, []string{"20", "withheld", "withheld"}},
		{22, 12, 10, []string{"20", "withheld", "withheld"}},
		{23, 13, 10, []string{"25", "15", "10"}}, // 23 is shown as 25: the shown value decides
		{27, 26, 1, []string{"25", "25", "small"}},
		{9, 9, 0, []string{"small", "withheld", "withheld"}},
	} {
		plan := counted(codebook.Children, []measure.Attribute{sex}, count(c.total, "_T"), count(c.f, "F"), count(c.m, "M"))
		if got := tokens(plan, nil); !slices.Equal(got, c.want) {
			t.Errorf("%d of %d and %d is shown as %q, want %q", c.total, c.f, c.m, got, c.want)
		}
	}
	// A kept value decides as well: 22 kept at 25 is split.
	plan := counted(codebook.Children, []measure.Attribute{sex}, count(22, "_T"), count(12, "F"), count(10, "M"))
	if got := tokens(plan, protect.Prior{"served/2010": {N: 25}}); !slices.Equal(got, []string{"25", "10", "10"}) {
		t.Errorf("got %q", got)
	}
}

func TestAParentWithoutANumberIsNotSplit(t *testing.T) {
	missing := measure.Cell{Period: year, Codes: []string{"_T"}, State: measure.Missing}
	plan := counted(codebook.Children, []measure.Attribute{sex}, missing, count(30, "F"), measure.Cell{Period: year, Codes: []string{"M"}, State: measure.Impossible})
	if got := tokens(plan, nil); !slices.Equal(got, []string{"missing", "withheld", "impossible"}) {
		t.Errorf("got %q", got)
	}
}

func TestPlansClimbToTheTopAndNoFurther(t *testing.T) {
	plan := measure.Plan{ID: "served.sex", Indicator: served, Class: codebook.Children, Rungs: []measure.Table{
		{Attributes: []measure.Attribute{sex}, Cells: []measure.Cell{count(30, "_T"), count(15, "F"), count(15, "M")}},
		{Cells: []measure.Cell{count(30)}},
	}}
	rungs, at := protect.Rungs{}, protect.UnitOf(plan, year)
	if !rungs.Climb(plan, at) || rungs.Climb(plan, at) {
		t.Errorf("expected one rung above the first: %v", rungs)
	}
	made := protect.Make(rule, []measure.Plan{plan}, rungs, nil)[0]
	if made.Rung != 1 || len(made.Attributes) != 0 || len(made.Cells) != 1 {
		t.Errorf("expected the total alone: %+v", made)
	}
}

func TestAQuarterMayClimbPastItsTotalAndOtherPeriodsStay(t *testing.T) {
	at := func(year int) measure.Cell {
		return measure.Cell{Period: calendar.Period{Kind: calendar.Quarter, Year: year, Quarter: 1}, Codes: []string{}, Value: 30, State: measure.Counted}
	}
	plan := measure.Plan{ID: "served.total/quarter", Indicator: served, Class: codebook.Children, Kind: calendar.Quarter, Rungs: []measure.Table{{Cells: []measure.Cell{at(2010), at(2011)}}}}
	rungs, unit := protect.Rungs{}, protect.UnitOf(plan, at(2010).Period)
	if !rungs.Climb(plan, unit) || rungs.Climb(plan, unit) {
		t.Fatalf("expected a rung above the total: %v", rungs)
	}
	made := protect.Make(rule, []measure.Plan{plan}, rungs, nil)
	if len(made) != 1 || len(made[0].Cells) != 1 || made[0].Cells[0].Period.Year != 2011 {
		t.Errorf("expected the quarter of 2011 alone: %+v", made)
	}
	if climbed := rungs.Plan([]measure.Plan{plan})[0].Climbed; len(climbed) != 1 || climbed["2010-Q1"].Shown {
		t.Errorf("expected 2010 not to be shown: %+v", climbed)
	}
}

// A province is a split of its region where the region stands in a table too.
func TestWhatACoarserTableIsTooSmallForIsWithheld(t *testing.T) {
	north := measure.Attribute{Column: &codebook.Column{Name: "province"}, Codes: []string{"1", "2", "3"}, Coarser: []measure.Step{{Column: "region", Of: map[string]string{"1": "n", "2": "n", "3": "s"}}}}
	region := measure.Attribute{Column: &codebook.Column{Name: "region"}, Codes: []string{"n", "s"}}
	provinces := counted(codebook.Children, []measure.Attribute{north}, count(60, "_T"), count(11, "1"), count(4, "2"), count(45, "3"))
	regions := counted(codebook.Children, []measure.Attribute{region}, count(60, "_T"), count(15, "n"), count(45, "s"))
	provinces.ID, regions.ID = "served.province", "served.region"
	if got := tokens(provinces, nil); !slices.Equal(got, []string{"60", "10", "small", "45"}) {
		t.Errorf("without regions: %q", got)
	}
	var all []string
	for _, c := range protect.Make(rule, []measure.Plan{provinces, regions}, nil, nil)[0].Cells {
		all = append(all, token(c.Value))
	}
	if !slices.Equal(all, []string{"60", "withheld", "withheld", "45"}) {
		t.Errorf("beside regions: %q", all)
	}
}

// withheldIn lists which cells of a two-by-two table are withheld, and what is shown of its margins and its total.
func withheldIn(inner [4]int64) (withheld []bool, margins []string) {
	f, m, child, adult := inner[0]+inner[1], inner[2]+inner[3], inner[0]+inner[2], inner[1]+inner[3]
	plan := counted(codebook.Children, []measure.Attribute{sex, adulthood},
		count(f+m, "_T", "_T"), count(f, "F", "_T"), count(m, "M", "_T"), count(child, "_T", "child"), count(adult, "_T", "adult"),
		count(inner[0], "F", "child"), count(inner[1], "F", "adult"), count(inner[2], "M", "child"), count(inner[3], "M", "adult"))
	all := tokens(plan, nil)
	for _, s := range all {
		withheld = append(withheld, s == "withheld")
	}
	return withheld, all[:5]
}

func TestAReaderCouldHavePredictedEveryWithheldCell(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	same := 0
	for range 30_000 {
		before := [4]int64{random.Int64N(40), random.Int64N(40), random.Int64N(40), random.Int64N(40)}
		after := before
		after[random.IntN(4)] = random.Int64N(40)
		withheldBefore, shownBefore := withheldIn(before)
		withheldAfter, shownAfter := withheldIn(after)
		if before == after || !slices.Equal(shownBefore, shownAfter) {
			continue
		}
		if same++; !slices.Equal(withheldBefore, withheldAfter) {
			t.Fatalf("%v and %v show the same parents, %q, but withhold %v and %v", before, after, shownBefore, withheldBefore, withheldAfter)
		}
	}
	if same < 1000 {
		t.Errorf("expected many pairs with the same parents, found %d", same)
	}
}

func TestWhetherAHalfIsWithheldDependsOnTheShownTotalOnly(t *testing.T) {
	byTotal := map[string]string{}
	for f := int64(0); f <= 40; f++ {
		for m := int64(0); m <= 40; m++ {
			all := tokens(counted(codebook.Children, []measure.Attribute{sex}, count(f+m, "_T"), count(f, "F"), count(m, "M")), nil)
			pattern := fmt.Sprint(all[1] == "withheld", all[2] == "withheld")
			if before, seen := byTotal[all[0]]; seen && before != pattern {
				t.Fatalf("under the total %s the halves are withheld as %s and as %s", all[0], before, pattern)
			}
			byTotal[all[0]] = pattern
		}
	}
}

func Example() {
	plan := counted(codebook.Children, []measure.Attribute{sex}, count(287, "_T"), count(281, "F"), count(6, "M"))
	for _, c := range protect.Make(rule, []measure.Plan{plan}, protect.Rungs{}, protect.Prior{})[0].Cells {
		n, ok := c.Value.Number()
		fmt.Printf("%s %d %t %q\n", c.Codes, n, ok, c.Value.Status())
	}
	// Output:
	// [_T] 285 true ""
	// [F] 280 true ""
	// [M] 0 false "small"
}
