package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/ccpcr/impact/generator/ledger"
)

// next says what comes next, as the last line of a command that went well; what went wrong has its hints. Whoever reads JSON knows.
func (e *env) next(format string, args ...any) {
	if !e.json {
		e.say("next: "+format, args...)
	}
}

// typed is a path as messages show it, so that it can be copied into a command: with slashes, which every system reads, and in double
// quotes where a shell would take it apart.
func typed(path string) string {
	path = filepath.ToSlash(path)
	if strings.ContainsFunc(path, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("'(),;&#%^!{}[]$`*?|<>~", r) }) {
		return `"` + path + `"`
	}
	return path
}

// changes counts the figures that a proposal adds, and the published ones that it would change.
func (p *proposal) changes() (added, changed int) {
	if p.same {
		return 0, 0
	}
	for _, c := range ledger.Compare(p.newest, p.ledger.Newest()) {
		if c.Kind() == "new" {
			added++
		} else {
			changed++
		}
	}
	return added, changed
}

// beforePublishing is what comes next while a release is only proposed.
func (e *env) beforePublishing(p *proposal) string {
	if _, changed := p.changes(); changed > 0 {
		return fmt.Sprintf("impact diff says which %s would change; impact serve shows the site; then impact publish --correct ID, with the reason", number(changed, "published figure"))
	}
	return "impact serve to look at the site, then impact publish"
}

// outIntoTheWorld is how a release becomes public, and how it is taken back until then.
func (e *env) outIntoTheWorld(id string) string {
	if _, told, err := e.added(id); err == nil && !told {
		return fmt.Sprintf("then bring %s to the host: docs/hosting.md; until then impact undo --never-public takes it back", typed(e.out))
	}
	return fmt.Sprintf("then commit %s and push; until then impact undo takes it back", typed(filepath.Join(e.data, "published")))
}

// afterPublishing is what comes next when a release says what the exports say.
func (e *env) afterPublishing(newest *ledger.Release) string {
	dir := typed(filepath.Join(e.data, "published"))
	if seen, told, err := e.added(newest.Release.ID); err == nil && told && !seen {
		return fmt.Sprintf("commit %s and push: the host builds the site from there; until then impact undo takes it back", dir)
	}
	return fmt.Sprintf("nothing to publish; the next exports go into a folder of their own below %s", typed(filepath.Join(e.data, "exports")))
}
