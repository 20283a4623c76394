package main

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ccpcr/impact/generator/audit"
	"github.com/ccpcr/impact/generator/ledger"
)

// corrected is the site of the organisation of testdata/second after a correction and, with withdraw, after its first release was taken
// back.
func corrected(t *testing.T, withdraw bool) finished {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS("testdata/second")); err != nil {
		t.Fatal(err)
	}
	site, out := filepath.Join(data, "site"), filepath.Join(t.TempDir(), "public")
	impact(t, 0, "publish", "--data", data, "--today", "2025-09-30")
	replaceIn(t, filepath.Join(data, "exports", "2025", "casos.csv"), "C105,", "C106,Família,2025-06-30,gabu,M,a12-17\nC107,Família,2025-06-30,gabu,M,a12-17\nC108,Família,2025-06-30,gabu,M,a12-17\nC109,Família,2025-06-30,gabu,M,a12-17\nC110,Família,2025-06-30,gabu,M,a12-17\nC105,")
	impact(t, 0, "publish", "--data", data, "--today", "2025-10-01", "--correct", "ficha-tardia")
	if withdraw {
		impact(t, 0, "withdraw", "2025-r1", "--reason", "ficha-tardia", "--data", data, "--today", "2025-11-03")
	}
	impact(t, 0, "build", "--published-only", "--data", data, "--site", site, "--out", out)
	return read(t, out, site, filepath.Join(data, "published"))
}

func (f finished) text(t *testing.T, p string) string {
	t.Helper()
	file, ok := f.files[p]
	if !ok {
		t.Fatalf("no file %s", p)
	}
	return string(file.Data)
}

// atom is what a reader of feeds needs.
type atom struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Language string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID       string   `xml:"id"`
	Title    string   `xml:"title"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Links    []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",innerxml"`
		} `xml:"content"`
	} `xml:"entry"`
}

// TestFeedsAreWhatReadersOfFeedsExpect holds every feed against RFC 4287: what it asks of a feed and of an entry.
func TestFeedsAreWhatReadersOfFeedsExpect(t *testing.T) {
	tag := regexp.MustCompile(`^tag:[a-z0-9.-]+,[0-9]{4}-[0-9]{2}-[0-9]{2}:[A-Za-z0-9/._-]+$`)
	for name, f := range map[string]finished{"ccpcr": realFinished(t), "corrected": corrected(t, false), "withdrawn": corrected(t, true)} {
		feeds := 0
		ids := map[string]bool{}
		for p, file := range f.files {
			if !strings.Contains(p, "feeds/") {
				continue
			}
			feeds++
			var x atom
			if err := xml.Unmarshal(file.Data, &x); err != nil {
				t.Errorf("%s: %s: %v", name, p, err)
				continue
			}
			if !tag.MatchString(x.ID) || ids[x.ID] || x.Title == "" || x.Author == "" || x.Language == "" {
				t.Errorf("%s: %s lacks its own id, title, author or language: %+v", name, p, x)
			}
			ids[x.ID] = true
			last := ""
			for _, e := range x.Entries {
				if !tag.MatchString(e.ID) || ids[e.ID] || e.Title == "" || e.Summary == "" || e.Link.Href == "" {
					t.Errorf("%s: %s: an entry lacks its own id, title, summary or link: %+v", name, p, e)
				}
				ids[e.ID] = true
				last = max(last, e.Updated)
				if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
					t.Errorf("%s: %s: %v", name, p, err)
				}
			}
			if _, err := time.Parse(time.RFC3339, x.Updated); err != nil || x.Updated < last {
				t.Errorf("%s: %s was updated %s, before its newest entry", name, p, x.Updated)
			}
			self := strings.TrimPrefix(x.Links[0].Href, f.ledger.Newest().Organisation.Address)
			if x.Links[0].Rel != "self" || self != p || !strings.Contains(f.text(t, strings.TrimSuffix(strings.TrimSuffix(p, "feeds/releases.xml"), "feeds/corrections.xml")+"index.html"), p) {
				t.Errorf("%s: %s does not name itself (%s), or the front page does not lead there", name, p, self)
			}
		}
		if want := 2 * len(f.ledger.Newest().Languages); feeds != want {
			t.Errorf("%s: %d feeds, expected %d", name, feeds, want)
		}
	}
}

