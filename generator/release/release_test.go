package release_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
	"github.com/ccpcr/impact/generator/release"
)

func second(t testing.TB) *codebook.Codebook {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS("../testdata/second/codebook"), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

func period(id string) calendar.Period {
	p, err := calendar.Parse(id)
	if err != nil {
		panic(err)
	}
	return p
}

// bySex is the table of the children admitted by sex, for the periods given, each with a total and its halves.
func bySex(cb *codebook.Codebook, plan string, figures map[string][3]int64) measure.Plan {
	attribute := measure.Attribute{Column: cb.Dataset("casos").Column("sexo"), Codes: []string{"F", "M"}}
	split, total := measure.Table{Attributes: []measure.Attribute{attribute}}, measure.Table{}
	for id, f := range figures {
		p := period(id)
		for i, code := range []string{codebook.Total, "F", "M"} {
			split.Cells = append(split.Cells, measure.Cell{Period: p, Codes: []string{code}, Value: f[i], State: measure.Counted})
		}
		total.Cells = append(total.Cells, measure.Cell{Period: p, Codes: []string{}, Value: f[0], State: measure.Counted})
	}
	return measure.Plan{ID: plan, Indicator: cb.Indicator("acolhidas"), Class: codebook.Children, Additive: true, Kind: calendar.Year, Rungs: []measure.Table{split, total}}
}

// publish makes a draft after a release, dates it, and reads the ledger with it.
func publish(t testing.TB, cb *codebook.Codebook, before ledger.Files, plans []measure.Plan, rungs protect.Rungs) (ledger.Files, *ledger.Ledger, []string) {
	t.Helper()
	var diags diag.List
	published := ledger.Read(before.FS(), "published", &diags)
	tables := protect.Make(cb.Organisation.Protection, plans, rungs, release.Prior(published))
	draft, carried, err := release.Make(cb, rungs.Plan(plans), tables, published)
	if err == nil {
		err = draft.Date("2025-09-30", "")
	}
	if err != nil {
		t.Fatal(err)
	}
	files := before.With(draft.Package.Release.ID, draft.Files)
	l := ledger.Read(files.FS(), "published", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return files, l, carried
}

func shown(t *testing.T, r *ledger.Release, id string) string {
	t.Helper()
	v, ok := r.Value(id)
	if !ok {
		t.Fatalf("the release has no cell %s", id)
	}
	if n, isNumber := v.Number(); isNumber {
		return fmt.Sprint(n)
	}
	return string(v.Status())
}

func TestAReleaseHasWhatProtectMadeAndNothingElse(t *testing.T) {
	cb := second(t)
	_, l, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {33, 29, 4}})}, nil)
	r := l.Newest()
	if r.Release.ID != "2025-r1" || r.Release.Sequence != 1 || r.Release.Date != "2025-09-30" {
		t.Errorf("the release is %+v", r.Release)
	}
	for id, want := range map[string]string{"acolhidas/2025": "35", "acolhidas/2025/sexo=F": "30", "acolhidas/2025/sexo=M": "small"} {
		if got := shown(t, r, id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if r.List("setor") != nil || r.List("regiao") == nil || r.List("zona") == nil {
		t.Error("expected the lists of the tables and of their ladders, and no hidden one")
	}
}

func TestAPeriodWhoseExportsAreGoneIsCarriedOver(t *testing.T) {
	cb := second(t)
	first := map[string][3]int64{"2024": {60, 31, 29}, "2025": {33, 29, 4}}
	files, _, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", first)}, nil)
	_, l, carried := publish(t, cb, files, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {33, 29, 4}, "2026": {40, 20, 20}})}, nil)
	if !slices.Equal(carried, []string{"2024"}) || l.Newest().Release.ID != "2026-r1" || l.Newest().Release.Sequence != 2 {
		t.Errorf("carried %q in %+v", carried, l.Newest().Release)
	}
	if got := shown(t, l.Newest(), "acolhidas/2024/sexo=F"); got != "30" {
		t.Errorf("the carried figure is %s", got)
	}
}

