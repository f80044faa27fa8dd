"""Writes a trained tagger as ONNX with eight-bit weights, and measures it.

    python -m training.attribution.export --model RUN --base FOLDER/minilm --linker linker.safetensors --out OUT

`OUT` receives what the package reads: tagger.onnx, tokenizer.json, linker.safetensors and about.json (digests, labels,
windows, figures of the tagger alone); `weigh` adds to about.json how sure the parts are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
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
from training.attribution.network import Tagger
from training.attribution.recipe import load_model
from training.attribution.score import Find, evaluate

WINDOW = (240, 32, 10)  # a little less context than in training: a tenth faster, and no worse on dev
FILES = ("linker.safetensors", "tagger.onnx", "tokenizer.json")


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


def quantize(source: Path, target: Path, whole: Sequence[str] = ()) -> None:
    """Eight-bit weights, one scale a channel; activations are scaled while running.

    Matrix products named like one of `whole` compute in 32 bits; their weights are stored in eight all the same.
    """
    kept = [node.name for node in onnx.load(source).graph.node if any(part in node.name for part in whole)]
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        nodes_to_exclude=kept,
    )
    if kept:
        model = onnx.load(target)
        store_in_eight_bits(model.graph, set(kept))
        onnx.save(model, target)


def store_in_eight_bits(graph: onnx.GraphProto, names: set[str]) -> None:
    """Stores the weights of these matrix products as eight-bit integers, widened again before each product."""
    weights = {initializer.name: initializer for initializer in graph.initializer}
    for k in reversed(range(len(graph.node))):
        node = graph.node[k]
        if node.name not in names or node.input[1] not in weights:
            continue
        name = node.input[1]
        full = onnx.numpy_helper.to_array(weights[name])
        scale = (np.abs(full).max(axis=0) / 127).astype(np.float32)
        small = np.round(full / scale).astype(np.int8)
        graph.initializer.remove(weights[name])
        graph.initializer.append(onnx.numpy_helper.from_array(small, f"{name}_small"))
        graph.initializer.append(onnx.numpy_helper.from_array(scale, f"{name}_scale"))
        inputs = [f"{name}_small", f"{name}_scale"]
        graph.node.insert(k, onnx.helper.make_node("DequantizeLinear", inputs, [name], f"{name}_widened", axis=1))


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
    parser.add_argument("--linker", type=Path, required=True, help="what fit_linker wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"), help="for the figures of the tagger")
    parser.add_argument("--scorer", type=Path, default=os.environ.get("ATTRIBUTION_SCORER"))
    parser.add_argument("--whole", nargs="*", default=[], help="names of matrix products that keep 32 bits")
    names = ("CORE", "LEFT", "RIGHT")
    parser.add_argument("--window", type=int, nargs=3, default=WINDOW, metavar=names, help="word pieces when reading")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tagger, _ = load_model(options.model, options.base, eager=True)
    size = WindowSize(*options.window)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "tagger.onnx"
        export_onnx(tagger, plain)
        quantize(plain, options.out / "tagger.onnx", options.whole)
    shutil.copyfile(options.base / "tokenizer.json", options.out / "tokenizer.json")
    shutil.copyfile(options.linker, options.out / "linker.safetensors")
    recipe = json.loads((options.model / "model.json").read_text("utf-8"))["recipe"]
    about: dict[str, object] = {
        "sha256": {name: digest(options.out / name) for name in FILES},
        "labels": LABELS,
        "window": asdict(size),
        "recipe": recipe,
    }
    if options.corpus is not None:
        find = Finder(load_linker(options.linker))
        gold = Path(options.corpus) / "dev"
        about["dev"] = measure(options.out / "tagger.onnx", options.base, size, gold, options.scorer, find)
    (options.out / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
