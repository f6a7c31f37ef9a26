# Needs python3 (3.11 or later) with venv, and make; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
# What `python -m benchmarks --help` lists: make bench BENCH="--requests 1000000"
BENCH ?=

.PHONY: help install serve test check bench format
.DEFAULT_GOAL := help

help:
	@echo 'make install  what is needed to serve, into .venv'
	@echo 'make serve    start the database, load the demo offices, serve on PORT (8000)'
	@echo 'make test     the whole suite, on a database of its own'
	@echo 'make check    lint, types, import contracts, the committed schema, the rulebooks'
	@echo 'make bench    figures beside a floor, two peers and pgbench, and every budget: ten minutes'
	@echo 'make format   put the code in order'

install: .venv/.product .venv/.compiled

# exec: the server itself receives the signals that stop make, and stops its database.
serve: .venv/.product .venv/.compiled
	@exec $(BIN)/python -m schema serve --demo

test: .venv/.development .venv/.compiled
	@PYTHONHASHSEED=$(or $(GUIJU_SEED),0) exec $(BIN)/python -m pytest --numprocesses=logical --dist=worksteal --durations=20

check: .venv/.development
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m schema export-schema --check
	$(BIN)/python -m schema check-changes
	$(BIN)/python -m schema check

bench: .venv/.development
	$(BIN)/python -m benchmarks $(BENCH)
	$(BIN)/python -m benchmarks.authority
	$(BIN)/python -m benchmarks.memory

format: .venv/.development
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

.venv/.product: pyproject.toml .constraints.txt
	$(call install,.)
	@touch $@

.venv/.development: pyproject.toml .constraints.txt
	$(call install,.[development])
	@touch .venv/.product $@

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile the whole code anew.
.venv/.compiled: $(shell find domain policies resolvers schema migrations -name '*.py')
	@$(BIN)/python -m compileall -q domain policies resolvers schema migrations
	@touch $@

define install
	@command -v $(PYTHON) >/dev/null || { echo 'Python is missing. On Debian: apt-get install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, this is $$($(PYTHON) --version). Name another: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo 'Python lacks venv. On Debian: apt-get install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo 'Building .venv …'; rm -rf .venv; $(PYTHON) -m venv .venv; }
	@echo 'Installing what .constraints.txt pins (about half a minute the first time) …'
	@PIP_CONSTRAINT=.constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --editable '$(1)'
endef
