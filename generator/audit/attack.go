package audit

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/ccpcr/impact/generator/audit/solve"
	"github.com/ccpcr/impact/generator/ledger"
)

// attack is one system that is to be solved. Its key says what it is made of: what was solved once is not solved again.
type attack struct {
	key     string
	label   string
	reading *reading
	tables  []*table // whose cells the attack is about
	periods []string
	build   func(loose bool) *system
	guess   bool // it takes for true what need not be: that no numbers fit says nothing
}

// result is what came of a system.
type result struct {
	feasible bool
	targets  int
	says     int       // statements that it is made of, but for what is known from elsewhere
	findings []Finding // without the release that they are found in
	narrow   int64     // fewest values of a target that may be small, up to wide; 0 if none is
	prover   *solve.Prover

	system  *system // these two only if witnesses are asked for
	answers []solve.Answer
}

// attacks lists all systems that a reading makes, and what was too large to be one.
func (rd *reading) attacks() (all []attack, partial []string, findings []Finding) {
	for _, ind := range rd.release.Indicators {
		if ind.Class != "children" {
			continue
		}
		for _, b := range rd.blocks(ind.ID) {
			if !b.tables[0].Additive {
				all = append(all, attack{rd.digest("overlap", b.tables, b.periods), b.label(), rd, b.tables, b.periods, func(bool) *system { return b.overlapSystem(rd) }, false})
				all = append(all, b.guesses(rd)...)
				continue
			}
			sets, whole, alone := b.combinations(rd)
			if !whole {
				partial = append(partial, fmt.Sprintf("%s: %d tables in %d combinations of up to three", b.label(), len(b.maximal()), len(sets)))
			}
			for _, t := range alone {
				findings = append(findings, Finding{
					Table: t.Name, Rule: "too-large", Cells: b.cellsOf(rd, t),
					Proof: fmt.Sprintf("the table %s needs a system of %d counts in %s; larger than %d is not audited", t.Name, b.shape(rd, []*table{t}).size(), b.name, largestCube),
				})
			}
			for _, set := range sets {
				all = append(all, attack{b.key(rd, set), b.label(), rd, b.tables, b.periods, func(loose bool) *system {
					return b.cubeSystem([]*reading{rd}, set, loose)
				}, false})
			}
		}
	}
	chained, more := rd.chained()
	return append(all, chained...), append(partial, more...), findings
}

// key identifies a system over some tables of a block: all of the block's tables tell it something.
func (b block) key(rd *reading, set []*table) string {
	var own []string
	for _, t := range set {
		own = append(own, t.Name)
	}
	return rd.digest(fmt.Sprintf("cube %s %v", b.indicator, own), b.tables, b.periods)
}

// cellsOf lists the cells of a table in a block.
func (b block) cellsOf(rd *reading, t *table) []string {
	var ids []string
	for _, p := range b.own(t) {
		rd.each(t, p, func(id string, _ []string) { ids = append(ids, id) })
	}
	return ids
}

// chained lists the systems of indicators that identities tie together.
func (rd *reading) chained() (all []attack, partial []string) {
	for _, c := range rd.chains() {
		if !slices.ContainsFunc(c.indicators, func(id string) bool { return rd.release.Indicator(id).Class == "children" }) {
			continue
		}
		var tables []*table
		for _, id := range c.indicators {
			tables = append(tables, rd.tables[id]...)
		}
		if len(tables) == 0 {
			continue
		}
		periods := c.neighbours(rd)
		sets, whole := c.systems(rd, len(c.periods(rd))+1)
		if !whole {
			partial = append(partial, fmt.Sprintf("%s: %d combinations of what its indicators share", c.label(), len(sets)))
		}
		for _, cubes := range sets {
			key := fmt.Sprintf("chain %v %v", c, cubes)
			all = append(all, attack{rd.digest(key, tables, periods), c.label(), rd, tables, periods, func(loose bool) *system { return c.system(rd, cubes, loose) }, false})
		}
	}
	return all, partial
}

// neighbours are the periods that a chain's system tells of: its own, and those that follow them.
func (c chain) neighbours(rd *reading) []string {
	periods := c.periods(rd)
	for _, p := range slices.Clone(periods) {
		if next := following(p); next != "" && !slices.Contains(periods, next) {
			periods = append(periods, next)
		}
	}
	return periods
}

// solver solves systems, as many at once as there are cores, and remembers them.
type solver struct {
	known []Known
	keep  bool // systems and answers
	done  map[string]*result

	recalled map[string]remembered // by an earlier auditor
	solved   int
}

// all solves what was not solved before.
func (s *solver) all(attacks []attack) {
	var todo []attack
	for _, a := range attacks {
		if _, ok := s.done[a.key]; !ok && !s.recall(a.key) {
			s.done[a.key] = nil
			todo = append(todo, a)
		}
	}
	s.solved += len(todo)
	results := make([]*result, len(todo))
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				results[i] = s.solve(todo[i])
			}
		})
	}
	for i := range todo {
		next <- i
	}
	close(next)
	wait.Wait()
	for i, a := range todo {
		s.done[a.key] = results[i]
	}
}

