package audit

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"github.com/ccpcr/impact/generator/audit/solve"
)

// Keep makes the auditor remember its systems and their answers, for Witnesses.
func (a *Auditor) Keep() *Auditor {
	a.solver.keep = true
	return a
}

// Witnesses writes, for each system that was solved, three tables by which anyone can check the pass by addition: points.csv with the
// unknown counts and whole tables that fit all that is published, rows.csv with what is published as sums of unknowns, and
// targets.csv with the counts that were attacked, each with two of the points. They come from the solver and never from true figures,
// but a point may be near the truth by chance: they are for auditors, not for publication.
func (r *Report) Witnesses(write func(name string, data []byte) error) error {
	for i, s := range r.solved {
		for name, rows := range s.witnesses() {
			var b bytes.Buffer
			if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
				return err
			}
			if err := write(fmt.Sprintf("%04d/%s.csv", i+1, name), b.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s solved) witnesses() map[string][][]string {
	var points [][]int64
	at := map[string]int{}
	place := func(x []int64) string {
		if x == nil {
			return ""
		}
		key := fmt.Sprint(x)
		if _, ok := at[key]; !ok {
			points, at[key] = append(points, x), len(points)+1
		}
		return fmt.Sprintf("point-%d", at[key])
	}
	targets := [][]string{{"target", "sum", "least", "at", "greatest", "at"}}
	for i, a := range s.answers {
		t := &s.system.targets[i]
		targets = append(targets, []string{t.name(), asSum(t.terms), number(a.Lo), place(a.Low.Values()), number(a.Hi), place(a.High.Values())})
	}
	rows := [][]string{{"says", "sum", "at-least", "at-most"}}
	for i, x := range s.system.says {
		rows = append(rows, []string{x.id, asSum(s.system.problem.Rows[i].Terms), number(x.lo), number(x.hi)})
	}
	head := []string{"unknown", "counts"}
	for i := range points {
		head = append(head, fmt.Sprintf("point-%d", i+1))
	}
	table := [][]string{head}
	for i, name := range s.system.unknowns() {
		line := []string{"x" + strconv.Itoa(i+1), name}
		for _, x := range points {
			line = append(line, strconv.FormatInt(x[i], 10))
		}
		table = append(table, line)
	}
	return map[string][][]string{"points": table, "rows": rows, "targets": targets}
}

// unknowns names each unknown by what it counts.
func (s *system) unknowns() []string {
	names := make([]string, len(s.problem.Lo))
	for at, first := range s.slots {
		for i, w := range finest(s.of(at)) {
			names[first+i] = w.id(at.indicator, at.period)
			if at.epoch > 0 {
				names[first+i] += " (later release)"
			}
		}
	}
	for _, t := range s.targets { // of a system without cubes
		if t.id != "" {
			names[t.terms[0].Var] = t.id
		}
	}
	for i, x := range s.says {
		if terms := s.problem.Rows[i].Terms; x.kind == shown && len(terms) == 1 && names[terms[0].Var] == "" {
			names[terms[0].Var] = x.id
		}
	}
	return names
}

func asSum(terms []solve.Term) string {
	var b []byte
	for _, t := range slices.SortedFunc(slices.Values(terms), func(a, b solve.Term) int { return a.Var - b.Var }) {
		switch {
		case t.Coef == 1 && len(b) == 0:
		case t.Coef == 1:
			b = append(b, " + "...)
		case t.Coef == -1:
			b = append(b, " - "...)
		default:
			b = append(b, fmt.Sprintf(" %+d ", t.Coef)...)
		}
		b = append(b, fmt.Sprintf("x%d", t.Var+1)...)
	}
	return string(b)
}

func number(n int64) string {
	if n >= solve.Unbounded || n <= -solve.Unbounded {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
