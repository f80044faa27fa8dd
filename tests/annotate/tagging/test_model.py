"""Opening a model: what about.json must say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from onrecord import resources
from onrecord.annotate.tagging import model as opened
from onrecord.annotate.tagging.model import load_model
from onrecord.annotate.tagging.pieces import WindowSize
from onrecord.errors import BadResource

FILES = ("tagger.onnx", "tokenizer.json", "linker.safetensors")
ABOUT: dict[str, Any] = {
    "window": {"core": 100, "left": 8, "right": 4},
    "outside": -1.0,
    "least": 0.4,
    "least_other": 0.5,
    "least_held": 0.7,
    "weights": {"all": {"any": 1.0}, "source": {}, "cue": {}, "content": {}},
}


@pytest.fixture(autouse=True)
def _no_libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tagger and linker are what they were asked to open; nothing stays opened."""
    monkeypatch.setattr(opened, "OnnxTagger", lambda *asked: asked)
    monkeypatch.setattr(opened, "load_linker", lambda path: path)
    load_model.cache_clear()
    yield
    load_model.cache_clear()


def offer(folder: Path, about: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts weights with that description under the name "made"."""
    for name in FILES:
        (folder / name).write_bytes(name.encode())
    about = {"sha256": {name: sha256(name.encode()).hexdigest() for name in FILES}, **about}
    (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    monkeypatch.setattr(opened, "weights", lambda name: resources.open_weights(folder))


def test_a_model_is_what_its_description_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(tmp_path, ABOUT, monkeypatch)
    model = load_model("made")
    assert model.tagger == (tmp_path / "tagger.onnx", tmp_path / "tokenizer.json", WindowSize(100, 8, 4))
    assert model.linker == tmp_path / "linker.safetensors"
    assert (model.outside, model.least, model.least_other, model.least_held) == (-1.0, 0.4, 0.5, 0.7)
    assert model.weights["all"] == {"any": 1.0}


def test_a_model_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(tmp_path, ABOUT, monkeypatch)
    assert load_model("made") is load_model("made")


@pytest.mark.parametrize("key", sorted(ABOUT))
def test_a_description_without_a_key_is_refused_by_its_name(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, {name: value for name, value in ABOUT.items() if name != key}, monkeypatch)
    with pytest.raises(BadResource, match=rf"about\.json: '{key}' is missing"):
        load_model("made")


def test_an_unknown_size_of_window_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(tmp_path, ABOUT | {"window": {"middle": 100}}, monkeypatch)
    with pytest.raises(BadResource, match=r"about\.json: .*middle"):
        load_model("made")
