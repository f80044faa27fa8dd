"""A trained tagger with its linker and the weights of its traits, opened by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.annotate.tagging.linker import Linker, load_linker
from onrecord.annotate.tagging.pieces import WindowSize
from onrecord.annotate.tagging.runtime import OnnxTagger
from onrecord.errors import BadResource
from onrecord.resources import weights


@dataclass(frozen=True, slots=True)
class Model:
    """What finds attributions in the words of a text."""

    tagger: OnnxTagger
    linker: Linker
    outside: float  # added to the score of the label outside while decoding: below 0 proposes more
    least: float  # chance, 0..1, from which a proposal is kept whose cue is one of speech
    least_other: float  # from which one of belief, wish, fear, plan or act is
    least_held: float  # and from which one is whose cue stands in the content of another
    weights: Mapping[str, Mapping[str, float]]  # "all" and each part -> trait -> log-odds


@cache
def load_model(name: str) -> Model:
    """The model of a name, opened once in a process; BadResource where a file is not as its digest says."""
    found = weights(name)
    about = found.about
    try:
        return Model(
            OnnxTagger(found.file("tagger.onnx"), found.file("tokenizer.json"), WindowSize(**about["window"])),
            load_linker(found.file("linker.safetensors")),
            about["outside"],
            about["least"],
            about["least_other"],
            about["least_held"],
            about["weights"],
        )
    except (KeyError, TypeError) as error:
        raise BadResource(f"{found.folder}/about.json: {error} is missing or unknown") from error
