"""The scorer of relations across reports, on a record made by hand, and the set it is meant for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evals.relations.expectations import Outcome, false_contradictions, judge
from evals.relations.items import HERE, KINDS, load_items, wrong_with
from evals.relations.score import Scored, misses, summary, table
from evals.relations.told import New, Open, Told, tell

TEXTS = (
    "The dam holds, mayor Ida Lund said. Two men drowned, police said.",
    "The dam leaks, engineer Bo Falk said. She called it safe.",
)
STATEMENTS = {
    "a": {"report": 0, "who": "Ida Lund", "content": "The dam holds"},
    "b": {"report": 1, "who": "Bo Falk", "content": "The dam leaks"},
    "c": {"report": 0, "who": "police/officers", "content": "Two men drowned"},
}


def make_item(**parts: Any) -> dict[str, Any]:
    reports = [{"outlet": f"Paper {k}", "published": "2026-03-03", "text": text} for k, text in enumerate(TEXTS)]
    return {"id": "dam", "kinds": ["independent"], "note": "", "reports": reports, "statements": STATEMENTS, **parts}


def statement(name: str, source: str, *, entity: str | None = None, **more: Any) -> dict[str, Any]:
    """The line of one of the statements above, its words as the gold has them."""
    number, words = STATEMENTS[name]["report"], str(STATEMENTS[name]["content"])
    assert isinstance(number, int)
    start = TEXTS[number].index(words)
    content = {"spans": [[start, start + len(words)]], "text": words}
    source_line: dict[str, Any] = {"spans": [], "text": source, "entity": entity}
    return {"type": "statement", "id": name, "report": f"r{number}", "source": source_line, "content": content, **more}


@dataclass(frozen=True)
class HandViews:
    """What a test says the product derives; nothing by default."""

    independent: Mapping[frozenset[str], str] = field(default_factory=dict)
    changed: Collection[tuple[str, str | None, str]] | None = None
    carried: Collection[str] | None = None
    opened: Collection[Open] | None = None
    added: New | None = None

    def independence(self, a: str, b: str) -> str | None:
        return self.independent.get(frozenset((a, b)))

    def changes(self) -> Collection[tuple[str, str | None, str]] | None:
        return self.changed

    def stale(self) -> Collection[str] | None:
        return self.carried

    def open(self) -> Collection[Open] | None:
        return self.opened

    def new(self, report: str) -> New | None:
        return self.added if report == "r1" else None


def make_told(*lines: dict[str, Any], views: HandViews | None = None, known: bool = True) -> Told:
    """The record of the two reports; with `known`, its three statements and who said them."""
    there: list[dict[str, Any]] = [{"type": "report", "id": f"r{k}", "text": text} for k, text in enumerate(TEXTS)]
    if known:
        there += [statement("a", "mayor Ida Lund"), statement("b", "engineer Bo Falk"), statement("c", "police")]
    return Told(("r0", "r1"), [*there, *lines], views or HandViews())


def link(a: str, kind: str, b: str) -> dict[str, Any]:
    return {"type": "link", "id": f"{a}{kind}{b}", "from": a, "to": b, "kind": kind}


def only(told: Told, **parts: Any) -> Outcome:
    (outcome,) = judge(make_item(**parts), told)
    return outcome


# --- what a pointer means --------------------------------------------------------------------------------------------


def test_pointer_needs_words_and_speaker() -> None:
    assert make_told().find(STATEMENTS["a"]) == ("a",)
    assert make_told().find({**STATEMENTS["a"], "who": "Bo Falk"}) == ()
    assert make_told().find({**STATEMENTS["a"], "content": "holds, mayor Ida Lund said"}) == ()


def test_pointer_reads_the_resolved_name() -> None:
    ida = {"type": "entity", "id": "e1", "name": "Ida Lund", "aliases": ["Lund"]}
    told = make_told(ida, statement("a", "she", entity="e1"), known=False)
    assert told.find(STATEMENTS["a"]) == ("a",)
    assert told.find({**STATEMENTS["a"], "who": "Eva Lund"}) == ()


@pytest.mark.parametrize(("entity", "found"), [(None, ("a",)), ("e2", ())])
def test_open_pronoun_is_pointed_at_by_its_words_and_a_wrong_name_is_not(
    entity: str | None, found: tuple[str, ...]
) -> None:
    bo = {"type": "entity", "id": "e2", "name": "Bo Falk", "aliases": []}
    assert make_told(bo, statement("a", "She", entity=entity), known=False).find(STATEMENTS["a"]) == found


def test_description_is_met_word_by_word() -> None:
    assert make_told().find({**STATEMENTS["c"], "who": "officers/police"}) == ("c",)
    assert make_told().find({**STATEMENTS["c"], "who": "polic"}) == ()


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "wanted", "right"),
    [
        (("b", "denies", "a"), "denies", True),
        (("a", "denies", "b"), "denies", False),  # the later one denies
        (("a", "contradicts", "b"), "contradicts", True),  # no direction
        (("b", "updates", "a"), "denies", False),
        (("b", "contradicts", "a"), "denies/contradicts", True),
        (("b", "denies", "c"), "denies", False),
    ],
)
def test_link_is_right_by_kind_and_direction(drawn: tuple[str, str, str], wanted: str, right: bool) -> None:
    assert only(make_told(link(*drawn)), links=[{"from": "b", "to": "a", "kind": wanted}]).right is right


@pytest.mark.parametrize(
    ("kind", "drawn", "right"),
    [
        ("contradicts", None, True),
        ("contradicts", "updates", True),
        ("contradicts", "contradicts", False),
        (None, "updates", False),
        (None, None, True),
    ],
)
def test_pair_without_a_link(kind: str | None, drawn: str | None, right: bool) -> None:
    row = {"between": ["b", "a"]} | ({"kind": kind} if kind else {})
    outcome = only(make_told(*([link("a", drawn, "b")] if drawn else [])), not_linked=[row])
    assert (outcome.right, outcome.nothing) == (right, True)


def test_what_was_not_read_was_not_refused() -> None:
    outcome = only(make_told(known=False), not_linked=[{"between": ["a", "b"]}])
    assert not outcome.right
    assert "no statement holds" in outcome.why


def test_false_contradiction_is_named_and_a_good_one_is_not() -> None:
    told = make_told(link("b", "contradicts", "a"), link("c", "contradicts", "a"), link("c", "updates", "b"))
    item = make_item(allowed=[{"from": "b", "to": "a", "kind": "denies/contradicts"}])
    assert false_contradictions(item, told) == ["police: Two men drowned | mayor Ida Lund: The dam holds"]


# --- the other parts -------------------------------------------------------------------------------------------------

COPY = {"type": "copy", "id": "k", "from": "r0", "to": "r1", "share": 0.4}
STORY = {"type": "story", "id": "s", "reports": ["r0", "r1"]}
CLAIM = {"type": "claim", "id": "m", "independent_origins": 2}


@pytest.mark.parametrize(
    ("part", "row", "lines", "right"),
    [
        ("copies", {"from": 0, "to": 1}, [COPY], True),
        ("copies", {"from": 1, "to": 0}, [COPY], False),
        ("copies", {"from": 0, "to": 1}, [COPY | {"share": 0}], False),
        ("copies", {"from": 0, "to": 1}, [], False),
        ("not_copies", [0, 1], [COPY], False),
        ("not_copies", [1, 0], [COPY], False),
        ("not_copies", [0, 1], [COPY | {"share": 0}], True),
        ("stories", {"together": [0, 1]}, [STORY], True),
        ("stories", {"together": [0, 1]}, [], False),
        ("stories", {"apart": [0, 1]}, [STORY], False),
        ("stories", {"apart": [0, 1]}, [STORY | {"reports": ["r0"]}], True),
    ],
)
def test_copies_and_stories(part: str, row: Any, lines: list[dict[str, Any]], right: bool) -> None:
    assert only(make_told(*lines), **{part: [row]}).right is right


def test_origins_are_those_of_the_claim() -> None:
    told = make_told(CLAIM, statement("a", "Ida Lund", claim="m"), known=False)
    assert only(told, origins=[{"claim": "a", "independent_origins": 2}]).right
    assert only(told, origins=[{"claim": "a", "independent_origins": 1}]).why == "it has 2"
    assert not only(make_told(), origins=[{"claim": "a", "independent_origins": 2}]).right


def test_flags_there_and_not_there() -> None:
    told = make_told(statement("a", "Ida Lund", flags=["withdrawn"]), statement("b", "Bo Falk"), known=False)
    assert only(told, flags=[{"statement": "a", "flag": "withdrawn"}]).right
    assert not only(told, flags=[{"statement": "b", "flag": "withdrawn"}]).right
    assert not only(told, flags=[{"statement": "a", "flag": "withdrawn", "absent": True}]).right
    assert only(told, flags=[{"statement": "b", "flag": "withdrawn", "absent": True}]).right


@pytest.mark.parametrize("said", ["independent", "same origin", "unknown", None])
def test_independence_is_told_and_not_guessed(said: str | None) -> None:
    told = make_told(views=HandViews({frozenset("ab"): said} if said else {}))
    outcome = only(told, independence=[{"between": ["a", "b"], "is": "unknown"}])
    assert (outcome.right, outcome.nothing) == (said == "unknown", True)


@pytest.mark.parametrize(
    ("row", "changed", "right"),
    [
        ({"from": "a", "to": "b", "what": "hedge dropped"}, [("a", "b", "hedge dropped")], True),
        ({"from": "a", "to": "b", "what": "hedge dropped"}, [("a", "b", "figure moved")], False),
        ({"from": "a", "to": None, "what": "removed"}, [("a", None, "removed")], True),
        ({"from": "a", "to": "b", "what": "unchanged"}, [], True),
        ({"from": "a", "to": "b", "what": "unchanged"}, [("a", "b", "hedge dropped")], False),
        ({"from": "a", "to": "b", "what": "unchanged"}, None, False),
    ],
)
def test_changes(row: dict[str, Any], changed: list[tuple[str, str | None, str]] | None, right: bool) -> None:
    assert only(make_told(views=HandViews(changed=changed)), changes=[row]).right is right


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (Open("a", "promise", "2026-06-30", "b"), True),
        (Open("a", "promise", "2026-07-01", "b"), False),
        (Open("a", "promise", "2026-06-30"), False),
        (Open("a", "forecast", "2026-06-30", "b"), False),
        (Open("c", "promise", "2026-06-30", "b"), False),
    ],
)
def test_open_matter_has_its_kind_date_and_end(said: Open, right: bool) -> None:
    row = {"statement": "a", "what": "promise", "due": "2026-06", "closed_by": "b"}
    assert only(make_told(views=HandViews(opened=[said])), open=[row]).right is right


def test_plain_statement_leaves_nothing_open() -> None:
    row = {"statement": "c", "absent": True}
    assert only(make_told(views=HandViews(opened=[Open("a", "promise")])), open=[row]).right
    assert not only(make_told(views=HandViews(opened=[Open("c", "promise")])), open=[row]).right


def test_stale_copies_are_named() -> None:
    assert only(make_told(views=HandViews(carried=["b"])), stale=["b"]).right
    assert not only(make_told(views=HandViews(carried=["a"])), stale=["b"]).right


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ({"claim": "b"}, True),
        ({"claim": "b", "absent": True}, False),
        ({"speaker": "Bo Falk"}, True),
        ({"speaker": "Ida Lund", "absent": True}, True),
        ({"figure": "40 people"}, True),
        ({"figure": "400"}, False),
        ({"changed": "b"}, False),
        ({"nothing": True}, False),
    ],
)
def test_new(row: dict[str, Any], right: bool) -> None:
    told = make_told(views=HandViews(added=New(claims=["b"], speakers=["Bo Falk"], figures=["40"])))
    assert only(told, new=[{"report": 1, **row}]).right is right


def test_nothing_new_has_to_be_said() -> None:
    assert only(make_told(views=HandViews(added=New())), new=[{"report": 1, "nothing": True}]).right
    assert not only(make_told(), new=[{"report": 1, "nothing": True}]).right


# --- the figures -----------------------------------------------------------------------------------------------------


def test_summary_counts_drawn_and_not_drawn_apart() -> None:
    item = make_item(links=[{"from": "b", "to": "a", "kind": "denies"}], not_linked=[{"between": ["b", "c"]}])
    told = make_told(link("c", "contradicts", "a"))
    scored = [Scored(item, judge(item, told), false_contradictions(item, told))]
    figures = summary(scored)
    assert figures["all"] == {"drawn": 0, "of_drawn": 1, "nothing": 1, "of_nothing": 1}
    assert set(figures["kinds"]) == {"independent"}
    assert figures["items_right"] == 0
    assert figures["false_contradicts"] == ["dam: police: Two men drowned | mayor Ida Lund: The dam holds"]
    assert "50.0" in table(figures)
    assert misses(scored) == "dam\n  links: b denies a (no link)"


# --- the set ---------------------------------------------------------------------------------------------------------

ITEMS = load_items()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"links": [{"from": "a", "to": "z", "kind": "denies"}]}, "no statement 'z'"),
        ({"links": [{"from": "a", "to": "b", "kind": "refutes"}]}, "'refutes' is none of"),
        ({"copies": [{"from": 0, "to": 7}]}, "no report 7"),
        ({"kinds": ["rumour"]}, "no kind of item"),
        ({"links_": []}, "no part is called"),
        ({"statements": {"a": {"report": 0, "who": "x", "content": "not there"}}}, "do not stand once"),
        ({"new": [{"report": 0, "claims": "a"}]}, "'claims' is none of"),
        ({"open": [{"statement": "a", "what": "wish", "closed_by": None}]}, "'wish' is none of"),
    ],
)
def test_gold_that_points_at_nothing_is_an_error(parts: dict[str, Any], words: str) -> None:
    assert words in " ".join(wrong_with(make_item(**parts)))


def test_loading_names_the_item_that_is_off(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(make_item(kinds=["rumour"])), "utf-8")
    with pytest.raises(ValueError, match="dam: no kind"):
        load_items(path)


def test_set_is_as_the_guideline_says() -> None:
    assert len(ITEMS) == len({item["id"] for item in ITEMS}) == 60
    assert min(Counter(kind for item in ITEMS for kind in item["kinds"])[kind] for kind in KINDS) >= 5
    for item in ITEMS:
        assert 2 <= len(item["reports"]) <= 5
        for report in item["reports"]:
            date.fromisoformat(report["published"])
            assert 40 <= len(report["text"].split()) <= 180, item["id"]


@pytest.mark.parametrize("name", ["unseen.jsonl", "held_out.jsonl"])
def test_other_sets_hold(name: str) -> None:
    items = load_items(HERE / name)
    assert len(items) == len({item["id"] for item in items} - {item["id"] for item in ITEMS})
    for item in items:
        assert 2 <= len(item["reports"]) <= 4, item["id"]
        assert item["links"], item["id"]
        for report in item["reports"]:
            date.fromisoformat(report["published"])


def test_the_held_out_set_is_as_its_section_says() -> None:
    items = load_items(HERE / "held_out.jsonl")
    assert len(items) == 20
    assert all(120 <= len(report["text"].split()) <= 300 for item in items for report in item["reports"])


def test_a_third_of_the_set_is_that_nothing_be_drawn() -> None:
    outcomes = [outcome for item in ITEMS for outcome in judge(item, tell_nothing(item))]
    assert 1 / 3 <= sum(outcome.nothing for outcome in outcomes) / len(outcomes) <= 2 / 3
    assert {o.part for o in outcomes if o.right} <= {"not_copies", "stories"}  # an empty record earns next to nothing


def tell_nothing(item: Mapping[str, Any]) -> Told:
    reports = [{"type": "report", "id": f"r{k}", "text": r["text"]} for k, r in enumerate(item["reports"])]
    return Told([str(r["id"]) for r in reports], reports, HandViews())


def test_item_is_read_by_the_product() -> None:
    item = next(item for item in ITEMS if item["id"] == "typo-fixed")
    told = tell(item, "fast")
    assert told.find(item["statements"]["a"])
    assert next(o for o in judge(item, told) if o.part == "supersedes").right
