"""Wire copy and partial reuse, quotations kept apart from narration."""

from __future__ import annotations

import pytest

from onrecord.annotate.sentences import FindSentences
from onrecord.link import copies
from onrecord.link.copies import copy_keys as keys_of
from onrecord.link.copies import shingles_of
from onrecord.model import Copy, Report, Section, SectionKind, Span
from tests.build import at, doc
from tests.effort import assert_linear

WIRE = (
    "The harbour master closed the northern basin at dawn after a tanker struck the outer wall and began to leak oil.\n"
    "Divers reached the hull before noon and found a tear of about two metres below the water line, his office wrote.\n"
    "Fishing crews along the coast were told to stay ashore until samples from three beaches had been read."
)
OTHER = (
    "Parliament voted late on Monday to keep the fuel levy for another year despite protests from hauliers.\n"
    "The finance committee had asked for a lower rate in rural districts but found no majority for it in the end."
)
QUOTE = (
    "“We will not open the basin again until every last litre of that oil has been taken out of the water,” he said."
)

LONG = tuple(
    " ".join(f"{word}{k} {verb} {thing}{k} near {place}{k}." for k in range(30))
    for word, verb, thing, place in (("Anna", "sold", "boat", "pier"), ("Boris", "bought", "farm", "hill"))
)


def read(text: str, uri: str, published: str = "2025-03-10", **layers: object) -> Report:
    return FindSentences()(doc(text, uri=uri, published=published, **layers))


def compare(a: Report, b: Report) -> Copy | None:
    return copies.compare((a, shingles_of(a)), (b, shingles_of(b)))


def copy_keys(report: Report) -> frozenset[str]:
    return keys_of(shingles_of(report))


def test_printed_wire_copy_shares_everything_and_points_from_earlier_to_later() -> None:
    copy = compare(read(WIRE, "made:b", "2025-03-11"), read(WIRE, "made:a", "2025-03-10"))
    assert copy is not None
    assert copy.share == 1
    assert copy.source == read(WIRE, "made:a", "2025-03-10").id


def test_aligned_spans_select_the_same_words_in_both() -> None:
    source = read(WIRE, "made:a", "2025-03-10")
    target = read("Oil at the harbour\n" + WIRE.split("\n")[1] + "\n" + OTHER, "made:b", "2025-03-11")
    copy = compare(source, target)
    assert copy is not None
    assert 0.1 < copy.share < 0.9
    ((here, there),) = copy.spans
    assert here.of(source.text) == there.of(target.text) == WIRE.split("\n")[1].rstrip(".")


def test_independent_reports_have_no_copy_line() -> None:
    assert compare(read(WIRE, "made:a"), read(OTHER, "made:b")) is None


def test_two_reporters_quoting_one_man_do_not_copy_each_other() -> None:
    copy = compare(read(f"{WIRE}\n{QUOTE}", "made:a"), read(f"{OTHER}\n{QUOTE}", "made:b"))
    assert copy is not None
    assert copy.share == 0


def test_boilerplate_is_no_copy() -> None:
    pitch = "Get the morning letter of this paper and read what matters before your coffee is cold every single day"
    reports = []
    for text, uri in ((WIRE, "made:a"), (OTHER, "made:b")):
        whole = f"{text}\n{pitch}"
        end = at(whole, pitch)
        sections = (Section(Span(0, end.start), SectionKind.BODY), Section(end, SectionKind.BOILERPLATE))
        reports.append(read(whole, uri, sections=sections))
    assert compare(*reports) is None


def test_reports_that_share_a_long_stretch_meet_under_a_key() -> None:
    long = "\n".join(f"{line} Part {k} of the text follows." for k, line in enumerate([WIRE, OTHER, WIRE, OTHER]))
    assert copy_keys(read(long, "made:a")) & copy_keys(read(f"An opening of its own.\n{long}", "made:b"))
    assert not copy_keys(read(WIRE, "made:a")) & copy_keys(read(OTHER, "made:b"))


def test_a_run_of_twelve_words_is_met_wherever_it_stands() -> None:
    run = "samples from three beaches had been read by the coast guard again"
    for before in range(12):
        here = read(" ".join(f"left{k}" for k in range(before)) + f" {run} after all.", "made:a")
        there = read(f"{OTHER}\nOne line says {run} {OTHER}", "made:b")
        assert copy_keys(here) & copy_keys(there), before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("two metres", "three metres", id="number"),
        pytest.param("struck the outer wall", "hit the outer wall", id="synonym"),
        pytest.param("closed the northern basin at dawn", "at dawn closed the northern basin", id="order of words"),
        pytest.param("told to stay ashore", "asked to stay on land", id="more words"),
    ],
)
def test_light_rewriting_is_still_reuse(before: str, after: str) -> None:
    assert before in WIRE
    copy = compare(read(WIRE, "made:a"), read(WIRE.replace(before, after), "made:b", "2025-03-11"))
    assert copy is not None
    assert copy.share > 0.9


def test_sentences_in_another_order_are_still_reuse() -> None:
    first, second, third = WIRE.split("\n")
    copy = compare(read(WIRE, "made:a"), read("\n".join((third, first, second)), "made:b", "2025-03-11"))
    assert copy is not None
    assert copy.share > 0.9
    assert [here.start for here, _ in copy.spans] == sorted(here.start for here, _ in copy.spans)


def test_a_rewritten_sentence_is_aligned_as_a_whole() -> None:
    source = read(WIRE, "made:a")
    changed = "Divers reached the hull before noon and found a rip of about three metres below the water line"
    target = read(f"{OTHER}\n{changed}, officials at his office wrote.", "made:b", "2025-03-11")
    copy = compare(source, target)
    assert copy is not None
    ((here, there),) = copy.spans
    assert here.of(source.text) == WIRE.split("\n")[1].rstrip(".")
    assert there.of(target.text).startswith(changed)


def test_one_quotes_what_the_other_prints_as_its_own() -> None:
    sentence = WIRE.split("\n")[1]
    copy = compare(read(WIRE, "made:a"), read(f"{OTHER}\nThe Herald wrote: “{sentence}”", "made:b", "2025-03-11"))
    assert copy is not None
    assert copy.share > 0.2


def test_a_short_phrase_in_common_is_no_copy() -> None:
    phrase = "did not immediately respond to a request for comment on Monday"
    pair = (read(f"{WIRE}\nThe owner {phrase}.", "made:a"), read(f"{OTHER}\nThe committee {phrase}.", "made:b"))
    long = [read(f"{one.text}\n{tail}", one.uri or "") for one, tail in zip(pair, LONG, strict=True)]
    assert compare(long[0], long[1]) is None


@pytest.mark.parametrize(
    "text", ["a " * 20_000, "a b c d e f " * 4_000, "“" * 20_000, "word. " * 8_000, "one two three four five\n" * 3_000]
)
def test_odd_texts_are_compared_in_linear_time(text: str) -> None:
    one, other = read(text, "made:a"), read(text[: len(text) // 2] + WIRE, "made:b")
    compare(one, other)
    assert len(copy_keys(one)) < 20_000

    def pair(number: int) -> tuple[Report, Report]:
        part = text[: number * len(text) // 400]
        return read(part, "made:a"), read(part[: len(part) // 2] + WIRE, "made:b")

    assert_linear(lambda both: compare(*both), pair, 40)


@pytest.mark.parametrize("text", ["", "One word", "a b c d"])
def test_texts_shorter_than_a_shingle_are_nobodys_copy(text: str) -> None:
    assert compare(read(text, "made:a"), read(text, "made:b")) is None
