"""Answers that only name what they answer, and the denial that something was said, over reports read with the rules."""

from __future__ import annotations

import json

import pytest

from onrecord.export.opened import find_openings
from onrecord.export.shelf import Shelf
from onrecord.flow import add_readings
from onrecord.ledger.store import EVERYTHING, Store
from onrecord.model import Reading
from onrecord.read.jsonl import read_jsonl
from onrecord.stores import open_store

CLAIM = (
    "Lorry driver Ina Roth told the inquiry on Tuesday that the gate at Holm was open when she reached the bridge. "
    "She said the lamp was dark.\n\nThe inquiry into the crash at Holm bridge will sit again on Friday."
)
FIGURE = (
    "The mill at Vessen owes its workers 340 million crowns, the dockers union said on Tuesday. Nobody at the mill in "
    "Vessen would speak.\n\nThe court of Holm will hear the union in June."
)
SAID = "The rower Tomas Brill was drugged, police said on Monday. The regatta at Holm goes on without Brill."


def filed(*reports: str) -> Store:
    """A store with these reports, a day apart."""
    rows = [
        {"uri": f"test/{k}", "outlet": f"Paper {k}", "published": f"2026-02-0{3 + k}", "text": text}
        for k, text in enumerate(reports)
    ]
    readings = list(read_jsonl("\n".join(map(json.dumps, rows)).encode()))
    assert all(isinstance(reading, Reading) for reading in readings)
    store = open_store("memory:")
    add_readings(readings, store, engine="fast")
    return store


def links(*reports: str) -> list[tuple[str, str, str]]:
    """(kind, words of the later content, words of the earlier) of every link, of reports a day apart."""
    store = filed(*reports)
    quotes = {one.id: one.content.quote for one in store.statements()}
    return sorted((link.kind, quotes[link.source], quotes[link.target]) for link in store.links())


def closers(*reports: str) -> set[str | None]:
    """The words for whoever closed each accusation of the first report."""
    found = find_openings(Shelf(filed(*reports)), EVERYTHING)
    ends = [one.closed_by for one in found if one.what == "accusation" and one.told.entry.report.outlet == "Paper 0"]
    return {end.statement.source.quote if end and end.statement.source else None for end in ends}


def test_an_account_is_backed_up_where_it_was_given() -> None:
    answer = (
        "Anna Tuck, who keeps the inn at Holm, backed up Ina Roth’s account on Wednesday. “The gate was open when the "
        "lorry reached the bridge,” Tuck said. The inquiry into the crash at Holm bridge goes on."
    )
    found = links(CLAIM, answer)
    assert [(kind, late) for kind, late, early in found if "the gate at Holm was open" in early and kind == "confirms"]
    assert not [late for kind, late, early in found if "lamp" in early]


def test_nobody_is_answered_where_it_could_be_two() -> None:
    found = links(
        CLAIM, "At the inquiry into the crash at Holm bridge Anna Tuck backed up Ina Roth’s account. It rained."
    )
    assert not [kind for kind, _, _ in found if kind == "confirms"]


def test_a_figure_is_disputed_and_another_put_in_its_place() -> None:
    answer = (
        "Director Karl Ost on Wednesday disputed the union’s figure and put the debts of the mill at Vessen to its "
        "workers at 210 million crowns. The court of Holm will hear Ost in June as well."
    )
    found = links(FIGURE, answer)
    assert [kind for kind, late, _ in found if late == "the union’s figure"] == ["denies"]
    assert [kind for kind, late, _ in found if "210 million" in late] == ["contradicts"]


def test_that_it_was_said_is_denied_and_not_the_thing() -> None:
    denial = (
        "Police have not said that Tomas Brill was drugged, spokesman Rolf Dane said on Wednesday. The regatta at "
        "Holm goes on without Brill."
    )
    coach = "The rower Tomas Brill was drugged, his coach said on Monday. The regatta at Holm goes on without Brill."
    assert [kind for kind, late, _ in links(SAID, denial) if late.startswith("Police have not")] == ["denies"]
    assert not [kind for kind, late, _ in links(coach, denial) if late.startswith("Police have not")]


@pytest.mark.parametrize("noun", ["files", "plans"])
def test_what_is_no_claim_is_not_answered(noun: str) -> None:
    found = links(CLAIM, f"Anna Tuck of Holm bridge backed up Ina Roth’s {noun} on Wednesday for the inquiry.")
    assert not found


def test_a_witness_who_backs_an_accusation_up_leaves_it_open_and_the_accused_who_admits_it_does_not() -> None:
    charge = "Ina Roth said on Tuesday that Karl Ost had taken money from the mill at Vessen. Nobody at Vessen spoke."
    witness = (
        "Anna Tuck confirmed on Wednesday that Karl Ost had taken money from the mill at Vessen, as Ina Roth had said."
    )
    admits = "Karl Ost admitted on Thursday that he had taken money from the mill at Vessen. He wept."
    assert closers(charge, witness) == {None}
    assert closers(charge, witness, admits) == {"Karl Ost"}
