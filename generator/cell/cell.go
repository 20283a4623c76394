// Package cell names the cells of tables. It holds no counts and serves both sides of the wall, so that what protect makes,
// the ledger stores and a page shows is called the same everywhere.
package cell

import "strings"

// Total is the code of "all together", as in SDMX.
const Total = "_T"

// ID names one cell: indicator/period, then each attribute that is not the total as name=code, joined by commas in the
// order given, such as admitted/2010 and admitted/2010/province=12.
func ID(indicator, period string, attributes, codes []string) string {
	var b strings.Builder
	b.WriteString(indicator)
	b.WriteByte('/')
	b.WriteString(period)
	sep := byte('/')
	for i, code := range codes {
		if code == Total {
			continue
		}
		b.WriteByte(sep)
		b.WriteString(attributes[i])
		b.WriteByte('=')
		b.WriteString(code)
		sep = ','
	}
	return b.String()
}

// Table names a table: the indicator, then its attributes, such as admitted.province or admitted.total.
func Table(indicator string, attributes []string) string {
	if len(attributes) == 0 {
		return indicator + ".total"
	}
	return indicator + "." + strings.Join(attributes, "-")
}
