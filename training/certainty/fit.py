"""Trains a judge; may be stopped at any time and started again with the same command.

    python -m training.certainty.fit --main TRAIN.jsonl --other OTHER.jsonl --base FOLDER/minilm --run RUN

`RUN` receives checkpoint.pt (to go on), log.jsonl, chances.npz (chances of the steps for the held-out fold and the
files of `--measure`) and, at the end, model.safetensors with model.json.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from onrecord.annotate.judging.levels import MIDDLES, Decision, decide
from onrecord.annotate.tagging.pieces import PieceEncoder
from training.certainty.batches import Batch, Example, by_length, collate, make_examples
from training.certainty.corpus import Sentence, fold_of, read_sentences
from training.certainty.measure import choose, figures
from training.certainty.network import Judge, build_judge
from training.certainty.plain import read_judged

WARM_UP = 0.06  # share of the run
FLOOR = 0.01  # share of the learning rate at the end


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a run learns."""

    base: str
    layers: int | None = None
    rate: float = 2e-4  # learning rate of the encoder
    head_rate: float = 5.0  # times the encoder's
    batch: int = 16  # sentences
    epochs: int = 5
    other_epochs: int = 3  # the first ones, which also read sentences of the other scale
    other_share: float = 1.0  # how many of these, 0..1
    blur: float = 0.0  # share of a target that goes to the steps beside it
    error_weight: float = 0.3  # of the mean absolute error in the loss
    seed: int = 1
    dropout: float = 0.1
    average: float = 0.99  # decay of the running average of the weights
    folds: int = 5
    fold: int | None = None  # the one that is held out; None: none
    repeat: int = 1  # times that judged sentences are read in an epoch
    plain: str | None = None  # the folder of sentences that a teacher judged
    start: str | None = None  # the run whose weights it began with


def loss_of(scores: Tensor, batch: Batch, error_weight: float) -> Tensor:
    """Cross-entropy with the wanted chances, and how far the mean is from the wanted one."""
    picked = scores.float()[batch.rows, batch.columns, batch.scales]
    logs = functional.log_softmax(picked, -1)
    entropy = -(batch.steps * logs).sum(-1)
    middles = torch.tensor(MIDDLES, dtype=torch.float32)
    error = ((logs.exp() - batch.steps) @ middles).abs()
    return (entropy + error_weight * error).mean()


def rate_at(progress: float) -> float:
    """Share of the learning rate at `progress` 0..1: linear rise, linear fall."""
    if progress < WARM_UP:
        return max(FLOOR, progress / WARM_UP)
    return max(FLOOR, (1 - progress) / (1 - WARM_UP))


def predict(network: Judge, examples: Sequence[Example], padding: int, scale: int = 0) -> NDArray[np.float32]:
    """Chances [targets, steps] of all examples, in their order."""
    network.eval()
    out: list[NDArray[np.float32] | None] = [None] * len(examples)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for numbers in by_length(examples, 32):
            batch = collate([examples[number] for number in numbers], padding)
            scores = network(batch.ids, batch.mask, batch.features, batch.first).float()[:, :, scale]
            chances = scores.softmax(-1).numpy()
            for row, number in enumerate(numbers):
                out[number] = chances[row, : len(examples[number].words)]
    return np.concatenate([part for part in out if part is not None])


