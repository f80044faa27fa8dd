# make demo and make test are all a newcomer needs; both make .venv first, and a second run takes seconds.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test lint docs screenshots eval bench best lock clean

ifeq ($(wildcard pyproject.toml tools/env.sh),)
$(error run make in the folder that holds onrecord's pyproject.toml)
endif

export PYTHON
BIN := .venv/bin
PYTEST_ARGS ?= -q -n auto --dist worksteal

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

demo: ## installs what onrecord needs and puts the sample story on the record
	@tools/env.sh core
	@echo 'onrecord: $(BIN)/onrecord demo' >&2
	@$(BIN)/onrecord demo
	@echo "onrecord: so that 'onrecord' is found by its name: . $(BIN)/activate" >&2

test: ## installs what tests need and runs them
	@tools/env.sh dev
	@echo 'onrecord: running the tests' >&2
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: ## style, types, the one-way rule, dependencies and licences
	@tools/env.sh dev
	@tools/lint.sh

docs: ## writes anew what README.md and docs/ show of the command line
	@tools/env.sh dev
	@$(BIN)/python tools/refresh_docs.py $(DOCS_ARGS)

screenshots: ## takes a picture of every page of the reading room for docs/
	@tools/env.sh dev
	@tools/browser.sh
	@$(BIN)/python tools/screenshots.py

eval: ## scores onrecord where the gold data is there, measures its speed, writes docs/scores.md
	@tools/env.sh dev
	@$(BIN)/python evals/run.py $(EVAL_ARGS)

bench: ## measures start-up, speed and memory, and attribution side by side with other tools
	@tools/env.sh dev
	@$(BIN)/python evals/bench.py $(BENCH_ARGS)

best: ## builds the wheel of the larger tagger from weights/ and installs it
	@tools/env.sh core
	@tools/best.sh

lock: ## writes requirements/ anew; versions that still fit are kept (LOCK_ARGS=--upgrade renews them)
	@tools/lock.sh $(LOCK_ARGS)

clean: ## removes the environments and everything that was built or cached
	rm -rf .venv .venv-peers build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests evals tools training weights -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