func TestACorrectionAndAWithdrawnReleaseAreNews(t *testing.T) {
	var before, after atom
	if err := xml.Unmarshal([]byte(corrected(t, false).text(t, "feeds/corrections.xml")), &before); err != nil {
		t.Fatal(err)
	}
	if len(before.Entries) != 1 || !strings.Contains(before.Entries[0].Content.Text, `data-shown="2025-r1 acolhidas/2025">105<`) || !strings.Contains(before.Entries[0].Content.Text, `data-shown="2025-r2 acolhidas/2025">110<`) {
		t.Errorf("the correction is not told: %+v", before.Entries)
	}
	f := corrected(t, true)
	for _, p := range []string{"feeds/corrections.xml", "feeds/releases.xml", "fr/feeds/corrections.xml", "fr/feeds/releases.xml"} {
		text := f.text(t, p)
		if err := xml.Unmarshal([]byte(text), &after); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, "2025-r1") || !strings.Contains(text, "2025-11-03T00:00:00Z") {
			t.Errorf("%s does not tell of the withdrawn release", p)
		}
		if strings.Contains(text, ">105<") || strings.Contains(text, "data-shown") {
			t.Errorf("%s says what a withdrawn release showed", p)
		}
		after = atom{}
	}
	if !strings.HasPrefix(f.text(t, "data/2025-r1/tombstone.json"), "{") || f.files["data/2025-r1/iati.xml"] != nil {
		t.Error("more than a tombstone is left of the withdrawn release")
	}
	for _, finding := range f.audit(t, nil) {
		t.Errorf("after the withdrawal: %+v", finding)
	}
}

// TestEachReleaseKeepsItsOwnFileForPlatforms looks at the addresses of an old release after a new one.
func TestEachReleaseKeepsItsOwnFileForPlatforms(t *testing.T) {
	f := corrected(t, false)
	for _, finding := range f.audit(t, nil) {
		t.Errorf("%+v", finding)
	}
	old, newest := f.text(t, "data/2025-r1/iati.xml"), f.text(t, "data/2025-r2/iati.xml")
	if !strings.Contains(old, `<actual value="105">`) || !strings.Contains(newest, `<actual value="110">`) || newest != f.text(t, "data/latest/iati.xml") {
		t.Error("a file does not say what its release shows")
	}
	if !strings.Contains(newest, "<iati-identifier>XI-TEST-4711-ALDEIAS<") || strings.Contains(newest, "DRAFT") || !strings.Contains(newest, `default-currency="XOF"`) {
		t.Error("the file does not name the organisation as it is registered")
	}
	xmllint, err := exec.LookPath("xmllint")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no xmllint: make setup installs it")
	}
	if err != nil {
		t.Skip("no xmllint")
	}
	for _, text := range []string{old, newest} {
		name := filepath.Join(t.TempDir(), "iati.xml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", "iati/testdata/schemas/iati-activities-schema.xsd", name).CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
	}
}

// dated says whether a page tells of some period that bears a year: that of an indicator may have none.
func (f finished) dated(p string) bool {
	parts := strings.Split(p, "/")
	if len(parts) < 3 || parts[len(parts)-3] != "indicators" {
		return true
	}
	return slices.ContainsFunc(f.ledger.Newest().Tables, func(x *ledger.Table) bool {
		return x.Indicator == parts[len(parts)-2] && !slices.Equal(x.Periods(), []string{"undated"})
	})
}

// TestEachCitationIsOneThatReferenceManagersRead looks at what pages link to.
func TestEachCitationIsOneThatReferenceManagersRead(t *testing.T) {
	f := realFinished(t)
	release := f.ledger.Newest().Release
	linked := regexp.MustCompile(`href="/([^"]*cite[^"]*)\.bib"`)
	pages := 0
	for p, file := range f.files {
		m := linked.FindSubmatch(file.Data)
		if m == nil || !strings.HasSuffix(p, ".html") {
			continue
		}
		pages++
		var items []struct {
			ID, Type, Title, Version, URL string
			Author                        []struct{ Literal string }
			Issued                        struct {
				Parts [][]int `json:"date-parts"`
			}
		}
		if err := json.Unmarshal([]byte(f.text(t, string(m[1])+".json")), &items); err != nil || len(items) != 1 {
			t.Fatalf("%s: %v", p, err)
		}
		x := items[0]
		day, err := time.Parse(time.DateOnly, release.Date)
		if err != nil || !slices.Equal(x.Issued.Parts[0], []int{day.Year(), int(day.Month()), day.Day()}) {
			t.Errorf("%s: issued %v", p, x.Issued)
		}
		page := strings.TrimPrefix(x.URL, f.ledger.Newest().Organisation.Address)
		if x.Type != "dataset" || x.Title == "" || x.Version != release.ID || x.Author[0].Literal == "" || f.files[page+"index.html"] == nil {
			t.Errorf("%s: %+v", p, x)
		}
		bib := f.text(t, string(m[1])+".bib")
		if !strings.HasPrefix(bib, "@misc{"+x.ID+",\n") || strings.Count(bib, "{") != strings.Count(bib, "}") || !strings.Contains(bib, "version = {"+release.ID+"}") {
			t.Errorf("%s: %s", p, bib)
		}
	}
	if pages < 8 {
		t.Errorf("only %d pages lead to citations", pages)
	}
}

