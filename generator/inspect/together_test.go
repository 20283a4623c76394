package inspect

import (
	"testing"
	"testing/fstest"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ingest"
)

func TestRowsStaySingleWhereTheirPersonOrAnotherDayCounts(t *testing.T) {
	text := "id,came,went\nP0001,2020-01-05,2020-02-01\nP0002,2020-01-06,2020-05-01\nP0003,2020-01-06,2020-05-01\n"
	id, came, went := codebook.Ref{ID: "id"}, codebook.Ref{ID: "came"}, codebook.Ref{ID: "went"}
	for what, c := range map[string]struct {
		dataset   codebook.Dataset
		indicator codebook.Indicator
		want      int
	}{
		"days of coming alone": {want: 1},
		"persons":              {dataset: codebook.Dataset{Person: &id}, want: 3},
		"spells":               {dataset: codebook.Dataset{Spell: &codebook.Spell{From: came, To: went}}, want: 3},
		"days of going":        {indicator: codebook.Indicator{Dated: &went}, want: 3},
	} {
		d := c.dataset
		d.ID, d.Files, d.Period = "stays", "*/stays.csv", came
		d.Columns = []*codebook.Column{{Name: "id", Type: "key", Pattern: "P[0-9]{4}"}, {Name: "came", Type: "date"}, {Name: "went", Type: "date"}}
		c.indicator.ID, c.indicator.Dataset, c.indicator.Measure = "stayed", codebook.Ref{ID: "stays"}, "count"
		cb := &codebook.Codebook{Datasets: []*codebook.Dataset{&d}, Indicators: []*codebook.Indicator{&c.indicator}}
		var diags diag.List
		in := New(cb, &d, &diags)
		in.Together()
		records, rows := 0, 0
		for rec := range in.Records(ingest.Find(fstest.MapFS{"2020/stays.csv": {Data: []byte(text)}}, "exports", cb, &diags)...) {
			records, rows = records+1, rows+rec.Rows
		}
		if diags.Failed() || records != c.want || rows != 3 {
			t.Errorf("%s: %d records of %d rows, want %d of 3; %v", what, records, rows, c.want, diags.Sorted())
		}
	}
}
