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
	if data, ok := f.Load(of); ok {
		return data, true, nil
	}
	if data, err = make(); err == nil {
		f.Store(of, data)
	}
	return data, false, err
}

// Load gives what was stored for the same, if it is there and whole.
func (f Folder) Load(of any) (data []byte, ok bool) {
	name := f.name(of)
	if name == "" {
		return nil, false
	}
	all, err := os.ReadFile(name)
	if err != nil || len(all) < sha256.Size {
		return nil, false
	}
	data = all[sha256.Size:]
	sum := sha256.Sum256(data)
	return data, bytes.Equal(sum[:], all[:sha256.Size])
}

// Store keeps what stands for of, with a fingerprint before it: whole or not at all.
func (f Folder) Store(of any, data []byte) {
	name := f.name(of)
	if name == "" || len(data) == 0 || os.MkdirAll(f.Dir, 0o755) != nil {
		return
	}
	file, err := os.CreateTemp(f.Dir, ".new-")
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	_, err = file.Write(append(sum[:], data...))
	if file.Close() != nil || err != nil || os.Rename(file.Name(), name) != nil {
		_ = os.Remove(file.Name())
	}
}

// name is the file of what stands for of, or empty where nothing is kept.
func (f Folder) name(of any) string {
	text, err := json.Marshal(of)
	if f.Dir == "" || err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return filepath.Join(f.Dir, hex.EncodeToString(sum[:]))
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
