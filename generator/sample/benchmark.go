package sample

import (
	"embed"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// benchmarkRows is the size at which systems are compared, unless Options.Rows says otherwise.
const benchmarkRows = 100_000

//go:embed benchmark
var benchmark embed.FS

// Cases are admitted and end in the months from January of benchmarkBegins to December of LastYear.
const (
	benchmarkBegins = 2010
	benchmarkMonths = 12 * (LastYear - benchmarkBegins + 1)
)

// writeBenchmark writes the register that systems are compared with: cases.csv in labels and months, as each of them gets it, and
// the same rows in codes and days as an export, with a codebook. The export says besides in which month of a year a case
// was admitted and in which band of months it ended, since the tool counts by columns.
func writeBenchmark(out *folder, o Options) {
	for name, text := range benchmarkFiles(o.Protected) {
		out.file("codebook/"+name, text)
	}
	header := []string{"case_ref", "shelter", "province", "case_type", "sex", "age_group", "admitted", "exited", "outcome", "referred_by"}
	labels := out.table("cases.csv", nil, header...)
	codes := out.table(fmt.Sprintf("exports/%d/cases.csv", LastYear), nil, append(header, "month", "stay")...)
	r := rand.New(rand.NewPCG(o.Seed, 0))
	urns := make([]urn, len(vocabulary))
	for i, c := range vocabulary {
		for j, t := range c.terms {
			urns[i].add(j, t.weight)
		}
	}
	names := make([]string, benchmarkMonths)
	for m := range names {
		names[m] = fmt.Sprintf("%d-%02d", benchmarkBegins+m/12, m%12+1)
	}
	upTo := admittedUpTo()
	rows, month := o.Rows, 0
	if rows == 0 {
		rows = benchmarkRows
	}
	drawn := make([]term, len(vocabulary))
	for n := range rows {
		for int64(n)*upTo[benchmarkMonths-1] >= int64(rows)*upTo[month] {
			month++
		}
		for i, c := range vocabulary {
			drawn[i] = c.terms[urns[i].draw(r)]
		}
		exit := month + stay(r)
		write := func(t *table, day string, text func(term) string, more ...string) {
			exited, outcome := "", ""
			if exit < benchmarkMonths {
				exited, outcome = names[exit]+day, text(drawn[5])
			}
			t.row(append([]string{numbered('C', n+1), text(drawn[0]), text(drawn[1]), text(drawn[2]), text(drawn[3]), text(drawn[4]),
				names[month] + day, exited, outcome, text(drawn[6])}, more...)...)
		}
		band := ""
		if exit < benchmarkMonths {
			band = stayBands[min((exit-month)/3, len(stayBands)-1)].code
		}
		write(labels, "", func(t term) string { return t.label })
		write(codes, "-01", func(t term) string { return t.code }, months[month%12].code, band)
	}
	labels.close()
	codes.close()
}

// admittedUpTo gives for each month how many cases in how many are admitted until it is over: more from year to year, and most in
// spring.
func admittedUpTo() (upTo [benchmarkMonths]int64) {
	sum := int64(0)
	for m := range upTo {
		sum += int64(100 + m)
		if season := m % 12; 2 <= season && season <= 4 {
			sum += 40
		}
		upTo[m] = sum
	}
	return upTo
}

// stay draws how many months a case is open: half a year on average, and two years at most.
func stay(r *rand.Rand) int {
	n := 1 + r.IntN(5) + r.IntN(6)
	if r.IntN(8) == 0 {
		n += r.IntN(15)
	}
	return n
}

// benchmarkFiles gives the codebook's files by name: what is embedded, the code lists of the vocabulary, and three charts more for
// each province. Where its figures are protected, none is of a quarter or a month.
func benchmarkFiles(protected bool) map[string]string {
	files := embedded(benchmark, "benchmark")
	maps.Copy(files, words())
	files["organisation.yaml"] = embedded(organisation, "organisation")["organisation.yaml"]
	files["lists/unit.csv"] = "code,en\ncases,cases\ndays,days\npercent,per cent\n"
	for _, c := range append(slices.Clone(vocabulary), column{"month", months}, column{"stay", stayBands}) {
		var b strings.Builder
		b.WriteString("code,en\n")
		for _, t := range c.terms {
			fmt.Fprintf(&b, "%s,%s\n", t.code, t.label)
		}
		files["lists/"+c.name+".csv"] = b.String()
	}
	var b strings.Builder
	for _, t := range homes() {
		fmt.Fprintf(&b, provinceIndicator, strings.ToLower(t.code), t.label, t.code)
	}
	files["indicators.yaml"] += b.String()
	if protected {
		files["datasets.yaml"] = strings.Replace(files["datasets.yaml"], "class: open", "class: children", 1)
		before, rest, _ := strings.Cut(files["indicators.yaml"], "- id: admissions-by-quarter")
		_, behind, _ := strings.Cut(rest, "- id: ")
		files["indicators.yaml"] = strings.Replace(before, ", [month]]", "]", 1) + "- id: " + behind
	}
	return files
}

const provinceIndicator = `
- id: admissions-%[1]s
  title: {en: "Admissions, %[2]s"}
  definition: {en: "Cases of %[2]s admitted in the year."}
  sentence: {en: "{value} cases of %[2]s were admitted in {period}."}
  programme: provinces
  kind: service
  unit: cases
  dataset: cases
  measure: count
  filter: {province: [%[3]s]}
  breakdowns: [[case_type], [sex, age_group]]
  periods: [year]
  source: *register
`
