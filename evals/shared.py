"""Where the gold data and its scorers lie: beside this repository, or where ONRECORD_SHARED says."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder, whether it is there or not."""
    return Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared")
