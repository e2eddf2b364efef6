# Everything a developer or an operator of a demo types. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset install assets checked test test-full drill bench lint types architecture templates \
	migrations format chromium reference lock clean

# Overridable: make demo PORT=9000, make test WORKERS=4, make install PYTHON=/path/to/python3.12
export PORT ?= 8000
WORKERS ?= 2
PYTHON ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
INSTALL := -m pip --disable-pip-version-check install --quiet --progress-bar on
PIP := $(PY) $(INSTALL)
ORACLES := .venv-oracles
PEERS := .venv-peers
PROVIDERS := tests/support/providers
PYTEST := $(PY) -m pytest
AS_TESTS := PORTICO_TESTING=1
ON_SQLITE := PORTICO_TEST_DATABASE=sqlite $(PYTEST)
ON_POSTGRESQL := PORTICO_TEST_DATABASE=postgresql $(PYTEST)
SHARED := -n $(WORKERS) --dist worksteal

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- the environment

$(VENV)/bin/python $(ORACLES)/bin/python $(PEERS)/bin/python:
	@PYTHON="$(PYTHON)" sh tools/make_venv.sh $(@:/bin/python=)

# The dev lock holds everything of the base lock at the same versions, so either stamp serves the demo.
$(VENV)/.base: requirements/base.txt | $(PY)
	@echo "Installing what the product needs (a minute or two, once)"
	@$(PIP) --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PY)
	@echo "Installing what the product and its checks need (a minute or two, once)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.base

# Judges whose own needs contradict the product's: only the tests talk to them, and only as another process.
$(ORACLES)/.locked: requirements/oracles.txt | $(ORACLES)/bin/python
	@echo "Installing the judges that need an environment of their own (once)"
	@$(ORACLES)/bin/python $(INSTALL) --require-hashes -r requirements/oracles.txt
	@touch $@

# What benchmarks measure beside the product: only they talk to it, and only as another process.
$(PEERS)/.locked: requirements/peers.txt | $(PEERS)/bin/python
	@echo "Installing the peers that benchmarks measure (once)"
	@$(PEERS)/bin/python $(INSTALL) --require-hashes -r requirements/peers.txt
	@touch $@

# A certified OpenID Connect provider: the tests sign in with it, as another process.
$(PROVIDERS)/node_modules/.locked: $(PROVIDERS)/package-lock.json $(PROVIDERS)/.npmrc $(VENV)/.dev
	@echo "Installing the identity provider that the tests sign in with (once)"
	@cd $(PROVIDERS) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.portico: pyproject.toml $(VENV)/.base
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/.dev $(VENV)/.portico $(ORACLES)/.locked $(PROVIDERS)/node_modules/.locked ## Make .venv with everything for developing

assets: $(VENV)/.portico
	@$(PY) -m portico.edges.web.assets.build

# ---------------------------------------------------------------- the product

demo: assets ## Start the demo on http://localhost:$PORT (8000), data kept between starts
	@exec $(PY) -m portico.demo.run

demo-reset: assets ## Start the demo anew
	@exec $(PY) -m portico.demo.run --reset

# ---------------------------------------------------------------- the checks

# What asks no database is the same on both, and runs once.
test: checked ## All that must hold; CI runs this
	$(ON_POSTGRESQL) $(SHARED) -m "(database or postgresql) and not drill and not browser"
	$(ON_SQLITE) $(SHARED)

test-full: checked ## The same with many more examples, browser journeys on both databases
	$(ON_POSTGRESQL) $(SHARED) --hypothesis-profile=full --timeout=0
	$(ON_SQLITE) $(SHARED) --hypothesis-profile=full --timeout=0

# Side by side: most of these use one processor each.
checked: install assets chromium
	@$(MAKE) --no-print-directory -j $(WORKERS) lint types architecture templates migrations

drill: install assets chromium ## Races, kills, timing, fuzzing: slow, on both databases
	$(ON_POSTGRESQL) -m drill --hypothesis-profile=drill --timeout=0
	$(ON_SQLITE) -m drill --hypothesis-profile=drill --timeout=0

bench: install assets $(PEERS)/.locked ## Measure against floors and peers, side by side in one run
	@$(PY) -m tools.bench

lint: install ## Style and unsafe habits
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Static types
	$(AS_TESTS) $(BIN)/mypy

architecture: install ## The import rules of the house
	$(BIN)/lint-imports

templates: install ## Style of templates
	$(BIN)/djlint portico --lint

migrations: install ## Every model change has its migration
	$(AS_TESTS) $(PY) manage.py makemigrations --check --dry-run

format: install ## Put code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

chromium: install
	@$(PY) -m tools.chromium

# ---------------------------------------------------------------- upkeep

reference: install ## Write the reference pages that are made from the code
	@$(PY) -m tools.reference

UV ?= $(shell command -v uv || echo $(CURDIR)/$(BIN)/uv)
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--custom-compile-command "make lock"

lock: ## Choose versions anew and write the locks (needs uv; UPGRADE=1 takes the newest)
	@command -v $(UV) >/dev/null || { echo "uv is needed to write the locks: python3 -m pip install uv"; exit 1; }
	cd requirements && $(COMPILE) $(if $(UPGRADE),--upgrade) -o base.txt base.in
	cd requirements && $(COMPILE) $(if $(UPGRADE),--upgrade) -c base.txt -o saml.txt saml.in
	cd requirements && $(COMPILE) $(if $(UPGRADE),--upgrade) -c base.txt -c saml.txt -o dev.txt dev.in
	cd requirements && $(COMPILE) $(if $(UPGRADE),--upgrade) -o oracles.txt oracles.in
	cd requirements && $(COMPILE) $(if $(UPGRADE),--upgrade) -o peers.txt peers.in

clean: ## Remove the environments, caches and built assets; the demo's data stays
	rm -rf $(VENV) $(ORACLES) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf portico/edges/web/assets/node_modules $(PROVIDERS)/node_modules
	find portico tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
