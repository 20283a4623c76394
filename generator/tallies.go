package main

import (
	"path/filepath"

	"github.com/ccpcr/impact/generator/inspect"
)

// tallies gives for each dataset the place where sums of its exports are kept. They count for one codebook and one program only.
func (e *env) tallies() func(dataset string) inspect.Cache {
	stamp := e.stamp("codebook")
	return func(dataset string) inspect.Cache {
		return inspect.Cache{Dir: filepath.Join(e.private(), "tallies", dataset), Stamp: stamp}
	}
}
