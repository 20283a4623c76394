package iati

import "encoding/xml"

// activities is the root of the file. The order of the fields is the one that the standard asks for.
type activities struct {
	XMLName    xml.Name   `xml:"iati-activities"`
	Version    string     `xml:"version,attr"`
	Comment    string     `xml:",comment"`
	Activities []activity `xml:"iati-activity"`
}

type activity struct {
	Updated   string `xml:"last-updated-datetime,attr,omitempty"`
	Language  string `xml:"xml:lang,attr"`
	Currency  string `xml:"default-currency,attr"`
	Hierarchy int    `xml:"hierarchy,attr"`

	Identifier    string        `xml:"iati-identifier"`
	Reporting     party         `xml:"reporting-org"`
	Title         text          `xml:"title"`
	Descriptions  []description `xml:"description"`
	Participating []party       `xml:"participating-org"`
	Status        code          `xml:"activity-status"`
	Dates         []date        `xml:"activity-date"`
	Website       string        `xml:"contact-info>website,omitempty"`
	Country       *code         `xml:"recipient-country"`
	Region        *code         `xml:"recipient-region"`
	Locations     []location    `xml:"location"`
	Sectors       []sector      `xml:"sector"`
	Transactions  []transaction `xml:"transaction"`
	Related       []related     `xml:"related-activity"`
	Results       []result      `xml:"result"`
}

// narrative is a text in one language; that of the activity is not named.
type narrative struct {
	Language string `xml:"xml:lang,attr,omitempty"`
	Text     string `xml:",chardata"`
}

type text struct {
	Narratives []narrative `xml:"narrative"`
}

type description struct {
	Type string `xml:"type,attr,omitempty"`
	text
}

// party is an organisation; Role is that of one that takes part.
type party struct {
	Ref  string `xml:"ref,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Role string `xml:"role,attr,omitempty"`
	text
}

type code struct {
	Code string `xml:"code,attr"`
}

type date struct {
	Day  string `xml:"iso-date,attr"`
	Type string `xml:"type,attr,omitempty"`
	text
}

type location struct {
	Ref  string `xml:"ref,attr"`
	Name *text  `xml:"name"`
}

type sector struct {
	Code       string `xml:"code,attr"`
	Vocabulary string `xml:"vocabulary,attr"`
	Percentage int    `xml:"percentage,attr,omitempty"`
}

type related struct {
	Ref  string `xml:"ref,attr"`
	Type string `xml:"type,attr"`
}

type transaction struct {
	Cell        string `xml:"ref,attr"` // the name of the cell that the value is of
	Type        code   `xml:"transaction-type"`
	Date        date   `xml:"transaction-date"`
	Value       money  `xml:"value"`
	Description text   `xml:"description"`
	Provider    *party `xml:"provider-org"`
}

type money struct {
	Day    string `xml:"value-date,attr"`
	Amount int64  `xml:",chardata"`
}

type result struct {
	Type        string      `xml:"type,attr"`
	Aggregation string      `xml:"aggregation-status,attr"`
	Title       text        `xml:"title"`
	Description text        `xml:"description"`
	Indicators  []indicator `xml:"indicator"`
}

type indicator struct {
	Measure     string     `xml:"measure,attr"`
	Ascending   string     `xml:"ascending,attr,omitempty"` // 0 where less is good
	Title       text       `xml:"title"`
	Description text       `xml:"description"`
	Reference   reference  `xml:"reference"`
	Baselines   []baseline `xml:"baseline"`
	Periods     []period   `xml:"period"`
}

type reference struct {
	Vocabulary string `xml:"vocabulary,attr"`
	Code       string `xml:"code,attr"`
	Address    string `xml:"indicator-uri,attr"`
}

type baseline struct {
	Year  int    `xml:"year,attr"`
	Day   string `xml:"iso-date,attr"`
	Value int64  `xml:"value,attr"`
}

type period struct {
	Start   date     `xml:"period-start"`
	End     date     `xml:"period-end"`
	Targets []figure `xml:"target"`
	Actuals []figure `xml:"actual"`
}

// figure is a plan or a shown value. What it is of stands in its locations and dimensions, those of its cell.
type figure struct {
	Value      int64       `xml:"value,attr"`
	Locations  []location  `xml:"location"`
	Dimensions []dimension `xml:"dimension"`
	Comment    *text       `xml:"comment"`
}

type dimension struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}
