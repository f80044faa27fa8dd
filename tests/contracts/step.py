"""What every step that assigns attributions promises, as tests. Its author runs them:

    from tests.contracts.step import AttributionContract

    class TestMyStep(AttributionContract):
        def make(self):
            return MyStep()

`make` gives a step that can be pickled. The functions of INVARIANTS hold for what it makes of any text.
"""

from __future__ import annotations

import pickle
import random
import re
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import pytest

from onrecord import registry
from onrecord.flow import Step, make_steps
from onrecord.model import Attribution, Report, Section, SectionKind, Selection, Span, checked_selection, select
from onrecord.runners.local import LocalRunner
from tests.build import doc

BEFORE = tuple(takewhile(lambda name: not name.startswith(registry.ATTRIBUTIONS), registry.STEPS))
RULE = re.compile(r"[a-z][a-z-]*:\S(.*\S)?")  # construction:lemma

DIRECT = "“The pumps will run all night,” said Nora Lindahl, the harbour master."
TEXTS = (
    DIRECT,
    'Mayor Ida Falk said the tunnel was safe. "Nobody has to leave," she added.\n\nThe council disagreed.',
    "“We have asked for boats,” Nora Lindahl said, “and for sand.” Two officials denied that any were coming.",
    "“The first wall broke at noon.\n\n“The second broke an hour later,” said Otto Brand.",
    "Otto Brand said that Ida Falk had told the council that “no money” was left, according to minutes of the meeting.",
    "It was unclear who had paid, but the ministry’s claim that the bill was settled drew laughter.",
    "According to the harbour board, 40 boats are missing. Critics believe the board hid 12 more.",
    "‘She said, “Go home,” and we went,’ recalled Per Holm, 61.",
    "INTERVIEWER: Who closed the gate?\nPER HOLM: I did, and I would do it again.",
    "LUND (Wire) — The town is dry again, its mayor announced.\nThe 11:30 train, “The Heron”, was late.\n- Nora",
    "Ida Falk SAID:\tnothing\r\n“ ” \u200b said “”. 🌊 “Señor Paz — è vero? — said ‘no’,” she said.",
    'Boats. Sand. She had said " on Monday; they denied ( it. “?” asked Per Holm.',
)
WORDS = (
    *('"', "“", "”", "‘", "’", "'", "«", "»", ",", ".", "?", ":", "—", "\n", "\n\n", "(", ")", "🌊"),
    *("Ida Falk", "the mayor", "she", "they", "said", "says", "that", "denied", "told", "according to", "believes"),
    *("the bridge is shut", "40 boats", "on Monday", "had said", "no", "a report", "wrote", "by the board", "U.S."),
)


