"""What each rule of denials in own words and of telling again takes, by its name, and what it leaves."""

from __future__ import annotations

import json
from functools import cache

import pytest

from onrecord.flow import make_page_of
from onrecord.link.entry import Entry, entry_of
from onrecord.link.kinds.opposing import find_opposed
from onrecord.link.relations import links_between, links_within
from onrecord.model import Failure
from onrecord.read.jsonl import read_jsonl
from onrecord.registry import steps
from tests.build import doc, entry, person, say
from tests.effort import assert_linear

MONDAY = "PORT HALE - There is no oil on the beaches of Port Hale, the harbour authority said on Monday."
DENIED = (
    "PORT HALE - Guards beat a prisoner at Hale jail, his sister Mona Feld said. "
    "The director of the jail, Tom Reiss, said that guards had used no force."
)
HEARD = "PORT HALE - Two officials said on Monday that Minister Edda Holm had decided to resign."


@cache
def links(*texts: str) -> frozenset[str]:
    """`rule: kind` of every link within and between reports that stand three days apart."""
    rows = [
        {"uri": f"made:{k}", "outlet": f"Paper {k}", "published": f"2026-02-{16 + 3 * k}", "text": text}
        for k, text in enumerate(texts)
    ]
    entries: list[Entry] = []
    for reading in read_jsonl("\n".join(map(json.dumps, rows)).encode()):
        page = make_page_of(reading, steps("fast"))
        assert not isinstance(page, Failure)
        entries.append(entry_of(page))
    drawn = [link for made in entries for link in links_within(made)]
    drawn += links_between(*entries) if len(entries) > 1 else ()
    return frozenset(f"{link.reasons[0].rule}: {link.kind}" for link in drawn)


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ((DENIED,), "denies-right-behind: denies"),
        (
            (
                MONDAY,
                "PORT HALE - The harbour authority conceded on Thursday that oil lay on the beaches of Port Hale.",
            ),
            "turns-round: updates",
        ),
        (
            (
                MONDAY,
                "PORT HALE - The harbour authority had insisted that there was no oil on the beaches of Port Hale.",
            ),
            "told-again: repeats",
        ),
        (
            (HEARD, "PORT HALE - Minister Edda Holm said on Thursday that she had decided to resign."),
            "confirmed-by-whom-it-is-about: confirms",
        ),
        (
            (MONDAY, "PORT HALE - There is oil on the beaches of Port Hale, the fisherman Ole Brun said on Thursday."),
            "affirms-what-is-not-so: contradicts",
        ),
    ],
)
def test_a_rule_draws_what_it_is_for(texts: tuple[str, ...], rule: str) -> None:
    assert rule in links(*texts)


@pytest.mark.parametrize(
    "texts",
    [
        (MONDAY, "PORT HALE - The harbour authority said on Thursday that it would raise its fees at Port Hale."),
        (
            MONDAY,
            "PORT HALE - There is no oil on the beaches of Sund, the mayor of Sund said on Thursday.",
        ),
        ("PORT HALE - Mona Feld said the jail was full. She criticised Tom Reiss for not paying for the jail.",),
        (HEARD, "PORT HALE - Records show that she signed a letter. The lawmaker said he was sorry."),
    ],
)
def test_another_matter_is_left_alone(texts: tuple[str, ...]) -> None:
    mine = ("denies-right-behind", "denies-the-same-matter", "turns-round", "told-again", "affirms", "confirmed-by")
    assert not [row for row in links(*texts) if row.startswith(mine)]


def test_a_thousand_denials_in_one_report_take_no_time() -> None:
    lee = person("Ada Lee", "Lee")

    def made(number: int) -> Entry:
        barges = range(number)
        text = " ".join(f"Ada Lee said no barge number {k} was hit. Bo Falk said barge {k} was hit." for k in barges)
        said = [say(text, f"no barge number {k} was hit", source="Ada Lee", who=lee) for k in barges]
        said += [say(text, f"barge {k} was hit", source="Bo Falk") for k in barges]
        return entry(doc(text, entities=(lee,), attributions=tuple(said)))

    assert_linear(lambda one: list(find_opposed(one, one)), made, 125)
