package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/move"
)

const withdrawHelp = `usage: impact withdraw RELEASE --reason ID [--why LANG=TEXT …] [flags]

Takes the figures of a release out of the ledger and leaves a tombstone: its id, the day and the reason, which is
published. Do it where a release gave something away. The reason stands under an id in codebook/corrections.yaml; --why writes it there.

What is in version control, in caches and on other people's disks stays there: docs/withdrawing.md says how to purge
them. What is not in version control yet need not be withdrawn: impact undo.

    --reason ID        why it is taken back
` + whyHelp + `
Example:
    impact withdraw 2025-r1 --reason leak-found --why en="It said too much." --why km="វា​ប្រាប់​ច្រើន​ពេក។"
`

func withdraw(e *env) error {
	if len(e.args) != 1 || e.reason == "" {
		return usageError{"expected a release and a reason, such as: impact withdraw 2010-r1 --reason leak-found"}
	}
	unlock, err := e.lockLedger()
	if err != nil {
		return err
	}
	defer unlock()
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	id := e.args[0]
	dir := filepath.Join(e.data, "published", filepath.Base(id))
	info, err := released(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return usageError{"there is no release " + id + " in " + typed(filepath.Dir(dir))}
	} else if err != nil {
		return err
	}
	why, err := e.reasoned(cb, e.reason)
	if err != nil {
		return err
	}
	files, err := ledger.Bury(info, e.today, ledger.Note{ID: why.ID, Text: why.Why})
	if err != nil {
		return err
	}
	if err := bury(dir, files); err != nil {
		return err
	}
	e.say("withdrew release %s: %s is all that is left of it", id, typed(filepath.Join(dir, ledger.Tomb)))
	e.say("  version control, caches and copies still have its figures: docs/withdrawing.md says how to purge them")
	e.next("impact publish, if its period is to be shown again; then impact build, and commit %s", typed(filepath.Dir(dir)))
	return nil
}

// released is what a release's folder says of itself, whatever else is wrong with it.
func released(dir string) (ledger.ReleaseInfo, error) {
	var p struct {
		Release ledger.ReleaseInfo `json:"release"`
	}
	data, err := os.ReadFile(filepath.Join(dir, ledger.Descriptor))
	if errors.Is(err, fs.ErrNotExist) { // a withdrawal that was cut short
		data, err = os.ReadFile(filepath.Join(dir, ledger.Tomb))
	}
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	return p.Release, err
}

// bury puts a tombstone into a folder and then takes everything else out. Cut short it leaves a tombstone beside files, which no
// command reads; calling it again ends it.
func bury(dir string, files ledger.Files) error {
	for name, data := range files {
		work := filepath.Join(dir, ".new-"+name)
		if err := os.WriteFile(work, data, 0o644); err != nil {
			return err
		}
		if err := move.To(work, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if _, ok := files[entry.Name()]; !ok {
			if err := move.Away(filepath.Join(dir, entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}
