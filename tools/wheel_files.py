"""Checks that a wheel holds every tracked file of the package and the default engine's weights, and what it weighs.

Call: wheel_files.py WHEEL.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

LARGEST = 60_000_000  # bytes of the wheel: what one may ask everybody to download (decision 7)
NEEDED = (  # whether they are committed or not
    "onrecord/py.typed",  # without it users would see no types
    *(
        f"onrecord/data/weights/accurate/{name}"
        for name in ("CARD.md", "about.json", "linker.safetensors", "tagger.onnx", "tokenizer.json")
    ),
    *(f"onrecord/data/weights/certainty/{name}" for name in ("CARD.md", "about.json", "judge.onnx", "tokenizer.json")),
)


def tracked_files() -> frozenset[str]:
    """Paths of the package's files as the wheel names them: `onrecord/data/cues.tsv`."""
    listed = subprocess.run(["git", "ls-files", "-z", "src/onrecord"], capture_output=True, check=True, text=True)
    return frozenset(path.removeprefix("src/") for path in listed.stdout.split("\0") if path)


def main(wheel: Path) -> int:
    """0 where it holds what it should and is small enough; otherwise what is wrong is printed, a line each."""
    with zipfile.ZipFile(wheel) as packed:
        held = frozenset(packed.namelist())
    wrong = [f"lacks {path}" for path in sorted(tracked_files().union(NEEDED) - held)]
    wrong += [f"holds {path}, which is not onrecord's" for path in sorted(held) if not path.startswith("onrecord")]
    size = wheel.stat().st_size
    if size > LARGEST:
        wrong.append(f"has {size / 1e6:.1f} MB, {LARGEST / 1e6:.0f} MB is the most")
    for line in wrong:
        print(f"{wheel.name} {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
