package download_test

import (
	"os"
	"testing"

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

// BenchmarkFiles makes and reads back all files of the project's release, in both languages.
func BenchmarkFiles(b *testing.B) {
	r := published(b).Newest()
	for b.Loop() {
		if _, err := download.Of(r); err != nil {
			b.Fatal(err)
		}
	}
}
