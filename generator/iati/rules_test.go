package iati_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// ruleset is the standard's file of rules: what an element is, the kind of rule, and its cases.
type ruleset map[string]map[string]struct{ Cases []rule }

type rule struct {
	Paths, Prefix, Subs                                      []string
	Condition, One, All, Date, Less, More, Regex, Start, End string
	Separator, If, Then, Foreach                             string
	Sum, Min, Max                                            float64
	Do                                                       map[string]struct{ Cases []rule }
	RuleInfo                                                 struct{ ID, Severity, Message string }
}

func standardRules(t *testing.T) ruleset {
	t.Helper()
	data, err := os.ReadFile("testdata/schemas/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var all ruleset
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// judge applies the rules to files as they stood on a day.
type judge struct {
	t     *testing.T
	rules ruleset
	now   time.Time
}

// broken lists the ids of the rules that a file breaks.
func (j judge) broken(file []byte) []string {
	j.t.Helper()
	doc, err := xmlquery.Parse(strings.NewReader(string(file)))
	if err != nil {
		j.t.Fatal(err)
	}
	found := map[string]bool{}
	for _, where := range slices.Sorted(maps.Keys(j.rules)) {
		for _, n := range xmlquery.Find(doc, where) {
			for kind, x := range j.rules[where] {
				for _, r := range x.Cases {
					j.apply(n, kind, r, func(r rule) { found[r.RuleInfo.ID] = true })
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (j judge) compiled(expression string) *xpath.Expr {
	e, err := xpath.Compile(expression)
	if err != nil {
		j.t.Fatalf("%s: %v", expression, err)
	}
	return e
}

// values are the texts that a path leads to.
func (j judge) values(n *xmlquery.Node, paths ...string) []string {
	var all []string
	for _, p := range paths {
		for _, x := range xmlquery.QuerySelectorAll(n, j.compiled(p)) {
			all = append(all, x.InnerText())
		}
	}
	return all
}

// counts compares two counts. The library loses its place in the second where predicates are long, so each side is asked alone.
var counts = regexp.MustCompile(`^(count\(.*\)) (=|>=) (count\(.*\))$`)

func (j judge) holds(n *xmlquery.Node, expression string) bool {
	if m := counts.FindStringSubmatch(expression); m != nil {
		a, b := j.number(n, m[1]), j.number(n, m[3])
		return a == b || m[2] == ">=" && a > b
	}
	switch v := j.compiled("boolean(" + expression + ")").Evaluate(xmlquery.CreateXPathNavigator(n)).(type) {
	case bool:
		return v
	default:
		j.t.Fatalf("%s gives %v", expression, v)
		return false
	}
}

func (j judge) number(n *xmlquery.Node, expression string) float64 {
	v, ok := j.compiled(expression).Evaluate(xmlquery.CreateXPathNavigator(n)).(float64)
	if !ok {
		j.t.Fatalf("%s is no number", expression)
	}
	return v
}

func (j judge) day(s string) time.Time {
	if s == "NOW" {
		return j.now
	}
	d, err := time.Parse("2006-01-02", s[:min(10, len(s))])
	if err != nil {
		j.t.Fatalf("%q is no day", s)
	}
	return d
}

func (j judge) days(n *xmlquery.Node, path string) []time.Time {
	if path == "NOW" {
		return []time.Time{j.now}
	}
	var all []time.Time
	for _, s := range j.values(n, path) {
		all = append(all, j.day(s))
	}
	return all
}

// apply reports a case that does not hold. A kind of rule that is not known here fails the test.
func (j judge) apply(n *xmlquery.Node, kind string, r rule, broken func(r rule)) {
	if kind == "loop" {
		for _, v := range j.values(n, r.Foreach) {
			for inner, x := range r.Do {
				for _, c := range x.Cases {
					j.apply(n, inner, c.with(r.Subs, v), broken)
				}
			}
		}
		return
	}
	if r.Condition != "" && !j.holds(n, r.Condition) {
		return
	}
	if !j.good(n, kind, r) {
		broken(r)
	}
}

// with fills the value of a loop into the parts of a rule that name it.
func (r rule) with(subs []string, value string) rule {
	fill := func(s string) string { return strings.ReplaceAll(s, "$1", value) }
	for _, sub := range subs {
		switch sub {
		case "paths":
			paths := make([]string, len(r.Paths))
			for i, p := range r.Paths {
				paths[i] = fill(p)
			}
			r.Paths = paths
		case "if":
			r.If = fill(r.If)
		case "then":
			r.Then = fill(r.Then)
		case "condition":
			r.Condition = fill(r.Condition)
		default:
			panic("loop fills " + sub)
		}
	}
	return r
}

func (j judge) good(n *xmlquery.Node, kind string, r rule) bool {
	values := j.values(n, r.Paths...)
	switch kind {
	case "unique":
		sorted := slices.Sorted(slices.Values(values))
		return len(slices.Compact(sorted)) == len(values)
	case "atleast_one":
		return len(values) > 0
	case "no_more_than_one":
		return len(values) <= 1
	case "startswith":
		if slices.Equal(r.Prefix, []string{"ORG-ID-PREFIX"}) { // the list of agencies is no part of the rules: what they look like
			return !slices.ContainsFunc(values, func(v string) bool { return !regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]+-.`).MatchString(v) })
		}
		return !slices.ContainsFunc(values, func(v string) bool {
			return !slices.ContainsFunc(j.values(n, r.Prefix...), func(p string) bool { return strings.HasPrefix(v, p+r.Separator) })
		})
	case "one_or_all":
		every := map[string]string{
			"lang": "descendant::narrative[not(@xml:lang)]", "sector": "transaction[not(sector)]",
			"currency": "descendant::value[not(@currency)]",
		}[r.All]
		return len(j.values(n, r.One)) > 0 || every != "" && len(j.values(n, every)) == 0
	case "date_now":
		return !slices.ContainsFunc(j.days(n, r.Date), func(d time.Time) bool { return d.After(j.now) })
	case "date_order":
		for _, less := range j.days(n, r.Less) {
			for _, more := range j.days(n, r.More) {
				if less.After(more) {
					return false
				}
			}
		}
		return true
	case "time_limit":
		for i, start := range j.days(n, r.Start) {
			if ends := j.days(n, r.End); i < len(ends) && ends[i].After(start.AddDate(1, 0, 0)) {
				return false
			}
		}
		return true
	case "between_dates":
		for _, d := range j.days(n, r.Date) {
			for i, start := range j.days(n, r.Start) {
				if ends := j.days(n, r.End); i < len(ends) && (d.Before(start) || d.After(ends[i])) {
					return false
				}
			}
		}
		return true
	case "regex_matches":
		return !slices.ContainsFunc(values, func(v string) bool { return !regexp.MustCompile(r.Regex).MatchString(v) })
	case "no_spaces":
		return !slices.ContainsFunc(values, func(v string) bool { return strings.TrimSpace(v) != v })
	case "strict_sum", "range":
		sum := 0.0
		for _, v := range values {
			x, err := strconv.ParseFloat(v, 64)
			if err != nil || kind == "range" && (x < r.Min || x > r.Max) {
				return false
			}
			sum += x
		}
		return kind == "range" || sum == r.Sum
	case "if_then":
		return !j.holds(n, r.If) || j.holds(n, r.Then)
	}
	panic(fmt.Sprintf("a rule of the kind %s, which is not known here", kind))
}
