"""A trained tagger with its linker, opened from weights by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.annotate.tagging.find import Finder
from onrecord.annotate.tagging.linker import load_linker
from onrecord.annotate.tagging.pieces import WindowSize
from onrecord.annotate.tagging.runtime import OnnxTagger
from onrecord.errors import BadResource
from onrecord.resources import weights


@dataclass(frozen=True, slots=True)
class Model:
    """What finds attributions in the words of a text."""

    tagger: OnnxTagger
    finder: Finder


@cache
def load_model(name: str) -> Model:
    """The model of a name, opened once in a process; BadResource where a file is not as its digest says."""
    found = weights(name)
    about = found.about
    try:
        finder = Finder(load_linker(found.file("linker.safetensors")), about["find"]["outside"], about["find"]["least"])
        size = WindowSize(**about["window"])
    except (KeyError, TypeError) as error:
        raise BadResource(f"{found.folder}/about.json: {error} is missing or unknown") from error
    return Model(OnnxTagger(found.file("tagger.onnx"), found.file("tokenizer.json"), size), finder)
