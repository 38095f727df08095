# The edition and the tests, from a bare clone. `make help` lists what there is.

PYTHON = python3
VENV = .venv
EDITION = content
OUTPUT = build
PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

RUN = PYTHONPATH="$(CURDIR)/src" $(VENV)/bin/python
PIP = $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check
LAST = $(VENV)/.edition
WORKERS = -n 2 --dist loadgroup

.DEFAULT_GOAL = help
.PHONY: help edition test slower bench clean

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

edition: $(VENV)/.installed $(VENV)/.pango ## Build the PDF and the EPUB of content/ into build/
	@$(now); if [ "$$(now)" = "$$(cat $(LAST) 2>/dev/null)" ]; then \
		echo "The books in $(OUTPUT)/ are those of $(EDITION)/: nothing has changed since."; \
	else \
		echo "Building $(EDITION)/ into $(OUTPUT)/"; rm -f $(LAST); \
		$(RUN) -m printedition build "$(EDITION)" -o "$(OUTPUT)" && now > $(LAST); \
	fi

test: $(VENV)/.developing $(VENV)/.pango ## Run ruff, mypy and the tests
	@echo "Looking over the code with ruff"
	@$(RUN) -m ruff check --quiet .
	@echo "Checking the types with mypy"
	@$(RUN) -m mypy --no-error-summary
	@echo "Running the tests"
	@$(RUN) -m pytest -q $(WORKERS) -m "not slower"

slower: $(VENV)/.developing $(VENV)/.pango ## Run the tests that take longest
	@$(RUN) -m pytest -q $(WORKERS) -m slower -k "$(PICK)"

bench: $(VENV)/.developing $(VENV)/.pango ## Measure checks and builds against their bars
	@$(RUN) tests/benchmarks "$(EDITION)"

clean: ## Remove the books, .venv and what the tools keep
	@echo "Removing the books, $(VENV) and the caches"
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	@find $(OUTPUT) -mindepth 1 ! -name .gitkeep -exec rm -rf {} + 2>/dev/null || true
	@find src tests -name __pycache__ -exec rm -rf {} + 2>/dev/null || true

# A sum over all that goes into the books, and the books: dates of files say too little.
now = now() { { echo "$$SOURCE_DATE_EPOCH"; find "$(EDITION)" src styles templates \
	pyproject.toml "$(OUTPUT)" -type f ! -name '*.pyc' -exec cksum {} + 2>/dev/null; } | sort | cksum; }

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { $(apt); \
		apt python3-venv "Python cannot make environments here"; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.made
	@echo "Installing printedition into $(VENV)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.developing: pyproject.toml $(VENV)/.made
	@echo "Installing printedition and the tools of its tests into $(VENV)"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.pango: | $(VENV)/.made
	@[ -e $(VENV)/.installed ] || [ -e $(VENV)/.developing ] || $(MAKE) --no-print-directory $(VENV)/.installed
	@$(pango) || { $(apt); apt "$(PANGO)" "Pango, which sets the pages, is missing"; }
	@$(pango) || { echo "WeasyPrint does not start:" >&2; $(VENV)/bin/python -c 'import weasyprint'; exit 1; }
	@touch $@

pango = $(VENV)/bin/python -c 'import sys; from weasyprint.text.ffi import harfbuzz_subset; \
	sys.exit(harfbuzz_subset is None)' >/dev/null 2>&1

# Installs Debian packages where that is ours to do, and else says which are wanted.
apt = apt() { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "$$2: installing $$1"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq -y --no-install-recommends $$1 >/dev/null; } && return 0; \
	fi; \
	echo "$$2. On Debian and Ubuntu:" >&2; \
	echo "    sudo apt-get install $$1" >&2; \
	echo "Elsewhere install what these packages hold, then run make again." >&2; \
	return 1; }
