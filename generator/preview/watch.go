package preview

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// Watch looks at folders again and again and returns when something in them is other than it was at since, and has come to rest. It
// returns false when the context ends first. Names, sizes and times tell; whatever begins with a dot is passed over.
func Watch(ctx context.Context, since uint64, every time.Duration, dirs ...string) bool {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for last := since; ; {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		now := Look(dirs...)
		if now == last && now != since {
			return true
		}
		last = now
	}
}

// Look sums up what stands in folders, so that a change shows.
func Look(dirs ...string) uint64 {
	sum := fnv.New64a()
	for _, dir := range dirs {
		_ = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return nil // what is gone by now is a change as well
			}
			if name != dir && strings.HasPrefix(e.Name(), ".") {
				if e.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if info, err := e.Info(); err == nil && !e.IsDir() {
				fmt.Fprintln(sum, name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return sum.Sum64()
}
