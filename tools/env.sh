#!/usr/bin/env bash
# Brings .venv up to date: tools/env.sh core (what onrecord needs) or tools/env.sh dev (also what tests and checks need);
# or .venv-peers: tools/env.sh peers (what onrecord is measured beside).
# A stamp in it holds a digest of what was installed, and where; while it matches, nothing is done.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-}
case "$kind" in
core | dev) venv=.venv ;;
peers) venv=.venv-peers ;;
*)
    echo "onrecord: say tools/env.sh core, tools/env.sh dev or tools/env.sh peers" >&2
    exit 1
    ;;
esac
log=$venv/install.log
candidates=(python3 python3.14 python3.13 python3.12 python3.11 python)

say() { printf 'onrecord: %s\n' "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() { # prints the first interpreter that is new enough
    local name
    if [ -n "${PYTHON:-}" ]; then candidates=("$PYTHON"); fi
    for name in "${candidates[@]}"; do
        if is_new_enough "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and none of these is it: ${candidates[*]}." \
        "Install it (Debian: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12"
}

digest() { # digest KIND: of the requirement files, the package's description and this folder
    local files=(requirements/build.txt pyproject.toml "requirements/$1.txt")
    { cat "${files[@]}" && pwd -P; } | cksum
}

is_current() { [ "$(cat "$venv/$1.stamp" 2>/dev/null)" = "$(digest "$1")" ] && is_new_enough "$venv/bin/python"; }

make_environment() {
    local python
    # One whose interpreter is gone, or that was moved here so that its scripts point elsewhere, is made anew.
    if is_new_enough "$venv/bin/python" && head -n 2 "$venv/bin/pip" 2>/dev/null | grep -qF "$(pwd -P)/$venv/"; then
        return
    fi
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        fail "$python cannot make environments, its venv package is missing." \
            "Install it (Debian: apt-get install python3-venv) and run this again."
    say "making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv" || fail "$python could not make $venv; the lines above say why."
}

explain() { # the one line that says what stopped pip
    if grep -qiE 'no space left' "$log"; then
        echo "the disk is full"
    elif grep -qE 'DO NOT MATCH THE HASHES' "$log"; then
        echo "a downloaded package is not the one that was pinned (its hash differs)"
    elif grep -qiE 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|Connection (refused|broken)' "$log"; then
        echo "the package index cannot be reached: check the network and what pip config list says"
    else
        grep -E '^ *(ERROR|[A-Za-z]+Error):' "$log" | tail -n 1 | sed 's/^ *//' | grep . || echo "pip failed"
    fi
}

install() {
    "$venv/bin/python" -m pip --disable-pip-version-check install --quiet "$@" >>"$log" 2>&1 ||
        fail "$(explain); the whole story is in $log"
}

if is_current "$kind" || { [ "$kind" = core ] && is_current dev; }; then exit 0; fi

make_environment
: >"$log"
say "installing $(grep -cE '^[A-Za-z0-9]' "requirements/$kind.txt") pinned packages, each checked against its hash" \
    "(a minute or two the first time)"
if [ "$kind" = peers ]; then
    install --require-hashes -r "requirements/$kind.txt"
else
    install --require-hashes -r requirements/build.txt -r "requirements/$kind.txt"
    say "installing onrecord itself from this folder"
    install --no-build-isolation --no-deps --editable .
fi
digest "$kind" >"$venv/$kind.stamp"
