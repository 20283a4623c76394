package main

import (
	"errors"
	"flag"
	"path/filepath"

	"github.com/ccpcr/impact/generator/sample"
)

const sampleHelp = `usage: impact sample --out DIR [flags]

Invents an organisation and writes its codebook and exports into DIR, which must be empty or absent. Everything is marked as
sample data. The same seed gives the same bytes on every machine.

    --out DIR         where the codebook and the exports go
    --seed N          another seed invents other figures (default: 1)
    --years N         fiscal years, up to 2025 (default: 5)
    --children N      children admitted in a year, on average (default: 250)
    --kind KIND       tally: admissions are counted by group; register: each child has a row (default: tally)
    --rows N          rows of the attendance sheets of a tally, or of the register: 100 to 10000000
                      (default: 1000 a year on sheets; a register has as many rows as children)
    --faults          plant cells, rows and files that cannot be read; DIR/faults.txt lists what check says of them
    --contradictions  plant figures that contradict one another instead; DIR/faults.txt lists what check says of them
    --benchmark       the register of 16 years that systems are compared with instead (default: 100000 rows): DIR/cases.csv
                      in labels and months for the others, and the same rows in codes and days, with a codebook of class open
    --class CLASS     with --benchmark: open (default), or children, whose figures are protected and of years only

Example:
    impact sample --out sample --years 2
    impact build --data sample --site sample/site --out sample-site
`

// sampleFlags are those of sample alone. Its --out has no default: nothing is invented into a place that nobody named.
func sampleFlags(e *env, fs *flag.FlagSet) {
	e.out = ""
	fs.Uint64Var(&e.sample.Seed, "seed", 1, "")
	fs.IntVar(&e.sample.Years, "years", 5, "")
	fs.IntVar(&e.sample.Children, "children", 250, "")
	fs.IntVar(&e.sample.Rows, "rows", 0, "")
	fs.BoolVar(&e.sample.Faults, "faults", false, "")
	fs.BoolVar(&e.sample.Contradictions, "contradictions", false, "")
	fs.BoolVar(&e.sample.Benchmark, "benchmark", false, "")
	fs.Func("class", "", func(class string) error {
		e.sample.Protected = class == "children"
		if class != "children" && class != "open" {
			return errors.New("expected open or children")
		}
		return nil
	})
	fs.Func("kind", "", func(kind string) error {
		e.sample.Register = kind == "register"
		if kind != "register" && kind != "tally" {
			return errors.New("expected tally or register")
		}
		return nil
	})
}

func invent(e *env) error {
	if e.out == "" {
		return usageError{"expected a folder, such as: impact sample --out /tmp/sample"}
	}
	if err := e.sample.Check(); err != nil {
		return usageError{err.Error()}
	}
	if err := unused(e.out); err != nil {
		return err
	}
	rows, err := sample.Write(e.out, e.sample)
	if err != nil {
		return err
	}
	e.say("wrote %d rows of exports below %s: sample data, every figure is invented", rows, typed(e.out))
	if e.sample.Faults || e.sample.Contradictions {
		e.next("impact check --data %s, and compare it with %s", typed(e.out), typed(filepath.Join(e.out, "faults.txt")))
	} else {
		e.next("impact build --data %s --site %s --out public", typed(e.out), typed(filepath.Join(e.out, "site")))
	}
	return nil
}
