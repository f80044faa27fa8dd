"""What is left open, when it is due, and what closes it."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.link.entry import Told
from onrecord.link.views.due import due_of, last_day
from onrecord.link.views.openings import make_opening, what_opens
from tests.build import person
from tests.link.views.reports import body, only, saying

ADA, BEN, CIA = person("Ada Birk"), person("Ben Holt"), person("Cia Lund")
DOCKS = body("Teal Docks")


@pytest.mark.parametrize(
    ("content", "given", "what"),
    [
        ("The pool will open again by 1 May", {"stance": "promises", "certainty": "PR+"}, "promise"),
        ("I will stay at this club", {"form": "direct"}, "promise"),
        ("She would publish the letters", {"source": "Ada Birk"}, "promise"),
        ("The rebels will lay down their arms", {"source": "their commander, Ben Holt,"}, "promise"),
        ("A figure will be given in June", {"source": "it", "who": None}, "promise"),
        ("Bread will cost 4 crowns", {"numbers": True}, "forecast"),
        ("Cia Lund will resign", {}, "forecast"),
        ("It would be a mistake to sell the mill", {}, None),
        ("I think it will be a fine evening", {"form": "direct"}, None),
        ("The town sold the mill", {}, None),
        ("Both parties are to blame", {}, None),
        ("whether the mill was sold", {"stance": "questions", "certainty": "U"}, "question"),
        ("how it means to pay", {"stance": "undisclosed", "certainty": "U"}, "question"),
        ("the price", {"stance": "undisclosed", "certainty": "U"}, None),
        ("it was not clear who will pay for the mill", {"certainty": "U"}, "question"),
        ("the town does not yet know whether the mill can be saved", {"certainty": "U"}, "question"),
        ("What the buyers want is left to be seen", {"form": "direct", "certainty": "U"}, "question"),
        ("the police are still trying to determine how the fire began", {"certainty": "U"}, "question"),
        ("the water was not clear when the divers came", {}, None),
        ("the buyers are unknown in the town", {}, None),
        ("who are you?", {"stance": "questions", "certainty": "U", "form": "direct"}, None),
        ("Teal Docks dumped solvents in the lake", {}, "accusation"),
        ("The lake was polluted by Teal Docks", {}, "accusation"),
        ("Teal Docks did not dump solvents in the lake", {"certainty": "CT-"}, None),
        ("Teal Docks dumped solvents in the lake", {"who": DOCKS, "source": "Teal Docks"}, None),
        ("A crate of solvents fell into the lake", {}, None),
        ("Nine boats were lost in the storm", {}, None),
        ("the ferry office of hiding its books", {"lemma": "accuse", "cue": "accused"}, "accusation"),
        ("Teal Docks of hiding the report", {"lemma": "accuse", "cue": "accused"}, "accusation"),
    ],
)
def test_what_a_statement_leaves_open(content: str, given: dict[str, Any], what: str | None) -> None:
    from functools import partial

    from tests.build import figure

    given = {"who": ADA, **given}
    figures = (partial(figure, words="4 crowns", low=4, high=4, of="crowns"),) if given.pop("numbers", False) else ()
    assert what_opens(only(saying(content, named=(DOCKS,), figures=figures, **given))) == what


def counted_to_come(published: str = "2025-03-03", uri: str = "made:1") -> Told:
    from functools import partial

    from tests.build import figure

    more = partial(figure, words="another 40", low=40, high=40, of="boats", forecast=True)
    words = "30 boats are in the harbour, with another 40 due by December"
    made = saying(words, who=ADA, times=(("December", "2025-12"),), figures=(more,), published=published, uri=uri)
    return only(made)


def test_a_number_that_is_still_to_come_is_a_forecast_with_its_day() -> None:
    opening = make_opening(counted_to_come(), "forecast", (), ())
    assert what_opens(counted_to_come()) == "forecast"
    assert opening.due == "2025-12"


def test_a_number_to_come_is_closed_by_a_number_alone() -> None:
    later = only(saying("boats are in the harbour", who=ADA, published="2025-12-03", uri="made:2"))
    assert make_opening(counted_to_come(), "forecast", [("updates", later)], [later]).closed_by is None


def test_a_headline_opens_nothing() -> None:
    assert what_opens(only(saying("I will stay", who=ADA, form="direct", headline=True))) is None


@pytest.mark.parametrize(
    ("content", "times", "due"),
    [
        ("The pool will open by 1 May", [("1 May", "2025-05-01")], "2025-05-01"),
        ("The pool will open by Friday", [("Friday", "2025-02-28")], "2025-03-07"),  # the next one
        ("The pool will open within three weeks", [("three weeks", "P3W")], "2025-03-24"),
        ("The pool will open in June", [("June", "2025-06")], "2025-06"),
        ("The pool that was shut in April 2024 will open", [("April 2024", "2024-04")], None),
        ("The plan made last week will be kept", [("last week", "2025-W08")], None),
        ("The pool will open this week", [("this week", "2025-W10")], "2025-03-09"),
        ("The pool will open", [], None),
        ("The pool will open on day X", [("day X", "XXXX-XX-XX")], None),
    ],
)
def test_when_it_is_due(content: str, times: list[tuple[str, str]], due: str | None) -> None:
    assert due_of(only(saying(content, who=ADA, times=tuple(times)))) == due


@pytest.mark.parametrize(
    ("due", "day"),
    [("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-12", "2025-12-31"), ("2025-03-04", "2025-03-04")],
)
def test_the_last_day_of_a_coarse_date(due: str, day: str) -> None:
    assert last_day(due) == day


PROMISE = saying("The swimming pool at Teal will open again by 1 May", who=ADA, stance="promises", certainty="PR+")


@pytest.mark.parametrize(
    ("content", "who", "is_closed"),
    [
        ("The swimming pool at Teal opened again on Monday", BEN, True),
        ("The swimming pool at Marl opened again on Monday", BEN, False),
        ("The swimming pool at Teal may open again", BEN, False),
        ("The town plans to open the swimming pool at Teal again", BEN, False),
        ("The swimming pool at Teal will open again in June", BEN, False),
        ("The library at Teal has new chairs", BEN, False),
    ],
)
def test_what_came_of_a_promise_closes_it(content: str, who: Any, is_closed: bool) -> None:
    later = only(
        saying(
            content,
            str(who.name),
            who=who,
            published="2025-05-02",
            uri="made:2",
            certainty="PS+" if "may" in content else "CT+",
        )
    )
    opening = make_opening(only(PROMISE), "promise", (), (later,))
    assert (opening.closed_by is not None) is is_closed


ACCUSED = saying("Teal Docks has dumped solvents in Marl lake since April", who=ADA, named=(DOCKS,))


@pytest.mark.parametrize(
    ("content", "source", "who", "certainty", "closed", "silent"),
    [
        (
            "Teal Docks has never dumped solvents in Marl lake",
            "Cia Lund, who runs Teal Docks,",
            CIA,
            "CT-",
            True,
            False,
        ),
        ("Everything that the docks do is lawful", "Cia Lund, who runs Teal Docks,", CIA, "CT+", False, True),
        ("my account was false", "Ada Birk", ADA, "CT+", True, False),
        ("Marl lake is full of trout", "Ben Holt", BEN, "CT+", False, False),
    ],
)
def test_only_an_answer_closes_an_accusation(
    content: str, source: str, who: Any, certainty: str, closed: bool, silent: bool
) -> None:
    shared = (
        "\nMarl lake lies behind the Teal Docks; Ada Birk keeps trout there. Marl, Teal and the Docks are one parish."
    )
    first = saying("Teal Docks has dumped solvents in Marl lake since April", who=ADA, named=(DOCKS,), after=shared)
    later = only(
        saying(content, source, who=who, certainty=certainty, published="2025-03-05", uri="made:2", after=shared)
    )
    opening = make_opening(only(first), "accusation", (), (later,))
    assert (opening.closed_by is not None, bool(opening.silent)) == (closed, silent)


def test_a_long_content_full_of_deeds_is_read_in_linear_time() -> None:
    words = "They lied and stole and cheated and " * 20_000
    assert what_opens(only(saying(words + "left", who=ADA))) is None


def test_another_town_that_the_report_sets_beside_the_one_meant_closes_nothing() -> None:
    elsewhere = saying(
        "The swimming pool at Marl opened again on Monday",
        "Ben Holt",
        who=BEN,
        published="2025-05-02",
        uri="made:2",
        after=" Marl is nine miles from Teal.",
    )
    assert make_opening(only(PROMISE), "promise", (), (only(elsewhere),)).closed_by is None
