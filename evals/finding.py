"""What an engine finds in an article: the report's statements, with what is measured of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evals.spans import Pairs, Spans
from onrecord import registry
from onrecord.errors import Unavailable
from onrecord.flow import process
from onrecord.ledger.statements import make_page, statement_id
from onrecord.model import Evidence, Reading, Report
from onrecord.read.jsonl import read_jsonl

ATTRIBUTING = ("sentences", "attributions")  # the steps that find attributions need these alone


@dataclass(frozen=True, slots=True)
class Found:
    """A statement as measured."""

    spans: Spans
    form: str
    plain: bool
    nested: bool  # stands in another statement's content
    attribution_confidence: float  # that these are source, cue and content
    confidence: float  # and that the speaker is the one named


def read(text: str, facts: Mapping[str, str] | None = None) -> Reading:
    """A text as a reading, through the product's own reader, kept to the letter."""
    line = json.dumps({"id": "measured", "text": text, **(facts or {})})
    (reading,) = read_jsonl(line.encode("utf-8"))
    if not isinstance(reading, Reading):
        raise ValueError(f"{reading.input}: {reading.reason}, {reading.detail}")
    assert reading.report.text == text
    return reading


def find(engine: str, text: str, facts: Mapping[str, str] | None = None) -> tuple[Found, ...]:
    """The statements of a text after all steps, in order of appearance."""
    reading = read(text, facts)
    report = process(reading.report, registry.steps(engine))
    sure = {statement_id(report.id, one): one.confidence for one in reversed(report.attributions)}
    return tuple(
        Found(
            Spans(_pairs(one.source), _pairs(one.cue), _pairs(one.content)),
            one.form,
            one.plain,
            one.nested_in is not None,
            sure[one.id],
            one.confidence,
        )
        for one in make_page(report, reading.source).statements
    )


def _pairs(evidence: Evidence | None) -> Pairs:
    return tuple((span.start, span.end) for span in evidence.spans) if evidence else ()


def attribute(engine: str, report: Report) -> Report:
    """The report with its attributions and nothing that these do not need."""
    return process(report, attributing(engine))


@cache
def attributing(engine: str) -> tuple[str, ...]:
    """The names of the steps that give attributions."""
    return tuple(name for name in registry.steps(engine) if name.startswith(ATTRIBUTING))


def why_missing(engine: str) -> str:
    """Why an engine cannot be measured here; empty where it can."""
    try:
        attribute(engine, read("The mayor said that the bridge was safe.").report)
    except Unavailable as error:
        return str(error)
    return ""
