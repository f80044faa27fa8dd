"""Writes a trained judge as ONNX with eight-bit weights, and measures it.

    python -m training.certainty.export --model RUN --base FOLDER/minilm --decision 1 1.4 1 1 --out OUT

`OUT` receives what the package reads: judge.onnx, tokenizer.json and about.json (digests, windows, the decision, the
recipe, figures). Word pieces that plain news (`--plain`) does not hold twice are read as the unknown piece: their
embeddings would be a third of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn

from onrecord.annotate.judging.levels import MIDDLES, Decision, decide
from onrecord.annotate.judging.runtime import OnnxJudge
from onrecord.annotate.tagging.pieces import PieceEncoder, WindowSize
from onrecord.annotate.tagging.words import split_words
from training.certainty.corpus import read_sentences
from training.certainty.fit import load_model, values_of
from training.certainty.measure import figures
from training.certainty.network import Judge
from training.certainty.plain import read_plain

WINDOW = WindowSize(core=240, left=32, right=16)
FILES = ("judge.onnx", "tokenizer.json")
LEAST = 2  # times that a piece is seen


class Shipped(nn.Module):
    """The judge without a padding mask, which one sentence at a time does not need, and with fewer word pieces."""

    def __init__(self, judge: Judge, kept: Sequence[int], unknown: int) -> None:
        super().__init__()
        self.judge = judge
        words = judge.encoder.embeddings.word_embeddings.weight.detach()  # type: ignore[union-attr,operator]
        rows = torch.full((len(words),), kept.index(unknown), dtype=torch.int32)
        rows[list(kept)] = torch.arange(len(kept), dtype=torch.int32)
        self.register_buffer("rows", rows)
        self.table = nn.Embedding.from_pretrained(words[list(kept)].clone())

    def forward(self, ids: Tensor, features: Tensor, first: Tensor) -> Tensor:
        """Chances [1, words, steps]."""
        inputs = self.table(self.rows[ids]) + self.judge.features(features)  # type: ignore[index]
        hidden = self.judge.encoder(inputs_embeds=inputs, attention_mask=torch.ones_like(ids)).last_hidden_state
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.size(-1)))
        chances: Tensor = self.judge.head(words)[:, :, : len(MIDDLES)].softmax(-1)  # the main scale stands first
        return chances


def seen_pieces(texts: Iterable[str], pieces: PieceEncoder) -> list[int]:
    """The pieces seen at least LEAST times, and those that stand for more than words, in order."""
    counts: Counter[int] = Counter()
    for text in texts:
        for form in split_words(text).forms:
            counts.update(pieces.pieces(form))
    special = (pieces.begin, pieces.separator, pieces.padding, pieces.unknown)
    return sorted({piece for piece, count in counts.items() if count >= LEAST}.union(special))


def export_onnx(shipped: Shipped, path: Path) -> None:
    """Writes `shipped` (with eager attention) to `path`."""
    feed = (torch.arange(40)[None], torch.randint(0, 9, (1, 40)), torch.arange(1, 6)[None])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            shipped.eval(),
            feed,
            str(path),
            input_names=["ids", "features", "first"],
            output_names=["chances"],
            dynamic_axes={"ids": {1: "n"}, "features": {1: "n"}, "first": {1: "m"}, "chances": {1: "m"}},
            opset_version=17,
            dynamo=False,
        )


def quantize(source: Path, target: Path, whole: Sequence[str] = ()) -> None:
    """Eight-bit weights, one scale a channel; activations are scaled while running, but for `whole` products."""
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=False,
        nodes_to_exclude=list(whole),
    )


def measure(judge: OnnxJudge, decision: Decision, path: Path) -> dict[str, float]:
    """Figures on judged sentences, with words a second of CPU time, one thread."""
    sentences = [sentence for sentence in read_sentences(path) if sentence.targets]
    started = time.process_time()
    found = [judge.chances(sentence.text, [start for start, _ in sentence.targets]) for sentence in sentences]
    spent = time.process_time() - started
    words = sum(len(sentence.text.split()) for sentence in sentences)
    out = figures(decide(np.concatenate(found), decision), values_of(sentences))
    return out | {"words_per_cpu_second": round(words / spent)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--plain", type=Path, nargs="+", required=True, help="news, for the pieces that are kept")
    parser.add_argument("--measure", type=Path, nargs="*", default=[])
    parser.add_argument("--decision", type=float, nargs=4, default=Decision().weights)
    parser.add_argument("--probable", type=float, default=Decision().probable)
    parser.add_argument("--denied", type=float, nargs=2, default=Decision().denied)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    decision = Decision(tuple(options.decision), options.probable, tuple(options.denied))
    pieces = PieceEncoder(options.base / "tokenizer.json")
    kept = seen_pieces(read_plain(sorted(options.plain), set()), pieces)
    shipped = Shipped(load_model(options.model, options.base, eager=True), kept, pieces.unknown)
    with tempfile.TemporaryDirectory() as scratch:
        export_onnx(shipped, Path(scratch) / "judge.onnx")
        quantize(Path(scratch) / "judge.onnx", options.out / "judge.onnx")
    shutil.copyfile(options.base / "tokenizer.json", options.out / "tokenizer.json")
    judge = OnnxJudge(options.out / "judge.onnx", options.out / "tokenizer.json", WINDOW)
    about = {
        "sha256": {name: hashlib.sha256((options.out / name).read_bytes()).hexdigest() for name in FILES},
        "window": asdict(WINDOW),
        "decision": asdict(decision),
        "pieces": len(kept),
        "recipe": json.loads((options.model / "model.json").read_text("utf-8"))["recipe"],
        "figures": {path.stem: measure(judge, decision, path) for path in options.measure},
    }
    (options.out / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about))


if __name__ == "__main__":
    main()
