"""Training the judge of certainty: what it reads, learns and writes; the sentences are made up for these tests."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from onrecord.annotate.judging.levels import MIDDLES, Decision, decide
from onrecord.annotate.judging.runtime import OnnxJudge
from onrecord.annotate.tagging.pieces import PieceEncoder
from tests.annotate.tagging.made import FORMS, write_tokenizer
from training.certainty.batches import collate, make_examples, spread
from training.certainty.corpus import Sentence, fold_of, join_tokens, read_sentences
from training.certainty.export import WINDOW, Shipped, export_onnx, quantize, seen_pieces
from training.certainty.fit import Recipe, Trainer, loss_of, predict
from training.certainty.measure import choose, figures
from training.certainty.network import Judge
from training.certainty.plain import find_events, read_judged, read_plain, write_judged

WORDS = [form for form in FORMS if form.isalpha() and form.islower()]


def tiny_judge() -> Judge:
    """A judge of one layer, always with the same weights."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(FORMS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    encoder = BertModel(config, add_pooling_layer=False)
    encoder.set_attn_implementation("eager")
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return Judge(encoder, dropout=0.0)


@pytest.fixture
def pieces(tmp_path: Path) -> PieceEncoder:
    return PieceEncoder(write_tokenizer(tmp_path))


def made(count: int = 12) -> list[Sentence]:
    """Sentences in which the first word decides: one word is certain, the other is not so."""
    good, bad = WORDS[0], WORDS[1]
    return [Sentence(str(k), f"{(good, bad)[k % 2]} {WORDS[2]}", ((0, (3.0, -3.0)[k % 2]),)) for k in range(count)]


def test_tokens_become_running_text() -> None:
    assert join_tokens(["It", "is", '"', "n't", '"', "(", "so", ")", "."])[0] == 'It is "n\'t" (so).'


def test_targets_point_at_their_words(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    row = {"id": "a", "tokens": ["``", "Rain", "''", "fell"], "targets": [{"start": 3, "end": 4, "factuality": 2.8}]}
    path.write_text(json.dumps(row) + "\n\n", "utf-8")
    (sentence,) = read_sentences(path)
    ((start, value),) = sentence.targets
    assert (sentence.text[start:], value) == ("fell", 2.8)


@pytest.mark.parametrize("value", [-3.0, -2.2, -1.0, -0.4, 0.0, 0.8, 1.0, 1.4, 2.0, 2.4, 2.5, 3.0])
def test_a_value_is_in_the_step_of_its_kind(value: float) -> None:
    level = decide(spread(value)[None], Decision())
    assert figures(level, np.array([value]))["macro_f1"] == 25.0  # right, and no other kind is there
    assert abs(MIDDLES[spread(value).argmax()] - value) <= 0.5


def test_blur_goes_to_the_steps_beside() -> None:
    assert spread(0.0, 0.2).tolist()[3:6] == pytest.approx([0.1, 0.8, 0.1])
    assert spread(-3.0, 0.2).tolist()[:2] == pytest.approx([0.8, 0.2])


def test_folds_keep_neighbours_together_and_are_of_one_size() -> None:
    folds = [fold_of(k, 100, 5) for k in range(100)]
    assert [folds.count(fold) for fold in range(5)] == [20] * 5
    assert sum(a != b for a, b in pairwise(folds)) == 19


def test_the_decision_that_suits_the_values_is_chosen() -> None:
    chances = np.zeros((40, len(MIDDLES)), dtype=np.float32)
    chances[:20, 10], chances[20:, 10], chances[20:, 4] = 1.0, 0.6, 0.4
    values = np.array([3.0] * 20 + [0.0] * 20)
    chosen = choose(chances, values)
    assert figures(decide(chances, chosen), values)["mae"] == 0


def test_a_tiny_judge_learns(pieces: PieceEncoder) -> None:
    sentences = made()
    examples = make_examples(sentences, pieces)
    recipe = Recipe("tiny", rate=1e-2, epochs=12, batch=4, other_epochs=0, average=0.5)
    trainer = Trainer(recipe, tiny_judge(), examples, [], pieces.padding)
    losses = []
    while trainer.step < len(trainer.plan):
        losses.append(trainer.train_batch())
    trainer.use_average()
    levels = decide(predict(trainer.network, examples, pieces.padding), Decision())
    assert losses[-1] < losses[0]
    assert levels.tolist() == [6, 0] * 6


def test_a_run_goes_on_where_it_stopped(pieces: PieceEncoder, tmp_path: Path) -> None:
    examples = make_examples(made(), pieces)
    recipe = Recipe("tiny", epochs=4, batch=4, other_epochs=2)
    whole, first, second = (Trainer(recipe, tiny_judge(), examples, examples[:4], pieces.padding) for _ in range(3))
    torch.manual_seed(1)
    expected = [whole.train_batch() for _ in range(6)]
    torch.manual_seed(1)
    found = [first.train_batch() for _ in range(3)]
    first.save(tmp_path / "checkpoint.pt")
    second.load(tmp_path / "checkpoint.pt")
    found += [second.train_batch() for _ in range(3)]
    assert found == pytest.approx(expected)
    other = Trainer(Recipe("tiny", epochs=5), tiny_judge(), examples, [], pieces.padding)
    with pytest.raises(ValueError, match="another recipe"):
        other.load(tmp_path / "checkpoint.pt")


def test_each_scale_has_a_head_of_its_own(pieces: PieceEncoder) -> None:
    (example,) = make_examples(made(1), pieces)
    batch = collate([example], pieces.padding)
    scores = torch.zeros(1, 1, 2, len(MIDDLES))
    scores[0, 0, 1] = torch.arange(len(MIDDLES))
    untouched = loss_of(scores, batch, 0.0)
    scores[0, 0, 1] += 5
    assert loss_of(scores, batch, 0.0) == untouched


def test_plain_sentences_come_once_and_what_is_judged_comes_back(pieces: PieceEncoder, tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("The old mill burned down.\nThe old mill burned down.\nNo.\n", "utf-8")
    (text,) = read_plain([news], set())
    starts = find_events(text, {"mill"})
    assert [text[start:].split()[0] for start in starts] == ["mill", "burned"]
    chances = np.eye(len(MIDDLES), dtype=np.float32)[[10, 4]]
    write_judged(tmp_path / "plain", [(text, starts, chances)])
    (example,) = read_judged(tmp_path / "plain", pieces)
    assert example.steps.tolist() == chances.tolist()


def test_the_exported_judge_gives_the_same_chances(pieces: PieceEncoder, tmp_path: Path) -> None:
    judge = tiny_judge().eval()
    sentence = f"{WORDS[0]} {WORDS[1]} {WORDS[2]} {WORDS[3]}"
    kept = seen_pieces([sentence] * 2, pieces)
    assert len(kept) < len(FORMS)
    export_onnx(Shipped(judge, kept, pieces.unknown), tmp_path / "judge.onnx")
    starts = [0, sentence.index(WORDS[2])]
    found = OnnxJudge(tmp_path / "judge.onnx", tmp_path / "tokenizer.json", WINDOW).chances(sentence, starts)
    (example,) = make_examples([Sentence("a", sentence, tuple((start, 0.0) for start in starts))], pieces)
    assert found == pytest.approx(predict(judge, [example], pieces.padding), abs=0.02)
    quantize(tmp_path / "judge.onnx", tmp_path / "small.onnx")
    small = OnnxJudge(tmp_path / "small.onnx", tmp_path / "tokenizer.json", WINDOW).chances(sentence, starts)
    assert small == pytest.approx(found, abs=0.05)
