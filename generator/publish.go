package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/audit/built"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/download"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/move"
	"github.com/ccpcr/impact/generator/site"
)

const publishHelp = `usage: impact publish [--correct ID [--why LANG=TEXT …]] [flags]

Checks and audits the exports and appends a release to the ledger, data/published. If nothing changed, nothing is
written. A change to a figure that is published already needs a reason, which readers see beside the figure. It stands under an id
in codebook/corrections.yaml; --why writes it there.

    --correct ID       the reason why published figures change
` + whyHelp + `
Example:
    impact publish
    impact publish --correct late-report --why en="A report came late." --why km="របាយការណ៍​មក​ដល់​យឺត។"
`

func publish(e *env) error {
	unlock, err := e.lockLedger()
	if err != nil {
		return err
	}
	defer unlock()
	if len(e.why) > 0 {
		if err := e.toldWhy(); err != nil {
			return err
		}
	}
	e.anew = true
	m, p, err := e.proposed()
	if err != nil {
		return err
	}
	for _, c := range m.cb.Organisation.Contacts {
		if c.Value == "" {
			e.say("  the contact %q is not confirmed: pages say so", c.ID)
		}
	}
	if m.cb.Organisation.Sample {
		e.say("  every page says that the figures are invented: take  sample: true  out of organisation.yaml when they are not")
	}
	if p.same {
		e.say("nothing to publish: release %s says the same", p.newest.Release.ID)
		e.next("%s", e.afterPublishing(p.newest))
		return nil
	}
	after := p.ledger.Newest()
	changed := slices.DeleteFunc(ledger.Compare(p.newest, after), func(c ledger.Change) bool { return c.Kind() == "new" })
	if e.correct != "" && m.cb.Correction(e.correct) == nil || len(changed) > 0 && e.correct == "" {
		for _, c := range changed[:min(20, len(changed))] {
			e.say("  %s", inWords(after, c))
		}
		return usageError{fmt.Sprintf("%s would change: say why under an id, which readers see:  impact publish --correct ID %s;  or write the reason under an id in %s and call publish --correct with that id",
			number(len(changed), "published figure"), e.asked(m.cb), typed(filepath.Join(e.data, "codebook", "corrections.yaml")))}
	}
	if err := p.Date(e.today, e.correct); err != nil {
		return err
	}
	dir := filepath.Join(e.data, "published")
	if err := appendRelease(dir, p.Package.Release.ID, p.Files); err != nil {
		return err
	}
	e.say("published release %s in %s", p.Package.Release.ID, typed(filepath.Join(dir, p.Package.Release.ID)))
	e.next("impact build, impact audit --built %s, %s", typed(e.out), e.outIntoTheWorld(p.Package.Release.ID))
	return nil
}

// toldWhy writes the reason that was told with the call into the codebook, before it is read.
func (e *env) toldWhy() error {
	if e.correct == "" {
		return usageError{"--why: expected --correct ID as well, the id of the reason"}
	}
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	_, err := e.reasoned(cb, e.correct)
	return err
}

// lockLedger keeps a second publish out while one is at work.
func (e *env) lockLedger() (unlock func(), err error) {
	lock := flock.New(filepath.Join(e.data, ".publish.lock"))
	switch locked, err := lock.TryLock(); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usageError{fmt.Sprintf("expected the folder %s, with exports and codebook: go to where it lies, or name it with --data", typed(e.data))}
	case err != nil:
		return nil, err
	case !locked:
		return nil, fmt.Errorf("another publish is at work in %s: wait for it to end", typed(e.data))
	}
	return func() { _ = lock.Unlock() }, nil
}

// appendRelease writes a release beside its place and moves it there whole, so that a ledger never holds half of one.
func appendRelease(dir, id string, files ledger.Files) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(dir, ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.Chmod(work, 0o755); err != nil {
		return err
	}
	for name, data := range files {
		target := filepath.Join(work, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, data, 0o644); err != nil {
			return err
		}
	}
	return move.To(work, filepath.Join(dir, id))
}

const auditHelp = `usage: impact audit [--published DIR] [--built DIR] [--witnesses DIR] [flags]

Attacks the published files as an outsider would, who knows nothing else, and prints every finding with the figures
that prove it. --built reads every file of a built site as well, for anything that says more than the ledger;
--site names the folder whose pictures and fonts staff answer for. --witnesses writes, for every count that was attacked,
two whole tables that fit all published figures and differ enough: who adds them up has checked the pass without this
program. They are not for publication.

Example:
    impact audit
    impact audit --published data/published --built public
`

func auditLedger(e *env) error {
	dir := e.published
	if dir == "" {
		dir = filepath.Join(e.data, "published")
	}
	if _, err := os.Stat(dir); err != nil {
		return usageError{fmt.Sprintf("expected a ledger in %s; publish makes one", typed(dir))}
	}
	name := filepath.ToSlash(dir)
	published := ledger.Read(os.DirFS(dir), name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	auditor := audit.New(nil)
	if e.witnesses != "" {
		auditor.Keep()
	}
	report := auditor.Audit(published, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	if e.witnesses != "" {
		if err := e.writeWitnesses(report); err != nil {
			return err
		}
	}
	if e.built != "" {
		own, err := e.own()
		if err != nil {
			return err
		}
		report.Findings = append(report.Findings, built.Audit(os.DirFS(e.built), filepath.ToSlash(e.built), report.Ledger, own, &e.diags)...)
	}
	if e.diags.Failed() {
		return errBadInput
	}
	e.report = report
	if counted := report.Counted(); len(counted) > 0 {
		return refusal(counted, "")
	}
	if !e.json {
		e.certify(report)
	}
	if e.built == "" {
		e.next("impact audit --built %s reads the built site as well", typed(e.out))
	} else {
		e.next("%s says no more than the ledger and may go on the air", typed(e.built))
	}
	return nil
}

// writeWitnesses fills a new folder.
func (e *env) writeWitnesses(report *audit.Report) error {
	if entries, err := os.ReadDir(e.witnesses); err == nil && len(entries) > 0 {
		return usageError{fmt.Sprintf("--witnesses: expected a new or empty folder, found files in %s", typed(e.witnesses))}
	}
	return report.Witnesses(func(name string, data []byte) error {
		file := filepath.Join(e.witnesses, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	})
}

// own are the folders whose files a site may hold though the audit cannot read them: the theme's, and what staff put there.
func (e *env) own() ([]fs.FS, error) {
	theme, err := site.Theme(e.site)
	if err != nil {
		return nil, err
	}
	return []fs.FS{theme, download.Static, os.DirFS(filepath.Join(e.site, "assets")), os.DirFS(filepath.Join(e.site, "static"))}, nil
}

// certify prints what the audit did and did not look for.
func (e *env) certify(report *audit.Report) {
	c := report.Certificate
	fmt.Fprintf(e.stdout, "no finding in %s: %s of children; %s behind them attacked, none given away\n",
		number(len(report.Ledger.Releases), "release"), number(c.Cells, "figure"), number(c.Targets, "count"))
	fmt.Fprintf(e.stdout, "looked at:     %s\n", strings.Join(c.Audited, ", "))
	fmt.Fprintf(e.stdout, "not looked at: %s\n", strings.Join(c.NotAudited, ", "))
	for _, p := range c.Partial {
		fmt.Fprintf(e.stdout, "in parts:      %s\n", p)
	}
	if c.Narrowest > 0 {
		fmt.Fprintf(e.stdout, "a small count is left with at least %d possible values\n", c.Narrowest)
	}
}
