"""From text to label scores, in PyTorch and as an exported model; the sentences are made up."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from onrecord.annotate.tagging.pieces import PieceEncoder, WindowSize
from onrecord.annotate.tagging.runtime import OnnxTagger
from onrecord.annotate.tagging.words import split_words
from tests.annotate.tagging.made import write_tokenizer
from training.attribution.corpus import Article
from training.attribution.export import digest, export_onnx, quantize
from training.attribution.predict import predict_scores
from training.tests.tiny import tiny_tagger

TEXT = "The mayor sat. The mayor ate a fig.\n“No,” the mayor said.\n" * 8
SIZE = WindowSize(core=40, left=8, right=4)
WHOLE = ("output/dense",)  # the second of the two products after attention, and the one that ends it


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("export")
    write_tokenizer(path)
    export_onnx(tiny_tagger().eval(), path / "tagger.onnx")
    quantize(path / "tagger.onnx", path / "tagger.int8.onnx")
    quantize(path / "tagger.onnx", path / "tagger.whole.onnx", whole=WHOLE)
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


def weights_of(path: Path) -> dict[str, onnx.TensorProto]:
    return {tensor.name: tensor for tensor in onnx.load(path).graph.initializer}


def test_products_that_compute_whole_have_their_weights_in_eight_bits_too(folder: Path) -> None:
    kept = [node for node in onnx.load(folder / "tagger.whole.onnx").graph.node if WHOLE[0] in node.name]
    products = [node for node in kept if node.op_type == "MatMul"]
    assert len(products) == 2  # not made integer products
    stored = weights_of(folder / "tagger.whole.onnx")
    for product in products:
        name = product.input[1]
        assert name not in stored
        assert stored[f"{name}_small"].data_type == onnx.TensorProto.INT8
        assert len(stored[f"{name}_scale"].float_data or stored[f"{name}_scale"].raw_data) > 0


def test_weights_stored_in_eight_bits_are_off_by_half_a_step_at_most(folder: Path) -> None:
    full, stored = weights_of(folder / "tagger.onnx"), weights_of(folder / "tagger.whole.onnx")
    names = [name.removesuffix("_small") for name in stored if name.endswith("_small")]
    assert len(names) == 2
    for name in names:
        small, scale = (onnx.numpy_helper.to_array(stored[f"{name}_{part}"]) for part in ("small", "scale"))
        gap = np.abs(small * scale - onnx.numpy_helper.to_array(full[name]))
        assert (gap <= scale / 2 + 1e-7).all()


def test_whole_products_are_nearer_to_the_plain_model(folder: Path) -> None:
    words = split_words(TEXT)
    plain, small, whole = (
        OnnxTagger(folder / f"tagger{kind}.onnx", folder / "tokenizer.json", SIZE).scores(words)
        for kind in ("", ".int8", ".whole")
    )
    assert 0 < np.abs(whole - plain).mean() < np.abs(small - plain).mean()


def test_a_digest_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert digest(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
