package audit_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// blinds are ways to make the auditor look away: a text of a source and what stands there instead. The product has no switch for any
// of them; the compiler is given another file.
var blinds = []struct{ what, file, old, now string }{
	{"numbers off the grid", "rules.go", "\t\t\ta.grid(t)\n", ""},
	{"the floor of splits", "rules.go", "\t\t\ta.floors(t)\n", ""},
	{"what cannot follow", "rules.go", "\t\t\ta.history(t)\n", ""},
	{"groups that share a code", "rules.go", "\t\t\ta.disclosure(t)\n", ""},
	{"the limits of the plan", "rules.go", "\t\ta.limits(t)\n", ""},
	{"small means anything", "../ledger/bounds.go", "return Bounds{0, r.Rule.Threshold - 1}", "return Bounds{0, Unbounded}"},
	{"rounding means anything", "../ledger/bounds.go", "return Bounds{max(r.Rule.Threshold, n-half), n + r.Rule.Base - 1 - half}", "return Bounds{0 * half, Unbounded}"},
	{"kept values are taken as new", "../ledger/bounds.go", "return r.kept(v)", "return fresh"},
	{"unpublished cells", "targets.go", `			kind := "joint cell"` + "\n", "\t\t\tif !told {\n\t\t\t\tcontinue\n\t\t\t}\n\t\t\tkind := \"joint cell\"\n"},
	{"complements", "targets.go", "s.complements(b, t, p, epoch, codes)", "_ = codes"},
	{"complements of what is withheld", "targets.go", "whole.Lo-own.Hi >= rd.release.Rule.Threshold {", "whole.Lo-own.Hi >= rd.release.Rule.Threshold || own.Hi >= ledger.Unbounded {"},
	{"quarters of a year", "cubes.go", "s.part(b.indicator, p, of)", "_ = of"},
	{"what a quarter leaves of its year", "targets.go", "\ts.aimOverTime(b, epoch, all)\n", ""},
	{"parts that overlap", "overlap.go", "\ttogether = []solve.Term{{Var: whole, Coef: -1}}\n", "\tif true {\n\t\treturn nil\n\t}\n\ttogether = []solve.Term{{Var: whole, Coef: -1}}\n"},
	{"those in several parts", "overlap.go", "if all && t.Attributes[i].Several {", "if false {"},
	{"people who stand in one part", "attack.go", "\t\t\t\tall = append(all, b.guesses(rd)...)\n", ""},
	{"balances between indicators", "identities.go", "rd := s.reading\n\tif _, ok := x.Except[period]; ok {", "rd := s.reading\n\tif true {"},
	{"columns that some indicators of a chain lack", "share.go", "all.shared(x.Indicators(), k)", "all.shared(c.indicators, k)"},
	{"coarser codes that indicators share", "share.go", "range first.columns()", "range []string{first.name}"},
	{"quarters of a year in a chain", "identities.go", "s.part(indicator, c.year, quarters)", "_ = quarters"},
	{"what a part leaves of its whole", "identities.go", "\t\t\tc.beyond(s, x.Plus[0], x.Right, periods)\n", ""},
	{"releases before the newest", "reading.go", "range slices.Backward(releases[:len(releases)-1])", "range slices.Backward(releases[:0])"},
	{"corrections", "audit.go", "\ta.solver.all(revised)\n", "\trevised = nil\n"},
	{"what is known from elsewhere", "attack.go", "if len(s.known) == 0 {", "if len(s.known) >= 0 {"},
	{"three values", "interval.go", "least := int64(4)", "least := int64(3)"},
	{"existence", "attack.go", "case t.guard && iv.lo >= 1 && iv.hi < threshold:", "case false:"},
	{"figures that cannot be true", "audit.go", "if !a.collect(rep, r.Release.ID, at, seen) && len(x.findings) == 0 && !at.guess {", "if !a.collect(rep, r.Release.ID, at, seen) && false {"},
	{"the certificate", "audit.go", "\trep.checkCertificate(l)\n", ""},
}

func TestABlindedAuditorFailsItsTests(t *testing.T) {
	if os.Getenv("IMPACT_ORACLE") != "full" {
		t.Skip("make oracle blinds the auditor; each way takes a build")
	}
	for _, b := range blinds {
		t.Run(b.what, func(t *testing.T) {
			file, err := filepath.Abs(b.file)
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(file)
			if err != nil || strings.Count(string(text), b.old) != 1 {
				t.Fatalf("expected %q once in %s: %v", b.old, b.file, err)
			}
			dir := t.TempDir()
			blind, overlay := filepath.Join(dir, "blind.go"), filepath.Join(dir, "overlay.json")
			if err := os.WriteFile(blind, []byte(strings.Replace(string(text), b.old, b.now, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(map[string]map[string]string{"Replace": {file: blind}})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(overlay, data, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("go", "test", "-count=1", "-vet=off", "-overlay", overlay, ".")
			cmd.Env = append(os.Environ(), "IMPACT_ORACLE=")
			out, err := cmd.CombinedOutput()
			switch {
			case err == nil:
				t.Error("passes its tests")
			case strings.Contains(string(out), "[build failed]"):
				t.Errorf("does not compile:\n%s", out)
			}
		})
	}
}
