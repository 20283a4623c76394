package codebook

import (
	"strconv"
	"strings"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/cell"
	"github.com/ccpcr/impact/generator/diag"
	"github.com/ccpcr/impact/generator/lang"
)

// figures reads known.csv or targets.csv: indicator, period, where (column=code, several with a space between), value, and what
// else is worth keeping.
func (l *loader) figures(cb *Codebook, name string, optional ...string) []Figure {
	if data, ok := l.read(name, false); !ok || len(data) == 0 {
		return nil
	}
	s, ok := l.sheet(name, []string{"indicator", "period", "where", "value"}, optional)
	if !ok {
		return nil
	}
	var all []Figure
	for _, row := range s.rows {
		id, at := s.cell(row, "indicator")
		k := Figure{At: at, Indicator: id, Codes: map[string]string{}}
		ind := cb.Indicator(id)
		if ind == nil {
			l.diags.Errorf(at, "code/unknown", diag.Suggest(id, ids(cb.Indicators)), "expected an indicator, found %q", id)
			continue
		}
		text, at := s.cell(row, "period")
		period, err := calendar.Parse(text)
		if err != nil {
			l.diags.Errorf(at, "value/period", "write 2010, or 2010-Q2 for a quarter", "%v, found %q", err, text)
		}
		k.Period = period
		where, at := s.cell(row, "where")
		for _, pair := range strings.Fields(where) {
			column, code, _ := strings.Cut(pair, "=")
			list := cb.ListOf(ind, column)
			if list == nil || !list.MayShow(cb.ClassOf(ind)) || list.Code(code) == nil {
				l.diags.Errorf(at, "code/unknown", "write column=code, several with a space between", "expected columns that may be published and their codes, found %q", pair)
				continue
			}
			k.Codes[column] = code
		}
		text, at = s.cell(row, "value")
		if k.Value, err = strconv.ParseInt(text, 10, 64); err != nil || k.Value < 0 {
			l.diags.Errorf(at, "value/integer", "write digits only, such as 1234", "expected a whole number, found %q", text)
		}
		k.Reason = l.reason(s, row)
		all = append(all, k)
	}
	return all
}

// reason reads why a plan was not reached: in every language, or not at all.
func (l *loader) reason(s sheet, row sheetRow) lang.Text {
	text, first := lang.Text{}, diag.Pos{}
	for _, language := range l.langs {
		if why, at := s.cell(row, "reason."+language); why != "" {
			l.printable(why, at)
			text[language], first = why, at
		}
	}
	if len(text) == 0 {
		return nil
	}
	for _, language := range l.langs {
		if text[language] == "" {
			l.diags.Errorf(first, "target/reason", "write it in reason."+language+" as well", "expected a reason in every language, found none in %q", language)
		}
	}
	l.texts = append(l.texts, Placed{first, text})
	return text
}

// CellOf is the id of the cell that a figure of the codebook is about.
func (cb *Codebook) CellOf(f Figure) string {
	var attributes, codes []string
	for column, code := range f.Codes {
		attributes, codes = append(attributes, column), append(codes, code)
	}
	return cell.ID(f.Indicator, f.Period.String(), attributes, codes)
}
