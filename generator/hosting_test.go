package main

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"os"
	"regexp"
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

// TestTheHostSendsEachFileAsWhatItIsSaidToBe asks for a file at each address that openapi.json describes.
func TestTheHostSendsEachFileAsWhatItIsSaidToBe(t *testing.T) {
	server, f := serve(t, builtSite(t)), realFinished(t)
	var described struct {
		Paths map[string]struct {
			Get struct {
				Responses map[string]struct{ Content map[string]any }
			}
		}
	}
	if err := json.Unmarshal(f.files["data/openapi.json"].Data, &described); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for address, item := range described.Paths {
		form := regexp.MustCompile("^data" + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(address), "[^/]+") + "$")
		for p := range f.files {
			if !form.MatchString(p) {
				continue
			}
			asked++
			response, err := http.Get(server.URL + "/" + p)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			sent, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
			if _, ok := item.Get.Responses["200"].Content[sent]; !ok || err != nil {
				t.Errorf("%s is sent as %q, not as openapi.json says", p, sent)
			}
			break
		}
	}
	if asked < 15 {
		t.Errorf("only %d addresses", asked)
	}
}
