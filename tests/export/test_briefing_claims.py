"""The briefing by claim: how each stands, who is counted and why not, what is open and closed, what was taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.export.briefing import make_briefing
from onrecord.export.briefing_verify import Verifier
from onrecord.export.clauses import COUNT, COUNTED, FIRST, LABEL, WHO, WHY, Clause, Part, Section
from onrecord.export.rendering import to_json, to_markdown, to_text
from onrecord.ledger.store import Query
from onrecord.model import Page
from onrecord.stores.memory import MemoryStore
from tests.export.hand import Said, add_report, assemble_claims, link, supersede

BROKE = "the lower gate broke on Monday"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def say(store: MemoryStore, who: str, verb: str, words: str, day: int, stance: str = "asserts", **more: object) -> Page:
    said = Said(who, verb, words, who, stance=stance, **more)  # type: ignore[arg-type]
    return add_report(store, f"{who} {verb} {words}.", said, outlet=f"{who} News", published=f"2025-03-{day:02}")


def file_gate(store: MemoryStore) -> list[Page]:
    """One says so, one confirms it, one only seconds it, one denies it."""
    pages = [
        say(store, "Ida Falk", "said", BROKE + " and 30 sheds are wet", 3),
        say(store, "Otto Brand", "confirmed", "that the lower gate broke", 4, "confirms"),
        say(store, "Sanna Berg", "seconded", "those words", 5, "confirms"),
        say(store, "Rolf Moe", "denied", "that the gate broke", 6, "denies"),
    ]
    first = pages[0].statements[0].id
    seconding = replace(pages[2].statements[0], refers_to=first)
    pages[2] = replace(pages[2], statements=(seconding,))
    fresh = MemoryStore()
    for page in pages:
        fresh.add(page)
    store.__dict__.update(fresh.__dict__)
    kinds = ("confirms", "confirms", "denies")
    store.put_links([link(page.statements[0].id, kind, first) for page, kind in zip(pages[1:], kinds, strict=True)])
    assemble_claims(store, *pages)
    return pages


def standing(store: MemoryStore, query: Query | None = None) -> list[str]:
    text = to_text(make_briefing(store, query or Query()))
    return text.partition("WHERE IT STANDS\n")[2].partition("\n\n")[0].splitlines()


def clauses(store: MemoryStore) -> list[Clause]:
    sections: tuple[Section, ...] = make_briefing(store).sections
    return [clause for section in sections for line in section.lines for clause in line.clauses]


def test_a_claim_says_how_it_stands_who_says_so_and_who_counts(store: MemoryStore) -> None:
    file_gate(store)
    assert standing(store) == [
        "- Disputed, two independent origins: the lower gate broke, in the words of Otto Brand [1]",
        "  - first said by Ida Falk (reported 3 Mar 2025): the lower gate broke on Monday and 30 sheds are wet [2]",
        "  - confirmed by Otto Brand (reported 4 Mar 2025) [1]",
        "  - seconded by Sanna Berg (reported 5 Mar 2025) [3]",
        "  - but Rolf Moe denied that the gate broke (reported 6 Mar 2025) [4]",
        "  - independent of each other: Ida Falk [2], Otto Brand [1]",
        "  - not counted: Sanna Berg (only seconds it) [3]",
    ]


def test_labels_are_set_apart_in_markdown(store: MemoryStore) -> None:
    file_gate(store)
    assert "- *Disputed*, two independent origins: " in to_markdown(make_briefing(store))


def test_a_claim_as_of_a_day_knows_nobody_who_spoke_later(store: MemoryStore) -> None:
    file_gate(store)
    shown = standing(store, Query(as_of="2025-03-04"))
    assert shown[0].startswith("- Corroborated, two independent origins: ")
    assert not any("Rolf Moe" in line or "Sanna Berg" in line for line in shown)
    assert make_briefing(store, Query(as_of="2025-03-04")).stopped == ()


def test_a_single_source_that_is_denied_stands_under_that_word(store: MemoryStore) -> None:
    pages = [say(store, "Ida Falk", "said", BROKE, 3), say(store, "Rolf Moe", "denied", "that it broke", 3, "denies")]
    store.put_links([link(pages[1].statements[0].id, "denies", pages[0].statements[0].id)])
    assemble_claims(store, *pages)
    assert standing(store)[0] == f"- Denied: Ida Falk said (reported 3 Mar 2025): {BROKE} [1]"


def test_of_two_who_speak_on_one_day_neither_is_called_the_first(store: MemoryStore) -> None:
    pages = [say(store, "Ida Falk", "said", BROKE, 3), say(store, "Otto Brand", "said", "the lower gate broke", 3)]
    store.put_links([link(pages[1].statements[0].id, "corroborates", pages[0].statements[0].id)])
    assemble_claims(store, *pages)
    assert "first" not in " ".join(standing(store))


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (LABEL, "Corroborated", "is not how the record has it"),
        (COUNT, "three independent origins", "is not what the claim has"),
        (WHY, "the same side", "is not why it is not counted"),
    ],
)
def test_what_is_said_of_a_claim_is_read_again(store: MemoryStore, kind: str, text: str, fault: str) -> None:
    file_gate(store)
    clause = next(one for one in clauses(store) if any(part.kind == kind for part in one.parts))
    assert Verifier(store).fault(clause) is None
    parts = tuple(Part(kind, text) if part.kind == kind else part for part in clause.parts)
    assert fault in str(Verifier(store).fault(replace(clause, parts=parts)))


def test_a_source_that_is_not_counted_is_not_told_as_independent(store: MemoryStore) -> None:
    file_gate(store)
    counting = next(one for one in clauses(store) if any(part.kind == COUNTED for part in one.parts))
    beside = next(one for one in clauses(store) if any(part.kind == WHY for part in one.parts))
    name = next(part for part in beside.parts if part.kind == WHO)
    wrong = replace(beside, parts=(counting.parts[0], name))
    assert "not independent" in str(Verifier(store).fault(wrong))


def test_who_came_second_is_not_told_as_first(store: MemoryStore) -> None:
    file_gate(store)
    first = next(one for one in clauses(store) if any(part.kind == FIRST for part in one.parts))
    second = next(one for one in clauses(store) if one.text.startswith("confirmed by Otto Brand"))
    wrong = replace(second, parts=(*first.parts[:2], *second.parts[1:]), link=None)
    assert "may have said so before" in str(Verifier(store).fault(wrong))


def test_a_claim_of_another_statement_is_no_ground(store: MemoryStore) -> None:
    pages = file_gate(store)
    head = next(one for one in clauses(store) if one.claim)
    wrong = replace(head, statement=pages[3].statements[0])
    assert Verifier(store).fault(wrong) is not None


def test_since_a_day_only_what_came_then_and_what_it_answers_is_told(store: MemoryStore) -> None:
    file_gate(store)
    say(store, "Ada Lind", "said", "the old mill on the hill is dry", 3)
    say(store, "Bo Hult", "said", "the new mill on the hill is dry", 6)
    briefing = make_briefing(store, Query(since="2025-03-06"))
    text = to_text(briefing)
    assert "On the record as of 6 Mar 2025, what has come since 6 Mar 2025 · " in text
    assert "first said by Ida Falk" in text  # what was denied since
    assert "new mill" in text
    assert "old mill" not in text
    assert '"since": "2025-03-06"' in to_json(briefing)
    assert "Where it stands" not in to_markdown(make_briefing(store, Query(since="2025-03-07")))


def test_what_closed_a_forecast_stands_below_it(store: MemoryStore) -> None:
    ahead = Said("Ida Falk", "said", "the Holm bridge will open by March 10", "Ida Falk",
                 times=(("March 10", "2025-03-10"),))  # fmt: skip
    first = add_report(store, "Ida Falk said the Holm bridge will open by March 10.", ahead)
    then = say(store, "Otto Brand", "said", "the Holm bridge did open on Sunday", 11)
    store.put_links([link(then.statements[0].id, "updates", first.statements[0].id)])
    text = to_text(make_briefing(store))
    opened = text.partition("\nOPEN\n")[2].partition("\n\n")[0].splitlines()
    assert opened[0].startswith(
        "- Forecast: Ida Falk said (reported 3 Mar 2025): the Holm bridge will open by March 10"
    )
    assert opened[1] == ("  - closed by Otto Brand (reported 11 Mar 2025): the Holm bridge did open on Sunday [2]")


def test_what_was_corrected_is_told_with_who_still_has_it(store: MemoryStore) -> None:
    old = "Ida Falk said that 57 boats were lost in the storm on the lake."
    new = (
        old.replace("57", "54")
        + "\nCorrection: An earlier version of this article gave the number of boats lost as 57."
    )
    said = Said("Ida Falk", "said", "that 57 boats were lost in the storm on the lake", "Ida Falk",
                figures=(("57", "boats"),))  # fmt: skip
    pages = [
        add_report(store, old, said, uri="https://herald.example/boats"),
        add_report(store, new, replace(said, words=said.words.replace("57", "54"), figures=(("54", "boats"),)),  # type: ignore[union-attr]
                   uri="https://herald.example/boats", published="2025-03-04"),
        add_report(store, old + " It rained.", said, outlet="Post", published="2025-03-04"),
    ]  # fmt: skip
    supersede(store, pages[1], pages[0])
    store.put_keys(pages[0].report.id, ["v:https://herald.example/boats"])
    store.put_keys(pages[1].report.id, ["v:https://herald.example/boats"])
    first, _, third = (page.statements[0].id for page in pages)
    store.put_links([link(third, "repeats", first)])
    text = to_text(make_briefing(store))
    taken = text.partition("\nTAKEN BACK\n")[2].partition("\n\n")[0].splitlines()
    words = "57 boats were lost in the storm on the lake"
    assert taken[0].startswith(f"- Later corrected: Ida Falk said (reported 3 Mar 2025): {words} [")
    assert taken[1].startswith(f"  - still in Post, 4 Mar 2025: Ida Falk said (reported 4 Mar 2025): {words} [")
