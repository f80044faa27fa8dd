"""Cards rule out two reports that nothing links, and never two that some rule would link."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from onrecord import registry
from onrecord.flow import make_page_of
from onrecord.link import relations
from onrecord.link.cards import Card, card_of, may_be_linked
from onrecord.link.entry import Entry, entry_of
from onrecord.link.series import find_ties
from onrecord.model import Failure, Reading, Report, Source, digest, make_id

FIRST, LATER = "2025-01-06", "2025-06-20"
CHAINS = Path(__file__).resolve().parents[2] / "evals" / "relations" / "items.jsonl"


def read(text: str, published: str | None, outlet: str = "Vale Courier") -> Entry:
    data = text.encode()
    report = Report(make_id("r", text, published), text, digest(data), published=published, outlet=outlet)
    page = make_page_of(Reading(report, Source(digest(data), data)), registry.steps("fast"))
    assert not isinstance(page, Failure)
    return entry_of(page)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        pytest.param(
            "The harbour master of Orlava, Ada Berg, said the pier was safe.",
            "The bakers of Tarn said flour had become dear, according to Jon Moe.",
            False,
            id="nothing in common",
        ),
        pytest.param(
            "Ada Berg, the mayor of Orlava, said the old bridge must be closed to lorries.",
            "Ada Berg, the mayor of Orlava, said the old bridge had to be closed to lorries.",
            True,
            id="one voice says alike",
        ),
        pytest.param(
            "Ada Berg, the mayor of Orlava, said the old bridge must be closed to lorries.",
            "Ada Berg, the mayor of Orlava, said the choir deserved a new hall.",
            False,
            id="one voice says something else",
        ),
        pytest.param(
            "The police in Orlava said 14 people had been arrested.",
            "The police in Orlava said 30 people had been arrested.",
            True,
            id="one voice counts the same again",
        ),
        pytest.param(
            "The Orlava Institute said rents had gone up by 4 percent.",
            "The Orlava Institute said catches of herring were down 11 percent.",
            False,
            id="percent of other things",
        ),
        pytest.param(
            "The Orlava Institute said inflation would be 4 percent.",
            "The Orlava Institute said inflation would be 6 percent.",
            True,
            id="percent of one thing",
        ),
        pytest.param(
            "The ministry will reopen the Tarn tunnel by spring, Jon Moe said.",
            "The Tarn tunnel was reopened on Friday, the road office of Vale said.",
            True,
            id="what came of a promise",
        ),
        pytest.param(
            "Norway said its ships had been fired on.",
            "Denmark denied Norway’s claims about the ships.",
            True,
            id="a claim is answered by its owner's name",
        ),
    ],
)
def test_what_stands_far_apart_in_time_needs_more_in_common(one: str, other: str, may: bool) -> None:
    a, b = card_of(read(one, FIRST)), card_of(read(other, LATER))
    assert may_be_linked(a, b) is may
    assert may_be_linked(b, a) is may


def test_what_is_near_in_time_is_compared_where_a_name_is_shared() -> None:
    one = card_of(read("The mayor of Orlava said the pier was safe.", FIRST))
    other = card_of(read("Fishermen in Orlava said herring had become dear.", "2025-01-08"))
    elsewhere = card_of(read("Fishermen in Tarn said herring had become dear.", "2025-01-08"))
    assert may_be_linked(one, other)
    assert not may_be_linked(one, elsewhere)


def test_what_names_nothing_or_has_no_day_may_be_of_any_matter() -> None:
    one = card_of(read("The mayor said the pier was safe.", FIRST))
    assert may_be_linked(one, card_of(read("Fishermen in Tarn said herring had become dear.", FIRST)))
    assert may_be_linked(one, card_of(read("The mayor of Tarn said nobody was hurt.", None)))


def test_a_card_comes_back_from_its_line() -> None:
    made = card_of(read("The police in Orlava said 14 people had been arrested. Ada Berg denied it.", FIRST))
    assert made.lines
    assert Card.load(made.dump()) == made
    empty = card_of(read("", None))
    assert Card.load(empty.dump()) == empty


@pytest.fixture(scope="module")
def chains() -> list[list[Entry]]:
    """The reports of each item, read at their days, and once more with half a year between each and the next."""
    made = []
    for line in CHAINS.read_text("utf-8").splitlines():
        rows = json.loads(line)["reports"]
        made.append([read(row["text"], row["published"], row["outlet"]) for row in rows])
        made.append([_later(entry, k) for k, entry in enumerate(made[-1])])
    return made


def _later(entry: Entry, halves: int) -> Entry:
    published = (entry.report.published or FIRST)[:10]
    year, month = int(published[:4]) + halves // 2, 1 + (int(published[5:7]) - 1 + 6 * (halves % 2)) % 12
    return read(entry.report.text, f"{year}-{month:02}-{published[8:] if published[8:] < '29' else '28'}")


def test_no_link_and_no_tie_is_lost(chains: list[list[Entry]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "may_be_linked", lambda *_: True)
    drawn, lost = 0, []
    for entries in chains:
        for a, b in combinations(entries, 2):
            links, ties = relations.links_between(a, b), list(find_ties(a, b))
            drawn += len(links) + len(ties)
            if (links or ties) and not may_be_linked(card_of(a), card_of(b)):
                lost.append((a.report.text[:40], b.report.text[:40], [link.kind for link in links], len(ties)))
    assert drawn > 100
    assert lost == []


def test_most_pairs_of_other_matters_are_ruled_out(chains: list[list[Entry]]) -> None:
    cards = [card_of(entries[0]) for entries in chains[::2]]
    pairs = list(combinations(cards, 2))
    ruled_out = sum(not may_be_linked(a, b) for a, b in pairs)
    assert ruled_out > 0.8 * len(pairs)
