"""Rows of the lexicon of events: forms, guards, and what is refused."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from onrecord.annotate.events.rows import Trigger, _trigger, by_form, plural, triggers, word_sets
from onrecord.errors import BadResource

ROW = {"word": "shell", "kind": "verb", "type": "ASSAULT", "mode": "", "actor": "", "target": ""}


def made(**cells: str) -> Trigger:
    return _trigger(MappingProxyType(ROW | {"needs": "", "unless": ""} | cells))


def test_a_verb_acts_on_its_object_unless_the_row_says_otherwise() -> None:
    assert (made().actor, made().target) == (("subj",), ("obj",))
    assert (made(kind="noun").actor, made(kind="noun").target) == (("by",), ())
    assert made(actor="-", target="on against").target == ("on", "against")
    assert made(actor="-").actor == ()


def test_guards_name_words_and_sets() -> None:
    (guard,) = made(unless="any:@sport,egg").unless
    assert guard.place == "any"
    assert word_sets()["sport"] | {"egg"} == guard.words


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": "verbs"}, "is of kind 'verbs'; one of verb, noun, light"),
        ({"needs": "near:egg"}, "has the guard 'near:egg'"),
        ({"unless": "any"}, "has the guard 'any'"),
        ({"unless": "any:@eggs"}, "names '@eggs', which plover_words.tsv does not have"),
    ],
)
def test_a_row_that_is_off_is_named(cells: dict[str, str], words: str) -> None:
    with pytest.raises(BadResource, match=words):
        made(**cells)


def test_the_longest_phrase_comes_first_and_one_without_a_gap_before_one_with() -> None:
    lemmas = [(form.trigger.lemma, "~" in form.trigger.tail) for form in by_form()["set"]]
    assert lemmas.index(("set ablaze", False)) < lemmas.index(("set ablaze", True))
    assert len(lemmas[0][0].split()) >= len(lemmas[-1][0].split())


@pytest.mark.parametrize(("one", "many"), [("clash", "clashes"), ("rally", "rallies"), ("day", "days")])
def test_plurals(one: str, many: str) -> None:
    assert plural(one) == many


def test_the_page_on_events_has_every_mode_with_its_type() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "events.md").read_text("utf-8")
    listed = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for trigger in triggers():
        if trigger.kind != "light":
            assert trigger.mode is None or f"`{trigger.mode}`" in listed[trigger.type], (trigger.type, trigger.mode)
