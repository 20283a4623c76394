package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
)

// private is the folder for what is kept from one run to the next: below --data, thus on the private side. All of it may be deleted at
// any time.
func (e *env) private() string { return filepath.Join(e.data, ".impact") }

// stamp is a fingerprint of this program and of some folders below --data; "" where it is not known.
func (e *env) stamp(folders ...string) func() string {
	return sync.OnceValue(func() string {
		hash := sha256.New()
		if err := program(hash); err != nil {
			return ""
		}
		for _, name := range folders {
			folder, _ := e.folder(name)
			err := fs.WalkDir(folder, ".", func(p string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				return digest(hash, folder, p)
			})
			if err != nil && !os.IsNotExist(err) {
				return ""
			}
		}
		return hex.EncodeToString(hash.Sum(nil))
	})
}

// buildID is what the linker writes near the beginning of a program: its end is a fingerprint of all of it.
var buildID = regexp.MustCompile(`[\w-]{20}/[\w-]{20}/[\w-]{20}/[\w-]{20}`)

// program adds what tells this program from any other to a hash: its build id, or all of it where it was linked without one.
func program(hash io.Writer) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, 1<<16))
	if err != nil {
		return err
	}
	if id := buildID.Find(head); id != nil {
		_, err = hash.Write(id)
		return err
	}
	_, err = io.Copy(hash, io.MultiReader(bytes.NewReader(head), file))
	return err
}

// digest adds a file, with its name and size, to a hash.
func digest(hash io.Writer, fsys fs.FS, name string) error {
	file, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(hash, "%q %d\n", name, info.Size())
	_, err = io.Copy(hash, file)
	return err
}

// stash is a file for what is kept from one run to the next. What is damaged, or was kept under another stamp, counts as absent.
type stash struct{ file, stamp string }

func (s stash) print(text []byte) []byte {
	sum := sha256.Sum256(append([]byte(s.stamp+"\n"), text...))
	return []byte(hex.EncodeToString(sum[:]))
}

func (s stash) load() []byte {
	all, err := os.ReadFile(s.file)
	if print, text, _ := bytes.Cut(all, []byte("\n")); err == nil && s.stamp != "" && bytes.Equal(print, s.print(text)) {
		return text
	}
	return nil
}

// save keeps a text. What cannot be written is not kept.
func (s stash) save(text []byte) {
	dir := filepath.Dir(s.file)
	if s.stamp == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	_ = os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o600)
	if os.WriteFile(s.file+".new", slices.Concat(s.print(text), []byte("\n"), text), 0o600) == nil {
		_ = os.Rename(s.file+".new", s.file)
	}
}
