"""Wire copy and partial reuse, quotations kept apart from narration."""

from __future__ import annotations

import pytest

from onrecord.annotate.sentences import FindSentences
from onrecord.link import copies
from onrecord.link.copies import narration_keys, quotation_keys, shingles_of
from onrecord.model import Copy, Report, Section, SectionKind, Span
from tests.build import at, doc

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


def read(text: str, uri: str, published: str = "2025-03-10", **layers: object) -> Report:
    return FindSentences()(doc(text, uri=uri, published=published, **layers))


def compare(a: Report, b: Report) -> Copy | None:
    return copies.compare((a, shingles_of(a)), (b, shingles_of(b)))


def copy_keys(report: Report) -> frozenset[str]:
    return narration_keys(shingles_of(report)) | quotation_keys(shingles_of(report))


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


@pytest.mark.parametrize("text", ["", "One word", "a b c d"])
def test_texts_shorter_than_a_shingle_are_nobodys_copy(text: str) -> None:
    assert compare(read(text, "made:a"), read(text, "made:b")) is None
