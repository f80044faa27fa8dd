"""Batches, losses and checkpoints, with a very small encoder made here."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from onrecord.annotate.tagging.pieces import Encoded, Window
from training.attribution.batches import IGNORED, Batch, Example, collate, epoch_order
from training.attribution.fit import Trainer, loss_of, rate_at
from training.attribution.recipe import Recipe, load_weights, save_model
from training.attribution.soft import mean_scores, sharpen
from training.tests.tiny import tiny_tagger


def example(seed: int, words: int = 6, *, gold: bool = True, soft: bool = False) -> Example:
    rng = np.random.default_rng(seed)
    encoded = Encoded(
        Window(0, 1, words - 1, words),
        rng.integers(4, 50, words + 2),
        rng.integers(0, 10, words + 2),
        np.arange(1, words + 1),
    )
    labels = np.full(words, IGNORED)
    if gold:
        labels[1:-1] = rng.integers(0, 7, words - 2)
    chances = rng.dirichlet(np.ones(7), words - 2).astype(np.float32) if soft else None
    return Example(encoded, 0, labels, chances)


def trainer() -> Trainer:
    recipe = Recipe(base="tiny", rate=1e-3, batch=2, epochs=3.0)
    return Trainer(recipe, tiny_tagger(), [example(seed) for seed in range(6)], padding=0)


def run(trainer: Trainer, steps: int) -> list[float]:
    losses: list[float] = []
    while len(losses) < steps:
        losses.extend(trainer.train_batch(numbers) for numbers in trainer.batches()[: steps - len(losses)])
    return losses


def test_every_example_comes_once_an_epoch_and_the_order_is_a_matter_of_seed_and_epoch() -> None:
    lengths = [k % 7 for k in range(100)]
    order = epoch_order(lengths, 8, seed=3, epoch=1)
    assert sorted(number for batch in order for number in batch) == list(range(100))
    assert order == epoch_order(lengths, 8, seed=3, epoch=1)
    assert order != epoch_order(lengths, 8, seed=3, epoch=2)


def test_padding_has_no_target() -> None:
    batch = collate([example(1, 4), example(2, 9)], padding=0)
    assert batch.gold.shape == (2, 9)
    assert (batch.gold[0, 4:] == IGNORED).all()
    assert batch.mask[0].sum() == 6


def scores_for(batch: Batch) -> torch.Tensor:
    torch.manual_seed(1)
    return torch.randn(*batch.gold.shape, 7)


def test_loss_is_the_mean_over_words_that_have_a_target() -> None:
    batch = collate([example(1), example(2, 5)], padding=0)
    scores = scores_for(batch)
    expected = torch.nn.functional.cross_entropy(scores.reshape(-1, 7), batch.gold.reshape(-1), ignore_index=IGNORED)
    assert loss_of(scores, batch, 0.5) == pytest.approx(float(expected), abs=1e-5)


def test_a_word_with_a_teacher_only_is_judged_by_the_teacher_alone() -> None:
    mixed = collate([example(1, soft=True, gold=False)], padding=0)
    scores = scores_for(mixed)
    assert loss_of(scores, mixed, 0.1) == pytest.approx(float(loss_of(scores, mixed, 0.9)), abs=1e-6)


def test_both_targets_are_mixed_by_weight() -> None:
    both = collate([example(1, soft=True)], padding=0)
    scores = scores_for(both)
    ends = [float(loss_of(scores, both, weight)) for weight in (0.0, 1.0)]
    assert float(loss_of(scores, both, 0.25)) == pytest.approx(0.75 * ends[0] + 0.25 * ends[1], abs=1e-5)


def test_the_rate_rises_then_falls() -> None:
    rates = [rate_at(k / 100) for k in range(101)]
    top = rates.index(max(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert max(rates) == pytest.approx(1.0, abs=0.02)
    assert rates[-1] > 0


def test_a_run_taken_up_from_its_checkpoint_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    unbroken = trainer()
    torch.manual_seed(5)
    losses = run(unbroken, 8)
    first = trainer()
    torch.manual_seed(5)
    begun = run(first, 4)
    first.save(tmp_path / "checkpoint.pt")
    second = trainer()
    second.load(tmp_path / "checkpoint.pt")
    assert begun + run(second, 4) == pytest.approx(losses, abs=1e-4)
    assert second.step == 8
    for name, value in unbroken.average.items():
        assert torch.allclose(value, second.average[name], atol=1e-4), name


def test_a_checkpoint_made_with_other_windows_is_refused(tmp_path: Path) -> None:
    trainer().save(tmp_path / "checkpoint.pt")
    other = Trainer(trainer().recipe, tiny_tagger(), [example(1)], padding=0)
    with pytest.raises(ValueError, match="6 windows"):
        other.load(tmp_path / "checkpoint.pt")


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path: Path) -> None:
    trainer().save(tmp_path / "checkpoint.pt")
    other = Trainer(Recipe(base="tiny", seed=9), tiny_tagger(), [example(1)], padding=0)
    with pytest.raises(ValueError, match="another recipe"):
        other.load(tmp_path / "checkpoint.pt")


def test_the_average_is_lent_and_taken_back() -> None:
    subject = trainer()
    run(subject, 3)
    before = subject.network.head.weight.detach().clone()
    seen: list[torch.Tensor] = []
    subject.with_average(lambda: seen.append(subject.network.head.weight.detach().clone()))
    assert torch.equal(seen[0], subject.average["head.weight"])
    assert torch.equal(subject.network.head.weight, before)
    assert not torch.equal(seen[0], before)


def test_frozen_embeddings_do_not_move() -> None:
    subject = trainer()
    name = "encoder.embeddings.word_embeddings.weight"
    frozen = subject.network.get_parameter(name).clone()
    run(subject, 2)
    assert torch.equal(subject.network.get_parameter(name), frozen)


def test_a_higher_temperature_is_flatter() -> None:
    logs = np.log(np.array([[0.9, 0.1]], dtype=np.float32))
    assert sharpen(logs, 1.0)[0, 0] == pytest.approx(0.9)
    assert 0.5 < sharpen(logs, 2.0)[0, 0] < 0.9


def test_the_mean_of_models_is_a_mean_of_probabilities() -> None:
    one, two = (np.log(np.array([[p, 1 - p]], dtype=np.float32)) for p in (0.8, 0.4))
    (mean,) = mean_scores([[one], [two]])
    assert np.exp(mean)[0, 0] == pytest.approx(0.6, abs=1e-3)


def test_a_recipe_is_plain_data() -> None:
    from dataclasses import asdict

    assert json.loads(json.dumps(asdict(Recipe(base="x"))))["window"]["core"] == 224


def test_a_run_can_begin_with_the_weights_of_a_finished_one(tmp_path: Path) -> None:
    finished = trainer()
    run(finished, 3)
    save_model(finished.network, finished.recipe, tmp_path, {})
    fresh = tiny_tagger()
    before = {name: value.clone() for name, value in fresh.named_parameters()}
    load_weights(fresh, tmp_path)
    learned = dict(finished.network.named_parameters())
    for name, value in fresh.named_parameters():
        assert torch.allclose(value, learned[name], atol=2e-3), name  # stored in half precision
    assert any(not torch.equal(value, before[name]) for name, value in fresh.named_parameters())


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    finished = trainer()
    save_model(finished.network, finished.recipe, tmp_path, {})
    other = tiny_tagger()
    other.more = torch.nn.Linear(2, 2)
    with pytest.raises(ValueError, match=r"more\.weight"):
        load_weights(other, tmp_path)


def test_the_recipe_tells_which_run_it_began_with(tmp_path: Path) -> None:
    begun = Recipe(base="tiny", start="teacher")
    save_model(tiny_tagger(), begun, tmp_path, {"f1": 1.0})
    about = json.loads((tmp_path / "model.json").read_text("utf-8"))
    assert (about["recipe"]["start"], about["figures"]) == ("teacher", {"f1": 1.0})
