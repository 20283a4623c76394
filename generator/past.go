package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/protect"
)

// past is what earlier runs found, as far as it holds for the figures of now: what came of each system of the audit, and the rungs at
// which these very figures of children passed. It saves work and decides nothing: what would be published is put together and audited
// whole, with no more taken over than what came of the very same systems.
type past struct {
	auditor *audit.Auditor
	rungs   protect.Rungs // or nil
}

// afresh is no past at all, with which publish begins: what goes out is climbed and audited from the beginning.
func afresh(cb *codebook.Codebook) *past { return &past{auditor: audit.New(knownTo(cb))} }

// pastKept is the form of a past between two runs.
type pastKept struct {
	Systems json.RawMessage
	Figures string     // a fingerprint of those that the rungs are for
	Rungs   []keptRung // none where nothing passed
}

type keptRung struct {
	protect.Unit
	Rung int
}

// recall finds the past of some figures, and gives the function that keeps what is known of them in the end.
func (e *env) recall(m *measured) (now *past, keep func()) {
	now = afresh(m.cb)
	if e.anew {
		return now, func() {}
	}
	stash := stash{filepath.Join(e.private(), "audit", "past"), e.stamp("codebook", "published")()}
	figures := m.fingerprint()
	var k pastKept
	if err := json.Unmarshal(stash.load(), &k); err == nil {
		now.auditor.Recall(k.Systems)
		if k.Figures == figures {
			now.rungs = protect.Rungs{}
			for _, r := range k.Rungs {
				now.rungs[r.Unit] = r.Rung
			}
		}
	}
	return now, func() {
		if now.auditor.Solved() == 0 && k.Figures == figures {
			return
		}
		systems, err := now.auditor.Memory()
		k = pastKept{Systems: systems}
		if now.rungs != nil {
			k.Figures = figures
		}
		for u, rung := range now.rungs {
			k.Rungs = append(k.Rungs, keptRung{u, rung})
		}
		slices.SortFunc(k.Rungs, func(a, b keptRung) int {
			return cmp.Or(strings.Compare(a.Plan, b.Plan), strings.Compare(a.Period, b.Period))
		})
		if text, unwritable := json.Marshal(k); err == nil && unwritable == nil {
			stash.save(text)
		}
	}
}

// fingerprint is that of all figures which decide what climbs: those of children. The codebook is not in it.
func (m *measured) fingerprint() string {
	hash := sha256.New()
	fmt.Fprintln(hash, m.periods)
	var line []byte
	for _, plans := range [][]measure.Plan{m.plans, m.medians} {
		for _, plan := range plans {
			if plan.Class != "children" {
				continue
			}
			fmt.Fprintln(hash, plan.ID, len(plan.Rungs))
			for _, table := range plan.Rungs {
				line = binary.AppendVarint(line[:0], int64(len(table.Cells)))
				for _, c := range table.Cells {
					line = append(append(line, c.Period.String()...), byte(c.State))
					for _, code := range c.Codes {
						line = append(append(line, code...), 0)
					}
					line = binary.AppendVarint(line, c.Value)
				}
				hash.Write(line)
			}
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}
