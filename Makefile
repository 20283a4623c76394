# make builds the binary and the site; make help lists the rest.
BIN    := bin/impact
VENDOR := themes/impact/assets/vendor/echarts

.PHONY: site
site: $(BIN) ## builds bin/impact and the whole site from data/ into public/
	$(BIN) build

# The binary embeds theme and words, so everything below these folders counts.
SOURCES := $(shell find generator themes data/codebook/languages docs -type f -not -path '*/testdata/*')

$(BIN): $(SOURCES) go.mod go.sum
	@echo "compiling impact (the first time Hugo comes along, which takes minutes)"
	go build -trimpath -o $@ ./generator

.PHONY: setup
setup: ## fetches the Go modules and, on Debian as root, the browser and the XML checker that the tests drive
	go mod download
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -yq --no-install-recommends chromium; \
	else echo "no Chromium found: install it, or the browser tests are skipped"; fi
	@command -v xmllint >/dev/null || \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -yq --no-install-recommends libxml2-utils; \
	else echo "no xmllint found: install it, or the tests against XML schemas are skipped"; fi

.PHONY: test
test: $(BIN) ## every test, those in a real browser included
	go vet ./...
	$(MAKE) windows
	go test -timeout 60m ./...

.PHONY: oracle
oracle: ## publishes every small table and looks for counts that what is published gives away (half an hour)
	IMPACT_ORACLE=full go test -v -timeout 180m -run 'NarrowedDown|OneChildMore|Tokens|Mutation|Blinded|Inside|EachChange' ./generator/ ./generator/audit

.PHONY: warehouse
warehouse: ## installs DuckDB and PostgreSQL, and holds the queries of impact sql against them (needs npm, and Debian as root)
	npm install --prefix .warehouse --no-save --no-audit --no-fund --ignore-scripts @duckdb/node-api@1.5.6-r.1
	@command -v psql >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || apt-get install -yq --no-install-recommends postgresql
	go test -count=1 -v -run Warehouse ./generator

.PHONY: published
published: $(BIN) ## builds the site from the ledger alone, as a public host does
	$(BIN) build --published-only

.PHONY: pdf
pdf: site ## prints results and annual reports as A4 files into build/pdf (needs Chromium)
	go run ./generator/pdf public build/pdf

.PHONY: stick
stick: site ## packs the site as impact-site.zip: unpacked on a USB stick, START.html opens it
	$(BIN) stick

.PHONY: bench
bench: $(BIN) ## the figures of BENCHMARKS.md
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: vitals
vitals: $(BIN) ## when home and results are painted on a slow line and a cheap phone, and what moves
	go test ./generator -run '^$$' -bench FirstView -benchtime 1x

.PHONY: shots
shots: $(BIN) ## takes the pictures of the README anew
	mkdir -p docs/shots && go test ./generator -count 1 -run MainPagesHaveTheirPicture -shots $(CURDIR)/docs/shots

.PHONY: usefulness
usefulness: ## what 20 sample organisations still show, at once and quarter by quarter (about an hour)
	go test ./generator -run 'Readers|QuarterByQuarter' -full -v -timeout 3h

.PHONY: validate
validate: site ## reads every page with the Nu Html Checker (needs npm and Java)
	@t=$$(mktemp -d) && trap 'rm -rf "$$t"' EXIT && npm install --prefix "$$t" --silent --ignore-scripts --no-audit --no-fund vnu-jar@26.9.27 && \
	java -jar "$$t"/node_modules/vnu-jar/build/dist/vnu.jar --skip-non-html --stdout --format gnu public && echo "nothing found in $$(find public -name '*.html' | wc -l) pages"

.PHONY: vendor
vendor: ## rebuilds the chart library from its lock file, byte for byte (needs npm)
	@t=$$(mktemp -d) && trap 'rm -rf "$$t"' EXIT && cp $(VENDOR)/entry.js $(VENDOR)/package.json $(VENDOR)/package-lock.json "$$t" && \
	npm ci --prefix "$$t" --ignore-scripts --no-audit --no-fund && npm run build --prefix "$$t" && cp "$$t/echarts.js" $(VENDOR)/

# The same commit and the same Go give the same bytes, wherever they are built.
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.PHONY: dist
dist: ## binaries for six systems in dist/, with checksums, licences and a bill of materials (compiles Hugo six times)
	rm -rf dist && mkdir dist
	@for p in $(PLATFORMS); do os=$${p%/*} arch=$${p#*/}; exe=; [ $$os = windows ] && exe=.exe; echo "$$os $$arch"; \
	CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch go build -trimpath -buildvcs=false -ldflags '-s -w' -o dist/impact-$$os-$$arch$$exe ./generator || exit 1; done
	go run ./generator/bill dist

# What imports no Hugo: the rest compiles for Windows in make dist.
.PHONY: windows
windows: ## looks whether all but Hugo's own part compiles for Windows
	GOOS=windows CGO_ENABLED=0 go vet $$(go list ./generator/... | grep -vE '/generator(/site)?$$')

.PHONY: clean
clean: ## drops what can be made again
	rm -rf bin build dist public .impact .public.*

.PHONY: help
help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
