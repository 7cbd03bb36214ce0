# Every command of the project; CI calls the same ones. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
UV := $(BIN)/uv
READY := .venv/.ready
ARGS ?=

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  ARGS=… is passed on: make test-fast ARGS='tests/domain -k money'"

.PHONY: environment
environment: $(READY) ## Create or refresh .venv from requirements.lock

.PHONY: up
up: $(READY) ## Start the whole service on this machine
	@$(BIN)/countinghouse up $(ARGS)

.PHONY: demo
demo: $(READY) ## Fill the running service with a demonstration company
	@$(BIN)/countinghouse demo $(ARGS)

# One recipe, in this order even under -j: programs, cheap checks, then the tests with pytest's closing line at the end.
.PHONY: test
test: $(READY) ## Everything that CI checks: lint, types and all tests
	@tools/install_debian_packages.sh
	@$(MAKE) lint
	@$(MAKE) types
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

.PHONY: test-fast
test-fast: $(READY) ## The tests that need no database server and no whole service (under 90 s)
	@$(BIN)/pytest -n 2 -m "not slow and not mariadb" $(ARGS)

.PHONY: lint
lint: $(READY) ## ruff, formatting, import layers and the house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/house_lints.py

.PHONY: types
types: $(READY) ## mypy, strict
	$(BIN)/mypy
	$(BIN)/mypy tools/house_lints.py

.PHONY: bench
bench: $(READY) ## Measure; prints the figures of docs/PERFORMANCE.md
	@$(BIN)/python -m bench $(ARGS)

.PHONY: format
format: $(READY) ## Format and repair what ruff can repair
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: lock
lock: $(READY) ## Pin the dependencies of pyproject.toml anew (ARGS=--upgrade for the newest versions)
	@$(UV) pip compile --quiet --python-version 3.11 --no-emit-index-url --no-annotate --generate-hashes --extra dev $(ARGS) \
		pyproject.toml -o requirements.lock
	@echo uv | $(UV) pip compile --quiet --python-version 3.11 --no-emit-index-url --no-annotate --generate-hashes $(ARGS) \
		- -o requirements-bootstrap.lock

.PHONY: clean
clean: ## Remove .venv and all caches; data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
	@find . -name node_modules -prune -o -name __pycache__ -type d -print0 | xargs -0 --no-run-if-empty rm -rf

# pip installs the pinned uv, uv the rest (seconds instead of minutes); where uv gets no connection, pip does it all.
$(READY): requirements-bootstrap.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "environment: installing the packages of requirements.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-index --no-build-isolation --no-deps --editable .
	@touch $@

$(BIN)/python:
	@for candidate in python3.11 python3; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then \
			$$candidate -m venv .venv && exit 0; \
			rm -rf .venv; \
			echo "environment: $$candidate cannot make virtual environments; on Debian: apt-get install python3.11-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "environment: Python 3.11 is needed and neither python3.11 nor python3 is one; on Debian 12: apt-get install python3.11-venv" >&2; \
	exit 1