// solve attacks one system, with what is known from elsewhere as far as it does not contradict it. What is not reported is taken as
// none; where no whole numbers fit, as open.
func (s *solver) solve(a attack) *result {
	for _, loose := range []bool{false, true} {
		sys := a.build(loose)
		if len(sys.says) == 0 || len(sys.targets) == 0 {
			return &result{feasible: true}
		}
		r := &result{system: sys, targets: len(sys.targets), says: len(sys.says)}
		s.learn(sys)
		var err error
		r.answers, r.feasible, err = solve.Ranges(sys.problem, sys.forms(), sys.enough)
		switch {
		case errors.Is(err, solve.ErrLimit):
			return undecided(sys, a, "no whole numbers were found that fit the figures of "+a.label+", nor was it shown that there are none")
		case err != nil:
			return undecided(sys, a, "the figures of "+a.label+" cannot be attacked: "+err.Error())
		case r.feasible:
			r.judge()
			if !s.keep {
				r.system, r.answers, r.prover = nil, nil, nil
			}
			return r
		}
	}
	return &result{feasible: false}
}

func undecided(sys *system, a attack, proof string) *result {
	return &result{feasible: true, targets: len(sys.targets), findings: []Finding{{Rule: "undecided", Table: a.label, Cells: sys.told(), Proof: proof}}}
}

// learn adds figures that are known from elsewhere, one after the other, and leaves out those that contradict what is told: a
// correction is no leak.
func (s *solver) learn(sys *system) {
	if len(s.known) == 0 {
		return
	}
	forms := sys.byName()
	for _, k := range s.known {
		terms, ok := forms[k.Cell]
		if !ok || k.Value > largest {
			continue
		}
		if b, told := sys.reading.bounds[k.Cell]; told && b.Meet(ledger.Bounds{Lo: k.Value, Hi: k.Value}).Empty() {
			continue
		}
		rows, says := len(sys.problem.Rows), len(sys.says)
		sys.say(statement{id: k.Cell, kind: known, lo: k.Value, hi: k.Value}, terms)
		if _, fits, err := sys.problem.Feasible(); err != nil || !fits {
			sys.problem.Rows, sys.says = sys.problem.Rows[:rows], sys.says[:says]
		}
	}
}

// byName writes each cell of the system as a sum of its unknowns.
func (s *system) byName() map[string][]solve.Term {
	forms := map[string][]solve.Term{}
	for i := range s.targets {
		if t := &s.targets[i]; t.kind != "complement" && t.kind != "difference" && t.kind != "overlap" {
			forms[t.name()] = t.terms
		}
	}
	for i, x := range s.says {
		if x.kind == shown {
			forms[x.id] = s.problem.Rows[i].Terms
		}
	}
	return forms
}

func (s *system) forms() [][]solve.Term {
	forms := make([][]solve.Term, len(s.targets))
	for i, t := range s.targets {
		forms[i] = t.terms
	}
	return forms
}

// wide is how many values are enough for any count: a target that has as many is looked at no further, so that what an audit says of
// the narrowest does not depend on the way it took.
const wide = 4

// enough says that a target which reaches both values has as many as are enough, whatever else it reaches.
func (s *system) enough(i int, lo, hi int64) bool {
	threshold := s.reading.release.Rule.Threshold
	if s.targets[i].guard && lo > 0 && hi < threshold {
		return false
	}
	return hi-lo+1 >= wide
}

// told lists the cells that a system is about.
func (s *system) told() []string {
	var ids []string
	for _, x := range s.says {
		if x.kind == shown {
			ids = append(ids, x.id)
		}
	}
	return ids
}

// judge turns answers into findings.
func (r *result) judge() {
	threshold := r.system.reading.release.Rule.Threshold
	for i, a := range r.answers {
		t := &r.system.targets[i]
		iv := interval{a.Lo, a.Hi}
		rule := ""
		switch {
		case !iv.holdsSmall(threshold):
			continue
		case !a.Wide && iv.narrow(threshold):
			rule = "narrow " + t.kind
		case t.guard && iv.lo >= 1 && iv.hi < threshold:
			rule = "existence"
		case !a.Wide && (a.Low == nil || a.High == nil) && !r.witnessed(a):
			rule = "undecided"
		}
		if n := min(iv.values(), wide); rule == "" && (r.narrow == 0 || n < r.narrow) {
			r.narrow = n
		}
		if rule != "" {
			r.findings = append(r.findings, r.finding(i, rule, iv))
		}
	}
}

// witnessed says whether an answer that was not wide enough early is wide by what was found: unbounded above counts.
func (r *result) witnessed(a solve.Answer) bool {
	return a.Hi >= solve.Unbounded && a.Low != nil
}
