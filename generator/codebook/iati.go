package codebook

import (
	"fmt"
	"regexp"
	"time"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/lang"
)

// Area is where an organisation works, as platforms of other organisations name it.
type Area struct {
	Name    lang.Text `yaml:"name,required" doc:"its name"`
	Country Ref       `yaml:"country" doc:"ISO 3166-1 code of a country in two capitals, such as GW"`
	Region  Ref       `yaml:"region" doc:"in place of a country: code of a region in the DAC list, such as 289"`
	Places  *Ref      `yaml:"places" doc:"code list of the places within it"`
}

// IATI is how an organisation is known to the International Aid Transparency Initiative.
type IATI struct {
	Identifier Ref      `yaml:"identifier" doc:"identifier of the organisation, such as GW-REG-123; leave out until it is registered: the file then says that it is a draft"`
	Type       Ref      `yaml:"type,required" doc:"code of the list OrganisationType, such as 24"`
	Currency   Ref      `yaml:"currency,required" doc:"ISO 4217 code of the currency of money, such as XOF"`
	Sectors    []Sector `yaml:"sectors" doc:"of what belongs to no programme"`
}

// Activity is how a programme is known there.
type Activity struct {
	Identifier Ref      `yaml:"identifier" doc:"its identifier, if it is not that of the organisation, a - and the programme's id"`
	Status     string   `yaml:"status" enum:"1,2,3,4,5,6" doc:"code of the list ActivityStatus; 2 (implementation) if left out"`
	Starts     Ref      `yaml:"starts" doc:"day on which it began, such as 2008-01-01"`
	Ends       Ref      `yaml:"ends" doc:"day on which it ended"`
	Sectors    []Sector `yaml:"sectors" doc:"what it works on"`
}

// Sector is a purpose in the list of the OECD DAC.
type Sector struct {
	Code    Ref `yaml:"code,required" doc:"purpose code of five digits"`
	Percent int `yaml:"percent" doc:"its share, if there are several; the shares make 100"`
}

var (
	countryForm    = regexp.MustCompile(`^[A-Z]{2}$`)
	regionForm     = regexp.MustCompile(`^[0-9]{2,4}$`)
	currencyForm   = regexp.MustCompile(`^[A-Z]{3}$`)
	typeForm       = regexp.MustCompile(`^[0-9]{2}$`)
	sectorForm     = regexp.MustCompile(`^[0-9]{5}$`)
	identifierForm = regexp.MustCompile(`^[^\s/&|?]+$`)
)

// platforms checks what other organisations' systems shall know.
func (c checker) platforms() {
	o := c.Organisation
	form := func(r Ref, good *regexp.Regexp, what, such string) {
		if r.ID != "" && !good.MatchString(r.ID) {
			c.diags.Errorf(r.At, "code/form", "write it as in "+such, "expected %s, found %q", what, r.ID)
		}
	}
	if o.Next.ID != "" {
		if _, err := calendar.Parse(o.Next.ID); err != nil {
			c.day(o.Next, "a day or a period", "write a day such as 2011-06-30, or a period such as 2011-Q1")
		}
	}
	if a := o.Area; a != nil {
		form(a.Country, countryForm, "the ISO 3166-1 code of a country", "GW")
		form(a.Region, regionForm, "the code of a region in the DAC list", `"289"`)
		if (a.Country.ID == "") == (a.Region.ID == "") {
			c.diags.Errorf(o.At, "codebook/missing-key", "add  country: …, or  region: …  where there are several countries", "expected either a country or a region for area")
		}
		if resolve(c, a.Places, c.Lists, aList) && a.Places != nil && !c.List(a.Places.ID).MayShow(Children) {
			c.diags.Errorf(a.Places.At, "protection/hidden-list", "name a coarser list", "expected a list of places that tables may show: the list %s may not", a.Places.ID)
		}
	}
	if x := o.IATI; x != nil {
		form(x.Identifier, identifierForm, "an identifier without spaces and / & | ?", "GW-REG-123")
		form(x.Type, typeForm, "a code of the list OrganisationType", `"24"`)
		form(x.Currency, currencyForm, "the ISO 4217 code of a currency", "XOF")
		c.sectors(x.Sectors)
	}
	for _, p := range c.Programmes {
		x := p.IATI
		if x == nil {
			continue
		}
		form(x.Identifier, identifierForm, "an identifier without spaces and / & | ?", "GW-REG-123-"+p.ID)
		c.sectors(x.Sectors)
		starts, ends := c.day(x.Starts, "a day", ymd), c.day(x.Ends, "a day", ymd)
		if !starts.IsZero() && !ends.IsZero() && !starts.Before(ends) {
			c.diags.Errorf(x.Ends.At, "codebook/range", "compare it with  starts", "expected a day after that on which the programme began")
		}
	}
}

const ymd = "write year-month-day, such as 2011-06-30"

// day reads a day; one that is left out is the zero time.
func (c checker) day(r Ref, what, hint string) time.Time {
	if r.ID == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, r.ID)
	if err != nil {
		c.diags.Errorf(r.At, "code/form", hint, "expected %s, found %q", what, r.ID)
	}
	return day
}

func (c checker) sectors(all []Sector) {
	sum := 0
	for _, s := range all {
		if sum += s.Percent; !sectorForm.MatchString(s.Code.ID) || s.Percent < 0 {
			c.diags.Errorf(s.Code.At, "code/form", "write the purpose code of the DAC, such as 16015", "expected a code of five digits, found %q", s.Code.ID)
		}
	}
	if len(all) > 1 && sum != 100 || len(all) == 1 && sum != 0 && sum != 100 {
		c.diags.Errorf(all[0].Code.At, "codebook/range", fmt.Sprintf("they make %d: change  percent", sum), "expected shares of sectors that make 100")
	}
}
