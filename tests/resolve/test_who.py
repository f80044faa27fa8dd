"""Who: one entity for all names of one, and never one for two."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.mentions import FindMentions
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Attribution, Entity, EntityKind, Report, Span
from onrecord.resolve.names.folding import fold, is_mixed, key, surnames
from onrecord.resolve.who import ResolveWho
from tests.build import at, doc
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/who.jsonl").read_text("utf-8").splitlines()]


def resolved(text: str, sources: list[list[Any]] | None = None, **layers: Any) -> Report:
    report = FindMentions()(FindSentences()(doc(text, **layers)))
    attributions = []
    for source, content, *nth in sources or []:
        spans = (at(text, source, *nth),) if source else ()
        attributions.append(Attribution((at(text, content),), (), spans))
    return ResolveWho()(replace(report, attributions=tuple(attributions)))


def by_name(report: Report, name: str) -> Entity:
    (found,) = [one for one in report.entities if one.name == name]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_each_source_gets_its_speaker(case: dict[str, Any]) -> None:
    report = resolved(case["text"], case["sources"])
    names = {one.id: one.name for one in report.entities}
    for attribution, wanted in zip(report.attributions, case["speakers"], strict=True):
        speaker = attribution.speaker
        assert speaker is not None
        name = names.get(speaker.entity or "")
        if "not_name" in wanted:
            assert name != wanted["not_name"]
        if "name" in wanted:
            assert name == wanted["name"]
        if "also" in wanted:
            assert [names[one] for one in speaker.also] == wanted["also"]
        for field in ("ambiguous", "anonymous", "method", "role", "affiliation"):
            if field in wanted:
                assert getattr(speaker, field) == wanted[field], field
    for name, aliases in case.get("aliases", {}).items():
        assert set(aliases) <= set(by_name(report, name).aliases)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_every_entity_that_is_pointed_at_is_there(case: dict[str, Any]) -> None:
    report = resolved(case["text"], case["sources"])
    ids = [one.id for one in report.entities]
    assert ids == sorted(set(ids))
    pointed = {one.entity for one in report.mentions if one.entity}
    for attribution in report.attributions:
        assert attribution.speaker is not None
        pointed |= {one for one in (attribution.speaker.entity, *attribution.speaker.also) if one}
    assert pointed <= set(ids)
    assert all(one.name in one.aliases and list(one.aliases) == sorted(one.aliases) for one in report.entities)


@pytest.mark.parametrize("case", [one for one in CASES if "means" in one], ids=lambda case: case["why"][:60])
def test_words_mean_whom_they_should_or_nobody(case: dict[str, Any]) -> None:
    report = resolved(case["text"], case["sources"])
    names = {one.id: one.name for one in report.entities}
    for text, name, *nth in case["means"]:
        wanted = at(case["text"], text, *nth)
        held = [one for one in report.mentions if wanted in (one.span, one.head)]
        assert held, text
        assert [names.get(one.entity or "") for one in held] == [name] * len(held)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_entities_have_the_kinds_roles_and_flags_that_the_words_give(case: dict[str, Any]) -> None:
    report = resolved(case["text"], case["sources"])
    for name, kind in case.get("kinds", {}).items():
        assert by_name(report, name).kind == kind
    for name, roles in case.get("roles", {}).items():
        assert [[one.title, one.affiliation] for one in by_name(report, name).roles] == roles
    assert not set(case.get("absent", [])) & {one.name for one in report.entities}
    if "flags" in case:
        assert [list(one.flags) for one in report.attributions] == case["flags"]


def test_a_full_name_has_the_same_id_in_every_report() -> None:
    one = by_name(resolved("Nora B. Quill spoke.", uri="made:1"), "Nora B. Quill")
    other = by_name(resolved("Mayor Nora Quill left.", uri="made:2"), "Nora Quill")
    assert one.id == other.id


def test_a_surname_alone_is_somebody_of_its_report_only() -> None:
    one = by_name(resolved("Mayor Quill spoke.", uri="made:1"), "Quill")
    other = by_name(resolved("Mayor Quill spoke.", uri="made:2"), "Quill")
    assert one.id != other.id


def test_anonymous_groups_are_never_merged_across_reports() -> None:
    said = [["Officials", "the dam holds"]]
    one = by_name(resolved("Officials said the dam holds.", said, uri="made:1"), "officials")
    other = by_name(resolved("Officials said the dam holds.", said, uri="made:2"), "officials")
    assert one.kind is EntityKind.GROUP
    assert one.id != other.id


def test_countries_are_linked_and_named_once() -> None:
    report = resolved("The U.S. and the United States. American ships left. Washington denied it.")
    country = by_name(report, "United States")
    assert {"U.S.", "Washington"} <= set(country.aliases)
    assert "American" not in country.aliases
    assert "iso3166:US" in country.same_as


def test_roles_have_the_day_of_the_report() -> None:
    report = resolved("Danish Trade Minister Olga Fenn spoke.", published="2025-03-10T08:00:00Z")
    (role,) = by_name(report, "Olga Fenn").roles
    assert (role.title, role.affiliation, role.as_of) == ("Trade Minister", "Denmark", "2025-03-10")


def test_entities_do_not_depend_on_a_second_run() -> None:
    text = "Mayor Tom Baines met Anna Roth in Paris. Baines said Moscow waits."
    assert resolved(text) == resolved(text)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Lloyd J. Austin III", "lloyd austin"),
        ("Dr. Ana K. Duarte Jr.", "ana duarte jr"),
        ("Kim Jong-un", "kim jong un"),
    ],
)
def test_keys_leave_out_initials_and_generation(name: str, wanted: str) -> None:
    assert key(name) == wanted


def test_family_names_may_stand_first() -> None:
    assert "cho" in surnames("Cho Tae-yul")
    assert "duyeon" not in surnames("Duyeon Kim")
    assert fold("Élysée") == "elysee"


def test_mixed_scripts_are_seen() -> None:
    assert is_mixed("Pеter")  # with a Cyrillic letter
    assert not is_mixed("Zelenskyy Élysée")


def test_many_of_one_surname_take_linear_time() -> None:
    def smiths(number: int) -> Report:
        text = "John Smith met Jane Smith. " + "Smith said he left. " * number
        said = Attribution((Span(0, 4),), (), (Span(0, len(text)),))
        return replace(FindMentions()(doc(text)), attributions=(said,))

    assert_linear(ResolveWho(), smiths, 200)


def test_father_and_son_are_two_and_the_bare_surname_is_the_fathers() -> None:
    text = "Paul Kern and Paul Kern Jr. met. Kern said so."
    report = resolved(text, [["Kern", "so", 2]])
    assert len([one for one in report.entities if one.kind is EntityKind.PERSON]) == 2
    assert report.attributions[0].speaker is not None
    assert report.attributions[0].speaker.entity == by_name(report, "Paul Kern").id


def test_two_middle_initials_are_two_people() -> None:
    report = resolved("Mayor Anna B. Holt left. Judge Anna K. Holt came.")
    assert {one.name for one in report.entities} == {"Anna B. Holt", "Anna K. Holt"}


def test_a_middle_name_is_one_person_with_the_name_without_it() -> None:
    report = resolved("Mayor Anna Holt left. Later Anna Marie Holt came.")
    (person,) = report.entities
    assert {"Anna Holt", "Anna Marie Holt", "Holt"} <= set(person.aliases)


def test_a_surname_keeps_whom_it_was_first_given_to() -> None:
    text = "Mayor Anna Holt left.\n\nHolt was ill.\n\nHer brother John Holt stayed.\n\nHolt said so."
    report = resolved(text, [["Holt", "so", 3]])
    assert report.attributions[0].speaker is not None
    assert report.attributions[0].speaker.entity == by_name(report, "Anna Holt").id
