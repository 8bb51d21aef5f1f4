# The project's tasks for people; .ci/run does `ci` on a clean clone.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: setup format lint types test accept demo bench coverage fuzz release ci

setup: ## an environment with everything for development
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -e '.[dev]'

format: ## lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: ## layout and lint, as CI does
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: ## mypy --strict, of the tools of the house too
	$(BIN)/mypy

test: ## the whole suite
	$(BIN)/python -m pytest -q -n auto

accept: ## write down what the cases and the conformance corpus now produce; read the diff before you commit it
	$(BIN)/python -m pytest -q tests/test_cases.py tests/test_amendment_cases.py --accept
	$(BIN)/python -m assurance corpus --write

demo: ## the main job on what ships
	$(BIN)/thangdiem demo

bench: ## speed and memory; the figures of docs/performance.md
	$(BIN)/python -m benchmarks

coverage: ## branch coverage of dsl and engine by the whole suite: all of it, or what is missing
	$(BIN)/python -m assurance coverage

fuzz: ## inputs led by coverage (with the extra fuzz), about a minute for all targets together
	$(BIN)/python -m assurance fuzz

release: ## wheel, sources, pinned requirements, bill of materials and sums, in dist/ (needs the extra release)
	$(BIN)/python -m assurance release

ci: ## what CI runs
	bash .ci/run
