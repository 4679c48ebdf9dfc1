# Parallax: `make demo` and `make test` are all that a fresh machine needs.
SHELL := /bin/bash
.DELETE_ON_ERROR:
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8642
WEB := src/parallax/workbench/static/vendor

.PHONY: setup demo test test-spark lint lock clean

setup: .build/base .build/web

demo: setup
	$(VENV)/bin/parallax read demo/dispatches --into demo.ledger
	$(VENV)/bin/parallax serve demo.ledger --port $(PORT)

test: setup .build/test .build/debian
	$(PY) -m pytest -n 2

lint: setup .build/test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# The same suite on the engine of many machines, which is an extra and needs Java.
test-spark: .build/test .build/spark
	$(PY) -m pytest tests/engine

.build/spark: .build/base locks/spark.txt scripts/debian
	scripts/debian java
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/spark.txt
	@touch $@

# What `python -m benchmarks.speed` times beside the program.
.build/bench: .build/base locks/bench.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/bench.txt
	@touch $@

# The environment: a virtual one, filled from the lock file by hash, nothing else.
.build/base: locks/base.txt pyproject.toml scripts/venv
	@mkdir -p .build
	scripts/venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/base.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.build/test: .build/base locks/test.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/test.txt
	@touch $@

# What only the tests need from Debian: a browser and a database server.
.build/debian: scripts/debian
	@mkdir -p .build
	scripts/debian
	@touch $@

# The map's library and outlines come from npm by lock file; no third-party script is committed.
.build/web: web/package-lock.json web/build.mjs scripts/web .build/base
	scripts/web $(PY) $(WEB)
	@touch $@

# Renew every lock file (needs `uv`).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header pyproject.toml --group build -o locks/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header pyproject.toml --group build --group test -c locks/base.txt -o locks/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header --extra spark pyproject.toml -c locks/base.txt -o locks/spark.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header --group pyproject.toml:node -o locks/node.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header pyproject.toml --group bench -c locks/base.txt -o locks/bench.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --no-annotate --no-header pyproject.toml --group build --group training -c locks/base.txt -o locks/training.txt

clean:
	rm -rf .venv .build node_modules web/node_modules $(WEB) demo.ledger demo.ledger-wal demo.ledger-shm
