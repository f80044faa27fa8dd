"""Claims and origins: what is counted once, what is never counted, and that no order shows."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from onrecord.errors import UnknownId
from onrecord.export.asof import as_known
from onrecord.export.claims import claim_as_of, claims_that_fit
from onrecord.ledger.store import Query
from onrecord.link import claims
from onrecord.link.assembling import Trace, bring_up_to_date, find_taken
from onrecord.link.entry import Entry, entry_of
from onrecord.model import Copy, Entity, Link, Origin, Page, Reason, Span, Speaker, make_id
from onrecord.stores.memory import MemoryStore
from tests.build import doc, mention, page, person, say
from tests.contracts.store import exported

ADA, BO, CY, DEE = (person(name) for name in ("Ada Berg", "Bo Lind", "Cy Moe", "Dee Nor"))


def told(number: int, who: Entity | None, words: str, **rest: object) -> Page:
    """A report of one statement, published on that day of May."""
    name = who.name if who else "An official"
    text = f"{name} said {words}."
    day = f"2031-05-{number:02}" if number < 30 else f"2031-06-{number % 30 + 1:02}"
    layers: dict[str, object] = {"entities": (who,), "mentions": (mention(text, name, who),)} if who else {}
    speaker = {} if who else {"speaker": Speaker(None, anonymous=True)}
    said = say(text, words, source=name, cue="said", who=who, **speaker, **rest)  # type: ignore[arg-type]
    return page(doc(text, uri=f"made:{number}", published=day, attributions=(said,), **layers))


class Record:
    """A store whose links are drawn by hand."""

    def __init__(self, *pages: Page) -> None:
        self.store = MemoryStore()
        self.ids: list[str] = []
        self.reports: list[str] = []
        self.opened: list[str] = []
        self.new: list[tuple[Link, str, str]] = []  # since claims were assembled
        self._entries: dict[str, Entry] = {}
        for made in pages:
            self.add(made)

    def add(self, made: Page) -> None:
        self.store.add(made)
        self.ids.append(made.statements[0].id)
        self.reports.append(made.report.id)
        self._entries[made.report.id] = entry_of(made)

    def link(self, later: int, earlier: int, kind: str) -> None:
        ends = self.ids[later], self.ids[earlier]
        link = Link(make_id("l", *ends, kind), *ends, kind, (Reason("by hand", ""),), 0.9)
        self.store.put_links([link])
        self.new.append((link, self.reports[later], self.reports[earlier]))

    def copied(self, earlier: int, later: int) -> None:
        """The later report takes the earlier one's whole text."""
        whole = [Span(0, len(self.store.report(self.reports[k]).text)) for k in (earlier, later)]
        ends = self.reports[earlier], self.reports[later]
        self.store.put_copies([Copy(make_id("y", *ends), *ends, 0.9, ((whole[0], whole[1]),))])
        self.link(later, earlier, "repeats")

    def assemble(self, *which: int) -> None:
        ids = [self.ids[k] for k in which] if which else self.ids
        taken: dict[tuple[str, str], bool] = {}
        for link, *ends in self.new:
            found = [copy for copy in self.store.copies(ends[0]) if {copy.source, copy.target} == set(ends)]
            taken |= find_taken([link], *map(self._entries.__getitem__, ends), found[0] if found else None)
        self.new.clear()
        bring_up_to_date(self.store, self._open, ids, taken)

    def _open(self, report_id: str) -> Entry:
        self.opened.append(report_id)
        return self._entries[report_id]

    def claims(self) -> list[tuple[tuple[int, ...], str, int]]:
        """(statements by their numbers, status, independent origins)."""
        place = {identity: k for k, identity in enumerate(self.ids)}
        found = self.store.claims()
        return [(tuple(place[i] for i in c.statements), c.status, c.independent_origins) for c in found]

    def origins(self) -> list[list[int]]:
        """Statements by their numbers, those of one origin together."""
        found = [origin.statements for origin in self.store.all_origins()]
        return sorted(sorted(self.ids.index(i) for i in ids) for ids in found)


def assembled(pages: Iterable[Page], *links: tuple[int, int, str]) -> Record:
    record = Record(*pages)
    for link in links:
        record.link(*link)
    record.assemble()
    return record


WORDS = "the bridge at Holm was closed", "the Holm bridge is shut", "nobody may cross at Holm", "Holm has no bridge now"


