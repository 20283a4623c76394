package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

func TestTheGuideToHostingSendsTheHeadersOfTheHost(t *testing.T) {
	data, err := os.ReadFile("../netlify.toml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Headers []struct {
			For    string
			Values map[string]string
		}
	}
	if err := toml.Unmarshal(data, &config); err != nil || len(config.Headers) == 0 || config.Headers[0].For != "/*" {
		t.Fatalf("expected the first headers of netlify.toml for /*: %v", err)
	}
	guide, err := os.ReadFile("../docs/hosting.md")
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range config.Headers[0].Values {
		if line := fmt.Sprintf("add_header %s %q always;", name, value); !strings.Contains(string(guide), line) {
			t.Errorf("docs/hosting.md lacks  %s", line)
		}
	}
}