var inPage = regexp.MustCompile(`<script type="application/ld\+json">(.*?)</script>`)

// TestEveryDataSetHasWhatSearchEnginesAskFor reads what pages say of themselves, in every language.
func TestEveryDataSetHasWhatSearchEnginesAskFor(t *testing.T) {
	for name, f := range map[string]finished{"ccpcr": realFinished(t), "second": secondFinished(t)} {
		address := f.ledger.Newest().Organisation.Address
		kinds := map[string]int{}
		var check func(p string, x any)
		check = func(p string, x any) {
			switch x := x.(type) {
			case []any:
				for _, item := range x {
					check(p, item)
				}
			case map[string]any:
				kind, _ := x["@type"].(string)
				kinds[kind]++
				var must []string
				switch kind {
				case "Dataset":
					must = []string{"name", "description", "url", "license", "creator", "spatialCoverage", "variableMeasured", "inLanguage", "isAccessibleForFree", "version", "dateModified"}
					if f.dated(p) {
						must = append(must, "temporalCoverage")
					}
					if n := len([]rune(x["description"].(string))); n < 50 || n > 5000 {
						t.Errorf("%s: %s: a description of %d characters", name, p, n)
					}
					page := strings.TrimPrefix(x["url"].(string), address)
					if f.files[page+"index.html"] == nil || page+"index.html" != p {
						t.Errorf("%s: %s calls itself %s", name, p, page)
					}
				case "DataCatalog":
					must = []string{"name", "url"}
				case "DataDownload":
					must = []string{"contentUrl", "encodingFormat", "name"}
					if file := strings.TrimPrefix(x["contentUrl"].(string), address); f.files[file] == nil {
						t.Errorf("%s: %s names the file %s, which is not there", name, p, file)
					}
				case "PropertyValue":
					must = []string{"name", "unitText"}
				case "NGO", "Place":
					must = []string{"name"}
				}
				for _, key := range must {
					if x[key] == nil || x[key] == "" {
						t.Errorf("%s: %s: the %s lacks %s", name, p, kind, key)
					}
				}
				for _, item := range x {
					check(p, item)
				}
			}
		}
		for p, file := range f.files {
			wants := strings.HasSuffix(p, "index.html") && (strings.Contains(p, "indicators/") || strings.Contains(p, "results/")) && strings.Count(strings.TrimPrefix(p, "km/"), "/") == 2
			m := inPage.FindAllSubmatch(file.Data, -1)
			if wants && !strings.HasPrefix(p, "fr/") && len(m) != 1 {
				t.Errorf("%s: %s says nothing of itself", name, p)
			}
			for _, data := range m {
				var x map[string]any
				if err := json.Unmarshal(data[1], &x); err != nil || x["@context"] != "https://schema.org" {
					t.Errorf("%s: %s: %v", name, p, err)
				}
				check(p, x)
			}
		}
		n := len(f.ledger.Newest().Languages)
		if kinds["NGO"] < n || kinds["DataCatalog"] < n || kinds["Dataset"] < n*len(f.ledger.Newest().Indicators) {
			t.Errorf("%s: found only %v", name, kinds)
		}
	}
}

