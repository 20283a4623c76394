package render

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/ccpcr/impact/generator/lang"
	"github.com/ccpcr/impact/generator/ledger"
)

// frozen is a page for a frame that shows a figure as a release did, whatever later ones show. A figure has one for each release that
// changed it, and not for those that left it alone: that keeps them few. In place of a withdrawn release's stands that it was withdrawn.
type frozen struct {
	Path     string `json:"path"`     // below the folder of frames
	Fragment string `json:"fragment"` // empty where the release was withdrawn
	Title    string `json:"title"`
	Home     string `json:"home"` // the page that the newest figure stands on
	Said     string `json:"said"` // of which release it is, or why there is nothing
	Reason   string `json:"reason"`
}

// freeze makes the frozen pages of a language, and notes beside each figure of the newest release where it stands frozen.
func (v view) freeze(l *ledger.Ledger, s *site, pages *figures) error {
	s.Frozen = []frozen{}
	since, made, newest := map[string]string{}, map[string]string{}, map[string]frozen{}
	for _, r := range l.Releases {
		at := slices.IndexFunc(r.Languages, func(x *lang.Language) bool { return x.Code == v.Code })
		if at < 0 {
			continue
		}
		then := v.asOf(r, r.Languages[at])
		for _, shown := range then.framed() {
			id, ind := shown.id(), v.Indicator(shown.table.Indicator)
			f, err := then.tableFragment(shown.table, shown.period, true)
			if err != nil {
				return err
			}
			links := f.Links
			f.Links = nil
			data, err := json.Marshal(f)
			if err != nil {
				return err
			}
			if made[id] == string(data) {
				continue
			}
			made[id] = string(data)
			if r.Release.Date == "" { // nothing that is not published stands still
				delete(since, id)
				continue
			}
			page := frozen{
				Path: r.Release.ID + "/" + inAddress(id), Fragment: r.Release.ID + "/" + id, Title: then.Indicator(shown.table.Indicator).Title[v.Code],
				Home: "/indicators", Said: v.say("frozen-as-of", "release", r.Release.ID, "date", v.day(r.Release.Date)),
			}
			if ind != nil {
				page.Home += "/" + ind.ID
			} else {
				links = slices.Delete(links, 1, 2) // its definition has no page any more
			}
			f.Links = links
			pages.put(v.Code, page.Fragment, f)
			since[id], newest[id], s.Frozen = r.Release.ID, page, append(s.Frozen, page)
		}
	}
	for _, w := range l.Withdrawn {
		for _, id := range slices.Sorted(maps.Keys(newest)) {
			page := newest[id]
			page.Path, page.Fragment = w.Release.ID+"/"+inAddress(id), ""
			page.Said, page.Reason = v.say("edition-withdrawn", "date", v.day(w.Withdrawn)), w.Reason.Text[v.Code]
			s.Frozen = append(s.Frozen, page)
		}
	}
	for i := range s.Indicators {
		for _, b := range s.Indicators[i].Views {
			for j, f := range b.Fragments {
				if release := since[f.ID]; release != "" {
					b.Fragments[j].Frozen, b.Fragments[j].FrozenAt = release+"/"+inAddress(f.ID), v.say("embed-frozen", "release", release)
				}
			}
		}
	}
	return nil
}

// asOf is the same view of another release. Words that are younger than the release are those of today.
func (v view) asOf(r *ledger.Release, l *lang.Language) view {
	then := *l
	then.Words = maps.Clone(v.Words)
	maps.Copy(then.Words, l.Words)
	v.Release, v.Language = r, &then
	return v
}

// figure is a table in one period.
type figure struct {
	table  *ledger.Table
	period string
}

func (f figure) id() string { return f.table.Name + "." + f.period }

// inAddress writes a figure's id as addresses have it.
func inAddress(id string) string { return strings.ReplaceAll(id, ".", "-") }

// framed lists the figures of a release that have a page for frames: of each table the newest period of its kind.
func (v view) framed() []figure {
	var all []figure
	seen := map[string]bool{}
	for _, ind := range v.Indicators {
		for _, p := range v.periodsOf(ind.ID) {
			for _, t := range v.tables(ind.ID) {
				if frame := t.Name + "." + periodKind(p); v.tells(t, p) && !seen[frame] {
					seen[frame], all = true, append(all, figure{t, p})
				}
			}
		}
	}
	return all
}
