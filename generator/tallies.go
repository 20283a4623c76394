package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/ccpcr/impact/generator/inspect"
)

// tallies gives for each dataset the place where sums of its exports are kept, below --data and thus on the private side. They count
// for one codebook and one program only.
func (e *env) tallies() func(dataset string) inspect.Cache {
	stamp := sync.OnceValue(func() string {
		hash := sha256.New()
		codebook, _ := e.folder("codebook")
		err := fs.WalkDir(codebook, ".", func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return digest(hash, codebook, p)
		})
		program, unknown := os.Executable()
		if err != nil || unknown != nil || digest(hash, os.DirFS(filepath.Dir(program)), filepath.Base(program)) != nil {
			return ""
		}
		return hex.EncodeToString(hash.Sum(nil))
	})
	return func(dataset string) inspect.Cache {
		return inspect.Cache{Dir: filepath.Join(e.data, ".impact", "tallies", dataset), Stamp: stamp}
	}
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
