//go:build unix

package main

import (
	"path/filepath"
	"testing"
)

func TestAWarehouseCountsChildrenInTwoRegistersAsTheirRowsDo(t *testing.T) {
	all := engines(t)
	rows := filepath.Join(t.TempDir(), "rows")
	casaEscola(t, rows)
	want := publishedBytes(t, rows)
	for _, e := range all {
		t.Run(e.dialect, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "tally")
			casaEscola(t, data)
			school := register{dataset: "escola", file: "escola.csv", folder: "2025", table: "escola", dates: []string{"dia"}}
			stays := register{dataset: "estadias", file: "estadias.csv", folder: "2025", table: "estadias", dates: []string{"entrada", "saida"}, beside: []register{school}}
			stays.tallied(t, e, data)
			sameRelease(t, rows, data, want)
		})
	}
}
