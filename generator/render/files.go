package render

import (
	"strings"

	"github.com/ccpcr/impact/generator/download"
	"github.com/ccpcr/impact/generator/iati"
)

// files lists what readers may take away: of the whole release, and of each indicator. taken are all files, by their path below
// /data/. The addresses name the release, so that they still answer when a newer one is out.
func (v view) files(s *site, taken download.Files) {
	name, id := v.Package.Name, v.Release.Release.ID+"/"
	whole := func(key, format, path, save string) {
		s.Files = append(s.Files, v.take(taken, v.Word(key), format, path, save))
	}
	whole("file-all", "XLSX", id+download.Workbook("", v.Code), name+"."+v.Code+".xlsx")
	whole("file-whole", "ZIP", id+download.Package, name+".zip")
	if v.Organisation.IATI != nil {
		whole("platforms-text", "XML", id+iati.Name, "")
	}
	whole("file-indicators", "JSON", id+"json/index.json", "")
	whole("file-lists", "JSON", "releases.json", "")
	whole("file-addresses", "JSON", "openapi.json", "")
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		for _, t := range v.Tables {
			if t.Indicator != ind.ID {
				continue
			}
			if len(ind.Files) == 0 {
				ind.Files = append(ind.Files, v.take(taken, v.Word("file-one"), "XLSX", id+download.Workbook(ind.ID, v.Code), ""))
			}
			title := v.titleOf(t)
			if title == "" {
				title = v.Word("total")
			}
			ind.Files = append(ind.Files, v.take(taken, title, "CSV", id+"csv/"+t.Name+".csv", ""), v.take(taken, title, "HXL", id+"hxl/"+t.Name+".csv", ""))
		}
		ind.Files = append(ind.Files, v.take(taken, v.Word("file-program"), "JSON", id+"json/"+ind.ID+".json", ""))
	}
}

// citations adds files for reference managers beside each results page.
func (v view) citations(s *site, files Files) error {
	for _, p := range s.Periods {
		page := "results/" + strings.ToLower(p.ID) + "/"
		cited, err := download.Citation(v.Release, v.Language, v.say("results-of", "period", p.Title), v.absolute(v.prefix+page), "results-"+p.ID)
		if err != nil {
			return err
		}
		for end, data := range cited {
			files["static/"+strings.TrimPrefix(v.prefix, v.base)+page+"cite"+end] = data
		}
	}
	return nil
}

func (v view) take(taken download.Files, title, format, path, save string) file {
	key, n := "size-b", len(taken[path])
	if n >= 1000 {
		key, n = "size-kb", (n+999)/1000
	}
	return file{title, "/data/" + path, save, format, v.say(key, "n", v.Int(int64(n)))}
}

// base is the name of a file without its folders.
func (f file) base() string { return f.Path[strings.LastIndex(f.Path, "/")+1:] }

// mediaType of a file, by the end of its name.
func (f file) mediaType() string {
	switch {
	case strings.HasSuffix(f.Path, ".csv"):
		return "text/csv"
	case strings.HasSuffix(f.Path, ".xlsx"):
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/json"
}
