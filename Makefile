# Every target sets up what it needs. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := bash
export UV_PYTHON_DOWNLOADS := never
UV := $(or $(shell command -v uv),.tools/bin/uv)
BIN := .venv/bin
PORT ?= 8000

# The folder of a corpus, and the part of it to score (all, tune, holdout), for `eval`.
CORPUS ?=
SPLIT ?= all

.PHONY: help setup run test check eval format lint types imports migrations openapi containers lock clean histories

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/.ready ## Make .venv with everything the project needs

.venv/.ready: requirements-dev.lock pyproject.toml
	@command -v $(UV) >/dev/null || python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools uv
	@[ -x $(BIN)/python ] || $(UV) venv --quiet .venv
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## Start Postgres, migrate, seed and serve on 127.0.0.1:8000 (PORT=…)
	@exec $(BIN)/bilateral up --port $(PORT)

test: setup ## Run the tests
	@$(BIN)/pytest

check: format lint types imports migrations openapi containers test ## Everything that must hold before a change lands

eval: setup ## Read a corpus and print its scorer's table, overall and by origin (CORPUS=folder)
	@[ -f "$(CORPUS)/score.py" ] || { echo "Name a corpus, a folder with articles/, gold/ and score.py: make eval CORPUS=folder" >&2; exit 2; }
	@out=$$(mktemp -d) && trap 'rm -rf "$$out"' EXIT && \
	{ $(BIN)/bilateral parse --articles "$(CORPUS)/articles" --out "$$out" || ls "$$out"/*.json >/dev/null; } && \
	for origin in all real rewritten; do \
		echo "== origin: $$origin" && \
		$(BIN)/python "$(CORPUS)/score.py" "$$out" --gold "$(CORPUS)/gold" --split "$(SPLIT)" --origin $$origin || exit; \
	done

format: setup
	@$(BIN)/ruff format --check .

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports

lock: ## Write the lock files again from pyproject.toml
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --upgrade --quiet --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	$(UV) pip compile --universal --no-emit-index-url --generate-hashes --python-version 3.11 --quiet --custom-compile-command "make lock" --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

histories: setup ## Try a thousand sequences of edits, undos and merges (HISTORIES=…)
	@BILATERAL_TEST_HISTORIES=$(or $(HISTORIES),1000) $(BIN)/pytest -q tests/storage/test_every_version_stays.py

migrations: setup
	@$(BIN)/pytest -q tests/migrations

openapi: setup
	@$(BIN)/bilateral openapi | diff --unified docs/openapi.json - || { echo "The API's document changed: if that is meant, run 'make openapi-write' and commit it."; exit 1; }

openapi-write: setup ## Write docs/openapi.json again after a change of the API
	@$(BIN)/bilateral openapi > docs/openapi.json

containers: setup
	@$(BIN)/hadolint Dockerfile
	@if command -v docker-compose >/dev/null; then POSTGRES_PASSWORD=check docker-compose --file docker-compose.yml config --quiet; \
	elif docker compose version >/dev/null 2>&1; then POSTGRES_PASSWORD=check docker compose config --quiet; \
	else echo "docker-compose is not installed here: docker-compose.yml was not checked"; fi

clean: ## Remove what the targets made, data of the embedded server included
	rm -rf .venv .tools var dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
