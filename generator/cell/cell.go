// Package cell names the cells of tables. It holds no counts and serves both sides of the wall, so that what protect makes,
// the ledger stores and a page shows is called the same everywhere.
package cell

import (
	"slices"
	"strings"
)

// Total is the code of "all together", as in SDMX.
const Total = "_T"

// ID names one cell: indicator/period, then each attribute that is not the total as name=code, sorted and joined by commas,
// such as admitted/2010 and admitted/2010/province=12. One figure has one id, in whatever table it stands.
func ID(indicator, period string, attributes, codes []string) string {
	var where []string
	for i, code := range codes {
		if code != Total {
			where = append(where, attributes[i]+"="+code)
		}
	}
	id := indicator + "/" + period
	if len(where) == 0 {
		return id
	}
	slices.Sort(where)
	return id + "/" + strings.Join(where, ",")
}

// Table names a table: the indicator, then its attributes, such as admitted.province or admitted.total.
func Table(indicator string, attributes []string) string {
	if len(attributes) == 0 {
		return indicator + ".total"
	}
	return indicator + "." + strings.Join(attributes, "-")
}

// Rows lists the codes of every row that a table has, whatever the data: the total first, then by the first attribute, and so on.
// codes are those of each attribute, in order.
func Rows(codes [][]string) [][]string {
	rows := [][]string{{}}
	for _, own := range codes {
		var next [][]string
		for _, row := range rows {
			for _, code := range append([]string{Total}, own...) {
				next = append(next, append(slices.Clone(row), code))
			}
		}
		rows = next
	}
	return rows
}
