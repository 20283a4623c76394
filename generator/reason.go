package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

const whyHelp = `    --why LANG=TEXT    the reason in a language, for readers; once for each language. Without an exact number of children
`

// whyFlag reads --why, which stands once for each language.
func (e *env) whyFlag(fs *flag.FlagSet) {
	e.why = lang.Text{}
	fs.Func("why", "", func(text string) error {
		code, why, ok := strings.Cut(text, "=")
		if why = strings.TrimSpace(why); !ok || why == "" || e.why[code] != "" {
			return errors.New(`expected a language and a text, once for each language, such as: --why en="A report came late."`)
		}
		e.why[code] = why
		return nil
	})
}

// reasoned gives the reason with an id. One that is told with --why is written into corrections.yaml, from where it becomes public.
func (e *env) reasoned(cb *codebook.Codebook, id string) (*codebook.Correction, error) {
	file := typed(filepath.Join(e.data, "codebook", "corrections.yaml"))
	known := cb.Correction(id)
	switch {
	case known != nil && len(e.why) > 0 && !maps.Equal(known.Why, e.why):
		return nil, usageError{fmt.Sprintf("%s has another text under %s already: leave out --why, or choose another id", file, id)}
	case known != nil:
		return known, nil
	case len(e.why) == 0:
		var ids []string
		for _, x := range cb.Corrections {
			ids = append(ids, x.ID)
		}
		known := ""
		if len(ids) > 0 {
			known = ". " + diag.Suggest(id, ids)
		}
		return nil, usageError{fmt.Sprintf("unknown reason %s: say it with %s, or write it under that id in %s%s", id, e.asked(cb), file, known)}
	}
	if err := e.inEach(cb); err != nil {
		return nil, err
	}
	entry := fmt.Sprintf("- id: %s\n  why: %s\n", id, flow(cb, e.why))
	if err := e.rewrite("corrections.yaml", func(text string) string {
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		return text + entry
	}); err != nil {
		return nil, err
	}
	e.say("wrote the reason %s into %s", id, file)
	return &codebook.Correction{ID: id, Why: e.why}, nil
}

// inEach refuses a reason that lacks a language.
func (e *env) inEach(cb *codebook.Codebook) error {
	for _, l := range cb.Languages {
		if e.why[l.Code] == "" || len(e.why) != len(cb.Languages) {
			return usageError{"expected the reason in each language of the organisation: " + e.asked(cb)}
		}
	}
	return nil
}

// asked shows what --why is to hold.
func (e *env) asked(cb *codebook.Codebook) string {
	var parts []string
	for _, l := range cb.Languages {
		parts = append(parts, "--why "+l.Code+`="…"`)
	}
	return strings.Join(parts, " ")
}

// flow writes a text as YAML on one line.
func flow(cb *codebook.Codebook, text lang.Text) string {
	var parts []string
	for _, l := range cb.Languages {
		parts = append(parts, l.Code+": "+strconv.Quote(text[l.Code]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// rewrite changes a file of the codebook, in whose line ends it stays. What the codebook's reader would refuse then is not kept.
func (e *env) rewrite(name string, change func(string) string) error {
	file := filepath.Join(e.data, "codebook", filepath.FromSlash(name))
	before, err := os.ReadFile(file)
	fresh := errors.Is(err, fs.ErrNotExist)
	if fresh {
		before = []byte(codebook.Head(name))
	} else if err != nil {
		return err
	}
	text := change(strings.ReplaceAll(string(before), "\r\n", "\n"))
	if strings.Contains(string(before), "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return err
	}
	var diags diag.List
	fsys, folder := e.folder("codebook")
	codebook.Load(fsys, folder, &diags)
	if !diags.Failed() {
		return nil
	}
	if fresh {
		err = os.Remove(file)
	} else {
		err = os.WriteFile(file, before, 0o644)
	}
	first := diags.Sorted()[slices.IndexFunc(diags.Sorted(), func(d diag.Diagnostic) bool { return d.Severity == diag.Error })]
	return errors.Join(err, usageError{fmt.Sprintf("the codebook would not be sound with that, so it is as it was: %s", first.Msg)})
}
