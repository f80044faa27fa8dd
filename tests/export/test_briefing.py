"""The briefing: what it groups, what it cites, what it leaves out."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from onrecord.errors import UsageError
from onrecord.export import desk
from onrecord.export.briefing import export_briefing, make_briefing
from onrecord.export.rendering import to_json, to_markdown, to_text
from onrecord.ledger.store import Query
from onrecord.model import Copy, Page, make_id
from onrecord.stores.memory import MemoryStore
from tests.effort import assert_linear
from tests.export.hand import Said, add_report, link, make_story, supersede

COUNT = "Health officials counted at least 40 patients by noon, Mayor Ida Falk said."
COUNTED = "Health officials counted at least 40 patients by noon"
AGREED = "Sanna Hospital confirmed that 40 patients were there."
DENIED = "Otto Brand denied that any patients were there."
LATER = "Mayor Ida Falk said that 57 patients were in hospital."


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def file_story(store: MemoryStore) -> list[Page]:
    """A figure, who confirms it, who denies it, who prints it again, and how it moves."""
    pages = [
        add_report(
            store, COUNT, Said("Mayor Ida Falk", "said", COUNTED, "Ida Falk",
                               figures=(("at least 40", "patients"),)),
        ),
        add_report(
            store, AGREED, Said("Sanna Hospital", "confirmed", "that 40 patients were there", "Sanna Hospital",
                                stance="confirms", figures=(("40", "patients"),)),
            outlet="Wire", published="2025-03-04",
        ),
        add_report(
            store, DENIED, Said("Otto Brand", "denied", "that any patients were there", "Otto Brand", stance="denies"),
            outlet="Post", published="2025-03-05",
        ),
        add_report(
            store, COUNT + " More follows.",
            Said("Mayor Ida Falk", "said", COUNTED, "Ida Falk", figures=(("at least 40", "patients"),)),
            outlet="Gazette", published="2025-03-05",
        ),
        add_report(
            store, LATER, Said("Mayor Ida Falk", "said", "that 57 patients were in hospital", "Ida Falk",
                               figures=(("57", "patients"),)),
            outlet="Daily", published="2025-03-06",
        ),
    ]  # fmt: skip
    first, agreed, denied, again, later = (page.statements[0].id for page in pages)
    store.put_links(
        [
            link(agreed, "confirms", first),
            link(denied, "denies", agreed),
            link(again, "repeats", first),
            link(later, "updates", first),
        ]
    )
    store.put_copies([Copy(make_id("c", "x"), pages[0].report.id, pages[3].report.id, 0.95, ())])
    store.put_stories([make_story("Dozens in hospital", pages)])
    return pages


def test_an_empty_record_has_an_empty_briefing(store: MemoryStore) -> None:
    text = to_markdown(make_briefing(store))
    assert "Nothing on the record yet" in text
    assert "0 reports, 0 outlets" in text


def test_answers_stand_below_what_they_answer(store: MemoryStore) -> None:
    file_story(store)
    lines = to_markdown(make_briefing(store)).splitlines()
    at = lines.index("## Where it stands")
    assert lines[at + 1 : at + 5] == [
        f"- **Ida Falk** said (reported 3 Mar 2025): {COUNTED} [1]; also in Gazette, 5 Mar 2025 (the same text) [2]",
        "  - confirmed by **Sanna Hospital** (reported 4 Mar 2025): 40 patients were there [3]",
        "    - but **Otto Brand** denied that any patients were there (reported 5 Mar 2025) [4]",
        "  - later, **Ida Falk** said (reported 6 Mar 2025): 57 patients were in hospital [5]",
    ]


def test_every_sentence_ends_in_a_citation_that_opens_a_statement(store: MemoryStore) -> None:
    file_story(store)
    briefing = make_briefing(store)
    text = to_markdown(briefing)
    notes = dict(re.findall(r"^- \[(\d+)\] .*`onrecord show (s-[0-9a-f]{8})`$", text, re.MULTILINE))
    bullets = [line for line in text.split("---")[0].splitlines() if line.lstrip().startswith("- ")]
    assert bullets
    for line in bullets:
        assert (number := re.search(r"\[(\d+)\]$", line))
        assert len(store.find(notes[number.group(1)])) == 1


def test_the_table_keeps_hedges_and_leaves_repetitions_out(store: MemoryStore) -> None:
    file_story(store)
    rows = [line for line in to_markdown(make_briefing(store)).splitlines() if line.startswith("| ")]
    assert rows == [
        "| date | whose | figure | of what, where | as of | words |",
        "| 3 Mar 2025 | **Ida Falk** | at least 40 | patients |  | [1] |",
        "| 4 Mar 2025 | **Sanna Hospital** | 40 | patients |  | [3] |",
        "| 6 Mar 2025 | **Ida Falk** | 57 | patients |  | [5] |",
    ]


def test_a_figure_that_moved_is_shown_with_both_its_values(store: MemoryStore) -> None:
    file_story(store)
    text = to_text(make_briefing(store))
    assert "- patients: at least 40, Ida Falk, 3 Mar 2025 [1] → 57, Ida Falk, 6 Mar 2025 [5]" in text


def test_the_header_says_what_the_briefing_is_not(store: MemoryStore) -> None:
    file_story(store)
    text = to_markdown(make_briefing(store))
    assert text.startswith("# Dozens in hospital\n")
    assert "On the record as of 6 Mar 2025 · 5 reports, 5 outlets · this says who says what, not what is true" in text


def test_the_title_says_whose_headline_it_is(store: MemoryStore) -> None:
    page = add_report(store, COUNT, Said("Mayor Ida Falk", "said", COUNTED, "Ida Falk"), title="Dozens in hospital")
    store.put_stories([make_story("Dozens in hospital", [page])])
    text = to_text(make_briefing(store))
    assert text.startswith("Dozens in hospital\n")
    assert " · headline: City Herald, 3 Mar 2025 · " in text


def test_as_of_knows_nothing_later(store: MemoryStore) -> None:
    file_story(store)
    text = to_markdown(make_briefing(store, Query(as_of="2025-03-04")))
    assert "as of 4 Mar 2025 · 2 reports" in text
    assert "57" not in text
    assert "Otto Brand" not in text


def test_a_corrected_article_speaks_in_its_newest_version_and_shows_the_move(store: MemoryStore) -> None:
    old = add_report(store, LATER, Said("Mayor Ida Falk", "said", "that 57 patients were in hospital", "Ida Falk",
                                        figures=(("57", "patients"),)))  # fmt: skip
    text = LATER.replace("57", "54")
    new = add_report(store, text, Said("Mayor Ida Falk", "said", "that 54 patients were in hospital", "Ida Falk",
                                       figures=(("54", "patients"),)), published="2025-03-04")  # fmt: skip
    supersede(store, new, old)
    store.put_links([link(new.statements[0].id, "updates", old.statements[0].id)])
    shown = to_text(make_briefing(store))
    before_moved, moved = shown.split("MOVED")
    assert "57" not in before_moved
    assert "57, Ida Falk, 3 Mar 2025 (in an earlier version of the report)" in moved


def test_an_edit_shows_the_move_also_where_no_link_was_drawn(store: MemoryStore) -> None:
    old = add_report(store, LATER, Said("Mayor Ida Falk", "said", "that 57 patients were in hospital", "Ida Falk",
                                        figures=(("57", "patients"),)))  # fmt: skip
    new = add_report(store, LATER.replace("57", "54"),
                     Said("Mayor Ida Falk", "said", "that 54 patients were in hospital", "Ida Falk",
                          figures=(("54", "patients"),)))  # fmt: skip
    supersede(store, new, old)
    shown = to_text(make_briefing(store))
    assert "patients: 57, Ida Falk, 3 Mar 2025 (in an earlier version of the report) [" in shown
    assert "→ 54, Ida Falk, 3 Mar 2025 [" in shown


def test_people_who_are_counted_for_different_reasons_are_no_move(store: MemoryStore) -> None:
    first = add_report(
        store,
        "Ida Falk said 40 people were treated.",
        Said("Ida Falk", "said", "40 people were treated", "Ida Falk", figures=(("40", "people"),)),
    )
    then = add_report(store, "Ida Falk said 900 people were out of their homes.",
                      Said("Ida Falk", "said", "900 people were out of their homes", "Ida Falk",
                           figures=(("900", "people"),)), published="2025-03-04")  # fmt: skip
    store.put_links([link(then.statements[0].id, "updates", first.statements[0].id)])
    assert "MOVED" not in to_text(make_briefing(store))


def test_a_date_that_has_passed_was_due(store: MemoryStore) -> None:
    add_report(store, "Ida Falk said the bridge would open by March 10.",
               Said("Ida Falk", "said", "the bridge would open by March 10", "Ida Falk",
                    times=(("March 10", "2025-03-10"),)))  # fmt: skip
    assert ", due 10 Mar 2025 [1]" in to_text(make_briefing(store))
    add_report(store, "Otto Brand said nothing had changed.",
               Said("Otto Brand", "said", "nothing had changed", "Otto Brand"), published="2025-03-20")  # fmt: skip
    assert ", was due 10 Mar 2025 [" in to_text(make_briefing(store))


def test_what_is_open_has_its_due_date(store: MemoryStore) -> None:
    add_report(
        store,
        "Otto Brand promised to mend the gate by May 4. Ida Falk has not said who will pay for it.",
        Said("Otto Brand", "promised", "to mend the gate by May 4", "Otto Brand", stance="promises",
             times=(("May 4", "2025-05-04"),)),
        Said("Ida Falk", "has not said", "who will pay for it", "Ida Falk", stance="undisclosed", certainty="U"),
    )  # fmt: skip
    text = to_text(make_briefing(store))
    assert "- Promise: Otto Brand promised to mend the gate by May 4 (reported 3 Mar 2025), due 4 May 2025 [1]" in text
    assert "- Not said: Ida Falk did not say who will pay for it (reported 3 Mar 2025) [2]" in text


def test_sources_without_a_name_stand_apart_in_their_own_words(store: MemoryStore) -> None:
    add_report(store, "Two engineers said the pump was old.", Said("Two engineers", "said", "the pump was old"))
    text = to_text(make_briefing(store))
    assert "NOT ATTRIBUTED BY NAME\n- Two engineers said (reported 3 Mar 2025): the pump was old [1]" in text


def test_what_is_not_sure_enough_is_counted_and_not_told(store: MemoryStore) -> None:
    add_report(store, COUNT, Said("Mayor Ida Falk", "said", "at least 40 patients", "Ida Falk", confidence=0.2))
    text = to_text(make_briefing(store))
    assert "Ida Falk" not in text
    assert "1 statement is on the record and not told here" in text


def test_an_answer_that_is_nearly_sure_enough_is_told_as_less_sure(store: MemoryStore) -> None:
    first = add_report(store, COUNT, Said("Mayor Ida Falk", "said", COUNTED, "Ida Falk"))
    answer = add_report(store, "Sanna Hospital seconded those figures.",
                        Said("Sanna Hospital", "seconded", "those figures", "Sanna Hospital", stance="confirms",
                             confidence=0.5), published="2025-03-04")  # fmt: skip
    assert "seconded" not in to_text(make_briefing(store)).partition("\n[1]")[0]
    store.put_links([link(answer.statements[0].id, "confirms", first.statements[0].id)])
    text = to_text(make_briefing(store))
    assert "  - confirmed by Sanna Hospital (reported 4 Mar 2025; less sure): those figures [2]" in text
    assert "not told here" not in text


def test_a_line_that_fails_is_left_out_with_what_stands_below_it(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = file_story(store)
    head = pages[0].statements[0].id
    monkeypatch.setattr(
        "onrecord.export.briefing_verify.Verifier.fault",
        lambda _, clause: "made to fail" if clause.statement.id == head else None,
    )
    briefing = make_briefing(store)
    below = "the line above it was stopped"
    assert [(s.statement, s.reason) for s in briefing.stopped] == [
        (head, "made to fail"),
        *((pages[at].statements[0].id, below) for at in (1, 2, 4)),
    ]
    assert "Where it stands" not in to_markdown(briefing)


def test_nothing_from_a_report_becomes_markup(store: MemoryStore) -> None:
    nasty = "Ida Falk said <b>all</b> *is* | [well](x) \x1b[31m `now`."
    add_report(store, nasty, Said("Ida Falk", "said", nasty[14:-1], "Ida Falk"), outlet="A|B")
    text = to_markdown(make_briefing(store))
    assert r"\<b\>all\</b\> \*is\* \| \[well\](x)" in text
    assert "\x1b" not in text
    assert r"A\|B" in text


def test_json_holds_the_same_lines_and_opens_them(store: MemoryStore) -> None:
    file_story(store)
    briefing = make_briefing(store)
    found = json.loads(to_json(briefing))
    texts = [clause["text"] for section in found["sections"] for line in section["lines"] for clause in line["clauses"]]
    assert "Ida Falk said (reported 3 Mar 2025): Health officials counted at least 40 patients by noon" in texts
    assert [note["number"] for note in found["notes"]] == [1, 2, 3, 4, 5]


def test_the_same_record_gives_the_same_briefing(store: MemoryStore) -> None:
    file_story(store)
    assert to_json(make_briefing(store)) == to_json(make_briefing(store))


def test_a_long_list_says_how_many_it_left_out(store: MemoryStore) -> None:
    for k in range(30):
        text = f"Ida Falk said pump {k} was dry."
        add_report(store, text, Said("Ida Falk", "said", text[14:-1], "Ida Falk"), outlet=f"Outlet {k}")
    text = to_text(make_briefing(store))
    assert "18 more: `onrecord statements`" in text
    assert "Everything on the record" in text


def test_an_unknown_format_is_a_usage_error(store: MemoryStore) -> None:
    with pytest.raises(UsageError, match="one of md, text, json"):
        export_briefing(store, print, "rtf")


def test_links_in_a_circle_do_no_harm(store: MemoryStore) -> None:
    pages = file_story(store)
    first, agreed = pages[0].statements[0].id, pages[1].statements[0].id
    store.put_links([link(first, "confirms", agreed)])
    assert "Where it stands" in to_markdown(make_briefing(store))


def test_a_measure_of_nothing_is_no_row(store: MemoryStore) -> None:
    page = add_report(store, "Ida Falk said it took 6 months and 5 dollars.",
                      Said("Ida Falk", "said", "it took 6 months and 5 dollars", "Ida Falk",
                           figures=(("6 months", ""), ("5 dollars", ""))))  # fmt: skip
    units = {"6 months": "month", "5 dollars": "USD"}
    figures = tuple(replace(f, amount=replace(f.amount, unit=units[f.text])) for f in page.report.figures)
    other = MemoryStore()
    other.add(replace(page, report=replace(page.report, figures=figures)))
    rows = to_text(make_briefing(other)).partition("FIGURES\n")[2].partition("\n\n")[0]
    assert "5 dollars" in rows
    assert "6 months" not in rows


def test_outlets_may_set_the_same_words_in_marks_of_their_own(store: MemoryStore) -> None:
    said = Said("Ida Falk", "said", "“We’re dry tonight,”", "Ida Falk", form="direct")
    add_report(store, "“We’re dry tonight,” Ida Falk said.", said)
    straight = replace(said, words='"We\'re dry tonight,"')
    add_report(store, f"{straight.words} Ida Falk said.", straight, outlet="Post", published="2025-03-04")
    assert "[1]; also in Post, 4 Mar 2025 [2]" in to_text(make_briefing(store))


def test_a_large_record_is_linear_work() -> None:
    def many(number: int) -> MemoryStore:
        store, links = MemoryStore(), []
        first = add_report(store, "Ida Falk said gate 0 broke.", Said("Ida Falk", "said", "gate 0 broke", "Ida Falk"))
        for k in range(1, number):
            said = Said("Ida Falk", "said", f"gate {k} broke", "Ida Falk")
            page = add_report(store, f"Ida Falk said gate {k} broke.", said, outlet=f"Outlet {k % 40}")
            links.append(link(page.statements[0].id, "updates", first.statements[0].id))
        store.put_links(links)
        return store

    def told(store: MemoryStore) -> None:
        assert "Where it stands" in to_markdown(make_briefing(store))

    assert_linear(told, many, 150)


def test_links_looked_up_one_by_one_give_the_same_briefing(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    file_story(store)
    singly = make_briefing(store)
    asked: list[str | None] = []
    links = store.links
    monkeypatch.setattr(store, "links", lambda identity=None: asked.append(identity) or links(identity))
    assert make_briefing(store) == singly
    assert None not in asked
    monkeypatch.setattr(desk, "ONE_BY_ONE", 0)
    assert make_briefing(store) == singly
    assert None in asked
