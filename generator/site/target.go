package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// target is the folder that a build replaces. Beside it stand, while a build runs, a work folder with the new pages in it, and
// a lock. A build that is killed leaves them behind; the next one clears them away.
type target struct {
	out  string // the finished site
	work string // .NAME.work beside it
	next string // the new site, inside work
	old  string // the old site, only where folders cannot be exchanged: .NAME.old
	lock *flock.Flock
}

// claim locks a target and makes its surroundings fit for a build, whatever an earlier one left.
func claim(out string) (*target, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return nil, err
	}
	dir, name := filepath.Split(abs)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	t := &target{out: abs, work: filepath.Join(dir, "."+name+".work"), old: filepath.Join(dir, "."+name+".old")}
	t.next = filepath.Join(t.work, "next")
	t.lock = flock.New(filepath.Join(dir, "."+name+".lock"))
	locked, err := t.lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !locked {
		return nil, fmt.Errorf("another build is writing %s: wait for it to end", out)
	}
	if err := t.recover(); err != nil {
		return nil, errors.Join(err, t.lock.Unlock())
	}
	return t, nil
}

// recover undoes what a killed build left: a site that was moved away but not replaced comes back, work is dropped.
func (t *target) recover() error {
	if exists(t.old) && !exists(t.out) {
		if err := os.Rename(t.old, t.out); err != nil {
			return err
		}
	}
	return errors.Join(os.RemoveAll(t.old), os.RemoveAll(t.work))
}

// swap puts the new site in place of the old one: in one step where the system can exchange two folders, else in two, between
// which recover helps.
func (t *target) swap() error {
	if !exists(t.out) {
		return os.Rename(t.next, t.out)
	}
	if err := exchange(t.next, t.out); err == nil || !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err := os.Rename(t.out, t.old); err != nil {
		return err
	}
	return os.Rename(t.next, t.out)
}

// release drops the work and the lock.
func (t *target) release() {
	_ = os.RemoveAll(t.work)
	_ = os.RemoveAll(t.old)
	_ = t.lock.Unlock()
}
