"""Label probabilities of teachers on the training articles and on news texts without labels.

    python -m training.attribution.soft --model RUN --base FOLDER/mpnet --corpus POLNEAR --plain *.jsonl --out SOFT

Works in parts of some articles; started again it goes on with the parts that are missing, and a student can begin
with the parts that are there.  Several `--model` of one base are averaged.  `SOFT` receives train-NNNN.npz,
plain-NNNN.npz (log-probabilities by article, half precision) and plain.jsonl (the texts).
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.annotate.tagging.pieces import PieceEncoder
from training.attribution.corpus import Article, read_plain, read_split
from training.attribution.predict import predict_scores
from training.attribution.recipe import load_model

PART = 60  # articles
LOWEST = -20.0  # a smaller log-probability says nothing more


def load_soft(folder: Path, kind: str) -> dict[str, NDArray[np.float32]]:
    """Log-probabilities by article, of those that a teacher has read."""
    found: dict[str, NDArray[np.float32]] = {}
    for path in sorted(folder.glob(f"{kind}-*.npz")):
        with np.load(path) as arrays:
            found.update({name: arrays[name].astype(np.float32) for name in arrays.files})
    return found


def read_kept(folder: Path) -> list[Article]:
    """The texts without labels that are meant for a teacher."""
    rows = (folder / "plain.jsonl").read_text(encoding="utf-8").splitlines()
    return [Article(row["name"], row["text"]) for row in map(json.loads, rows)]


def sharpen(logs: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Probabilities from log-probabilities; flatter for a temperature above 1."""
    scaled = np.exp(logs / temperature)
    out: NDArray[np.float32] = (scaled / scaled.sum(-1, keepdims=True)).astype(np.float32)
    return out


def mean_scores(parts: Sequence[Sequence[NDArray[np.float32]]]) -> list[NDArray[np.float32]]:
    """The log of the mean probability of several models, article by article."""
    return [
        np.maximum(np.log(np.mean([np.exp(logs) for logs in same], axis=0) + 1e-12), LOWEST).astype(np.float32)
        for same in zip(*parts, strict=True)
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, nargs="+")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--plain", type=Path, nargs="+", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kinds", nargs="+", choices=("plain", "train"), default=["plain", "train"])
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    pieces = PieceEncoder(options.base / "tokenizer.json")
    models = [load_model(folder, options.base) for folder in options.model]
    plain = read_plain(options.plain)
    rows = (json.dumps({"name": article.name, "text": article.text}) + "\n" for article in plain)
    (options.out / "plain.jsonl").write_text("".join(rows), encoding="utf-8")
    for kind in options.kinds:
        articles = plain if kind == "plain" else read_split(Path(options.corpus) / "train")
        for at in range(0, len(articles), PART):
            path = options.out / f"{kind}-{at // PART:04}.npz"
            if path.exists():
                continue
            part = articles[at : at + PART]
            scores = mean_scores([predict_scores(network, part, pieces, size) for network, size in models])
            arrays = {article.name: logs.astype(np.float16) for article, logs in zip(part, scores, strict=True)}
            with path.with_suffix(".new").open("wb") as handle:
                np.savez(handle, **arrays)  # type: ignore[arg-type]
            path.with_suffix(".new").replace(path)
            print(path.name, f"{at + len(part)}/{len(articles)}", flush=True)


if __name__ == "__main__":
    main()
