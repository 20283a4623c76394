package main

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/audit"
)

// repacked is a zip or workbook with one text of one part replaced.
func repacked(t *testing.T, data []byte, part, old, by string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out, found := zip.NewWriter(&b), false
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, part) && bytes.Contains(text, []byte(old)) {
			text, found = bytes.Replace(text, []byte(old), []byte(by), 1), true
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil || !found {
		t.Fatalf("no %q in %s: %v", old, part, err)
	}
	return b.String()
}

// TestDownloadsThatSayOtherwiseAreFound changes what a build makes: numbers that the release shows elsewhere, signs, words, sizes, hashes.
func TestDownloadsThatSayOtherwiseAreFound(t *testing.T) {
	f := realFinished(t)
	const csv, hxl, book, whole = "data/latest/csv/admitted.province.csv", "data/2010-r1/hxl/admitted.province.csv", "data/latest/xlsx/admitted.en.xlsx", "data/latest/figures.km.xlsx"
	const object, descriptor, zipped, list = "data/latest/json/admitted.json", "data/latest/csv/datapackage.json", "data/latest/release.zip", "data/latest/csv/lists/province.csv"
	downloads := func(p string) bool { // a page, since a site without one is none, and what stands beside what is changed
		return p == "404.html" || strings.HasPrefix(p, "data/latest/csv/") || slices.Contains([]string{hxl, book, object, zipped}, p)
	}
	for _, finding := range f.auditFew(t, nil, downloads) {
		if finding.Table != "404.html" {
			t.Fatalf("says too much as it is built: %+v", finding)
		}
	}
	text := func(p, old, by string) [2]string {
		t.Helper()
		data := string(f.files[p].Data)
		if !strings.Contains(data, old) {
			t.Fatalf("%s holds no %q", p, old)
		}
		return [2]string{p, strings.Replace(data, old, by, 1)}
	}
	part := func(p, part, old, by string) [2]string {
		t.Helper()
		return [2]string{p, repacked(t, f.files[p].Data, part, old, by)}
	}
	const small, sheet = "null,\n     \"status\": \"small\"", "sheet3.xml"
	for what, c := range map[string][2]string{
		"the number of another cell in a table":    text(csv, ",115,", ",95,"),
		"the number of another cell among tags":    text(hxl, ",115,", ",95,"),
		"a number in a tag":                        text(hxl, "#adm1+name+i_en", "#adm7+name+i_en"),
		"a number more in a tag":                   text(hxl, "#adm1+code", "#adm1+code+n7"),
		"a number behind a label":                  text(csv, "Phnom Penh", "Phnom Penh (115)"),
		"a number in place of a label":             text(csv, "Phnom Penh", "95"),
		"a status in place of none":                text(csv, ",115,people,នាក់,,", ",115,people,នាក់,small,"),
		"another status in a table":                text("data/latest/csv/admitted.sex.csv", ",small,", ",missing,"),
		"a sign of another cell":                   text("data/latest/csv/admitted.sex.csv", ",small,", ",..,"),
		"another number of an object":              text(object, `"value": 115`, `"value": 95`),
		"another status of an object":              text(object, small, `null, "status": "withheld"`),
		"a number in place of a status":            text(object, small, "7"),
		"a code that the cell does not have":       text(object, `"province": "KH-12"`, `"province": "7"`),
		"a plan that nobody has":                   text(object, `"planned": 30`, `"planned": 31`),
		"a code that no list has":                  text(object, `"id": "KH-12"`, `"id": "77"`),
		"another label of a code":                  text(object, `"en": "Phnom Penh"`, `"en": "7 boys"`),
		"another label of a category":              text(descriptor, `"label": "Phnom Penh"`, `"label": "7 boys"`),
		"a category that no list has":              text(descriptor, `"value": "KH-12"`, `"value": "77"`),
		"something else that is allowed":           text(descriptor, `"KH-12"`, `"77"`),
		"another size of a file":                   text(descriptor, `"bytes": `, `"bytes": 1`),
		"another hash of a file":                   text(descriptor, `"hash": "sha256:`, `"hash": "sha256:7`),
		"another label in a list":                  text(list, "Phnom Penh", "7 boys"),
		"a code more in a list":                    text(list, "KH-12", "77"),
		"a number in the list of releases":         text("data/releases.json", `"period": "2010"`, `"period": "7"`),
		"a number in the description of addresses": text("data/openapi.json", "every release", "7 releases"),
		"a number in words":                        text("data/latest/README.txt", "Fewer than 10", "Fewer than 7"),
		"the number of another cell in a sheet":    part(book, "sheet2.xml", "<v>115</v>", "<v>95</v>"),
		"another sign in a sheet":                  part(book, sheet, "&lt;10", ".."),
		"a number in place of a sign":              part(book, sheet, `t="inlineStr"><is><t>&lt;10</t></is>`, `><v>7</v>`),
		"a shown number in place of a sign":        part(book, sheet, `t="inlineStr"><is><t>&lt;10</t></is>`, `><v>115</v>`),
		"the id of another cell in a sheet":        part(book, "sheet2.xml", "province=KH-12", "province=KH-20"),
		"a number in the notes":                    part(book, "sheet1.xml", "Fewer than 10", "Fewer than 7"),
		"a number in the name of a sheet":          part(book, "workbook.xml", `name="Province"`, `name="Province 7"`),
		"a number in the title of a workbook":      part(book, "core.xml", "New admissions", "7 admissions"),
		"another number of a whole release":        part(whole, "sheet2.xml", "<v>115</v>", "<v>95</v>"),
		"a plan in a workbook":                     part(whole, "sheet4.xml", "<v>30</v>", "<v>31</v>"),
		"another table in a zip":                   part(zipped, "csv/admitted.province.csv", ",115,", ",95,"),
		"another text in a zip":                    part(zipped, "README.txt", "Fewer than 10", "Fewer than 7"),
		"a table more among the ledger's":          {"data/latest/tables/admitted.district.csv", "period,value\n"},
		"a file in the folder of no release":       {"data/2011-r1/README.txt", "nothing"},
	} {
		found := f.auditFew(t, map[string]string{c[0]: c[1]}, downloads)
		if !slices.ContainsFunc(found, func(x audit.Finding) bool { return strings.HasPrefix(x.Table, c[0]) }) {
			t.Errorf("%s: not found in %s: %v", what, c[0], found)
		}
	}
	page := strings.Replace(string(f.files["data/index.html"].Data), `class="meta">`, `class="meta">7 kB, `, 1)
	if found := f.audit(t, map[string]string{"data/index.html": page}); len(found) == 0 {
		t.Error("the size of a file on a page: not found")
	}
}
