"""The verifier: a sentence is shown only where the cited words cover it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.export.briefing_verify import Verifier
from onrecord.export.clauses import CONDITION, DOUBT, FIGURE, PLAIN, QUOTE, TELLER, WHO, WORDS, Clause, Part
from onrecord.export.naming import Names
from onrecord.export.wording import Wording
from onrecord.model import Copy, Statement, make_id
from onrecord.stores.memory import MemoryStore
from tests.export.hand import Said, add_report, link

TEXT = (
    "Water in Lund\n"
    "Pumps moved at least 1,057 tonnes of water by noon, Mayor Ida Falk said. "
    "Rolf Berg told her that 40 houses or more stood dry.\n"
    "“The gate held,” Berg said, “and it will hold tonight. We may open it later.”\n"
    "If the rain goes on, the mill will close, the fire service warned."
)
SAID = (
    Said("Mayor Ida Falk", "said", "Pumps moved at least 1,057 tonnes of water by noon", "Ida Falk",
         figures=(("at least 1,057", "tonnes of water"),)),
    Said("Rolf Berg", "told", "40 houses or more stood dry", "Rolf Berg", figures=(("40", "houses"),)),
    Said("Berg", "said", ("“The gate held,”", "“and it will hold tonight. We may open it later.”"), "Rolf Berg",
         form="direct"),
    Said("the fire service", "warned", "the mill will close", stance="warns", condition="If the rain goes on"),
)  # fmt: skip


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    add_report(store, TEXT, *SAID)
    return store


def statement_of(store: MemoryStore, words: str) -> Statement:
    return next(s for s in store.statements() if words in s.content.quote)


def lead(store: MemoryStore, words: str) -> Clause:
    return Wording(Names(store)).lead(statement_of(store, words))


def changed(clause: Clause, kind: str, before: str, after: str) -> Clause:
    parts = tuple(
        Part(part.kind, part.text.replace(before, after)) if part.kind == kind else part for part in clause.parts
    )
    assert parts != clause.parts
    return replace(clause, parts=parts)


@pytest.mark.parametrize("words", ["1,057", "gate held", "mill will close"])
def test_a_sentence_that_says_what_it_cites_is_kept(store: MemoryStore, words: str) -> None:
    assert Verifier(store).fault(lead(store, words)) is None


@pytest.mark.parametrize(
    ("kind", "before", "after", "fault"),
    [
        (WORDS, "1,057", "1,058", "is not what it says"),
        (WORDS, "at least 1,057", "1,057", "is not what it says"),
        (WORDS, "Pumps moved at least ", "", "leaves out 'at least'"),
        (WORDS, "Pumps moved at least 1,", "", "is not what it says"),  # 057 out of 1,057
        (WORDS, " tonnes of water by noon", " tonnes", None),  # a cut that loses no hedge
        (WORDS, "by noon", "by night", "is not what it says"),
        (WHO, "Ida Falk", "Rolf Berg", "is not who"),
        (WHO, "Ida Falk", "Ida Falk and Rolf Berg", "is not who"),
        (PLAIN, "said", "denied", "'denied' is covered by nothing"),
        (PLAIN, "said", "rightly said", "'rightly' is covered by nothing"),
        (PLAIN, "said", "said 7 times", "a number of its own"),
    ],
)
def test_a_changed_word_stops_the_line(
    store: MemoryStore, kind: str, before: str, after: str, fault: str | None
) -> None:
    found = Verifier(store).fault(changed(lead(store, "1,057"), kind, before, after))
    assert (fault is None) == (found is None)
    assert fault is None or fault in str(found)


def test_a_wrong_speaker_from_the_same_report_stops_the_line(store: MemoryStore) -> None:
    clause = changed(lead(store, "gate held"), WHO, "Rolf Berg", "Ida Falk")
    assert "is not who" in str(Verifier(store).fault(clause))


def test_a_date_that_is_not_the_statements_stops_the_line(store: MemoryStore) -> None:
    clause = changed(lead(store, "gate held"), "day", "3 Mar", "4 Mar")
    assert "no date of it" in str(Verifier(store).fault(clause))


def test_a_first_sentence_may_stand_alone_if_it_drops_no_hedge_of_its_own(store: MemoryStore) -> None:
    clause = lead(store, "gate held")
    first = changed(
        clause, QUOTE, "The gate held … and it will hold tonight. We may open it later.", "We may open it later."
    )
    assert Verifier(store).fault(first) is None
    without_may = changed(first, QUOTE, "We may open it later.", "open it later.")
    assert "leaves out 'may'" in str(Verifier(store).fault(without_may))


def test_a_condition_must_be_told(store: MemoryStore) -> None:
    clause = lead(store, "mill will close")
    assert "If the rain goes on" in clause.text
    bare = replace(clause, parts=tuple(part for part in clause.parts if part.kind != "condition"))
    assert "leaves out the condition" in str(Verifier(store).fault(bare))


def test_a_figure_takes_its_hedge_along(store: MemoryStore) -> None:
    names = Names(store)
    statement = statement_of(store, "1,057")
    figure = next(f for f in store.figures() if f.text == "at least 1,057")
    row = Wording(names).row(statement, figure)
    assert Verifier(store).fault(row) is None
    assert "leaves out 'at least'" in str(Verifier(store).fault(changed(row, FIGURE, "at least 1,057", "1,057")))
    assert "is not what it says" in str(Verifier(store).fault(changed(row, FIGURE, "1,057", "57")))
    assert "does not say 'houses'" not in str(Verifier(store).fault(changed(row, "of", "tonnes", "houses")))
    assert "does not say 'bridges'" in str(Verifier(store).fault(changed(row, "of", "tonnes", "bridges")))


def test_a_hedge_behind_a_figure_counts_too(store: MemoryStore) -> None:
    statement = statement_of(store, "40 houses")
    figure = next(f for f in store.figures() if f.text == "40")
    row = Wording(Names(store)).row(statement, figure)
    assert "leaves out 'or more'" in str(Verifier(store).fault(row))


def test_an_answer_needs_its_link_on_the_record(store: MemoryStore) -> None:
    first, second = statement_of(store, "1,057"), statement_of(store, "40 houses")
    answer = link(second.id, "confirms", first.id)
    clause = Wording(Names(store)).answer(second, answer)
    assert "not on the record" in str(Verifier(store).fault(clause))
    store.put_links([answer])
    assert Verifier(store).fault(clause) is None
    turned = changed(clause, PLAIN, "confirmed by", "denied by")
    assert "covered by nothing" in str(Verifier(store).fault(turned))


def test_what_somebody_tells_of_another_names_who_tells_it() -> None:
    store = MemoryStore()
    add_report(
        store,
        "Ida Falk said Rolf Berg had promised that the dam would be mended.",
        Said("Ida Falk", "said", "Rolf Berg had promised that the dam would be mended", "Ida Falk"),
        Said("Rolf Berg", "had promised", "the dam would be mended", "Rolf Berg", stance="promises", inside=0),
    )
    clause = Wording(Names(store)).lead(next(s for s in store.statements() if s.nested_in))
    assert "Rolf Berg (as told by Ida Falk) promised" in clause.text
    assert Verifier(store).fault(clause) is None
    alone = replace(clause, parts=tuple(part for part in clause.parts if part.kind != TELLER))
    assert "who tells this" in str(Verifier(store).fault(alone))
    assert "is not who" in str(Verifier(store).fault(changed(clause, TELLER, "Ida Falk", "Rolf Berg")))


def test_a_speaker_that_could_be_two_is_not_named(store: MemoryStore) -> None:
    class Unsure:
        """The store, but nobody is sure who said it."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def statement(self, identity: str) -> Statement:
            found = store.statement(identity)
            return replace(found, speaker=replace(found.speaker, ambiguous=True))

    clause = lead(store, "1,057")
    assert "could be somebody else" in str(Verifier(Unsure()).fault(clause))  # type: ignore[arg-type]


