// Package stick packs a finished site so that it opens from a folder, such as on a USB stick, without a server and a connection.
//
// In: the site. Out: a zip whose first page is START.html. Links, stylesheets, fonts and pictures are addressed from where they stand;
// scripts are left out, since browsers load none of them from a folder and no page needs one. Of data files it holds the tables; a link
// to any other file leads to the site.
package stick

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// kept are the kinds of files that a page needs to be read, and its tables.
var kept = []string{".html", ".css", ".woff2", ".svg", ".png", ".jpg", ".webp", ".ico", ".csv"}

// left are parts of a site that only a server can show.
var left = regexp.MustCompile(`^(?:.*/)?(?:embed|cards)/`)

// Pack writes the zip. address is where the site stands on the web.
func Pack(site fs.FS, address string, w io.Writer) error {
	base, err := url.Parse(address)
	if err != nil {
		return err
	}
	files := map[string]bool{}
	var names []string
	err = fs.WalkDir(site, ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && slices.Contains(kept, path.Ext(p)) && !left.MatchString(p) {
			files[p], names = true, append(names, p)
		}
		return err
	})
	if err != nil {
		return err
	}
	pack := packer{zip.NewWriter(w), files, base}
	for _, name := range names {
		data, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		switch path.Ext(name) {
		case ".html":
			data, err = pack.page(name, data)
		case ".css":
			data = pack.stylesheet(name, data)
		}
		if err == nil {
			err = pack.add(name, data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if name == "index.html" { // found at once among many names
			if err := pack.add("START.html", data); err != nil {
				return err
			}
		}
	}
	return pack.zip.Close()
}

type packer struct {
	zip   *zip.Writer
	files map[string]bool
	base  *url.URL
}

func (p packer) add(name string, data []byte) error {
	method := zip.Deflate
	if e := path.Ext(name); e == ".woff2" || e == ".png" {
		method = zip.Store
	}
	// A fixed day: the same site gives the same zip.
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// page addresses what a page names from where it stands, and leaves out its scripts and what vouches for files that a server sends.
func (p packer) page(name string, data []byte) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var gone []*html.Node
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if drop(n) {
			gone = append(gone, n)
			continue
		}
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "integrity" || a.Key == "crossorigin" })
		for i, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || a.Key == "xlink:href" {
				n.Attr[i].Val = p.from(name, a.Val)
			}
		}
	}
	for _, n := range gone {
		n.Parent.RemoveChild(n)
	}
	var b bytes.Buffer
	err = html.Render(&b, doc)
	return b.Bytes(), err
}

// drop says whether an element is of no use without a server.
func drop(n *html.Node) bool {
	get := func(key string) string {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
		return ""
	}
	switch n.Data {
	case "script":
		return true
	case "link":
		return slices.Contains([]string{"manifest", "preload", "modulepreload", "describedby"}, get("rel"))
	case "meta":
		return strings.HasPrefix(get("property"), "og:") || strings.HasPrefix(get("name"), "impact:") || strings.HasPrefix(get("name"), "twitter:")
	}
	return false
}

// from gives the address of a file of the site as seen from another one. Where the zip lacks the file, it leads to the web.
func (p packer) from(name, address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, p.base.Path) {
		return address
	}
	file := strings.TrimPrefix(strings.TrimPrefix(u.Path, p.base.Path), "/")
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	if !p.files[file] {
		return p.base.ResolveReference(u).String()
	}
	to := (&url.URL{Path: relative(path.Dir(name), file), Fragment: u.Fragment}).String()
	return strings.TrimPrefix(to, "./")
}

// relative is the way from a folder to a file.
func relative(folder, file string) string {
	from, to := strings.Split(folder, "/"), strings.Split(file, "/")
	if folder == "." {
		from = nil
	}
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

var addressed = regexp.MustCompile(`url\((["']?)([^"')]+)["']?\)`)

func (p packer) stylesheet(name string, data []byte) []byte {
	return addressed.ReplaceAllFunc(data, func(m []byte) []byte {
		parts := addressed.FindSubmatch(m)
		return fmt.Appendf(nil, `url("%s")`, p.from(name, string(parts[2])))
	})
}
