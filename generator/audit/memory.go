package audit

import (
	"encoding/base64"
	"encoding/json"
)

// remembered is what is kept of a system from one run to the next. It holds no unknown and no row, but figures that its proofs name.
type remembered struct {
	Feasible bool
	Targets  int
	Says     int
	Findings []Finding
	Narrow   int64
}

// Memory gives what came of each system that this auditor was asked about, for Recall.
func (a *Auditor) Memory() ([]byte, error) {
	all := map[string]remembered{}
	for key, r := range a.solver.done {
		all[printed(key)] = remembered{r.feasible, r.targets, r.says, r.findings, r.narrow}
	}
	return json.Marshal(all)
}

// Recall lets an auditor take over what an earlier one found of the very same systems: same figures, bounds and codes. Whoever calls it
// answers for what a system's key does not hold: same program, same codebook, same releases. What is no memory is passed over.
func (a *Auditor) Recall(memory []byte) {
	var all map[string]remembered
	if json.Unmarshal(memory, &all) == nil {
		a.solver.recalled = all
	}
}

// Solved says how many systems were not remembered.
func (a *Auditor) Solved() int { return a.solver.solved }

// recall takes a system over from the memory, and says whether it is there.
func (s *solver) recall(key string) bool {
	r, ok := s.recalled[printed(key)]
	if ok && !s.keep { // whoever keeps systems wants their answers as well
		s.done[key] = &result{feasible: r.Feasible, targets: r.Targets, says: r.Says, findings: r.Findings, narrow: r.Narrow}
		return true
	}
	return false
}

// printed writes a key, which is made of digests, as text.
func printed(key string) string { return base64.RawStdEncoding.EncodeToString([]byte(key)) }
