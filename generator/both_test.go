package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const school = `
# Days on which children who stay, or do not, began at the school.
- id: escola
  title: {pt: Registo da escola, fr: Registre de l’école}
  files: "*/escola.csv"
  class: children
  period: dia
  absent: zero
  key: [linha]
  exports: replace
  person: aluno
  columns:
    - {name: linha, type: key, pattern: "L[0-9]{4}", required: true}
    - {name: aluno, type: key, pattern: "P[0-9]{4}", required: true}
    - {name: dia, type: date, required: true}
    - {name: sexo, type: code, list: sexo, required: true}
  tally: "*/escola-tally.csv"
`

const pupils = `
- id: alunos
  title: {pt: Alunos, fr: Élèves}
  definition: {pt: Crianças que começaram a escola no período., fr: Enfants qui ont commencé l’école pendant la période.}
  sentence: {pt: "{period}: começaram {value} alunos.", fr: "{period} : {value} élèves ont commencé."}
  programme: acolhimento
  kind: service
  unit: criancas
  dataset: escola
  measure: distinct
  periods: [year, quarter]
  source: {pt: Escola, fr: École}

- id: raparigas
  title: {pt: Alunas, fr: Filles à l’école}
  definition: {pt: Raparigas que começaram a escola no período., fr: Filles qui ont commencé l’école pendant la période.}
  sentence: {pt: "{period}: começaram {value} alunas.", fr: "{period} : {value} filles ont commencé."}
  programme: acolhimento
  kind: service
  unit: criancas
  dataset: escola
  measure: distinct
  filter: {sexo: [F]}
  periods: [year, quarter]
  source: {pt: Escola, fr: École}

- id: ambos
  title: {pt: Acolhidas e na escola, fr: Accueillies et à l’école}
  definition: {pt: Raparigas que entraram e que começaram a escola no mesmo período., fr: Filles entrées qui ont commencé l’école pendant la même période.}
  sentence: {pt: "{period}: {value} raparigas entraram e foram à escola.", fr: "{period} : {value} filles entrées sont allées à l’école."}
  programme: acolhimento
  kind: service
  unit: criancas
  dataset: estadias
  measure: distinct
  also: {dataset: escola, filter: {sexo: [F]}}
  periods: [year, quarter]
  source: {pt: Os dois registos, fr: Les deux registres}
`

// casaEscola adds a school to the organisation that keeps a register of stays. Every other child who stays goes there within the quarter
// or later, and some who never stayed. It gives who goes to both in each year and quarter, as the rows tell it.
func casaEscola(t *testing.T, data string) (both map[string]int) {
	t.Helper()
	casaPoilao(t, data)
	file, err := os.Open(filepath.Join(data, "exports", "2025", "estadias.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stays, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	stood, went := map[[2]string]bool{}, map[[2]string]bool{} // by period and person
	var rows strings.Builder
	rows.WriteString("linha,aluno,dia,sexo\n")
	for i, stay := range stays[1:] {
		person, day, sex := stay[1], stay[2], stay[5]
		var year, month, of int
		if _, err := fmt.Sscanf(day, "%d-%d-%d", &year, &month, &of); err != nil {
			t.Fatal(err)
		}
		periods := func(year, month int) [2]string { // years begin in July and are called after the one that they end in
			quarter := (month+5)%12/3 + 1
			if month >= 7 {
				year++
			}
			return [2]string{fmt.Sprint(year), fmt.Sprintf("%d-Q%d", year, quarter)}
		}
		for _, p := range periods(year, month) {
			stood[[2]string{p, person}] = true
		}
		if i%2 == 1 {
			person = fmt.Sprintf("P%d", 9000+i) // never stayed
		}
		if month += i % 5; month > 12 {
			year, month = year+1, month-12
		}
		if year == 2025 && month >= 7 || year == 2022 && month < 10 {
			continue // behind the export, or before there was a school
		}
		fmt.Fprintf(&rows, "L%04d,%s,%04d-%02d-%02d,%s\n", i, person, year, month, min(of, 28), sex)
		for _, p := range periods(year, month) {
			went[[2]string{p, person}] = went[[2]string{p, person}] || sex == "F"
		}
	}
	both = map[string]int{}
	for at, girl := range went {
		if girl && stood[at] {
			both[at[0]]++
		}
	}
	if err := os.WriteFile(filepath.Join(data, "exports", "2025", "escola.csv"), []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"datasets.yaml": school, "indicators.yaml": pupils} {
		name = filepath.Join(data, "codebook", name)
		had, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(had, text...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return both
}

var explained = regexp.MustCompile(`(?m)^  (\S+) +_?T? *true +(\d+)  shown (\S+)`)

func TestChildrenInTwoRegistersAreCountedOnceAndShownByTheRule(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	want := casaEscola(t, data)
	told, _ := impact(t, 0, "explain", "ambos", "--data", data)
	if !strings.Contains(told, "measure  distinct people, told apart by pessoa, who also stand in escola where sexo is F\n") {
		t.Errorf("explain does not say what is counted:\n%s", told)
	}
	found := explained.FindAllStringSubmatch(told, -1)
	for _, m := range found {
		if m[2] != fmt.Sprint(want[m[1]]) {
			t.Errorf("%s: expected %d in both, found %s", m[1], want[m[1]], m[2])
		}
	}
	if len(found) != 14 || want["2024"] < 10 || !strings.Contains(told, "2023-Q1                           true        -  shown missing") {
		t.Fatalf("expected three years and the quarters of them in which there was a school: %v\n%s", want, told)
	}

	impact(t, 0, "publish", "--data", data, "--today", "2025-09-30")
	table, err := os.ReadFile(filepath.Join(data, "published", "2025-r1", "tables", "ambos.total.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		shown := cells[1:]
		switch n, told := want[cells[0]]; {
		case cells[0] == "period":
		case cells[0] == "2023-Q1" && shown[1] == "missing", told && n < 10 && shown[1] == "small":
		case told && n >= 10 && shown[0] == fmt.Sprint((n+2)/5*5):
		default:
			t.Errorf("%s: %d in both are shown as %q", cells[0], n, shown)
		}
	}
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	impact(t, 0, "audit", "--published", filepath.Join(data, "published"), "--built", out, "--site", site)
	page, err := os.ReadFile(filepath.Join(out, "indicators", "ambos", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{`data-cell="ambos/2024"`, "Contamos as pessoas que constam de dois registos no mesmo período, cada uma uma vez: Registo de estadias; Registo da escola."} {
		if !strings.Contains(string(page), text) {
			t.Errorf("expected %q on the page", text)
		}
	}
	descriptor, err := os.ReadFile(filepath.Join(data, "published", "2025-r1", "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, whole := range []string{"alunos", "raparigas", "pessoas"} {
		if !strings.Contains(string(descriptor), `"id": "ambos-among-`+whole+`"`) {
			t.Errorf("expected those in both to be tied to %s", whole)
		}
	}
}

// A year whose table climbed to regions has rows there that the years beside it lack.
func TestTheSampleWithTwoRegistersIsBuiltAndSaysNoMoreThanItsRelease(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	impact(t, 0, "sample", "--kind", "register", "--out", data)
	impact(t, 0, "publish", "--data", data, "--today", "2026-01-31")
	region, err := os.ReadFile(filepath.Join(data, "published", "2025-r1", "tables", "left.region.csv"))
	if err != nil || strings.Contains(string(region), "\n2025,") {
		t.Fatalf("expected a table of regions without the newest year: %v\n%s", err, region)
	}
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	impact(t, 0, "audit", "--published", filepath.Join(data, "published"), "--built", out, "--site", site)
}
