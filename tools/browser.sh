#!/usr/bin/env bash
# Installs Debian's Chromium, which the tests in a browser and the screenshots need; does nothing where one is there.
set -euo pipefail

if [ -n "${ONRECORD_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "onrecord: no Chromium here; install it (Debian, as root: apt-get install chromium) or name one: ONRECORD_CHROMIUM=/path" >&2
    exit 1
fi
echo "onrecord: installing Chromium" >&2
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
