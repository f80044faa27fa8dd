#!/usr/bin/env bash
# Writes requirements/*.txt anew: every package pinned, every file hashed, no address of an index or of a file.
# Options go to the resolver, for example: tools/lock.sh --upgrade-package click
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
[ -x .venv/bin/uv ] && uv=.venv/bin/uv
if [ -z "$uv" ]; then
    echo "lock: uv is missing: .venv/bin/python -m pip install uv" >&2
    exit 1
fi

compile() { # compile FILE ARGUMENT...
    local out=$1
    shift
    echo "lock: $out" >&2
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$out" "$@" >/dev/null
}

# core first, with the reading room; the others take its versions, so one environment holds all three.
compile requirements/core.txt pyproject.toml --extra web "$@"
compile requirements/build.txt --group pyproject.toml:build --constraint requirements/core.txt "$@"
compile requirements/dev.txt pyproject.toml --all-extras --group pyproject.toml:dev \
    --constraint requirements/core.txt --constraint requirements/build.txt "$@"
# What onrecord is measured beside has an environment of its own, and versions of its own.
compile requirements/peers.txt requirements/peers.in "$@"