def test_a_pronoun_stands_for_somebody_the_report_names() -> None:
    store = MemoryStore()
    add_report(
        store,
        "Ida Falk came at noon. She said the water was falling.",
        Said("Ida Falk", "", "came at noon", "Ida Falk", stance="asserts"),
        Said("She", "said", "the water was falling", "Ida Falk"),
    )
    clause = lead(store, "water was falling")
    assert clause.text.startswith("Ida Falk said")
    assert Verifier(store).fault(clause) is None


def test_a_statement_that_is_not_on_the_record_stops_the_line(store: MemoryStore) -> None:
    clause = lead(store, "1,057")
    other = MemoryStore()
    assert Verifier(other).fault(clause) is not None


@pytest.fixture
def twice(store: MemoryStore) -> tuple[Statement, Statement]:
    """A statement, and the same in another report."""
    page = add_report(store, TEXT + " And more.", *SAID, outlet="Gazette")
    found = [s for s in store.statements() if "1,057" in s.content.quote]
    first, again = sorted(found, key=lambda s: s.report_id == page.report.id)
    return first, again


def test_the_same_text_rests_on_a_copy(store: MemoryStore, twice: tuple[Statement, Statement]) -> None:
    first, again = twice
    wording = Wording(Names(store))
    told = wording.again(again, first, is_copy=True)
    assert Verifier(store).fault(wording.again(again, first, is_copy=False)) is None
    assert "not the same" in str(Verifier(store).fault(told))
    store.put_copies([Copy(make_id("c", "x"), first.report_id, again.report_id, 0.95, ())])
    assert Verifier(store).fault(told) is None


