//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// register is an organisation with a register, once with rows, and again with what a warehouse made of the same rows.
type register struct {
	name, dataset, file, folder, table string
	dates                              []string
	make                               func(t *testing.T, data string)
	beside                             []register // whose people are counted together with its own
}

var registers = []register{
	{"sample", "admissions", "admissions.csv", "2025-Q4", "admissions", []string{"admitted", "exited"}, func(t *testing.T, data string) {
		impact(t, 0, "sample", "--kind", "register", "--children", "400", "--out", data)
	}, []register{{dataset: "consultations", file: "consultations.csv", folder: "2025-Q4", table: "consultations", dates: []string{"seen"}}}},
	{"fiscal year", "estadias", "estadias.csv", "2025", `es"ta'dias`, []string{"entrada", "saida"}, casaPoilao, nil},
	{"half a year, with spellings and gaps", "estadias", "estadias.csv", "2025-Q2", "estadias", []string{"entrada", "saida"}, func(t *testing.T, data string) {
		casaPoilao(t, data)
		exports := filepath.Join(data, "exports")
		if err := os.Rename(filepath.Join(exports, "2025"), filepath.Join(exports, "2025-Q2")); err != nil {
			t.Fatal(err)
		}
		book := func(name string) string { return filepath.Join(data, "codebook", name) }
		changed(t, book("lists/sexo.csv"), "code,pt,fr\n", "code,pt,fr,aliases\n", "F,Raparigas,Filles", `F,Raparigas,Filles,it's F;f\n;n/a`, "M,Rapazes,Garçons", "M,Rapazes,Garçons,NA")
		changed(t, book("datasets.yaml"), "list: regiao, required: true", "list: regiao")
		changed(t, book("indicators.yaml"), "breakdowns: [[zona], [sexo]]\n  periods: [year, quarter]", "breakdowns: [[regiao, sexo], [zona], [sexo]]\n  filter: {regiao: [GW-BS, GW-CA, GW-GA]}\n  periods: [year, quarter, three-years]",
			"breakdowns: [[sexo], [regiao]]\n  periods: [year, quarter]", "breakdowns: [[regiao, sexo], [sexo], [regiao]]\n  parts: overlap\n  periods: [year, quarter]", "again: 12", "again: 3")
		changed(t, book("expectations.yaml"), "- id: movimento", `- {id: partes, kind: parts, title: {pt: Partes., fr: Parties.}, dataset: estadias, by: [sexo, zona], filter: {regiao: [GW-BS]}}
- {id: nunca, kind: never, severity: warning, title: {pt: Nunca., fr: Jamais.}, dataset: estadias, filter: {regiao: [GW-BS]}, never: {sexo: [M]}}
- id: movimento`, "- id: cada-um-uma-vez\n  kind: subset\n  title: {pt: As crianças diferentes não são mais do que as entradas., fr: Les enfants différents ne sont pas plus nombreux que les entrées.}\n  part: pessoas\n  whole: entradas\n", "")
		rows := filepath.Join(exports, "2025-Q2", "estadias.csv")
		text, err := os.ReadFile(rows)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		for i, line := range lines[1:] {
			cells := strings.Split(line, ",")
			switch i % 5 {
			case 1:
				cells[4] = []string{"", "n/a", " GW-GA ", "None"}[i/5%4]
			case 2:
				cells[5] = map[string][]string{"F": {"it's F", `f\n`, "n/a"}, "M": {"NA", " M", "M "}}[cells[5]][i/5%3]
			case 3: // ends of months, from which a month on there may be no such day
				if strings.HasSuffix(cells[3], "-30") && !strings.HasSuffix(cells[3], "-11-30") && !strings.HasSuffix(cells[3], "-04-30") && !strings.HasSuffix(cells[3], "-06-30") && !strings.HasSuffix(cells[3], "-09-30") {
					cells[3] = strings.TrimSuffix(cells[3], "30") + "31"
				}
			}
			lines[i+1] = strings.Join(cells, ",")
		}
		if err := os.WriteFile(rows, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}, nil},
}

// casaPoilao writes the organisation of the scripts that keeps a register, with its newest export.
func casaPoilao(t *testing.T, data string) {
	t.Helper()
	for _, from := range []string{second, "testdata/register"} {
		err := fs.WalkDir(os.DirFS(from), ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasPrefix(name, "exports/") && (from == second || strings.HasPrefix(name, "exports/2024/")) {
				return err
			}
			text, err := os.ReadFile(filepath.Join(from, name))
			if err == nil {
				err = os.MkdirAll(filepath.Dir(filepath.Join(data, name)), 0o755)
			}
			if err == nil {
				err = os.WriteFile(filepath.Join(data, name), text, 0o644)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// changed replaces texts, each of which must stand exactly once in a file.
func changed(t *testing.T, name string, pairs ...string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if n := bytes.Count(text, []byte(pairs[i])); n != 1 {
			t.Fatalf("expected %q once in %s, found it %d times", pairs[i], name, n)
		}
		text = bytes.Replace(text, []byte(pairs[i]), []byte(pairs[i+1]), 1)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// tallied puts what a warehouse counts of the rows in the place of the rows.
func (r register) tallied(t *testing.T, e engine, data string) {
	t.Helper()
	for _, o := range r.beside {
		o.tallied(t, e, data)
	}
	rows := filepath.Join(data, "exports", r.folder, r.file)
	query, _ := impact(t, 0, "sql", r.dataset, "--data", data, "--dialect", e.dialect, "--until", r.folder, "--table", r.table)
	text, err := os.ReadFile(rows)
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(string(text), "\n")
	var columns []string
	for name := range strings.SplitSeq(header, ",") {
		kind := " TEXT"
		if slices.Contains(r.dates, name) {
			kind = " DATE"
		}
		columns = append(columns, doubled(name)+kind)
	}
	r.replace(t, data, e.tally(t, r.table, strings.Join(columns, ", "), rows, query))
}

// replace puts a tally in the place of the rows.
func (r register) replace(t *testing.T, data string, tally []byte) {
	t.Helper()
	rows := filepath.Join(data, "exports", r.folder, r.file)
	if err := os.WriteFile(strings.TrimSuffix(rows, ".csv")+"-tally.csv", tally, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(rows); err != nil {
		t.Fatal(err)
	}
}

// trueFigures is every true figure of every table, coarser ones included, which protection would blur.
func trueFigures(t *testing.T, data string) (all []string) {
	t.Helper()
	e := &env{data: data, site: filepath.Join(data, "site"), stdout: io.Discard, stderr: io.Discard}
	m, err := e.measure("")
	if err != nil {
		t.Fatal(err, e.diags.Sorted())
	}
	for _, plan := range slices.Concat(m.plans, m.medians) {
		for _, table := range plan.Rungs {
			for _, c := range table.Cells {
				all = append(all, fmt.Sprint(plan.ID, table.Names(), c.Period, c.Codes, c.State, c.Value))
			}
		}
	}
	if len(all) < 500 {
		t.Fatalf("only %d figures", len(all))
	}
	return all
}

// publishedBytes publishes and gives the bytes of what came of it, as hashes.
func publishedBytes(t *testing.T, data string) map[string]string {
	t.Helper()
	impact(t, 0, "publish", "--data", data, "--site", filepath.Join(data, "site"), "--today", "2026-11-22")
	all := hashes(t, filepath.Join(data, "published"))
	if len(all) < 10 {
		t.Fatalf("only %d files published", len(all))
	}
	return all
}

func sameRelease(t *testing.T, rows, tally string, want map[string]string) {
	t.Helper()
	is, was := trueFigures(t, tally), trueFigures(t, rows)
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			t.Errorf("the tally says %s, the rows %s", is[i], was[i])
		}
	}
	if got := publishedBytes(t, tally); len(is) != len(was) || !maps.Equal(got, want) {
		t.Errorf("%d files and %d figures of the tally, %d and %d of the rows, or other bytes in them", len(got), len(is), len(want), len(was))
	}
}

// kept is what both engines make of the second register.
const kept = "testdata/warehouse/estadias-tally.csv"

func TestATallyMakesTheReleaseThatItsRowsMake(t *testing.T) {
	r, rows, tally := registers[1], filepath.Join(t.TempDir(), "rows"), filepath.Join(t.TempDir(), "tally")
	r.make(t, rows)
	r.make(t, tally)
	text, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	r.replace(t, tally, text)
	sameRelease(t, rows, tally, publishedBytes(t, rows))
}

func TestWhatAWarehouseCountsMakesTheReleaseThatItsRowsMake(t *testing.T) {
	all := engines(t)
	for i, r := range registers {
		t.Run(r.name, func(t *testing.T) {
			rows := filepath.Join(t.TempDir(), "rows")
			r.make(t, rows)
			want := publishedBytes(t, rows)
			for _, e := range all {
				t.Run(e.dialect, func(t *testing.T) {
					data := filepath.Join(t.TempDir(), "tally")
					r.make(t, data)
					r.tallied(t, e, data)
					sameRelease(t, rows, data, want)
					if i == 1 {
						isKept(t, filepath.Join(data, "exports", r.folder, "estadias-tally.csv"))
					}
				})
			}
		})
	}
}

// isKept compares a tally with the one that is kept for machines without a warehouse.
func isKept(t *testing.T, name string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if *updateScripts {
		if err := os.WriteFile(kept, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(kept); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is out of step (%v): run go test ./generator -run Warehouse -update", kept, err)
	}
}

func TestWhatIsWrongWithTheRowsOfAWarehouseIsNamed(t *testing.T) {
	for _, e := range engines(t) {
		t.Run(e.dialect, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			casaPoilao(t, data)
			r := registers[1]
			rows := filepath.Join(data, "exports", r.folder, r.file)
			changed(t, rows, "\nE0001,P0001,2022-07-01,2022-07-12,GW-CA,F", "\nE0001,P0001,2022-07-01,2022-06-12,GW-CA,F", // ends before it begins
				"\nE0002,P0002,2022-07-04,2022-10-01,GW-BS,F", "\nE0003,P0002,2022-07-04,2022-10-01,GW-XX,", // a key twice, no such region, no sex
				"\nE0004,P0004,2022-07-08,2022-08-15,GW-BS,F", "\nE0004,P0004,2022-07-08,2022-08-15,GW-BS,F\nE9004,P0004,2022-08-01,2022-08-03,GW-BS,F\nE9005,P9004,1802-08-01,1802-08-02,GW-BS,F")
			r.tallied(t, e, data)
			_, log := impact(t, 1, "check", "--data", data, "--site", filepath.Join(data, "site"))
			for _, want := range []string{
				"expected no rows with nothing in the column sexo, found 1 [row/warehouse]", "expected a code of the list regiao in the column \"regiao\", found a value of 5 characters [code/unknown]",
				"expected no rows with a key that stands more than once, found 2", "expected no rows with a spell that ends before it begins, found 1",
				"expected no rows with a spell that begins before another one of the same person ends, found 1", "expected no rows with a day before 1900 or after 2100 in the column entrada, found 1",
			} {
				if !strings.Contains(log, want) {
					t.Errorf("expected %q among the findings:\n%s", want, log)
				}
			}
		})
	}
}
