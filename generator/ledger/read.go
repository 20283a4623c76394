package ledger

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/geography"
)

// Ledger is every release of an organisation, oldest first, and what is left of those that were withdrawn.
type Ledger struct {
	Releases  []*Release
	Withdrawn []Tombstone
}

// Release is one folder of the ledger, read and checked.
type Release struct {
	Package
	Tables []*Table
	Files  Files // the folder as it stands, for downloads

	cells   map[string]Value
	classOf map[string]string
	bounds  map[string]Bounds
	shapes  []geography.Shape // of the list that has a map
}

// Table is a resource with its cells.
type Table struct {
	Resource
	Cells []Cell
}

// Cell is one shown figure.
type Cell struct {
	ID     string // as in cell.ID
	Period string
	Codes  []string // one for each attribute, cell.Total for all together
	Value  Value
}

// Newest release that was not withdrawn, or nil.
func (l *Ledger) Newest() *Release {
	if len(l.Releases) == 0 {
		return nil
	}
	return l.Releases[len(l.Releases)-1]
}

// Value finds what the release shows for a cell. No release shows nothing.
func (r *Release) Value(id string) (Value, bool) {
	if r == nil {
		return Value{}, false
	}
	v, ok := r.cells[id]
	return v, ok
}

// Cells gives every cell of the release with its value, by id.
func (r *Release) Cells() map[string]Value { return maps.Clone(r.cells) }

// Table finds a table by indicator and attributes, or nil.
func (r *Release) Table(indicator string, attributes ...string) *Table {
	for _, t := range r.Tables {
		if t.Indicator == indicator && slices.Equal(t.Names(), attributes) {
			return t
		}
	}
	return nil
}

// Names lists the attributes of a table.
func (r Resource) Names() []string {
	names := make([]string, len(r.Attributes))
	for i, a := range r.Attributes {
		names[i] = a.Name
	}
	return names
}

var folderForm = regexp.MustCompile(`^[0-9]{4}(-Q[1-4])?-r[1-9][0-9]*$`)

// Read reads a ledger. name is the folder as diagnostics shall call it. Whatever is wrong is an error: a release that says
// more, less or otherwise than its descriptor is never used.
func Read(fsys fs.FS, name string, diags *diag.List) *Ledger {
	l := &Ledger{}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return l // no ledger yet
	}
	for _, e := range entries {
		at := diag.Pos{File: path.Join(name, e.Name())}
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if !e.IsDir() || !folderForm.MatchString(e.Name()) {
			diags.Errorf(at, "ledger/stranger", "move it out of the ledger", "expected only release folders, such as 2010-r1")
			continue
		}
		folder, _ := fs.Sub(fsys, e.Name()) // it fails only on names that folderForm does not match
		files, err := Load(folder)
		if err != nil {
			diags.Errorf(at, "ledger/unreadable", "restore it from version control", "expected a readable folder: %v", err)
			continue
		}
		l.take(e.Name(), at.File, files, diags)
	}
	l.order(name, diags)
	return l
}

// take reads one folder: a release, or the tombstone of one.
func (l *Ledger) take(id, name string, files Files, diags *diag.List) {
	info, file := ReleaseInfo{}, Descriptor
	if _, ok := files[Tomb]; ok {
		file = Tomb
		w, ok := readTombstone(files, name, diags)
		if !ok {
			return
		}
		info, l.Withdrawn = w.Release, append(l.Withdrawn, w)
	} else {
		r := readRelease(files, name, diags)
		if r == nil {
			return
		}
		info, l.Releases = r.Release, append(l.Releases, r)
	}
	if info.ID != id {
		diags.Errorf(diag.Pos{File: path.Join(name, file)}, "ledger/id", "restore the folder from version control", "expected the release id to be the folder's name")
	}
}

