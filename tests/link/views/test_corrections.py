"""What was taken back, and that the flag stands at what was wrong."""

from __future__ import annotations

from functools import partial

import pytest

from onrecord.link.views.aligning import compare_texts
from onrecord.link.views.corrections import corrected_in, taken_back
from tests.build import doc, entry, figure, person
from tests.link.views.reports import only, saying

ADA = person("Ada Birk")
PAPER = "https://paper.example/toll"


@pytest.mark.parametrize(
    ("note", "flags"),
    [
        (
            "Correction: An earlier version of this article gave a wrong number of boats. It is 30, not 40.",
            ["later-corrected"],
        ),
        ("An earlier version of this story misspelled the name of the lake.", []),
        ("This story was updated with the latest count.", []),
    ],
)
def test_a_note_corrects_what_it_speaks_of(note: str, flags: list[str]) -> None:
    old, new = (
        saying(
            f"{n} boats were lost in the storm",
            who=ADA,
            uri=PAPER,
            published=day,
            after=tail,
            figures=(partial(figure, words=str(n), low=n, high=n, of="boats"),),
        )
        for n, day, tail in ((40, "2025-03-01", ""), (30, "2025-03-02", f"\n{note}"))
    )
    assert [c.flag for c in corrected_in(new, compare_texts(old, new))] == flags


def test_a_withdrawn_report_takes_its_statements_along() -> None:
    old = saying("Judge Orrin Pell took money from a builder", "a clerk", uri=PAPER)
    new = entry(
        doc("The Lamp withdraws its report about Judge Orrin Pell and apologises.", uri=PAPER, published="2025-03-09")
    )
    (correction,) = corrected_in(new, compare_texts(old, new))
    assert (correction.statement, correction.flag) == (only(old).statement.id, "withdrawn")
    assert correction.span.of(new.report.text) == "withdraws its report"


@pytest.mark.parametrize(
    ("before", "content", "is_taken_back"),
    [
        ("Ada Birk corrected her own figure on Friday. ", "11 boats were lost in the storm", True),
        ("", "11 boats were lost in the storm, not 17", True),
        ("The count goes on. ", "11 boats were lost in the storm", False),
    ],
)
def test_a_speaker_takes_back_his_own_number(before: str, content: str, is_taken_back: bool) -> None:
    early = saying(
        "17 boats were lost in the storm", who=ADA, figures=(partial(figure, words="17", low=17, high=17, of="boats"),)
    )
    late = saying(
        content,
        who=ADA,
        before=before,
        published="2025-03-05",
        uri="made:2",
        figures=(partial(figure, words="11", low=11, high=11, of="boats"),),
    )
    correction = taken_back("updates", only(late), only(early))
    assert bool(correction) is is_taken_back
    assert taken_back("updates", only(early), only(late)) is None
    if correction:
        assert correction.statement == only(early).statement.id
