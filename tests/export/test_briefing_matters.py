"""What belongs to one matter is told in one place; what is said again, on one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.export.briefing import make_briefing
from onrecord.export.rendering import to_text
from onrecord.model import Section, SectionKind, Span
from onrecord.stores.memory import MemoryStore
from tests.export.hand import Said, add_report, link, make_story

FLOOD = "Ida Falk said the lower gate broke on Monday."
BROKE = Said("Ida Falk", "said", "the lower gate broke on Monday", "Ida Falk")
CITED = Said("engineers in Lund", "found", "that the gate broke", "Lund Water", confidence=0.2)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def standing(store: MemoryStore) -> list[str]:
    return to_text(make_briefing(store)).partition("WHERE IT STANDS\n")[2].partition("\n\n")[0].splitlines()


def test_statements_about_one_that_is_not_told_stand_together(store: MemoryStore) -> None:
    first = add_report(store, FLOOD, BROKE).statements[0]
    hidden = add_report(store, "It was what engineers in Lund found, that the gate broke.", CITED, outlet="Wire")
    second = add_report(
        store,
        "Otto Brand confirmed that the lower gate broke.",
        Said("Otto Brand", "confirmed", "that the lower gate broke", "Otto Brand", stance="confirms"),
        outlet="Post",
        published="2025-03-04",
    ).statements[0]
    store.put_links([link(x.id, "confirms", hidden.statements[0].id) for x in (first, second)])
    assert standing(store) == [
        "- Ida Falk said (reported 3 Mar 2025): the lower gate broke on Monday [1]",
        "  - on the same matter, Otto Brand confirmed that the lower gate broke (reported 4 Mar 2025) [2]",
    ]


def test_what_a_link_ties_in_other_words_or_in_another_story_stands_apart(store: MemoryStore) -> None:
    pages = []
    for at, words in enumerate(("the lower gate broke on Monday", "rats came to the school", "the lower gate broke")):
        said = Said("Ida Falk", "said", words, "Ida Falk")
        pages.append(add_report(store, f"Ida Falk said {words}.", said, outlet=f"Outlet {at}"))
        denial = Said("Otto Brand", "denied", f"it {at} times", "Otto Brand", stance="denies")
        answer = add_report(store, f"Otto Brand denied it {at} times.", denial, outlet=f"Post {at}")
        store.put_links([link(answer.statements[0].id, "denies", pages[-1].statements[0].id)])
    hidden = add_report(store, "It was what engineers in Lund found, that the gate broke.", CITED, outlet="Wire")
    store.put_links([link(page.statements[0].id, "part_of", hidden.statements[0].id) for page in pages])
    assert sum("on the same matter" in line for line in standing(store)) == 1
    store.put_stories([make_story("Gate", pages[:2]), make_story("School", pages[2:])])
    assert sum("on the same matter" in line for line in standing(store)) == 0


def test_a_source_told_by_two_others_is_not_one_voice(store: MemoryStore) -> None:
    for outlet, teller in (("Wire", "Otto Brand"), ("Post", "Sanna Berg"), ("Mail", "Sanna Berg")):
        text = f"{teller} said Ida Falk said the lower gate broke."
        add_report(store, text, Said(teller, "said", text.partition(" said ")[2][:-1], teller),
                   replace(BROKE, words="the lower gate broke", inside=0), outlet=outlet)  # fmt: skip
    text = to_text(make_briefing(store))
    assert text.count("also in ") == 1
    assert make_briefing(store).stopped == ()


def test_answered_statements_of_one_source_in_like_words_are_one_matter(store: MemoryStore) -> None:
    links = []
    for at, words in enumerate(("the lower gate broke on Monday", "the lower gate broke", "rats came to the school")):
        said = add_report(store, f"Ida Falk said {words}.", Said("Ida Falk", "said", words, "Ida Falk"),
                          outlet=f"Outlet {at}", published=f"2025-03-0{at + 3}").statements[0]  # fmt: skip
        answer = add_report(store, f"Otto Brand denied it {at} times.",
                            Said("Otto Brand", "denied", f"it {at} times", "Otto Brand", stance="denies"),
                            outlet=f"Post {at}", published="2025-03-09").statements[0]  # fmt: skip
        links.append(link(answer.id, "denies", said.id))
    store.put_links(links)
    starts = [line[:30] for line in standing(store)]
    assert starts == [
        "- Ida Falk said (reported 3 Ma",
        "  - but Otto Brand denied it 0",
        "  - on the same matter, Ida Fa",
        "    - but Otto Brand denied it",
        "- Ida Falk said (reported 5 Ma",
        "  - but Otto Brand denied it 2",
    ]


def test_an_answer_that_only_points_back_is_told_without_its_words(store: MemoryStore) -> None:
    first = add_report(store, FLOOD, BROKE).statements[0]
    page = add_report(store, "Otto Brand seconded this.",
                      Said("Otto Brand", "seconded", "this", "Otto Brand", stance="confirms"),
                      outlet="Post")  # fmt: skip
    answer = replace(page.statements[0], refers_to=first.id)
    other = MemoryStore()
    add_report(other, FLOOD, BROKE)
    other.add(replace(page, statements=(answer,)))
    other.put_links([link(answer.id, "confirms", first.id)])
    assert standing(other)[1] == "  - confirmed by Otto Brand (reported 3 Mar 2025) [2]"


def test_a_summary_point_is_told_where_the_body_gives_no_such_answer(store: MemoryStore) -> None:
    text = "- The gate broke, Otto Brand confirmed.\nThe gate broke, Otto Brand confirmed in Lund."
    point = Said("Otto Brand", "confirmed", "The gate broke", "Otto Brand", stance="confirms")
    summary = Section(Span(0, text.index("\n")), SectionKind.SUMMARY)
    first = add_report(store, FLOOD, BROKE).statements[0]
    answer = add_report(store, text, point, outlet="Post", sections=(summary,)).statements[0]
    assert "Otto Brand" not in to_text(make_briefing(store))
    store.put_links([link(answer.id, "confirms", first.id)])
    assert standing(store)[1] == "  - confirmed by Otto Brand (reported 3 Mar 2025): The gate broke [2]"


@pytest.mark.parametrize("outlets", [("Wire", "Post"), ("Wire", "Post", "Gazette", "Daily", "Mail")])
def test_the_same_words_in_several_outlets_are_one_line(store: MemoryStore, outlets: tuple[str, ...]) -> None:
    for outlet in outlets:
        add_report(store, FLOOD, BROKE, outlet=outlet)
    text = to_text(make_briefing(store))
    (line,) = [line for line in text.splitlines() if line.startswith("- ")]
    assert line.count("also in ") == min(3, len(outlets) - 1)
    assert line.endswith("; and 1 more") is (len(outlets) == 5)


def test_what_two_sources_say_alike_is_two_lines(store: MemoryStore) -> None:
    add_report(store, FLOOD, BROKE)
    add_report(store, FLOOD.replace("Ida Falk", "Otto Brand"),
               Said("Otto Brand", "said", "the lower gate broke on Monday", "Otto Brand"), outlet="Post")  # fmt: skip
    assert "also in" not in to_text(make_briefing(store))


def test_a_denial_in_a_quotation_is_told_as_one(store: MemoryStore) -> None:
    first = add_report(store, FLOOD, BROKE).statements[0]
    denial = add_report(store, "“That is false,” Otto Brand said.",
                        Said("Otto Brand", "said", "“That is false,”", "Otto Brand", stance="denies", form="direct"),
                        outlet="Post").statements[0]  # fmt: skip
    store.put_links([link(denial.id, "denies", first.id)])
    assert standing(store)[1] == "  - denied by Otto Brand (reported 3 Mar 2025): “That is false” [2]"
