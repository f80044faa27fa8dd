"""Says in one line what a folder of weights lacks, and nothing where it is whole. Call: check_weights.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from onrecord.errors import BadResource
from onrecord.resources import open_weights

DIGESTED = ("linker.safetensors", "tagger.onnx", "tokenizer.json")  # what the engines open
CARD = "CARD.md"


def main(folder: Path) -> int:
    """0 where every file is there and as about.json says."""
    try:
        found = open_weights(folder)
        for name in DIGESTED:
            found.file(name)
        if not (folder / CARD).is_file():
            raise BadResource(
                f"{folder / CARD} is missing: weights come with a card that says what they were made from"
            )
    except BadResource as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
