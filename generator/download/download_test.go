package download_test

import (
	"bytes"
	"maps"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/download"
	"github.com/ccpcr/impact/generator/ledger"
)

func published(t testing.TB) *ledger.Ledger {
	t.Helper()
	var diags diag.List
	l := ledger.Read(os.DirFS("../../data/published"), "published", &diags)
	if diags.Failed() || l.Newest() == nil {
		diags.Print(os.Stderr)
		t.Fatal("the ledger cannot be read")
	}
	return l
}

// latest are all files of the project's newest release, the ledger's own included.
func latest(t testing.TB) download.Files {
	t.Helper()
	r := published(t).Newest()
	files, err := download.Of(r, cache.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(files, r.Files)
	return files
}

func TestTheSameReleaseGivesTheSameBytes(t *testing.T) {
	first := latest(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second := latest(t)
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs", name)
		}
	}
	if len(first) < 500 || len(first) != len(second) {
		t.Errorf("%d and %d files", len(first), len(second))
	}
}

// BenchmarkFiles makes and reads back all files of the project's release, in both languages.
func BenchmarkFiles(b *testing.B) {
	r := published(b).Newest()
	for b.Loop() {
		if _, err := download.Of(r, cache.Folder{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTagsSayWhatHumanitarianToolsKnow reads the row of tags: of places, of a column with a tag of its own, and of one without.
func TestTagsSayWhatHumanitarianToolsKnow(t *testing.T) {
	r := published(t).Newest()
	r.Table("admitted", "sex").Attributes[0].HXL = "#affected+sex"
	files, err := download.Of(r, cache.Folder{})
	if err != nil {
		t.Fatal(err)
	}
	for table, tags := range map[string]string{
		"admitted.province":  "#adm1+code,#adm1+name+i_en,#adm1+name+i_km",
		"admitted.sex":       "#affected+sex+code,#affected+sex+name+i_en,#affected+sex+name+i_km",
		"animal-raising.sex": "#meta+sex+code,#meta+sex+name+i_en,#meta+sex+name+i_km",
	} {
		if row := strings.SplitN(string(files["hxl/"+table+".csv"]), "\r\n", 3)[1]; !strings.Contains(row, ","+tags+",") {
			t.Errorf("%s: %s", table, row)
		}
	}
}

func TestKeptWorkbooksAreTheSameBytes(t *testing.T) {
	r, kept := published(t).Newest(), cache.Folder{Dir: t.TempDir()}
	want := latest(t)
	for range 2 {
		files, err := download.Of(r, kept)
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range files {
			if !bytes.Equal(data, want[name]) {
				t.Errorf("%s differs", name)
			}
		}
	}
}
