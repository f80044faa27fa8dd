"""Where: the right one of several places of a name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.mentions import FindMentions
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Entity, EntityKind, Report
from onrecord.resolve.places import Context, choose, kilometres
from onrecord.resolve.where import ResolveWhere
from onrecord.resolve.who import ResolveWho
from tests.build import doc

CASES = [json.loads(line) for line in Path("tests/cases/where.jsonl").read_text("utf-8").splitlines()]


def placed(text: str, outlet: str | None = None, uri: str | None = None) -> Report:
    report = FindSentences()(replace(doc(text), outlet=outlet, uri=uri))
    return ResolveWhere()(ResolveWho()(FindMentions()(report)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_places_are_told_apart(case: dict[str, Any]) -> None:
    report = placed(case["text"], case.get("outlet"), case.get("uri"))
    entities = {one.id: one for one in report.entities}
    if "none" in case:
        placed_at = [entities[m.entity] for m in report.mentions if m.entity and m.text == case["none"]]
        assert not [one for one in placed_at if one.kind in (EntityKind.PLACE, EntityKind.COUNTRY)]
        return
    mention = [one for one in report.mentions if one.text == case["name"]][case.get("nth", 0)]
    entity = entities[mention.entity or ""]
    if "geonames" in case:
        assert f"geonames:{case['geonames']}" in entity.same_as
    if "near" in case:
        assert entity.geo is not None
        assert kilometres(entity.geo, tuple(case["near"])) < 60
    if "metonym" in case:
        assert mention.metonym is case["metonym"]


def test_a_place_unknown_to_the_gazetteer_has_no_point() -> None:
    entity = Entity("e-1", "Nowhereburg", EntityKind.PLACE)
    report = replace(doc("Nowhereburg."), entities=(entity,))
    assert ResolveWhere()(report).entities == (entity,)


def test_where_leaves_people_alone() -> None:
    entity = Entity("e-1", "Paris Brown", EntityKind.PERSON)
    report = replace(doc("Paris Brown."), entities=(entity,))
    assert ResolveWhere()(report).entities == (entity,)


def test_no_candidate_no_place() -> None:
    from collections import Counter

    assert choose("Nowhereburg", Context(Counter(), Counter())) is None


def test_distance_is_symmetric() -> None:
    assert kilometres((0, 0), (0, 90)) == pytest.approx(kilometres((0, 90), (0, 0)))
    assert kilometres((48.85, 2.35), (48.85, 2.35)) == 0
