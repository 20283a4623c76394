package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/move"
)

// target is the folder that a build replaces. Beside it stand, while a build runs, a work folder with the new pages in it, and
// a lock. A build that is killed leaves them behind; the next one clears them away.
type target struct {
	out  string // the finished site
	work string // .NAME.work-* beside it, a new one for each build
	next string // the new site, inside work
	old  string // the old site, only where folders cannot be exchanged: .NAME.old
	lock *flock.Flock
}

// ErrTarget stands for a folder that a build may not replace.
var ErrTarget = errors.New("not a folder that a build may replace")

// place resolves the target's name and refuses every folder that holds something else than a site: one that is, contains or lies
// in one that must stay, and one that is neither empty nor a site that was built.
func place(out string, keep []string) (string, error) {
	abs, err := resolved(out)
	if err != nil {
		return "", err
	}
	for _, k := range keep {
		other, err := resolved(k)
		if err != nil {
			return "", err
		}
		if contains(abs, other) || contains(other, abs) {
			return "", fmt.Errorf("%w: %s and %s lie within one another; name a folder of its own with --out", ErrTarget, out, k)
		}
	}
	if here, err := resolved("."); err != nil || contains(abs, here) {
		return "", fmt.Errorf("%w: %s holds the folder that you are in; name another with --out", ErrTarget, out)
	}
	info, err := os.Stat(abs)
	if errors.Is(err, fs.ErrNotExist) {
		return abs, nil
	}
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%w: %s is a file; name a folder with --out", ErrTarget, out)
	}
	entries, err := os.ReadDir(abs)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 && !(exists(filepath.Join(abs, "index.html")) && exists(filepath.Join(abs, "data", "latest", ledger.Descriptor))) {
		return "", fmt.Errorf("%w: %s holds something else than a built site; empty it, or name another with --out", ErrTarget, out)
	}
	return abs, nil
}

// resolved is the absolute name of a file without symbolic links, as far as it exists.
func resolved(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rest := ""
	for dir := abs; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest), nil
		}
		if dir == filepath.Dir(dir) {
			return abs, nil
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// contains says whether inner is outer or lies in it.
func contains(outer, inner string) bool {
	rel, err := filepath.Rel(outer, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// claim locks a target and makes its surroundings fit for a build, whatever an earlier one left.
func claim(out string, keep []string) (*target, error) {
	abs, err := place(out, keep)
	if err != nil {
		return nil, err
	}
	dir, name := filepath.Split(abs)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	t := &target{out: abs, work: filepath.Join(dir, "."+name+".work-"), old: filepath.Join(dir, "."+name+".old")}
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
	if t.work, err = os.MkdirTemp(dir, filepath.Base(t.work)); err != nil {
		return nil, errors.Join(err, t.lock.Unlock())
	}
	t.next = filepath.Join(t.work, "next")
	return t, nil
}

// recover undoes what a killed build left: a site that was moved away but not replaced comes back, work is dropped.
func (t *target) recover() error {
	if exists(t.old) && !exists(t.out) {
		if err := move.To(t.old, t.out); err != nil {
			return err
		}
	}
	dir, work := filepath.Split(t.work)
	entries, err := os.ReadDir(dir) // no pattern: the folder may have a name that means something in one
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), work) {
			_ = os.RemoveAll(filepath.Join(dir, entry.Name())) // a child that outlived its parent may still write there; it harms nobody
		}
	}
	return move.Away(t.old)
}

// swap puts the new site in place of the old one: in one step where the system can exchange two folders, else in two, between
// which recover helps.
func (t *target) swap() error { return t.replace(exchange) }

func (t *target) replace(exchange func(a, b string) error) error {
	if !exists(t.out) {
		return move.To(t.next, t.out)
	}
	if err := exchange(t.next, t.out); err == nil || !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err := move.To(t.out, t.old); err != nil {
		return err
	}
	if err := move.To(t.next, t.out); err != nil {
		return errors.Join(err, move.To(t.old, t.out))
	}
	return nil
}

// release drops the work and the lock.
func (t *target) release() {
	_ = os.RemoveAll(t.work)
	_ = os.RemoveAll(t.old)
	_ = t.lock.Unlock()
}
