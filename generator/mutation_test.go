package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// forger changes a real ledger as a careful one would: a cell in every table where it stands, hashes right, and no certificate, so
// that what finds him is not a count of cells.
type forger struct {
	files   ledger.Files
	release *ledger.Release
	auditor *audit.Auditor

	certified bool // the certificate is left as it was
}

func newForger(t *testing.T, data string) *forger {
	t.Helper()
	out := t.TempDir() + "/data"
	if err := os.CopyFS(out, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	e := &env{data: out, stdout: io.Discard, stderr: io.Discard, today: "2026-02-01"}
	m, err := e.measure("")
	if err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	p, err := e.propose(m, afresh(m.cb))
	if err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	f := &forger{ledger.Files{}.With(p.Package.Release.ID, p.Files), p.ledger.Newest(), audit.New(nil), false}
	if faults := f.faults(t, f.files, nil); len(faults) > 0 {
		t.Fatalf("expected a sound ledger: %q", faults)
	}
	return f
}

// with gives the ledger with some cells changed to a value and a status.
func (f *forger) with(t *testing.T, cells map[string][2]string) ledger.Files {
	t.Helper()
	files := maps.Clone(f.files)
	for _, table := range f.release.Tables {
		name := f.release.Release.ID + "/" + table.Path
		rows, err := csv.NewReader(strings.NewReader(string(files[name]))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		changed := false
		for _, row := range rows[1:] {
			if now, ok := cells[cell.ID(table.Indicator, row[0], table.Names(), row[1:len(row)-2])]; ok {
				row[len(row)-2], row[len(row)-1], changed = now[0], now[1], true
			}
		}
		if changed {
			var b strings.Builder
			w := csv.NewWriter(&b)
			_ = w.WriteAll(rows)
			files[name] = []byte(b.String())
		}
	}
	return files
}

// faults lists the codes of what the reader finds in a ledger and the rules of what the audit finds. change may alter the descriptor.
func (f *forger) faults(t *testing.T, files ledger.Files, change func(p *ledger.Package)) (codes []string) {
	t.Helper()
	id := f.release.Release.ID
	var p ledger.Package
	if err := json.Unmarshal(files[id+"/"+ledger.Descriptor], &p); err != nil {
		t.Fatal(err)
	}
	if !f.certified {
		p.Certificate = nil
	}
	if change != nil {
		change(&p)
	}
	closed := ledger.Files{}
	resources := p.Resources
	p.Resources = nil
	for _, r := range resources {
		rows, err := csv.NewReader(strings.NewReader(string(files[id+"/"+r.Path]))).ReadAll()
		if err != nil || len(rows) == 0 {
			t.Fatal(r.Path, err)
		}
		if err := closed.Add(&p, r, rows[1:]); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range p.Lists {
		if g := l.Geometry; g != nil {
			closed.AddMap(l.ID, g, files[id+"/"+g.Path])
		}
	}
	if err := closed.Close(&p); err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	l := ledger.Read(ledger.Files{}.With(id, closed).FS(), "published", &diags)
	if !diags.Failed() {
		for _, x := range f.auditor.Audit(l, "published", &diags).Counted() {
			codes = append(codes, x.Rule)
		}
	}
	for _, d := range diags.Sorted() {
		codes = append(codes, d.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// mutations gives what a cell can be changed to, by name.
func mutations(v ledger.Value) map[string][2]string {
	n, isNumber := v.Number()
	all := map[string][2]string{}
	if isNumber {
		all["number to its neighbour"] = [2]string{fmt.Sprint(n + 1), ""}
		all["number to a digit"] = [2]string{"7", ""}
		all["number to zero"] = [2]string{"0", ""}
		all["number to ten times"] = [2]string{fmt.Sprint(10*n + 100), ""}
		all["number to the next"] = [2]string{fmt.Sprint(n + 5), ""}
	} else {
		all[string(v.Status())+" to a digit"] = [2]string{"7", ""}
		all[string(v.Status())+" to zero"] = [2]string{"0", ""}
		all[string(v.Status())+" to a number"] = [2]string{"13", ""}
	}
	for _, status := range []string{"small", "withheld", "missing", "impossible"} {
		if status != string(v.Status()) {
			from := string(v.Status())
			if isNumber {
				from = "number"
			}
			all[from+" to "+status] = [2]string{"", status}
		}
	}
	return all
}

// untellable are the changes that no outsider can tell from a ledger that is as it should be, with the reason. Each of all others is
// found at every cell.
var untellable = map[string]string{
	"number to the next":     "where it fits all sums it is as good as the true token",
	"number to small":        "where it fits all sums it is as good as the true token",
	"number to missing":      "a release does not say which figures were reported",
	"small to missing":       "a release does not say which figures were reported",
	"missing to withheld":    "below a figure that is not reported both may stand",
	"number to impossible":   "a release does not say which combinations cannot occur",
	"small to impossible":    "a release does not say which combinations cannot occur",
	"withheld to impossible": "a release does not say which combinations cannot occur",
	"missing to impossible":  "a release does not say which combinations cannot occur",
}

func TestEveryMutationOfARealLedgerIsFound(t *testing.T) {
	f := newForger(t, second)
	ids := slices.Sorted(maps.Keys(f.release.Cells()))
	passed, tried := map[string]int{}, map[string]int{}
	for _, id := range ids {
		indicator, _, _ := strings.Cut(id, "/")
		if f.release.Indicator(indicator).Class != "children" {
			continue
		}
		v, _ := f.release.Value(id)
		for name, now := range mutations(v) {
			tried[name]++
			if len(f.faults(t, f.with(t, map[string][2]string{id: now}), nil)) > 0 {
				continue
			}
			passed[name]++
			if untellable[name] == "" {
				t.Errorf("%s passes unseen: %s", id, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tried)) {
		t.Logf("%s: %d of %d found", name, tried[name]-passed[name], tried[name])
		if untellable[name] != "" && passed[name] == 0 {
			t.Logf("%s is found at every cell", name)
		}
	}
	if len(tried) < 20 {
		t.Errorf("expected many kinds of mutation, tried %d", len(tried))
	}
}

// What is taken away, and what the organisation says of itself, only the certificate can tell: it counts cells, targets and systems.
func TestWhatIsTakenAwayDoesNotFitTheCertificate(t *testing.T) {
	f := newForger(t, second)
	f.certified = true
	if got := f.faults(t, f.files, nil); len(got) > 0 {
		t.Fatalf("expected a sound ledger: %q", got)
	}
	tried := 0
	expect := func(what string, change func(p *ledger.Package)) {
		tried++
		if got := f.faults(t, f.files, change); len(got) == 0 {
			t.Errorf("%s passes unseen", what)
		}
	}
	for i, r := range f.release.Resources {
		if f.release.Indicator(r.Indicator).Class == "children" {
			expect("without "+r.Name, func(p *ledger.Package) { p.Resources = slices.Delete(p.Resources, i, i+1) })
		}
	}
	for i, x := range f.release.Indicators {
		if x.Class != "children" {
			continue
		}
		for _, period := range f.release.Periods {
			if period == "2025" { // of a quarter its year still tells: only the exception itself, which is public, shows
				expect("an exception of "+x.ID+" in "+period, func(p *ledger.Package) {
					p.Indicators[i].Except = map[string]ledger.Note{period: {ID: "x", Text: x.Title}}
				})
			}
		}
		expect(x.ID+" as open", func(p *ledger.Package) { p.Indicators[i].Class = "open" })
	}
	if tried < 8 {
		t.Errorf("expected many mutations, tried %d", tried)
	}
}
