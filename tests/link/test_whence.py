"""Where and in what form something was said first: read from the words around it, never from the content."""

from __future__ import annotations

import pytest

from onrecord.link.claims import own_origin
from onrecord.link.credits import is_relay
from onrecord.link.entry import Told
from onrecord.link.origins import may_be_one_source
from onrecord.link.whence import is_wire_copy, kind_of_origin, place_of
from onrecord.model import Entity, EntityKind
from onrecord.resources import lexicon, settings_file
from tests.build import doc, entry, mention, person, say

ADA = person("Ada Berg")
ROME = Entity("e-rome", "Rome", EntityKind.PLACE, ("Rome",))
OSLO = Entity("e-oslo", "Oslo", EntityKind.PLACE, ("Oslo",))


def told(text: str, content: str, *, source: str = "Ada Berg", cue: str = "said", **rest: object) -> Told:
    venue, facts = rest.pop("venue", None), {"outlet": "Hill Times"} | rest
    places = [place for place in (ROME, OSLO) if place.name in text]
    mentions = [mention(text, place.name, place) for place in places]
    said = say(text, content, source=source, cue=cue, who=ADA if source == "Ada Berg" else None, venue=venue)
    made = entry(doc(text, entities=(ADA, *places), mentions=tuple(mentions), attributions=(said,), **facts))
    return Told(made, made.statements[0])


@pytest.mark.parametrize(
    ("text", "cue", "place"),
    [
        ("The dam holds, Ada Berg told reporters in Rome.", "told reporters", "e-rome"),
        ("The dam holds, Ada Berg told reporters travelling with her in Rome on Monday.", "told", "e-rome"),
        ("At a news conference in Oslo, Ada Berg said The dam holds.", "said", "e-oslo"),
        ("The dam holds, Ada Berg said in the Norwegian capital Oslo.", "said", "e-oslo"),
        ("The dam holds, Ada Berg said, and Rome was dry.", "said", None),
        ("The dam holds, Ada Berg said. Trains in Rome were late.", "said", None),
        ("In Rome trains were late, but Ada Berg said The dam holds.", "said", None),
        ("The dam holds, Ada Berg said.", "said", None),
    ],
)
def test_a_place_is_where_the_words_around_put_it(text: str, cue: str, place: str | None) -> None:
    assert place_of(told(text, "The dam holds", cue=cue)) == place


def test_a_place_in_the_content_is_not_where_it_was_said() -> None:
    text = "The dam in Rome holds, Ada Berg said."
    assert place_of(told(text, "The dam in Rome holds")) is None


def test_a_press_conference_without_a_place_is_where_the_report_is_dated_from() -> None:
    text = "OSLO (Oslo) — The dam holds, Ada Berg told a news conference."
    held = told(text, "The dam holds", cue="told", venue="a news conference", dateline="OSLO, Norway")
    assert place_of(held) == "e-oslo"
    assert place_of(told(text, "The dam holds", cue="told", dateline="OSLO, Norway")) is None
    assert place_of(told(text, "The dam holds", cue="told", venue="a news conference", dateline="BREMEN")) is None


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("the state news agency", "wire copy"),
        ("Reuters", "wire copy"),
        ("the newspaper Dagen", "report"),
        ("Al Jazeera", "report"),
        ("Reports from Seoul", "report"),
        ("a report", "unknown"),
        ("Ada Berg", "unknown"),
        ("the ministry", "unknown"),
    ],
)
def test_what_is_itself_in_print_is_a_report_or_of_a_wire(source: str, kind: str) -> None:
    assert kind_of_origin(told(f"The dam holds, {source} said.", "The dam holds", source=source)) == kind


@pytest.mark.parametrize(
    ("start", "outlet", "is_wire"),
    [
        ("OSLO, March 4 (Nordic Wire) — ", "Hill Times", True),
        ("OSLO (AP) - ", "Hill Times", True),
        ("OSLO (AP) - ", "Associated Press", False),
        ("OSLO, March 4 (Nordic Wire) — ", "Nordic Wire", False),
        ("OSLO — ", "Hill Times", False),
        ("The dam (built in 1900) is old. ", "Hill Times", False),
        ("(" * 300, "Hill Times", False),
    ],
)
def test_a_report_says_whose_wire_it_prints(start: str, outlet: str, is_wire: bool) -> None:
    one = told(start + "The dam holds, a clerk said.", "The dam holds", source="a clerk", outlet=outlet)
    assert is_wire_copy(one) is is_wire
    assert (own_origin(one).kind == "wire copy") is is_wire


def test_who_speaks_in_two_towns_on_one_day_has_two_origins() -> None:
    found = {own_origin(said_at(town)).id for town in ("Rome", "Oslo")}
    assert len(found) == 2
    assert own_origin(said_at("Rome")).place == "e-rome"


def said_at(town: str) -> Told:
    text = f"The dam holds, Ada Berg told reporters in {town}."
    place = ROME if town == "Rome" else OSLO
    said = say(text, "The dam holds", source="Ada Berg", cue="told", who=ADA, said_at="2031-05-01")
    made = entry(doc(text, entities=(ADA, place), mentions=(mention(text, town, place),), attributions=(said,)))
    return Told(made, made.statements[0])


def test_every_agency_is_an_outlet_that_is_known() -> None:
    names = {row["outlet"] for row in lexicon("outlets.tsv")}
    assert set(settings_file("origins.toml")["printed"]["agencies"]) <= names


def said_by(source: str, who: Entity | None = None) -> Told:
    text = f"{source} said the dam holds."
    said = say(text, "the dam holds", source=source, cue="said", **({"who": who} if who else {}))
    return Told(made := entry(doc(text, entities=(who,) if who else (), attributions=(said,))), made.statements[0])


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("CBS", True),
        ("the Hale Gazette", True),
        ("news reports", True),
        ("a Gazette poll", False),
        ("the water board", False),
    ],
)
def test_a_paper_relays_what_it_was_told_and_a_board_does_not(source: str, is_one: bool) -> None:
    assert is_relay(said_by(source)) is is_one


def test_a_named_person_relays_only_as_a_reporter() -> None:
    assert not is_relay(said_by("the paper's owner Ada Berg", ADA))
    assert is_relay(said_by("the reporter Ada Berg", ADA))


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("the Kern clinic", "a spokesman for Kern", True),
        ("the clinic", "a clinic nurse", True),
        ("Constable Ray Fane", "police", True),
        ("the water board", "the harbour master", False),
        ("two officials", "an official", False),
    ],
)
def test_sources_that_are_called_alike_may_be_one(one: str, other: str, may_be: bool) -> None:
    assert may_be_one_source(said_by(one), said_by(other)) is may_be
