package measure_test

import (
	"os"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/measure"
)

// changed is the codebook of the second organisation with some texts of its files replaced.
func changed(t *testing.T, replace map[string]*strings.Replacer) *codebook.Codebook {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../testdata/second/codebook")); err != nil {
		t.Fatal(err)
	}
	for name, r := range replace {
		data, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		text := r.Replace(string(data))
		if text == string(data) {
			t.Fatalf("nothing to replace in %s", name)
		}
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var diags diag.List
	cb := codebook.Load(os.DirFS(dir), "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

// withSupport has a register that says in one more column which kinds of support a child had.
func withSupport(t *testing.T) *codebook.Codebook {
	return changed(t, map[string]*strings.Replacer{
		"datasets.yaml": strings.NewReplacer("    - {name: sexo, type: code", "    - {name: apoio, type: codes, list: atividade}\n    - {name: sexo, type: code"),
		"indicators.yaml": strings.NewReplacer("    - [sexo]\n", "    - [sexo]\n    - [apoio]\n",
			"filter: {idade: [a0-5]}", "filter: {apoio: [direitos, registo]}"),
	})
}

const supported = "caso,referência,data,setor,apoio,sexo,idade\n" +
	"1,,2024-07-01,gabu,direitos registo,F,a0-5\n2,,2024-07-01,gabu,registo,M,a0-5\n3,,2025-06-01,gabu,,M,a0-5\n4,,2024-07-02,gabu,direitos;registo,F,a0-5\n"

func TestARecordWithSeveralCodesCountsInEachAndOnceInTheTotal(t *testing.T) {
	cells, plans, diags := measured(t, withSupport(t), map[string]string{"2025/casos.csv": supported})
	expect(t, cells, map[string]string{
		"acolhidas.apoio 2025":                "4", // not 5: a child with two kinds of support is one child
		"acolhidas.apoio 2025/apoio=direitos": "2",
		"acolhidas.apoio 2025/apoio=registo":  "3",
		"acolhidas.sexo 2025/sexo=F":          "2",
		"acolhidas.total 2025":                "4",
		"pequenas.total 2025":                 "3", // whoever had one of the two, once
		"pequenas.sexo 2025/sexo=F":           "2",
	})
	for _, plan := range plans {
		if plan.ID == "acolhidas.apoio" && plan.Additive || plan.ID == "acolhidas.sexo" && !plan.Additive {
			t.Errorf("%s: additive is %v", plan.ID, plan.Additive)
		}
	}
	if measure.Check(withSupport(t), nil, plans, diags); diags.Failed() {
		t.Errorf("parts that overlap need not add up: %v", diags.Sorted())
	}
}
