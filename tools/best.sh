#!/usr/bin/env bash
# Builds the wheel of the larger tagger from weights/ into dist/ and installs it in .venv, without a network.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=weights/src/onrecord_best/best
say() { printf 'onrecord: %s\n' "$*" >&2; }

if [ ! -f "$folder/about.json" ]; then
    say "the weights of the engine best are not in $folder; training/README.md tells how they are made"
    exit 1
fi
.venv/bin/python tools/check_weights.py "$folder"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
pip() { # quiet while it works, all it said when it does not
    .venv/bin/python -m pip --disable-pip-version-check "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        exit 1
    }
}
say "building the wheel"
rm -f dist/onrecord_best-*.whl
pip wheel --no-index --no-build-isolation --no-deps --wheel-dir dist ./weights
say "installing dist/$(basename dist/onrecord_best-*.whl)"
pip install --no-index --no-deps --force-reinstall dist/onrecord_best-*.whl
say "onrecord add --engine best is ready"
