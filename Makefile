# A fresh machine needs Python 3.11 to 3.13 and nothing else: `make serve` and `make test` set up the rest.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SOURCES := pyproject.toml hatch_build.py frontend/package.json frontend/package-lock.json

.PHONY: help serve test check bench docs format clean

help:            ## say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: .venv/core ## start a demonstration on this machine only, and print its address
	$(BIN)/attune serve --demo

test: check .venv/browser ## everything CI runs: check, then all tests
	$(BIN)/python -m pytest -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder

check: .venv/all ## style, types and the layers of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/all ## measure; prints a table for each figure
	$(PIP) --group bench
	$(BIN)/python -m benchmarks.loop
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.needs
	$(BIN)/python -m benchmarks.choosing
	$(BIN)/python -m benchmarks.conversing

docs: .venv/core ## build the guide into docs/_build
	$(PIP) --group docs
	$(BIN)/sphinx-build -W --keep-going -q docs docs/_build

format: .venv/all ## put style right
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:           ## remove what can be made again (never data/)
	rm -rf .venv docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf src/attunement/web/static/vendor

.venv/core: $(SOURCES)
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "Attunement needs Python 3.11 to 3.13: make PYTHON=python3.12 ..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --upgrade 'pip>=25.1'
	$(PIP) --editable .
	touch $@

.venv/all: .venv/core
	$(PIP) --editable '.[postgres,body,llm]' --group test --group check
	touch $@

.venv/browser: .venv/all
	sh tests/browser/find_browser.sh
	touch $@
