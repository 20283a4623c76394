package move

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var errHeld = errors.New("held")

func TestWhatIsHeldForAMomentIsTriedAgain(t *testing.T) {
	tries, waited := 0, time.Duration(0)
	try := func() error {
		if tries++; tries < 5 {
			return errHeld
		}
		return nil
	}
	if err := again(try, "public", true, func(d time.Duration) { waited += d }); err != nil || tries != 5 || waited == 0 {
		t.Errorf("%d tries in %s: %v", tries, waited, err)
	}
}

func TestWhatStaysHeldIsSaidWithWhatToDo(t *testing.T) {
	waited := time.Duration(0)
	err := again(func() error { return errHeld }, "public", true, func(d time.Duration) { waited += d })
	if !errors.Is(err, errHeld) || !strings.Contains(err.Error(), "close every program that has a file of public open") || waited < patience {
		t.Errorf("after %s: %v", waited, err)
	}
}

func TestWhereNothingHoldsFilesAFailureIsSaidAtOnce(t *testing.T) {
	err := again(func() error { return errHeld }, "public", false, func(time.Duration) { t.Error("it waited") })
	if err != errHeld {
		t.Error(err)
	}
}

func TestAFolderIsMovedWhole(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "new"), filepath.Join(dir, "2025-r1")
	if err := os.MkdirAll(filepath.Join(from, "tables"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := To(from, to); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(to, "tables")); err != nil {
		t.Error(err)
	}
}

func TestAFolderIsTakenAwayWithAllThatItHoldsAndMayBeGoneAlready(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "old")
	if err := os.MkdirAll(filepath.Join(dir, "tables"), 0o755); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Away(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	}
}
