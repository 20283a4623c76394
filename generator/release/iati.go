package release

import (
	"github.com/ccpcr/impact/generator/codebook"
	"github.com/ccpcr/impact/generator/ledger"
)

// area says where the organisation works. A list of places that no table of the release uses is not named.
func area(cb *codebook.Codebook) *ledger.Area {
	a := cb.Organisation.Area
	if a == nil {
		return nil
	}
	out := &ledger.Area{Name: a.Name, Country: a.Country.ID, Region: a.Region.ID}
	if a.Places != nil && published(cb, cb.List(a.Places.ID)) {
		out.Places = a.Places.ID
	}
	return out
}

func registration(x *codebook.IATI) *ledger.IATI {
	if x == nil {
		return nil
	}
	return &ledger.IATI{Identifier: x.Identifier.ID, Type: x.Type.ID, Currency: x.Currency.ID, Sectors: sectors(x.Sectors)}
}

func activity(x *codebook.Activity) *ledger.Activity {
	if x == nil {
		return nil
	}
	return &ledger.Activity{Identifier: x.Identifier.ID, Status: x.Status, Starts: x.Starts.ID, Ends: x.Ends.ID, Sectors: sectors(x.Sectors)}
}

func sectors(all []codebook.Sector) []ledger.Sector {
	var out []ledger.Sector
	for _, s := range all {
		out = append(out, ledger.Sector{Code: s.Code.ID, Percent: s.Percent})
	}
	return out
}
