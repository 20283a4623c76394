package iati_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/antchfx/xmlquery"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

const published = "../../data/published"

type object = map[string]any

// release reads the newest release of the ledger; change may rewrite its descriptor.
func release(t *testing.T, change func(descriptor object)) *ledger.Release {
	t.Helper()
	var diags diag.List
	l := ledger.Read(os.DirFS(published), published, &diags)
	if diags.Failed() {
		diags.Print(os.Stderr)
		t.Fatal("the ledger cannot be read")
	}
	r := l.Newest()
	if change == nil {
		return r
	}
	var descriptor object
	if err := json.Unmarshal(r.Files[ledger.Descriptor], &descriptor); err != nil {
		t.Fatal(err)
	}
	change(descriptor)
	data, err := json.Marshal(descriptor)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, file := range r.Files {
		fsys[r.Release.ID+"/"+name] = &fstest.MapFile{Data: file}
	}
	fsys[r.Release.ID+"/"+ledger.Descriptor] = &fstest.MapFile{Data: data}
	l = ledger.Read(fsys, "changed", &diags)
	if diags.Failed() {
		diags.Print(os.Stderr)
		t.Fatal("the changed ledger cannot be read")
	}
	return l.Newest()
}

func write(t *testing.T, r *ledger.Release) []byte {
	t.Helper()
	data, err := iati.File(r)
	if err != nil || data == nil {
		t.Fatalf("no file: %v", err)
	}
	return data
}

// registered is the organisation as it would be with an identifier, two sectors and days on which programmes began.
func registered(d object) {
	o := d["organisation"].(object)
	o["iati"] = object{"identifier": "KH-MOI-1994", "type": "24", "currency": "USD", "sectors": []any{
		object{"code": "16015", "percent": 60}, object{"code": "15180", "percent": 40}}}
	for i, p := range d["programmes"].([]any) {
		x := object{"starts": "1998-10-01", "sectors": []any{object{"code": "12220"}}}
		if i == 1 {
			x["status"], x["ends"], x["identifier"] = "4", "2009-12-31", "KH-MOI-1994-OLD"
		}
		p.(object)["iati"] = x
	}
}

var variants = map[string]func(object){
	"as it is":   nil,
	"registered": registered,
	"nothing is known of its area": func(d object) {
		o := d["organisation"].(object)
		delete(o, "area")
		o["iati"] = object{"type": "24", "currency": "USD"}
		for _, p := range d["programmes"].([]any) {
			delete(p.(object), "iati")
		}
	},
	"in a region, and invented": func(d object) {
		o := d["organisation"].(object)
		o["area"] = object{"name": o["area"].(object)["name"], "region": "789"}
		o["sample"] = true
	},
}

// valid runs xmllint against the standard's schema. Without xmllint the test is skipped, and in CI it fails.
func valid(t *testing.T, file []byte) (good bool, why string) {
	t.Helper()
	path, err := exec.LookPath("xmllint")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("no xmllint: make setup installs it")
	}
	if err != nil {
		t.Skip("no xmllint")
	}
	name := filepath.Join(t.TempDir(), iati.Name)
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, "--noout", "--nonet", "--schema", "testdata/schemas/iati-activities-schema.xsd", name).CombinedOutput()
	return err == nil, string(out)
}

func TestTheFilePassesTheSchemaOfTheStandard(t *testing.T) {
	for name, change := range variants {
		if good, why := valid(t, write(t, release(t, change))); !good {
			t.Errorf("%s: %s", name, why)
		}
	}
	file := string(write(t, release(t, nil)))
	for what, change := range map[string][2]string{
		"without its organisation": {"<reporting-org ref=", "<reporting-organisation ref="},
		"without a kind of result": {`<result type="1"`, `<result`},
		"with a day that is none":  {`<period-end iso-date="2010-12-31">`, `<period-end iso-date="31.12.2010">`},
		"with a plan after a fact": {"<actual value=\"285\"></actual>", "<actual value=\"285\"></actual><target value=\"1\"></target>"},
	} {
		changed := strings.Replace(file, change[0], change[1], 1)
		if good, _ := valid(t, []byte(changed)); good || changed == file {
			t.Errorf("%s it passes", what)
		}
	}
}

