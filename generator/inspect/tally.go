package inspect

import (
	"slices"

	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ingest"
)

// faulty reports a row of a tally in which a warehouse says what is wrong with the rows that it counted.
func (in *Inspector) faulty(row ingest.Row, rec *Record) bool {
	if in.dataset.Register == nil {
		return false
	}
	faults := in.dataset.Register.TallyFaults()
	i := slices.IndexFunc(faults, func(f codebook.TallyFault) bool { return f.Figure == rec.Codes[0] })
	if i < 0 {
		return false
	}
	in.diags.Errorf(row.Pos(0), "row/warehouse", "mend them in the warehouse, and run the query of  impact sql  again", "expected no rows with %s, found %d", faults[i].Rows, rec.Count)
	return true
}
