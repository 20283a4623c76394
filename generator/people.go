package main

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/personal"
	"github.com/ccpcr/impact/generator/tracked"
)

// untracked reports exports that version control holds, save those that the codebook calls public: what is tracked once is in
// every copy of the repository, and stays in its history.
func (e *env) untracked(cb *codebook.Codebook) {
	_, exports := e.folder("exports")
	files, err := tracked.Files(filepath.Join(e.data, "exports"))
	if err != nil {
		e.diags.Errorf(diag.Pos{File: exports}, "export/index", "run  git update-index --no-split-index; until it can be read nobody knows whether an export is tracked", "expected to read what version control holds: %v", err)
	}
	for _, file := range files {
		folder, _, below := strings.Cut(file, "/")
		public := below && slices.ContainsFunc(cb.Organisation.Public, func(p string) bool { ok, _ := path.Match(p, folder); return ok })
		if !public && !strings.HasPrefix(path.Base(file), ".") {
			e.diags.Errorf(diag.Pos{File: path.Join(exports, file)}, "export/tracked",
				"run  git rm --cached  on it; if it was ever pushed, tell whoever is responsible for data protection: it is in the history",
				"expected exports to stay out of version control, except the folders under publicExports in organisation.yaml")
		}
	}
}

// pages looks for personal data in what staff wrote, and notes the stories that must not be built. Without a detector only the
// stories are looked at.
func (e *env) pages(d *personal.Detector) error {
	dir := filepath.Join(e.site, "content")
	leave, err := personal.Pages(os.DirFS(dir), filepath.ToSlash(dir), e.today, d, &e.diags)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a site without texts has nothing to look at
		return err
	}
	if e.leave = leave; e.diags.Failed() {
		return errBadInput
	}
	return nil
}
