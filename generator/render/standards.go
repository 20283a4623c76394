package render

import (
	"fmt"

	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// standards adds a release in the forms that other systems read.
func standards(files Files, r *ledger.Release, folder string) error {
	data, err := iati.File(r)
	if err != nil {
		return fmt.Errorf("iati file of %s: %w", r.Release.ID, err)
	}
	if data != nil {
		files["static/data/"+folder+"/"+iati.Name] = data
	}
	return nil
}
