"""Start-up, speed and memory alone, printed: `make bench`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import score_card, speed

if __name__ == "__main__":
    print(score_card.render({"speed": speed.measure()}))
