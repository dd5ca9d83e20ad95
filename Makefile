# `make run` and `make test` need nothing but CPython 3.11 to 3.13 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint types pytest benchmark sample clean

run: $(VENV)/base.done
	$(BIN)/civictopics run data/sample --out out --overwrite

test: lint types pytest

lint: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.done
	$(BIN)/mypy

pytest: $(VENV)/test.done
	$(BIN)/python -m pytest

benchmark: $(VENV)/test.done
	$(BIN)/python experiments/throughput.py

# The files of data/sample/ are written from the corpus.
sample: $(VENV)/base.done
	$(BIN)/python experiments/write_sample.py

$(VENV)/base.done: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

$(VENV)/test.done: $(VENV)/base.done
	$(PIP) install --constraint constraints.txt --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) out build dist
