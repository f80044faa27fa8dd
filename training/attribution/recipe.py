"""What a run learns, and the finished model on disk: weights as safetensors, the rest as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from onrecord.annotate.tagging.labels import LABELS
from onrecord.annotate.tagging.pieces import WindowSize
from training.attribution.network import Tagger, build_tagger


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a run learns."""

    base: str
    layers: int | None = None
    rate: float = 8e-5  # learning rate of the encoder
    head_rate: float = 8.0  # times the encoder's
    batch: int = 8  # windows
    epochs: float = 5.0
    minutes: float | None = None  # wall time instead of epochs
    seed: int = 1
    dropout: float = 0.1
    average: float = 0.995  # decay of the running average of the weights
    start: str | None = None  # the run whose weights it began with
    temperature: float = 1.0  # of the teacher's probabilities
    soft_weight: float = 0.0  # share of the loss against a teacher where both targets exist
    window: WindowSize = field(default_factory=WindowSize)


def save_model(network: Tagger, recipe: Recipe, folder: Path, figures: dict[str, object]) -> None:
    """Writes model.safetensors (all weights that were trained, half precision) and model.json."""
    weights = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in network.named_parameters()
        if value.requires_grad
    }
    save_file(weights, folder / "model.safetensors")
    about = {"recipe": asdict(recipe), "labels": LABELS, "figures": figures}
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path, base: Path, *, eager: bool = False) -> tuple[Tagger, WindowSize]:
    """The tagger that `save_model` wrote, on the encoder in `base`, and the windows that it was trained on."""
    recipe = json.loads((folder / "model.json").read_text(encoding="utf-8"))["recipe"]
    network = build_tagger(base, layers=recipe["layers"], dropout=0.0, eager=eager)
    load_weights(network, folder)
    return network.eval(), WindowSize(**recipe["window"])


def load_weights(network: Tagger, folder: Path) -> None:
    """Puts the weights that `save_model` wrote into a network of the same shape; ValueError where they do not fit."""
    weights = load_file(folder / "model.safetensors")
    missing, unexpected = network.load_state_dict({name: w.float() for name, w in weights.items()}, strict=False)
    if unexpected or any("word_embeddings" not in name and "position_ids" not in name for name in missing):
        raise ValueError(f"{folder}: weights do not fit: missing {missing}, unexpected {unexpected}")
