"""Traps: texts in which it is easy to put words into the wrong mouth, through all steps with every engine that is here.

A case in `tests/cases/traps.jsonl`:
- `id`, `kind`, `text`, and `why` it is a trap;
- `expect`: `content`, words of a text, and `who` says them. A name: a plain statement with these words must be
  theirs, and one that is not plain will do. A list of names: any of them, where words are told by one and said by
  another. null: nobody can be told, no statement with these words may be plain;
- `never`: `who` must not be the speaker of a plain statement with the words `content`;
- `quiet`: nobody speaks in quotation marks here, no direct statement may be plain. In all cases a plain direct
  statement that no expectation knows is wrong as well.

A plain statement in the wrong mouth is the worst error there is: none is allowed. So that an engine does not get there
by saying nothing, `LEAST` asks how many of the named ones it puts plainly.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord import registry
from onrecord.errors import Unavailable
from onrecord.flow import process
from onrecord.ledger.statements import make_page
from onrecord.model import Page, Source, Statement
from tests.build import doc

Case = dict[str, Any]
OTHERS = re.compile(r"\b(?:of|for|by|from)\b|['’]s")
CASES: list[Case] = [json.loads(line) for line in Path("tests/cases/traps.jsonl").read_text("utf-8").splitlines()]
LEAST = {"fast": 0.52, "accurate": 0.62, "best": 0.62}  # share of named words that are plain, and in the right mouth


@cache
def is_installed(engine: str) -> bool:
    """Whether the engine's weights are here."""
    try:
        process(doc("The mayor said that the bridge was safe."), registry.steps(engine))
    except Unavailable:
        return False
    return True


ENGINES = [engine for engine in registry.ENGINES if is_installed(engine)]


@cache
def page_of(engine: str, number: int) -> Page:
    text = CASES[number]["text"]
    report = process(doc(text, uri=f"made:{number}"), registry.steps(engine))
    return make_page(report, Source(report.sha256, text.encode()))


def plain(page: Page) -> list[Statement]:
    return [statement for statement in page.statements if statement.plain]


def speakers(page: Page, statement: Statement) -> list[str]:
    names = {entity.id: entity.name for entity in page.report.entities}
    told = (statement.speaker.entity, *statement.speaker.also)
    return [names[one] for one in told if one is not None]


def fits(name: str, wanted: str | list[str]) -> bool:
    """Whether a speaker's name is one of those wanted; words may stand before it, but none that make it another's.

    "historian June Abbott" is June Abbott; "puppet of June Abbott" is not.
    """
    ends = [wanted] if isinstance(wanted, str) else wanted
    for end in (one.removeprefix("@") for one in ends):
        words, whole = name.replace("@", ""), f" {end}"
        is_name = end[:1].isupper()
        if words.lower() == end.lower():
            return True
        if words.lower().endswith(whole.lower()) and not (is_name and OTHERS.search(words[: -len(whole)])):
            return True
    return False


def errors(case: Case, page: Page) -> list[str]:
    """What is plain and wrong."""
    found = []
    for statement in plain(page):
        words, names = statement.content.quote, speakers(page, statement)
        known = [one for one in case["expect"] if one["content"] in words]
        found += [f"{names} is not {one['who']}: {words}" for one in known if not is_right(names, one["who"])]
        found += [
            f"{names} never said it: {words}"
            for one in case["never"]
            if one["content"] in words and any(fits(name, one["who"]) for name in names)
        ]
        if statement.form == "direct" and (case.get("quiet") or not known):
            found.append(f"{names} said nothing: {words}")
    return found


def is_right(names: list[str], wanted: str | list[str] | None) -> bool:
    return wanted is not None and bool(names) and all(fits(name, wanted) for name in names)


def named(case: Case, page: Page) -> list[bool]:
    """For each expectation with a name, whether a plain statement has it right."""
    return [
        any(one["content"] in s.content.quote and is_right(speakers(page, s), one["who"]) for s in plain(page))
        for one in case["expect"]
        if one["who"] is not None
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["id"] for case in CASES])
def test_no_plain_statement_is_in_the_wrong_mouth(engine: str, number: int) -> None:
    assert errors(CASES[number], page_of(engine, number)) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_abstaining_is_not_the_whole_answer(engine: str) -> None:
    told = [right for number, case in enumerate(CASES) for right in named(case, page_of(engine, number))]
    assert sum(told) / len(told) >= LEAST[engine]


def test_cases_ask_for_words_that_are_there() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert all(one["content"] in case["text"] for one in case["expect"] + case["never"]), case["id"]


def test_a_wrong_mouth_would_be_seen() -> None:
    number = next(k for k, case in enumerate(CASES) if case["id"] == "signature-1")
    page, case = page_of("fast", number), CASES[number]
    assert named(case, page) == [True]
    assert errors(case | {"expect": [{"content": "plough", "who": "Nobody Else"}]}, page)
    assert errors(case | {"expect": [{"content": "plough", "who": None}]}, page)
    assert errors(case | {"never": [{"content": "plough", "who": "Hal Dreyer"}]}, page)
    assert errors(case | {"quiet": True}, page)
    assert errors(case | {"expect": []}, page)
