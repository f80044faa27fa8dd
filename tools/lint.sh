#!/usr/bin/env bash
# Every check that does not run onrecord. Each prints one line, or what it found; all run, whatever the first ones say.
set -uo pipefail
cd "$(dirname "$0")/.."

export NO_COLOR=1
bin=.venv/bin
failed=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

gate() { # gate NAME COMMAND...
    local name=$1
    shift
    if "$@" >"$output" 2>&1; then
        printf 'ok      %s\n' "$name"
    else
        printf 'FAILED  %s\n' "$name"
        head -n 60 "$output" | sed 's/^/        /'
        [ "$(wc -l <"$output")" -le 60 ] || echo "        (only the first 60 lines)"
        failed=1
    fi
}

gate "ruff check" $bin/ruff check --quiet --output-format concise .
gate "ruff format" $bin/ruff format --check --output-format concise .
gate "mypy --strict" $bin/mypy
gate "import-linter" $bin/lint-imports
gate "deptry" $bin/deptry --no-ansi src
gate "licences" $bin/python tools/licences.py
exit $failed
