"""What befell those whom a number counts, and which nouns count alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.annotate.figures import FindFigures
from onrecord.annotate.times import FindTimes
from onrecord.link.entry import Entry
from onrecord.link.gates.fates import fate_of, fates_differ, fates_meet, is_told_of_some
from onrecord.link.gates.nouns import nouns_agree
from onrecord.model import Amount, Figure, Span
from onrecord.resolve.howmuch import ResolveHowMuch
from onrecord.resources import lexicon
from tests.build import doc, entry, person, say
from tests.effort import assert_linear

CASES = [json.loads(line) for line in Path("tests/cases/fates.jsonl").read_text("utf-8").splitlines()]
NOUNS = [json.loads(line) for line in Path("tests/cases/counted_alike.jsonl").read_text("utf-8").splitlines()]
MAYOR = person("Ada Berg", "Berg")


def said(content: str) -> Entry:
    """A report in which the mayor says it, with its figures."""
    text = f"Ada Berg said {content}."
    report = doc(text, entities=(MAYOR,), attributions=(say(text, content, source="Ada Berg", cue="said", who=MAYOR),))
    return entry(ResolveHowMuch()(FindFigures()(FindTimes()(report))))


def fates(content: str) -> list[str | None]:
    made = said(content)
    return [fate_of(made.told[0], figure) for figure in made.report.figures]


def counts(noun: str) -> Figure:
    return Figure(Span(0, 1), "7", Amount(None, None), of=noun)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["content"][:60])
def test_the_words_tell_what_befell_them(case: dict[str, object]) -> None:
    made = said(str(case["content"]))
    figure = made.report.figures[int(str(case.get("figure", 0)))]
    assert fate_of(made.told[0], figure) == case["fate"]
    assert is_told_of_some(made.told[0], figure) is case.get("some", False)


def test_every_fate_has_a_case() -> None:
    assert {row["fate"] for row in lexicon("fates.tsv")} <= {case["fate"] for case in CASES}


FORMS = [
    (row["fate"], row["place"], form.strip().replace("* ", "long "))
    for row in lexicon("fates.tsv")
    for form in row["forms"].split(",")
]
SENTENCES = {
    "noun": "there were 44 {}",
    "adjective": "there were 44 {} weavers",
    "before": "the gale {} 44 weavers",
    "after": "44 weavers have been {} since",
}


@pytest.mark.parametrize(("fate", "place", "form"), FORMS, ids=lambda value: value)
def test_every_form_tells_its_fate(fate: str, place: str, form: str) -> None:
    if place == "noun" and form in ("toll", "turnout", "crowd", "attendance", "audience"):
        assert fates(f"the {form} had risen to 44") == [fate]
    else:
        assert fates(SENTENCES[place].format(form))[:1] == [fate]


def test_the_dead_are_not_the_injured_and_victims_may_be_either() -> None:
    assert fates_meet("dead", "dead")
    assert fates_meet("any", "hurt")
    assert fates_differ("dead", "hurt")
    assert not fates_differ("dead", None)
    assert not fates_meet("dead", None)
    assert not fates_meet("any", "held")


@pytest.mark.parametrize("case", NOUNS, ids=lambda case: f"{case['one']}-{case['other']}")
def test_which_nouns_count_alike(case: dict[str, object]) -> None:
    one, other = counts(str(case["one"])), counts(str(case["other"]))
    assert nouns_agree(one, other) is case["alike"]
    assert nouns_agree(other, one) is case["alike"]


def test_every_noun_counts_as_itself_and_with_its_class() -> None:
    for row in lexicon("counted_alike.tsv"):
        general = next(r for r in lexicon("counted_alike.tsv") if r["class"] == row["class"])["general"].split()[0]
        for word in row["nouns"].split():
            assert nouns_agree(counts(word), counts(general)), word
        for word in row["only"].split():
            assert not nouns_agree(counts(word), counts(general)), word


@pytest.mark.parametrize(
    "content", ["44 " + "very " * 20_000 + "sad weavers died", "44 weavers " + "and " * 20_000, "4 " * 9_000]
)
def test_long_and_odd_contents_take_no_time(content: str) -> None:
    assert_linear(fates, lambda number: content[: number * len(content) // 400], 10)
    fates(content)
