package audit

import (
	"io/fs"

	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/ledger"
)

// Built reads a built site.
func Built(site fs.FS, l *ledger.Ledger, diags *diag.List) []Finding { return nil }
