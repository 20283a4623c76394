package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
	"github.com/ccpcr/impact/generator/inspect"
	"github.com/ccpcr/impact/generator/ledger"
	"github.com/ccpcr/impact/generator/measure"
	"github.com/ccpcr/impact/generator/personal"
	"github.com/ccpcr/impact/generator/prose"
	"github.com/ccpcr/impact/generator/protect"
	"github.com/ccpcr/impact/generator/release"
	"github.com/ccpcr/impact/generator/worklist"
)

// measured is what the private side knows: true figures.
type measured struct {
	cb    *codebook.Codebook
	files []*ingest.File
	plans []measure.Plan

	medians []measure.Plan    // of what the plans count
	periods []calendar.Period // that are reported
	alone   []string          // of each register, how many rows stand out
}

// folder is a folder below --data with the name that diagnostics give it.
func (e *env) folder(name string) (fs.FS, string) {
	dir := filepath.Join(e.data, name)
	return os.DirFS(dir), filepath.ToSlash(dir)
}

// measure reads codebook and exports and counts. explained names an indicator whose rows are kept, or "".
func (e *env) measure(explained string) (*measured, error) {
	fsys, name := e.folder("codebook")
	cb := codebook.Load(fsys, name, &e.diags)
	if e.diags.Failed() {
		return nil, errBadInput
	}
	fsys, name = e.folder("exports")
	m := &measured{cb: cb, files: ingest.Once(ingest.Find(fsys, name, cb, &e.diags), &e.diags)}
	e.untracked(cb)
	counters := make([]*measure.Counter, len(cb.Datasets))
	var periods []calendar.Period
	cache := e.tallies()
	var people inspect.People
	for i, d := range cb.Datasets {
		d = e.form(m, d)
		counters[i] = measure.NewCounter(cb, d, explained)
		in := inspect.New(cb, d, &e.diags)
		if cb.Paired(cb.Datasets[i]) {
			in.With(&people)
		}
		in.Today(e.day())
		if explained == "" {
			in.Together()
			in.Keep(cache(d.ID))
		}
		until, records := in.Read(slices.DeleteFunc(slices.Clone(m.files), func(f *ingest.File) bool { return f.Dataset != d }))
		counters[i].Reaches(until, in)
		counters[i].Count(e.dated(d, e.counted(records)))
		if alone := in.Alone(); alone != "" {
			m.alone = append(m.alone, alone)
		}
		for _, p := range counters[i].Periods() {
			if !slices.Contains(periods, p) {
				periods = append(periods, p)
			}
		}
	}
	if !e.diags.Failed() {
		e.gaps(cb, counters)
	}
	m.periods = measure.Closed(periods)
	measure.Pair(counters, &e.diags)
	for _, c := range counters {
		m.plans = append(m.plans, c.Plans(m.periods)...)
		m.medians = append(m.medians, c.Medians(m.periods)...)
	}
	if !e.diags.Failed() {
		measure.Check(cb, counters, m.plans, &e.diags)
	}
	if e.diags.Failed() {
		return nil, errBadInput
	}
	return m, nil
}

// form is the dataset whose files hold a register: itself, or its tallies where there are some. Both would be told twice.
func (e *env) form(m *measured, d *codebook.Dataset) *codebook.Dataset {
	of := func(d *codebook.Dataset) int {
		return slices.IndexFunc(m.files, func(f *ingest.File) bool { return d != nil && f.Dataset == d })
	}
	tally := m.cb.TallyOf(d)
	at := of(tally)
	if at < 0 {
		return d
	}
	if of(d) >= 0 {
		e.diags.Errorf(diag.Pos{File: m.files[at].Name()}, "export/two-forms", "move those of one form out of exports: the newest export tells all by itself", "expected rows or tallies of the dataset %s, found both", d.ID)
	}
	return tally
}

// counted notes how many rows of each file are counted.
func (e *env) counted(records iter.Seq[inspect.Record]) iter.Seq[inspect.Record] {
	_, folder := e.folder("exports")
	return func(yield func(inspect.Record) bool) {
		read, before := worklist.File{}, len(e.read)
		defer func() {
			if read.Rows > 0 {
				e.read = append(e.read, read)
			}
			slices.SortFunc(e.read[before:], func(a, b worklist.File) int { return strings.Compare(a.Name, b.Name) }) // those of a cache came first
		}()
		file := ""
		for r := range records {
			if r.File != file {
				if read.Rows > 0 {
					e.read = append(e.read, read)
				}
				file, read = r.File, worklist.File{Name: folder + "/" + r.File}
			}
			if read.Rows += r.Rows; !yield(r) {
				return
			}
		}
	}
}

// proposal is a release that passed the audit but is not published.
type proposal struct {
	*release.Draft
	ledger  *ledger.Ledger  // with the draft as its last release
	newest  *ledger.Release // the last published one, or nil
	same    bool            // the draft says what newest says
	carried []string        // periods taken over from newest, since their exports are gone
	tables  []protect.Table
	already []audit.Finding // what is known from elsewhere gives away without any release
}

// proposed measures, protects and audits the exports and says what came of it: what check, build and publish begin with.
func (e *env) proposed() (*measured, *proposal, error) {
	m, err := e.measure("")
	if err != nil {
		return nil, nil, err
	}
	if err := e.pages(personal.New(m.cb)); err != nil {
		return nil, nil, err
	}
	content := filepath.Join(e.site, "content")
	if err := prose.Check(os.DirFS(content), filepath.ToSlash(content), m.cb.Languages, &e.diags); err != nil {
		return nil, nil, err
	}
	past, keep := e.recall(m)
	p, err := e.propose(m, past)
	keep()
	if err != nil {
		return nil, nil, err
	}
	e.summary(m, p)
	return m, p, nil
}