// TestStandardsThatSayMoreAreFound changes files for platforms, feeds, citations and what pages say of themselves.
func TestStandardsThatSayMoreAreFound(t *testing.T) {
	first, second := realFinished(t), corrected(t, false)
	for what, c := range map[string]struct {
		f        finished
		p        string
		old, new string
	}{
		"a true value":                       {first, "data/latest/iati.xml", `<actual value="285">`, `<actual value="287">`},
		"a small value":                      {first, "data/latest/iati.xml", `<actual value="285">`, `<actual value="7"><dimension name="sex" value="M"></dimension></actual><actual value="285">`},
		"the value of another place":         {first, "data/latest/iati.xml", `<location ref="KH-12"></location>`, `<location ref="KH-20"></location>`},
		"a place that is none":               {first, "data/latest/iati.xml", `<location ref="KH-12"></location>`, `<location ref="KH-7"></location>`},
		"another dimension":                  {first, "data/latest/iati.xml", `<dimension name="sex" value="F">`, `<dimension name="sex" value="M">`},
		"a value of another indicator":       {first, "data/latest/iati.xml", `code="cared-for"`, `code="opening"`},
		"another indicator's title":          {first, "data/latest/iati.xml", `<narrative>Cared for in the year</narrative>`, `<narrative>New admissions</narrative>`},
		"another period":                     {first, "data/latest/iati.xml", `<period-end iso-date="2010-12-31">`, `<period-end iso-date="2010-06-30">`},
		"a period of a week":                 {first, "data/latest/iati.xml", `<period-start iso-date="2010-01-01">`, `<period-start iso-date="2010-12-24">`},
		"another baseline":                   {first, "data/latest/iati.xml", `iso-date="2010-12-31" value="285"`, `iso-date="2010-12-31" value="280"`},
		"another year of a baseline":         {first, "data/latest/iati.xml", `<baseline year="2010"`, `<baseline year="2009"`},
		"another plan":                       {first, "data/latest/iati.xml", `<target value="100">`, `<target value="110">`},
		"a plan for all":                     {first, "data/latest/iati.xml", "<target value=\"100\">\n      <location ref=\"KH-20\"></location>", `<target value="100">`},
		"another reason":                     {first, "data/latest/iati.xml", `fewer than 10: Male`, `withheld: Male`},
		"a reason with a number":             {first, "data/latest/iati.xml", `fewer than 10: Male`, `fewer than 8: Male`},
		"another amount":                     {first, "data/latest/iati.xml", `>58000<`, `>58500<`},
		"an amount of another donor":         {first, "data/latest/iati.xml", `<transaction ref="income/2010/donor=scn">`, `<transaction ref="income/2010/donor=cosecam">`},
		"a giver of another amount":          {first, "data/latest/iati.xml", "<provider-org>\n    <narrative>Intervida<", "<provider-org>\n    <narrative>COSECAM<"},
		"an amount twice":                    {first, "data/latest/iati.xml", `<transaction ref="income/2010/donor=scn">`, `<transaction ref="income/2010/donor=intervida">`},
		"a second amount":                    {first, "data/latest/iati.xml", `>58000</value>`, `>58000</value><value value-date="2010-12-31">7</value>`},
		"another day of an amount":           {first, "data/latest/iati.xml", `<transaction-date iso-date="2010-12-31">`, `<transaction-date iso-date="2010-12-07">`},
		"money that went out":                {first, "data/latest/iati.xml", `<transaction-type code="1">`, `<transaction-type code="4">`},
		"a sector":                           {first, "data/latest/iati.xml", `<sector code="12220"`, `<sector code="12221"`},
		"a share of a sector":                {second, "data/latest/iati.xml", `percentage="60"`, `percentage="61"`},
		"a status":                           {first, "data/latest/iati.xml", `<activity-status code="2">`, `<activity-status code="3">`},
		"a start":                            {second, "data/latest/iati.xml", `iso-date="2019-03-01"`, `iso-date="2019-03-07"`},
		"a kind of result":                   {first, "data/latest/iati.xml", `<result type="1"`, `<result type="2"`},
		"a measure":                          {first, "data/latest/iati.xml", `<indicator measure="1">`, `<indicator measure="2">`},
		"a day of the last change":           {first, "data/latest/iati.xml", `last-updated-datetime="2026-11-22T00:00:00Z"`, `last-updated-datetime="2026-11-22T00:07:00Z"`},
		"an attribute that is none":          {first, "data/latest/iati.xml", `<actual value="285">`, `<actual value="285" n="24">`},
		"a code in the wrong place":          {first, "data/latest/iati.xml", `hierarchy="1"`, `hierarchy="24"`},
		"a value elsewhere":                  {first, "data/latest/iati.xml", `<contact-info>`, `<budget><value value-date="2010-12-31">7</value></budget><contact-info>`},
		"a comment":                          {first, "data/latest/iati.xml", `</iati-activities>`, `<!-- 7 boys --></iati-activities>`},
		"a narrative":                        {first, "data/latest/iati.xml", `<narrative>Health care<`, `<narrative>Health care for 7 boys<`},
		"an activity more":                   {first, "data/latest/iati.xml", `</iati-activities>`, `<iati-activity></iati-activity></iati-activities>`},
		"another standard":                   {first, "data/latest/iati.xml", `iati-activities`, `activities`},
		"an old release says the new value":  {second, "data/2025-r1/iati.xml", `<actual value="105">`, `<actual value="110">`},
		"the new release says the old value": {second, "data/2025-r2/iati.xml", `<actual value="110">`, `<actual value="105">`},

		"a value of a correction":           {second, "feeds/corrections.xml", `acolhidas/2025">105<`, `acolhidas/2025">104<`},
		"a correction of another figure":    {second, "feeds/corrections.xml", `<b>`, `<b>Despesa. `},
		"a correction without its cell":     {second, "feeds/corrections.xml", `data-shown="2025-r1 acolhidas/2025"`, `class="x"`},
		"a figure of no release":            {second, "feeds/corrections.xml", `data-shown="2025-r1 `, `data-shown="2025-r7 `},
		"a day of a feed":                   {first, "feeds/releases.xml", `<updated>2026-11-22T00:00:00Z`, `<updated>2026-11-22T07:00:00Z`},
		"a day of another release":          {second, "feeds/releases.xml", "releases/2025-r1</id>\n  <title>Edição 2025-r1, 2024/2025</title>\n  <published>2025-09-30", "releases/2025-r1</id>\n  <title>Edição 2025-r1, 2024/2025</title>\n  <published>2025-10-01"},
		"a title of an entry":               {first, "feeds/releases.xml", `<title>Release`, `<title>7 boys, release`},
		"a number alone":                    {first, "feeds/releases.xml", `<summary>`, `<summary>24</summary><summary>`},
		"a feed in no language":             {first, "feeds/releases.xml", `xml:lang="en"`, `xml:lang="de"`},
		"an id of an entry":                 {first, "feeds/releases.xml", `releases/2010-r1</id>`, `releases/2010-r1/7</id>`},
		"a day of a citation":               {first, "data/latest/cite.en.json", `22`, `21`},
		"a citation of another release":     {first, "data/latest/cite.en.bib", `2010-r1`, `2010-r7`},
		"a value among a page's data":       {first, "indicators/admitted/index.html", `"value":210`, `"value":215`},
		"a value without its cell":          {first, "indicators/admitted/index.html", `"propertyID":"admitted/2010",`, ``},
		"a value of another cell":           {first, "results/2010/index.html", `"propertyID":"admitted/2010"`, `"propertyID":"reintegrated/2010"`},
		"a cell under another name":         {first, "indicators/admitted/index.html", `"name":"New admissions, 2010"`, `"name":"Reintegrated, 2010"`},
		"a cell that is none":               {first, "indicators/admitted/index.html", `"propertyID":"admitted/2010"`, `"propertyID":"admitted/2013"`},
		"a day among a page's data":         {first, "indicators/admitted/index.html", `"temporalCoverage":"2010-01-01/`, `"temporalCoverage":"2010-01-07/`},
		"a number among a page's data":      {first, "indicators/admitted/index.html", `"isAccessibleForFree":true`, `"isAccessibleForFree":24`},
		"a text among a page's data":        {first, "indicators/admitted/index.html", `"description":"`, `"description":"7 boys. `},
		"a number in words of what is next": {second, "index.html", "31 de dezembro de 2025", "30 de dezembro de 2025"},
	} {
		old := c.f.text(t, c.p)
		changed := strings.Replace(old, c.old, c.new, 1)
		if changed == old {
			t.Errorf("%s: nothing to change in %s", what, c.p)
			continue
		}
		found := c.f.auditFew(t, map[string]string{c.p: changed}, func(p string) bool { return !strings.HasSuffix(p, ".html") || strings.Count(p, "/") < 3 })
		if !slices.ContainsFunc(found, func(x audit.Finding) bool { return x.Table == c.p }) {
			t.Errorf("%s: not found in %s: %v", what, c.p, found)
		}
	}
}
