package main

import (
	"fmt"
	"testing"
)

func TestRowsThatFollowEachOtherAreNamedTogether(t *testing.T) {
	scattered := make([]string, 0, 60)
	for i := range 30 {
		scattered = append(scattered, fmt.Sprintf("2025/a.csv:%d", 3*i+2), fmt.Sprintf("2025/a.csv:%d", 3*i+3))
	}
	for _, c := range []struct {
		rows     []string
		expected string
	}{
		{nil, "no rows"},
		{[]string{"2025/a.csv:7"}, "2025/a.csv:7"},
		{[]string{"2025/b.csv:2", "2025/a.csv:10", "2025/a.csv:9", "2025/a.csv:2", "2025/a.csv:9"}, "2025/a.csv:2, 2025/a.csv:9-10, 2025/b.csv:2"},
		{scattered[:4], "2025/a.csv:2-3, 2025/a.csv:5-6"},
	} {
		if found := runs(c.rows); found != c.expected {
			t.Errorf("expected %s, found %s", c.expected, found)
		}
	}
	if found := runs(scattered); found[len(found)-len("2025/a.csv:59-60 and 20 rows more"):] != "2025/a.csv:59-60 and 20 rows more" {
		t.Error(found)
	}
}
