package main

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/measure"
)

const acceptHelp = `usage: impact accept ID PERIOD --why LANG=TEXT … [flags]

Accepts that figures contradict one another in a period, where nobody can tell any more which is right. ID is the expectation,
the indicator or the dataset that check names. The reason is published on the page about data quality, and the audit takes it that
what does not hold is not known to hold. If a figure can still be corrected, correct the export.

` + whyHelp + `
Example:
    impact accept stock 2025-Q3 --why en="Two printed tables differ." --why km="តារាង​ពីរ​ខុស​គ្នា។"
`

func accept(e *env) error {
	if len(e.args) != 2 {
		return usageError{`expected what check named and a period, such as: impact accept shelter-balance 2010-Q2 --why en="…"`}
	}
	id := e.args[0]
	period, err := calendar.Parse(e.args[1])
	if err != nil {
		return usageError{err.Error()}
	}
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return errBadInput
	}
	at, accepts, ids := exceptions(cb, id)
	switch {
	case at.File == "":
		return usageError{fmt.Sprintf("unknown expectation, indicator or dataset %q: %s", id, diag.Suggest(id, ids))}
	case codebook.Accepted(accepts, period) != nil:
		return usageError{fmt.Sprintf("%s accepts %s already: see 'accepted' there", id, period)}
	}
	if err := e.inEach(cb); err != nil {
		return err
	}
	if err := e.contradicted(id, period); err != nil {
		return err
	}
	entry := []string{
		fmt.Sprintf("- id: %s-%s", id, strings.ToLower(period.String())),
		"  period: " + period.String(),
		"  why: " + flow(cb, e.why),
	}
	placed := false
	err = e.rewrite(path.Base(at.File), func(text string) string {
		text, placed = insert(text, at, entry)
		return text
	})
	if err == nil && !placed {
		err = usageError{fmt.Sprintf("%s:%d is written in a form that this command leaves alone; add under 'accepted':\n    %s", at.File, at.Line, strings.Join(entry, "\n    "))}
	}
	if err != nil {
		return err
	}
	e.say("accepted for %s: %s; the reason stands in %s", period, id, typed(at.File))
	e.next("impact check")
	return nil
}

// contradicted refuses an exception that nothing needs. Figures are compared only where every cell is sound.
func (e *env) contradicted(id string, period calendar.Period) error {
	quiet := &env{data: e.data, today: e.today, stdout: nowhere{}, stderr: nowhere{}}
	_, err := quiet.measure("")
	if err != nil && !errors.Is(err, errBadInput) {
		return err
	}
	compared := err == nil
	for _, d := range quiet.diags.Sorted() {
		for _, when := range []string{period.String(), "PERIOD"} {
			if strings.HasSuffix(d.Hint, measure.Accepting(id, when)) {
				return nil
			}
		}
		compared = compared || strings.HasPrefix(d.Code, "expectation/")
	}
	if compared {
		return usageError{fmt.Sprintf("nothing to accept: %s holds in %s, or no figures of it are there; impact check names what does not hold", id, period)}
	}
	return usageError{"figures are compared only when every cell can be read: mend what impact check names, then accept what still does not hold"}
}

// exceptions finds what may have accepted exceptions: where it stands, those that it has, and the ids of all that may.
func exceptions(cb *codebook.Codebook, id string) (at diag.Pos, accepts []codebook.Accept, ids []string) {
	look := func(of string, where diag.Pos, has []codebook.Accept) {
		if ids = append(ids, of); of == id && at.File == "" {
			at, accepts = where, has
		}
	}
	for _, x := range cb.Expectations {
		look(x.ID, x.At, x.Accepts)
	}
	for _, x := range cb.Indicators {
		look(x.ID, x.At, x.Accepts)
	}
	for _, x := range cb.Datasets {
		look(x.ID, x.At, x.Accepts)
	}
	return at, accepts, ids
}

// acceptedKey is the line above the exceptions that an entry has already.
var acceptedKey = regexp.MustCompile(`^( *)accepted: *(#.*)?$`)

// insert puts an exception into the entry of a list that begins at a place: below its key accepted, or behind its first line. It
// leaves alone what is not written with a key on each line.
func insert(text string, at diag.Pos, entry []string) (string, bool) {
	lines := strings.Split(text, "\n")
	indent := strings.Repeat(" ", at.Col-1)
	first := lines[at.Line-1]
	if at.Col < 2 || !strings.HasPrefix(first[at.Col-1:], "id:") {
		return text, false
	}
	where, deep, block := at.Line, indent+"  ", []string{indent + "accepted:"}
	for i, line := range lines[at.Line:] {
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, indent) && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			break // the next entry
		}
		if strings.HasPrefix(line, indent+"accepted:") {
			if !acceptedKey.MatchString(line) || i+1 >= len(lines[at.Line:]) {
				return text, false
			}
			where, block = at.Line+i+1, nil
			below := lines[where]
			deep = below[:len(below)-len(strings.TrimLeft(below, " "))]
		}
	}
	for _, line := range entry {
		block = append(block, deep+line)
	}
	return strings.Join(append(lines[:where:where], append(block, lines[where:]...)...), "\n"), true
}
