# `make run` and `make test` need nothing but CPython 3.11 to 3.13 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint types pytest benchmark experiments results quality models notebooks sample clean

run: $(VENV)/base.done
	$(BIN)/civictopics run data/sample --out out --overwrite

test: lint types pytest

lint: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.done
	$(BIN)/mypy

pytest: $(VENV)/test.done
	$(BIN)/python -m pytest -m "slow or not slow" -n 2 --dist worksteal

benchmark: $(VENV)/test.done
	$(BIN)/python experiments/throughput.py

# Every declared experiment; finished cells are kept. `make results` makes tables and figures from the cells.
experiments: $(VENV)/test.done
	for declaration in experiments/*.toml; do $(BIN)/civictopics experiment $$declaration || exit 1; done

results: $(VENV)/test.done
	$(BIN)/civictopics results

quality: $(VENV)/test.done
	$(BIN)/civictopics quality

# All shipped models, from data/ alone, the same bytes each time on one machine; no network, no torch.
models: $(VENV)/base.done
	$(BIN)/python experiments/build_models.py

# After a change of models or results: the notebooks' outputs anew.
notebooks: $(VENV)/test.done
	$(BIN)/python experiments/execute_notebooks.py

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