class AttributionContract(ABC):
    """The tests; a subclass says how the step is made."""

    @abstractmethod
    def make(self) -> Step:
        """The step, ready to be called."""

    # -- what it is

    def test_it_assigns_attributions_and_asks_for_what_is_there_by_then(self) -> None:
        step = self.make()
        have = {"text", "sections"}.union(*(before.assigns for before in make_steps(BEFORE)))
        assert step.name == "attributions"
        assert step.assigns == ("attributions",)
        assert set(step.requires) <= have

    def test_it_changes_nothing_but_attributions(self) -> None:
        step = self.make()
        for report in reports():
            copy = pickle.loads(pickle.dumps(report))
            after = step(report)
            assert report == copy, "the report that went in is left alone"
            assert replace(after, attributions=()) == report

    def test_it_finds_what_is_plainly_said(self) -> None:
        (found,) = self.make()(prepare(DIRECT)).attributions
        assert "The pumps will run all night" in select(DIRECT, found.content)
        assert "Nora Lindahl" in select(DIRECT, found.source)
        assert select(DIRECT, found.cue) == "said"
        assert found.form == "direct"

    # -- what holds for whatever it finds

    @pytest.mark.parametrize("text", TEXTS)
    def test_what_it_finds_is_well_formed(self, text: str) -> None:
        check(self.make()(prepare(text)))

    def test_what_it_finds_in_heaps_of_words_is_well_formed(self) -> None:
        step = self.make()
        for text in heaps(60):
            check(step(prepare(text)))

    def test_boilerplate_has_no_attributions(self) -> None:
        pitch = "“Our newsletter is free,” said the editor, Ann Reed. Ann Reed says you should subscribe."
        text = f"{DIRECT}\n{pitch}\n{TEXTS[1]}"
        at = text.index(pitch)
        sections = tuple(
            Section(Span(start, end), kind)
            for start, end, kind in (
                (0, at - 1, SectionKind.BODY),
                (at, at + len(pitch), SectionKind.BOILERPLATE),
                (at + len(pitch) + 1, len(text), SectionKind.BODY),
            )
        )
        found = self.make()(prepare(text, sections)).attributions
        assert found
        for attribution in found:
            assert not any(span.overlaps(sections[1].span) for span in spans_of(attribution))

    def test_a_text_of_boilerplate_alone_has_none(self) -> None:
        sections = (Section(Span(0, len(DIRECT)), SectionKind.BOILERPLATE),)
        assert self.make()(prepare(DIRECT, sections)).attributions == ()

    # -- texts that are none

    @pytest.mark.parametrize("text", ["", " ", "\n" * 200, "…", "9" * 400, "🌊" * 50, "\u200b"])
    def test_where_nobody_speaks_nothing_is_found(self, text: str) -> None:
        assert self.make()(prepare(text)).attributions == ()

    @pytest.mark.parametrize("mark", ['"', "“", "”", "“”", "'", "‘", "\"'", '" '])
    def test_quotation_marks_alone_say_nothing(self, mark: str) -> None:
        assert self.make()(prepare(mark * 300)).attributions == ()

    def test_ten_thousand_quotation_marks_say_nothing(self) -> None:
        assert self.make()(prepare('"' * 10_000)).attributions == ()

    def test_a_report_whose_sentences_nobody_found_does_no_harm(self) -> None:
        for text in TEXTS:
            check(self.make()(doc(text)), spans_and_order)

    # -- the same, whoever runs it

    def test_the_same_report_gives_the_same_twice(self) -> None:
        step, other = self.make(), self.make()
        for report in reports():
            assert step(report) == step(report) == other(report)

    def test_what_stands_before_in_a_run_does_not_show(self) -> None:
        step = self.make()
        forwards = [step(report) for report in reports()]
        backwards = [step(report) for report in reversed(reports())]
        assert forwards == backwards[::-1]

    def test_two_processes_find_what_one_finds(self) -> None:
        step = self.make()
        assert list(LocalRunner(2).map(step, reports())) == [step(report) for report in reports()]

    @pytest.mark.parametrize("seed", ["1", "2"])
    def test_the_seed_of_hashes_does_not_show(self, seed: str) -> None:
        step = self.make()
        program = (
            "import pickle, sys; step, reports = pickle.load(sys.stdin.buffer);"
            "pickle.dump([step(report).attributions for report in reports], sys.stdout.buffer)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=pickle.dumps((step, reports())),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        )
        assert pickle.loads(done.stdout) == [step(report).attributions for report in reports()]


def prepare(text: str, sections: tuple[Section, ...] = ()) -> Report:
    """A report with the layers that are there before attributions."""
    report = doc(text, sections=sections) if sections else doc(text)
    for step in make_steps(BEFORE):
        report = step(report)
    return report


def reports() -> list[Report]:
    """The texts above, prepared."""
    return [prepare(text) for text in TEXTS]


def heaps(number: int) -> Iterator[str]:
    """Words of reporting in no order, the same in every run."""
    choice = random.Random(7)
    for _ in range(number):
        yield choice.choice(("", " ")).join(choice.choices(WORDS, k=choice.randrange(40)))


def spans_of(attribution: Attribution) -> Selection:
    """Every span of an attribution."""
    return attribution.content + attribution.cue + attribution.source


# -- the invariants; each raises AssertionError or BadSpan


def spans_stand_in_the_text(report: Report) -> None:
    for found in report.attributions:
        for selection in (found.content, found.cue, found.source):
            assert checked_selection(report.text, selection) == selection
            assert all(span.of(report.text).strip() for span in selection), "an empty span"


def content_is_words(report: Report) -> None:
    for found in report.attributions:
        assert any(map(str.isalnum, select(report.text, found.content)))


def attributions_are_in_order_of_content(report: Report) -> None:
    contents = [found.content for found in report.attributions]
    assert contents == sorted(contents)


def no_attribution_stands_twice(report: Report) -> None:
    whole = [(found.content, found.cue, found.source) for found in report.attributions]
    assert len(set(whole)) == len(whole)


def form_is_what_the_marks_say(report: Report) -> None:
    outer = [quotation.span for quotation in report.quotations if quotation.depth == 0]
    quoted = {place for span in outer for place in range(span.start, span.end)}
    for found in report.attributions:
        places = [k for span in found.content for k in range(span.start, span.end) if report.text[k].isalnum()]
        inside = sum(place in quoted for place in places)
        # a turn of a transcript is direct without any marks
        legal = {"direct", "indirect"} if not inside else {"direct"} if inside == len(places) else {"mixed"}
        assert found.form in legal


def nested_in_holds_the_cue(report: Report) -> None:
    for number, found in enumerate(report.attributions):
        if found.nested_in is None:
            continue
        assert 0 <= found.nested_in < len(report.attributions)
        assert found.nested_in != number
        holder = report.attributions[found.nested_in]
        for span in found.cue or found.content:
            assert any(piece.contains(span) for piece in holder.content)


def nesting_ends(report: Report) -> None:
    for number in range(len(report.attributions)):
        seen = {number}
        outer = report.attributions[number].nested_in
        while outer is not None:
            assert outer not in seen
            seen.add(outer)
            outer = report.attributions[outer].nested_in


def confidence_is_a_share(report: Report) -> None:
    for found in report.attributions:
        parts = found.part_confidence
        shares = (found.confidence, *((parts.source, parts.cue, parts.content) if parts else ()))
        assert all(0 <= share <= 1 for share in shares)


def rule_is_construction_and_lemma(report: Report) -> None:
    assert all(RULE.fullmatch(found.rule) for found in report.attributions)


def what_later_steps_assign_is_left_to_them(report: Report) -> None:
    for found in report.attributions:
        assert (found.speaker, found.commitment, found.said_at) == (None, None, None)


INVARIANTS: tuple[Callable[[Report], None], ...] = (
    spans_stand_in_the_text,
    content_is_words,
    attributions_are_in_order_of_content,
    no_attribution_stands_twice,
    form_is_what_the_marks_say,
    nested_in_holds_the_cue,
    nesting_ends,
    confidence_is_a_share,
    rule_is_construction_and_lemma,
    what_later_steps_assign_is_left_to_them,
)
spans_and_order = (spans_stand_in_the_text, content_is_words, attributions_are_in_order_of_content, nesting_ends)


def check(report: Report, invariants: Sequence[Callable[[Report], None]] = INVARIANTS) -> None:
    """Holds `report` against the invariants."""
    for invariant in invariants:
        invariant(report)
