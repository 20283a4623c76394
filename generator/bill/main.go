// Command bill writes what has to stand beside binaries that are given away.
//
// In: a folder with them. Out, in the same folder: bom.json, the parts that they are made of (CycloneDX), NOTICE.txt, the licences of all
// parts, and SHA256SUMS. It asks each binary what it was built from and takes the licences from Go's module cache and from the folders
// that are embedded. The same binaries give the same bytes.
package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"
)

// embedded are the folders whose files are part of the binary and come from others.
var embedded = []string{"themes/impact/assets/vendor/echarts", "site/assets/fonts"}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bill FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1], modcache(), "."); err != nil {
		fmt.Fprintln(os.Stderr, "bill:", err)
		os.Exit(1)
	}
}

// modcache is the folder in which Go keeps modules.
func modcache() string {
	return cmp.Or(os.Getenv("GOMODCACHE"), filepath.Join(cmp.Or(os.Getenv("GOPATH"), build.Default.GOPATH), "pkg", "mod"))
}

// write makes the three files. root is the project's folder.
func write(dir, cache, root string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var sums bytes.Buffer
	var version string
	parts := map[string]*debug.Module{}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "impact-") {
			continue
		}
		info, err := buildinfo.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		version = info.GoVersion
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			parts[m.Path+"@"+m.Version] = m
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), e.Name())
	}
	if len(parts) == 0 {
		return fmt.Errorf("expected binaries called impact-… in %s", dir)
	}
	modules := make([]*debug.Module, 0, len(parts))
	for _, m := range parts {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b *debug.Module) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Version, b.Version))
	})
	bom, notice, err := describe(modules, version, cache, root)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{"bom.json": bom, "NOTICE.txt": notice} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(&sums, "%x  NOTICE.txt\n%x  bom.json\n", sha256.Sum256(notice), sha256.Sum256(bom))
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), sums.Bytes(), 0o644)
}

type licence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type component struct {
	Type     string    `json:"type"`
	Name     string    `json:"name"`
	Version  string    `json:"version,omitempty"`
	PURL     string    `json:"purl,omitempty"`
	Licences []licence `json:"licenses,omitempty"`
}

// describe writes the bill of materials, and the licences of everything on it. A module without a licence is an error: nobody may pass
// it on.
func describe(modules []*debug.Module, goVersion, cache, root string) (bom, notice []byte, err error) {
	var text bytes.Buffer
	text.WriteString("impact is made of the parts below. Each is followed by its licence and its notices.\n")
	parts := []component{{Type: "library", Name: "std", Version: strings.TrimPrefix(goVersion, "go"), PURL: "pkg:golang/std@" + strings.TrimPrefix(goVersion, "go"), Licences: named("BSD-3-Clause")}}
	for _, m := range modules {
		dir := filepath.Join(cache, filepath.FromSlash(escaped(m.Path)+"@"+escaped(m.Version)))
		ids, err := licences(&text, m.Path+" "+m.Version, dir)
		if err != nil {
			return nil, nil, err
		}
		parts = append(parts, component{"library", m.Path, m.Version, "pkg:golang/" + m.Path + "@" + m.Version, named(ids...)})
	}
	for _, dir := range embedded {
		ids, err := licences(&text, dir, filepath.Join(root, filepath.FromSlash(dir)))
		if err != nil {
			return nil, nil, err
		}
		parts = append(parts, component{Type: "library", Name: dir, Licences: named(ids...)})
	}
	bom, err = json.MarshalIndent(map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":   map[string]any{"component": component{Type: "application", Name: "impact", Licences: named("MIT")}},
		"components": parts,
	}, "", "  ")
	return append(bom, '\n'), text.Bytes(), err
}

func named(ids ...string) []licence {
	var all []licence
	for _, id := range ids {
		var l licence
		l.Licence.ID = id
		all = append(all, l)
	}
	return all
}

// licences copies the licences and notices at the top of a folder and names the licences.
func licences(w *bytes.Buffer, name, dir string) (ids []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	found := false
	for _, e := range entries {
		upper := strings.ToUpper(e.Name())
		if e.IsDir() || !slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "OFL"}, func(word string) bool { return strings.Contains(upper, word) }) || strings.HasSuffix(upper, ".GO") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(w, "\n%s\n%s, %s\n\n%s\n", strings.Repeat("=", 100), name, e.Name(), bytes.TrimSpace(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))))
		found = found || !strings.Contains(upper, "NOTICE")
		if id := identified(string(data)); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if !found {
		return nil, errors.Join(fs.ErrNotExist, fmt.Errorf("%s: expected a licence in %s", name, dir))
	}
	slices.Sort(ids)
	return ids, nil
}

// phrases tell licences apart by words that only one of them has, the more particular first.
var phrases = []struct{ words, id string }{
	{"sil open font license", "OFL-1.1"},
	{"mozilla public license", "MPL-2.0"},
	{"this is free and unencumbered software", "Unlicense"},
	{"apache license", "Apache-2.0"},
	{"permission is hereby granted, free of charge", "MIT"},
	{"permission to use, copy, modify, and/or distribute this software for any", "ISC"},
	{"permission to use, copy, modify, and distribute this software for any", "ISC"},
	{"neither the name", "BSD-3-Clause"},
	{"redistributions in binary form", "BSD-2-Clause"},
}

func identified(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, p := range phrases {
		if strings.Contains(text, p.words) {
			return p.id
		}
	}
	return ""
}

// escaped writes a module's path or version as the module cache does: a ! and a small letter for a capital one.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsUpper(r) {
			b.WriteByte('!')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