def test_a_statement_alone_is_a_claim_of_one_origin() -> None:
    record = assembled([told(1, ADA, WORDS[0])])
    assert record.claims() == [((0,), "single-source", 1)]
    (claim,) = record.store.claims()
    assert (claim.text, claim.first_said, claim.last_said) == (WORDS[0], "2031-05-01", "2031-05-01")
    assert claim.id == make_id("c", record.ids[0])


def test_named_sources_of_their_own_corroborate() -> None:
    pages = [told(k + 1, who, words) for k, (who, words) in enumerate(zip((ADA, BO, CY), WORDS, strict=False))]
    record = assembled(pages, (1, 0, "corroborates"), (2, 1, "corroborates"))
    assert record.claims() == [((0, 1, 2), "corroborated", 3)]
    assert record.origins() == [[0], [1], [2]]


def test_sources_without_a_name_are_one_as_far_as_is_known() -> None:
    pages = [told(1, None, WORDS[0]), told(2, None, WORDS[1]), told(3, ADA, WORDS[2])]
    record = assembled(pages, (1, 0, "repeats"), (2, 0, "confirms"))
    assert record.claims() == [((0, 1, 2), "single-source", 1)]


def test_who_speaks_twice_is_one_source_and_two_origins() -> None:
    pages = [told(1, ADA, WORDS[0], said_at="2031-05-01"), told(2, ADA, WORDS[1], said_at="2031-05-02")]
    record = assembled(pages, (1, 0, "repeats"))
    assert record.claims() == [((0, 1), "single-source", 1)]
    assert record.origins() == [[0], [1]]


def test_one_occasion_is_one_origin_of_two_claims() -> None:
    record = assembled(
        [told(1, ADA, WORDS[0], said_at="2031-05-01"), told(2, ADA, WORDS[1], said_at="2031-05-01T10:00")]
    )
    assert [members for members, _, _ in record.claims()] == [(0,), (1,)]
    assert record.origins() == [[0, 1]]
    (origin,) = record.store.all_origins()
    assert (origin.speaker, origin.date, origin.kind) == (ADA.id, "2031-05-01", "unknown")


def test_copies_of_copies_go_back_to_the_first_whoever_is_named() -> None:
    record = Record(told(1, ADA, WORDS[0]), told(2, BO, WORDS[0]), told(3, CY, WORDS[0]))
    record.copied(0, 1)
    record.copied(1, 2)
    record.assemble()
    assert record.origins() == [[0, 1, 2]]
    assert record.claims() == [((0, 1, 2), "single-source", 1)]


def test_the_largest_set_is_found_though_a_joint_source_came_first() -> None:
    both = Speaker(ADA.id, also=(BO.id,))
    pages = [told(1, ADA, WORDS[0], speaker=both), told(2, ADA, WORDS[1]), told(3, BO, WORDS[2]), told(4, CY, WORDS[3])]
    record = assembled(pages, (1, 0, "repeats"), (2, 0, "repeats"), (3, 0, "corroborates"))
    assert record.claims() == [((0, 1, 2, 3), "corroborated", 3)]


@pytest.mark.parametrize(
    ("links", "status"),
    [
        ([(1, 0, "denies")], "denied"),
        ([(1, 0, "contradicts")], "disputed"),
        ([(0, 1, "contradicts")], "disputed"),
        ([(1, 0, "updates")], "superseded"),
        ([(0, 1, "updates")], "single-source"),
        ([(0, 1, "denies")], "single-source"),
        ([(2, 0, "corroborates"), (1, 0, "denies")], "disputed"),
        ([(2, 0, "corroborates"), (1, 0, "updates")], "corroborated"),
        ([(2, 0, "corroborates"), (1, 2, "updates")], "superseded"),
        ([(1, 0, "part_of")], "single-source"),
    ],
)
def test_a_status_is_the_first_that_holds(links: list[tuple[int, int, str]], status: str) -> None:
    record = assembled([told(1, ADA, WORDS[0]), told(3, BO, WORDS[1]), told(2, CY, WORDS[2])], *links)
    assert next(found for members, found, _ in record.claims() if 0 in members) == status