// order sorts the releases and looks for gaps.
func (l *Ledger) order(name string, diags *diag.List) {
	slices.SortFunc(l.Releases, func(a, b *Release) int { return cmp.Compare(a.Release.Sequence, b.Release.Sequence) })
	slices.SortFunc(l.Withdrawn, func(a, b Tombstone) int { return cmp.Compare(a.Release.Sequence, b.Release.Sequence) })
	l.recall()
	for i, info := range l.all() {
		if info.Sequence != i+1 && !diags.Failed() {
			diags.Errorf(diag.Pos{File: path.Join(name, info.ID)}, "ledger/sequence", "restore the missing release from version control",
				"expected releases numbered from 1 without gaps, found %d in place %d", info.Sequence, i+1)
		}
	}
}

// With gives the ledger with one more release, its newest, from files in memory. The releases before it are not read again.
func (l *Ledger) With(id string, files Files, name string, diags *diag.List) *Ledger {
	next := &Ledger{slices.Clone(l.Releases), l.Withdrawn}
	next.take(id, path.Join(name, id), files, diags)
	next.order(name, diags)
	return next
}

// all lists every release that there is or was, in order.
func (l *Ledger) all() []ReleaseInfo {
	var all []ReleaseInfo
	for _, r := range l.Releases {
		all = append(all, r.Release)
	}
	for _, w := range l.Withdrawn {
		all = append(all, w.Release)
	}
	slices.SortStableFunc(all, func(a, b ReleaseInfo) int { return cmp.Compare(a.Sequence, b.Sequence) })
	return all
}

// Next gives a new release of a period its id and place. The id of a withdrawn one is not given again.
func (l *Ledger) Next(period string) ReleaseInfo {
	n := 1
	all := l.all()
	for _, info := range all {
		if before := 0; info.Period == period {
			_, _ = fmt.Sscanf(info.ID, period+"-r%d", &before)
			n = max(n, before+1)
		}
	}
	return ReleaseInfo{ID: fmt.Sprintf("%s-r%d", period, n), Sequence: len(all) + 1, Period: period}
}

func readRelease(files Files, name string, diags *diag.List) *Release {
	descriptor := diag.Pos{File: path.Join(name, Descriptor)}
	data, ok := files[Descriptor]
	if !ok {
		diags.Errorf(descriptor, "ledger/no-descriptor", "restore it from version control", "expected a descriptor")
		return nil
	}
	if err := validate(data); err != nil {
		diags.Errorf(descriptor, "ledger/schema", "restore it from version control", "expected a descriptor of format version %d: %v", FormatVersion, err)
		return nil
	}
	r := &Release{Files: files, cells: map[string]Value{}, classOf: map[string]string{}}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r.Package); err != nil {
		diags.Errorf(descriptor, "ledger/schema", "restore it from version control", "expected a descriptor of format version %d: %v", FormatVersion, err)
		return nil
	}
	if err := r.consistent(); err != nil {
		diags.Errorf(descriptor, "ledger/inconsistent", "restore it from version control", "expected a descriptor that agrees with itself: %v", err)
		return nil
	}
	described := []string{Descriptor}
	for _, res := range r.Resources {
		described = append(described, res.Path)
		r.readTable(res, name, diags)
	}
	described = append(described, r.readMap(name, diags)...)
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if !slices.Contains(described, p) {
			diags.Errorf(diag.Pos{File: path.Join(name, p)}, "ledger/stranger", "move it out of the ledger", "expected only files that the descriptor names")
		}
	}
	return r
}

