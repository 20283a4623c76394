package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/audit"
)

// hidden are changes of a page at a place that readers do not see, or that a reader of the file passes over. Each is made on the first
// page that has the place.
var hidden = map[string][2]string{
	"a title in a bar":                          {`(class="chart"[^>]*>.*?<path [^>]*)/>`, `$1><title>7 boys</title></path>`},
	"a title in a drawing's text":               {`(class="chart"[^>]*>.*?<text [^>]*>)`, `$1<tspan data-n="7"></tspan>`},
	"a path that begins with a number":          {`(class="chart"[^>]*>.*?<path [^>]*d=")`, `${1}7 `},
	"a path that goes on behind its end":        {`(class="chart"[^>]*>.*?<path [^>]*d="[^"]*Z)"`, `${1}7"`},
	"a path with more steps":                    {`(class="chart"[^>]*>.*?<path [^>]*d="[^"]*)Z"`, `${1}l0 0l0 0Z"`},
	"a number that is written longer":           {`(class="chart"[^>]*>.*?<path [^>]*d="M1 22l\d+)(?:\.\d)? `, `${1}.00 `},
	"a sign behind a drawing's size":            {`(class="chart"[^>]*viewBox="[^"]*)"`, `$1 ⑦"`},
	"a pattern that is called otherwise":        {`(<svg xmlns[^>]*class="chart"(?:[^<]|<[^/]|</[^s])*?)(f-[A-Za-z0-9-]+?)-1"(.*?)#[^)]*\)`, `$1$2-7"$3#$2-7)`},
	"a place on a group":                        {`(class="chart"[^>]*>.*?)<g`, `$1<g d="7" y="7"`},
	"a drawing that calls itself a key":         {`(<figure [^>]*class="figure[^>]*>)`, `$1<div class="map-key"><svg><text>7 boys</text></svg></div>`},
	"words in an ornament":                      {`(<svg class="sign"[^>]*>)`, `$1<desc>7 boys</desc>`},
	"words in a new ornament":                   {`</main>`, `<p class="hint"><svg><text>7 boys</text></svg></p>$0`},
	"a setting more in a drawing's data":        {`("option":\{)`, `$1"extra":{"value":7},`},
	"a name that nothing compares":              {`("yAxis":\{)`, `$1"name":"7 boys",`},
	"a key in a drawing's data":                 {`("option":\{)`, `$1"boys7":true,`},
	"a key that stands twice":                   {`("option":\{)`, `$1"grid":7,`},
	"a setting in other letters":                {`("kind":"\w+")`, `$1,"Width":7`},
	"data behind the data":                      {`(<script type="application/ld\+json">[^<]*)`, `$1 7`},
	"a remark in a cell":                        {`(data-cell="[^"]*">)(\d)`, `$1<!-- 7 boys -->$2`},
	"an attribute in a cell":                    {`(data-cell="[^"]*">)(\d)`, `$1<i title="7 boys"></i>$2`},
	"an attribute in a plan":                    {`(data-plan="[^"]*">)(\d)`, `$1<i title="7 boys"></i>$2`},
	"a cell where a plan is named":              {`(<[^>]* data-plan="[^"]*")`, `$1 data-cell="boys-7"`},
	"a cell that a script names":                {`</main>`, `<script type="application/json" data-cell="7 boys">{}</script>$0`},
	"the end of an element":                     {`</p>`, `</p data-n="7">`},
	"the type of the document":                  {`(?i)<!doctype html>`, `<!doctype html "7 boys">`},
	"a second body":                             {`</main>`, `$0<body class="main" id="boys-7">`},
	"an attribute that stands twice":            {`<a href="/"`, `$0 href="/7"`},
	"a signature":                               {`<meta name="description"`, `<meta name="boys" content="Hugo 0.116.7">$0`},
	"a detour":                                  {`<a href="/indicators/`, `<a href="/7/../indicators/`},
	"another word for a change":                 {`(class="beside change \w+">)[^<{]+`, `${1}Not down from `},
	"a second way of a change":                  {`class="beside change (\w+)"`, `class="beside change $1 up down"`},
	"another largest before the one that is it": {`(<p class="finding"[^>]*>)([^<]*<b>)`, `$1<b>Nobody</b>$2`},
	"a step of a scale on a box":                {`<td class="n"( data-cell)`, `<td class="n q5"$1`},
	"a map's size with a sign":                  {`(class="map"[^>]*viewBox="[^"]*)"`, `$1 ⑦"`},
	"words in a map's pattern":                  {`(<pattern id="f-[^>]*>)`, `$1<text>7 boys</text>`},
	"a map's outline that begins with a number": {`(class="map".*?<path d=")`, `${1}7 `},
}

