// Package move gives a finished folder its place, and takes one away that is not needed any more.
//
// In: a folder that is whole, and where it belongs. Out: it stands there. Windows neither moves nor deletes while another program holds
// a file in it, as virus scanners do for a moment with what was just written, so there it is tried again for a while.
package move

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// How long a scanner may take, and how often it is asked.
const (
	patience = 3 * time.Second
	pause    = 50 * time.Millisecond
)

// To moves a folder or file to its place. What stands there already must be a file, or nothing.
func To(from, to string) error {
	return again(func() error { return os.Rename(from, to) }, to, runtime.GOOS == "windows", time.Sleep)
}

// Away deletes a folder or file with all that it holds. One that is not there is no mistake.
func Away(name string) error {
	return again(func() error { return os.RemoveAll(name) }, name, runtime.GOOS == "windows", time.Sleep)
}

func again(try func() error, name string, mayBeHeld bool, wait func(time.Duration)) error {
	err := try()
	for waited := time.Duration(0); err != nil && mayBeHeld && waited < patience; waited += pause {
		wait(pause)
		err = try()
	}
	if err != nil && mayBeHeld {
		return fmt.Errorf("%w: close every program that has a file of %s open, and every terminal that stands in it, and try again", err, filepath.ToSlash(name))
	}
	return err
}