func (r *Release) readTable(res Resource, folder string, diags *diag.List) {
	at := diag.Pos{File: path.Join(folder, res.Path)}
	fail := func(line int, code, format string, args ...any) {
		diags.Errorf(diag.Pos{File: at.File, Line: line}, code, "restore it from version control", format, args...)
	}
	data, ok := r.Files[res.Path]
	if want := "tables/" + cell.Table(res.Indicator, res.Names()) + ".csv"; res.Path != want {
		fail(0, "ledger/schema", "expected the path %s", want)
		return
	}
	if !ok {
		fail(0, "ledger/no-table", "expected the table that the descriptor names")
		return
	}
	if len(data) != res.Bytes || hash(data) != res.Hash {
		fail(0, "ledger/hash", "expected the file that the descriptor describes: size or hash differ")
		return
	}
	reader := csv.NewReader(bytes.NewReader(data))
	rows, err := reader.ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], res.Columns()) {
		fail(1, "ledger/columns", "expected the columns %s", strings.Join(res.Columns(), ","))
		return
	}
	t := &Table{Resource: res}
	seen := map[string]bool{}
	for i, row := range rows[1:] {
		period, codes := row[0], row[1:1+len(res.Attributes)]
		c := Cell{cell.ID(res.Indicator, period, res.Names(), codes), period, codes, Value{}}
		if c.Value, ok = parseValue(row[len(row)-2], row[len(row)-1]); !ok {
			fail(i+2, "ledger/value", "expected a whole number, or a status and no value")
			continue
		}
		if !slices.Contains(r.Periods, period) || !res.knows(codes) {
			fail(i+2, "ledger/code", "expected a period and codes that the descriptor lists")
			continue
		}
		if seen[c.ID] {
			fail(i+2, "ledger/repeated", "expected each combination once")
			continue
		}
		seen[c.ID] = true
		if before, told := r.cells[c.ID]; told && before != c.Value {
			fail(i+2, "ledger/two-values", "expected the same value as in another table: one cell has one value")
		}
		r.cells[c.ID], r.classOf[c.ID] = c.Value, r.Indicator(res.Indicator).Class
		t.Cells = append(t.Cells, c)
	}
	if n := t.rowsAPeriod(); len(t.Cells)%n != 0 || len(t.Cells) != n*len(t.Periods()) {
		fail(0, "ledger/rows", "expected %d rows for every period: a row that is not there says something", n)
	}
	r.Tables = append(r.Tables, t)
}

// knows says whether each code is one that the attribute's rows have.
func (r Resource) knows(codes []string) bool {
	for i, code := range codes {
		if code != cell.Total && !slices.Contains(r.Attributes[i].Codes, code) {
			return false
		}
	}
	return true
}

// Rows lists the codes of every row that the table has within a period, the total first.
func (r Resource) Rows() [][]string {
	codes := make([][]string, len(r.Attributes))
	for i, a := range r.Attributes {
		codes[i] = a.Codes
	}
	return cell.Rows(codes)
}

func (r Resource) rowsAPeriod() int {
	n := 1
	for _, a := range r.Attributes {
		n *= len(a.Codes) + 1
	}
	return n
}

// Periods lists the periods that the table has rows for, in order.
func (t *Table) Periods() []string {
	var ids []string
	for _, c := range t.Cells {
		if !slices.Contains(ids, c.Period) {
			ids = append(ids, c.Period)
		}
	}
	slices.SortFunc(ids, ComparePeriods)
	return ids
}

// ComparePeriods orders period ids in time.
func ComparePeriods(a, b string) int {
	p, errA := calendar.Parse(a)
	q, errB := calendar.Parse(b)
	if errA != nil || errB != nil {
		return strings.Compare(a, b)
	}
	return p.Compare(q)
}

// The release finds what its parts are called.

// Indicator finds an indicator of the release by id, or nil.
func (p *Package) Indicator(id string) *Indicator {
	for i := range p.Indicators {
		if p.Indicators[i].ID == id {
			return &p.Indicators[i]
		}
	}
	return nil
}

// List finds a code list of the release by id, or nil.
func (p *Package) List(id string) *List {
	for i := range p.Lists {
		if p.Lists[i].ID == id {
			return &p.Lists[i]
		}
	}
	return nil
}

// Label is what a code is called in a language; an unknown one is called by itself.
func (l *List) Label(code, language string) string {
	if l != nil {
		for _, c := range l.Codes {
			if c.ID == code {
				return c.Label[language]
			}
		}
	}
	return code
}

// Code finds a code of the list, or nil.
func (l *List) Code(id string) *Code {
	if l == nil {
		return nil
	}
	for i := range l.Codes {
		if l.Codes[i].ID == id {
			return &l.Codes[i]
		}
	}
	return nil
}
