package render

import (
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
)

// feed is an Atom feed. All its days come from the ledger.
type feed struct {
	XMLName  xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Language string     `xml:"xml:lang,attr"`
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Author   author     `xml:"author"`
	Rights   string     `xml:"rights"`
	Links    []feedLink `xml:"link"`
	Entries  []newsItem `xml:"entry"`
}

type author struct {
	Name string `xml:"name"`
	URI  string `xml:"uri"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type newsItem struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Link      feedLink `xml:"link"`
	Summary   string   `xml:"summary"`
	Content   *content `xml:"content"`
}

// content is what changed, each value with the release and the cell that say so.
type content struct {
	Type string `xml:"type,attr"`
	Div  struct {
		XMLName xml.Name  `xml:"http://www.w3.org/1999/xhtml div"`
		List    []changed `xml:"ul>li"`
	}
}

type changed struct {
	Title  string  `xml:"b"`
	Values []shown `xml:"span"`
}

type shown struct {
	In   string `xml:"data-shown,attr"`
	Text string `xml:",chardata"`
}

// feeds adds the feeds of releases and of corrections, and names their addresses. Without a published release there are none.
func (v view) feeds(editions []edition, files Files) (feeds, error) {
	var days []string
	for _, e := range editions {
		if e.published != "" {
			days = append(days, e.published, e.updated)
		}
	}
	if len(days) == 0 {
		return feeds{}, nil
	}
	first, last := slices.Min(days), slices.Max(days)
	out := feeds{Releases: v.prefix + "feeds/releases.xml", Corrections: v.prefix + "feeds/corrections.xml"}
	for _, f := range []struct {
		address, name, title string
		has                  func(e edition) bool
	}{
		{out.Releases, "releases", v.Word("feed-releases"), func(edition) bool { return true }},
		{out.Corrections, "corrections", v.Word("feed-corrections"), func(e edition) bool { return e.Withdrawn != "" || len(e.Changes) > 0 }},
	} {
		x := v.feed(f.name, f.title, f.address, first, last)
		for _, e := range editions {
			if e.published != "" && f.has(e) {
				x.Entries = append(x.Entries, v.entry(f.name, first, e, f.name == "corrections"))
			}
		}
		data, err := xml.MarshalIndent(x, "", " ")
		if err != nil {
			return feeds{}, err
		}
		files["static/"+strings.TrimPrefix(f.address, v.base)] = append([]byte(xml.Header), append(data, '\n')...)
	}
	return out, nil
}

// tag is an id that stays whatever becomes of the address. The first day of the ledger is when its names were given.
func (v view) tag(first string, parts ...string) string {
	host := ""
	if u, err := url.Parse(v.Organisation.Address); err == nil {
		host = u.Hostname()
	}
	return "tag:" + host + "," + first + ":" + strings.Join(append([]string{v.Organisation.ID, v.Code}, parts...), "/")
}

// absolute is the whole address of a path of the site.
func (v view) absolute(path string) string {
	return v.Organisation.Address + strings.TrimPrefix(path, v.base)
}

func (v view) feed(name, title, address, first, last string) feed {
	o := v.Organisation
	return feed{
		Language: v.Locale, ID: v.tag(first, name), Title: o.Short[v.Code] + " · " + title, Updated: moment(last),
		Author: author{o.Name[v.Code], o.Address}, Rights: v.Licenses[0].Title,
		Links: []feedLink{{"self", "application/atom+xml", v.absolute(address)}, {"alternate", "text/html", v.absolute(v.prefix + "data/corrections/")}},
	}
}

func moment(day string) string { return day + "T00:00:00Z" }

func (v view) entry(name, first string, e edition, values bool) newsItem {
	out := newsItem{
		ID: v.tag(first, name, e.ID), Published: moment(e.published), Updated: moment(e.updated),
		Title:   v.say("feed-release", "release", e.ID, "period", v.period(e.period)),
		Link:    feedLink{"alternate", "text/html", v.absolute(v.prefix+"data/corrections/") + "#" + e.ID},
		Summary: v.Word("edition-unchanged"),
	}
	switch {
	case e.Withdrawn != "":
		out.Title, out.Summary = v.say("feed-withdrawn", "release", e.ID), e.Withdrawn+" "+e.Reason
	case len(e.Changes) > 0:
		out.Summary = e.Reason
		if out.Summary == "" {
			out.Summary = v.say("feed-corrected", "release", e.ID)
		}
		if values {
			out.Title, out.Content = v.say("feed-corrected", "release", e.ID), v.content(e)
		}
	case e.First:
		out.Summary = v.Word("edition-first")
	}
	return out
}

func (v view) content(e edition) *content {
	c := &content{Type: "xhtml"}
	for _, x := range e.Changes {
		c.Div.List = append(c.Div.List, changed{x.Title, []shown{{x.WasIn, x.Before}, {x.IsIn, x.After}}})
	}
	return c
}
