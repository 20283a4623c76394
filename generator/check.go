package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/worklist"
)

const checkHelp = `usage: impact check [flags]

Reads the codebook and every export, measures the indicators, protects them and audits what would be published.
Each mistake is named by file, line and column, with what to do. Nothing is written but the page that --html names, and into
DATA/.impact sums of large tallies and what the audit found, so that what did not change need not be read and attacked again; publish
audits everything anew.

    --html FILE    write what was found as a page as well, to work through beside the spreadsheet or to print

Example:
    impact check
    impact check --html tomend.html
    impact check --json > findings.json
`

func check(e *env) error {
	if e.html == "" {
		return e.check()
	}
	if filepath.Ext(e.html) != ".html" {
		return usageError{"--html: expected the name of a page, such as tomend.html"}
	}
	err := e.check()
	if unwritten := e.worklist(err); unwritten != nil {
		return unwritten
	}
	return err
}

func (e *env) check() error {
	_, p, err := e.proposed()
	if err != nil {
		return err
	}
	if p.same {
		e.next("%s", e.afterPublishing(p.newest))
	} else {
		e.next("%s", e.beforePublishing(p))
	}
	return nil
}

// worklist writes the page for --html. Only its owner may read it: a cell's content may stand there.
func (e *env) worklist(failed error) error {
	list := worklist.List{Day: e.today, Files: e.read, Good: e.said, Findings: e.diags.Sorted()}
	var refused protectionError
	if errors.As(failed, &refused) {
		list.Refused = refused.msg
	}
	var page bytes.Buffer
	if err := worklist.Write(&page, list); err != nil {
		return err
	}
	if err := os.WriteFile(e.html, page.Bytes(), 0o600); err != nil {
		return usageError{"--html: " + err.Error()}
	}
	e.say("wrote %s", typed(e.html))
	return nil
}

// summary says in a few lines what was read and what would be shown.
func (e *env) summary(m *measured, p *proposal) {
	shown, cells := 0, 0
	tables := p.ledger.Newest().Tables
	for _, t := range tables {
		for _, c := range t.Cells {
			if cells++; c.Value.Status() == "" {
				shown++
			}
		}
	}
	e.say("read %s, %s, %s", number(len(m.files), "export file"), number(len(m.cb.Indicators), "indicator"), number(len(tables), "table"))
	e.say("%d of %d figures are shown as a number, the others as too small or not known", shown, cells)
	for _, x := range p.Package.Plan {
		for _, period := range slices.Sorted(maps.Keys(x.Climbed)) {
			instead := x.Climbed[period].Table
			if instead == "" {
				instead = "nothing"
			}
			e.say("  %s %s: shown as %s, since with the finer table a small number of children could be worked out", x.ID, period, instead)
		}
	}
	for _, alone := range m.alone {
		e.say("  %s", alone)
	}
	for i, f := range p.already {
		if i == 5 {
			e.say("    … and %d more: impact check --json lists them", len(p.already)-5)
			break
		}
		what, _, _ := strings.Cut(f.Proof, ": ")
		e.say("  from what is known elsewhere, whatever is published here: %s", what)
	}
	if n := len(m.periods); n > 0 && m.periods[n-1].Kind == calendar.Quarter {
		e.say("  the year %s is shown when its last quarter is in", m.periods[n-1].InYear())
	}
	if len(p.carried) > 0 {
		e.say("  carried over from release %s, since their exports are gone: %s", p.newest.Release.ID, strings.Join(p.carried, ", "))
	}
}
