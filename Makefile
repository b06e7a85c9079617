# Two commands for a newcomer: `make demo` shows what it does, `make test` proves it. Both need python3 >= 3.11.
PYTHON ?= python3
BIN := .venv/bin
TEST := .venv-test/bin
VENV := $(PYTHON) -c 'import sys; sys.exit("respgraph needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)' && $(PYTHON) -m venv
SOURCES := pyproject.toml $(shell find src ontology -type f ! -name '*.pyc')
DEMO := build/demo

.PHONY: demo test check graphs picture benchmarks clean

demo: .venv/installed
	@mkdir -p $(DEMO)
	@echo
	$(BIN)/respgraph build graphs/migration/source.md -o $(DEMO)/graph.trig --html $(DEMO)/page.html
	@echo
	$(BIN)/respgraph query $(DEMO)/graph.trig who-holds-whom --format table
	@echo
	@echo "Next:"
	@echo "  open $(DEMO)/page.html in a browser"
	@echo "  $(BIN)/respgraph query --list"
	@echo "  $(BIN)/respgraph query $(DEMO)/graph.trig obligations"
	@echo "  $(BIN)/respgraph check $(DEMO)/graph.trig"
	@echo "  $(BIN)/respgraph explain \"The ministry blamed the operator for the flood.\""
	@echo "  $(BIN)/respgraph build YOUR-TEXTS -o graph.trig --html page.html"

test: .venv-test/installed
	$(TEST)/python -m pytest

# What a change must pass before it is committed.
check: .venv-test/tools
	$(TEST)/ruff format --check src tests benchmarks graphs ontology
	$(TEST)/ruff check src tests benchmarks graphs ontology
	$(TEST)/mypy src tests benchmarks graphs
	$(TEST)/lint-imports
	$(TEST)/codespell src tests benchmarks graphs ontology *.md
	$(TEST)/python -m pytest

# Rebuild what is committed: the graphs, their pages, the ontology's page, and the answers shown in the README.
graphs: .venv-test/installed
	$(TEST)/python graphs/rebuild.py
	$(TEST)/python ontology/build.py
	$(TEST)/python tests/readme.py

# The README's picture: not part of `graphs`, for another Chromium draws other bytes.
picture: .venv-test/installed
	$(TEST)/python graphs/picture.py

benchmarks: .venv-test/installed
	$(TEST)/python benchmarks/run.py

clean:
	rm -rf .venv .venv-test build dist

.venv/installed: $(SOURCES)
	@echo "Making .venv and installing: about half a minute"
	@$(VENV) .venv
	$(BIN)/python -m pip install --quiet .
	@touch $@

# Only pip >= 25.1 knows dependency groups; an editable install needs no second run when a source changes.
.venv-test/installed: pyproject.toml
	@echo "Making .venv-test and installing: about a minute"
	@$(VENV) .venv-test
	$(TEST)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(TEST)/python -m pip install --quiet --group test --editable .
	@touch $@

.venv-test/tools: .venv-test/installed
	$(TEST)/python -m pip install --quiet --group dev
	@touch $@
