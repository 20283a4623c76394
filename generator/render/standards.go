package render

import (
	"fmt"

	"github.com/ccpcr/impact/generator/calendar"
	"github.com/ccpcr/impact/generator/iati"
	"github.com/ccpcr/impact/generator/ledger"
)

// standards adds a release in the forms that other systems read.
func standards(files Files, r *ledger.Release, base, folder string) error {
	data, err := iati.File(r)
	if err != nil {
		return fmt.Errorf("iati file of %s: %w", r.Release.ID, err)
	}
	if data != nil {
		files["static/data/"+folder+"/"+iati.Name] = data
	}
	for i, language := range r.Languages {
		if err := newView(r, language, base, i).cited(files, "static/data/"+folder+"/"); err != nil {
			return err
		}
	}
	return nil
}

// next says when the next release is expected. It is a day, or the period that it will tell of.
func (v view) next() string {
	id := v.Organisation.Next
	if id == "" {
		return v.Word("next-unknown")
	}
	called := v.day(id)
	if _, err := calendar.Parse(id); err == nil {
		called = v.period(id)
	}
	return v.say("next-update", "date", called)
}
