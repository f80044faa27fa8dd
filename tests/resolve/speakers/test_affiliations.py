"""Whom office holders and bare officials serve, and where that is left open."""

from __future__ import annotations

import pytest

from onrecord.flow import process
from onrecord.model import Attribution, Report
from onrecord.resolve.speakers.affiliations import office_country
from tests.build import doc


def speaker_of(report: Report, source: str) -> Attribution:
    found = [a for a in report.attributions if a.source and source in a.source[0].of(report.text)]
    assert found, f"{source!r} says nothing in {report.text!r}"
    return found[0]


@pytest.mark.parametrize(
    ("title", "codes", "expected"),
    [
        ("Defense Secretary", {"US", "RU"}, "United States"),
        ("Defense Secretary", {"US", "PH"}, None),
        ("Defense Secretary", {"RU"}, None),
        ("Home Secretary", {"GB"}, "United Kingdom"),
        ("Mayor", {"US"}, None),
    ],
)
def test_an_office_tells_the_country_only_where_it_can_be_no_other(
    title: str, codes: set[str], expected: str | None
) -> None:
    assert office_country(title, frozenset(codes)) == expected


def test_a_minister_named_by_office_serves_the_country_of_the_office() -> None:
    report = process(doc("The United States sent two ships. Defense Secretary Paula Reyes said the ships would stay."))
    speaker = speaker_of(report, "Reyes").speaker
    assert speaker is not None
    assert speaker.affiliation == "United States"


def test_bare_officials_after_a_government_are_that_governments() -> None:
    text = "Norway said the dam would hold. In a note on the matter, officials said 40 people had left."
    speaker = speaker_of(process(doc(text)), "officials").speaker
    assert speaker is not None
    assert (speaker.affiliation, speaker.anonymous, speaker.confidence) == ("Norway", True, 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "Norway said the dam would hold.\nOfficials said 40 people had left.",
        "Norway said the dam would hold, Sweden said it would not. Officials said 40 people had left.",
        "Officials said 40 people had left. Norway said the dam would hold.",
    ],
    ids=["another paragraph", "two governments", "the government comes after"],
)
def test_bare_officials_stay_nobodys_where_it_is_not_clear_whose(text: str) -> None:
    speaker = speaker_of(process(doc(text)), "fficials").speaker
    assert speaker is not None
    assert speaker.affiliation is None
