package inspect_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
)

// records reads the files of one dataset of the second organisation.
func records(t testing.TB, dataset string, exports map[string]string) (got []string, findings []diag.Diagnostic) {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS("../testdata/second/codebook"), "codebook", &diags)
	fsys := fstest.MapFS{}
	for name, text := range exports {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	in := inspect.New(cb, cb.Dataset(dataset), &diags)
	for _, f := range ingest.Find(fsys, "exports", cb, &diags) {
		for r := range in.Records(f) {
			got = append(got, fmt.Sprint(r.Period, r.Codes, r.Count, " from ", r.Source()))
		}
	}
	return got, diags.Sorted()
}

func TestARowOfARegisterIsOneCaseInItsFiscalQuarterWithItsWholeLadder(t *testing.T) {
	got, findings := records(t, "casos", map[string]string{"2025/casos.csv": "caso,referência,data,setor,sexo,idade\n1,Polícia,2024-07-01, gabu ,F,a0-5\n"})
	if want := []string{"2025-Q1 [gabu GW-GA leste F a0-5] 1 from 2025/casos.csv:2"}; !slices.Equal(got, want) || len(findings) > 0 {
		t.Errorf("got %q and %v", got, findings)
	}
}

func TestATallyCountsWhatItSaysAndATotalStaysATotal(t *testing.T) {
	got, findings := records(t, "contas", map[string]string{"2025/contas.csv": "descrição,ano,rubrica,doador,montante\n,2025,receita,_T,1200\n,2025-Q2,receita,estado,0\n"})
	if want := []string{"2025 [receita _T] 1200 from 2025/contas.csv:2", "2025-Q2 [receita estado] 0 from 2025/contas.csv:3"}; !slices.Equal(got, want) || len(findings) > 0 {
		t.Errorf("got %q and %v", got, findings)
	}
}

func TestAKeyStandsOnceInAllFilesOfADataset(t *testing.T) {
	const header = "caso,referência,data,setor,sexo,idade\n"
	got, findings := records(t, "casos", map[string]string{
		"2025/casos.csv": header + "7,é,2024-07-01,gabu,F,a0-5\n", "2026/casos.csv": header + "8,é,2025-07-01,gabu,F,a0-5\n7 ,é,2025-08-01,buba,M,a0-5\n",
	})
	if len(got) != 2 || len(findings) != 1 || findings[0].Code != "row/repeated" ||
		findings[0].Pos != (diag.Pos{File: "exports/2026/casos.csv", Line: 3, Col: 1, Cell: 1}) || findings[0].Hint != "exports/2025/casos.csv:2 has the same key: keep one, or add their counts" {
		t.Errorf("got %q and %v", got, findings)
	}
}

func TestARowWithSeveralFaultsNamesEachAndIsLeftOut(t *testing.T) {
	got, findings := records(t, "contas", map[string]string{"2025/contas.csv": "descrição,ano,rubrica,doador,montante\né,ano,receitas,,1.5\n,2025,final,_T,9\n"})
	var codes []string
	for _, d := range findings {
		codes = append(codes, fmt.Sprintf("%d:%d %s", d.Line, d.Col, d.Code))
	}
	if want := []string{"2:3 value/period", "2:7 code/unknown", "2:16 value/empty", "2:17 value/integer"}; !slices.Equal(codes, want) || len(got) != 1 {
		t.Errorf("got %q and %q", got, codes)
	}
}

func TestATotalIsACodeOnlyWhereTheColumnAllowsIt(t *testing.T) {
	_, findings := records(t, "casos", map[string]string{"2025/casos.csv": "caso,referência,data,setor,sexo,idade\n1,é,2024-07-01,_T,F,a0-5\n"})
	if len(findings) != 1 || findings[0].Code != "code/unknown" {
		t.Errorf("found %v", findings)
	}
}

func ExampleInspector_Records() {
	got, _ := records(new(testing.T), "casos", map[string]string{"2025/casos.csv": "caso,referência,data,setor,sexo,idade\n1,,2025-06-30,bissau,M,a12-17\n"})
	fmt.Println(got[0])
	// Output: 2025-Q4 [bissau GW-BS capital M a12-17] 1 from 2025/casos.csv:2
}

// Rows on lines 2 and 3 say the same; those on 4 and 5 as well, within the first two; 6 begins when they end, and 7 is of somebody else.
func TestEachOverlappingSpellIsNamedOnceHoweverManySayTheSame(t *testing.T) {
	key := func(name string) *codebook.Column {
		return &codebook.Column{Name: name, Type: "key", Pattern: ".*", Required: true}
	}
	d := &codebook.Dataset{ID: "stays", Files: "*/stays.csv", Period: codebook.Ref{ID: "in"}, Exports: "replace", Key: []codebook.Ref{{ID: "stay"}},
		Person: &codebook.Ref{ID: "child"}, Spell: &codebook.Spell{From: codebook.Ref{ID: "in"}, To: codebook.Ref{ID: "out"}},
		Columns: []*codebook.Column{key("stay"), key("child"), {Name: "in", Type: "date", Required: true}, {Name: "out", Type: "date"}}}
	cb := &codebook.Codebook{Datasets: []*codebook.Dataset{d}, Organisation: codebook.Organisation{Calendar: codebook.Year{Starts: 1}}}
	fsys := fstest.MapFS{"2020/stays.csv": {Data: []byte("stay,child,in,out\n1,a,2020-01-01,2020-02-01\n2,a,2020-01-01,2020-02-01\n3,a,2020-01-05,2020-01-10\n4,a,2020-01-05,2020-01-10\n5,a,2020-02-01,\n6,b,2020-01-03,\n")}}
	var diags diag.List
	_, records := inspect.New(cb, d, &diags).Read(ingest.Find(fsys, "exports", cb, &diags))
	for range records {
		continue
	}
	var lines []int
	for _, d := range diags.Sorted() {
		if d.Code == "spell/overlap" {
			lines = append(lines, d.Line)
		}
	}
	if len(diags.Sorted()) != 3 || len(lines) != 3 || !slices.Contains(lines, 4) || !slices.Contains(lines, 5) || slices.Contains(lines, 6) {
		t.Errorf("expected one row of the first two, and lines 4 and 5, found %v", diags.Sorted())
	}
}
