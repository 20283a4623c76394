package protect_test

import (
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
)

// medians are the shown medians of 33 days for every cell of the first plan, given what all plans show.
func medians(class codebook.Class, plans ...measure.Plan) string {
	stay := &codebook.Indicator{ID: "stay", Measure: "median", Of: &codebook.Ref{ID: "served"}}
	source := plans[0].Rungs[0]
	days := measure.Table{Attributes: source.Attributes}
	for _, c := range source.Cells {
		days.Cells = append(days.Cells, measure.Cell{Period: c.Period, Codes: c.Codes, Value: 33, State: c.State})
	}
	of := measure.Plan{Indicator: stay, Class: class, Rungs: []measure.Table{days}}
	var all []string
	for _, t := range protect.Medians([]measure.Plan{of}, protect.Make(rule, plans, nil, nil)) {
		for _, c := range t.Cells {
			all = append(all, token(c.Value))
		}
	}
	return strings.Join(all, " ")
}

func TestAMedianIsShownOfTwentyThatLeaveFifteen(t *testing.T) {
	cannot := measure.Cell{Period: year, Codes: []string{"M"}, State: measure.Impossible}
	unknown := measure.Cell{Period: year, Codes: []string{"M"}, State: measure.Missing}
	for name, c := range map[string]struct {
		cells []measure.Cell
		want  string
	}{
		"both parts leave enough":      {[]measure.Cell{count(60, "_T"), count(40, "F"), count(20, "M")}, "33 33 33"},
		"one leaves too few":           {[]measure.Cell{count(30, "_T"), count(20, "F"), count(10, "M")}, "33 withheld withheld"},
		"fourteen true, fifteen shown": {[]measure.Cell{count(34, "_T"), count(20, "F"), count(14, "M")}, "33 33 withheld"},
		"too few":                      {[]measure.Cell{count(17, "_T"), count(14, "F"), count(3, "M")}, "withheld withheld withheld"},
		"just enough":                  {[]measure.Cell{count(18, "_T"), count(14, "F"), count(4, "M")}, "33 withheld withheld"},
		"nothing else is possible":     {[]measure.Cell{count(30, "_T"), count(30, "F"), cannot}, "33 33 impossible"},
		// That nobody is left may not be said.
		"as large as the whole":     {[]measure.Cell{count(30, "_T"), count(30, "F"), count(0, "M")}, "33 withheld withheld"},
		"the other is not reported": {[]measure.Cell{count(30, "_T"), count(30, "F"), unknown}, "33 withheld missing"},
	} {
		if got := medians(codebook.Derived, counted(codebook.Children, []measure.Attribute{sex}, c.cells...)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAMedianLeavesEnoughOfWhatACoarserTableShows(t *testing.T) {
	province := measure.Attribute{Column: &codebook.Column{Name: "province"}, Codes: []string{"1", "2", "3"}, Coarser: []measure.Step{{Column: "region", Of: map[string]string{"1": "n", "2": "n", "3": "s"}}}}
	region := measure.Attribute{Column: &codebook.Column{Name: "region"}, Codes: []string{"n", "s"}}
	provinces := counted(codebook.Children, []measure.Attribute{province}, count(100, "_T"), count(40, "1"), count(10, "2"), count(50, "3"))
	regions := counted(codebook.Children, []measure.Attribute{region}, count(100, "_T"), count(50, "n"), count(50, "s"))
	provinces.ID, regions.ID = "served.province", "served.region"
	if got := medians(codebook.Derived, provinces); got != "33 33 withheld 33" {
		t.Errorf("without regions: %q", got)
	}
	// The third province is the whole of its region: its median is the region's.
	if got := medians(codebook.Derived, provinces, regions); got != "33 withheld withheld 33" {
		t.Errorf("beside regions: %q", got)
	}
}

func TestAnOpenMedianNeedsOnlySomethingToBeOf(t *testing.T) {
	if got := medians(codebook.Open, counted(codebook.Open, []measure.Attribute{sex}, count(3, "_T"), count(3, "F"), count(0, "M"))); got != "33 33 withheld" {
		t.Errorf("got %q", got)
	}
}
