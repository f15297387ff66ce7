VENV := .venv
BIN := $(VENV)/bin
QUIETLY := --no-input --disable-pip-version-check --quiet --quiet
PIP := $(BIN)/python -m pip $(QUIETLY)

# The first Python on the path that is new enough; `make PYTHON=/path/to/python` chooses another.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))

# A test process for each core, and one more: much of a test's time is the disk's. Whoever is done takes over others' tests.
SIDE_BY_SIDE ?= -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist worksteal

# Several processes that keep Telegram's limits, and a loop's bounds, by the clock on the wall.
ALONE := tests/cluster tests/random_people

.DEFAULT_GOAL := help
.PHONY: help install run check test coverage outgrown audit bench explore mutants lint types docs build constraints up down clean
.NOTPARALLEL: # each suite takes all cores

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/.dev ## .venv with gad and everything that the tests need

run: $(VENV)/.run ## the desk and a local Telegram to try it in; prints the page's address
	@exec $(BIN)/gad demo

check: lint types docs test outgrown build audit ## everything that CI checks

test: $(VENV)/.dev ## the suite
	@scripts/run_tests.sh -m "not outgrown and not audit" $(SIDE_BY_SIDE) $(ARGS)

coverage: $(VENV)/.dev ## the suite, half as slow again: 90 % of all branches, 95 % of each critical room's; line by line in htmlcov/
	@scripts/run_tests.sh -m "not outgrown and not audit" $(SIDE_BY_SIDE) --cov --cov-report=term --cov-report=html --cov-fail-under=90 $(ARGS)
	@$(BIN)/python scripts/room_coverage.py --html htmlcov/rooms

outgrown: $(VENV)/.dev ## the stories on PostgreSQL and Redis, and four processes that die
	@scripts/run_tests.sh -m outgrown $(ALONE:%=--ignore=%) $(SIDE_BY_SIDE) $(ARGS)
	@scripts/run_tests.sh -m outgrown $(ALONE) $(ARGS)

audit: $(VENV)/.dev ## secrets in any commit, known weaknesses of the pins, dist/sbom.cdx.json, and the API against its description
	@$(BIN)/python scripts/find_secrets.py --history
	@$(BIN)/python scripts/audit_dependencies.py constraints.txt constraints-dev.txt
	@mkdir -p dist && $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o dist/sbom.cdx.json constraints.txt
	@$(BIN)/python -m pytest -m audit $(ARGS) tests/metrics/api tests/project

bench: $(VENV)/.dev ## each target with its ratio and peer, into docs and README (10 minutes, nothing else running); ARGS=--short: 3
	@$(BIN)/python scripts/performance/run.py $(ARGS)

explore: $(VENV)/.dev ## every order of a few acts on the real desk, each promise checked (15 minutes at most); ARGS="--depth 5": 2
	@$(BIN)/python scripts/explore.py $(ARGS)

mutants: $(VENV)/.dev ## faults planted in core/rules that its tests notice: 85 %; ARGS="--endings 3 8" tries a fifth of them
	@$(BIN)/python scripts/mutants.py $(ARGS)

lint: $(VENV)/.dev ## style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy

docs: $(VENV)/.dev ## the documentation as a site in site/; a link that leads nowhere fails
	@$(BIN)/mkdocs build --strict --clean

build: $(VENV)/.run ## sdist and wheel in dist/, the wheel tried in an environment of its own
	@rm -rf dist build && mkdir -p build
	@$(BIN)/python -m hatchling build -t sdist
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	@$(BIN)/python -m venv build/clean
	@build/clean/bin/python -m pip $(QUIETLY) install --require-hashes -r constraints.txt
	@build/clean/bin/python -m pip $(QUIETLY) install --no-deps dist/*.whl
	@cd build/clean && bin/python -I ../../scripts/import_everything.py && bin/gad --version
	@ls dist

constraints: ## pins and hashes anew, to the newest that fit; UPGRADE= adds only what is new (needs uv)
	@command -v $(UV) >/dev/null || { echo "make constraints needs uv on the path" >&2; exit 1; }
	@mkdir -p build && sed -n 's/^\([a-z0-9.-]*\(\[[a-z,-]*\]\)*==[^ ]*\).*/\1/p' constraints*.txt > build/pins.txt
	@$(COMPILE) --group build --group dev --extra tracing -o build/pins.txt
	@$(COMPILE) --group build -c build/pins.txt --generate-hashes -o constraints.txt
	@$(COMPILE) --extra tracing -c build/pins.txt --generate-hashes -o constraints-tracing.txt $(NOT_RUN)
	@$(COMPILE) --group build --group dev --extra tracing -c build/pins.txt --generate-hashes -o constraints-dev.txt $(NOT_RUN)

up: ## the whole desk in containers, as it runs in earnest: GAD_DOMAIN=desk.example.org make up (docs/deployment.md)
	@deploy/staging/secrets.sh
	@$(STAGING) up --detach --build --remove-orphans

down: ## ends it; what it kept stays in its volumes
	@GAD_DOMAIN=$${GAD_DOMAIN:-none} $(STAGING) down

clean: ## removes what was built, the environment too
	rm -rf $(VENV) dist build site .coverage htmlcov .mypy_cache .pytest_cache .ruff_cache .hypothesis

STAGING = docker compose --project-name gad-staging --file docker-compose.staging.yml

UV ?= uv
# What the desk needs anyway stands in one file alone.
NOT_RUN = $$(sed -n 's/^\([a-z0-9-]*\)[=[].*/--no-emit-package \1/p' constraints.txt)
UPGRADE ?= --upgrade
# An extra stays in the pin: pip meets `coverage[toml]` before `coverage` and asks for a hash of whatever is newest.
COMPILE = $(UV) pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-strip-extras \
	--custom-compile-command 'make constraints' pyproject.toml

$(BIN)/pip:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "GRUPO_GAD needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module is missing (on Debian: apt install python3-venv)" >&2; exit 1; }

# pip refuses whatever a hash is missing for, so the project itself comes in a second step.
$(VENV)/.run: $(BIN)/pip constraints.txt pyproject.toml
	@echo "Installing what the desk needs (once)..."
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run constraints-dev.txt
	@echo "Installing what the tests need (once)..."
	@$(PIP) install --require-hashes -r constraints-dev.txt
	@touch $@