def test_a_question_makes_no_claim_and_a_mere_answer_joins_one() -> None:
    pages = [
        told(1, ADA, WORDS[0]),
        told(2, BO, "those assertions", stance="confirms"),
        told(3, CY, WORDS[2], stance="questions"),
    ]
    record = assembled(pages, (1, 0, "confirms"))
    assert record.claims() == [((0, 1), "corroborated", 2)]
    assert record.store.statement(record.ids[2]).claim is None
    assert record.store.statement(record.ids[2]).origin is None


@pytest.mark.parametrize(("verb", "count"), [("seconded", 1), ("confirmed", 2)])
def test_who_only_seconds_what_was_said_is_not_counted(verb: str, count: int) -> None:
    first = f"Ada Berg said {WORDS[0]}. Bo Lind {verb} those words."
    said = say(first, WORDS[0], source="Ada Berg", cue="said", who=ADA)
    yes = say(first, "those words", source="Bo Lind", cue=verb, who=BO, stance="confirms", refers_to=0)
    made = page(doc(first, published="2031-05-01", attributions=(said, yes), entities=(ADA, BO)))
    record = Record(made)
    record.ids.append(made.statements[1].id)
    record.reports.append(made.report.id)
    record.link(1, 0, "confirms")
    record.assemble()
    assert [independent for _, _, independent in record.claims()] == [count]


def test_the_clearest_words_are_those_that_most_others_are_linked_with() -> None:
    pages = [told(k + 1, who, words) for k, (who, words) in enumerate(zip((ADA, BO, CY, DEE), WORDS, strict=True))]
    record = assembled(pages, (1, 0, "corroborates"), (2, 1, "corroborates"), (3, 1, "corroborates"))
    assert next(record.store.claims()).text == WORDS[1]


def test_what_a_link_no_longer_joins_comes_apart() -> None:
    record = assembled(
        [told(k + 1, who, WORDS[k]) for k, who in enumerate((ADA, BO, CY))], (1, 0, "repeats"), (2, 1, "repeats")
    )
    record.store.part(record.reports[1], links=[record.reports[2]])
    record.assemble(1)
    assert record.claims() == [((0, 1), "corroborated", 2), ((2,), "single-source", 1)]


def test_claims_as_of_a_day_know_nothing_of_what_came_later() -> None:
    pages = [told(k + 1, who, WORDS[k]) for k, who in enumerate((ADA, BO, CY))]
    record = assembled(pages, (1, 0, "corroborates"), (2, 0, "denies"))
    store = record.store
    now = [(len(c.statements), c.status) for c in claims_that_fit(store, Query())]
    assert now == [(2, "disputed"), (1, "single-source")]
    by_day = {
        day: [(c.statements, c.status, c.independent_origins) for c in claims_that_fit(store, Query(as_of=day))]
        for day in ("2031-04-30", "2031-05-01", "2031-05-02")
    }
    first, second = record.ids[:2]
    assert by_day["2031-04-30"] == []
    assert by_day["2031-05-01"] == [((first,), "single-source", 1)]
    assert by_day["2031-05-02"] == [((first, second), "corroborated", 2)]
    assert [c.status for c in claims_that_fit(store, Query(as_of="2031-05-02", status="disputed"))] == []
    whole = store.claim(store.statement(first).claim or "")
    assert [c.statements for c in claim_as_of(store, whole, "2031-05-01")] == [(first,)]


def test_a_claim_of_a_past_day_is_found_by_its_id_then_and_now() -> None:
    # What was said first was published last: then the claim went by the id of another statement.
    pages = [told(k, who, WORDS[k], said_at=f"2031-05-0{4 - k}") for k, who in ((1, ADA), (2, BO), (3, CY))]
    record = assembled(pages, (1, 0, "corroborates"), (2, 1, "corroborates"))
    store = record.store
    (now,) = store.claims()
    past = as_known(store, "2031-05-02")
    (then,) = past.claims()
    assert (now.id, then.id) == (make_id("c", record.ids[2]), make_id("c", record.ids[1]))
    assert past.claim(now.id) == past.claim(then.id) == then
    assert set(then.statements) == set(record.ids[:2])
    assert past.find(then.id[:8]) == (("claim", then.id),)
    with pytest.raises(UnknownId):
        as_known(store, "2031-04-30").claim(now.id)
    with pytest.raises(UnknownId):
        past.claim("c-ffffffffffffffff")


