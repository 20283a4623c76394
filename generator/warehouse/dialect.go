package warehouse

import (
	"fmt"
	"strings"
)

// dialect is what engines write differently. Everything else is said in words that all of them understand.
type dialect struct {
	name   string
	text   string                            // the type of a text
	ident  func(string) string               // a name in quotes
	whole  func(a, b string) string          // a quotient without its fraction
	days   func(from, to string) string      // how many days lie between two
	later  func(day string, n int) string    // the same day n months later; where there is none, as many days behind the month before
	median func(number string) string        // of a group, halves rounded up
	escape func(r rune) (in string, ok bool) // of a letter in a literal
	prefix string                            // of a literal that holds a backslash
	save   string                            // how the result is written to a file
}

var dialects = []dialect{
	{
		name: "duckdb", text: "VARCHAR", ident: quoted, days: minus, median: percentile,
		whole: func(a, b string) string { return bracketed(a) + " // " + b },
		later: interval, escape: doubled,
		save: "duckdb -csv warehouse.duckdb < query.sql > FILE",
	},
	{
		name: "postgres", text: "TEXT", ident: quoted, days: minus, median: percentile,
		whole: func(a, b string) string { return bracketed(a) + " / " + b },
		later: interval, prefix: "E", escape: func(r rune) (string, bool) {
			if r == '\\' {
				return `\\`, true
			}
			return doubled(r)
		},
		save: "psql --csv --file query.sql > FILE",
	},
	{
		name: "bigquery", text: "STRING",
		ident: func(name string) string {
			return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
		},
		whole: func(a, b string) string { return "DIV(" + a + ", " + b + ")" },
		days:  func(from, to string) string { return "DATE_DIFF(" + to + ", " + from + ", DAY)" },
		later: func(day string, n int) string {
			return fmt.Sprintf("DATE_ADD(DATE_ADD(DATE_TRUNC(%s, MONTH), INTERVAL %d MONTH), INTERVAL EXTRACT(DAY FROM %[1]s) - 1 DAY)", day, n)
		},
		median: func(number string) string {
			list := "ARRAY_AGG(" + number + " ORDER BY " + number + ")"
			return "DIV(" + list + "[OFFSET(DIV(COUNT(*) - 1, 2))] + " + list + "[OFFSET(DIV(COUNT(*), 2))] + 1, 2)"
		},
		escape: func(r rune) (string, bool) {
			switch r {
			case '\\', '\'':
				return `\` + string(r), true
			case '\n':
				return `\n`, true
			case '\r':
				return `\r`, true
			}
			return "", false
		},
		save: "bq query --use_legacy_sql=false --format=csv --max_rows=10000000 < query.sql > FILE",
	},
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// bracketed keeps a sum together.
func bracketed(number string) string {
	if strings.Contains(number, " ") {
		return "(" + number + ")"
	}
	return number
}

func minus(from, to string) string { return to + " - " + from }

func percentile(number string) string {
	return "FLOOR(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY " + number + ") + 0.5)"
}

func interval(day string, n int) string {
	return fmt.Sprintf("CAST(DATE_TRUNC('month', %s) + INTERVAL '%d months' AS DATE) + CAST(EXTRACT(DAY FROM %[1]s) AS INTEGER) - 1", day, n)
}

func doubled(r rune) (string, bool) { return "''", r == '\'' }

// literal writes a text so that nothing in it can end it.
func (d dialect) literal(text string) string {
	var b strings.Builder
	for _, r := range text {
		if escaped, ok := d.escape(r); ok {
			b.WriteString(escaped)
		} else {
			b.WriteRune(r)
		}
	}
	if strings.Contains(text, `\`) {
		return d.prefix + "'" + b.String() + "'"
	}
	return "'" + b.String() + "'"
}

// list writes texts between brackets.
func (d dialect) list(texts []string) string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = d.literal(text)
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// table names a table, whose schema may stand before it with a point between them.
func (d dialect) table(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		parts[i] = d.ident(part)
	}
	return strings.Join(parts, ".")
}
