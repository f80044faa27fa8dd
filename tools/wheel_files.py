"""Checks that a wheel holds every tracked file of the package: code, data, py.typed. Call: wheel_files.py WHEEL."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def tracked_files() -> frozenset[str]:
    """Paths of the package's files as the wheel names them: `onrecord/data/cues.tsv`."""
    listed = subprocess.run(["git", "ls-files", "-z", "src/onrecord"], capture_output=True, check=True, text=True)
    return frozenset(path.removeprefix("src/") for path in listed.stdout.split("\0") if path)


def main(wheel: Path) -> int:
    """0 when nothing is missing; otherwise each missing path is printed."""
    held = frozenset(zipfile.ZipFile(wheel).namelist())
    missing = sorted(tracked_files() - held)
    for path in missing:
        print(f"{wheel.name} lacks {path}")
    if not any(name.endswith("onrecord/py.typed") for name in held):
        print(f"{wheel.name} lacks onrecord/py.typed: users would see no types")
        return 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