def test_a_claim_that_came_together_later_is_the_larger_part_of_it_before() -> None:
    record = assembled(
        [told(1, ADA, WORDS[0]), told(2, BO, WORDS[1]), told(2, DEE, WORDS[3]), told(5, CY, WORDS[2])],
        (1, 2, "corroborates"), (3, 0, "corroborates"), (3, 1, "corroborates"),
    )  # fmt: skip
    (now,) = record.store.claims()
    then = as_known(record.store, "2031-05-03").claim(now.id)
    assert set(then.statements) <= set(now.statements)
    assert then.id == now.id  # the part that goes by the same id is meant


def test_a_trace_comes_back_from_its_line() -> None:
    trace = Trace(Origin("o-1", "interview", ADA.id, "2031-05-01", "e-1"), "s-1")
    assert Trace.load(trace.dump()) == trace
    assert Trace.load(Trace(Origin("o-1", "unknown")).dump()) == Trace(Origin("o-1", "unknown"))


@pytest.mark.parametrize("seed", range(12))
def test_neither_the_order_nor_the_steps_of_adding_show(seed: int) -> None:
    chance = random.Random(seed)
    people = (ADA, BO, None, CY, ADA, DEE)
    pages = [told(1 + chance.randrange(9), chance.choice(people), f"{WORDS[k % 4]} for {k} days") for k in range(9)]
    kinds = ("repeats", "corroborates", "confirms", "denies", "updates", "contradicts")
    links = [
        (later, earlier, chance.choice(kinds))
        for later in range(9)
        for earlier in range(later)
        if chance.random() < 0.2
    ]
    copies = [(earlier, later) for later in range(9) for earlier in range(later) if chance.random() < 0.08]

    def record_of(order: list[int], at_once: bool) -> str:
        record = Record()
        number = {k: place for place, k in enumerate(order)}
        for place, k in enumerate(order):
            record.add(pages[k])
            for later, earlier, kind in links:
                if k in (later, earlier) and max(number[later], number[earlier]) == place:
                    record.link(number[later], number[earlier], kind)
            for earlier, later in copies:
                if k in (later, earlier) and max(number[later], number[earlier]) == place:
                    record.copied(number[earlier], number[later])
            if not at_once:
                record.assemble(place)
        if at_once:
            record.assemble()
        return exported(record.store)

    expected = record_of(list(range(9)), at_once=True)
    for _ in range(3):
        order = list(range(9))
        chance.shuffle(order)
        assert record_of(order, at_once=False) == expected


def test_a_claim_of_many_copies_is_not_compared_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    real = claims.compare_origins
    monkeypatch.setattr(claims, "compare_origins", lambda *given: compared.append(given) or real(*given))
    people = [person(f"Person{chr(97 + k // 26)}{chr(97 + k % 26)} Berg{k}") for k in range(60)]
    record = Record(*(told(1 + k % 28, people[k], f"{WORDS[0]} and {k} cars turned back") for k in range(60)))
    for k in range(1, 60):
        record.link(k, k - 1, "corroborates")
    record.assemble()
    most = claims.MOST_COMPARED
    assert len(compared) <= most * (most - 1) // 2 + 59, (
        "the heads with each other, and each with what it is linked with"
    )
    assert record.claims()[0][2] == most
    record.opened.clear()
    compared.clear()
    record.add(told(29, ADA, WORDS[1]))
    record.link(60, 59, "corroborates")
    record.assemble(60)
    assert len(set(record.opened)) <= most + 4, "what was read of the others is kept"
    assert 60 in record.claims()[0][0]


def test_many_copies_are_one_origin() -> None:
    record = Record(*(told(1 + k % 28, ADA, WORDS[0] + f" for {k} days") for k in range(40)))
    for k in range(1, 40):
        record.copied(0, k)
    record.assemble()
    (claim,) = record.store.claims()
    assert (len(claim.statements), claim.independent_origins, claim.status) == (40, 1, "single-source")


def test_only_what_hangs_together_is_read() -> None:
    record = assembled([told(k + 1, who, WORDS[k]) for k, who in enumerate((ADA, BO, CY, DEE))], (1, 0, "repeats"))
    record.opened.clear()
    record.link(3, 2, "corroborates")
    record.assemble(3)
    assert set(record.opened) == set(record.reports[2:])
