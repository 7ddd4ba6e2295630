# One target per habit; `make` alone prints them.
.DEFAULT_GOAL := help
.PHONY: help demo demo-batch serve test test-long mutants bench bench-reading shots lint types verapdf lock examples gallery messages clean demo-cluster chaos load client

PYTHON := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
OPTIONS ?=

help: ## Show these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Run the main job on the example cases; results in out/demo/
	@./setup.sh run
	@$(PYTHON) examples/demo.py

demo-batch: ## Run a batch of 20 rows with planted errors; results in out/demo-batch/
	@./setup.sh run
	@$(PYTHON) examples/demo_batch.py

demo-cluster: ## PostgreSQL, S3-compatible store, one API, two workers; a batch outlives a killed worker
	@./setup.sh develop
	@$(PYTHON) examples/cluster.py

chaos: ## Kill -9 at random moments under load; prints kills, accepted, finished, doubled, lost
	@./setup.sh develop
	@$(PYTHON) tests/faults/chaos.py $(or $(KILLS),10)

client: ## Generate clients for Python and TypeScript from the description and make packs with them; in out/client/
	@./setup.sh develop
	@$(PYTHON) tests/clients/generated.py

load: ## Load figures on loopback: uploads, cost a pack, batches, zips
	@./setup.sh develop
	@ROWS=$(ROWS) ONLY=$(ONLY) $(PYTHON) tests/faults/load.py

serve: ## Serve the HTTP API and the upload form on 127.0.0.1:8000
	@./setup.sh run
	@.venv/bin/evidence-packer serve --host 127.0.0.1 --port 8000

test: ## Lint, types and every short test
	@./setup.sh develop
	@$(MAKE) --no-print-directory lint types
	@$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long" $(OPTIONS)

test-long: ## The longer proofs
	@./setup.sh develop
	@$(PYTHON) -m pytest -m "long" $(OPTIONS)

mutants: ## Change the decisions in small ways; how many changes a test notices (OPTIONS="--only numbers --survivors")
	@./setup.sh develop
	@$(PYTHON) -m tests.mutants $(OPTIONS)

lint: ## ruff: rules and layout
	@.venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .

types: ## mypy, strict
	@.venv/bin/mypy --no-error-summary

bench: ## Speed beside a peer, as ratios and CPU time
	@./setup.sh develop
	@for script in benchmarks/*.py; do echo "== $$script"; $(PYTHON) $$script || exit 1; done

.PHONY: bench-bundle
bench-bundle: ## The bundle beside img2pdf, pypdf and a Chromium print, as ratios
	@./setup.sh develop
	@$(PYTHON) benchmarks/bundle.py $(OPTIONS)

bench-reading: ## How right and how fast reading is, beside Tesseract
	@./setup.sh develop
	@$(PYTHON) -m benchmarks.reading_set $(OPTIONS)

.PHONY: bench-meaning
bench-meaning: ## Whether pages are read rightly: parcels, days, messages, refunds (PICTURES=60 also through OCR; FAULTS, SEED)
	@./setup.sh develop
	@PICTURES=$(PICTURES) FAULTS=$(FAULTS) SEED=$(SEED) $(PYTHON) -m benchmarks.meaning $(OPTIONS)

.PHONY: bench-filling
bench-filling: ## What of a case stays when nobody types it: examples and made cases (CASES, SEED, PICTURES=4 also by OCR)
	@./setup.sh develop
	@CASES=$(CASES) SEED=$(SEED) PICTURES=$(PICTURES) $(PYTHON) -m benchmarks.filling $(OPTIONS)

.PHONY: bench-letters
bench-letters: ## How letters read: length, sentences that open alike, where answer and request stand
	@./setup.sh develop
	@$(PYTHON) -m benchmarks.letters $(OPTIONS)

gallery: ## Every letter in every language it speaks, and every bundle; in out/gallery/
	@./setup.sh run
	@$(PYTHON) examples/gallery.py

verapdf: ## Validate bundles (PDF/A-3b, PDF/UA-1) and letters (PDF/A-2a, PDF/UA-1), and PDF/A-1a on demand, of the examples with veraPDF (needs Java)
	@./setup.sh develop
	@$(PYTHON) tests/archival/validate.py $(OPTIONS)

.PHONY: real-files
real-files: ## Real files of public repositories: what comes of each (FOLDER=clones as owner/name)
	@./setup.sh develop
	@$(PYTHON) -m tests.real_files $(FOLDER) $(OPTIONS)

shots: ## Photograph every page and state of the form (needs Chromium)
	@./setup.sh develop
	@$(PYTHON) docs/make_shots.py

examples: ## Render the example evidence again (needs Chromium)
	@./setup.sh develop
	@$(PYTHON) examples/render.py

lock: ## Compile requirements/*.in into hashed requirements (needs uv)
	@cd requirements && for name in run film traces rapidocr develop client; do uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url $$name.in -o $$name.txt; done
	@cd tests/clients/typescript && npm install --package-lock-only --silent
	@$(PYTHON) tests/clients/lock_without_addresses.py

.PHONY: wheel
wheel: ## Build dist/*.whl, code and data in one file; install it with pip wherever Python 3.11 to 3.14 is
	@./setup.sh run
	@$(PYTHON) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: audit
audit: ## Inventory of what the service is made of (out/sbom.cdx.json); known holes, hashes, licences, without a network
	@./setup.sh run
	@$(PYTHON) requirements/audit.py

clean: ## Remove results and caches, keep .venv
	@rm -rf out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

messages: ## Write the pages of docs/ that come from data: messages, practice, sentence bank, fields, grounds, platforms, sheets
	@$(PYTHON) docs/make_messages.py && $(PYTHON) docs/make_practice.py && $(PYTHON) docs/make_bank.py && $(PYTHON) docs/make_fields.py
	@$(PYTHON) docs/make_grounds.py && $(PYTHON) docs/make_platforms.py && $(PYTHON) docs/make_sheets.py

.PHONY: docs
docs: ## Build the documentation as plain HTML, without a network; begins at out/docs/index.html
	@./setup.sh develop
	@$(PYTHON) docs/make_site.py
