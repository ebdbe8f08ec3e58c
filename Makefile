# Patithin: `make run` plans the sample office, `make test` runs every check, `make` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

OUT ?= out
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
KERNEL := $(shell find optimizer models -name '*.py' 2>/dev/null)

.PHONY: help run test faults load mixed hostile living peers scale core bench-micro endurance lock hashes audit pictures vendor wheel page page-bench browser clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: .venv/.warm  ## plan the sample office data/khonkaen into out/
	@# only the plan that it made itself is replaced
	@$(BIN)/patithin plan data/khonkaen --out $(OUT) $$(cmp -s $(OUT)/plan.json $(OUT)/.made && echo --force); code=$$?; \
		case $$code in 0|130) cp $(OUT)/plan.json $(OUT)/.made;; esac; exit $$code

test:  ## ruff, mypy, the floors, and all tests
	@# what takes its time on a new machine goes side by side: packages, the search, the browser
	@$(MAKE) --no-print-directory -j 3 .venv/.test .venv/.warm browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	@# mypy goes beside the tests; these are compiled once, else each process of pytest compiles all of them
	$(BIN)/mypy & types=$$!; $(BIN)/pytest --collect-only -qq >/dev/null; \
		$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder; code=$$?; \
		wait $$types || { echo "mypy has found faults, told above." >&2; exit 1; }; exit $$code

# the tests start Python hundreds of times: it keeps what it compiles also where the machine says not to
test: export PYTHONDONTWRITEBYTECODE =

faults: .venv/.test .venv/.warm  ## kill -9 the service, its workers and its scheduler 1,000 times; fail the machine; fuzz every reader; probe the API
	PYTHONPATH=tests $(BIN)/python -m faults.killing --kills 400
	PYTHONPATH=tests $(BIN)/python -m faults.killing --kills 300 --cluster
	PYTHONPATH=tests $(BIN)/python -m faults.killing --kills 300 --cluster --postgresql
	PYTHONPATH=tests $(BIN)/python -m faults.failing
	PYTHONPATH=tests $(BIN)/python -m faults.extremes --seconds 1200
	PYTHONPATH=tests $(BIN)/python -m faults.fuzzing --inputs 1000000
	PYTHONPATH=tests $(BIN)/python -m faults.probing --seconds 1200

load: .venv/.test .venv/.warm  ## measure the service: start, first answers, at rest, accepting problems, fifty readers while a run is solving, beside a flood
	PYTHONPATH=tests $(BIN)/python -m load.measuring
	PYTHONPATH=tests $(BIN)/python -m load.resting
	PYTHONPATH=tests $(BIN)/python -m load.flooding

mixed: .venv/.test .venv/.warm  ## live through working days at twenty requests a second, for eight hours; SECONDS=600 for less
	PYTHONPATH=tests $(BIN)/python -m load.mixed --seconds $(or $(SECONDS),28800)

hostile: .venv/.test .venv/.warm  ## measure what a planner sees while clients without a token mean harm, for five minutes
	ulimit -n 8192 && PYTHONPATH=tests $(BIN)/python -m load.hostile --seconds 300

peers: .venv/.test .venv/.warm  ## compare with OR-Tools' routing library and PyVRP, three minutes
	PYTHONPATH=tests $(BIN)/python -m benchmarks.peers --seconds 60

bench-micro: .venv/.test .venv/.warm  ## measure the search's hot parts and its steps per second; PROBLEMS='FILE ...' for others than the samples
	$(BIN)/pytest tests/benchmarks/bench_search.py --benchmark-columns=min,median,ops
	PYTHONPATH=.:tests $(BIN)/python -m benchmarks.steps $(PROBLEMS)

core: .venv/.test .venv/.warm  ## measure what CP-SAT brings in the main job; PROBLEMS='FILE ...' for others than the samples
	PYTHONPATH=.:tests $(BIN)/python -m benchmarks.core $(PROBLEMS)

scale: .venv/.test .venv/.warm  ## solve an office of 400 cooperatives for two and for ten minutes
	PYTHONPATH=tests $(BIN)/python -m benchmarks.scale

endurance: .venv/.test .venv/.warm  ## cancel solves at random moments, then watch one for half an hour
	PYTHONPATH=tests $(BIN)/python -m benchmarks.endurance cancels
	PYTHONPATH=tests $(BIN)/python -m benchmarks.endurance long

living: .venv/.test .venv/.warm  ## measure replanning, explanations and what-ifs on the sample and on random problems
	@PYTHONPATH=.:tests $(BIN)/python -m living.measuring

# --- what they stand on; each step is done once, and again when what it is made from changes

.venv/bin/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed$(if $(PYTHON),; $(PYTHON) is older or does not start,, and none was found)." >&2; \
		echo "Install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) lacks the module venv or ensurepip. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@rm -rf .venv && $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.run: requirements.hashes pyproject.toml | .venv/bin/python
	@echo "Installing what requirements.lock pins"
	@$(PIP) install --require-hashes --no-deps -r requirements.hashes
	@# by its path, not by a finder: beside a clone named patithin, its folder would be found before the package in it
	@$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@touch $@

