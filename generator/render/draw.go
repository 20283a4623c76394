package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"

	"github.com/ccpcr/impact/generator/render/svg"
)

// drawer turns a chart into a clean SVG whose ids begin with prefix.
type drawer func(c chart, prefix string) (string, error)

// Pencil draws charts. It starts an interpreter only for a chart that the cache does not have.
type Pencil struct {
	bundle  []byte
	version string // of the bundle, part of every cache key
	cache   string // folder, or "" for none

	mu       sync.Mutex
	renderer *svg.Renderer
	Drawn    int // charts drawn
	Cached   int // charts taken from the cache

	Easel *Easel // draws cards; without one there are none
}

// NewPencil makes a pencil for an ECharts bundle. cache is a folder for finished drawings, by content; it may be deleted at any
// time.
func NewPencil(bundle []byte, cache string) *Pencil {
	sum := sha256.Sum256(bundle)
	return &Pencil{bundle: bundle, version: hex.EncodeToString(sum[:8]), cache: cache}
}

// drawingVersion is to be raised when svg.Clean or draw.js change what comes out.
const drawingVersion = "1"

// draw gives the drawing of a chart.
func (p *Pencil) draw(c chart, prefix string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	data, err := json.Marshal([]any{p.version, drawingVersion, prefix, c})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	name := filepath.Join(p.cache, hex.EncodeToString(sum[:])+".svg")
	if p.cache != "" {
		if cached, err := os.ReadFile(name); err == nil {
			p.Cached++
			return string(cached), nil
		}
	}
	if p.renderer == nil {
		if p.renderer, err = svg.New(p.bundle); err != nil {
			return "", err
		}
	}
	raw, err := p.renderer.Draw(c.Option, c.Width, c.Height)
	if err != nil {
		return "", err
	}
	clean, err := svg.Clean(raw, prefix, palette(""))
	if err != nil {
		return "", err
	}
	p.Drawn++
	if p.cache != "" {
		keep(name, clean) // without a cache the next build is slower, nothing else
	}
	return clean, nil
}

// keep writes a cached file whole or not at all.
func keep(name, content string) {
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-")
	if err != nil {
		return
	}
	_, err = f.WriteString(content)
	if f.Close() != nil || err != nil || os.Rename(f.Name(), name) != nil {
		_ = os.Remove(f.Name())
	}
}
