# `make demo` and `make test` set up everything they need from a machine with Python 3.11, venv and make.
PYTHON ?= python3.11
PY := .venv/bin/python
JOBS ?= 2

.PHONY: help demo test check bench docs fuzz mutants lock clean

help:
	@echo "make demo    the worked example, from nothing to a page in out/laocai/"
	@echo "make test    every test that this machine can run"
	@echo "make check   style, types and house rules"
	@echo "make bench   the benchmarks"
	@echo "make docs    the data dictionary and the manual of commands, from the program itself"
	@echo "make fuzz    every reader on spoilt and crafted files; writes docs/hostile-inputs.md"
	@echo "make mutants which one-line changes the tests do not catch; writes docs/mutants.md (about an hour)"
	@echo "make lock    write the locks anew"

.venv/core: requirements.lock
	$(PYTHON) -m venv --clear .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/test: .venv/core requirements-test.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

demo: .venv/core
	$(PY) -m fansipan demo --out out/laocai

test: .venv/test
	$(PY) -m pytest -n $(JOBS)

check: .venv/test
	$(PY) -m ruff check src tests benchmarks
	$(PY) -m ruff format --check src tests benchmarks
	$(PY) -m mypy
	$(PY) -m pytest tests/house

bench: .venv/test
	$(PY) -m benchmarks

docs: .venv/core
	$(PY) -m fansipan dictionary -o docs/data-dictionary.md
	$(PY) -m fansipan manual --lang vi -o docs/commands.vi.md
	$(PY) -m fansipan manual --lang en -o docs/commands.en.md

fuzz: .venv/test
	$(PY) tools/fuzz.py --mutations 320 --seed 1 -o docs/hostile-inputs.md

mutants: .venv/test
	$(PY) -m pytest -n $(JOBS) --cov=fansipan --cov-context=test --cov-report=
	$(PY) tools/mutants.py --jobs $(JOBS) -o docs/mutants.md

lock: .venv/test
	$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra build -o requirements.lock
	$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra build --extra test -c requirements.lock -o requirements-test.lock

clean:
	rm -rf .venv out build dist
