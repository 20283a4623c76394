package ledger

import "github.com/ccpcr/impact/generator/lang"

// Area is where an organisation works. Either the country or the region is set.
type Area struct {
	Name    lang.Text `json:"name"`
	Country string    `json:"country,omitempty"` // ISO 3166-1
	Region  string    `json:"region,omitempty"`  // DAC list
	Places  string    `json:"places,omitempty"`  // code list of the places within it
}

// IATI is how an organisation is known to the International Aid Transparency Initiative. Identifier is empty until it is registered.
type IATI struct {
	Identifier string   `json:"identifier,omitempty"`
	Type       string   `json:"type"`
	Currency   string   `json:"currency"`
	Sectors    []Sector `json:"sectors,omitempty"` // of what belongs to no programme
}

// Activity is how a programme is known there.
type Activity struct {
	Identifier string   `json:"identifier,omitempty"`
	Status     string   `json:"status,omitempty"`
	Starts     string   `json:"starts,omitempty"` // a day
	Ends       string   `json:"ends,omitempty"`
	Sectors    []Sector `json:"sectors,omitempty"`
}

// Sector is a purpose code of the OECD DAC with its share, which may be left out where there is one only.
type Sector struct {
	Code    string `json:"code"`
	Percent int    `json:"percent,omitempty"`
}
