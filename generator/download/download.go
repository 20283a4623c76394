// Package download turns a release into the files that people take away.
//
// In: a release of the ledger. Out: files by their path below /data/<release>/, beside the ledger's own: tables with labels, with
// HXL tags and with their meaning for machines, an object for each indicator, workbooks, the activities that platforms of
// donors read, citations, a package of all. Every file that holds
// figures is read back and compared with the release, cell by cell, before it is given out. Addresses inside the files are relative,
// so the same bytes serve /data/latest/ and the release's own folder.
package download

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// Files of a release, by path.
type Files map[string][]byte

// Static holds the description of all addresses, which is the same for every organisation.
//
//go:embed openapi.json
var Static embed.FS

// Of makes all files of a release, without those that the ledger has. Workbooks are kept.
func Of(r *ledger.Release, kept cache.Folder) (Files, error) {
	files := Files{"README.txt": readme(r)}
	books := func(r *ledger.Release, files Files) error { return workbooks(r, files, kept) }
	for _, step := range []func(*ledger.Release, Files) error{csvs, describe, objects, books, activities, citations, pack} {
		if err := step(r, files); err != nil {
			return nil, fmt.Errorf("downloads of %s: %w", r.Release.ID, err)
		}
	}
	return files, nil
}

// activities writes a release as the platforms of donors read it, if it says how they know the organisation.
func activities(r *ledger.Release, files Files) error {
	data, err := iati.File(r)
	if data != nil {
		files[iati.Name] = data
	}
	return err
}

// All makes the files of every release of a ledger and of the newest once more as the latest, by their path below /data/.
func All(l *ledger.Ledger, kept cache.Folder) (Files, error) {
	all := Files{}
	for _, r := range l.Releases {
		files, err := Of(inNewWords(r, l.Newest()), kept)
		if err != nil {
			return nil, err
		}
		maps.Copy(files, r.Files)
		for name, data := range files {
			all[r.Release.ID+"/"+name] = data
			if r == l.Newest() {
				all[Latest+"/"+name] = data
			}
		}
	}
	for _, w := range l.Withdrawn {
		all[w.Release.ID+"/"+ledger.Tomb] = w.File
	}
	var err error
	if all["releases.json"], err = releases(l); err != nil {
		return nil, err
	}
	all["openapi.json"], err = Static.ReadFile("openapi.json")
	return all, err
}

// inNewWords gives a release the words of the interface that it does not have yet, as the newest has them.
func inNewWords(r, newest *ledger.Release) *ledger.Release {
	old := *r
	old.Languages = nil
	for _, l := range r.Languages {
		both := *l
		both.Words = map[string]string{}
		for _, n := range newest.Languages {
			if n.Code == l.Code {
				maps.Copy(both.Words, n.Words)
			}
		}
		maps.Copy(both.Words, l.Words)
		old.Languages = append(old.Languages, &both)
	}
	return &old
}

// Latest is the folder of the newest release, beside that of its id.
const Latest = "latest"

// release is an entry of the list of releases.
type release struct {
	ID        string `json:"id"`
	Period    string `json:"period"`
	Date      string `json:"date,omitempty"`
	Latest    bool   `json:"latest,omitempty"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
	About     string `json:"about"` // the file that says more
}

// releases lists every release that there is or was, the oldest first, and those that were withdrawn behind them.
func releases(l *ledger.Ledger) ([]byte, error) {
	list := struct {
		Releases []release `json:"releases"`
	}{}
	for _, r := range l.Releases {
		list.Releases = append(list.Releases, release{r.Release.ID, r.Release.Period, r.Release.Date, r == l.Newest(), false, r.Release.ID + "/" + ledger.Descriptor})
	}
	for _, w := range l.Withdrawn {
		list.Releases = append(list.Releases, release{w.Release.ID, w.Release.Period, w.Release.Date, false, true, w.Release.ID + "/" + ledger.Tomb})
	}
	return encode(list)
}

func encode(x any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(x)
	return b.Bytes(), err
}