func TestAShownValueIsKeptInTheNextRelease(t *testing.T) {
	cb := second(t)
	files, _, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {33, 29, 4}})}, nil)
	_, l, _ := publish(t, cb, files, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {39, 25, 14}})}, nil)
	if l.Newest().Release.ID != "2025-r2" {
		t.Errorf("the release is %+v", l.Newest().Release)
	}
	for id, want := range map[string]string{"acolhidas/2025": "35", "acolhidas/2025/sexo=F": "25", "acolhidas/2025/sexo=M": "small"} {
		if got := shown(t, l.Newest(), id); got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
}

func TestPlansThatClimbedToTheSameTableAreWrittenOnce(t *testing.T) {
	cb := second(t)
	figures := map[string][3]int64{"2025": {33, 29, 4}}
	_, l, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", figures), bySex(cb, "b", figures)}, protect.Rungs{{Plan: "a", Period: "2025"}: 1, {Plan: "b", Period: "2025"}: 1})
	if tables := l.Newest().Tables; len(tables) != 1 || tables[0].Name != "acolhidas.total" || len(tables[0].Cells) != 1 {
		t.Errorf("expected the total alone, found %d tables", len(tables))
	}
	if climbed := l.Newest().Plan[0].Climbed["2025"]; climbed.Rung != 1 || climbed.Table != "acolhidas.total" {
		t.Errorf("the release says of its plan: %+v", l.Newest().Plan)
	}
	if rungs := release.Rungs(l.Newest()); rungs[protect.Unit{Plan: "a", Period: "2025"}] != 1 {
		t.Errorf("the next release begins at %v", rungs)
	}
}

func TestADraftThatSaysWhatTheNewestReleaseSaysIsTheSame(t *testing.T) {
	cb := second(t)
	_, l, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {33, 29, 4}})}, nil)
	for name, c := range map[string]struct {
		figures [3]int64
		want    bool
	}{"alike": {[3]int64{33, 29, 4}, true}, "other truth, same tokens": {[3]int64{34, 30, 4}, true}, "another token": {[3]int64{45, 41, 4}, false}} {
		plans := []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": c.figures})}
		tables := protect.Make(cb.Organisation.Protection, plans, nil, release.Prior(l))
		draft, _, err := release.Make(cb, protect.Rungs{}.Plan(plans), tables, l)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := draft.Same(l.Newest()); err != nil || same != c.want {
			t.Errorf("%s: same is %t, %v", name, same, err)
		}
	}
}

// A reader may compute with what holds for certain. A funnel, or what is compared between plans, is for staff.
func TestOnlyExpectationsThatHoldForCertainBecomeIdentities(t *testing.T) {
	cb := second(t)
	title := lang.Text{"pt": "Texto", "fr": "Texte"}
	refs := func(ids ...string) (all []codebook.Ref) {
		for _, id := range ids {
			all = append(all, codebook.Ref{ID: id})
		}
		return all
	}
	cb.Expectations = append(cb.Expectations,
		&codebook.Expectation{ID: "same", Kind: "same", Title: title, Figures: refs("acolhidas", "pequenas", "receita")},
		&codebook.Expectation{ID: "funnel", Kind: "funnel", Title: title, Figures: refs("acolhidas", "pequenas")},
		&codebook.Expectation{ID: "planned", Kind: "same", Of: "plans", Title: title, Figures: refs("acolhidas", "pequenas"),
			Accepts: []codebook.Accept{{ID: "as-planned", Period: codebook.Ref{ID: "2026"}, Why: title}}},
	)
	_, l, _ := publish(t, cb, ledger.Files{}, []measure.Plan{bySex(cb, "a", map[string][3]int64{"2025": {100, 60, 40}})}, nil)
	var got []string
	for _, x := range l.Newest().Identities {
		got = append(got, fmt.Sprintf("%s: %v - %v, %s", x.ID, x.Plus, x.Minus, x.Right))
	}
	want := []string{"caixa: [saldo-inicial receita] - [despesa], saldo-final", "same: [acolhidas] - [], pequenas", "same-2: [acolhidas] - [], receita"}
	if !slices.Equal(got, want) {
		t.Errorf("expected %q, found %q", want, got)
	}
	if x := l.Newest().Exceptions; len(x) != 1 || x[0].ID != "as-planned" {
		t.Errorf("what is accepted stands in the release whatever its kind, found %v", x)
	}
}
