package render

import (
	"encoding/json"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// What pages say of themselves in words of schema.org, so that search engines for data find them. A value stands beside its cell.

type object = map[string]any

// ldScript is an element that holds data. The encoder writes <, > and & as escapes, so no label can end it.
func ldScript(x object) (string, error) {
	x["@context"] = "https://schema.org"
	data, err := json.Marshal(x)
	return `<script type="application/ld+json">` + string(data) + `</script>`, err
}

func (v view) linked(s *site) (linked, error) {
	out := linked{Results: map[string]string{}, Indicators: map[string]string{}}
	var err error
	put := func(x object) (text string) {
		if err == nil {
			text, err = ldScript(x)
		}
		return text
	}
	out.Home, out.Data = put(v.owner()), put(v.catalog())
	for _, p := range s.Periods {
		out.Results[p.ID] = put(v.results(s, p))
	}
	for i := range v.Indicators {
		out.Indicators[v.Indicators[i].ID] = put(v.dataset(&v.Indicators[i], s.Indicators[i]))
	}
	return out, err
}

// owner is the organisation.
func (v view) owner() object {
	o := v.Organisation
	x := object{"@type": "NGO", "name": o.Name[v.Code], "alternateName": o.Short[v.Code], "description": o.Mission[v.Code], "url": o.Address}
	if o.Area != nil {
		x["areaServed"] = v.place()
	}
	return x
}

func (v view) place() object {
	return object{"@type": "Place", "name": v.Organisation.Area.Name[v.Code]}
}

// about is what all data sets have.
func (v view) about(name, description, path string, periods []string) object {
	o := v.Organisation
	x := object{
		"@type": "Dataset", "name": name, "url": v.absolute(v.prefix + path), "inLanguage": v.Locale, "isAccessibleForFree": true,
		"description": strings.TrimSpace(description + " " + v.say("dataset-about", "organisation", o.Name[v.Code])),
		"license":     v.Licenses[0].Path, "version": v.Release.Release.ID,
		"creator": object{"@type": "NGO", "name": o.Name[v.Code], "url": o.Address},
	}
	if path != "data/" {
		x["includedInDataCatalog"] = object{"@type": "DataCatalog", "name": v.dataTitle(), "url": v.absolute(v.prefix + "data/")}
	}
	if date := v.Release.Release.Date; date != "" {
		x["dateModified"] = date
	}
	if o.Area != nil {
		x["spatialCoverage"] = v.place()
	}
	if first, last := v.span(periods); first != "" {
		x["temporalCoverage"] = first + "/" + last
	}
	return x
}

func (v view) dataTitle() string { return v.Organisation.Short[v.Code] + " · " + v.Word("data") }

// span is the first and the last day of some periods; what is undated has none.
func (v view) span(periods []string) (first, last string) {
	for _, id := range periods {
		p, err := calendar.Parse(id)
		if err != nil || p.Kind == calendar.Undated {
			continue
		}
		from, to := v.Calendar.Bounds(p)
		if day := from.Format("2006-01-02"); first == "" || day < first {
			first = day
		}
		if day := to.Format("2006-01-02"); day > last {
			last = day
		}
	}
	return first, last
}

// catalog is the page of all files.
func (v view) catalog() object {
	whole := v.about(v.dataTitle(), "", "data/", v.Periods)
	files := []object{v.file(ledger.Descriptor, "application/json", "data/latest/"+ledger.Descriptor)}
	if v.Organisation.IATI != nil {
		files = append(files, v.file(iati.Name, "application/xml", "data/latest/"+iati.Name))
	}
	whole["distribution"] = files
	var measured []string
	for _, p := range v.Programmes {
		measured = append(measured, p.Title[v.Code])
	}
	whole["variableMeasured"] = measured
	return object{
		"@type": "DataCatalog", "name": v.dataTitle(), "description": whole["description"], "url": whole["url"], "license": whole["license"],
		"creator": whole["creator"], "inLanguage": whole["inLanguage"], "isAccessibleForFree": true, "dataset": []object{whole},
	}
}

func (v view) file(name, format, path string) object {
	return object{"@type": "DataDownload", "name": name, "encodingFormat": format, "contentUrl": v.Organisation.Address + path}
}

// results is the page of a period. It names the few results that matter most, or all where none is marked so.
func (v view) results(s *site, p period) object {
	x := v.about(v.say("results-of", "period", p.Title), v.Organisation.Mission[v.Code], "results/"+strings.ToLower(p.ID)+"/", []string{p.ID})
	measured := []object{}
	for _, few := range []bool{true, false} {
		for i, ind := range s.Indicators {
			if len(measured) > 0 && !few || few && !ind.Headline {
				continue
			}
			if m := v.measured(&v.Indicators[i], p.ID); m != nil {
				measured = append(measured, m)
			}
		}
		if len(measured) > 0 {
			break
		}
	}
	x["variableMeasured"] = measured
	x["distribution"] = []object{v.file(ledger.Descriptor, "application/json", "data/"+v.Release.Release.ID+"/"+ledger.Descriptor)}
	return x
}

// measured is the whole of an indicator in a period: with its value where a number is shown, in words where none is.
func (v view) measured(ind *ledger.Indicator, period string) object {
	id, value, ok := v.total(ind.ID, period)
	if !ok || value.Status() == ledger.Missing {
		return nil
	}
	x := object{"@type": "PropertyValue", "name": ind.Title[v.Code] + ", " + v.period(period), "propertyID": id, "unitText": v.unit(ind)}
	if n, isNumber := value.Number(); isNumber {
		x["value"] = n
	} else {
		x["description"] = v.spoken(value, ind.Class)
	}
	return x
}

// dataset is the page of an indicator.
func (v view) dataset(ind *ledger.Indicator, shown indicator) object {
	periods := v.periodsOf(ind.ID)
	x := v.about(ind.Title[v.Code], ind.Definition[v.Code], "indicators/"+ind.ID+"/", periods)
	measured := []object{}
	for _, p := range periods {
		if m := v.measured(ind, p); m != nil {
			measured = append(measured, m)
		}
	}
	if len(measured) == 0 {
		measured = append(measured, object{"@type": "PropertyValue", "name": ind.Title[v.Code], "unitText": v.unit(ind)})
	}
	x["variableMeasured"] = measured
	files := []object{}
	for _, f := range shown.Files {
		files = append(files, v.file(f.base(), f.mediaType(), strings.TrimPrefix(f.Path, "/")))
	}
	if len(files) > 0 {
		x["distribution"] = files
	}
	return x
}
