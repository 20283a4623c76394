package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

const diffHelp = `usage: impact diff [A [B]] [flags]

Says figure by figure what changed between two releases, the strangest and largest first, with the id of the reason
that was published for it. With one release, what changed between it and the exports of now; with none, between the
newest release and the exports of now. Figures of new periods are counted, not listed.

Example:
    impact diff
    impact diff 2025-r1 2025-r2
    impact diff --json > changes.json
`

func diff(e *env) error {
	l, before, after, err := e.toCompare()
	if err != nil {
		return err
	}
	e.changes = l.Between(before, after)
	if e.json {
		return nil
	}
	e.tellChanges(before, after)
	e.afterDiff(before, after)
	return nil
}

// toCompare finds the two releases; the second one is a draft where none is named.
func (e *env) toCompare() (l *ledger.Ledger, before, after *ledger.Release, err error) {
	if len(e.args) == 2 {
		fsys, name := e.folder("published")
		if l, err = e.readLedger(fsys, name); err != nil {
			return nil, nil, nil, err
		}
		after, err = e.named(l, e.args[1])
	} else {
		var p *proposal
		if _, p, err = e.proposed(); err != nil {
			return nil, nil, nil, err
		}
		l, after = p.ledger, p.ledger.Newest()
		before = p.newest
	}
	if err == nil && len(e.args) > 0 {
		before, err = e.named(l, e.args[0])
	}
	if err == nil && before != nil && before.Release.Sequence > after.Release.Sequence {
		err = usageError{fmt.Sprintf("release %s is newer than %s: name the earlier one first", before.Release.ID, after.Release.ID)}
	}
	return l, before, after, err
}

// named finds a release by its id.
func (e *env) named(l *ledger.Ledger, id string) (*ledger.Release, error) {
	var ids []string
	for _, r := range l.Releases {
		if r.Release.ID == id {
			return r, nil
		}
		ids = append(ids, r.Release.ID)
	}
	for _, w := range l.Withdrawn {
		if w.Release.ID == id {
			return nil, usageError{fmt.Sprintf("release %s was withdrawn on %s: nothing of it is left to compare", id, w.Withdrawn)}
		}
	}
	return nil, usageError{fmt.Sprintf("unknown release %q: %s", id, diag.Suggest(id, ids))}
}

// tellChanges prints them in words.
func (e *env) tellChanges(before, after *ledger.Release) {
	name := func(r *ledger.Release) string {
		switch {
		case r == nil:
			return "nothing"
		case r.Release.Date == "":
			return "the exports of now"
		}
		return "release " + r.Release.ID
	}
	if before == after {
		fmt.Fprintf(e.stdout, "nothing changed: the exports of now say what %s says\n", name(after))
		return
	}
	if len(e.changes) == 0 {
		fmt.Fprintf(e.stdout, "nothing changed from %s to %s\n", name(before), name(after))
		return
	}
	fmt.Fprintf(e.stdout, "from %s to %s\n", name(before), name(after))
	added := map[string]int{}
	var periods []string
	for _, c := range e.changes {
		if c.Kind() == "new" {
			if added[c.Period]++; added[c.Period] == 1 {
				periods = append(periods, c.Period)
			}
			continue
		}
		reason := ""
		if c.Correction != "" {
			reason = " (" + c.Correction + ")"
		} else if after.Release.Date == "" {
			reason = " (needs a reason: impact publish --correct ID)"
		}
		fmt.Fprintf(e.stdout, "  %s%s\n", inWords(after, c), reason)
	}
	slices.SortFunc(periods, ledger.ComparePeriods)
	for _, p := range periods {
		fmt.Fprintf(e.stdout, "  %s: %d new figures\n", p, added[p])
	}
}

// afterDiff says what comes next, where the exports of now are what was compared.
func (e *env) afterDiff(before, after *ledger.Release) {
	wait := after.Release.Date == "" && slices.ContainsFunc(e.changes, func(c ledger.Change) bool { return c.Kind() != "new" })
	switch {
	case before == after:
		e.next("%s", e.afterPublishing(after))
	case wait:
		e.next("correct the export if it is wrong; if it is right, impact publish --correct ID, with the reason")
	case after.Release.Date == "":
		e.next("impact serve to look at the site, then impact publish")
	default:
		e.next("impact explain INDICATOR shows where a figure of now comes from")
	}
}

// inWords says what changed, such as "Admitted, 2025: 25, was 20".
func inWords(after *ledger.Release, c ledger.Change) string {
	return fmt.Sprintf("%s: %s, was %s", after.InWords(c.Cell, after.Languages[0].Code), said(after, c.After), said(after, c.Before))
}

// said writes a value as readers see it.
func said(r *ledger.Release, value string) string {
	switch value {
	case "":
		return "not shown"
	case string(ledger.Small):
		return fmt.Sprintf("fewer than %d", r.Rule.Threshold)
	}
	return strings.ReplaceAll(value, "impossible", "not possible")
}
