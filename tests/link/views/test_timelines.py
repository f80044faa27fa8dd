"""What an entity has a part in, and which words tell of one event."""

from __future__ import annotations

import pytest

from onrecord.annotate.eventwords import find_happenings
from onrecord.link.views.timelines import (
    Telling,
    carried_on,
    has_part,
    is_subject,
    is_told,
    merge,
    terms_of,
    without_light,
)
from onrecord.model import Happening, Span
from tests.effort import assert_linear


def part(text: str, name: str, *, thing: bool = False) -> bool:
    at = text.index(name)
    named = [Span(at, at + len(name))]
    return any(has_part(text, one, named, thing=thing) for one in find_happenings(text, Span(0, len(text))))


@pytest.mark.parametrize(
    ("text", "thing", "there"),
    [
        ("Orla fined Ada.", False, True),
        ("The court fined Orla.", False, True),
        ("Orla shares fell.", False, True),
        ("Orla's foreman fell.", False, False),
        ("Orla foremen wept.", False, False),
        ("The foreman of Orla wept.", False, False),
        ("Lund bought 60 Orla boats.", True, True),
        ("Lund bought Orla's boats.", True, False),
        ("Ada slept near Orla.", False, False),
    ],
)
def test_the_head_of_a_phrase_has_the_part(text: str, thing: bool, there: bool) -> None:
    assert part(text, "Orla", thing=thing) is there


def test_whoever_owns_something_is_not_what_they_own() -> None:
    assert not part("Her company fell.", "Her")


def test_a_word_of_the_name_tells_no_event() -> None:
    text = "Ada left the Orla Store."
    here = [Span(text.index("Orla"), len(text) - 1)]
    store = Happening(Span(text.index("Store"), len(text) - 1), "store", "verb", "past", "actual", (Span(0, 3),))
    assert not has_part(text, store, here)


def test_a_light_verb_gives_way_to_its_noun() -> None:
    text = "Ada made a visit and sold a mill."
    assert [one.predicate for one in without_light(find_happenings(text, Span(0, len(text))))] == ["visit", "sell"]


@pytest.mark.parametrize(
    ("realis", "tense", "date", "told"),
    [
        ("actual", "past", None, True),
        ("denied", "past", "2024", False),
        ("conditional", "present", "2024", False),
        ("planned", "future", None, False),
        ("planned", "future", "2026", True),
    ],
)
def test_what_did_not_happen_or_has_no_day_to_come_is_not_told(
    realis: str, tense: str, date: str | None, told: bool
) -> None:
    assert is_told(Happening(Span(0, 1), "sell", "verb", tense, realis), date) is told


def telling(report: str, date: str | None, *terms: str, predicate: str = "sell") -> Telling:
    return Telling(report, Happening(Span(0, 4), predicate, "verb", "past", "actual"), date, frozenset(terms))


def test_one_event_is_one_entry() -> None:
    told = [telling("a", "2024", "mill", "lund"), telling("b", "2024", "mill", "bank", "norra", "lund")]
    assert [len(entry.tellings) for entry in merge(told)] == [2]


@pytest.mark.parametrize(
    "other",
    [
        telling("b", "2023", "mill", "lund"),
        telling("b", "2024", "dock", "norra"),
        telling("b", "2024", "mill", "lund", predicate="fine"),
        telling("b", "2024"),
        telling("b", None, "mill", "lund"),
    ],
)
def test_other_days_matters_and_words_are_other_events(other: Telling) -> None:
    assert len(merge([telling("a", "2024", "mill", "lund"), other])) == 2


def test_the_words_around_leave_out_the_name_and_the_word() -> None:
    text = "Orla sold the Norra mill."
    found = find_happenings(text, Span(0, len(text)))[0]
    assert terms_of(text, found, Span(0, len(text)), [Span(0, 4)]) == {"norra", "mill"}


@pytest.mark.parametrize(
    ("text", "person", "thing", "word"),
    [
        ("She left.", True, False, "She"),
        ("On Friday, she left.", True, False, "she"),
        ("It left.", True, False, None),
        ("It sank.", False, True, "It"),
        ("The boat sank.", False, True, None),
        ("The ship sank.", False, True, "The ship"),
        ("The company sank.", False, False, "The company"),
        ("The company sank.", True, False, None),
        ("", True, False, None),
    ],
)
def test_a_pronoun_carries_on_a_subject_of_its_kind(text: str, person: bool, thing: bool, word: str | None) -> None:
    found = carried_on(text, Span(0, len(text)), person=person, thing=thing)
    assert (found.of(text) if found else None) == word


def test_the_subject_is_that_of_the_first_verb() -> None:
    text = "Orla fined Ada, who left."
    found = find_happenings(text, Span(0, len(text)))
    assert is_subject(found, [Span(0, 4)])
    assert not is_subject(found, [Span(11, 14)])
    assert not is_subject((), [Span(0, 4)])


def test_many_tellings_are_merged_in_linear_time() -> None:
    def tellings(number: int) -> list[Telling]:
        return [telling("a", "2024", f"w{k}", f"v{k}") for k in range(number)]

    assert_linear(merge, tellings, 500)
