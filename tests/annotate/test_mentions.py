"""Mentions: who and what is named, described or pointed at, in the words of the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.mentions import FindMentions
from onrecord.model import Mention, Section, SectionKind, Sentence, Span
from tests.build import doc
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/mentions.jsonl").read_text("utf-8").splitlines()]


def mentions_of(text: str) -> tuple[Mention, ...]:
    return FindMentions()(doc(text)).mentions


def fits(text: str, mention: Mention, wanted: dict[str, Any]) -> bool:
    have = {
        "text": mention.text,
        "kind": mention.kind,
        "form": mention.form,
        "plural": mention.plural,
        "gender": mention.gender,
        "metonym": mention.metonym,
        "head": mention.head.of(text) if mention.head else None,
        "title": mention.role.title if mention.role else None,
        "affiliation": mention.role.affiliation if mention.role else None,
    }
    return all(have[field] == value for field, value in wanted.items())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_mentions_are_found_as_written(case: dict[str, Any]) -> None:
    found = mentions_of(case["text"])
    for wanted in case.get("wants", []):
        assert any(fits(case["text"], one, wanted) for one in found), (wanted, found)
    for never in case.get("never", []):
        assert never not in {one.text for one in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_every_mention_is_what_its_span_selects_in_order(case: dict[str, Any]) -> None:
    found = mentions_of(case["text"])
    assert [one.span.of(case["text"]) for one in found] == [one.text for one in found]
    assert [one.span.start for one in found] == sorted(one.span.start for one in found)
    assert all(one.head is None or one.span.contains(one.head) for one in found)


def test_boilerplate_has_no_mentions() -> None:
    text = "Ann Lee spoke.\nRead more from Bob Ray here."
    body, rest = Span(0, 14), Span(15, len(text))
    report = doc(
        text,
        sections=(Section(body, SectionKind.BODY), Section(rest, SectionKind.BOILERPLATE)),
        sentences=(Sentence(body, 0), Sentence(rest, 1, SectionKind.BOILERPLATE)),
    )
    assert [one.text for one in FindMentions()(report).mentions] == ["Ann Lee"]


def test_a_headline_in_capitals_names_only_whom_the_text_names() -> None:
    text = "Ana Duarte Calls for Quiet Harbor Rules\nAna Duarte spoke on Monday."
    head, body = Span(0, 39), Span(40, len(text))
    report = doc(text, sentences=(Sentence(head, 0, SectionKind.HEADLINE), Sentence(body, 1)))
    assert [one.text for one in FindMentions()(report).mentions] == ["Ana Duarte", "Ana Duarte"]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 2000 + " said so. " + "Ab" * 1000 + " agreed.",
        "Alpha Beta " * 20_000,
        "Ministry of " * 10_000,
        "Moscow's " * 10_000,
        "the official of the " * 8_000,
        "John Smith, " * 10_000,
        '"' * 50_000,
    ],
    ids=["long words", "capitals in a row", "open names", "possessives", "descriptions", "lists", "marks"],
)
def test_bad_texts_take_linear_time(text: str) -> None:
    assert_linear(mentions_of, lambda number: text[: number * len(text) // 400], 10)
    assert len(mentions_of(text)) <= len(text.split())


def test_no_text_no_mentions() -> None:
    assert mentions_of("") == ()
