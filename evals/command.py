"""Runs the product's command line as a user would, and takes its time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ONRECORD = str(Path(sys.executable).with_name("onrecord"))
MEGABYTE = 1024 if sys.platform != "darwin" else 1024**2  # ru_maxrss counts kilobytes, on a Mac bytes


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command."""

    code: int
    out: str
    err: str
    wall: float  # seconds
    cpu: float  # seconds, user and system, its children's included
    peak: float  # megabytes, of its largest process


def run(*words: object, command: Sequence[str] = (ONRECORD,)) -> Run:
    """Runs `onrecord WORDS` and waits for it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        child = subprocess.Popen([*command, *map(str, words)], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(
            child.returncode,
            out.read().decode("utf-8", "replace"),
            err.read().decode("utf-8", "replace"),
            wall,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / MEGABYTE,
        )


def checked(*words: object) -> Run:
    """Likewise; SystemExit with what it said where it failed."""
    done = run(*words)
    if done.code:
        raise SystemExit(f"onrecord {' '.join(map(str, words))} ended with {done.code}: {done.err.strip()[-500:]}")
    return done