// TestWhatReadersDoNotSeeIsRead hides numbers in pages.
func TestWhatReadersDoNotSeeIsRead(t *testing.T) {
	f := realFinished(t)
	var pages []string
	for p := range f.files {
		if strings.HasSuffix(p, ".html") && !strings.HasPrefix(p, "embed/") {
			pages = append(pages, p)
		}
	}
	slices.Sort(pages)
	changed, where := map[string]string{}, map[string]string{}
	for what, c := range hidden {
		re := regexp.MustCompile(`(?s)` + c[0])
		for _, p := range pages {
			page := string(f.files[p].Data)
			m := re.FindStringSubmatchIndex(page)
			if m == nil || changed[p] != "" {
				continue
			}
			changed[p] = page[:m[0]] + string(re.ExpandString(nil, c[1], page, m)) + page[m[1]:]
			where[what] = p
			break
		}
		if where[what] == "" {
			t.Errorf("%s: no place found", what)
		}
	}
	found := f.auditFew(t, changed, func(p string) bool { return !strings.HasSuffix(p, "search/index.json") })
	for what, p := range where {
		if !slices.ContainsFunc(found, func(x audit.Finding) bool { return x.Table == p }) {
			t.Errorf("%s: not found in %s", what, p)
		}
	}
}

// repackedWith is a zip with other parts.
func repackedWith(t *testing.T, old []byte, header func(h *zip.FileHeader), change func(name, text string) string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(old), int64(len(old)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		h := &zip.FileHeader{Name: f.Name, Method: f.Method, ModifiedDate: f.ModifiedDate}
		header(h)
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, change(f.Name, string(data)))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestWhatFilesHideIsRead hides numbers where programs that open a file do not show them.
func TestWhatFilesHideIsRead(t *testing.T) {
	f := realFinished(t)
	text := func(p string) string {
		if f.files[p] == nil {
			t.Fatalf("no file %s", p)
		}
		return string(f.files[p].Data)
	}
	as := func(*zip.FileHeader) {}
	in := func(part, from, to string) func(name, text string) string {
		return func(name, text string) string {
			if name != part {
				return text
			}
			if !strings.Contains(text, from) {
				t.Fatalf("%s does not say %q", part, from)
			}
			return strings.Replace(text, from, to, 1)
		}
	}
	book, pack, table := "data/latest/figures.en.xlsx", "data/latest/release.zip", "data/latest/tables/admitted.sex.csv"
	sheet := func(part, from, to string) string { return repackedWith(t, f.files[book].Data, as, in(part, from, to)) }
	icon := "touch-icon.png"
	for what, c := range map[string][2]string{
		"JSON behind JSON":              {"notes.json", `{} 7`},
		"a key twice":                   {"notes.json", `{"a": 7, "a": ""}`},
		"a code that is called a count": {"data/latest/notes.json", `{"id": "M", "labels": {"en": "Male", "km": "ប្រុស"}, "label": 7}`},
		"a code with a second value":    {"data/latest/notes.json", `{"id": "M", "value": "7", "labels": {"en": "Male", "km": "ប្រុស"}}`},
		"a code in a language unknown":  {"data/latest/notes.json", `{"id": "M", "labels": {"boys7": ""}}`},
		"an element":                    {"notes.xml", `<notes><boys-7/></notes>`},
		"an attribute's name":           {"notes.xml", `<notes n7=""/>`},
		"an instruction":                {"notes.xml", `<?boys 7?><notes/>`},
		"a declaration":                 {"notes.xml", `<!DOCTYPE notes "7 boys"><notes/>`},
		"a namespace":                   {"notes.xml", `<notes xmlns:b="https://example.org/7"/>`},
		"an element of a sitemap":       {"sitemap.xml", strings.Replace(text("sitemap.xml"), "<sitemap>", "<sitemap><boys-7/>", 1)},
		"an element of a feed":          {"feeds/changes.atom", `<feed><boys-7/></feed>`},
		"a head of a code list":         {"data/latest/lists/sex.csv", "code,7 boys\nM,\n"},
		"a code list with a longer row": {"data/latest/lists/sex.csv", "code\nM,7\n"},
		"a question in an address":      {"robots.txt", text("robots.txt") + "Sitemap: https://ccpcr.example.org/indicators/admitted/?n=7\n"},
		"a picture that is renamed":     {"boys-7.png", text(icon)},
		"a table in a zip, renamed":     {"data/latest/all.zip", packed(t, "boys-7.csv", text(table))},
		"a folder in a zip":             {"data/latest/all.zip", packed(t, "boys-7/", "")},
		"before a zip":                  {pack, "7 boys" + text(pack)},
		"behind a zip":                  {pack, text(pack) + "7 boys"},
		"a time in a zip":               {pack, repackedWith(t, f.files[pack].Data, func(h *zip.FileHeader) { h.ModifiedTime = 7 }, func(_, text string) string { return text })},
		"a day in a zip":                {pack, repackedWith(t, f.files[pack].Data, func(h *zip.FileHeader) { h.ModifiedDate = 39 }, func(_, text string) string { return text })},
		"more in a zip":                 {pack, repackedWith(t, f.files[pack].Data, func(h *zip.FileHeader) { h.Extra = []byte("7boys...") }, func(_, text string) string { return text })},
		"rights in a zip":               {pack, repackedWith(t, f.files[pack].Data, func(h *zip.FileHeader) { h.ExternalAttrs = 7 }, func(_, text string) string { return text })},
		"how numbers are written":       {book, sheet("xl/styles.xml", `<fonts `, `<numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;7 boys&quot;"/></numFmts><fonts `)},
		"a remark among styles":         {book, sheet("xl/styles.xml", `<fonts `, `<!-- 7 boys --><fonts `)},
		"a name in a workbook":          {book, sheet("xl/workbook.xml", `</sheets>`, `</sheets><definedNames><definedName name="boys7">A1</definedName></definedNames>`)},
		"a value behind a name":         {book, sheet("xl/workbook.xml", `</sheets>`, `</sheets><definedNames><definedName name="boys">10007</definedName></definedNames>`)},
		"a hint in a sheet":             {book, sheet("xl/worksheets/sheet1.xml", `<sheetData>`, `<dataValidations><dataValidation prompt="7 boys"/></dataValidations><sheetData>`)},
		"a text that is not there":      {book, sheet("xl/worksheets/sheet1.xml", `<sheetData>`, `<sheetData><row r="999"><c t="s"><v>7</v></c></row>`)},
		"a subject of a workbook":       {book, sheet("docProps/core.xml", `<dc:creator>`, `<dc:subject>7 boys</dc:subject><dc:creator>`)},
		"a target of a workbook":        {book, sheet("xl/_rels/workbook.xml.rels", `worksheets/sheet1.xml`, `https://example.org/7`)},
	} {
		found := f.auditFew(t, map[string]string{c[0]: c[1]}, func(p string) bool {
			return p == "index.html" || p == book || !strings.HasSuffix(p, ".html") && !strings.Contains(p, "cards/") && !strings.HasPrefix(p, "data/2")
		})
		if !slices.ContainsFunc(found, func(x audit.Finding) bool { return strings.HasPrefix(x.Table, c[0]) }) {
			t.Errorf("%s: not found in %s", what, c[0])
		}
	}
}

// TestAnExportAmongTheFilesOfStaffIsFound puts what a warehouse counted where pictures of staff belong.
func TestAnExportAmongTheFilesOfStaffIsFound(t *testing.T) {
	f := realFinished(t)
	tally := "period,sex,count\n2010,F,7\n2010,M,1203\n"
	f.own = append(f.own, fstest.MapFS{"tally.csv": {Data: []byte(tally)}, "boys.png": {Data: []byte("\x89PNG")}})
	found := f.auditFew(t, map[string]string{"tally.csv": tally, "boys.png": "\x89PNG"}, func(p string) bool { return p == "index.html" })
	if !slices.ContainsFunc(found, func(x audit.Finding) bool { return x.Table == "tally.csv" }) {
		t.Errorf("the tally was not found: %v", found)
	}
	if slices.ContainsFunc(found, func(x audit.Finding) bool { return x.Table == "boys.png" }) {
		t.Error("a picture of staff was found")
	}
}
