// Package sample invents an organisation: a codebook, and exports of any size that fit it.
//
// In: a seed and how much to invent. Out: a folder as --data takes it, marked as sample data. The same seed gives the same
// bytes on every machine. Nobody is named, and no figure comes from a real child: children are drawn one by one by the rough
// shares of the case types, places, ages and sexes that such an organisation sees.
//
// One file grows with --rows: the attendance sheets of the villages or, as a register, the admissions. The other files keep the
// size of a small organisation. Rows are written as they are drawn, so memory follows the codes and never the rows.
package sample

import (
	"embed"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/ccpcr/impact/data/codebook/languages"
	"github.com/ccpcr/impact/generator/calendar"
)

// Options say what to invent.
type Options struct {
	Seed     uint64
	Years    int  // fiscal years, the last of them LastYear
	Children int  // admitted in a year, on average
	Rows     int  // of the file that grows; 0 for what a small organisation has
	Register bool // admissions are a register: a row is a child, not a group of children

	Faults         bool // plant cells, rows and files that cannot be read
	Contradictions bool // plant figures that contradict one another
}

// LastYear is the last fiscal year that is invented, whatever the day.
const LastYear = 2025

// sheetRows are the rows on attendance sheets in a year, unless Options.Rows says otherwise.
const sheetRows = 1000

// Summary says what was written.
type Summary struct {
	Files, Rows int
}

// Check says what cannot be invented.
func (o Options) Check() error {
	switch {
	case o.Years < 1 || o.Years > 50:
		return fmt.Errorf("--years: expected 1 to 50, found %d", o.Years)
	case o.Children < 1 || o.Children > 1_000_000:
		return fmt.Errorf("--children: expected 1 to 1000000, found %d", o.Children)
	case o.Rows != 0 && (o.Rows < 100 || o.Rows > 10_000_000):
		return fmt.Errorf("--rows: expected 100 to 10000000, found %d", o.Rows)
	case o.Faults && o.Contradictions:
		return fmt.Errorf("--faults and --contradictions: choose one, since figures are compared only when every cell is sound")
	}
	return nil
}

// Write invents an organisation and writes it into a folder.
func Write(dir string, o Options) (Summary, error) {
	if err := o.Check(); err != nil {
		return Summary{}, err
	}
	out := &folder{dir: dir}
	for name, text := range codebookFiles(o) {
		out.file("codebook/"+name, text)
	}
	out.file("codebook/targets.csv", targets(o))
	if o.Faults {
		out.plants = faults(o)
	}
	if o.Contradictions {
		out.plants = contradictions(o, dir)
	}
	w := newWorld(o, out)
	for _, q := range o.quarters() {
		w.quarter(q)
	}
	if o.Faults {
		out.strays()
	}
	if out.planted != nil {
		out.file("faults.txt", out.list())
	}
	return out.Summary, out.err
}

// quarters lists the periods that are exported, in order.
func (o Options) quarters() []calendar.Period {
	var all []calendar.Period
	q := calendar.Period{Kind: calendar.Quarter, Year: LastYear - o.Years + 1, Quarter: 1}
	for range 4 * o.Years {
		all = append(all, q)
		q = q.Next()
	}
	return all
}

//go:embed organisation
var organisation embed.FS

// codebookFiles gives the codebook's files by name. A register and a tally differ in one dataset.
func codebookFiles(o Options) map[string]string {
	files := map[string]string{}
	take := func(fsys fs.FS, below string) {
		_ = fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			files[below+name] = string(data)
			return err
		})
	}
	own, err := fs.Sub(organisation, "organisation")
	if err != nil {
		panic(err) // the folder is embedded
	}
	take(own, "")
	english, err := fs.Sub(languages.FS, "en")
	if err != nil {
		panic(err) // the folder is embedded
	}
	take(english, "languages/en/")
	kind := "admissions-tally.yaml"
	if o.Register {
		kind = "admissions-register.yaml"
	}
	files["datasets.yaml"] += files[kind]
	delete(files, "admissions-tally.yaml")
	delete(files, "admissions-register.yaml")
	return files
}

// targets is targets.csv: what was planned for each year and for the one behind the last.
func targets(o Options) string {
	var b strings.Builder
	b.WriteString("indicator,period,where,value\n")
	for year := LastYear - o.Years + 1; year <= LastYear+1; year++ {
		fmt.Fprintf(&b, "admitted,%d,,%d\n", year, o.admissions()/o.Years)
		fmt.Fprintf(&b, "reintegrated,%d,,%d\n", year, o.admissions()/o.Years*4/5)
		fmt.Fprintf(&b, "attendances,%d,,%d\n", year, o.sheets()/o.Years*12)
	}
	return b.String()
}

// admissions is how many children are admitted in all.
func (o Options) admissions() int {
	if o.Register && o.Rows > 0 {
		return o.Rows
	}
	return o.Children * o.Years
}

// sheets is how many rows of attendance sheets there are in all.
func (o Options) sheets() int {
	if !o.Register && o.Rows > 0 {
		return o.Rows
	}
	return sheetRows * o.Years
}

// share splits a number evenly over the quarters, each moved by at most a tenth, and gives the part of the one at an index.
func (o Options) share(total, index int) int {
	upTo := func(i int) int {
		quarters := 4 * o.Years
		if i == 0 || i == quarters {
			return total * i / quarters
		}
		moved := rand.New(rand.NewPCG(o.Seed, uint64(i))).IntN(201) - 100
		return (1000*total*i + moved*total) / (1000 * quarters)
	}
	return upTo(index+1) - upTo(index)
}

// folder is where everything goes. The first error stays; what comes behind it does nothing.
type folder struct {
	Summary
	dir     string
	plants  []plant
	planted []planted
	err     error
}

func (f *folder) file(name, text string) {
	if f.err != nil {
		return
	}
	target := filepath.Join(f.dir, filepath.FromSlash(name))
	if f.err = os.MkdirAll(filepath.Dir(target), 0o755); f.err == nil {
		f.err = os.WriteFile(target, []byte(text), 0o644)
	}
}
