package measure_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/measure"
)

// second is the codebook of the second organisation: a register of cases, tallies by quarter, accounts by year.
func second(t *testing.T) *codebook.Codebook {
	t.Helper()
	var diags diag.List
	cb := codebook.Load(os.DirFS("../testdata/second/codebook"), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

// measured is what the exports say: every table of every rung, each cell as text, by id of the table and of the cell.
func measured(t *testing.T, cb *codebook.Codebook, exports map[string]string) (map[string]string, []measure.Plan, *diag.List) {
	t.Helper()
	var diags diag.List
	fsys := fstest.MapFS{}
	for name, text := range exports {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	files := ingest.Find(fsys, "exports", cb, &diags)
	var counters []*measure.Counter
	var periods []calendar.Period
	for _, d := range cb.Datasets {
		c := measure.NewCounter(cb, d, "")
		in := inspect.New(cb, d, &diags)
		for _, f := range files {
			if f.Dataset == d {
				c.Count(in.Records(f))
			}
		}
		counters = append(counters, c)
		periods = append(periods, c.Periods()...)
	}
	periods = measure.Closed(periods)
	var plans []measure.Plan
	for _, c := range counters {
		plans = append(plans, c.Plans(periods)...)
	}
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	cells := map[string]string{}
	for _, p := range plans {
		for _, table := range p.Rungs {
			for _, c := range table.Cells {
				id := cell.ID(p.Indicator.ID, c.Period.String(), table.Names(), c.Codes)
				cells[cell.Table(p.Indicator.ID, table.Names())+" "+strings.TrimPrefix(id, p.Indicator.ID+"/")] = told(c)
			}
		}
	}
	return cells, plans, &diags
}

func told(c measure.Cell) string {
	switch c.State {
	case measure.Counted:
		return fmt.Sprint(c.Value)
	case measure.Impossible:
		return "impossible"
	}
	return "missing"
}

func expect(t *testing.T, cells map[string]string, want map[string]string) {
	t.Helper()
	for id, w := range want {
		if got, ok := cells[id]; !ok || got != w {
			t.Errorf("%s is %q, want %q", id, got, w)
		}
	}
}

const accounts = "descrição,ano,rubrica,doador,montante\n"

func TestAPrintedTotalCountsBeforeTheSumOfItsParts(t *testing.T) {
	cells, _, _ := measured(t, second(t), map[string]string{"2025/contas.csv": accounts +
		"a,2025,receita,_T,1000\nb,2025,receita,estado,300\nc,2025,receita,irmandade,200\nd,2025,despesa,estado,70\ne,2025,despesa,irmandade,30\n"})
	expect(t, cells, map[string]string{
		"receita.doador 2025":                  "1000", // as printed, not 500 and not 1500
		"receita.doador 2025/doador=estado":    "300",
		"receita.doador 2025/doador=irmandade": "200",
		"receita.total 2025":                   "1000",
		"despesa.total 2025":                   "100", // no printed total: the parts
	})
}

func TestACombinationWithoutARowIsZeroOrMissingAsTheDatasetSays(t *testing.T) {
	cells, _, _ := measured(t, second(t), map[string]string{
		"2025/contas.csv": accounts + "a,2025,receita,estado,300\n",
		"2025/casos.csv":  "caso,referência,data,setor,sexo,idade\n1,x,2024-07-01,gabu,F,a0-5\n",
	})
	expect(t, cells, map[string]string{
		"receita.doador 2025/doador=irmandade":   "missing",
		"receita.doador 2025/doador=voluntarios": "impossible",
		"saldo-inicial.total 2025":               "missing",
		"acolhidas.sexo 2025-Q1/sexo=M":          "0",
		"acolhidas.sexo 2025/sexo=M":             "missing", // the register ends before the year
	})
}

// A quarter between two others in which nobody was registered had nobody, as the dataset says; nothing is said of later ones.
func TestAQuarterOfARegisterWithoutARowIsZero(t *testing.T) {
	cells, _, _ := measured(t, second(t), map[string]string{
		"2025/casos.csv":  "caso,referência,data,setor,sexo,idade\n1,x,2024-07-01,gabu,F,a0-5\n2,x,2025-01-01,gabu,F,a0-5\n",
		"2025/contas.csv": accounts + "a,2025-Q2,receita,estado,10\nb,2025-Q4,receita,estado,10\n",
	})
	expect(t, cells, map[string]string{
		"acolhidas.sexo 2025-Q1": "1", "acolhidas.sexo 2025-Q2": "0", "acolhidas.sexo 2025-Q2/sexo=F": "0", "acolhidas.sexo 2025-Q4": "missing",
	})
}

func TestARegisterCountsItsRowsByFiscalQuarterAndQuartersAddUpToTheYear(t *testing.T) {
	cells, _, _ := measured(t, second(t), map[string]string{"2025/casos.csv": `caso,referência,data,setor,sexo,idade
1,Polícia,2024-07-01,gabu,F,a0-5
2,Polícia,2024-09-30,pirada,F,a6-11
3,Família,2024-10-01,catio,M,a0-5
4,Família,2025-06-30,bissau,F,a12-17
5,Família,2025-07-01,bissau,F,a12-17
`})
	expect(t, cells, map[string]string{
		"acolhidas.sexo 2025-Q1":                        "2",
		"acolhidas.sexo 2025-Q2":                        "1",
		"acolhidas.sexo 2025-Q4":                        "1",
		"acolhidas.sexo 2025":                           "4",
		"acolhidas.sexo 2025/sexo=F":                    "3",
		"acolhidas.sexo 2026-Q1":                        "1",
		"acolhidas.idade-sexo 2025/idade=a0-5,sexo=F":   "1",
		"acolhidas.idade-sexo 2025-Q1/idade=a0-5":       "1",
		"pequenas.sexo 2025":                            "2", // the filter: up to 5 years
		"acolhidas.regiao 2025/regiao=GW-GA":            "2", // two sectors of one region
		"acolhidas.zona 2025/zona=leste":                "2", // and its zone, two steps up
		"acolhidas.zona 2025/zona=sul":                  "1",
		"acolhidas.zona 2025/zona=norte":                "0",
		"acolhidas.idade 2025/idade=a12-17":             "1",
		"acolhidas.total 2025":                          "4",
		"acolhidas.idade-sexo 2025/idade=a12-17,sexo=M": "0",
	})
}

func TestAFlowOfQuartersGivesTheYearAndAStockDoesNot(t *testing.T) {
	exports := map[string]string{"2025/contas.csv": accounts +
		"a,2025-Q1,receita,estado,10\nb,2025-Q4,receita,estado,20\na,2025-Q2,receita,estado,0\nb,2025-Q3,receita,estado,0\nc,2025-Q1,final,_T,500\nd,2025-Q4,final,_T,700\n"}
	cells, _, _ := measured(t, second(t), exports)
	expect(t, cells, map[string]string{"receita.doador 2025": "30", "saldo-final.total 2025": "missing"})

	// A figure of the year itself counts before its quarters, and is not added to them.
	exports["2025/contas.csv"] += "e,2025,receita,estado,35\nf,2025,final,_T,700\n"
	cells, _, _ = measured(t, second(t), exports)
	expect(t, cells, map[string]string{"receita.doador 2025": "35", "receita.doador 2025/doador=estado": "35", "saldo-final.total 2025": "700"})
}

// Each quarter counts as it tells its figures: one with a printed total, the other by its parts. What only one of them tells is not
// reported for the year.
func TestQuartersMayTellTheirFiguresInDifferentWays(t *testing.T) {
	exports := map[string]string{"2025/contas.csv": accounts +
		"a,2025-Q1,receita,_T,100\nb,2025-Q2,receita,estado,50\nc,2025-Q3,receita,_T,7\nd,2025-Q4,receita,_T,3\n"}
	cells, _, _ := measured(t, second(t), exports)
	expect(t, cells, map[string]string{"receita.doador 2025": "160", "receita.doador 2025/doador=estado": "missing"})
}

// A year of which a quarter is not there has no figure, though others speak of the year.
func TestAYearWithAQuarterMissingIsNotReported(t *testing.T) {
	exports := map[string]string{"2025/contas.csv": accounts + "a,2025-Q1,receita,_T,100\nb,2025-Q2,receita,_T,50\nc,2025-Q4,receita,_T,3\n"}
	cells, _, _ := measured(t, second(t), exports)
	expect(t, cells, map[string]string{"receita.doador 2025": "missing"})
}

// The same holds where no row means none: the quarters that are there are not a year, and a year of none would be a wrong figure.
func TestAYearOfWhichOnlySomeQuartersAreToldIsNotTakenForNone(t *testing.T) {
	cb := second(t)
	cb.Dataset("sessoes").Absent = "zero"
	const header = "trimestre,atividade,regiao,sessões\n"
	cells, _, _ := measured(t, cb, map[string]string{
		"2024/sessoes.csv": header + "2024-Q3,direitos,GW-BS,3\n2024-Q4,direitos,GW-BS,4\n", // begins in the middle of a year
		"2025/sessoes.csv": header + "2025-Q1,direitos,GW-BS,5\n2025-Q4,direitos,GW-BS,6\n2026-Q1,direitos,GW-BS,7\n",
	})
	expect(t, cells, map[string]string{"sessoes.zona 2024": "missing", "sessoes.zona 2025": "missing", "sessoes.zona 2025/zona=capital": "missing",
		"sessoes.zona 2025-Q1": "5", "sessoes.zona 2025-Q1/zona=leste": "0"})
}

func TestNoneInTheLastYearIsNoneAsInAnyOther(t *testing.T) {
	cb := second(t)
	d := cb.Dataset("sessoes")
	d.Absent = "zero"
	cb.Indicator("sessoes").Filter = map[string][]codebook.Ref{"atividade": {{ID: "registo"}}}
	rows := "trimestre,atividade,regiao,sessões\n"
	for _, quarter := range []string{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
		rows += quarter + ",direitos,GW-BS,3\n"
	}
	cells, _, _ := measured(t, cb, map[string]string{"2025/sessoes.csv": rows})
	expect(t, cells, map[string]string{"sessoes.zona 2024": "0", "sessoes.zona 2025-Q4": "0", "sessoes.zona 2025": "0", "sessoes.zona 2025/zona=leste": "0"})
}

func TestTheLadderGoesUpAColumnAtATimeAndEndsWithTheTotal(t *testing.T) {
	_, plans, _ := measured(t, second(t), nil)
	var got []string
	for _, p := range plans {
		var rungs []string
		for _, table := range p.Rungs {
			rungs = append(rungs, strings.Join(table.Names(), "-"))
		}
		got = append(got, p.ID+": "+strings.Join(rungs, " > "))
	}
	for _, want := range []string{
		"acolhidas.regiao/year: regiao > zona > ", "acolhidas.idade-sexo/year: idade-sexo > idade > ", "sessoes.zona/year: zona > ", "despesa.total/year: ",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("expected the ladder %q among %q", want, got)
		}
	}
}

func TestEveryCodeHasItsRowWhateverTheDataSay(t *testing.T) {
	_, plans, _ := measured(t, second(t), map[string]string{"2025/casos.csv": "caso,referência,data,setor,sexo,idade\n1,x,2024-07-01,gabu,F,a0-5\n"})
	for _, p := range plans {
		if p.ID != "acolhidas.idade-sexo/quarter" {
			continue
		}
		table := p.Rungs[0]
		if got, want := len(table.Cells), (3+1)*(2+1); got != want { // a quarter; its year is not over
			t.Errorf("expected %d cells, found %d", want, got)
		}
		return
	}
	t.Error("found no table acolhidas.idade-sexo/quarter")
}

func TestFiguresThatContradictTheCodebookAreReported(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"parts":      {"a,2025,receita,_T,10\nb,2025,receita,estado,3\nc,2025,receita,irmandade,3\nd,2025,receita,fundo-mare,3\n", "expectation/parts"},
		"impossible": {"a,2025,receita,voluntarios,1\n", "expectation/impossible"},
		"balance":    {"a,2025,inicial,_T,5\nb,2025,receita,_T,10\nc,2025,despesa,_T,4\nd,2025,final,_T,12\n", "expectation/balance"},
	} {
		t.Run(name, func(t *testing.T) {
			cb := second(t)
			_, plans, diags := measured(t, cb, map[string]string{"2025/contas.csv": accounts + c.rows})
			measure.Check(cb, nil, plans, diags)
			found := diags.Sorted()
			if len(found) != 1 || found[0].Code != c.want {
				t.Errorf("expected [%s] alone, found %v", c.want, found)
			}
		})
	}
	cb := second(t)
	_, plans, diags := measured(t, cb, map[string]string{"2025/contas.csv": accounts +
		"a,2025,inicial,_T,5\nb,2025,receita,_T,10\nc,2025,despesa,_T,4\nd,2025,final,_T,11\ne,2024,final,_T,9\n"})
	if measure.Check(cb, nil, plans, diags); diags.Failed() {
		t.Errorf("a balance that holds, and one that is not told in full, are no faults: %v", diags.Sorted())
	}
}

func TestThreeYearsAreTheirYearsTogetherOnceTheyAreOver(t *testing.T) {
	cb := second(t)
	cb.Indicator("acolhidas").Periods = []string{"year", "three-years"}
	cases := "caso,referência,data,setor,sexo,idade\n1,x,2021-08-01,gabu,F,a0-5\n2,x,2022-08-01,gabu,F,a0-5\n3,x,2023-08-01,gabu,M,a0-5\n"
	three := func(rows string) (cells []string) {
		_, plans, _ := measured(t, cb, map[string]string{"2024/casos.csv": rows})
		for _, p := range plans {
			if p.ID == "acolhidas.sexo/three-years" {
				for _, c := range p.Rungs[0].Cells {
					cells = append(cells, fmt.Sprint(c.Period, c.Codes, c.Value))
				}
			}
		}
		return cells
	}
	if got := three(cases); len(got) > 0 {
		t.Errorf("2022 to 2024 is not over: %q", got)
	}
	want := []string{"2022-2024 [_T] 4", "2022-2024 [F] 2", "2022-2024 [M] 2"}
	if got := three(cases + "4,x,2024-06-30,gabu,M,a0-5\n"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
