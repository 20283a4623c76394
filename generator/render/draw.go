package render

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html/template"
	"runtime"
	"sync"

	"github.com/ccpcr/impact/generator/cache"
	"github.com/ccpcr/impact/generator/render/svg"
)

// Pencil draws charts. It compiles the bundle, once for a program, and starts interpreters only for charts that the cache does not have.
type Pencil struct {
	bundle  func() (svg.Bundle, error)
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
	version := hex.EncodeToString(sum[:8])
	compiled := sync.OnceValues(func() (svg.Bundle, error) {
		own := kept
		if cache.Program() == "" {
			own = cache.Folder{} // it may be another program's, whose interpreter it is not for
		}
		compiled, _, err := own.Make([]any{version, cache.Program()}, func() ([]byte, error) { return svg.Compile(bundle) })
		return compiled, err
	})
	return &Pencil{bundle: compiled, version: version, kept: kept}
}

// drawingVersion is to be raised when svg.Clean or draw.js change what comes out.
const drawingVersion = "2"

// worthAnother is for how many charts another interpreter is started, which costs about as much as drawing five.
const worthAnother = 20

// draw turns sketches into clean SVG whose ids begin with prefixes. Those that are not kept are drawn on as many processors as they are
// worth, each with an interpreter of its own.
func (p *Pencil) draw(todo []*sketch, prefixes []string) error {
	of := func(i int) any { return []any{p.version, drawingVersion, prefixes[i], todo[i].Chart} }
	var rest []int
	for i, s := range todo {
		kept, ok := p.kept.Load(of(i))
		if s.Drawing = template.HTML(kept); !ok {
			rest = append(rest, i)
		}
	}
	p.Drawn, p.Cached = p.Drawn+len(rest), p.Cached+len(todo)-len(rest)
	next, errs := make(chan int), make([]error, len(todo))
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (len(rest)+worthAnother-1)/worthAnother) {
		workers.Go(func() {
			var renderer *svg.Renderer
			defer func() {
				if renderer != nil {
					_ = renderer.Close()
				}
			}()
			for i := range next {
				var clean string
				if clean, errs[i] = p.one(&renderer, todo[i].Chart, prefixes[i]); errs[i] == nil {
					todo[i].Drawing = template.HTML(clean)
					p.kept.Store(of(i), []byte(clean))
				}
			}
		})
	}
	for _, i := range rest {
		next <- i
	}
	close(next)
	workers.Wait()
	return errors.Join(errs...)
}

// one draws a chart. The first that an interpreter draws starts it.
func (p *Pencil) one(renderer **svg.Renderer, c chart, prefix string) (string, error) {
	if *renderer == nil {
		bundle, err := p.bundle()
		if err != nil {
			return "", err
		}
		if *renderer, err = svg.New(bundle); err != nil {
			return "", err
		}
	}
	raw, err := (*renderer).Draw(c.Option, c.Width, c.Height)
	if err != nil {
		return "", err
	}
	return svg.Clean(raw, prefix, palette(""))
}
