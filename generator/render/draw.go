package render

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"runtime"
	"sync"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/render/svg"
)

// Pencil draws charts. It compiles the bundle and starts interpreters only for charts that the cache does not have.
type Pencil struct {
	bundle  func() (*svg.Bundle, error)
	version string // of the bundle, part of every cache key
	kept    cache.Folder
	Drawn   int // charts drawn
	Cached  int // charts taken from the cache

	Easel *Easel // draws cards; without one there are none
}

// figures are the fragments of all pages, by path, until their charts are drawn.
type figures struct {
	paths []string
	all   []fragment
}

// put keeps a fragment for the pages of a language. Those of one id stand one below the other.
func (p *figures) put(language, id string, f fragment) {
	p.paths, p.all = append(p.paths, "assets/impact/fragments/"+language+"/"+id+".html"), append(p.all, f)
}

// finish draws all charts, those that are the same once, and writes the fragments.
func (p *figures) finish(files Files, pencil *Pencil) error {
	var todo []*sketch
	var prefixes []string
	first, twins := map[string]*sketch{}, map[*sketch]*sketch{}
	for _, f := range p.all {
		for i, s := range f.Sketches {
			prefix := f.ID
			if i > 0 {
				prefix += "-" + s.Chart.class
			}
			data, err := s.Data()
			if err != nil {
				return err
			}
			if twin := first[prefix+string(data)]; twin != nil {
				twins[s] = twin
				continue
			}
			first[prefix+string(data)] = s
			todo, prefixes = append(todo, s), append(prefixes, prefix)
		}
	}
	if err := pencil.draw(todo, prefixes); err != nil {
		return err
	}
	for s, twin := range twins {
		s.Drawing = twin.Drawing
	}
	for i, f := range p.all {
		html, err := f.html()
		if err != nil {
			return err
		}
		files[p.paths[i]] = append(files[p.paths[i]], html...)
	}
	return nil
}

// NewPencil makes a pencil for an ECharts bundle, and keeps finished drawings in a folder.
func NewPencil(bundle []byte, kept cache.Folder) *Pencil {
	sum := sha256.Sum256(bundle)
	compiled := sync.OnceValues(func() (*svg.Bundle, error) { return svg.Compile(bundle) })
	return &Pencil{bundle: compiled, version: hex.EncodeToString(sum[:8]), kept: kept}
}

// drawingVersion is to be raised when svg.Clean or draw.js change what comes out.
const drawingVersion = "2"

// draw turns sketches into clean SVG whose ids begin with prefixes. Each processor has an interpreter of its own, made for its first
// chart.
func (p *Pencil) draw(todo []*sketch, prefixes []string) error {
	type done struct {
		cached bool
		err    error
	}
	next, all := make(chan int), make([]done, len(todo))
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(todo)) {
		workers.Go(func() {
			var renderer *svg.Renderer
			for i := range next {
				all[i].cached, all[i].err = p.one(&renderer, todo[i], prefixes[i])
			}
		})
	}
	for i := range todo {
		next <- i
	}
	close(next)
	workers.Wait()
	for _, d := range all {
		if d.err != nil {
			return d.err
		}
		if d.cached {
			p.Cached++
		} else {
			p.Drawn++
		}
	}
	return nil
}

// one draws a sketch, or takes it from the cache.
func (p *Pencil) one(renderer **svg.Renderer, s *sketch, prefix string) (cached bool, err error) {
	kept, cached, err := p.kept.Make([]any{p.version, drawingVersion, prefix, s.Chart}, func() ([]byte, error) {
		if *renderer == nil {
			bundle, err := p.bundle()
			if err != nil {
				return nil, err
			}
			if *renderer, err = svg.New(bundle); err != nil {
				return nil, err
			}
		}
		raw, err := (*renderer).Draw(s.Chart.Option, s.Chart.Width, s.Chart.Height)
		if err != nil {
			return nil, err
		}
		clean, err := svg.Clean(raw, prefix, palette(""))
		return []byte(clean), err
	})
	s.Drawing = template.HTML(kept)
	return cached, err
}
