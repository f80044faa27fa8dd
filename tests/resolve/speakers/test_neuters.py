"""Whom "it", "they" and "I" mean as sources."""

from __future__ import annotations

import pytest

from onrecord.flow import process
from onrecord.model import select
from tests.build import doc

STEPS = ("sentences", "mentions", "attributions-fast", "commitment", "who")


def speakers(text: str) -> list[tuple[str, str | None]]:
    report = process(doc(text), STEPS)
    names = {entity.id: entity.name for entity in report.entities}
    return [
        (select(text, one.source), names.get(one.speaker.entity or "") if one.speaker else None)
        for one in report.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The interior ministry said ten were held. It denied a report that two had died.", "It", "interior ministry"),
        ("The union said it had warned the company twice.", "it", "union"),
        ("Officials said they had warned the mayor twice.", "they", "officials"),
        ("Ana Hale said it was late. It denied a report that two had died.", "It", None),
        ("The ministry and the union said ten were held. It denied a report that two had died.", "It", None),
        ("The ministry said ten were held.\n\nIt denied a report that two had died.", "It", None),
        ("Ten were held, the ministry said. It denied a report that two had died.", "It", None),
        ("Ten were held, the ministry said. Two were hurt, it said.", "it", "ministry"),
        ("Ten homes in Meersum are wet, the fire brigade said. Four are in Oldwharf, it said.", "it", "fire brigade"),
        ("Ten were held, the union said. The company had called the police, it said.", "it", None),
        ("Ten were held, the ministry said, and the union said so too. Two were hurt, it said.", "it", None),
        ("Ten were held, the ministry said. Norland had asked for it, it said.", "it", None),
        ("Ten were held, the ministry said.\n\nTwo were hurt, it said.", "it", None),
        ("Ten were held, Ana Hale said. Two were hurt, it said.", "it", None),
    ],
)
def test_a_neuter_means_the_body_that_opens_what_stands_before(text: str, source: str, name: str | None) -> None:
    assert (source, name) in speakers(text)


def test_brussels_speaks_for_the_union_unless_the_report_is_about_belgium() -> None:
    assert ("Brussels", "European Union") in speakers("Brussels said it had no role in the matter.")
    assert ("Brussels", "European Union") not in speakers("Belgium is angry. Brussels said it had no role in it.")
