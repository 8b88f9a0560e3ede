# make demo   the main job on the shipped book        make test   all tests
# make check  format, lint, types, contracts          make bench  what it costs, as ratios

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
HERE := $(VENV)/bin

.PHONY: demo test check bench lock clean

# The environment: pinned and hashed; made once, made anew when the pins or the project's metadata change.
# The pins are whole, so pip resolves nothing (--no-deps): the day's new release of a library cannot change or break it.
$(VENV)/ready: requirements.lock pyproject.toml hatch_build.py src/holdbook/numerics/kernel.c $(wildcard src/holdbook/numerics/*.h)
	$(PYTHON) -c 'import sys; sys.exit("holdbook needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	test -x $(HERE)/python || $(PYTHON) -m venv $(VENV)
	$(HERE)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(HERE)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(HERE)/python -m pip check --quiet --disable-pip-version-check
	$(HERE)/python -m compileall -q src/holdbook
	touch $@

demo: $(VENV)/ready
	$(HERE)/holdbook demo

test: $(VENV)/ready
	$(HERE)/python -m pytest -n auto --dist loadfile

check: $(VENV)/ready
	$(HERE)/ruff format --check src tests bench
	$(HERE)/ruff check src tests bench
	$(HERE)/mypy
	$(HERE)/lint-imports

bench: $(VENV)/ready
	$(HERE)/python bench/run.py

# New pins: only when a dependency is added or raised.
lock:
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --output-file requirements.lock pyproject.toml requirements.build.in

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist
