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
from onrecord.resolve.places.candidates import FILES, Context, candidates, choose, gazetteer, kilometres
from onrecord.resolve.places.homes import home_candidates
from onrecord.resolve.where import ResolveWhere
from onrecord.resolve.who import ResolveWho
from onrecord.resources import lexicon, read_text
from tests.build import doc
from tests.effort import assert_linear

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


def points(report: Report) -> list[tuple[str, str | None]]:
    """Every place's mention with the name of its entity."""
    names = {one.id: one.name for one in report.entities if one.kind is EntityKind.PLACE}
    return [(m.text, names[m.entity]) for m in report.mentions if m.entity in names]


@pytest.mark.parametrize(
    "outlet", ["", "  ", ".", "..", "a.", "." * 3000, "x" * 3000, "a." * 1500, "https://", "ñ.com"]
)
def test_an_outlet_that_says_nothing_changes_nothing(outlet: str) -> None:
    text = "They met in Springfield and in Lagos."
    assert points(placed(text, outlet, outlet)) == points(placed(text))


def test_a_name_of_two_thousand_letters_is_no_place() -> None:
    assert points(placed(f"They met in {'Spring' * 400}field, Texas.")) == [("Texas", "Texas")]
    assert candidates("Paris " * 400) == ()


def test_look_alike_letters_are_no_place() -> None:
    assert points(placed("They met in Pаris.")) == []  # the second letter is Cyrillic


def test_a_long_list_of_places_takes_linear_time() -> None:
    names = sorted(name for name in gazetteer() if name.isascii() and name.isalpha())[::7]
    listed = [name.title() for name in names]
    assert len(listed) > 1200
    assert_linear(
        lambda text: placed(text, "theparisnews.com"),
        lambda number: "They went to " + ", ".join(listed[:number]) + ".",
        300,
    )


def test_country_names_without_end_take_linear_time() -> None:
    assert_linear(placed, lambda number: "Georgia, Lebanon, Jordan and Mexico. " * number, 100)


@pytest.mark.parametrize(
    ("host", "town"),
    [
        ("columbustelegram.com", "Columbus"),
        ("www.theparisnews.com", "Paris"),
        ("newlondonjournal.com", "New London"),
        ("springfieldnewssun.com", "Springfield"),
        ("thisisoxfordshire.co.uk", "Oxfordshire"),
        ("norfolkdailynews.com", "Norfolk"),
        ("cambridge-news.co.uk", "Cambridge"),
        ("sun.example.com", None),
        ("dailyherald.example.com", None),
    ],
)
def test_a_site_is_called_after_its_town(host: str, town: str | None) -> None:
    found = home_candidates(replace(doc("."), outlet=host))
    assert {place.name for place in found} == ({town} if town else set())


def test_every_home_is_in_the_gazetteer() -> None:
    for row in lexicon("homes.tsv"):
        assert home_candidates(replace(doc("."), outlet=row["host"])), row["host"]


def test_tables_have_sound_rows() -> None:
    for file in FILES:
        for line in read_text(file).splitlines():
            if line.startswith(("#", "name\t")) or not line:
                continue
            name, kind, country, _, latitude, longitude, geonames, thousands = line.split("\t")
            assert name.strip() == name != ""
            assert kind in ("city", "region", "county", "continent")
            assert kind == "continent" or len(country) == 2
            assert -90 <= float(latitude) <= 90
            assert -180 <= float(longitude) <= 180
            assert not geonames or geonames.isdigit()
            assert int(thousands) >= 0


def test_no_entity_is_left_that_nothing_refers_to() -> None:
    report = placed("CHARLESTON, W.Va. — The river rose on Monday.")
    assert all(one.kind is not EntityKind.PERSON for one in report.entities)


def test_mentions_stay_in_order_and_never_twice() -> None:
    report = placed("Ann Colby of Wood County, W. Va., met the Licking County Genealogy Society in Newark, Ohio.")
    spans = [(m.span.start, m.span.end, m.form) for m in report.mentions]
    assert spans == sorted(set(spans))


def test_where_twice_is_where_once() -> None:
    report = placed("AUGUSTA, Ga. — Rosa Dillard, 41, of Grovetown, was charged in Barrow and Oconee counties.")
    assert ResolveWhere()(report) == report


def test_distance_is_symmetric() -> None:
    assert kilometres((0, 0), (0, 90)) == pytest.approx(kilometres((0, 90), (0, 0)))
    assert kilometres((48.85, 2.35), (48.85, 2.35)) == 0
