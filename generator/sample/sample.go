// Package sample invents an organisation: a codebook, and exports of any size that fit it.
//
// In: a seed and how much to invent. Out: a folder as --data takes it, marked as sample data. The same seed gives the same
// bytes on every machine. Nobody is named, and no figure comes from a real child: children are drawn one by one by the rough
// shares of the case types, places, ages and sexes that such an organisation sees.
//
// One file grows with --rows: the attendance sheets of the villages or, as a register, the admissions. The other files keep the
// size of a small organisation. Rows are written as they are drawn, so memory follows the codes and never the rows. Each export is
// a table; plants are the mistakes that Options asks for, put into it line by line. The benchmark's register stands apart.
package sample

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
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
	Register bool // admissions are a register: a row is a stay, not a group of children

	Faults         bool // plant cells, rows and files that cannot be read
	Contradictions bool // plant figures that contradict one another

	Places []string // codes of the places where children come from; nil for the sample's own

	Benchmark bool // the register that systems are compared with instead; of the other options only Seed, Rows and Protected count
	Protected bool // with Benchmark: its figures are of class children, by year and coarser
}

// LastYear is the last fiscal year that is invented, whatever the day.
const LastYear = 2025

// sheetRows are the rows on attendance sheets in a year, unless Options.Rows says otherwise.
const sheetRows = 1000

// Check says what cannot be invented.
func (o Options) Check() error {
	switch {
	case o.Years < 1 || o.Years > 50:
		return fmt.Errorf("--years: expected 1 to 50, found %d", o.Years)
	case o.Children < 1 || o.Children > 200_000:
		return fmt.Errorf("--children: expected 1 to 200000, found %d", o.Children)
	case o.Rows != 0 && (o.Rows < 100 || o.Rows > 10_000_000):
		return fmt.Errorf("--rows: expected 100 to 10000000, found %d", o.Rows)
	case o.Faults && o.Contradictions:
		return fmt.Errorf("--faults and --contradictions: choose one, since figures are compared only when every cell is sound")
	case o.Benchmark && (o.Register || o.Faults || o.Contradictions):
		return fmt.Errorf("--benchmark: expected at most --seed, --rows and --class beside it")
	case o.Protected && !o.Benchmark:
		return fmt.Errorf("--class: expected --benchmark beside it")
	}
	return nil
}

// Write invents an organisation, writes it into a folder and says how many rows its exports have.
func Write(dir string, o Options) (rows int, err error) {
	if err := o.Check(); err != nil {
		return 0, err
	}
	out := &folder{dir: dir}
	if o.Benchmark {
		writeBenchmark(out, o)
		return out.rows, out.err
	}
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
	w.close()
	if o.Faults {
		out.strays()
	}
	if out.planted != nil {
		out.file("faults.txt", out.list())
	}
	return out.rows, out.err
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

// codebookFiles gives the codebook's files by name. A register and a tally differ in one dataset, and a register tells more.
func codebookFiles(o Options) map[string]string {
	files := embedded(organisation, "organisation")
	maps.Copy(files, words())
	kind := "-tally.yaml"
	if o.Register {
		kind = "-register.yaml"
	}
	for name, text := range files {
		if base, own := strings.CutSuffix(name, kind); own {
			files[base+".yaml"] += text
		}
	}
	maps.DeleteFunc(files, func(name, _ string) bool {
		return strings.HasSuffix(name, "-tally.yaml") || strings.HasSuffix(name, "-register.yaml")
	})
	return files
}

// Language is the one that the sample is written in.
const Language = "en"

// words is the folder of the language, as a codebook has it.
func words() map[string]string {
	files := map[string]string{}
	for name, text := range embedded(languages.FS, Language) {
		files["languages/"+Language+"/"+name] = text
	}
	return files
}

// embedded gives the files below an embedded folder by name.
func embedded(fsys fs.FS, dir string) map[string]string {
	files := map[string]string{}
	err := fs.WalkDir(fsys, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[strings.TrimPrefix(name, dir+"/")] = string(data)
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
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

// share splits a number over the quarters, evenly but for a tenth, and gives the part of the one at an index.
func (o Options) share(total, index int) int {
	quarters := int64(4 * o.Years)
	upTo := func(i int64) int {
		moved := int64(0)
		if 0 < i && i < quarters {
			moved = rand.New(rand.NewPCG(o.Seed, uint64(i))).Int64N(101) - 50
		}
		return int((1000*i + moved) * int64(total) / (1000 * quarters))
	}
	return upTo(int64(index)+1) - upTo(int64(index))
}

// folder is where everything goes. The first error stays; what comes behind it does nothing.
type folder struct {
	dir     string
	rows    int // of all exports
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
