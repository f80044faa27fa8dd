"""Start-up, speed and memory alone, and attribution beside other tools, printed: `make bench`.

The last part is on the articles of dev where the gold data is there, else on the sample story; `--only peers` or
`--only speed` gives one part, `--limit` the first so many articles.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import score_card, side_by_side, speed
from evals.shared import shared_folder

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("speed", "peers"))
    parser.add_argument("--limit", type=int, metavar="N")
    args = parser.parse_args()
    if args.only in (None, "speed"):
        print(score_card.render({"speed": speed.measure()}), flush=True)
    if args.only in (None, "peers"):
        texts = side_by_side.choose_texts(shared_folder(), args.limit)
        print(side_by_side.render(texts, list(side_by_side.measure(texts))))
