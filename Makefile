# planledger: every target sets itself up; it needs make and Python 3.11 or newer, nothing else.
# `make ide` and `make test-interop` need Node.js 20.19 or newer with npm, `make screenshots` and
# `make test-interop` Chromium, and the latter what interop/README.md names.
#
# All of it lives inside this checkout, in .venv and node_modules; nothing is installed to the
# system. There is one environment for every target, made from requirements/dev.txt: one state to be
# in, at the price of a few seconds more before the first `make run`.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

# On every processor there is and one more, since many tests wait for a disk, a lock or a process; who
# has nothing left to do takes tests from the others.
PROCESSES := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
TESTS := $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help run test test-deep test-interop ide bench examples screenshots schema format lock clean again

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/ready ## Serve the Plymouth plan on http://127.0.0.1:8000 (PORT=8001 for another port)
	$(BIN)/planledger serve --example plymouth-2015 --port $(PORT)

test: $(VENV)/ready ## Check format, lint, types and run every test; changes no source file
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(TESTS)

test-deep: $(VENV)/ready ## Run the tests with many more random examples
	HYPOTHESIS_PROFILE=deep $(TESTS)

test-interop: $(VENV)/ready interop/node_modules/ready ide ## Try the service with clients of others
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile interop

ide: ide/node_modules/ready ## Build the page at /graphql for people
	node ide/build.mjs

bench: $(VENV)/ready ## Measure, and print the table
	$(BIN)/python -m benchmarks

examples: $(VENV)/ready ## Write the answers in docs/examples/questions
	$(BIN)/python -m tests.support.examples

screenshots: $(VENV)/ready ## Make the pictures of pages in docs/screenshots; needs Chromium
	$(BIN)/python -m interop.screenshots

schema: $(VENV)/ready ## Write schema.graphql
	$(BIN)/planledger schema > $(VENV)/schema.graphql
	mv $(VENV)/schema.graphql schema.graphql

schema-released: schema ## Promise the schema as it is: what schema.released.graphql says is kept
	cp schema.graphql schema.released.graphql

format: $(VENV)/ready ## Put the source into its format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

# Keeps every version that still fits; FLAGS=--upgrade takes the newest ones.
LOCK = $(VENV)-lock/bin/uv pip compile pyproject.toml --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header $(FLAGS)

lock: ## Remake requirements/*.txt from pyproject.toml (FLAGS=--upgrade for the newest versions)
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --output-file requirements/postgres.txt --extra postgres --constraint requirements/run.txt
	$(LOCK) --output-file requirements/dev.txt --extra dev --constraint requirements/postgres.txt

clean: ## Remove what these targets made, but never a ledger
	rm -rf $(VENV) $(VENV)-lock .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	rm -rf ide/node_modules interop/node_modules planledger/_ide planledger/_ide.half
	find . -name __pycache__ -prune -exec rm -rf {} +

# An environment belongs to one Python and one folder: asked for by another Python, moved, or left
# without its Python, it is made again.
MADE_FOR := $(PYTHON) in $(CURDIR)
ifneq ($(shell test -x $(BIN)/python && cat $(VENV)/made-for),$(MADE_FOR))
$(VENV)/locked: again
endif

# A stamp is written last, so what was interrupted half-way is done again from its beginning.
$(VENV)/locked: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "planledger needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1 | tail -n 1)." \
			"Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) (once, less than a minute)" >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
		--require-hashes --requirement requirements/dev.txt
	@echo '$(MADE_FOR)' > $(VENV)/made-for
	@touch $@

$(VENV)/ready: $(VENV)/locked pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation \
		--no-deps --editable .
	@touch $@

NODE_FITS = const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b > 18) ? 0 : 1)

# Exactly what the lock file names, each package checked against its hash, and none of their scripts.
%/node_modules/ready: %/package-lock.json %/package.json %/.npmrc
	@node -e '$(NODE_FITS)' 2>/dev/null && npm --version >/dev/null 2>&1 || { \
		echo "This needs Node.js 20.19 or newer and npm (Debian 13: apt-get install nodejs npm)." >&2; \
		exit 1; }
	@echo "Setting up $*/node_modules (once, less than a minute)" >&2
	@cd $* && npm ci --no-progress --loglevel error >/dev/null
	@touch $@
