package inspect

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

// Cache keeps the sums of large tally files, so that one which did not change is not read again. It holds counts and no rows, but true
// counts: it belongs on the private side. Only files in which nothing was found are kept, and only of datasets without a key, since a
// key must be compared with those of other files.
type Cache struct {
	Dir   string        // made where it is missing; what cannot be written is not kept
	Stamp func() string // changes with all that may change what a file means: codebook and program; "" where it is not known
}

// worthKeeping is the size in bytes from which on a file is kept.
const worthKeeping = 1 << 18

// Keep lets an inspector use a cache, after Together.
func (in *Inspector) Keep(c Cache) {
	if in.sum && len(in.key) == 0 && len(in.dataset.Quasi) == 0 {
		in.cache = &c
	}
}

// ignore is the file by which version control passes over a folder.
const ignore = ".gitignore"

// kept is a file of the cache: a record of each sum, and a fingerprint of them and of the file's own name.
type kept struct {
	Print string
	Sums  []keptSum
}

type keptSum struct {
	Period string
	Codes  []string
	Count  int64
	Line   int
	Rows   int
}

// name is what an export is called in the cache, by all that its sums depend on; "" if it is not worth it.
func (c *Cache) name(in *Inspector, f *ingest.File) string {
	if c == nil {
		return ""
	}
	digest, size, err := f.Digest()
	if err != nil || size < worthKeeping || c.Stamp() == "" {
		return ""
	}
	return fingerprint(c.Stamp(), in.dataset.ID, f.Path, digest)
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:])
}

func (k kept) print(name string) string {
	text, err := json.Marshal(k.Sums)
	if err != nil {
		return ""
	}
	return fingerprint(name, string(text))
}

// load gives the sums of an export. What is damaged, or was made for another file, counts as absent.
func (c *Cache) load(in *Inspector, f *ingest.File, name string) (records []*Record, ok bool) {
	if name == "" {
		return nil, false
	}
	text, err := os.ReadFile(filepath.Join(c.Dir, name))
	var k kept
	if err != nil || json.Unmarshal(text, &k) != nil || k.Print != k.print(name) {
		return nil, false
	}
	for _, s := range k.Sums {
		period, err := calendar.Parse(s.Period)
		if err != nil || len(s.Codes) != len(in.coded) {
			return nil, false
		}
		numbers := make([]int, len(s.Codes))
		for i, code := range s.Codes {
			numbers[i] = in.numberOf(i, code)
		}
		records = append(records, &Record{Period: period, Codes: s.Codes, Numbers: numbers, Sets: make([][]string, len(s.Codes)), Count: s.Count, Share: -1, File: f.Path, Line: s.Line, Rows: s.Rows})
	}
	return records, true
}

// store keeps the sums of an export in which nothing was found and which is still what it was.
func (c *Cache) store(in *Inspector, f *ingest.File, name string, records []*Record) {
	if name == "" || c.name(in, f) != name || slices.ContainsFunc(in.diags.Sorted(), func(d diag.Diagnostic) bool { return strings.HasPrefix(d.File, f.Name()) }) {
		return
	}
	var k kept
	for _, r := range records {
		k.Sums = append(k.Sums, keptSum{r.Period.String(), r.Codes, r.Count, r.Line, r.Rows})
	}
	k.Print = k.print(name)
	text, err := json.Marshal(k)
	if err != nil || os.MkdirAll(c.Dir, 0o700) != nil {
		return
	}
	_ = os.WriteFile(filepath.Join(c.Dir, ignore), []byte("*\n"), 0o600)
	draft := filepath.Join(c.Dir, name+".new")
	if os.WriteFile(draft, text, 0o600) == nil {
		_ = os.Rename(draft, filepath.Join(c.Dir, name))
	}
}

// forget takes out what was not used: of files that are gone or changed.
func (c *Cache) forget(used []string) {
	if c == nil {
		return
	}
	entries, _ := os.ReadDir(c.Dir)
	for _, e := range entries {
		if !slices.Contains(used, e.Name()) && e.Name() != ignore {
			_ = os.Remove(filepath.Join(c.Dir, e.Name()))
		}
	}
}
