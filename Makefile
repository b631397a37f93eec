# Every target sets up what it needs. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := bash
export UV_PYTHON_DOWNLOADS := never
# Where it is set, every command would compile all of the app again, half a second each.
unexport PYTHONDONTWRITEBYTECODE
UV := $(or $(shell command -v uv),.tools/bin/uv)
BIN := .venv/bin
PORT ?= 8000

# The folder of a corpus, and the part of it to score (all, tune, holdout), for `eval`.
CORPUS ?=
SPLIT ?= all
FAULTS := tests/load tests/net tests/crash
UNDER_LOAD := tests/migrations/test_under_load.py

.PHONY: bench bench-archive bench-large help setup run test faults check eval format lint types imports migrations openapi openapi-clients fuzz soak crash teeth containers lock clean histories

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: .venv/.ready ## Make .venv with everything the project needs

.venv/.ready: requirements-dev.lock pyproject.toml
	@command -v $(UV) >/dev/null || python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools uv
	@[ -x $(BIN)/python ] || $(UV) venv --quiet .venv
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## Start Postgres, migrate, seed and serve on 127.0.0.1:8000 (PORT=…)
	@exec $(BIN)/bilateral up --port $(PORT)

# Each process has a Postgres of its own, so that many cores need not mean many servers.
test: setup ## Run the tests in as many processes as cores, 4 at most; those of load, network and crashes are `make faults`
	@$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(addprefix --ignore=,$(FAULTS) $(UNDER_LOAD))

faults: setup ## Run the short tests of load, network and crashes, apart since they take a minute of their own
	@$(BIN)/pytest $(FAULTS)

check: format lint types imports migrations openapi openapi-clients containers test test-compiled faults fuzz ## Everything that must hold before a change lands

