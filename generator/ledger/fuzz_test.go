package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// FuzzRead reads one release whose descriptor and whose first table are arbitrary. Where the descriptor can be read at all,
// the table is given the hash that it has, so that the reader gets as far as its rows.
func FuzzRead(f *testing.F) {
	files := release(f, "2010-r1", 1, sound)
	descriptor, table := files[ledger.Descriptor], files["tables/served.sex.csv"]
	f.Add(descriptor, table)
	f.Add(descriptor, []byte("period,sex,value,status\n2010,_T,,withheld\n2010,F,-0,\n2010,\"M\n\",,\n"))
	f.Add(descriptor, []byte("\ufeffperiod,sex,value,status\n"))
	f.Add([]byte(`{"resources":[{"path":"../x.csv"}]}`), table)
	f.Fuzz(func(t *testing.T, descriptor, table []byte) {
		files := ledger.Files{"2010-r1/" + ledger.Descriptor: descriptor}
		var p ledger.Package
		if json.Unmarshal(descriptor, &p) == nil && len(p.Resources) > 0 {
			sum := sha256.Sum256(table)
			p.Resources[0].Bytes, p.Resources[0].Hash = len(table), "sha256:"+hex.EncodeToString(sum[:])
			closed := ledger.Files{}
			if err := closed.Close(&p); err != nil {
				t.Fatal(err)
			}
			files["2010-r1/"+ledger.Descriptor] = closed[ledger.Descriptor]
			files["2010-r1/tables/served.sex.csv"] = table
		}
		var diags diag.List
		l := ledger.Read(files.FS(), "published", &diags)
		if diags.Failed() {
			return
		}
		for _, table := range l.Newest().Tables {
			for _, c := range table.Cells {
				if v, ok := l.Newest().Value(c.ID); !ok || v != c.Value {
					t.Errorf("the cell %s is read as %v and found as %v", c.ID, c.Value, v)
				}
			}
		}
	})
}
