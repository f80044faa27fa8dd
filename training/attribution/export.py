"""Writes a trained tagger as ONNX with eight-bit weights, and measures it.

    python -m training.attribution.export --model RUN --base FOLDER/minilm --out OUT --corpus POLNEAR --scorer SCORER.py

`OUT` receives tagger.onnx (32 bit), tagger.int8.onnx and tagger.json (digest, labels, windows, figures).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
import warnings
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn

from onrecord.annotate.tagging.labels import LABELS
from onrecord.annotate.tagging.linker import load_linker
from onrecord.annotate.tagging.pieces import WindowSize
from onrecord.annotate.tagging.runtime import OnnxTagger
from onrecord.annotate.tagging.words import split_words
from training.attribution.corpus import read_split
from training.attribution.find import Finder
from training.attribution.link import find_by_distance
from training.attribution.network import Tagger
from training.attribution.recipe import load_model
from training.attribution.score import Find, evaluate


class Unpadded(nn.Module):
    """A tagger for single windows, which need no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Scores [windows, words, labels]."""
        out: Tensor = self.tagger(ids, torch.ones_like(ids), features, first)
        return out


def export_onnx(tagger: Tagger, path: Path) -> None:
    """Writes `tagger` (with eager attention) to `path`."""
    ids = torch.arange(40)[None]
    features = torch.randint(0, 9, (1, 40))
    first = torch.arange(1, 31)[None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Unpadded(tagger).eval(),
            (ids, features, first),
            str(path),
            input_names=["ids", "features", "first"],
            output_names=["scores"],
            dynamic_axes={"ids": {1: "n"}, "features": {1: "n"}, "first": {1: "m"}, "scores": {1: "m"}},
            opset_version=17,
            dynamo=False,
        )


def quantize(source: Path, target: Path) -> None:
    """Eight-bit weights, one scale a channel; activations are scaled while running."""
    quantize_dynamic(str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)


def measure(path: Path, base: Path, size: WindowSize, gold: Path, scorer: Path | None, find: Find) -> dict[str, object]:
    """Figures of an exported model: F1 and words per second of CPU time, one thread, from text to attributions."""
    articles = read_split(gold)
    tagger = OnnxTagger(path, base / "tokenizer.json", size)
    scores, count = [], 0
    started = time.process_time()
    for article in articles:
        words = split_words(article.text)
        scores.append(tagger.scores(words))
        find(words, scores[-1])
        count += len(article.text.split())
    speed = round(count / (time.process_time() - started))
    return {"words_per_cpu_second": speed, **evaluate(articles, scores, gold, scorer, find)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"))
    parser.add_argument("--scorer", type=Path, default=os.environ.get("ATTRIBUTION_SCORER"))
    parser.add_argument("--linker", type=Path, help="npz of fit_linker; without it links go by distance")
    options = parser.parse_args()
    find = find_by_distance if options.linker is None else Finder(load_linker(options.linker))
    options.out.mkdir(parents=True, exist_ok=True)
    tagger, size = load_model(options.model, options.base, eager=True)
    plain, small = options.out / "tagger.onnx", options.out / "tagger.int8.onnx"
    export_onnx(tagger, plain)
    quantize(plain, small)
    about: dict[str, object] = {
        "sha256": hashlib.sha256(small.read_bytes()).hexdigest(),
        "bytes": small.stat().st_size,
        "labels": LABELS,
        "window": asdict(size),
    }
    if options.corpus is not None:
        about["dev"] = measure(small, options.base, size, Path(options.corpus) / "dev", options.scorer, find)
    (options.out / "tagger.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about))


if __name__ == "__main__":
    main()