eval: setup ## Read a corpus and print its scorer's table, overall and by origin (CORPUS=folder)
	@[ -f "$(CORPUS)/score.py" ] || { echo "Name a corpus, a folder with articles/, gold/ and score.py: make eval CORPUS=folder" >&2; exit 2; }
	@out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	{ $(BIN)/bilateral parse --articles "$(CORPUS)/articles" --out "$$out" || ls "$$out"/*.json >/dev/null; } && \
	for origin in all real rewritten; do \
		echo "== origin: $$origin" && \
		$(BIN)/python "$(CORPUS)/score.py" "$$out" --gold "$(CORPUS)/gold" --split "$(SPLIT)" --origin $$origin || exit; \
	done

.PHONY: calibrate bench-parsing
calibrate: setup ## Fit the confidence's weights on corpora and print their error (CORPUS="folder …", WRITE=1 keeps them)
	@[ -f "$(firstword $(CORPUS))/score.py" ] || { echo "Name a corpus, a folder with articles/, gold/ and score.py: make calibrate CORPUS=folder" >&2; exit 2; }
	@$(BIN)/python tools/calibrate.py $(CORPUS) $(if $(WRITE),--write)

bench-parsing: compiled ## Print how many articles a second one core reads (CORPUS=folder for its articles)
	@GLIBC_TUNABLES=$(LARGE_PAGES) $(COMPILED)/bin/python tools/bench_parsing.py $(if $(CORPUS),"$(CORPUS)")
	@for made in $(COMPILED) .venv; do $$made/bin/python tools/bench_parsing.py $(if $(CORPUS),"$(CORPUS)") || exit; done

COMPILED := .venv-compiled
PLAIN := .venv-compiled-plain
LARGE_PAGES := glibc.malloc.hugetlb=1
PARSER := .venv/.ready tools/compile.sh $(shell find app seed -type f -not -name '*.pyc')
# Distributions build their Python with the compiler's counts of what runs, which reads articles a sixth faster than one
# built without; it must have the headers, as python3-dev on Debian.
FAST_PYTHON = $(shell /usr/bin/python3 -c 'import os, sys, sysconfig; sys.exit(sys.version_info < (3, 11) or not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' 2>/dev/null && echo /usr/bin/python3 || echo $(BIN)/python)

# compile,PYTHON,profiled: the target's folder gets that Python, what the project needs, and the parser compiled. The tests
# lie behind the packages on the path, for the checkout holds the parser's source too.
define compile
	@command -v cc >/dev/null || { echo "To compile the parser takes a C compiler and Python's headers, on Debian: apt-get install gcc python3-dev" >&2; exit 2; }
	@wheels=$$(mktemp -d) && trap 'rm -rf "$$wheels"' EXIT && \
	$(UV) venv --quiet --clear --python $(1) $(@D) && \
	$(UV) pip sync --quiet --python $(@D) --compile-bytecode --require-hashes requirements-dev.lock && \
	tools/compile.sh $(@D)/bin/python "$$wheels" $(2) && \
	$(UV) pip install --quiet --python $(@D) --no-deps "$$wheels"/*.whl
	@echo "$(CURDIR)" > "$$($(@D)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/checkout.pth"
	@touch $@
endef

# Not made anew for another of the tests' articles: the counts of the others are as good.
$(COMPILED)/.ready: $(PARSER)
	$(call compile,$(FAST_PYTHON),profiled)

$(PLAIN)/.ready: $(PARSER)
	$(call compile,$(BIN)/python)

.PHONY: compiled test-compiled
compiled: $(COMPILED)/.ready ## Make .venv-compiled, where the parser is machine code, as .venv-compiled/bin/bilateral

test-compiled: $(PLAIN)/.ready ## Run the parser's tests on what was compiled, without the counts, which change no result
	@$(PLAIN)/bin/pytest -q --numprocesses auto --maxprocesses 4 --dist worksteal tests/parsing

format: setup
	@$(BIN)/ruff format --check .

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports

.venv-bench/.ready: benchmarks/requirements.lock
	@$(UV) venv --quiet --allow-existing .venv-bench
	@$(UV) pip sync --quiet --python .venv-bench --require-hashes benchmarks/requirements.lock
	@touch $@

bench: setup .venv-bench/.ready ## Measure against the goals on a million synthetic events (EVENTS=…; PARTS="growth filters" for these alone)
	@$(BIN)/python -m benchmarks --events $(or $(EVENTS),1000000) $(PARTS:%=--part %)

bench-large: setup .venv-bench/.ready ## The same on ten million
	@$(BIN)/python -m benchmarks --events 10000000 $(PARTS:%=--part %)

bench-archive: setup ## Let workers read an archive of 100,000 made-up articles (ARTICLES=…, HOME_OF=PAK; an hour)
	@$(BIN)/python -m benchmarks.archive --articles $(or $(ARTICLES),100000) $(if $(HOME_OF),--home $(HOME_OF))

lock: ## Write the lock files again from pyproject.toml
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --upgrade --quiet --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --quiet --custom-compile-command "make lock" --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --upgrade --quiet --custom-compile-command "make lock" benchmarks/requirements.in --output-file benchmarks/requirements.lock
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --upgrade --quiet --custom-compile-command "make lock" tests/clients/requirements.in --output-file tests/clients/requirements.lock

histories: setup ## Try a thousand sequences of edits, undos and merges (HISTORIES=…)
	@BILATERAL_TEST_HISTORIES=$(or $(HISTORIES),1000) $(BIN)/pytest -q tests/storage/test_every_version_stays.py

migrations: setup
	@$(BIN)/pytest -q tests/migrations

openapi: setup
	@$(BIN)/bilateral openapi | diff --unified docs/openapi.json - || { echo "The API's document changed: if that is meant, run 'make openapi-write' and commit it."; exit 1; }

openapi-write: setup ## Write docs/openapi.json again after a change of the API
	@$(BIN)/bilateral openapi > docs/openapi.json

openapi-clients: setup
	@if command -v npm >/dev/null; then tests/clients/check docs/openapi.json .tools/clients "$(abspath $(UV))"; \
	else echo "npm is not installed here: the API's document was not tried with its clients"; fi

fuzz: setup ## Try the API with thousands of made-up requests (CASES=2000)
	@CASES=$${CASES:-2000} $(BIN)/pytest -q --timeout 1800 tests/hostile/test_fuzz.py

soak: setup ## The long tests of load, network, twins, mutated articles and migrations, the last on a million events (an hour)
	@LONG=1 $(BIN)/pytest -q --timeout 3600 -o log_cli=true tests/load tests/net tests/ingestion/test_idempotency.py tests/parsing/test_mutated_articles.py $(UNDER_LOAD)

crash: setup ## Kill Postgres, the API and workers 200 times each, while articles are stored, handed in and read
	@LONG=1 $(BIN)/pytest -q --timeout 7200 -o log_cli=true tests/crash

teeth: setup ## Plant each fault, and see its test fail
	@$(BIN)/pytest -q --timeout 600 -m teeth

containers: setup
	@$(BIN)/hadolint Dockerfile
	@if command -v docker-compose >/dev/null; then POSTGRES_PASSWORD=check docker-compose --file docker-compose.yml config --quiet; \
	elif docker compose version >/dev/null 2>&1; then POSTGRES_PASSWORD=check docker compose config --quiet; \
	else echo "docker-compose is not installed here: docker-compose.yml was not checked"; fi

clean: ## Remove what the targets made, data of the embedded server included
	rm -rf .venv .venv-bench .venv-compiled .venv-compiled-plain .tools var dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