class Trainer:
    """One run: network, optimizer, running average, position; all of it in the checkpoint."""

    def __init__(self, recipe: Recipe, network: Judge, main: list[Example], other: list[Example], padding: int) -> None:
        self.recipe, self.network, self.padding = recipe, network, padding
        self.main, self.other = main, other
        trained = self.trained()
        self.average = {name: value.detach().clone() for name, value in trained.items()}
        encoder = [value for name, value in trained.items() if name.startswith("encoder.")]
        rest = [value for name, value in trained.items() if not name.startswith("encoder.")]
        groups = [{"params": encoder, "share": 1.0}, {"params": rest, "share": recipe.head_rate}]
        self.optimizer = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.01, fused=True)
        self.plan = [numbers for epoch in range(recipe.epochs) for numbers in self.order(epoch)]
        self.step = 0

    def trained(self) -> dict[str, torch.nn.Parameter]:
        """The weights that learn."""
        return {name: value for name, value in self.network.named_parameters() if value.requires_grad}

    def order(self, epoch: int) -> list[list[int]]:
        """Batches of example numbers; those of the other scale come after those of the main one."""
        rng = random.Random(f"{self.recipe.seed}/{epoch}")
        numbers = list(range(len(self.main)))
        if epoch < self.recipe.other_epochs:
            count = round(self.recipe.other_share * len(self.other))
            numbers += [len(self.main) + k for k in rng.sample(range(len(self.other)), count)]
        rng.shuffle(numbers)
        out, size = [], self.recipe.batch
        for at in range(0, len(numbers), size * 16):
            group = sorted(numbers[at : at + size * 16], key=lambda n: len(self.example(n).encoded.ids))
            batches = [group[k : k + size] for k in range(0, len(group), size)]
            rng.shuffle(batches)
            out += batches
        return out

    def example(self, number: int) -> Example:
        """The example of a number."""
        return self.main[number] if number < len(self.main) else self.other[number - len(self.main)]

    def train_batch(self) -> float:
        """One step; the loss."""
        self.network.train()
        batch = collate([self.example(number) for number in self.plan[self.step]], self.padding)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.network(batch.ids, batch.mask, batch.features, batch.first)
        loss = loss_of(scores, batch, self.recipe.error_weight)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.rate * group["share"] * rate_at(self.step / len(self.plan))
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        decay = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        current = self.trained()
        torch._foreach_lerp_(list(self.average.values()), [current[name].detach() for name in self.average], 1 - decay)
        return float(loss.detach())

    def use_average(self) -> None:
        """Puts the averaged weights into the network, for good."""
        current = self.trained()
        with torch.no_grad():
            for name, value in self.average.items():
                current[name].copy_(value)

    def save(self, path: Path) -> None:
        """Writes the checkpoint in one move, so that a crash leaves the one before."""
        state = {
            "network": {name: value.detach() for name, value in self.trained().items()},
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "random": torch.get_rng_state(),
            "recipe": asdict(self.recipe),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def load(self, path: Path) -> None:
        """Goes on where `save` left; ValueError where the checkpoint is of another recipe."""
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            raise ValueError(f"{path}: was made by another recipe: {state['recipe']}; use another --run")
        current = self.trained()
        with torch.no_grad():
            for name, value in state["network"].items():
                current[name].copy_(value)
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        torch.set_rng_state(state["random"])


def save_model(network: Judge, recipe: Recipe, folder: Path, measured: dict[str, object]) -> None:
    """Writes model.safetensors (all weights that were trained, half precision) and model.json."""
    weights = {
        name: value.detach().to(torch.float16).contiguous()
        for name, value in network.named_parameters()
        if value.requires_grad
    }
    save_file(weights, folder / "model.safetensors")
    about = {"recipe": asdict(recipe), "figures": measured}
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def load_model(folder: Path, base: Path, *, eager: bool = False) -> Judge:
    """The judge that `save_model` wrote, on the encoder in `base`."""
    recipe = json.loads((folder / "model.json").read_text("utf-8"))["recipe"]
    network = build_judge(base, layers=recipe["layers"], dropout=0.0, eager=eager)
    load_weights(network, folder)
    return network.eval()


def load_weights(network: Judge, folder: Path) -> None:
    """Puts the weights of a finished run into a network of the same shape; ValueError where they do not fit."""
    weights = load_file(folder / "model.safetensors")
    missing, unexpected = network.load_state_dict({name: w.float() for name, w in weights.items()}, strict=False)
    if unexpected or any("word_embeddings" not in name and "position_ids" not in name for name in missing):
        raise ValueError(f"{folder}: weights do not fit: missing {missing}, unexpected {unexpected}")


def values_of(sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """The judged values of all targets, in order."""
    return np.array([value for sentence in sentences for _, value in sentence.targets])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--main", type=Path, required=True, help="judged sentences of the scale that is shipped")
    parser.add_argument("--other", type=Path, help="judged sentences of another scale, for a head of their own")
    parser.add_argument("--measure", type=Path, nargs="*", default=[], help="judged sentences that are only measured")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--plain", type=Path, help="folder that training.certainty.read wrote")
    parser.add_argument("--start", type=Path)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--threads", type=int, default=1)
    numbers = ("rate", "head_rate", "other_share", "blur", "error_weight", "dropout", "average")
    for name in numbers:
        parser.add_argument("--" + name.replace("_", "-"), type=float, default=getattr(Recipe, name))
    for name in ("batch", "epochs", "other_epochs", "seed", "folds", "repeat"):
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=getattr(Recipe, name))
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    options = parser.parse_args()
    same = {
        name: getattr(options, name)
        for name in (*numbers, "batch", "epochs", "other_epochs", "seed", "folds", "repeat")
    }
    recipe = Recipe(
        base=options.base.name,
        layers=options.layers,
        fold=options.fold,
        plain=options.plain and options.plain.name,
        start=options.start and options.start.name,
        **same,
    )
    torch.set_num_threads(options.threads)
    torch.manual_seed(recipe.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    run(recipe, options)


def run(recipe: Recipe, options: argparse.Namespace) -> None:
    """Trains until the recipe is fulfilled."""
    pieces = PieceEncoder(options.base / "tokenizer.json")
    sentences = read_sentences(options.main)
    folds = [fold_of(k, len(sentences), recipe.folds) for k in range(len(sentences))]
    kept = [s for s, fold in zip(sentences, folds, strict=True) if fold != recipe.fold]
    held = [s for s, fold in zip(sentences, folds, strict=True) if fold == recipe.fold]
    plain = read_judged(options.plain, pieces) if options.plain else []
    main_part = recipe.repeat * make_examples(kept, pieces, recipe.blur) + plain
    other = make_examples(read_sentences(options.other, 1), pieces, recipe.blur) if options.other else []
    network = build_judge(options.base, layers=recipe.layers, dropout=recipe.dropout)
    if options.start is not None:
        load_weights(network, options.start)
    trainer = Trainer(recipe, network, main_part, other, pieces.padding)
    checkpoint = options.run / "checkpoint.pt"
    if checkpoint.exists():
        trainer.load(checkpoint)
    log = Log(options.run / "log.jsonl")
    log(event="start", step=trainer.step, steps=len(trainer.plan), recipe=asdict(recipe))
    saved, losses, started = time.monotonic(), [], time.process_time()
    while trainer.step < len(trainer.plan):
        losses.append(trainer.train_batch())
        if trainer.step % 100 == 0:
            spent = round(time.process_time() - started)
            log(event="train", step=trainer.step, loss=round(math.fsum(losses) / len(losses), 4), cpu_s=spent)
            losses.clear()
        if time.monotonic() - saved > 60 * options.checkpoint_minutes:
            trainer.save(checkpoint)
            saved = time.monotonic()
    trainer.use_average()
    measured = measure_all(network, pieces, held, options.measure, options.run)
    log(event="end", **measured)
    save_model(network, recipe, options.run, measured)
    checkpoint.unlink(missing_ok=True)


def measure_all(
    network: Judge, pieces: PieceEncoder, held: Sequence[Sentence], paths: Sequence[Path], folder: Path
) -> dict[str, object]:
    """Figures of the held-out fold, which also chooses the decision, and of the files that are only measured."""
    arrays: dict[str, NDArray[np.float32] | NDArray[np.float64]] = {}
    out: dict[str, object] = {}
    decision = Decision()
    sets = [("held", held)] if held else []
    for name, sentences in sets + [(path.stem, read_sentences(path)) for path in paths]:
        examples = make_examples(sentences, pieces)
        chances, values = predict(network, examples, pieces.padding), values_of([s for s in sentences if s.targets])
        arrays[f"{name}/chances"], arrays[f"{name}/values"] = chances, values
        if name == "held":
            decision = choose(chances, values)
            out["decision"] = asdict(decision)
        out[name] = figures(decide(chances, decision), values)
    np.savez(folder / "chances.npz", **arrays)  # type: ignore[arg-type]
    return out


class Log:
    """Appends one JSON object a line and shows it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, **entry: object) -> None:
        """Adds `entry` with the time."""
        line = json.dumps({"time": time.strftime("%H:%M:%S"), **entry})
        print(line, flush=True)
        with self.path.open("a", encoding="utf-8") as handle:
            handle.write(line + "\n")


if __name__ == "__main__":
    main()
