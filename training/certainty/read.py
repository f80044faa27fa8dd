"""Lets a trained judge read plain news, so that a smaller one can learn from its chances.

python -m training.certainty.read --model RUN --base FOLDER/mpnet --main TRAIN.jsonl --plain NEWS... --out OUT

`OUT` receives sentences.jsonl and chances.npy, which `fit --plain OUT` reads.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from onrecord.annotate.judging.levels import MIDDLES
from onrecord.annotate.tagging.pieces import PieceEncoder
from training.certainty.batches import make_example
from training.certainty.corpus import read_sentences
from training.certainty.fit import load_model, predict
from training.certainty.plain import event_nouns, find_events, read_plain, write_judged


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, nargs="+", required=True, help="runs of one base; their mean is taken")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--main", type=Path, required=True, help="judged sentences, for the nouns that are events")
    parser.add_argument("--plain", type=Path, nargs="+", required=True)
    parser.add_argument("--sentences", type=int, default=15000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    nouns = event_nouns(read_sentences(options.main))
    found = list(read_plain(sorted(options.plain), set()))
    random.Random(options.seed).shuffle(found)
    pieces = PieceEncoder(options.base / "tokenizer.json")
    kept, examples = [], []
    for text in found[: options.sentences]:
        starts = find_events(text, nouns)
        empty = np.zeros((len(starts), len(MIDDLES)), dtype=np.float32)
        if example := make_example(text, starts, empty, 0, pieces):
            kept.append((text, starts))
            examples.append(example)
    chances = sum(predict(load_model(run, options.base), examples, pieces.padding) for run in options.model)
    parts = np.split(chances / len(options.model), np.cumsum([len(starts) for _, starts in kept])[:-1])
    write_judged(options.out, ((text, starts, part) for (text, starts), part in zip(kept, parts, strict=True)))
    print(f"{len(kept)} sentences, {len(chances)} events")


if __name__ == "__main__":
    main()