var aDay = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// A draft breaks the one rule that it must break: its organisation's identifier is none yet.
func TestTheFileKeepsTheRulesOfTheStandard(t *testing.T) {
	j := judge{t, standardRules(t), aDay}
	for name, change := range variants {
		r := release(t, change)
		want := []string{"1.14.8"}
		if r.Organisation.IATI.Identifier != "" {
			want = nil
		}
		if got := j.broken(write(t, r)); !slices.Equal(got, want) {
			t.Errorf("%s breaks the rules %v, want %v", name, got, want)
		}
	}
}

func TestEachRuleOfTheStandardFindsWhatBreaksIt(t *testing.T) {
	j := judge{t, standardRules(t), aDay}
	file := string(write(t, release(t, registered)))
	for rule, change := range map[string][2]string{
		"1.1.3":   {"<iati-identifier>KH-MOI-1994-organisation", "<iati-identifier>KH-MOI-1994"},
		"1.1.21":  {"<iati-identifier>KH-MOI-1994-health-care", "<iati-identifier>KH-MOI-1995-health-care"},
		"1.3.1":   {"<iati-identifier>KH-MOI", "<iati-identifier> KH-MOI"},
		"1.3.13":  {"<iati-identifier>KH-MOI-1994-health-care", "<iati-identifier>KH-MOI-1994-health/care"},
		"1.14.8":  {`<reporting-org ref="KH-MOI-1994"`, `<reporting-org ref="ccpcr"`},
		"2.1.1":   {` percentage="60"`, ``},
		"2.1.2":   {` percentage="60"`, ` percentage="50"`},
		"3.7.1":   {`<recipient-country code="KH"></recipient-country>`, ``},
		"4.1.1":   {` xml:lang="en" default-currency`, ` default-currency`},
		"4.3.1":   {"<title>", "<title></title><title>"},
		"6.2.2":   {`<sector code="12220" vocabulary="1"></sector>`, ``},
		"6.6.2":   {"<provider-org>", `<sector code="12220"></sector><provider-org>`},
		"6.11.1":  {`<activity-date iso-date="1998-10-01" type="2">`, `<activity-date iso-date="1998-10-01" type="3">`},
		"7.8.1":   {` default-currency="USD"`, ``},
		"8.6.1":   {`<period-start iso-date="2010-01-01">`, `<period-start iso-date="2011-01-01">`},
		"8.8.1":   {`<baseline year="2010" iso-date="2010-12-31" value="285">`, `<baseline year="2010" iso-date="2010-12-31">`},
		"8.9.1":   {`<target value="100">`, `<target>`},
		"8.10.1":  {`<actual value="285">`, `<actual>`},
		"8.10.2":  {`<actual value="285">`, `<actual value="about 285">`},
		"8.10.3":  {`<indicator measure="1">`, `<indicator measure="5">`},
		"8.11.1":  {`<indicator measure="1">`, `<reference vocabulary="99" code="x"/><indicator measure="1">`},
		"11.1.1":  {`last-updated-datetime="2026-11-22`, `last-updated-datetime="2026-11-23`},
		"11.1.3":  {`iso-date="2009-12-31" type="4"`, `iso-date="1997-12-31" type="4"`},
		"11.1.4":  {`<activity-date iso-date="1998-10-01"`, `<activity-date iso-date="2098-10-01"`},
		"11.2.1":  {`<transaction-date iso-date="2010`, `<transaction-date iso-date="2030`},
		"12.3.1":  {` percentage="60"`, ` percentage="160"`},
		"102.1.1": {`<sector code="12220" vocabulary="1">`, `<sector code="12220" vocabulary="2">`},
	} {
		changed := strings.Replace(file, change[0], change[1], 1)
		if changed == file {
			t.Errorf("%s: nothing to change", rule)
		}
		if got := j.broken([]byte(changed)); !slices.Contains(got, rule) {
			t.Errorf("%s: found only %v", rule, got)
		}
	}
}