def test_only_the_same_source_says_the_same_again(store: MemoryStore, twice: tuple[Statement, Statement]) -> None:
    _, again = twice
    wording = Wording(Names(store))
    for words in ("40 houses", "gate held"):
        clause = wording.again(again, statement_of(store, words), is_copy=False)
        assert "names no speaker" in str(Verifier(store).fault(clause))


def test_other_words_are_said_again_only_where_a_link_says_so() -> None:
    store = MemoryStore()
    add_report(store, "Ida Falk said the dam held.", Said("Ida Falk", "said", "the dam held", "Ida Falk"))
    add_report(store, "Ida Falk said it stood.", Said("Ida Falk", "said", "it stood", "Ida Falk"), outlet="Post")
    first, again = statement_of(store, "dam held"), statement_of(store, "it stood")
    clause = Wording(Names(store)).again(again, first, is_copy=False)
    assert "names no speaker" in str(Verifier(store).fault(clause))
    store.put_links([link(again.id, "repeats", first.id)])
    assert Verifier(store).fault(clause) is None


def test_an_answer_rests_on_a_link_of_its_own(store: MemoryStore) -> None:
    pumps, houses, gate = (statement_of(store, words) for words in ("1,057", "40 houses", "gate held"))
    confirms = link(pumps.id, "confirms", houses.id)
    clause = Wording(Names(store)).answer(gate, confirms)
    assert "not on the record" in str(Verifier(store).fault(clause))
    store.put_links([confirms])
    assert "about something else" in str(Verifier(store).fault(clause))
    assert Verifier(store).fault(Wording(Names(store)).answer(pumps, confirms)) is None


def test_but_stands_before_a_denial_only(store: MemoryStore) -> None:
    clause = lead(store, "1,057")
    assert "'but' is covered by nothing" in str(
        Verifier(store).fault(replace(clause, parts=(Part(PLAIN, "but "), *clause.parts)))
    )


def test_only_a_forecast_is_called_one(store: MemoryStore) -> None:
    figure = next(f for f in store.figures() if f.text == "at least 1,057")
    row = Wording(Names(store)).row(statement_of(store, "1,057"), replace(figure, forecast=True))
    assert ", forecast" in row.text
    assert Verifier(store).fault(row) is None
    assert "no forecast" in str(Verifier(store).fault(replace(row, figure=figure)))


def test_a_possibility_in_front_of_the_words_is_told() -> None:
    store = MemoryStore()
    text = "Officials raised the possibility the dam will break, an idea that Ida Falk spread."
    add_report(store, text, Said("Ida Falk", "spread", "the dam will break", "Ida Falk"))
    clause = lead(store, "dam will break")
    assert clause.text.endswith("the dam will break (the report says “possibility”)")
    assert Verifier(store).fault(clause) is None
    without = replace(clause, parts=tuple(part for part in clause.parts if part.kind != DOUBT))
    assert "leaves out the 'possibility'" in str(Verifier(store).fault(without))
    assert "leaves out" in str(Verifier(store).fault(changed(clause, DOUBT, "possibility", "rumor")))
    other = replace(clause, parts=(*clause.parts, Part(DOUBT, "rumor")))
    assert "no 'rumor' stands in front" in str(Verifier(store).fault(other))


def test_a_figure_keeps_the_fear_in_front_of_it() -> None:
    store = MemoryStore()
    text = "Fears that 40 people drowned were spread, Ida Falk said."
    add_report(store, text, Said("Ida Falk", "said", "40 people drowned", "Ida Falk", figures=(("40", "people"),)))
    (statement,), (figure,) = store.statements(), store.figures()
    row = Wording(Names(store)).row(statement, figure)
    assert Verifier(store).fault(row) is None
    without = replace(row, parts=tuple(part for part in row.parts if part.kind != DOUBT))
    assert "leaves out the 'Fears'" in str(Verifier(store).fault(without))


def test_words_that_are_cut_out_of_a_word_stop_the_line() -> None:
    store = MemoryStore()
    add_report(store, "According to a 52-count suit, the dam was old.",
               Said("a 52", "According to", "the dam was old"))  # fmt: skip
    assert "within a word" in str(Verifier(store).fault(lead(store, "the dam was old")))


