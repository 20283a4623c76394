package lang_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/lang"
)

func TestATextThatWasChangedHasToBeCheckedAgain(t *testing.T) {
	l := &lang.Language{Checked: []string{"ក", "ខ"}}
	if share := l.Share([]string{"ក", "ខ.", "គ"}); share != 33 {
		t.Errorf("%d of 100", share)
	}
	l.Reviewed = true
	if share := l.Share([]string{"ក", "គ"}); share != 100 {
		t.Errorf("%d of 100", share)
	}
}

func TestTextsAreFoundWhereverTheyStandEachOnce(t *testing.T) {
	var tree any
	if err := json.Unmarshal([]byte(`{"title": {"en": "A", "km": "ក"}, "list": [{"label": {"en": "A", "km": "ក"}}, {"note": {"en": "B"}}], "counts": {"en": 3}, "map": {"en": "C", "other": "D"}}`), &tree); err != nil {
		t.Fatal(err)
	}
	if got := lang.Texts(tree, []string{"en", "km"}, "en"); !slices.Equal(got, []string{"A", "B"}) {
		t.Errorf("%q", got)
	}
	if got := lang.Texts(tree, []string{"en", "km"}, "km"); !slices.Equal(got, []string{"ក"}) {
		t.Errorf("%q", got)
	}
}
