package codebook

import (
	"fmt"
	"slices"

	"github.com/ccpcr/impact/generator/calendar"
)

// expectation checks that an expectation has what its kind needs, and nothing of another kind.
func (c checker) expectation(e *Expectation) {
	keys := map[string]*Ref{"equals": e.Equals, "part": e.Part, "whole": e.Whole, "closing": e.Closing, "opening": e.Opening}
	needs := map[string][]string{"balance": {"equals"}, "subset": {"part", "whole"}, "next": {"closing", "opening"}}[e.Kind]
	for _, key := range []string{"equals", "part", "whole", "closing", "opening"} {
		switch given, wanted := keys[key] != nil, slices.Contains(needs, key); {
		case wanted && !given:
			c.diags.Errorf(e.At, "codebook/missing-key", fmt.Sprintf("add  %s: <indicator>", key), "expected the key %q in an expectation of kind %s", key, e.Kind)
		case given && !wanted:
			c.diags.Errorf(keys[key].At, "codebook/unknown-key", "take it out, or change the kind", "expected no key %q in an expectation of kind %s", key, e.Kind)
		}
		resolve(c, keys[key], c.Indicators, "an indicator")
	}
	if e.Kind == "balance" && len(e.Plus) == 0 {
		c.diags.Errorf(e.At, "codebook/missing-key", "add  plus: [<indicator>]", "expected the key %q in an expectation of kind %s", "plus", e.Kind)
	}
	for _, r := range slices.Concat(e.Plus, e.Minus) {
		resolve(c, &r, c.Indicators, "an indicator")
	}
	c.accepted(e.Accepts)
}

// accepted checks the periods of accepted exceptions, and that no two have one name.
func (c checker) accepted(all []Accept) {
	for i, a := range all {
		if _, err := calendar.Parse(a.Period.ID); err != nil {
			c.diags.Errorf(a.Period.At, "value/period", "write it as the exports do", "%v", err)
		}
		if j := slices.IndexFunc(all[:i], func(b Accept) bool { return b.Period.ID == a.Period.ID }); j >= 0 {
			c.diags.Errorf(a.Period.At, "codebook/repeated-id", fmt.Sprintf("it stands on line %d already: join the two", all[j].Period.At.Line), "expected each period once, found %q again", a.Period.ID)
		}
	}
}

// Accepted finds the exception accepted for a period, or nil.
func Accepted(all []Accept, period calendar.Period) *Accept {
	i := slices.IndexFunc(all, func(a Accept) bool { return a.Period.ID == period.String() })
	if i < 0 {
		return nil
	}
	return &all[i]
}
