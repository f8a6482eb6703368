# Everything a person types. Needed beforehand: make, git and Python 3.11 or newer.
#
#   make rehearse   try the whole bot in a browser page on this machine, without Discord
#   make play       run a scripted session to its end in the terminal
#   make run        run the bot on Discord, with the settings in .env
#   make kills      end the bot's process 200 times in the middle of things, and see that nothing is lost
#   make check      all that must be true before a change is handed in
#   make help       this list

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVER := $(VENV)/.server
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
SOURCES := bot cogs prompts tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help rehearse play run test pages lint types imports prompts check lock pictures bench kills clean

help:
	@sed -n 's/^#   //p' Makefile

rehearse: $(READY)
	@$(BIN)/sixfold rehearse $(ARGS)

play: $(READY)
	@$(BIN)/sixfold rehearse --play $(ARGS)

run: $(SERVER)
	@$(BIN)/sixfold run $(ARGS)

test: $(READY)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

# Every rehearsal in a browser, from the first click to its end, at two widths; `make test` does two of them.
pages: $(READY)
	@PAGES=all $(BIN)/python -m pytest tests/rehearsal/test_page_scenarios.py $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)

types: $(READY)
	@$(BIN)/pyright --pythonpath $(BIN)/python

imports: $(READY)
	@$(BIN)/lint-imports

prompts: $(READY)
	@$(BIN)/sixfold prompts check

check: test lint types imports prompts

pictures: $(READY)
	@$(BIN)/python -m tests.pictures $(ARGS)

kills: $(READY)
	@$(BIN)/python -m benchmarks.kills $(ARGS)

bench: $(READY)
	@for each in documents click click_over_http start rating board identifiers reminders; do \
		echo "== $$each"; $(BIN)/python -m benchmarks.$$each || exit 1; done

# Versions already in a lock are kept; `make lock UPGRADE=1` takes the newest that fit.
UV := $(VENV)/lock/bin/uv
COMPILE = $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--only-binary :all: --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) --group build

lock: $(UV)
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --output-file requirements-rehearsal.lock \
		--extra rehearsal --group dev --constraints requirements.lock
	@echo 'requirements.lock and requirements-rehearsal.lock are up to date with pyproject.toml.'

$(UV):
	$(call environment,$(VENV)/lock)
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --no-input install -qq uv

$(READY): requirements-rehearsal.lock pyproject.toml
	$(call install,requirements-rehearsal.lock)
	@touch $(READY) $(SERVER)

$(SERVER): requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $(SERVER)

define install
	@echo 'Getting Sixfold ready. The first time this takes a minute or two.'
	$(call environment,$(VENV))
	@$(PIP) install -qq --require-hashes --no-deps --only-binary :all: -r $(1)
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
endef

define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Sixfold needs Python 3.11 or newer, and "$(PYTHON)" is not that.' >&2; \
		echo 'If a newer one is installed, name it: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; \
		exit 1; }
	@test -x $(1)/bin/pip || $(PYTHON) -m venv $(1) || { \
		echo 'Python could not make a folder of its own for Sixfold.' >&2; \
		echo 'On Debian and Ubuntu this helps: sudo apt install python3-venv' >&2; \
		exit 1; }
endef

clean:
	rm -rf $(VENV) .hypothesis .import_linter_cache .pytest_cache .ruff_cache build dist
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
