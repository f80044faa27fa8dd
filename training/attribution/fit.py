"""Trains a tagger; may be stopped at any time and started again with the same command.

    python -m training.attribution.fit --corpus POLNEAR --base FOLDER/mpnet --layers 8 --minutes 75 --run RUN

`RUN` receives checkpoint.pt (to go on), log.jsonl, dev.npz (log-probabilities of the last evaluation) and, at the
end, model.safetensors with model.json.  The learning rate follows `--epochs`, which is reproducible, or the wall
time of `--minutes`, which fits a busy machine.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.annotate.tagging.pieces import PieceEncoder
from training.attribution.batches import IGNORED, Batch, Example, collate, epoch_order, make_examples
from training.attribution.corpus import Article, read_split
from training.attribution.network import Tagger, build_tagger
from training.attribution.predict import predict_scores
from training.attribution.recipe import Recipe, load_weights, save_model
from training.attribution.score import evaluate
from training.attribution.soft import load_soft, read_kept, sharpen

WARM_UP = 0.06  # share of the run
STOPPED = 3  # exit code of a run that was asked to stop and has saved itself
FLOOR = 0.01  # share of the learning rate at the end


def loss_of(scores: Tensor, batch: Batch, soft_weight: float) -> Tensor:
    """Mean loss a word: cross-entropy with the gold label, with the teacher's probabilities, or a mixture.

    A word with only one of the two targets is judged by that one alone.
    """
    logs = functional.log_softmax(scores.float(), -1)
    has_gold = batch.gold != IGNORED
    gold = -logs.gather(-1, batch.gold.clamp(min=0)[:, :, None])[:, :, 0]
    soft = -(batch.soft * logs).sum(-1)
    both = has_gold & batch.has_soft
    weight_soft = torch.where(both, soft_weight, batch.has_soft.float())
    weight_gold = torch.where(both, 1 - soft_weight, has_gold.float())
    count = (has_gold | batch.has_soft).sum().clamp(min=1)
    return (weight_gold * gold + weight_soft * soft).sum() / count


def rate_at(progress: float) -> float:
    """Share of the learning rate at `progress` 0..1: linear rise, linear fall."""
    if progress < WARM_UP:
        return max(FLOOR, progress / WARM_UP)
    return max(FLOOR, (1 - progress) / (1 - WARM_UP))


class Trainer:
    """One run: network, optimizer, running average, position; all of it in the checkpoint."""

    def __init__(self, recipe: Recipe, network: Tagger, examples: Sequence[Example], padding: int) -> None:
        self.recipe = recipe
        self.network = network
        self.examples = examples
        self.padding = padding
        self.lengths = [len(example.encoded.ids) for example in examples]
        self.average = {name: value.detach().clone() for name, value in self._trained().items()}
        encoder = [value for name, value in self._trained().items() if name.startswith("encoder.")]
        other = [value for name, value in self._trained().items() if not name.startswith("encoder.")]
        groups = [{"params": encoder, "share": 1.0}, {"params": other, "share": recipe.head_rate}]
        self.optimizer = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.01, fused=True)
        self.step = 0
        self.seconds = 0.0  # wall time spent in this run, over all starts
        self.evaluations = 0
        self.per_epoch = math.ceil(len(examples) / recipe.batch)

    def _trained(self) -> dict[str, torch.nn.Parameter]:
        return {name: value for name, value in self.network.named_parameters() if value.requires_grad}

    @property
    def progress(self) -> float:
        """How much of the run is done, 0..1."""
        if self.recipe.minutes is not None:
            return min(1.0, self.seconds / 60 / self.recipe.minutes)
        return min(1.0, self.step / (self.per_epoch * self.recipe.epochs))

    def train_batch(self, numbers: Sequence[int]) -> float:
        """One step on the examples `numbers`; the loss."""
        started = time.monotonic()
        self.network.train()
        batch = collate([self.examples[number] for number in numbers], self.padding)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.network(*batch.inputs)
        loss = loss_of(scores, batch, self.recipe.soft_weight)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.rate * group["share"] * rate_at(self.progress)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        decay = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        current = self._trained()
        torch._foreach_lerp_(list(self.average.values()), [current[name].detach() for name in self.average], 1 - decay)
        self.seconds += time.monotonic() - started
        return float(loss.detach())

    def batches(self) -> list[list[int]]:
        """What is left of the present epoch."""
        epoch, done = divmod(self.step, self.per_epoch)
        return epoch_order(self.lengths, self.recipe.batch, self.recipe.seed, epoch)[done:]

    def with_average(self, use: Callable[[], None]) -> None:
        """Runs `use` while the network holds the averaged weights."""
        current = self._trained()
        kept = {name: value.detach().clone() for name, value in current.items()}
        with torch.no_grad():
            for name, value in self.average.items():
                current[name].copy_(value)
        use()
        with torch.no_grad():
            for name, value in kept.items():
                current[name].copy_(value)

    def save(self, path: Path) -> None:
        """Writes the checkpoint in one move, so that a crash leaves the one before."""
        state = {
            "network": {name: value.detach() for name, value in self._trained().items()},
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "evaluations": self.evaluations,
            "random": torch.get_rng_state(),
            "recipe": asdict(self.recipe),
            "examples": len(self.examples),
        }
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def load(self, path: Path) -> None:
        """Goes on where `save` left."""
        state = torch.load(path, weights_only=True)
        if state["recipe"] != asdict(self.recipe):
            raise ValueError(f"{path}: was made by another recipe: {state['recipe']}; use another --run")
        if state.get("examples", len(self.examples)) != len(self.examples):
            raise ValueError(f"{path}: was made with {state['examples']} windows, not {len(self.examples)}")
        current = self._trained()
        with torch.no_grad():
            for name, value in state["network"].items():
                current[name].copy_(value)
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds = state["step"], state["seconds"]
        self.evaluations = state["evaluations"]
        torch.set_rng_state(state["random"])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("POLNEAR"), help="folder with train/ and dev/")
    parser.add_argument("--base", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--run", type=Path, required=True, help="folder of this run")
    parser.add_argument("--scorer", type=Path, default=os.environ.get("ATTRIBUTION_SCORER"))
    parser.add_argument("--layers", type=int)
    parser.add_argument("--rate", type=float, default=Recipe.rate)
    parser.add_argument("--batch", type=int, default=Recipe.batch)
    parser.add_argument("--epochs", type=float, default=Recipe.epochs)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--dropout", type=float, default=Recipe.dropout)
    parser.add_argument("--average", type=float, default=Recipe.average)
    parser.add_argument("--start", type=Path, help="folder of a finished run whose weights this one begins with")
    parser.add_argument("--soft", type=Path, help="folder that training.attribution.soft wrote")
    parser.add_argument("--soft-weight", type=float, default=0.5)
    parser.add_argument("--temperature", type=float, default=Recipe.temperature)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--evaluations", type=int, default=5)
    parser.add_argument("--checkpoint-minutes", type=float, default=10.0)
    parser.add_argument("--articles", type=int, help="train on the first N articles only: a trial")
    options = parser.parse_args()
    if options.corpus is None:
        parser.error("--corpus, or POLNEAR in the environment")
    recipe = Recipe(
        base=options.base.name,
        layers=options.layers,
        rate=options.rate,
        batch=options.batch,
        epochs=options.epochs,
        minutes=options.minutes,
        seed=options.seed,
        dropout=options.dropout,
        average=options.average,
        temperature=options.temperature,
        start=None if options.start is None else options.start.name,
        soft_weight=options.soft_weight if options.soft else 0.0,
    )
    torch.set_num_threads(options.threads)
    torch.manual_seed(recipe.seed)
    options.run.mkdir(parents=True, exist_ok=True)
    run(recipe, options)


def run(recipe: Recipe, options: argparse.Namespace) -> None:
    """Trains until the recipe is fulfilled."""
    corpus = Path(options.corpus)
    train, dev = read_split(corpus / "train")[: options.articles], read_split(corpus / "dev")
    pieces = PieceEncoder(options.base / "tokenizer.json")
    examples = training_examples(recipe, options.soft, train, pieces)
    network = build_tagger(options.base, layers=recipe.layers, dropout=recipe.dropout)
    if options.start is not None:
        load_weights(network, options.start)
    trainer = Trainer(recipe, network, examples, pieces.padding)
    checkpoint = options.run / "checkpoint.pt"
    if checkpoint.exists():
        trainer.load(checkpoint)
    log = Log(options.run / "log.jsonl")
    log(event="start", step=trainer.step, examples=len(examples), per_epoch=trainer.per_epoch)
    figures: dict[str, object] = {}

    def measure() -> None:
        scores = predict_scores(network, dev, pieces, recipe.window)
        arrays = {article.name: logs for article, logs in zip(dev, scores, strict=True)}
        np.savez(options.run / "dev.npz", **arrays)  # type: ignore[arg-type]
        figures.update(evaluate(dev, scores, corpus / "dev", options.scorer))
        log(event="dev", step=trainer.step, progress=round(trainer.progress, 3), **figures)
        save_model(network, recipe, options.run, figures)

    saved, losses = time.monotonic(), []
    stopping = stop_on_request()
    while trainer.progress < 1:
        for numbers in trainer.batches():
            losses.append(trainer.train_batch(numbers))
            if trainer.step % 25 == 0:
                speed = round(trainer.seconds / trainer.step, 2)
                mean = round(sum(losses) / len(losses), 4)
                log(event="train", step=trainer.step, progress=round(trainer.progress, 3), loss=mean, s_step=speed)
                losses.clear()
            if trainer.progress * options.evaluations >= trainer.evaluations + 1 and trainer.progress < 1:
                trainer.evaluations = int(trainer.progress * options.evaluations)
                trainer.with_average(measure)
            if time.monotonic() - saved > 60 * options.checkpoint_minutes:
                trainer.save(checkpoint)
                saved = time.monotonic()
            if trainer.progress >= 1 or stopping:
                break
        if stopping:
            break
    trainer.save(checkpoint)
    if stopping:
        log(event="stopped", step=trainer.step, progress=round(trainer.progress, 3))
        sys.exit(STOPPED)
    trainer.with_average(measure)
    log(event="done", step=trainer.step, minutes=round(trainer.seconds / 60, 1))


def stop_on_request() -> list[int]:
    """A list that becomes non-empty when the process is asked to end: the run then saves and goes."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _: asked.append(caught))
    return asked


def training_examples(
    recipe: Recipe, soft: Path | None, train: tuple[Article, ...], pieces: PieceEncoder
) -> list[Example]:
    """Gold windows, and with a teacher its probabilities on them and on plain texts, where it has read them."""
    if soft is None:
        return make_examples(train, pieces, recipe.window)

    def targets(kind: str) -> dict[str, NDArray[np.float32]]:
        return {name: sharpen(logs, recipe.temperature) for name, logs in load_soft(soft, kind).items()}

    known = targets("plain")
    plain = [article for article in read_kept(soft) if article.name in known]
    examples = make_examples(train, pieces, recipe.window, soft=targets("train"))
    return examples + make_examples(plain, pieces, recipe.window, gold=False, soft=known)


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
