package main

import (
	"flag"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/warehouse"
)

const sqlHelp = `usage: impact sql DATASET --dialect NAME --until PERIOD [flags]

Writes the query by which a warehouse counts a register, so that none of its rows has to be exported. DATASET has a
pattern of files under  tally:  in datasets.yaml; the result of the query, saved as CSV with a header under such a name, is read by check
in place of the rows. It makes the same release. Codes that the lists lack, empty cells, repeated keys and spells that cannot be are
counted as well, and check names them. The result holds true counts: keep it where the exports are kept.

    --dialect NAME   duckdb, postgres or bigquery (bigquery is written by its manual, and was never run)
    --until PERIOD   the last year or quarter that the result tells of; the folder for it is called the same
    --out FILE       where to write the query (default: standard output)
    --table NAME     the register's table, such as warehouse.cases; its columns are called as in datasets.yaml (default: DATASET). Where
                     people are counted who stand in another dataset too, its table follows: warehouse.cases,visits=warehouse.visits

Example:
    impact sql admissions --dialect postgres --until 2025-Q4 --out query.sql
`

// query is what a query is written for.
type query struct{ dialect, until, table string }

func sqlFlags(e *env, fs *flag.FlagSet) {
	e.out = ""
	fs.StringVar(&e.query.dialect, "dialect", "", "")
	fs.StringVar(&e.query.until, "until", "", "")
	fs.StringVar(&e.query.table, "table", "", "")
}

func writeSQL(e *env) error {
	if len(e.args) != 1 {
		return usageError{"expected a dataset, such as: impact sql cases --dialect postgres --until 2025-Q4"}
	}
	if e.json {
		return usageError{"--json: sql writes a query, it has no JSON"}
	}
	if !slices.Contains(warehouse.Dialects(), e.query.dialect) {
		return usageError{fmt.Sprintf("--dialect: expected one of %s, found %q", strings.Join(warehouse.Dialects(), ", "), e.query.dialect)}
	}
	until, err := calendar.Parse(e.query.until)
	if err != nil || until.Kind != calendar.Year && until.Kind != calendar.Quarter {
		return usageError{fmt.Sprintf("--until: expected a year such as 2025 or a quarter such as 2025-Q4, found %q", e.query.until)}
	}
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	d := cb.Dataset(e.args[0])
	if d == nil {
		var ids []string
		for _, x := range cb.Datasets {
			ids = append(ids, x.ID)
		}
		return usageError{fmt.Sprintf("unknown dataset %q: %s", e.args[0], diag.Suggest(e.args[0], ids))}
	}
	if d.Count != nil {
		e.diags.Errorf(d.Count.At, "codebook/tally", "SELECT its columns, SUM the count and GROUP BY the others", "expected a register; the files of the dataset %s are tallies already", d.ID)
		return errBadInput
	}
	if d.Tally == "" {
		e.diags.Errorf(d.At, "codebook/tally", fmt.Sprintf("add  tally: %q  or the like", "*/"+d.ID+"-tally.csv"), "expected the dataset %s to say what the files with its tallies are called", d.ID)
		return errBadInput
	}
	tables, err := tablesOf(e.query.table, cb, d)
	if err != nil {
		return err
	}
	text := warehouse.Query(cb, d, e.query.dialect, tables, until)
	if e.out == "" {
		fmt.Fprint(e.stdout, text)
	} else if err := os.WriteFile(e.out, []byte(text), 0o644); err != nil { // what PowerShell writes with > is no UTF-8
		return err
	} else {
		e.say("wrote %s", typed(e.out))
	}
	_, exports := e.folder("exports")
	e.say("next: run it, and save the result as %s", typed(path.Join(exports, strings.Replace(d.Tally, "*", until.String(), 1))))
	return nil
}

// tablesOf reads what the tables of a dataset, and of those that it is counted together with, are called.
func tablesOf(text string, cb *codebook.Codebook, d *codebook.Dataset) (map[string]string, error) {
	tables := map[string]string{d.ID: d.ID}
	for _, o := range warehouse.Others(cb, d) {
		tables[o.ID] = o.ID
	}
	for _, part := range strings.Split(text, ",") {
		id, name, other := strings.Cut(part, "=")
		if !other {
			id, name = d.ID, part
		}
		if tables[id] == "" {
			return nil, usageError{fmt.Sprintf("--table: expected a dataset that the figures of %s need, found %q", d.ID, id)}
		}
		if name != "" {
			tables[id] = name
		}
	}
	return tables, nil
}
