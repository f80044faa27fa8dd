"""The codec of the record format: one spelling a record, nothing lost either way, every fault named."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import RecordError
from onrecord.ledger.lines import TYPES, canonical, decode, encode, line_of, parse_line, record_of
from onrecord.model import (
    Amount,
    Anchor,
    Claim,
    Commitment,
    Copy,
    Correction,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Figure,
    FigureCorrection,
    Judgement,
    Link,
    Mention,
    Origin,
    PartConfidence,
    Reason,
    Report,
    Role,
    Section,
    SectionKind,
    Span,
    Speaker,
    Statement,
    Story,
    TimeExpression,
    TimeValue,
)

CONTENT = Evidence("r-1", (Span(0, 3), Span(5, 9)), "the dam")
STATEMENT = Statement(
    id="s-1",
    report_id="r-1",
    content=CONTENT,
    cue=Evidence("r-1", (Span(10, 14),), "said"),
    source=Evidence("r-1", (Span(15, 18),), "Ida"),
    speaker=Speaker("e-1", ("e-2",), role="mayor", affiliation="Lund", ambiguous=True, method="name", confidence=0.75),
    form="direct",
    commitment=Commitment("warns", "PS+", (Span(20, 24),), "belief", (0.2, 0.45)),
    condition=Evidence("r-1", (Span(20, 24),), "if…"),
    said_at="2031-04",
    venue="Lund",
    addressee="the council",
    nested_in="s-2",
    continues="s-3",
    refers_to="s-4",
    figures=("f-1",),
    claim="c-1",
    origin="o-1",
    confidence=0.25,
    part_confidence=PartConfidence(source=0.9, cue=0.8, content=0.75),
    plain=True,
    flags=("ambiguous-speaker",),
    review="confirmed",
    rule="content-source-cue",
)
RECORDS = {
    "report": Report(
        id="r-1",
        text="A line.\u2028And\x85more\n",
        sha256="ab" * 32,
        uri="made:1",
        outlet="The Aurelian",
        title="A “line”",
        authors=("Ida Berg",),
        dateline="LUND",
        published="2031-05-02",
        retrieved="2031-05-03T10:00:00Z",
        language="sv",
        supersedes="r-0",
        flags=("truncated",),
        sections=(Section(Span(0, 7), SectionKind.HEADLINE), Section(Span(8, 17), SectionKind.BODY)),
    ),
    "entity": Entity(
        id="e-1",
        name="Åre",
        kind=EntityKind.PLACE,
        aliases=("Are", "Åre"),
        same_as=("geonames:1",),
        geo=(63.4, 13.08),
        country="SE",
        roles=(Role("seat"), Role("a", "b", "2031")),
    ),
    "mention": Mention(
        Span(3, 6), "Ida", "person", "name", Span(3, 6), Role("mayor"), True, "f", "e-1", True, 0.5, "m-1", "r-1"
    ),
    "time": TimeExpression(
        Span(0, 6), "Friday", "weekday", (), TimeValue("2031-05-02", "DATE", "APPROX", "2031-05-03"), "t-1", "r-1"
    ),
    "figure": Figure(
        span=Span(1, 4),
        text="2.5",
        amount=Amount(Decimal("2.5"), None, approximate=True, direction="up", unit="kilometre", per="day"),
        of="roads",
        of_span=Span(5, 10),
        where="e-1",
        as_of="2031",
        increment=True,
        forecast=True,
        planned=True,
        whose="e-1",
        whose_span=Span(0, 1),
        part_of="f-2",
        rule="number",
        id="f-1",
        report_id="r-1",
        statement="s-1",
        series="q-1",
    ),
    "statement": STATEMENT,
    "event": Event(
        span=Span(2, 5),
        text="hit",
        predicate="hit",
        type="ASSAULT",
        mode="aerial",
        actor_span=Span(0, 1),
        target_span=Span(6, 9),
        actor="e-1",
        target="e-2",
        place="e-3",
        time="2031-05",
        certainty="PS+",
        realis="possible",
        rule="active:hit",
        confidence=0.75,
        id="ev-1",
        report_id="r-1",
        statement="s-1",
    ),
    "claim": Claim("c-1", "the dam", ("s-1", "s-2"), "disputed", 2, "2031-05-02", "2031-05-03", ("s-3",)),
    "origin": Origin("o-1", "interview", "e-1", "2031-05-02", "e-3", ("s-1", "s-2"), ("r-1", "r-2")),
    "link": Link(
        "l-1", "s-1", "s-2", "denies", (Reason("same-matter", "both are about the dam", (CONTENT,)),), 0.75, "rejected"
    ),
    "story": Story("st-1", "The dam", ("r-1", "r-2"), "2031-05-02", None),
    "copy": Copy("y-1", "r-1", "r-2", 0.85, ((Span(0, 3), Span(2, 5)),)),
    "judgement": Judgement(
        id="j-1",
        verdict="correct",
        about=("s-1",),
        author="Ida Berg",
        when="2031-05-04T10:00:00+02:00",
        note="see the note\u2028below",
        correction=Correction(
            source=Evidence("r-1", (), ""),
            cue=Evidence("r-1", (Span(10, 14),), "said"),
            content=CONTENT,
            speaker="e-1",
            name="Ida",
            stance="denies",
            figures=(FigureCorrection(Evidence("r-1", (Span(1, 4),), "2.5"), Decimal("2.5"), None),),
        ),
        name="Ida of Lund",
        anchors=(Anchor("s-1", "r-1", "ab" * 32, "made:1", CONTENT, "said", "Ida", "before ", " after"),),
        number=2,
        previous="ab" * 32,
        hash="cd" * 32,
    ),
}
SPARE: dict[str, dict[str, Any]] = {  # the least that a line of each type may hold
    "report": {"text": "", "sha256": "ab"},
    "entity": {"name": "Ida", "kind": "person"},
    "mention": {"report": "r-1", "span": [0, 1], "text": "I", "form": "name"},
    "time": {"report": "r-1", "span": [0, 1], "text": "I"},
    "figure": {"report": "r-1", "span": [0, 1], "text": "1"},
    "statement": {"report": "r-1", "content": {"spans": [[0, 1]], "text": "I"}, "form": "direct", "stance": "asserts"},
    "event": {"report": "r-1", "span": [0, 1], "text": "I"},
    "claim": {"text": "the dam", "statements": ["s-1"], "status": "denied", "independent_origins": 1},
    "origin": {"kind": "unknown"},
    "link": {"from": "s-1", "to": "s-2", "kind": "denies"},
    "story": {},
    "copy": {"from": "r-1", "to": "r-2"},
    "judgement": {"verdict": "undo", "author": "Ida", "when": "2031", "number": 1, "previous": "", "hash": "ab"},
}


def test_every_type_has_its_record() -> None:
    assert tuple(RECORDS) == tuple(SPARE) == TYPES


@pytest.mark.parametrize("kind", TYPES)
def test_every_field_is_tried(kind: str) -> None:
    """A field added to a record is lost unless the codec learns it."""
    working = {"mentions", "times", "figures", "events", "sentences", "quotations", "attributions", "entities", "parts"}
    record = RECORDS[kind]
    for part in fields(record):
        if part.name not in working and part.default is not MISSING:
            assert getattr(record, part.name) != part.default or kind == "story", part.name


@pytest.mark.parametrize("kind", TYPES)
def test_every_field_is_documented(kind: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "record-format.md").read_text("utf-8")
    part = page.partition(f"### {kind}\n")[2].partition("\n#")[0]
    line = line_of(RECORDS[kind])
    inner = line["source"] if kind == "statement" else {}
    missing = [name for name in {**line, **inner} if f"`{name}`" not in part and f'"{name}"' not in part]
    assert set(missing) <= {"type", "id"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_record_comes_back_from_its_line(kind: str) -> None:
    line = encode(RECORDS[kind])
    assert decode(line) == RECORDS[kind]
    assert encode(decode(line)) == line
    assert list(json.loads(line))[:2] == ["type", "id"]
    assert json.loads(line)["type"] == kind


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_not_known_may_be_absent(kind: str) -> None:
    record = record_of({"type": kind, "id": "x-1"} | SPARE[kind])
    assert decode(encode(record)) == record


@pytest.mark.parametrize("kind", TYPES)
def test_unknown_fields_are_left_aside(kind: str) -> None:
    assert record_of(line_of(RECORDS[kind]) | {"colour": "red"}) == RECORDS[kind]


@pytest.mark.parametrize("kind", TYPES)
def test_a_line_is_one_line_for_every_reader(kind: str) -> None:
    line = encode(RECORDS[kind])
    assert len(line.splitlines()) == 1
    assert json.loads(line) == json.loads(json.dumps(json.loads(line)))


def test_fields_stand_in_the_order_of_the_format() -> None:
    assert encode(Story("st-1", "The dam", ("r-1",), "2031", "2032")) == (
        '{"type":"story","id":"st-1","title":"The dam","reports":["r-1"],"first":"2031","last":"2032"}'
    )


def test_an_extension_that_says_nothing_is_left_out() -> None:
    bare = record_of({"type": "mention", "id": "m-1"} | SPARE["mention"])
    assert list(line_of(bare)) == ["type", "id", "report", "entity", "span", "text", "form", "metonym"]


def test_a_statement_without_a_source_keeps_its_speaker() -> None:
    unsaid = replace(STATEMENT, source=None, cue=None, condition=None, commitment=Commitment("asserts"))
    line = line_of(unsaid)
    assert line["source"]["spans"] == []
    assert line["source"]["text"] == ""
    assert line["source"]["entity"] == "e-1"
    assert line["cue"] is None
    assert decode(encode(unsaid)) == unsaid


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("3000", "3000"),
        ("3E+3", "3000"),
        ("2.50", "2.5"),
        ("-0.0", "0"),
        ("0.1", "0.1"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
        ("1E-7", "1e-07"),
    ],
)
def test_amounts_keep_their_digits(number: str, written: str) -> None:
    figure = replace(RECORDS["figure"], amount=Amount(Decimal(number), None))  # type: ignore[type-var]
    assert f'"low":{written},' in encode(figure)
    back = decode(encode(figure))
    assert isinstance(back, Figure)
    assert back.amount.low == Decimal(number)
    assert encode(back) == encode(figure)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+400", "1E-400"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(RecordError, match="no number"):
        encode(replace(RECORDS["figure"], amount=Amount(Decimal(number), None)))  # type: ignore[type-var]


def test_scores_have_four_places() -> None:
    assert line_of(replace(STATEMENT, confidence=1 / 3))["confidence"] == 0.3333
    assert line_of(replace(STATEMENT, confidence=1))["confidence"] == 1.0


@pytest.mark.parametrize("score", [1.5, -0.1, float("nan")])
def test_a_score_outside_of_0_to_1_is_refused(score: float) -> None:
    with pytest.raises(RecordError, match="no score"):
        encode(replace(STATEMENT, confidence=score))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(RecordError, match="story st-1: cannot be written"):
        encode(replace(RECORDS["story"], title="\ud800"))  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("report", {"text": None}, "report x-1: 'text' is missing; it takes a string"),
        ("report", {"authors": "Ida"}, "'authors' holds 'Ida'; it takes a list"),
        ("report", {"authors": ["Ida", 1]}, "a list of strings"),
        ("report", {"sections": [{"kind": "footer", "span": [0, 0]}]}, "report x-1, sections: 'kind' holds 'footer'"),
        ("report", {"sections": [1]}, "an object"),
        ("entity", {"kind": "robot"}, "person, organization, country, place, group"),
        ("entity", {"geo": [1]}, "two numbers or null"),
        ("entity", {"geo": [1, True]}, "two numbers or null"),
        ("mention", {"span": [3, 1]}, r"span \[3, 1\) runs backwards"),
        ("mention", {"span": [0, 1.5]}, "code points"),
        ("mention", {"span": [-1, 1]}, "before 0"),
        ("mention", {"metonym": "yes"}, "true or false"),
        ("mention", {"confidence": 2}, "a number from 0 to 1"),
        ("mention", {"form": ""}, "not empty"),
        ("time", {"value": "2031"}, "'timex_type' is missing"),
        ("figure", {"low": "many"}, "a number or null"),
        ("figure", {"low": True}, "a number or null"),
        ("statement", {"content": None}, "'content' is missing; it takes spans and their text"),
        ("statement", {"content": {"spans": [], "text": ""}}, "'content' holds"),
        ("statement", {"content": {"spans": [[4, 6], [0, 2]], "text": "x"}}, "statement x-1, content: 'spans' holds"),
        ("statement", {"source": []}, "an object"),
        ("statement", {"stance": None}, "'stance' is missing"),
        ("link", {"to": 5}, "a string or null"),
        ("copy", {"spans": [[[0, 1]]]}, "pairs of"),
        ("copy", {"spans": [1]}, "pairs of"),
        ("judgement", {"number": 0}, "1 or more"),
        ("judgement", {"correction": []}, "an object"),
        ("judgement", {"anchors": [{"statement": "s-1", "report": "r-1", "sha256": "ab"}]}, "'content' is missing"),
    ],
)
def test_what_is_off_is_named(kind: str, change: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        record_of({"type": kind, "id": "x-1"} | SPARE[kind] | change)


@pytest.mark.parametrize("line", [{}, {"type": "song", "id": "x"}, {"type": ["report"], "id": "x"}, {"type": None}])
def test_a_type_nobody_knows_is_named(line: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="is none of report, entity"):
        record_of(line)


@pytest.mark.parametrize("identity", [None, "", 5])
def test_a_line_needs_an_id(identity: object) -> None:
    with pytest.raises(RecordError, match="'id'"):
        record_of({"type": "story", "id": identity})


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"a":NaN}', "[" * 100_000, '{"a":' + "9" * 5000 + "}"])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        parse_line(text)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LIST = st.lists(TEXT, max_size=3).map(tuple)
SCORE = st.floats(0, 1)
SPAN = st.tuples(st.integers(0, 50), st.integers(0, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
MAYBE = st.none() | TEXT


@given(
    st.builds(
        Report,
        id=TEXT.filter(bool),
        text=TEXT,
        sha256=TEXT.filter(bool),
        uri=MAYBE,
        outlet=MAYBE,
        title=MAYBE,
        authors=LIST,
        language=MAYBE,
        flags=LIST,
        sections=st.lists(st.builds(Section, SPAN, st.sampled_from(SectionKind)), max_size=3).map(tuple),
    )
)
def test_any_report_comes_back(report: Report) -> None:
    line = encode(report)
    assert decode(line) == report
    assert len(line.splitlines()) == 1


@given(
    st.builds(
        Figure,
        span=SPAN,
        text=TEXT,
        amount=st.builds(
            Amount,
            low=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3),
            high=st.none()
            | st.decimals(allow_nan=False, allow_infinity=False).filter(lambda d: abs(d.adjusted()) < 300),
            approximate=st.booleans(),
            unit=MAYBE,
        ),
        of_span=st.none() | SPAN,
        id=TEXT.filter(bool),
        report_id=TEXT.filter(bool),
    )
)
def test_any_figure_comes_back(figure: Figure) -> None:
    assert decode(encode(figure)) == figure


@given(SCORE, SCORE)
def test_a_second_time_changes_no_digit(confidence: float, probability: float) -> None:
    statement = replace(
        STATEMENT, confidence=confidence, commitment=Commitment("warns", probability=(probability, 1.0))
    )
    line = canonical(line_of(replace(statement, condition=None)))
    assert encode(decode(line)) == line


def test_the_confidence_of_the_parts_is_left_out_where_there_is_none() -> None:
    assert line_of(STATEMENT)["part_confidence"] == {"source": 0.9, "cue": 0.8, "content": 0.75}
    assert "part_confidence" not in line_of(replace(STATEMENT, part_confidence=None))
