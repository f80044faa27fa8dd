"""Writes the stock sentence encoder as ONNX with eight-bit weights: nothing is trained here.

    python -m training.sentences.export --base RUNS/base/minilm --out src/onrecord/data/weights/sentences

`OUT` receives sentences.onnx, tokenizer.json and about.json (digests, and how far the eight-bit vectors are from the
full ones on a few sentences).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel  # type: ignore[import-untyped]

from training.attribution.export import digest, quantize

LONGEST = 128  # word pieces of one sentence that are read
SAMPLE = (
    "The minister denied that the bridge had been closed.",
    "No bridge was shut, according to the ministry.",
    "Prices rose by 3 percent in March.",
    "The union will meet the company on Friday.",
)


class Pooled(nn.Module):
    """An encoder whose word vectors are averaged and brought to length 1 (Reimers and Gurevych 2019)."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors [texts, 384] of texts of equal length."""
        hidden = self.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
        return nn.functional.normalize(hidden.mean(1), dim=-1)


def export(base: Path, path: Path) -> Pooled:
    """Writes the encoder in `base` to `path`, and gives it back."""
    encoder = AutoModel.from_pretrained(base, attn_implementation="eager", add_pooling_layer=False)
    model = Pooled(encoder).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.arange(100, 120)[None],),
            str(path),
            input_names=["ids"],
            output_names=["vectors"],
            dynamic_axes={"ids": {0: "k", 1: "n"}, "vectors": {0: "k"}},
            opset_version=17,
            dynamo=False,
        )
    return model


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "sentences.onnx"
        model = export(options.base, plain)
        quantize(plain, options.out / "sentences.onnx")
    shutil.copyfile(options.base / "tokenizer.json", options.out / "tokenizer.json")
    session = onnxruntime.InferenceSession(str(options.out / "sentences.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    near = []
    for sentence in SAMPLE:
        ids = np.array([tokenizer.encode(sentence).ids[:LONGEST]], dtype=np.int64)
        with torch.no_grad():
            full = model(torch.from_numpy(ids)).numpy()[0]
        near.append(float(full @ session.run(["vectors"], {"ids": ids})[0][0]))
    about = {
        "sha256": {name: digest(options.out / name) for name in ("sentences.onnx", "tokenizer.json")},
        "longest": LONGEST,
        "least_cosine_to_full": round(min(near), 4),
    }
    (options.out / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about))


if __name__ == "__main__":
    main()
