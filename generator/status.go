package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/personal"
)

const statusHelp = `usage: impact status [flags]

Says where you stand in the quarter: which exports are there, what check finds, what would change, the newest release, contacts that are
not confirmed, stories whose consent ends within 60 days, and what comes next. Nothing is written.

Example:
    impact status
`

// soon is how many days ahead the end of a consent is told.
const soon = 60

func status(e *env) error {
	if e.json {
		return usageError{"--json: status is for reading; impact check --json and impact diff --json have what it says"}
	}
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return e.toMend()
	}
	e.tell("organisation", "%s", e.who(cb))
	e.tell("exports", "%s", strings.Join(e.folders(), ", "))
	l, err := e.ledgerOf()
	if err != nil {
		return err
	}
	e.tell("release", "%s", e.newestOf(l))
	quiet := &env{data: e.data, site: e.site, out: e.out, today: e.today, stdout: e.stderr, stderr: nowhere{}}
	_, p, err := quiet.proposed()
	e.diags.Add(quiet.diags.Sorted()...)
	var refused protectionError
	switch {
	case errors.Is(err, errBadInput):
		e.tell("check", "%s", counted(e.diags.Sorted()))
		e.upkeep(cb)
		return e.toMend()
	case errors.As(err, &refused):
		e.tell("check", "refused, since a child could be recognised")
		e.upkeep(cb)
		return err
	case err != nil:
		return err
	}
	e.tell("check", "%s", counted(e.diags.Sorted()))
	e.tell("changes", "%s", changesOf(p))
	e.upkeep(cb)
	e.diags = diag.List{} // check says them with their places
	e.following(p)
	return nil
}

// nowhere takes what nobody is to hear.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error) { return len(p), nil }

// tell prints one line of the status.
func (e *env) tell(what, format string, args ...any) {
	if text := fmt.Sprintf(format, args...); text != "" {
		fmt.Fprintf(e.stdout, "%-13s %s\n", what, text)
	}
}

func (e *env) who(cb *codebook.Codebook) string {
	name := cb.Organisation.Name[cb.Languages[0].Code]
	if cb.Organisation.Sample {
		name += " (every figure is invented)"
	}
	return name
}

// folders lists the exports by folder, with how many files each holds.
func (e *env) folders() []string {
	entries, err := os.ReadDir(filepath.Join(e.data, "exports"))
	if err != nil || len(entries) == 0 {
		return []string{"none yet"}
	}
	var all []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		files := 0
		_ = filepath.WalkDir(filepath.Join(e.data, "exports", entry.Name()), func(_ string, f fs.DirEntry, err error) error {
			if err == nil && !f.IsDir() && !strings.HasPrefix(f.Name(), ".") {
				files++
			}
			return nil
		})
		all = append(all, fmt.Sprintf("%s (%s)", entry.Name(), number(files, "file")))
	}
	if older := len(all) - 6; older > 0 {
		all = append([]string{fmt.Sprintf("… %d older", older)}, all[older:]...)
	}
	return all
}

func (e *env) ledgerOf() (*ledger.Ledger, error) {
	fsys, name := e.folder("published")
	return e.readLedger(fsys, name)
}

// newestOf says which release is the newest, and what was withdrawn.
func (e *env) newestOf(l *ledger.Ledger) string {
	text := "none yet"
	if newest := l.Newest(); newest != nil {
		text = fmt.Sprintf("%s of %s%s", newest.Release.ID, newest.Release.Date, e.onTheAir(newest))
	}
	for _, w := range l.Withdrawn {
		text += fmt.Sprintf("; %s was withdrawn on %s", w.Release.ID, w.Withdrawn)
	}
	return text
}

// changesOf says in a line what publishing would change.
func changesOf(p *proposal) string {
	if p.same {
		return "none since " + p.newest.Release.ID
	}
	added, changed := p.changes()
	switch {
	case added+changed == 0:
		return "words only; no figure changes"
	case changed == 0:
		return number(added, "new figure")
	case added == 0:
		return number(changed, "published figure") + " would change, which needs a reason"
	}
	return fmt.Sprintf("%s; %s would change, which needs a reason", number(added, "new figure"), number(changed, "published figure"))
}

// upkeep says what is open beside the figures.
func (e *env) upkeep(cb *codebook.Codebook) {
	var open []string
	for _, c := range cb.Organisation.Contacts {
		if c.Value == "" {
			open = append(open, c.ID)
		}
	}
	if len(open) > 0 {
		e.tell("contacts", "not confirmed: %s; pages say so until organisation.yaml has a value", strings.Join(open, ", "))
	}
	for _, line := range e.ending() {
		e.tell("consent", "%s", line)
	}
}

// ending lists the stories whose consent has ended or soon ends.
func (e *env) ending() []string {
	today := e.day()
	dir := filepath.Join(e.site, "content")
	at := func(day time.Time) (places []string) {
		var diags diag.List
		_, _ = personal.Pages(os.DirFS(dir), filepath.ToSlash(dir), day.Format(time.DateOnly), nil, &diags)
		for _, d := range diags.Sorted() {
			if d.Code == "story/expired" {
				places = append(places, d.Pos.String())
			}
		}
		return places
	}
	ended := at(today)
	var lines []string
	for _, place := range at(today.AddDate(0, 0, soon)) {
		if slices.Contains(ended, place) {
			lines = append(lines, place+" has ended: the story is not built; ask again, or delete it")
		} else {
			lines = append(lines, fmt.Sprintf("%s ends within %d days: ask again, or the story goes by itself", place, soon))
		}
	}
	return lines
}

// counted says how many errors and warnings there are.
func counted(findings []diag.Diagnostic) string {
	wrong := 0
	for _, d := range findings {
		if d.Severity == diag.Error {
			wrong++
		}
	}
	if len(findings) == 0 {
		return "nothing found"
	}
	return number(wrong, "error") + ", " + number(len(findings)-wrong, "warning") + ": impact check names them"
}

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// toMend ends a status with what check would say first.
func (e *env) toMend() error {
	for _, d := range e.diags.Sorted() {
		if d.Severity == diag.Error {
			e.tell("next", "mend %s (%s); impact check names all, with what to do", d.Pos, d.Msg)
			break
		}
	}
	e.diags = diag.List{}
	return errBadInput
}

// following says what comes next where everything is sound.
func (e *env) following(p *proposal) {
	if p.same {
		e.tell("next", "%s", e.afterPublishing(p.newest))
		return
	}
	e.tell("next", "%s", e.beforePublishing(p))
}
