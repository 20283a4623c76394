package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/render"
	"github.com/ccpcr/impact/generator/site"
)

const buildHelp = `usage: impact build [--published-only] [flags]

Makes the whole site in --out, as it would be if the exports were published now. The ledger is not touched. With
--published-only it starts from the ledger and needs neither exports nor codebook. If anything fails, the last good
site stays.

Example:
    impact build
    impact build --published-only --out public
`

// burst is how much garbage may pile up while pages are made, in per cent of what is in use: a build is short, and most of what it makes
// it keeps.
const burst = 200

func build(e *env) error {
	l, err := e.toShow()
	if err != nil {
		return err
	}
	defer lavish(burst)()
	theme, err := site.Theme(e.site)
	if err != nil {
		return err
	}
	bundle, err := fs.ReadFile(theme, "assets/vendor/echarts/echarts.js")
	if err != nil {
		return err
	}
	kept := e.cache
	if kept == "" {
		kept = filepath.Join(filepath.Dir(filepath.Clean(e.out)), ".impact")
	}
	folder := func(name string) cache.Folder { return cache.Folder{Dir: filepath.Join(kept, name)} }
	pencil := render.NewPencil(bundle, folder("charts"))
	_, shapes := l.Newest().Places()
	pencil.Easel = render.NewEasel(site.Faces(l.Newest().Languages, e.site), shapes, folder("cards"))
	rendered, err := render.All(l, pencil, folder("files"))
	if err != nil {
		return err
	}
	e.say("%d charts drawn, %d unchanged", pencil.Drawn, pencil.Cached)
	e.say("assembling the pages …")
	if err := site.Build(rendered, site.Options{Site: e.site, Out: e.out, Keep: []string{e.data}, Cache: kept, Leave: e.leave}, &e.diags); errors.Is(err, site.ErrTarget) {
		return usageError{err.Error()}
	} else if errors.Is(err, site.ErrPages) {
		return errBadInput
	} else if err != nil {
		return err
	}
	e.say("built %s from release %s", typed(e.out), rendered.Release)
	if rendered.Published {
		e.next("impact audit --built %s", typed(e.out))
	} else {
		e.next("look at %s; when it is right, impact publish", typed(e.out))
	}
	return nil
}

// toShow is the ledger that the site is made from: as it stands, or with the release that the exports would make.
func (e *env) toShow() (*ledger.Ledger, error) {
	if !e.publishedOnly {
		_, p, err := e.proposed()
		if err != nil {
			return nil, err
		}
		return p.ledger, nil
	}
	if err := e.pages(nil); err != nil {
		return nil, err
	}
	fsys, name := e.folder("published")
	report := audit.Run(fsys, name, nil, &e.diags)
	switch {
	case e.diags.Failed():
		return nil, errBadInput
	case len(report.Counted()) > 0:
		return nil, refusal(report.Counted(), "")
	case report.Ledger.Newest() == nil:
		return nil, usageError{"there is no release in " + name + " yet; impact publish makes the first"}
	}
	return report.Ledger, nil
}
