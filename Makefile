# make build   sets up .venv and builds every document of registry/ into out/
# make test    runs all tests, with coverage
# make lint    style and types
# make bench   measures, and writes docs/performance.md
# make snapshot writes what is found in every registry of the tests into tests/snapshot: review its diff
# make mutation changes each rule in small ways, and writes docs/mutation.md: what no case notices
# make docs    writes the generated pages of docs/ again
# make clean   removes what the above made
#
# `make build` and `make test` need Python 3.11 or later, git and the package index; nothing has to be set up first.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# An editable install leaves this to the first run, which some machines forbid to write: then every run would do it again.
COMPILE = $(BIN)/python -m compileall -q ropa
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT ?= out

# The package is installed once in editable mode, so that a change in the code needs no new installation;
# a stamp says what is installed, and only a change in how it is packaged makes it old.
BUILD_STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
DEV_STAMP := $(VENV)/.installed-dev

.DEFAULT_GOAL := build
.PHONY: build test lint bench docs mutation snapshot clean

build: $(BUILD_STAMP)
	@$(BIN)/ropa build registry --out $(OUT)

test: $(TEST_STAMP)
	$(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report=term

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(TEST_STAMP)
	$(BIN)/python -m bench.bench

docs: $(TEST_STAMP)
	$(BIN)/python scripts/generate_docs.py

# Registries that lie beside the checkout are added where they are there.
OTHERS := $(wildcard ../shared/exam/cases)
snapshot: $(TEST_STAMP)
	$(BIN)/python scripts/snapshot.py $(if $(OTHERS),exam=$(OTHERS))

mutation: $(TEST_STAMP)
	@$(PIP) install --editable '.[mutation]'
	$(BIN)/python scripts/mutation.py --report

clean:
	rm -rf $(VENV) $(OUT) build dist .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "ropa needs Python 3.11 or later; found none. Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(BUILD_STAMP): pyproject.toml setup.py | $(BIN)/python
	@echo "Installing the toolkit …"
	@$(PIP) install --editable .
	@$(COMPILE)
	@touch $@

$(TEST_STAMP): pyproject.toml setup.py | $(BIN)/python
	@echo "Installing the toolkit and what its tests need …"
	@$(PIP) install --editable '.[test]'
	@$(COMPILE)
	@touch $(BUILD_STAMP) $@

$(DEV_STAMP): pyproject.toml setup.py | $(BIN)/python
	@echo "Installing the toolkit, its tests and its linters …"
	@$(PIP) install --editable '.[dev]'
	@$(COMPILE)
	@touch $(BUILD_STAMP) $(TEST_STAMP) $@
