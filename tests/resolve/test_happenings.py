"""Events resolved: who, whom, where, when and how real, and on the record and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord import registry
from onrecord.export.record import export_record, import_record
from onrecord.export.verify import verify
from onrecord.flow import add_readings, process
from onrecord.model import Attribution, Commitment, Event, Reading, Report, Source, Span
from onrecord.resolve.happenings import ResolveHappenings, realis_under
from onrecord.stores.memory import MemoryStore
from tests.build import at, doc

STEPS = tuple(name for name in registry.steps("fast") if not name.startswith("certainty"))
SIEGE = (
    "Russian forces shelled Kharkiv on Friday, President Volodymyr Zelensky said. "
    "Ukraine denied that it had attacked the port of Sochi on 4 March 2025. "
    "If Russia attacks again, the United States will impose sanctions on Moscow, Zelensky said. "
    "Police in Lyon arrested nine men last week. Unknown gunmen kidnapped a nurse."
)


def events_of(text: str) -> dict[str, Event]:
    """The events of a text by their words, resolved."""
    return {event.text: event for event in process(doc(text), STEPS).events}


def names(text: str) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Actor, target and place of each event by name."""
    report = process(doc(text), STEPS)
    called = {entity.id: entity.name for entity in report.entities}
    return {
        event.text: tuple(called.get(one or "") for one in (event.actor, event.target, event.place))  # type: ignore[misc]
        for event in report.events
    }


def test_forces_stand_for_their_country_and_a_town_is_where_it_was_hit() -> None:
    assert names(SIEGE)["shelled"] == ("Russia", "Kharkiv", "Kharkiv")


def test_a_pronoun_is_who_it_stands_for() -> None:
    assert names(SIEGE)["attacked"][0] == "Ukraine"


def test_whom_nobody_knows_is_nobody() -> None:
    event = events_of(SIEGE)["kidnapped"]
    assert event.actor_span is not None
    assert event.actor_span.of(SIEGE) == "Unknown gunmen"


def test_a_place_comes_after_its_preposition() -> None:
    assert names(SIEGE)["arrested"][2] == "Lyon"


def test_the_time_is_that_of_the_event() -> None:
    found = events_of(SIEGE)
    assert found["shelled"].time == "2025-03-07"
    assert found["attacked"].time == "2025-03-04"
    assert found["kidnapped"].time is None


def test_the_day_it_was_said_is_no_time_of_the_event() -> None:
    text = "Otto Brand said on Monday that rebels had shelled the mill."
    assert events_of(text)["shelled"].time is None


def test_a_denial_and_a_condition_make_it_less_real() -> None:
    found = events_of(SIEGE)
    assert {text: event.realis for text, event in found.items()} == {
        "shelled": "actual",
        "attacked": "denied",
        "attacks": "conditional",
        "sanctions": "planned",
        "arrested": "actual",
        "kidnapped": "actual",
    }


HIT = Event(Span(0, 3), "hit", "hit", type="ASSAULT", realis="actual")


@pytest.mark.parametrize(
    ("stance", "attitude", "realis", "certainty", "expected"),
    [
        ("asserts", "speech", "actual", None, "actual"),
        ("denies", "speech", "actual", None, "denied"),
        ("denies", "speech", "possible", None, "possible"),
        ("speculates", "speech", "actual", None, "possible"),
        ("asserts", "fear", "planned", None, "possible"),
        ("asserts", "speech", "actual", "CT-", "denied"),
        ("asserts", "speech", "actual", "PS+", "possible"),
        ("asserts", "speech", "planned", "U", "planned"),
        ("asserts", "speech", "denied", "CT-", "denied"),
    ],
)
def test_realis_under_who_tells_it(
    stance: str, attitude: str, realis: str, certainty: str | None, expected: str
) -> None:
    holder = Attribution(content=(Span(0, 3),), commitment=Commitment(stance, attitude=attitude))
    assert realis_under(replace(HIT, realis=realis, certainty=certainty), holder, "hit") == expected


def test_who_denies_that_it_did_not_happen_says_that_it_did() -> None:
    text = "they had not hit it"
    holder = Attribution(content=(Span(0, len(text)),), commitment=Commitment("denies"))
    event = replace(HIT, span=at(text, "hit"), realis="denied")
    assert realis_under(event, holder, text) == "actual"


def test_a_report_without_a_date_keeps_its_relative_times_open() -> None:
    report = process(doc("Rebels shelled the mill on Friday.", published=None), STEPS)
    assert [event.time for event in report.events] == [None]


def test_a_report_without_events_is_left_as_it_is() -> None:
    report = doc("Fog.")
    assert ResolveHappenings()(report) is report


# -- on the record


def reading(text: str) -> Reading:
    report: Report = doc(text)
    return Reading(report, Source(report.sha256, text.encode()))


def test_events_go_out_and_come_back_to_the_letter() -> None:
    store, again = MemoryStore(), MemoryStore()
    add_readings([reading(SIEGE)], store, steps=STEPS)
    lines: list[str] = []
    export_record(store, lines.append)
    assert sum('{"type":"event"' in line for line in lines) == 6
    import_record(lines, again)
    back: list[str] = []
    export_record(again, back.append)
    assert back == lines
    assert verify(store) == verify(again) == ()


def test_the_innermost_statement_tells_it_or_the_report_itself() -> None:
    store = MemoryStore()
    add_readings([reading(SIEGE)], store, steps=STEPS)
    (report,) = store.reports()
    told = {event.text: event.statement for event in store.events(report.id)}
    assert told["arrested"] is told["kidnapped"] is None
    assert store.statement(told["shelled"] or "").content.quote.startswith("Russian forces")
    assert store.statement(told["attacked"] or "").commitment.stance == "denies"
