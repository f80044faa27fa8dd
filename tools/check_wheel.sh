#!/usr/bin/env bash
# Builds the wheel, installs it with the pinned packages in an empty environment, and runs it from another folder.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$(pwd -P)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
step() { printf 'wheel: %s\n' "$*" >&2; }

step "building"
.venv/bin/python -m pip --disable-pip-version-check wheel --quiet --no-index --no-build-isolation --no-deps --wheel-dir "$scratch/dist" .
.venv/bin/python tools/wheel_files.py "$scratch"/dist/onrecord-*.whl

step "installing in an empty environment"
.venv/bin/python -m venv "$scratch/venv"
pip() { # quiet while it works, all it said when it does not
    "$scratch/venv/bin/python" -m pip --disable-pip-version-check "$@" >"$scratch/output" 2>&1 || {
        cat "$scratch/output"
        exit 1
    }
}
pip install --require-hashes -r requirements/core.txt
pip install --no-deps --no-index "$scratch"/dist/onrecord-*.whl
pip check

mkdir "$scratch/elsewhere"
cd "$scratch/elsewhere"
for call in "--version" "--help" "doctor" "demo --db $scratch/demo.db" "verify --db $scratch/demo.db"; do
    step "onrecord ${call//"$scratch/"/}"
    # shellcheck disable=SC2086  # the words of the call
    if ! env -u PYTHONPATH HOME="$scratch" "$scratch/venv/bin/onrecord" $call >"$scratch/output" 2>&1; then
        cat "$scratch/output"
        exit 1
    fi
    [ -s "$scratch/output" ] || { echo "onrecord $call printed nothing"; exit 1; }
done
leaked=$("$scratch/venv/bin/python" -c 'import onrecord; print(onrecord.__file__)')
case "$leaked" in "$root"/*) echo "the environment imports the working tree: $leaked"; exit 1 ;; esac
step "installed and ran"