// propose protects the figures, writes a draft into memory and attacks it together with the whole ledger. A table that gives
// something away becomes its total and all begins again; what that does not help is refused.
func (e *env) propose(m *measured, past *past) (*proposal, error) {
	fsys, name := e.folder("published")
	published, err := e.readLedger(fsys, name)
	if err != nil {
		return nil, err
	}
	newest := published.Newest()
	if len(m.periods) == 0 && newest == nil {
		_, exports := e.folder("exports")
		e.diags.Errorf(diag.Pos{File: exports}, "export/none", "put the first exports into a folder of their own there, such as "+exports+"/2026-Q1", "expected at least one export with a row in it")
		return nil, errBadInput
	}
	p := &proposal{newest: newest}
	prior := release.Prior(published)
	var ladders *ladders // none is needed where all passes at the rungs of the past
	rungs := past.rungs
	if past.rungs = nil; rungs == nil {
		ladders = newLadders(m.plans, newest)
		rungs = ladders.rungs
	}
	for {
		p.tables = protect.Make(m.cb.Organisation.Protection, m.plans, rungs, prior)
		p.tables = append(p.tables, append(protect.Percents(m.cb, p.tables), protect.Medians(m.medians, p.tables)...)...)
		if p.Draft, p.carried, err = release.Make(m.cb, rungs.Plan(m.plans), p.tables, published); err != nil {
			return nil, err
		}
		p.ledger = published.With(p.Package.Release.ID, p.Files, name, &e.diags)
		if e.diags.Failed() {
			return nil, errBadInput
		}
		report := past.auditor.Audit(p.ledger, name, &e.diags)
		if e.diags.Failed() {
			return nil, errBadInput
		}
		findings := report.Counted()
		if len(findings) == 0 {
			e.report, p.already, past.rungs = report, report.Findings, rungs
			certificate := report.Certificate
			if len(m.cb.Known) > 0 { // an outsider, who does not know it, must find what the certificate says
				certificate = audit.New(nil).Audit(p.ledger, name, &e.diags).Certificate
			}
			if err := p.Certify(certificate); err != nil {
				return nil, err
			}
			break
		}
		if ladders == nil {
			ladders = newLadders(m.plans, newest)
			rungs = ladders.rungs
			continue
		}
		if !ladders.climb(findings, p.ledger.Newest()) {
			e.report = report
			return nil, refusal(findings, p.Package.Release.ID)
		}
	}
	if p.same, err = p.Same(newest); err != nil {
		return nil, err
	}
	if p.ledger = published; !p.same {
		p.ledger = published.With(p.Package.Release.ID, p.Files, name, &e.diags)
	}
	if e.diags.Failed() {
		return nil, errBadInput
	}
	return p, nil
}

// readLedger reads the ledger. Without one there is nothing to read.
func (e *env) readLedger(fsys fs.FS, name string) (*ledger.Ledger, error) {
	files, err := ledger.Load(fsys)
	if errors.Is(err, fs.ErrNotExist) {
		return &ledger.Ledger{}, nil
	}
	if err != nil {
		e.diags.Errorf(diag.Pos{File: name}, "ledger/unreadable", "look at its permissions; it must be a folder", "expected a readable ledger: %v", err)
		return nil, errBadInput
	}
	l := ledger.Read(files.FS(), name, &e.diags)
	if e.diags.Failed() {
		return nil, errBadInput
	}
	return l, nil
}

// refusal says why nothing was made. draft is the id of the release that was to be made, or "".
func refusal(findings []audit.Finding, draft string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "refused: %s, each of which says more than the rule allows\n", number(len(findings), "finding"))
	for i, f := range findings {
		if i == 20 {
			fmt.Fprintf(&b, "    … and %d more\n", len(findings)-20)
			break
		}
		fmt.Fprintf(&b, "    %s, table %s [%s]: %s\n", f.Release, f.Table, f.Rule, f.Proof)
	}
	switch {
	case findings[0].Rule == "built-unpublished":
		b.WriteString("    hint: it was built from exports that are not published yet: impact publish, impact build, and then this again\n")
	case findings[0].Rule == "built-number":
		b.WriteString("    hint: in a page of staff, write a figure with the shortcode value, and name what is no figure under  numbers  in the front matter; elsewhere, build the site again")
	case strings.HasPrefix(findings[0].Rule, "built-"):
		b.WriteString("    hint: build the site again, and look at what changed it after the build")
	case slices.ContainsFunc(findings, func(f audit.Finding) bool { return f.Release == draft }):
		b.WriteString("    hint: take the table out of the plan in indicators.yaml, or break it down by something coarser; if what is published already is part of the proof, impact withdraw")
	default:
		b.WriteString("    hint: if the ledger was changed since, restore it from version control; otherwise impact withdraw, and publish anew")
	}
	return protectionError{b.String()}
}

// knownTo turns the codebook's known figures into what the audit takes.
func knownTo(cb *codebook.Codebook) []audit.Known {
	var all []audit.Known
	for _, k := range cb.Known {
		all = append(all, audit.Known{Cell: cb.CellOf(k), Value: k.Value})
	}
	return all
}

// printJSON writes all that was found as one JSON object.
func (e *env) printJSON() {
	all := struct {
		Diagnostics []diag.Diagnostic `json:"diagnostics"`
		Audit       *audit.Report     `json:"audit,omitempty"`
		Changes     []ledger.Change   `json:"changes,omitempty"`
	}{append([]diag.Diagnostic{}, e.diags.Sorted()...), e.report, e.changes}
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(all)
}
