// Package cache keeps what is dear to make in files that are named by all that it was made of.
//
// Any file may be deleted at any time, and one that is damaged counts as absent: the next build is slower, nothing else.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// Folder holds what is kept of one kind. The zero value keeps nothing.
type Folder struct{ Dir string }

// Make gives what stands for of, which JSON can tell apart, and says whether it was kept. Else it is made, and kept unless it is empty.
func (f Folder) Make(of any, make func() ([]byte, error)) (data []byte, kept bool, err error) {
	if f.Dir == "" {
		data, err = make()
		return data, false, err
	}
	text, err := json.Marshal(of)
	if err != nil {
		return nil, false, err
	}
	sum := sha256.Sum256(text)
	name := filepath.Join(f.Dir, hex.EncodeToString(sum[:]))
	if data, ok := load(name); ok {
		return data, true, nil
	}
	if data, err = make(); err == nil && len(data) > 0 {
		store(name, data)
	}
	return data, false, err
}

// load reads what store wrote: a fingerprint, then the content.
func load(name string) ([]byte, bool) {
	all, err := os.ReadFile(name)
	if err != nil || len(all) < sha256.Size {
		return nil, false
	}
	data := all[sha256.Size:]
	sum := sha256.Sum256(data)
	return data, bytes.Equal(sum[:], all[:sha256.Size])
}

// store writes a file whole or not at all.
func store(name string, data []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = f.Write(append(sum[:], data...))
	if f.Close() != nil || err != nil || os.Rename(f.Name(), name) != nil {
		_ = os.Remove(f.Name())
	}
}

// Program tells this program from every other: by the beginning of its file, where Go writes an id of its content. It is empty where that
// cannot be read.
var Program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, 32<<10))
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(begin)
	return hex.EncodeToString(sum[:])
})
