package audit

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/calendar"
)

// finding tells of a target that is too narrow: the figures and the arithmetic, and the cells that could be shown more coarsely.
func (r *result) finding(i int, rule string, iv interval) Finding {
	t := &r.system.targets[i]
	f := Finding{Rule: rule, Cells: []string{}}
	least, used := r.bound(t, iv, false)
	most, more := r.bound(t, iv, true)
	seen := map[string]bool{}
	if used = append(used, more...); len(used) == 0 {
		used = r.system.cells(t)
	}
	for _, id := range used {
		if !seen[id] {
			seen[id], f.Cells = true, append(f.Cells, id)
		}
	}
	f.Table, _, _ = strings.Cut(t.name(), "/")
	f.Proof = fmt.Sprintf("%s can only be %s: %s; %s", t.name(), iv, least, most)
	if rule == "undecided" {
		f.Proof = fmt.Sprintf("no whole numbers were found that show %s to be wide enough; it is %s at the widest", t.name(), iv)
	}
	f.Already = r.alone(t, iv)
	return f
}

// bound shows why a target is no less, or no more, and lists the cells that it takes.
func (r *result) bound(t *target, iv interval, upper bool) (text string, used []string) {
	word, value := "at least", iv.lo
	if upper {
		word, value = "at most", iv.hi
	}
	if !upper && value == 0 {
		return "at least 0, as any count", nil
	}
	if r.prover == nil {
		r.prover = solve.NewProver(r.system.problem)
	}
	proof, ok := r.prover.Again(t.terms, upper, value)
	if !ok {
		var bound *big.Rat
		bound, proof, ok = r.prover.Prove(t.terms, upper)
		ok = ok && solve.Rounded(bound, upper) == value
	}
	if !ok {
		for _, s := range r.system.says {
			if s.kind == shown {
				used = append(used, s.id)
			}
		}
		return fmt.Sprintf("%s %d, since no other whole numbers fit the figures of its tables", word, value), used
	}
	var parts []string
	for _, m := range proof {
		if m.Row < 0 {
			continue // that no count is below 0
		}
		s := r.system.says[m.Row]
		if s.kind == shown {
			used = append(used, s.id)
		}
		parts = append(parts, times(m.Factor)+s.told(m.Upper))
	}
	return fmt.Sprintf("%s %d, from %s", word, value, strings.TrimPrefix(strings.Join(parts, " "), "+ ")), used
}

// times writes a multiplier in front of a figure.
func times(by *big.Rat) string {
	sign := "+ "
	if by.Sign() < 0 {
		sign = "− "
	}
	abs := new(big.Rat).Abs(by)
	if abs.Cmp(big.NewRat(1, 1)) == 0 {
		return sign
	}
	return sign + abs.RatString() + " × "
}

// told says what a row says, on the side that a proof uses.
func (s statement) told(upper bool) string {
	side := fmt.Sprintf("%d or more", s.lo)
	if upper {
		side = fmt.Sprintf("%d or less", s.hi)
	}
	switch s.kind {
	case known:
		return fmt.Sprintf("%s (%d, known from elsewhere)", s.id, s.lo)
	case tied:
		return fmt.Sprintf("what %s says (0)", s.id)
	case adds:
		return fmt.Sprintf("that no part of %s is larger than it, nor it than its parts (0)", s.id)
	case revision:
		return fmt.Sprintf("that a correction changes no more than %d", s.hi)
	}
	return fmt.Sprintf("%s (%s)", s.id, side)
}

// alone says whether what is known from elsewhere gives the same without any release.
func (r *result) alone(t *target, iv interval) bool {
	p := r.system.problem
	p.Rows = nil
	for i, s := range r.system.says {
		if s.kind == known {
			p.Rows = append(p.Rows, r.system.problem.Rows[i])
		}
	}
	if len(p.Rows) == 0 {
		return false
	}
	answers, ok, err := solve.Ranges(p, [][]solve.Term{t.terms}, nil)
	return err == nil && ok && answers[0].Lo == iv.lo && answers[0].Hi == iv.hi
}

func following(period string) string {
	p, err := calendar.Parse(period)
	if err != nil || p.Kind == calendar.Undated {
		return ""
	}
	return p.Next().String()
}
