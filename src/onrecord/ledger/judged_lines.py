"""Writes judgements as lines and reads them back; see `into_lines` and `from_lines` for the other types."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from onrecord.errors import RecordError
from onrecord.ledger.fields import Fields
from onrecord.model import Anchor, Correction, Evidence, FigureCorrection, Judgement

Line = dict[str, Any]


def write_judgement(judgement: Judgement) -> Line:
    """The fields of a judgement; `previous` and `hash` are last."""
    correction = judgement.correction
    return {
        "number": judgement.number,
        "verdict": judgement.verdict,
        "about": list(judgement.about),
        "author": judgement.author,
        "when": judgement.when,
        "note": judgement.note,
        "correction": None if correction is None else _write_correction(correction),
        "name": judgement.name,
        "anchors": [_write_anchor(anchor) for anchor in judgement.anchors],
        "previous": judgement.previous,
        "hash": judgement.hash,
    }


def read_judgement(fields: Fields) -> Judgement:
    """The judgement of a line."""
    correction = fields.inside("correction")
    return Judgement(
        id=fields.name("id"),
        verdict=fields.name("verdict"),
        about=fields.strings("about"),
        author=fields.name("author"),
        when=fields.name("when"),
        note=fields.maybe("note"),
        correction=None if correction is None else _read_correction(correction),
        name=fields.maybe("name"),
        anchors=tuple(map(_read_anchor, fields.objects("anchors"))),
        number=fields.count("number"),
        previous=fields.string("previous"),
        hash=fields.name("hash"),
    )


def _words(evidence: Evidence) -> Line:
    spans = [[span.start, span.end] for span in evidence.spans]
    return {"report": evidence.report_id, "spans": spans, "text": evidence.quote}


def _maybe_words(evidence: Evidence | None) -> Line | None:
    return None if evidence is None else _words(evidence)


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    if not value.is_finite() or abs(value.adjusted()) > 300:
        raise RecordError(f"{value!s:.40} is no number that a record can hold")
    if value == value.to_integral_value():
        return int(value)
    if Decimal(repr(float(value))) != value:
        raise RecordError(f"{value!s:.40} has too many digits for a correction")
    return float(value)


def _write_correction(correction: Correction) -> Line:
    return {
        "source": _maybe_words(correction.source),
        "cue": _maybe_words(correction.cue),
        "content": _maybe_words(correction.content),
        "speaker": correction.speaker,
        "name": correction.name,
        "stance": correction.stance,
        "figures": [
            _words(figure.words) | {"low": _number(figure.low), "high": _number(figure.high)}
            for figure in correction.figures
        ],
    }


def _write_anchor(anchor: Anchor) -> Line:
    return {
        "statement": anchor.statement,
        "report": anchor.report_id,
        "sha256": anchor.sha256,
        "uri": anchor.uri,
        "content": _words(anchor.content),
        "cue": anchor.cue,
        "source": anchor.source,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


def _read_words(fields: Fields) -> Evidence:
    return Evidence(fields.name("report"), fields.spans("spans"), fields.string("text"))


def _maybe_read(fields: Fields, name: str) -> Evidence | None:
    inside = fields.inside(name)
    return None if inside is None else _read_words(inside)


def _read_correction(fields: Fields) -> Correction:
    return Correction(
        source=_maybe_read(fields, "source"),
        cue=_maybe_read(fields, "cue"),
        content=_maybe_read(fields, "content"),
        speaker=fields.maybe("speaker"),
        name=fields.maybe("name"),
        stance=fields.maybe("stance"),
        figures=tuple(
            FigureCorrection(_read_words(part), part.decimal("low"), part.decimal("high"))
            for part in fields.objects("figures")
        ),
    )


def _read_anchor(fields: Fields) -> Anchor:
    content = fields.inside("content") or fields.fail("content", "spans and their text")
    return Anchor(
        statement=fields.name("statement"),
        report_id=fields.name("report"),
        sha256=fields.name("sha256"),
        uri=fields.maybe("uri"),
        content=_read_words(content),
        cue=fields.string("cue", ""),
        source=fields.string("source", ""),
        prefix=fields.string("prefix", ""),
        suffix=fields.string("suffix", ""),
    )
