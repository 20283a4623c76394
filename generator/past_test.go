package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// proposalOf measures and proposes with what earlier runs left, and says how many systems were solved.
func proposalOf(t *testing.T, e *env) (p *proposal, solved int) {
	t.Helper()
	e.stdout, e.stderr, e.today = io.Discard, io.Discard, "2026-01-01"
	m, err := e.measure("")
	if err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	past, keep := e.recall(m)
	if p, err = e.propose(m, past); err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	keep()
	return p, past.auditor.Solved()
}

func sameDraft(a, b *proposal) bool {
	return reflect.DeepEqual(a.Files, b.Files)
}

// climbing is a folder whose tables must become coarser.
func climbing(t *testing.T) (data string, first *proposal) {
	t.Helper()
	data = sampleIn(t)
	first, solved := proposalOf(t, &env{data: data})
	climbed := 0
	for _, x := range first.Package.Plan {
		climbed += len(x.Climbed)
	}
	if climbed == 0 || solved == 0 {
		t.Fatalf("expected tables that climb, found %d of %d systems", climbed, solved)
	}
	return data, first
}

func TestASecondRunAttacksOnlyWhatChangedAndProposesTheSame(t *testing.T) {
	data, first := climbing(t)
	second, solved := proposalOf(t, &env{data: data})
	if solved != 0 || !sameDraft(first, second) {
		t.Errorf("the same figures: %d systems were solved anew", solved)
	}

	enlarge(t, data, "2025-Q4", "attendance.csv") // of no child
	if _, solved := proposalOf(t, &env{data: data}); solved != 0 {
		t.Errorf("another sheet: %d systems were solved anew", solved)
	}
	if err := os.RemoveAll(filepath.Join(data, "exports", "2025-Q4")); err != nil {
		t.Fatal(err)
	}
	third, solved := proposalOf(t, &env{data: data})
	if solved == 0 {
		t.Error("a quarter less: no system was solved")
	}
	afresh, all := proposalOf(t, &env{data: data, anew: true})
	if all <= solved || !sameDraft(third, afresh) {
		t.Errorf("%d systems were solved, %d from the beginning", solved, all)
	}
}

// enlarge writes a 9 before the last number of a quarter's export.
func enlarge(t *testing.T, data, quarter, name string) {
	t.Helper()
	file := filepath.Join(data, "exports", quarter, name)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.LastIndexByte(string(text), ',') + 1
	if err := os.WriteFile(file, slices.Insert(text, at, '9'), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The past is forged with the stamp that belongs to it, so that it shows who takes what from it.
func TestAForgedPastIsFoundOutByWhatIsPublished(t *testing.T) {
	data, first := climbing(t)
	forge := func(change func(k *pastKept)) {
		e := &env{data: data}
		s := stash{filepath.Join(data, ".impact", "audit", "past"), e.stamp("codebook", "published")()}
		var k pastKept
		if err := json.Unmarshal(s.load(), &k); err != nil {
			t.Fatal(err)
		}
		change(&k)
		text, err := json.Marshal(k)
		if err != nil {
			t.Fatal(err)
		}
		s.save(text)
	}

	forge(func(k *pastKept) { k.Rungs = nil })
	if p, _ := proposalOf(t, &env{data: data}); !sameDraft(first, p) {
		t.Error("with rungs at which something is found, all was not climbed anew")
	}

	forge(func(k *pastKept) {
		k.Rungs = nil
		k.Systems = []byte(strings.ReplaceAll(string(k.Systems), `"Findings":[{`, `"Findings":[],"Was":[{`))
	})
	if p, _ := proposalOf(t, &env{data: data}); sameDraft(first, p) {
		t.Fatal("the past is taken over by nobody, so this test shows nothing")
	}
	if p, _ := proposalOf(t, &env{data: data, anew: true}); !sameDraft(first, p) {
		t.Error("from the beginning, something else is proposed")
	}
	impact(t, 0, "publish", "--data", data, "--site", filepath.Join(data, "site"), "--today", "2026-01-01")
	if p, _ := proposalOf(t, &env{data: data, anew: true}); !p.same {
		t.Error("publish took something from the past")
	}
}

func TestAPastThatIsDamagedOrOfAnotherCodebookCountsForNothing(t *testing.T) {
	data, first := climbing(t)
	file := filepath.Join(data, ".impact", "audit", "past")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(){
		"cut": func() { err = os.WriteFile(file, text[:len(text)/2], 0o600) },
		"one letter changed": func() {
			err = os.WriteFile(file, bytes.Replace(text, []byte(`"Targets"`), []byte(`"Targest"`), 1), 0o600)
		},
		"another codebook": func() {
			if err = os.WriteFile(file, text, 0o600); err == nil {
				err = os.WriteFile(filepath.Join(data, "codebook", "more.txt"), nil, 0o600)
			}
		},
	} {
		if damage(); err != nil {
			t.Fatal(err)
		}
		if p, solved := proposalOf(t, &env{data: data}); solved == 0 || !sameDraft(first, p) {
			t.Errorf("%s: %d systems were solved", name, solved)
		}
	}
}