def test_a_relative_clause_is_nobody() -> None:
    store = MemoryStore()
    add_report(store, "Lund Water, which runs the dam, said it was sound.",
               Said("runs the dam", "said", "it was sound"))  # fmt: skip
    assert "not who" in str(Verifier(store).fault(lead(store, "it was sound")))


def test_what_is_less_sure_says_so() -> None:
    store = MemoryStore()
    add_report(store, "Ida Falk said the dam was sound.",
               Said("Ida Falk", "said", "the dam was sound", "Ida Falk", confidence=0.5))  # fmt: skip
    clause = lead(store, "sound")
    assert clause.text.startswith("Ida Falk said (reported 3 Mar 2025; less sure): ")
    assert Verifier(store).fault(clause) is None
    assert "not sure enough" in str(Verifier(store).fault(changed(clause, PLAIN, "; less sure", "")))


def test_what_is_hardly_sure_at_all_is_never_told() -> None:
    store = MemoryStore()
    add_report(store, "Ida Falk said the dam was sound.",
               Said("Ida Falk", "said", "the dam was sound", "Ida Falk", confidence=0.2))  # fmt: skip
    assert "not sure enough" in str(Verifier(store).fault(lead(store, "sound")))


def test_the_day_on_which_something_was_denied_stands_behind_the_words() -> None:
    store = MemoryStore()
    add_report(store, "Ida Falk denied on Monday that the dam broke.",
               Said("Ida Falk", "denied", "that the dam broke", "Ida Falk", stance="denies",
                    more={"said_at": "2025-03-03"}))  # fmt: skip
    clause = lead(store, "dam broke")
    assert clause.text == "Ida Falk denied that the dam broke (said on 3 Mar 2025)"
    assert Verifier(store).fault(clause) is None
    assert "'said' is covered by nothing" in str(Verifier(store).fault(changed(clause, PLAIN, " (said on ", " said ")))


def test_a_figure_on_a_condition_says_so() -> None:
    store = MemoryStore()
    text = "If the rain goes on, 40 houses will be wet, Ida Falk said."
    add_report(store, text, Said("Ida Falk", "said", "40 houses will be wet", "Ida Falk",
                                 condition="If the rain goes on", figures=(("40", "houses"),)))  # fmt: skip
    (statement,), (figure,) = store.statements(), store.figures()
    row = Wording(Names(store)).row(statement, figure)
    assert "40, on a condition\thouses" in row.text
    assert Verifier(store).fault(row) is None
    assert "leaves out the condition" in str(Verifier(store).fault(changed(row, PLAIN, ", on a condition", "")))
    sentence = Wording(Names(store)).lead(statement)
    parts = tuple(Part(PLAIN, ", on a condition") if p.kind == CONDITION else p for p in sentence.parts)
    assert "leaves out the condition" in str(Verifier(store).fault(replace(sentence, parts=parts)))


def test_what_another_piece_tells_is_not_left_out() -> None:
    store = MemoryStore()
    text = "“We think it holds,” Ida Falk said. “I am not going to leave. I may stay.”"
    pieces = ("“We think it holds,”", "“I am not going to leave. I may stay.”")
    add_report(store, text, Said("Ida Falk", "said", pieces, "Ida Falk", form="direct"))
    clause = lead(store, "holds")
    assert Verifier(store).fault(clause) is None
    assert "leaves out 'not'" in str(Verifier(store).fault(changed(clause, QUOTE, " … I am not going to leave.", " …")))
    assert "leaves out 'not'" in str(Verifier(store).fault(changed(clause, QUOTE, "I am not going to", "to")))


@pytest.mark.parametrize("hedge", ["closer to", "upwards of", "just shy of", "a maximum of", "nearing", "north of"])
def test_a_figure_without_the_hedge_before_it_stops_the_line(hedge: str) -> None:
    store = MemoryStore()
    text = f"The real number is {hedge} 40 flats, Ida Falk said."
    add_report(store, text, Said("Ida Falk", "said", f"The real number is {hedge} 40 flats", "Ida Falk",
                                 figures=(("40", "flats"),)))  # fmt: skip
    (statement,), (figure,) = store.statements(), store.figures()
    row = Wording(Names(store)).row(statement, figure)
    assert f"leaves out {hedge!r}" in str(Verifier(store).fault(row))
    told = f"{hedge} 40"
    assert Verifier(store).fault(changed(row, FIGURE, "40", told)) is None
