"""The whole path: what is filed, what is linked, and that neither order nor repetition shows."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import flow, registry
from onrecord.errors import UsageError
from onrecord.export.record import export_record
from onrecord.flow import Progress, add_readings, make_steps, process
from onrecord.ledger.store import Query
from onrecord.model import Amount, Failure, Page, Reading, Report, Source
from onrecord.read.given import Given
from onrecord.read.jsonl import read_jsonl
from onrecord.resources import read_text
from onrecord.runners.local import LocalRunner
from onrecord.stores.memory import MemoryStore
from tests.build import doc


def sample() -> list[Reading]:
    data = read_text("sample/reports.jsonl").encode()
    return [r for r in read_jsonl(data, Given()) if isinstance(r, Reading)]


def reading(text: str, uri: str = "made:1") -> Reading:
    report = doc(text, uri=uri)
    return Reading(report, Source(report.sha256, text.encode()))


def exported(store: MemoryStore) -> str:
    lines: list[str] = []
    export_record(store, lines.append)
    return "".join(lines)


def recorded(readings: Iterable[Reading | Failure], **options: object) -> str:
    store = MemoryStore()
    add_readings(readings, store, **options)  # type: ignore[arg-type]
    return exported(store)


@cache
def sample_record() -> str:
    """What the sample comes to, all at once and with the default engine."""
    return recorded(sample())


def test_every_step_finds_what_it_requires() -> None:
    assert [step.name for step in make_steps()] == [name.partition("-")[0] for name in registry.STEPS]


def test_steps_in_the_wrong_order_stop_before_the_first_report() -> None:
    def unread() -> Iterator[Reading]:
        raise AssertionError("a reading was asked for")
        yield

    with pytest.raises(UsageError, match="requires"):
        add_readings(unread(), MemoryStore(), steps=tuple(reversed(registry.STEPS)))


def test_an_engine_is_chosen_by_its_name() -> None:
    fast = recorded(sample(), engine="fast")
    assert fast == recorded(sample(), steps=registry.steps("fast"))
    assert fast != sample_record() == recorded(sample(), engine="accurate")


def test_an_engine_nobody_has_stops_before_the_first_report() -> None:
    def unread() -> Iterator[Reading]:
        raise AssertionError("a reading was asked for")
        yield

    with pytest.raises(UsageError, match="no engine is called 'telepathy'; one of accurate, best, fast"):
        add_readings(unread(), MemoryStore(), engine="telepathy")


def test_a_step_nobody_has_is_named() -> None:
    with pytest.raises(UsageError, match="no step is called 'telepathy'"):
        make_steps(("telepathy",))


def test_a_report_goes_in_and_its_record_comes_out() -> None:
    store = MemoryStore()
    outcome = add_readings(sample(), store)
    assert (outcome.added, outcome.known, outcome.failures) == (6, 0, [])
    types = {json.loads(line)["type"] for line in exported(store).splitlines()}
    assert {"report", "entity", "mention", "time", "figure", "statement", "link", "copy", "story"} <= types


def test_the_sample_shows_a_confirmation_a_denial_an_update_and_a_copy() -> None:
    store = MemoryStore()
    add_readings(sample(), store)
    assert {"confirms", "denies", "updates"} <= {link.kind for link in store.links()}
    assert any(copy.share > 0.5 for copy in store.copies())
    assert sum(r.supersedes is not None for r in store.reports()) == 1


def test_twice_adds_nothing() -> None:
    store = MemoryStore()
    add_readings(sample(), store)
    before = exported(store)
    outcome = add_readings(sample(), store)
    assert (outcome.added, outcome.known) == (0, 6)
    assert exported(store) == before


@pytest.mark.parametrize("order", list(permutations(range(6)))[:: 720 // 5])
def test_order_of_reports_does_not_matter(order: tuple[int, ...]) -> None:
    readings = sample()
    assert recorded(readings[k] for k in order) == sample_record()


def test_one_at_a_time_or_all_at_once_is_the_same() -> None:
    store = MemoryStore()
    for one in sample():
        add_readings([one], store)
    assert exported(store) == sample_record()


def test_two_processes_give_the_same_bytes_as_one() -> None:
    assert recorded(sample(), runner=LocalRunner(2)) == recorded(sample(), runner=LocalRunner(1)) == sample_record()


def test_a_refused_input_is_kept_and_the_rest_is_in() -> None:
    store, told = MemoryStore(), list[Progress]()
    failure = Failure("broken.txt", "not-text", "it holds NUL bytes")
    outcome = add_readings([failure, *sample()], store, progress=told.append)
    assert outcome.failures == [failure]
    assert outcome.added == 6
    assert store.failures() == (failure,)
    assert [p.what for p in told] == ["refused", *["added"] * 6]


def test_a_step_that_fails_on_one_report_costs_that_report_only(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = sample()

    def broken(report: Report, steps: object) -> Report:
        if report.id == readings[2].report.id:
            raise IndexError("list index out of range")
        return process(report)

    monkeypatch.setattr(flow, "process", broken)
    store = MemoryStore()
    outcome = add_readings(readings, store)
    (failure,) = outcome.failures
    assert (failure.reason, failure.input) == ("not-processed", readings[2].report.uri)
    assert "IndexError" in failure.detail
    assert outcome.added == 5


def test_a_value_that_no_record_can_hold_costs_its_report_only(monkeypatch: pytest.MonkeyPatch) -> None:
    make = flow.make_page

    def overflowing(report: Report, source: Source) -> Page:
        made = make(report, source)
        if "too much" not in report.text:
            return made
        huge = replace(made.report.figures[0], amount=Amount(Decimal("9E+999"), None))
        return replace(made, report=replace(made.report, figures=(huge,)))

    monkeypatch.setattr(flow, "make_page", overflowing)
    store = MemoryStore()
    outcome = add_readings([reading("Ten people had too much."), reading("Ann said it rained.", "made:2")], store)
    assert outcome.added == 1
    assert [failure.reason for failure in outcome.failures] == ["not-processed"]


def test_what_was_cut_short_is_linked_by_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    readings = sample()
    with monkeypatch.context() as patch:
        patch.setattr(flow.Settling, "draw", lambda *_: None)
        patch.setattr(flow.Settling, "finish", lambda _: None)
        add_readings(readings[:4], store)
    assert not store.links()
    add_readings(readings[4:], store)
    assert exported(store) == sample_record()


def test_an_interruption_ends_at_once_and_stories_are_found_by_the_next_call() -> None:
    readings = sample()

    def cut_short() -> Iterator[Reading]:
        yield from readings[:4]
        raise KeyboardInterrupt

    store = MemoryStore()
    with pytest.raises(KeyboardInterrupt):
        add_readings(cut_short(), store)
    assert len(store.unsettled()) == 4
    assert not store.stories()
    add_readings(readings, store)
    assert exported(store) == sample_record()


def test_garbage_is_looked_for_as_before_once_all_is_done() -> None:
    before = gc.get_threshold()
    process(doc("The mayor said that the bridge was safe."))
    add_readings(sample()[:1], MemoryStore(), engine="fast")
    assert gc.get_threshold() == before
    with pytest.raises(UsageError):
        process(doc("x"), ("telepathy",))
    assert gc.get_threshold() == before


def test_statements_of_every_attitude_are_kept_and_speech_is_listed() -> None:
    store = MemoryStore()
    add_readings(sample(), store)
    listed = list(store.statements())
    kept = list(store.statements(Query(attitude=None)))
    assert {s.commitment.attitude for s in listed} == {"speech"}
    assert len(kept) >= len(listed)


WORDS = st.sampled_from(
    [
        "The mayor",
        "Ada Berg",
        "she",
        "said",
        "denied",
        "that",
        "“",
        "”",
        '"',
        "40 people",
        "at least",
        "on Monday",
        ",",
        ".",
        "\n",
        "U.S.",
        "🌊",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_whatever_the_text_every_piece_of_evidence_is_in_it(text: str) -> None:
    page = flow.make_page_of(reading(text))
    assert not isinstance(page, Failure)
    assert page.report.text == text
    for statement in page.statements:
        for evidence in (statement.content, statement.cue, statement.source, statement.condition):
            if evidence:
                evidence.check(text)
    for part in (*page.report.mentions, *page.report.times, *page.report.figures):
        assert part.span.of(text) == part.text


@pytest.mark.parametrize(
    "text",
    [
        "”",
        "“" * 3000,
        '"' * 3001,
        "A " * 5000,
        "9" * 400,
        "said " * 2000,
        "B" * 2000,
        "As critics have said,",
        "\n" * 500 + "x",
    ],
)
def test_odd_texts_pass_through_every_step(text: str) -> None:
    report = process(doc(text))
    assert report.text == text


def test_a_date_that_is_none_leaves_the_rest_alone() -> None:
    report = doc("The mayor said on Monday that 40 people had left.")
    assert process(replace(report, published=None)).figures