.venv/.test: requirements-test.hashes .venv/.run
	@echo "Installing what requirements-test.lock pins"
	@$(PIP) install --require-hashes --no-deps -r requirements-test.hashes
	@touch $@

.venv/.warm: .venv/.run $(KERNEL)
	@echo "Compiling the search, once (up to a minute)"
	@$(BIN)/python -m optimizer.warmup
	@touch $@

# --- chromium and Thai fonts: some tests look at pages as a person would; without a window it takes half of the time

browser:
	@need=""; other=""; root=""; test "$$(id -u)" = 0 && command -v apt-get >/dev/null && root=1; \
	for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && other=1; done; \
	if command -v chromium-headless-shell >/dev/null; then :; \
	elif test -z "$$other" || { test -n "$$root" && apt-cache show chromium-headless-shell >/dev/null 2>&1; }; then \
		need="chromium-headless-shell"; fi; \
	test -n "$$(fc-list :lang=th 2>/dev/null)" || need="$$need fontconfig fonts-noto-core"; \
	if test -z "$$need"; then :; \
	elif test -n "$$root"; then \
		apt-get update -qq || exit 1; \
		apt-cache show chromium-headless-shell >/dev/null 2>&1 || need="$${need/chromium-headless-shell/chromium}"; \
		echo "Installing for the tests: $$need" | tr -s ' '; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$need >/dev/null; \
	else echo "The tests that look at pages need: $$need. Install them, else those tests fail." >&2; fi

page: .venv/.warm  ## plan the sample office and open the planner's page on it: the link is printed
	@mkdir -p $(OUT)
	@PATITHIN_DATABASE=sqlite:///$(OUT)/page.db $(BIN)/patithin serve data/khonkaen --seconds 60

page-bench: .venv/.test .venv/.warm browser  ## measure the page in chromium: first view, drags, drops, 400 cooperatives
	@PYTHONPATH=.:tests $(BIN)/python -m page.measuring

wheel: .venv/.run  ## build into dist/ a wheel for any platform, and one for this platform and Python with the search compiled
	@rm -rf build dist .venv/machine-code
	@$(PIP) wheel --no-deps --no-build-isolation -w dist .
	@NUMBA_CPU_NAME=generic NUMBA_CPU_FEATURES= PATITHIN_CACHE=.venv/machine-code $(BIN)/python -m optimizer.warmup
	@echo generic > .venv/machine-code/processor
	@PATITHIN_MACHINE_CODE=.venv/machine-code $(PIP) wheel --no-deps --no-build-isolation -w dist .
	@ls -sh dist

vendor: .venv/.test  ## fetch the libraries of the page anew from the npm registry
	PYTHONPATH=tests $(BIN)/python -m page.vendoring

pictures: .venv/.test browser  ## take the pictures of the pages anew from out/
	@$(BIN)/python docs/pictures/take.py $(OUT)/calendar.html
	@$(BIN)/python docs/pictures/living.py $(OUT)
	@PYTHONPATH=.:tests $(BIN)/python docs/pictures/planner.py $(OUT)

# --- the locks: exact versions of what the project and its tests need, and nothing else; and the hashes of their files
# for every platform, without addresses, by which pip sees that what it got is what was pinned

PINS := $(BIN)/python -c 'import json, sys; print(*sorted("{name}=={version}".format(**item["metadata"]).lower() \
	for item in json.load(sys.stdin)["install"] if not item.get("is_direct")), sep="\n")'
RESOLVE := $(PIP) install --dry-run --ignore-installed --report -

lock: .venv/bin/python  ## look for newer versions and pin them in both locks
	$(RESOLVE) '.[serve,notebook]' 'setuptools>=77' | $(PINS) > requirements.lock.new
	$(RESOLVE) -c requirements.lock.new '.[serve,notebook,search,test]' 'setuptools>=77' | $(PINS) | grep -vxFf requirements.lock.new > requirements-test.lock.new
	mv requirements.lock.new requirements.lock
	mv requirements-test.lock.new requirements-test.lock
	$(MAKE) hashes

hashes: .venv/bin/python  ## write the hashes of what the locks pin, after a line of them was changed by hand
	$(PIP) install --upgrade --target .venv/uv uv
	for lock in requirements requirements-test; do \
		.venv/uv/bin/uv pip compile --quiet --no-deps --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
			$$lock.lock --output-file $$lock.hashes || exit 1; done

audit: .venv/.test  ## ask pip-audit for known weaknesses of what the locks pin; needs the internet
	$(PIP) install --upgrade --target .venv/audit pip-audit
	PYTHONPATH=.venv/audit $(BIN)/python -m pip_audit --strict --disable-pip --no-deps -r requirements.lock -r requirements-test.lock

clean:  ## remove what make made: .venv, out, caches
	rm -rf .venv $(OUT) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
