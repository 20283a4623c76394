package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ccpcr/impact/generator/cache"
)

func TestWhatIsKeptIsGivenForTheSameAndForNothingElse(t *testing.T) {
	f := cache.Folder{Dir: filepath.Join(t.TempDir(), "new")}
	ask := func(of any, want string, wantKept bool) {
		t.Helper()
		data, kept, err := f.Make(of, func() ([]byte, error) { return []byte("made"), nil })
		if string(data) != want || kept != wantKept || err != nil {
			t.Errorf("got %q, kept %v, %v", data, kept, err)
		}
	}
	ask([]any{"a", 1}, "made", false)
	ask([]any{"a", 1}, "made", true)
	ask([]any{"a", 2}, "made", false)
	f = cache.Folder{}
	ask([]any{"a", 1}, "made", false)
}

func TestADamagedFileIsMadeAgain(t *testing.T) {
	for what, damage := range map[string]func([]byte) []byte{
		"changed": func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"cut":     func(b []byte) []byte { return b[:len(b)-1] },
		"empty":   func([]byte) []byte { return nil },
	} {
		f := cache.Folder{Dir: t.TempDir()}
		make := func() ([]byte, error) { return []byte("figures"), nil }
		if _, _, err := f.Make(1, make); err != nil {
			t.Fatal(err)
		}
		names, _ := filepath.Glob(filepath.Join(f.Dir, "*"))
		if len(names) != 1 {
			t.Fatal(names)
		}
		kept, _ := os.ReadFile(names[0])
		if err := os.WriteFile(names[0], damage(kept), 0o644); err != nil {
			t.Fatal(err)
		}
		if data, was, _ := f.Make(1, make); was || string(data) != "figures" {
			t.Errorf("%s: got %q, kept %v", what, data, was)
		}
		if _, was, _ := f.Make(1, make); !was {
			t.Errorf("%s: it is not kept again", what)
		}
	}
}

func TestAMistakeIsNotKept(t *testing.T) {
	f := cache.Folder{Dir: t.TempDir()}
	if _, _, err := f.Make(1, func() ([]byte, error) { return []byte("half"), errors.New("no") }); err == nil {
		t.Error("the mistake was lost")
	}
	if data, kept, err := f.Make(1, func() ([]byte, error) { return []byte("whole"), nil }); string(data) != "whole" || kept || err != nil {
		t.Errorf("got %q, kept %v, %v", data, kept, err)
	}
}

func TestAProgramHasOneName(t *testing.T) {
	if cache.Program() == "" || cache.Program() != cache.Program() {
		t.Error(cache.Program())
	}
}
