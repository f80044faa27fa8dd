"""Whom somebody told and where."""

from __future__ import annotations

import pytest

from onrecord.annotate.attributions import FindAttributions
from onrecord.annotate.sentences import FindSentences
from onrecord.model import Report


@pytest.mark.parametrize(
    ("text", "addressee", "venue"),
    [
        ("Hauge told reporters the ferry was safe.", "reporters", None),
        ("Hauge told parliament on Monday that the ferry was safe.", "parliament", None),
        ("“It was late,” she told The Aire Post.", "The Aire Post", None),
        ("“It was late,” she told a news conference in the capital.", None, "a news conference"),
        ("The ferry was safe, Hauge said at a press conference in Oslo.", None, "a press conference in Oslo"),
        ("“It was late,” Lee said on Monday in a briefing at the White House.", None, "a briefing at the White House"),
        ("“It was late,” said Ana Hale in an interview with Radio Elm.", None, "an interview with Radio Elm"),
        ("In an interview with Radio Elm, Hale said it was late.", None, "an interview with Radio Elm"),
        ("Hale said the ferry was checked in a briefing at the port.", None, None),
        ("Hale said it was late.", None, None),
        ("Hale wanted reporters to leave.", None, None),
    ],
)
def test_addressee_and_venue_are_what_the_words_around_the_cue_say(
    text: str, addressee: str | None, venue: str | None
) -> None:
    first = FindAttributions()(FindSentences()(Report("r", text, ""))).attributions[0]
    assert (first.addressee, first.venue) == (addressee, venue)
