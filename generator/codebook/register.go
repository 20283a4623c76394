package codebook

import "slices"

// Replaces says whether the newest export of a dataset stands for all of it.
func (d *Dataset) Replaces() bool { return d.Exports == "replace" }

// DatasetOf is the dataset whose rows an indicator is made from, or nil: that of a median is the one of what it is a median of.
func (cb *Codebook) DatasetOf(ind *Indicator) *Dataset {
	if ind.Measure == "median" && ind.Of != nil {
		if of := cb.Indicator(ind.Of.ID); of != nil && of.Measure != "median" {
			return cb.Dataset(of.Dataset.ID)
		}
	}
	return cb.Dataset(ind.Dataset.ID)
}

// Counted is an indicator with the keys that tell how its rows are counted: a median has those of what it is a median of.
func (cb *Codebook) Counted(ind *Indicator) *Indicator {
	if ind.Measure != "median" {
		return ind
	}
	of := *cb.Indicator(ind.Of.ID)
	of.ID, of.Measure, of.Breakdowns, of.Periods = ind.ID, ind.Measure, ind.Breakdowns, ind.Periods
	return &of
}

// register checks what a dataset says of exports, spells and persons.
func (c checker) register(d *Dataset) {
	if d.Replaces() && len(d.Key) == 0 {
		c.diags.Errorf(d.At, "codebook/missing-key", "add  key: [case]  or what tells your rows apart", "expected a key, by which two exports are compared")
	}
	if d.Person != nil {
		c.required(d, *d.Person, "key")
	}
	if d.Spell == nil {
		return
	}
	switch {
	case d.Count != nil:
		c.diags.Errorf(d.Spell.From.At, "codebook/type", "take out  spell:, or  count:", "expected a spell only where each row is one case, found it beside a count")
	case !d.Replaces():
		c.diags.Errorf(d.Spell.From.At, "codebook/missing-key", "add  exports: replace  and export the whole register each time", "expected exports that replace one another: an older one cannot know when a spell ended")
	case d.Spell.From.ID == d.Spell.To.ID:
		c.diags.Errorf(d.Spell.To.At, "codebook/repeated-id", "name the column with the day on which it ended", "expected two columns for a spell, found %q twice", d.Spell.To.ID)
	}
	c.required(d, d.Spell.From, "date")
	c.column(d, d.Spell.To, "date")
}

// required checks a column that every row must fill in.
func (c checker) required(d *Dataset, r Ref, kind string) {
	if col := c.column(d, r, kind); col != nil && !col.Required {
		c.diags.Errorf(r.At, "codebook/missing-key", "add  required: true  to the column", "expected the column %q to be required", r.ID)
	}
}

// counts says whether an indicator has keys that tell how rows are counted.
func (ind *Indicator) counts() bool {
	return len(ind.Filter)+len(ind.Impossible)+len(ind.Accepts) > 0 || ind.Parts != "" || ind.Dated != nil || ind.On != "" || ind.Again != 0 || ind.Also != nil
}

// counted checks the keys by which an indicator is counted from the rows of a dataset.
func (c checker) counted(ind *Indicator, d *Dataset) {
	misplaced := func(wrong bool, key, where string) {
		if wrong {
			c.diags.Errorf(ind.At, "codebook/unknown-key", "take it out, or change  measure:", "expected %s only of %s", key, where)
		}
	}
	misplaced(ind.Of != nil, "of", "a median")
	misplaced(ind.Dated != nil && (ind.Measure != "count" && ind.Measure != "distinct" || ind.Again != 0), "dated", "a count or distinct without again")
	misplaced(ind.On != "" && (ind.Measure != "stock" || d.Spell == nil), "on", "a stock of a dataset with spells")
	misplaced(ind.Again != 0 && (ind.Measure != "count" || d.Spell == nil || d.Person == nil), "again", "a count of a dataset with spells and persons")
	misplaced(ind.Also != nil && ind.Measure != "distinct", "also", "distinct people")
	misplaced(ind.Measure == "distinct" && ind.Parts != "", "parts", "what can add up: distinct people may stand in several parts")
	if ind.Again < 0 || ind.Again > 60 {
		c.diags.Errorf(ind.At, "codebook/range", "12 is a year", "expected 1 to 60 months for again, found %d", ind.Again)
	}
	if ind.Dated != nil {
		c.column(d, *ind.Dated, "date")
	}
	if ind.Measure == "stock" && d.Count == nil && (d.Spell == nil || ind.On == "") {
		c.diags.Errorf(ind.At, "codebook/missing-key", "add  on: last-day  (or first-day), and  spell:  to the dataset", "expected to be told on which day the spells of a register are counted")
	}
	if ind.Measure == "distinct" && d.Person == nil {
		c.diags.Errorf(ind.At, "codebook/missing-key", "add  person: …  to the dataset, with the column that tells people apart", "expected the dataset %s to tell persons apart", d.ID)
	}
	if ind.Also != nil && ind.Measure == "distinct" {
		c.also(ind, d)
	}
	if d.Class == Children && (ind.Kind == "money" || ind.Measure == "sum" && d.Count == nil) {
		c.diags.Errorf(ind.At, "protection/amount", "count the children, or keep the amounts in a dataset of class open that counts nobody", "expected no amounts from a dataset of class children: the rule protects counts")
	}
}

// median checks an indicator that is a median: what it is of counts the spells that end in a period, and no period lies in another,
// since a few children fewer would show in the difference.
func (c checker) median(ind *Indicator) {
	if ind.counts() || ind.Part != nil || ind.Whole != nil {
		c.diags.Errorf(ind.At, "codebook/unknown-key", "put them to what it is a median of", "expected of a median no keys that tell how rows are counted")
	}
	if len(ind.Periods) > 1 {
		c.diags.Errorf(ind.At, "protection/nested-periods", "publish it by the year alone, or by the quarter", "expected a median for one kind of period, since a period within another one may leave a few children only")
	}
	if !resolve(c, ind.Of, c.Indicators, "an indicator") {
		return
	}
	of := c.Indicator(ind.Of.ID)
	d := c.Dataset(of.Dataset.ID)
	if of.Measure != "count" || of.Again != 0 || d == nil || d.Spell == nil || of.Dated == nil || of.Dated.ID != d.Spell.To.ID {
		c.diags.Errorf(ind.Of.At, "codebook/type", "name one with  measure: count  and  dated:  the day on which a spell ends", "expected an indicator that counts the spells that ended, found %q", ind.Of.ID)
		return
	}
	if slices.ContainsFunc(ind.Breakdowns, func(b []Ref) bool {
		return slices.ContainsFunc(b, func(r Ref) bool { col := d.Column(r.ID); return col != nil && col.Type == "codes" })
	}) {
		c.diags.Errorf(ind.At, "codebook/overlap", "take the breakdown out", "expected parts of a median that do not overlap")
	}
	c.within(ind, of)
}
