package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/move"
	"github.com/ccpcr/impact/generator/tracked"
)

const undoHelp = `usage: impact undo [--never-public] [flags]

Takes back the last publish, as long as nobody can have seen it: the newest release is deleted. It must not have been added to version
control; without version control nobody can tell, so say --never-public. What was public once is not undone: impact withdraw leaves a
tombstone with the reason.

    --never-public   there is no version control here, and the release was never on the air

Example:
    impact undo
`

func undo(e *env) error {
	unlock, err := e.lockLedger()
	if err != nil {
		return err
	}
	defer unlock()
	fsys, name := e.folder("published")
	l, err := e.readLedger(fsys, name)
	if err != nil {
		return err
	}
	newest := l.Newest()
	if newest == nil {
		return usageError{"there is no release in " + name}
	}
	id := newest.Release.ID
	for _, w := range l.Withdrawn {
		if w.Release.Sequence > newest.Release.Sequence {
			return usageError{fmt.Sprintf("the last that was published is %s, which was withdrawn: release %s before it stays", w.Release.ID, id)}
		}
	}
	seen, told, err := e.added(id)
	switch {
	case err != nil:
		return err
	case seen:
		return usageError{fmt.Sprintf("release %s is in version control, so it may have been seen: impact withdraw %s --reason ID", id, id)}
	case !told && !e.neverPublic:
		return usageError{fmt.Sprintf("there is no version control here that tells whether release %s was seen; if it was never on the air, impact undo --never-public", id)}
	}
	dir := filepath.Join(e.data, "published")
	gone := filepath.Join(dir, ".undone-"+id)
	if err := move.To(filepath.Join(dir, id), gone); err != nil { // at once, so that a ledger never holds half of one
		return err
	}
	if err := move.Away(gone); err != nil {
		return err
	}
	if told {
		e.say("undone: release %s is deleted; version control did not have it yet", id)
	} else {
		e.say("undone: release %s is deleted; you say that it was never on the air", id)
	}
	e.next("impact check; impact publish makes it anew")
	return nil
}

// added says whether version control holds anything of a release, and whether there is version control at all.
func (e *env) added(id string) (seen, told bool, err error) {
	dir := filepath.Join(e.data, "published")
	files, err := tracked.Files(dir)
	if errors.Is(err, tracked.ErrIndex) || errors.Is(err, fs.ErrPermission) {
		return false, false, nil
	} else if err != nil {
		return false, false, err
	}
	for _, file := range files {
		if strings.HasPrefix(file, id+"/") {
			return true, true, nil
		}
	}
	return false, tracked.Inside(dir), nil
}

// onTheAir says in words where a release is.
func (e *env) onTheAir(r *ledger.Release) string {
	switch seen, told, err := e.added(r.Release.ID); {
	case err != nil || !told:
		return ""
	case seen:
		return ", in version control"
	}
	return ", not in version control yet"
}
