// Package tracked tells which files version control holds.
//
// In: a folder. Out: the files below it that stand in the index of its Git repository. It reads the index itself, in all three
// forms that Git writes, so that nobody needs Git to check their exports, and changes nothing.
package tracked

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrIndex is an index that cannot be read, or is kept in several files.
var ErrIndex = errors.New("expected an index of Git that is whole and in one file")

// Files lists the tracked files below a folder, as paths from there with slashes. Without a repository there are none.
func Files(dir string) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	root, git := repository(dir)
	if root == "" {
		return nil, nil
	}
	data, err := os.ReadFile(filepath.Join(git, "index"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // nothing was ever added
	}
	if err != nil {
		return nil, err
	}
	all, err := entries(data)
	if err != nil {
		return nil, err
	}
	below, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, name := range all {
		if below == "." {
			files = append(files, name)
		} else if rest, ok := strings.CutPrefix(name, filepath.ToSlash(below)+"/"); ok {
			files = append(files, rest)
		}
	}
	return slices.Compact(files), nil // a file in conflict stands several times
}

// Inside says whether a folder lies in a repository.
func Inside(dir string) bool {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	root, _ := repository(abs)
	return root != ""
}

// repository finds the work tree that a folder lies in and where its index is: in .git, or where a file .git points.
func repository(dir string) (root, git string) {
	for ; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, ".git")
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			return dir, name
		} else if err == nil {
			text, _ := os.ReadFile(name)
			if to, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: "); ok {
				if !filepath.IsAbs(to) {
					to = filepath.Join(dir, to)
				}
				return dir, to
			}
		}
		if dir == filepath.Dir(dir) {
			return "", ""
		}
	}
}

// entries reads the names in an index. Git names its objects by 20 bytes, or by 32 in a newer kind of repository; nothing in the
// index says which, but only one reading ends where the file does.
func entries(data []byte) ([]string, error) {
	for _, hash := range []int{20, 32} {
		if names, ok := read(data, hash); ok {
			return names, nil
		}
	}
	return nil, ErrIndex
}

func read(data []byte, hash int) (names []string, ok bool) {
	if len(data) < 12+hash || string(data[:4]) != "DIRC" {
		return nil, false
	}
	version, count := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 {
		return nil, false
	}
	end := len(data) - hash // a checksum stands last
	at, before := 12, ""
	for range count {
		start := at
		at += 40 + hash // times and sizes, and what the file holds
		if at+2 > end {
			return nil, false
		}
		flags := binary.BigEndian.Uint16(data[at:])
		if at += 2; flags&0x4000 != 0 { // more flags follow
			at += 2
		}
		kept := ""
		if version == 4 { // a name begins as the one before it, but for some bytes at its end
			drop, n := offset(data[min(at, end):end])
			if n == 0 || drop > len(before) {
				return nil, false
			}
			kept, at = before[:len(before)-drop], at+n
		}
		if at > end {
			return nil, false
		}
		length := bytes.IndexByte(data[at:end], 0)
		if length < 0 {
			return nil, false
		}
		before = kept + string(data[at:at+length])
		names = append(names, before)
		if at += length + 1; version < 4 {
			at = start + (at-start+7)/8*8 // filled up to eight bytes
		}
	}
	for at < end { // extensions: four letters, a length, and that many bytes
		if at+8 > end || string(data[at:at+4]) == "link" { // most entries stand in another file
			return nil, false
		}
		at += 8 + int(binary.BigEndian.Uint32(data[at+4:]))
	}
	return names, at == end
}

// offset reads a number as Git writes it in seven bits a byte, and says how many bytes it took; 0 if it does not end.
func offset(data []byte) (value, n int) {
	for n < len(data) && n < 5 {
		c := data[n]
		if n > 0 {
			value++
		}
		value = value<<7 | int(c&0x7f)
		if n++; c&0x80 == 0 {
			return value, n
		}
	}
	return 0, 0
}
