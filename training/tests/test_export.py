"""From text to label scores, in PyTorch and as an exported model; the sentences are made up."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.annotate.tagging.pieces import PieceEncoder, WindowSize
from onrecord.annotate.tagging.runtime import OnnxTagger
from onrecord.annotate.tagging.words import split_words
from training.attribution.corpus import Article
from training.attribution.export import export_onnx, quantize
from training.attribution.predict import predict_scores
from training.tests.tiny import tiny_tagger, write_tokenizer

TEXT = "The mayor sat. The mayor ate a fig.\n“No,” the mayor said.\n" * 8
SIZE = WindowSize(core=40, left=8, right=4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("export")
    write_tokenizer(path)
    export_onnx(tiny_tagger().eval(), path / "tagger.onnx")
    quantize(path / "tagger.onnx", path / "tagger.int8.onnx")
    return path


def expected(folder: Path) -> NDArray[np.float32]:
    (scores,) = predict_scores(tiny_tagger(), [Article("made", TEXT)], PieceEncoder(folder / "tokenizer.json"), SIZE)
    return scores


def test_every_word_has_probabilities(folder: Path) -> None:
    scores = expected(folder)
    assert scores.shape == (len(split_words(TEXT)), 7)
    assert np.allclose(np.exp(scores).sum(1), 1, atol=0.02)


def test_the_exported_model_agrees_with_the_trained_one(folder: Path) -> None:
    exported = OnnxTagger(folder / "tagger.onnx", folder / "tokenizer.json", SIZE).scores(split_words(TEXT))
    assert np.abs(exported - expected(folder)).max() < 0.05  # the trained one computes in bfloat16


def test_eight_bits_change_little(folder: Path) -> None:
    words = split_words(TEXT)
    plain = OnnxTagger(folder / "tagger.onnx", folder / "tokenizer.json", SIZE).scores(words)
    small = OnnxTagger(folder / "tagger.int8.onnx", folder / "tokenizer.json", SIZE).scores(words)
    assert np.abs(small - plain).max() < 0.1
    assert not np.array_equal(small, plain)


def test_an_empty_text_has_no_scores(folder: Path) -> None:
    assert OnnxTagger(folder / "tagger.onnx", folder / "tokenizer.json", SIZE).scores(split_words("")).shape == (0, 7)
