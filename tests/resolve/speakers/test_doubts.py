"""Flags that the telling gives a statement, and look-alikes that get none."""

from __future__ import annotations

from itertools import takewhile

import pytest

from onrecord import registry
from onrecord.flow import make_steps, process
from onrecord.model import Report
from tests.build import doc
from tests.effort import assert_linear

STEPS = registry.steps("fast")


def flags(text: str) -> set[str]:
    return {flag for one in process(doc(text), STEPS).attributions for flag in one.flags}


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("hypothetical", "Mayor Ana Ruiz would have told the council that the bridge was not safe to cross."),
        ("hypothetical", "Had Mayor Ana Ruiz warned that the bridge was weak, few would have crossed it."),
        ("hypothetical", "Did Mayor Ana Ruiz say that the bridge is safe?"),
        ("unsaid", "Mayor Ana Ruiz did not say that the bridge is safe."),
        ("unsaid", "At no point did Mayor Ana Ruiz say that the bridge is safe."),
        ("fiction", "Satire\n\nMayor Ana Ruiz said that the bridge is safe."),
        ("fiction", "“The bridge is safe,” said a puppet of Mayor Ana Ruiz in the show."),
        ("inscription", "“The bridge is safe at night,” said a sign at the gate."),
        ("read-out", "Reading from the diary of Tom Baines, Mayor Ana Ruiz said, “The bridge is safe at night.”"),
        ("later-corrected", "“The bridge is safe,” Ana Ruiz said.\n\nCorrection: Ana Ruiz was misquoted."),
    ],
)
def test_the_telling_gives_its_flag(flag: str, text: str) -> None:
    assert flag in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ana Ruiz would later say that the bridge is safe.",
        "If it rains, Mayor Ana Ruiz said, the bridge will close.",
        "“Is the bridge safe?” Mayor Ana Ruiz asked.",
        "Mayor Ana Ruiz did not say who will pay.",
        "Mayor Ana Ruiz called the satire unfair. The mayor said that the bridge is safe.",
        "Mayor Ana Ruiz, holding a sign, said that the bridge is safe.",
        "Mayor Ana Ruiz read the plans. Ruiz said that the bridge is safe.",
        "“The bridge is safe,” Ana Ruiz said.\n\nCorrection: An earlier version gave the wrong year for the bridge.",
        "“The bridge is safe,” Ana Ruiz said. “We checked it twice.”\n\n“Nobody was hurt.”",
        "The dam is safe, Ana Ruiz said.\n\nCorrection: The remark was given to Tom Baines. It was made by Ana Ruiz.",
    ],
)
def test_what_only_looks_like_it_has_no_flag(text: str) -> None:
    assert flags(text) == set()


def test_a_quotation_after_somebody_else_came_in_stands_alone() -> None:
    text = "“The roof is old,” Ana Ruiz said. Tom Baines stood beside her. “I had it mended.”"
    first, *rest = process(doc(text), STEPS).attributions
    assert [piece.of(text) for piece in first.content] == ["“The roof is old,”"]
    assert all(one.speaker is not None and one.speaker.entity is None for one in rest)


def before(name: str, report: Report) -> Report:
    for step in takewhile(lambda step: step.name != name, make_steps(STEPS)):
        report = step(report)
    return report


@pytest.mark.parametrize(
    "words", ["“A b,” Ann Lee said. “C d.” ", "If Ann Lee said she would, ", "Correction: Lee.\n\n"]
)
def test_four_times_the_text_is_about_four_times_the_work(words: str) -> None:
    (who,) = (step for step in make_steps(STEPS) if step.name == "who")
    assert_linear(who, lambda number: before("who", doc(words * number)), 100)
