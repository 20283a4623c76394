package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"time"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// Tomb is the name of the one file that is left of a withdrawn release.
const Tomb = "tombstone.json"

// Tombstone says that a release was withdrawn, when and why. It holds no figure of it, and no hash: with so few possible values a
// hash would confirm a guess.
type Tombstone struct {
	FormatVersion int         `json:"formatVersion"`
	Release       ReleaseInfo `json:"release"`
	Withdrawn     string      `json:"withdrawn"` // a date
	Reason        Note        `json:"reason"`
	File          []byte      `json:"-"` // as it stands
}

// Bury writes the folder of a withdrawn release. Which correction the release made goes with it.
func Bury(info ReleaseInfo, day string, reason Note) (Files, error) {
	info.Correction = ""
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(Tombstone{FormatVersion: FormatVersion, Release: info, Withdrawn: day, Reason: reason})
	return Files{Tomb: b.Bytes()}, err
}

func readTombstone(files Files, name string, diags *diag.List) (Tombstone, bool) {
	w := Tombstone{File: files[Tomb]}
	dec := json.NewDecoder(bytes.NewReader(files[Tomb]))
	dec.DisallowUnknownFields()
	err := dec.Decode(&w)
	if err == nil {
		err = w.valid()
	}
	if err != nil {
		diags.Errorf(diag.Pos{File: path.Join(name, Tomb)}, "ledger/tombstone", "restore it from version control", "expected a tombstone of format version %d: %v", FormatVersion, err)
		return w, false
	}
	for p := range files {
		if p != Tomb {
			diags.Errorf(diag.Pos{File: path.Join(name, p)}, "ledger/stranger", "delete it: its release was withdrawn", "expected nothing beside a tombstone")
		}
	}
	return w, true
}

func (w Tombstone) valid() error {
	if w.FormatVersion != FormatVersion {
		return fmt.Errorf("the format version is another one")
	}
	if !folderForm.MatchString(w.Release.ID) || w.Release.Sequence < 1 || w.Release.Correction != "" {
		return fmt.Errorf("it does not name its release")
	}
	if _, err := time.Parse(time.DateOnly, w.Withdrawn); err != nil {
		return fmt.Errorf("it bears no date")
	}
	if len(w.Reason.Text) == 0 {
		return fmt.Errorf("it gives no reason")
	}
	return plain([]lang.Text{w.Reason.Text})
}
