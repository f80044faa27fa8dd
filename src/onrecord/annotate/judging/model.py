"""A trained judge with its decision, opened by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.annotate.judging.levels import NAMES, Decision, decide
from onrecord.annotate.judging.runtime import OnnxJudge
from onrecord.annotate.tagging.pieces import WindowSize
from onrecord.errors import BadResource
from onrecord.resources import weights

NAME = "certainty"


@dataclass(frozen=True, slots=True)
class Model:
    """What judges the events of a sentence."""

    judge: OnnxJudge
    decision: Decision

    def certainties(self, sentence: str, starts: Sequence[int]) -> list[str]:
        """The certainty of the event words of one sentence that stand at the code points `starts`."""
        return [NAMES[level] for level in decide(self.judge.chances(sentence, starts), self.decision)]


@cache
def load_model(name: str = NAME) -> Model:
    """The judge of a name, opened once in a process; BadResource where a file is not as its digest says."""
    found = weights(name)
    about = found.about
    try:
        chosen = about["decision"]
        decision = Decision(tuple(chosen["weights"]), chosen["probable"], tuple(chosen["denied"]))
        size = WindowSize(**about["window"])
        return Model(OnnxJudge(found.file("judge.onnx"), found.file("tokenizer.json"), size), decision)
    except (KeyError, TypeError) as error:
        raise BadResource(f"{found.folder}/about.json: {error} is missing or unknown") from error