// TestEveryFigureIsTheLedgersAndNothingHiddenStandsThere leads each value of the file back to the ledger by its own words, and each
// value of the ledger that can stand in the file to its place.
func TestEveryFigureIsTheLedgersAndNothingHiddenStandsThere(t *testing.T) {
	r := release(t, nil)
	doc, err := xmlquery.Parse(bytes.NewReader(write(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	periods := map[string]string{"2010-01-01 2010-12-31": "2010", "2010-01-01 2010-03-31": "2010-Q1", "2010-04-01 2010-06-30": "2010-Q2", "2011-01-01 2011-12-31": "2011"}
	told := map[string]string{}
	plans := map[string]string{}
	for _, v := range xmlquery.Find(doc, "//actual | //target") {
		p := v.Parent
		period := periods[xmlquery.FindOne(p, "period-start/@iso-date").InnerText()+" "+xmlquery.FindOne(p, "period-end/@iso-date").InnerText()]
		var where []string
		for _, n := range xmlquery.Find(v, "location/@ref") {
			where = append(where, "province="+n.InnerText())
		}
		for _, n := range xmlquery.Find(v, "dimension") {
			where = append(where, n.SelectAttr("name")+"="+n.SelectAttr("value"))
		}
		slices.Sort(where)
		id := xmlquery.FindOne(p, "../reference/@code").InnerText() + "/" + period
		if where != nil {
			id += "/" + strings.Join(where, ",")
		}
		into := told
		if v.Data == "target" {
			into = plans
		}
		if _, twice := into[id]; twice {
			t.Errorf("%s stands twice", id)
		}
		into[id] = v.SelectAttr("value")
	}
	for _, v := range xmlquery.Find(doc, "//transaction") {
		told[v.SelectAttr("ref")] = xmlquery.FindOne(v, "value").InnerText()
	}
	want := map[string]string{}
	for id, v := range r.Cells() {
		n, isNumber := v.Number()
		_, rest, _ := strings.Cut(id, "/")
		if isNumber && !strings.HasPrefix(rest, "undated") && id != "income/2010" { // the sum of what donors gave is no transaction
			want[id] = strconv.FormatInt(n, 10)
		}
		if _, there := told[id]; there && !isNumber {
			t.Errorf("%s is hidden, and the file says %s", id, told[id])
		}
	}
	if !maps.Equal(told, want) {
		t.Errorf("the file says\n%v\nthe ledger shows\n%v", told, want)
	}
	planned := map[string]string{}
	for _, x := range r.Targets {
		if !strings.Contains(x.Cell, "/undated") {
			planned[x.Cell] = strconv.FormatInt(x.Value, 10)
		}
	}
	if !maps.Equal(plans, planned) {
		t.Errorf("the file plans\n%v\nthe ledger\n%v", plans, planned)
	}
	if len(told) < 100 || len(plans) < 20 {
		t.Errorf("only %d figures and %d plans", len(told), len(plans))
	}
}

func TestWhatIsHiddenIsNamedWithTheReason(t *testing.T) {
	doc, err := xmlquery.Parse(bytes.NewReader(write(t, release(t, nil))))
	if err != nil {
		t.Fatal(err)
	}
	admitted := xmlquery.FindOne(doc, "//indicator[reference/@code='admitted']/period[1]/actual[not(location or dimension)]/comment")
	if admitted == nil || !strings.Contains(admitted.SelectElement("narrative").InnerText(), "fewer than 10: Male") {
		t.Error("nothing says that the number of men and boys admitted is small")
	}
	for _, n := range xmlquery.Find(doc, "//title | //comment | //result/description") {
		if len(n.SelectElements("narrative")) != 2 {
			t.Errorf("%s is not told in both languages: %s", n.Data, n.InnerText())
		}
	}
}

func TestAnOrganisationThatPlatformsDoNotKnowHasNoFile(t *testing.T) {
	data, err := iati.File(release(t, func(d object) { delete(d["organisation"].(object), "iati") }))
	if data != nil || err != nil {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
}

func TestLabelsOfAnyFormStayText(t *testing.T) {
	hostile := "</narrative>]]><!-- & \" ' =HYPERLINK(ש)"
	file := write(t, release(t, func(d object) {
		d["programmes"].([]any)[0].(object)["title"].(object)["en"] = hostile
	}))
	if good, why := valid(t, file); !good {
		t.Error(why)
	}
	doc, err := xmlquery.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := xmlquery.Find(doc, "//iati-activity[2]/title/narrative")[0].InnerText(); got != hostile {
		t.Errorf("the title reads %q", got)
	}
}

func BenchmarkFile(b *testing.B) {
	var diags diag.List
	r := ledger.Read(os.DirFS(published), published, &diags).Newest()
	for b.Loop() {
		if _, err := iati.File(r); err != nil {
			b.Fatal(err)
		}
	}
}
