package measure_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/measure"
)

// register is the codebook of the second organisation where it keeps a register of stays.
func register(t testing.TB) *codebook.Codebook {
	t.Helper()
	all := fstest.MapFS{}
	for _, dir := range []string{"../testdata/second/codebook", "../testdata/register/codebook"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(os.DirFS(dir), name)
			all[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var diags diag.List
	cb := codebook.Load(all, "codebook", &diags)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	return cb
}

// figures reads an export of the register and gives each figure by indicator, period and sex.
func figures(t testing.TB, cb *codebook.Codebook, export string) func(indicator, period, sex string) (int, bool) {
	t.Helper()
	var diags diag.List
	d := cb.Dataset("estadias")
	fsys := fstest.MapFS{"2025/estadias.csv": {Data: []byte(export)}}
	counter := measure.NewCounter(cb, d, "")
	in := inspect.New(cb, d, &diags)
	until, records := in.Read(ingest.Find(fsys, "exports", cb, &diags))
	counter.Reaches(until, in)
	counter.Count(records)
	if diags.Failed() {
		t.Fatal(diags.Sorted())
	}
	periods := measure.Closed(counter.Periods())
	cells := map[string]measure.Cell{}
	for _, p := range append(counter.Plans(periods), counter.Medians(periods)...) {
		for _, table := range p.Rungs {
			if names := table.Names(); !slices.Equal(names, []string{"sexo"}) {
				continue
			}
			for _, c := range table.Cells {
				cells[p.Indicator.ID+" "+c.Period.String()+" "+c.Codes[0]] = c
			}
		}
	}
	return func(indicator, period, sex string) (int, bool) {
		c, ok := cells[indicator+" "+period+" "+sex]
		return int(c.Value), ok && c.State == measure.Counted
	}
}

// spell is a stay as a test invents it: days since the first of July 2022, the last -1 while it lasts.
type spell struct {
	person, from, to int
	sex              string
}

var firstDay = time.Date(2022, 7, 1, 0, 0, 0, 0, time.UTC)

// invent draws stays of persons who come and go until the last of June 2025 and further: an export knows no later day.
func invent(r *rand.Rand) (all []spell) {
	for person := range 30 + r.IntN(40) {
		sex := []string{"F", "M"}[r.IntN(2)]
		for day := r.IntN(900); day < 1096; day += r.IntN(500) {
			s := spell{person, day, day + r.IntN(1+r.IntN(300)), sex}
			if day = s.to; s.to >= 1096 {
				s.to = -1
			}
			all = append(all, s)
		}
	}
	return all
}

func export(spells []spell) string {
	var b strings.Builder
	b.WriteString("estadia,pessoa,entrada,saida,regiao,sexo\n")
	for i, s := range spells {
		end := ""
		if s.to >= 0 {
			end = firstDay.AddDate(0, 0, s.to).Format(time.DateOnly)
		}
		fmt.Fprintf(&b, "E%04d,P%04d,%s,%s,GW-BS,%s\n", i, s.person, firstDay.AddDate(0, 0, s.from).Format(time.DateOnly), end, s.sex)
	}
	return b.String()
}

// A naive count, day by day and spell by spell, is what every figure must be.
func TestFiguresOfRandomSpellsAreThoseOfANaiveCount(t *testing.T) {
	cb := register(t)
	cal := cb.Calendar()
	for seed := range uint64(40) {
		spells := invent(rand.New(rand.NewPCG(seed, 1)))
		figure := figures(t, cb, export(spells))
		begins := slices.MinFunc(spells, func(a, b spell) int { return a.from - b.from }).from // nobody is told of who was there before
		for year := 2023; year <= 2025; year++ {
			p := calendar.Period{Kind: calendar.Year, Year: year}
			for _, period := range append(p.Parts(), p) {
				first, last := cal.Bounds(period)
				a, z := int(first.Sub(firstDay).Hours())/24, int(last.Sub(firstDay).Hours())/24
				over := !last.AddDate(1, 0, 0).After(firstDay.AddDate(0, 0, 1095))
				for _, sex := range []string{"_T", "F", "M"} {
					want := map[string]int{}
					people, days := map[int]bool{}, []int{}
					for _, s := range spells {
						if sex != "_T" && s.sex != sex {
							continue
						}
						if s.from < a && (s.to < 0 || s.to >= a) {
							want["inicio"]++
						}
						if s.from <= z && (s.to < 0 || s.to > z) {
							want["fim"]++
						}
						if a <= s.from && s.from <= z {
							want["entradas"]++
							people[s.person] = true
						}
						if a <= s.to && s.to <= z {
							want["saidas"]++
							days = append(days, s.to-s.from)
							until := int(firstDay.AddDate(0, 0, s.to).AddDate(0, 12, 0).Sub(firstDay).Hours()) / 24
							if slices.ContainsFunc(spells, func(o spell) bool { return o.person == s.person && o.from > s.to && o.from <= until }) {
								want["regressos"]++
							}
						}
					}
					want["pessoas"] = len(people)
					if slices.Sort(days); len(days) > 0 && period == p {
						want["duracao"] = (days[(len(days)-1)/2] + days[len(days)/2] + 1) / 2
					}
					for _, id := range []string{"inicio", "entradas", "saidas", "fim", "pessoas", "duracao", "regressos"} {
						if id == "duracao" && period != p {
							continue
						}
						got, told := figure(id, period.String(), sex)
						if wantTold := id != "regressos" && (id != "inicio" || begins < a) || id == "regressos" && over; told != wantTold || told && got != want[id] {
							t.Fatalf("seed %d: %s of %s in %s is %d (told: %v), a naive count says %d (told: %v)", seed, id, sex, period, got, told, want[id], wantTold)
						}
					}
				}
			}
		}
	}
}

func TestWhatWasThereAndCameAndDidNotGoIsThere(t *testing.T) {
	cb := register(t)
	for seed := range uint64(40) {
		figure := figures(t, cb, export(invent(rand.New(rand.NewPCG(seed, 2)))))
		at := func(id string, p calendar.Period, sex string) int {
			n, told := figure(id, p.String(), sex)
			if !told {
				t.Fatalf("seed %d: %s is not told of %s in %s", seed, id, sex, p)
			}
			return n
		}
		for q := (calendar.Period{Kind: calendar.Quarter, Year: 2023, Quarter: 1}); q.Year <= 2025; q = q.Next() {
			for _, sex := range []string{"_T", "F", "M"} {
				for _, p := range []calendar.Period{q, q.InYear()} {
					if q.Year == 2023 && (p != q || q.Quarter == 1) {
						if _, told := figure("inicio", p.String(), sex); told {
							t.Errorf("seed %d: it is told who was there when the register began", seed)
						}
						continue
					}
					if opening, in, out, closing := at("inicio", p, sex), at("entradas", p, sex), at("saidas", p, sex), at("fim", p, sex); opening+in-out != closing {
						t.Errorf("seed %d, %s %s: %d + %d - %d is not %d", seed, p, sex, opening, in, out, closing)
					}
				}
				if next := q.Next(); next.Year <= 2025 && at("fim", q, sex) != at("inicio", next, sex) {
					t.Errorf("seed %d, %s %s: the next quarter does not begin with who was there", seed, q, sex)
				}
			}
		}
	}
}

func TestAPersonCountsOnceInAYearWhateverTheQuarters(t *testing.T) {
	figure := figures(t, register(t), export([]spell{{1, 0, 10, "F"}, {1, 20, 30, "F"}, {1, 100, 200, "F"}, {2, 100, -1, "M"}}))
	for _, at := range []struct {
		indicator, period, sex string
		want                   int
	}{{"pessoas", "2023-Q1", "_T", 1}, {"pessoas", "2023-Q2", "_T", 2}, {"pessoas", "2023", "_T", 2}, {"pessoas", "2023", "F", 1}, {"entradas", "2023", "F", 3}} {
		if got, told := figure(at.indicator, at.period, at.sex); !told || got != at.want {
			t.Errorf("%s of %s in %s is %d (told: %v), expected %d", at.indicator, at.sex, at.period, got, told, at.want)
		}
	}
}

func TestAQuarterInWhichNothingHappenedHasItsStock(t *testing.T) {
	figure := figures(t, register(t), export([]spell{{1, 0, -1, "F"}}))
	for _, period := range []string{"2023-Q1", "2024-Q3", "2025-Q4", "2025"} {
		if got, told := figure("fim", period, "_T"); !told || got != 1 {
			t.Errorf("the stock of %s is %d (told: %v), expected 1", period, got, told)
		}
	}
	if _, told := figure("fim", "2026-Q1", "_T"); told {
		t.Error("a quarter behind the last that the register tells of is told")
	}
}
