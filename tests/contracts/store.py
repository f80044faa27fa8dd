"""What every store promises, as tests. A store's author runs them:

    from tests.contracts.store import StoreContract

    class TestMyStore(StoreContract):
        def open(self):
            return MyStore(...)

`open` gives a new, empty store each time; the tests close it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.errors import RecordError, StoreError, Unavailable, UnknownId, UsageError
from onrecord.export.record import export_record, import_record
from onrecord.export.verify import verify, verify_record
from onrecord.ledger.store import Query, Store
from onrecord.model import (
    Claim,
    Copy,
    Evidence,
    Failure,
    Judgement,
    Link,
    Origin,
    Page,
    Reason,
    Source,
    Span,
    Story,
    make_id,
)
from tests.contracts.pages import (
    ANNA,
    AURELIA,
    BORDER,
    DENIAL,
    EDITED,
    PAGES,
    VESNA,
    page_of,
    statement_with,
)


class StoreContract(ABC):
    """The tests; a subclass says how a store is opened."""

    @abstractmethod
    def open(self) -> Store:
        """A new, empty store."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        opened = self.open()
        yield opened
        opened.close()

    @pytest.fixture
    def filled(self, store: Store) -> Store:
        for page, keys in PAGES:
            assert store.add(page, keys)
        return store

    # -- what goes in comes out

    def test_an_empty_store_has_nothing(self, store: Store) -> None:
        assert set(store.counts().values()) == {0}
        assert (
            list(store.reports()) == list(store.statements()) == list(store.figures()) == list(store.entities()) == []
        )
        assert store.speakers() == store.links() == store.copies() == store.stories() == store.failures() == ()
        assert exported(store) == ""

    def test_a_report_comes_back_with_its_layers(self, filled: Store) -> None:
        page = page_of(BORDER)
        found = filled.report(page.report.id)
        assert found.text == page.report.text
        assert found.sections == page.report.sections
        assert found.mentions == filled.mentions(found.id)
        assert [mention.text for mention in found.mentions] == [mention.text for mention in page.report.mentions]
        assert {mention.confidence for mention in found.mentions} == {1.0, 0.1235}, "scores keep four places"
        assert found.figures == page.report.figures
        assert [time.value for time in found.times] == [time.value for time in page.report.times]
        assert found.entities == page.report.entities, "as this report gives them, whatever others say"

    def test_many_reports_come_as_they_come_one_by_one(self, filled: Store) -> None:
        ids = [page.report.id for page, _ in PAGES]
        filled.put_versions([(page_of(EDITED).report.id, page_of(BORDER).report.id)])
        found = filled.pages_of([*ids, ids[0], "r-0000000000000000"])
        assert [page.report for page in found] == [filled.report(one) for one in sorted(ids)]
        for page in found:
            assert page.source is None
            assert page.statements == tuple(filled.statements(Query(report=page.report.id, attitude=None)))
        bare = {report.id: report for report in filled.reports()}
        assert filled.reports_of([*ids, "r-0000000000000000"]) == tuple(bare[one] for one in sorted(ids))
        assert filled.pages_of(()) == filled.reports_of(()) == ()

    def test_cards_are_kept_until_they_are_replaced(self, filled: Store) -> None:
        one, other = (page.report.id for page, _ in PAGES[:2])
        filled.put_card(one, "[1]")
        filled.put_card(other, "[2]")
        filled.put_card(one, "[3]")
        assert filled.cards([one, other, "r-0000000000000000"]) == {one: "[3]", other: "[2]"}
        assert filled.cards(()) == {}

    def test_statements_come_back_as_they_were(self, filled: Store) -> None:
        page = page_of(BORDER)
        assert tuple(filled.statements(Query(report=page.report.id, attitude=None))) == page.statements
        assert filled.statement(page.statements[0].id) == page.statements[0]

    def test_the_bytes_come_back(self, filled: Store) -> None:
        page = page_of(BORDER)
        assert filled.source(page.report.id) == page.source

    def test_lists_come_without_layers_in_order_of_publication(self, filled: Store) -> None:
        found = list(filled.reports())
        assert [report.published for report in found] == [
            "2031-05-02",
            "2031-05-03T10:00:00+02:00",
            "2031-05-03T09:30:00Z",
            None,
        ]
        assert {report.mentions for report in found} == {()}

    def test_statements_come_by_report_and_place(self, filled: Store) -> None:
        found = list(filled.statements(Query(attitude=None)))
        order = [report.id for report in filled.reports()]
        assert found == sorted(found, key=lambda s: (order.index(s.report_id), s.content.spans[0].start, s.id))
        assert len(found) == sum(len(page.statements) for page, _ in PAGES)

    def test_adding_twice_adds_nothing(self, filled: Store) -> None:
        before = exported(filled)
        for page, keys in PAGES:
            assert not filled.add(page, keys)
        assert exported(filled) == before

    def test_the_order_of_adding_does_not_show(self, filled: Store) -> None:
        other = self.open()
        try:
            for page, keys in reversed(PAGES):
                other.add(page, keys)
            assert exported(other) == exported(filled)
            assert other.speakers() == filled.speakers()
            assert list(other.statements()) == list(filled.statements())
        finally:
            other.close()

    def test_a_page_of_bytes_that_are_not_the_reports_is_refused(self, store: Store) -> None:
        page = page_of(BORDER)
        with pytest.raises(RecordError, match="SHA-256"):
            store.add(replace(page, source=Source(page.report.sha256, b"something else")))
        assert not store.has_report(page.report.id)

    def test_a_part_of_another_report_is_refused(self, store: Store) -> None:
        page, other = page_of(BORDER), page_of(DENIAL)
        with pytest.raises(RecordError, match="belongs to"):
            store.add(replace(page, statements=other.statements))
        assert set(store.counts().values()) == {0}

    def test_a_statement_of_two_reports_is_refused(self, filled: Store) -> None:
        page = page_of(BORDER)
        report = replace(page.report, id="r-other", mentions=(), times=(), figures=(), events=())
        statement = replace(page.statements[0], report_id="r-other")
        with pytest.raises(RecordError, match="from another report"):
            filled.add(replace(page, report=report, statements=(statement,)))
        assert not filled.has_report("r-other")

    def test_what_ends_an_add_midway_leaves_nothing(self, store: Store) -> None:
        def keys() -> Iterator[str]:
            yield "first"
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.add(page_of(BORDER), keys())
        assert set(store.counts().values()) == {0}
        assert store.candidates(["first"]) == ()

    def test_a_page_without_bytes_says_so_when_asked(self, store: Store) -> None:
        page = page_of(BORDER)
        store.add(replace(page, source=None))
        with pytest.raises(Unavailable, match="not held"):
            store.source(page.report.id)

    # -- looking things up

    @pytest.mark.parametrize("call", ["report", "source", "statement", "entity", "mentions", "times"])
    def test_an_id_nobody_has_is_unknown(self, filled: Store, call: str) -> None:
        with pytest.raises(UnknownId, match="nobody"):
            getattr(filled, call)("nobody")

    def test_ids_are_found_by_their_first_characters(self, filled: Store) -> None:
        statement = page_of(BORDER).statements[0]
        assert filled.find(statement.id[:12]) == (("statement", statement.id),)
        assert filled.find(ANNA.id[:10]) == (("entity", ANNA.id),)
        assert filled.find("s-zz") == ()
        assert filled.find("%%%%") == filled.find("____") == ()

    def test_a_type_the_format_does_not_have_is_refused(self, filled: Store) -> None:
        with pytest.raises(UsageError, match="'song'"):
            filled.records("song")

    def test_a_short_prefix_is_refused(self, filled: Store) -> None:
        with pytest.raises(UsageError, match="too short"):
            filled.find("s-1")

    def test_entities_are_merged_over_reports(self, filled: Store) -> None:
        anna = filled.entity(ANNA.id)
        assert anna.name == "Anna Maria Lindqvist"
        assert anna.aliases == ("Anna Lindqvist", "Anna Maria Lindqvist", "Lindqvist")
        assert [role.title for role in anna.roles] == ["Foreign Minister", "Prime Minister"]
        assert anna in list(filled.entities())

    def test_candidates_are_reports_under_any_key(self, filled: Store) -> None:
        border, denial = page_of(BORDER).report.id, page_of(DENIAL).report.id
        assert filled.candidates(["troops", "nothing"]) == tuple(sorted([border, denial]))
        assert filled.candidates([]) == ()
        assert filled.candidates(["troops", "nothing"], least=2) == ()

    def test_counts_are_the_lines_of_the_export(self, filled: Store) -> None:
        lines = exported(filled).splitlines()
        for kind, count in filled.counts().items():
            assert sum(line.startswith(f'{{"type":"{kind}"') for line in lines) == count
        assert sum(filled.counts().values()) == len(lines)

    # -- what a query asks for

    @pytest.mark.parametrize(
        "name", ["Anna Lindqvist", "LINDQVIST", "anna maria lindqvist", ANNA.id, "Maria Lindqvist"]
    )
    def test_a_speaker_is_met_by_any_name(self, filled: Store, name: str) -> None:
        found = list(filled.statements(Query(who=name)))
        assert found
        assert {statement.speaker.entity for statement in found} == {ANNA.id}

    def test_part_of_a_word_is_no_name(self, filled: Store) -> None:
        assert list(filled.statements(Query(who="Lind"))) == []
        assert list(filled.statements(Query(who="%"))) == list(filled.statements(Query(who=""))) == []

    def test_one_of_several_speakers_is_met(self, filled: Store) -> None:
        (joint,) = [s for s in filled.statements() if s.speaker.also]
        assert joint in list(filled.statements(Query(who="Aurelia")))
        assert joint in list(filled.statements(Query(who="vesna")))

    def test_unnamed_sources_are_met_by_their_words(self, filled: Store) -> None:
        assert [s.source.quote for s in filled.statements(Query(who="two officials")) if s.source] == ["Two officials"]
        assert [s.source.quote for s in filled.statements(Query(who="officials")) if s.source] == ["Two officials"]

    def test_about_asks_for_who_the_content_mentions(self, filled: Store) -> None:
        found = list(filled.statements(Query(about="Vesna")))
        assert found
        assert all("Vesna" in statement.content.quote for statement in found)
        assert statement_with(filled, "crossed the border") in found

    def test_words_must_all_occur_in_any_case(self, filled: Store) -> None:
        found = list(filled.statements(Query(text="CROSSED soldiers")))
        assert len(found) == 2
        assert all("crossed the border" in statement.content.quote for statement in found)
        assert list(filled.statements(Query(text="crossed parliament"))) == []

    def test_accents_do_not_matter_to_words(self, filled: Store) -> None:
        assert [s.id for s in filled.statements(Query(text="senor"))] == [statement_with(filled, "Señor").id]

    @pytest.mark.parametrize(
        "text", ['"', "soldiers OR", "NEAR(", "a* AND", "col:umn", "'; DROP", "^x", "", " ", "-", "\x00"]
    )
    def test_no_search_is_an_error(self, filled: Store, text: str) -> None:
        assert list(filled.statements(Query(text=text))) == []

    def test_reports_are_searched_by_title_and_text(self, filled: Store) -> None:
        page = page_of(BORDER)
        assert page.report.id in [report.id for report in filled.reports(Query(text="border soldiers crossed"))]
        assert [report.id for report in filled.reports(Query(text="Ministry denies"))] == [page_of(DENIAL).report.id]

    def test_stance_attitude_and_plain_narrow(self, filled: Store) -> None:
        every = list(filled.statements(Query(attitude=None)))
        assert [s for s in every if s.commitment.stance == "denies"] == list(
            filled.statements(Query(stance="denies", attitude=None))
        )
        assert [s for s in every if s.commitment.attitude == "speech"] == list(filled.statements())
        assert [s for s in every if s.commitment.attitude == "belief"] == list(
            filled.statements(Query(attitude="belief"))
        )
        assert list(filled.statements(Query(attitude="belief")))
        assert [s for s in every if s.plain] == list(filled.statements(Query(plain=True, attitude=None)))

    def test_skipping_and_limits_cut_lists_into_pages_that_make_up_the_whole(self, filled: Store) -> None:
        for kind in ("reports", "statements", "figures", "claims", "speakers"):
            ask = getattr(filled, kind)
            every = list(ask(Query()))
            pages = [list(ask(Query(skip=at, limit=2))) for at in range(0, len(every), 2)]
            assert [one for page in pages for one in page] == every
            assert list(ask(Query(skip=len(every)))) == []
            assert list(ask(Query(skip=1))) == every[1:]

    def test_one_record_is_what_the_list_of_its_type_has(self, filled: Store) -> None:
        for kind in ("report", "entity", "mention", "time", "figure", "statement", "event", "link", "copy", "story"):
            for record in filled.records(kind):
                assert filled.record(kind, record.id).id == record.id
            with pytest.raises(UnknownId):
                filled.record(kind, "x-0000")
        with pytest.raises(UsageError):
            filled.record("nonsense", "x-0000")

    def test_how_many_fit_is_the_length_of_the_list(self, filled: Store) -> None:
        for kind in ("report", "statement", "figure", "claim"):
            for query in (
                Query(),
                Query(limit=1, skip=1),
                Query(stance="denies"),
                Query(since="2025-03-04"),
                Query(who="-"),
            ):
                whole = replace(query, limit=None, skip=0)
                assert filled.how_many(kind, query) == len(list(getattr(filled, kind + "s")(whole)))
        with pytest.raises(UsageError):
            filled.how_many("mention")

    def test_limits_cut_the_front_off(self, filled: Store) -> None:
        every = list(filled.statements())
        assert list(filled.statements(Query(limit=2))) == every[:2]
        assert list(filled.statements(Query(limit=0))) == []
        assert list(filled.reports(Query(limit=1))) == list(filled.reports())[:1]
        speakers, largest = filled.speakers(), filled.largest_stories()
        assert sorted(largest, key=lambda story: (-len(story.reports), story.id)) == list(largest)
        assert set(largest) == set(filled.stories())
        for number in range(len(speakers) + 2):
            assert filled.speakers(Query(limit=number)) == speakers[:number]
            assert filled.largest_stories(number) == largest[:number]
        assert list(filled.figures(Query(limit=1))) == list(filled.figures())[:1]

    @pytest.mark.parametrize(
        ("query", "days"),
        [
            (Query(since="2031-05-03"), ["03", "03"]),
            (Query(until="2031-05-02"), ["02"]),
            (Query(until="2031-05"), ["02", "03", "03"]),
            (Query(since="2031-05-02", until="2031-05-02"), ["02"]),
            (Query(since="2031-06"), []),
            (Query(until="2031-05-03T08:30:00Z"), ["02", "03"]),
        ],
    )
    def test_dates_bound_what_was_published(self, filled: Store, query: Query, days: list[str]) -> None:
        assert [report.published[8:10] for report in filled.reports(query) if report.published] == days

    def test_as_of_hides_what_came_later(self, filled: Store) -> None:
        before = [report.id for report in filled.reports(Query(as_of="2031-05-02"))]
        assert before == [page_of(BORDER).report.id]
        assert {s.report_id for s in filled.statements(Query(as_of="2031-05-02", attitude=None))} == set(before)

    def test_as_of_takes_reports_without_a_date_by_their_retrieval(self, filled: Store) -> None:
        undated = next(report for report in filled.reports() if report.published is None)
        assert undated.retrieved == "2031-05-09"
        assert undated.id not in {report.id for report in filled.reports(Query(as_of="2031-05-08"))}
        assert undated.id in {report.id for report in filled.reports(Query(as_of="2031-05-09"))}

    def test_reports_are_narrowed_by_their_statements(self, filled: Store) -> None:
        denials = {s.report_id for s in filled.statements(Query(stance="denies"))}
        assert {report.id for report in filled.reports(Query(stance="denies"))} == denials
        assert [report.id for report in filled.reports(Query(who="Two officials"))] == [page_of(DENIAL).report.id]

    def test_figures_are_narrowed_by_the_statement_that_holds_them(self, filled: Store) -> None:
        assert {figure.text for figure in filled.figures(Query(who="Lindqvist"))} == {"At least 3,000", "about 2.5 km"}
        assert list(filled.figures(Query(stance="denies"))) == []
        assert [figure.text for figure in filled.figures(Query(text="3,000 soldiers"))] == ["At least 3,000"] * 2
        assert [figure.text for figure in filled.figures(Query(text="inside"))] == ["about 2.5 km"]
        assert "12" in {figure.text for figure in filled.figures()}, "a figure outside of statements is listed"

    def test_a_figure_is_about_the_place_it_is_in(self, filled: Store) -> None:
        assert "12" in {figure.text for figure in filled.figures(Query(about="Aurelia"))}

    def test_speakers_are_counted(self, filled: Store) -> None:
        rows = filled.speakers()
        assert rows[0].entity == filled.entity(ANNA.id)
        assert rows[0].name == "Anna Maria Lindqvist"
        assert (rows[0].statements, rows[0].reports) == (4, 3)
        assert (rows[0].first, rows[0].last) == ("2031-05-02", "2031-05-03T09:30:00Z")
        assert [row.statements for row in rows] == sorted((row.statements for row in rows), reverse=True)
        unnamed = [row for row in rows if row.entity is None]
        assert [row.name for row in unnamed] == ["Two officials"]

    # -- what is derived

    def test_links_are_added_once(self, filled: Store) -> None:
        link = a_link(filled)
        assert filled.put_links([link, link]) == 1
        assert filled.put_links([replace(link, confidence=0.1)]) == 0
        assert filled.links() == filled.links(link.source) == filled.links(link.target) == (link,)
        assert filled.links("nobody") == ()

    def test_a_link_to_nothing_is_refused_with_its_batch(self, filled: Store) -> None:
        link = a_link(filled)
        with pytest.raises(UnknownId, match="s-none"):
            filled.put_links([link, replace(link, id="l-2", target="s-none")])
        assert filled.links() == ()

    def test_copies_are_added_once(self, filled: Store) -> None:
        copy = a_copy(filled)
        assert filled.put_copies([copy]) == 1
        assert filled.put_copies([copy]) == 0
        assert filled.copies() == filled.copies(copy.source) == (copy,)
        with pytest.raises(UnknownId, match="r-none"):
            filled.put_copies([replace(copy, id="y-2", target="r-none")])

    def test_stories_are_replaced(self, filled: Store) -> None:
        one, two = (page.report.id for page, _ in PAGES[:2])
        late = Story("st-1", "Later", (two,), "2031-05-03", None)
        early = Story("st-2", "Sooner", (one, two), "2031-05-02", None)
        undated = Story("st-0", "Undated", (one,))
        filled.put_stories([late, undated, early])
        assert filled.stories() == (early, late, undated)
        assert {report.id for report in filled.reports(Query(story="st-1"))} == {two}
        assert {statement.report_id for statement in filled.statements(Query(story="st-1"))} == {two}
        filled.put_stories([late])
        assert filled.stories() == (late,)
        assert list(filled.reports(Query(story="st-2"))) == []

    def test_versions_show_as_what_a_report_supersedes(self, filled: Store) -> None:
        older, newer = page_of(BORDER).report.id, page_of(EDITED).report.id
        filled.put_versions([(newer, older)])
        assert filled.report(newer).supersedes == older
        assert {report.id: report.supersedes for report in filled.reports()}[newer] == older
        assert filled.report(older).supersedes is None
        filled.put_versions([])
        assert filled.report(newer).supersedes is None

    def test_reports_wait_until_they_are_settled(self, filled: Store) -> None:
        every = tuple(sorted(page.report.id for page, _ in PAGES))
        assert filled.unsettled() == every
        filled.mark_settled(every[1:])
        filled.mark_settled(every[1:])
        assert filled.unsettled() == every[:1]

    # -- the log of judgements

    def test_judgements_follow_each_other(self, filled: Store) -> None:
        assert filled.judgements() == ()
        assert filled.last_judgement() is None
        first = filled.put_judgement(a_draft("s-1"))
        second = filled.put_judgement(a_draft("s-1", "reject"))
        assert (first.number, second.number) == (1, 2)
        assert (first.previous, second.previous) == ("", first.hash)
        assert first.id == f"j-{first.hash[:16]}"
        assert filled.judgements() == (first, second)
        assert filled.last_judgement() == second
        assert filled.counts()["judgement"] == 2
        assert filled.find(first.id) == (("judgement", first.id),)
        assert verify(filled) == ()

    def test_the_same_verdict_twice_is_two_lines(self, filled: Store) -> None:
        one, other = filled.put_judgement(a_draft("s-1")), filled.put_judgement(a_draft("s-1"))
        assert one.id != other.id

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"author": " "}, "needs an author"),
            ({"verdict": "like"}, "'like' is no verdict"),
            ({"when": "2031-05-10"}, "no time with a zone"),
            ({"when": "2031-05-10T08:00:00"}, "no time with a zone"),
            ({"about": ()}, "one thing"),
            ({"about": ("",)}, "one thing"),
            ({"verdict": "merge"}, "two things or more"),
            ({"verdict": "merge", "about": ("e-1", "e-1")}, "each named once"),
            ({"verdict": "correct"}, "puts something right"),
            ({"note": "x" * 5000}, "at most 4000 characters"),
        ],
    )
    def test_a_judgement_that_cannot_be_is_refused(self, store: Store, change: dict[str, object], words: str) -> None:
        with pytest.raises(UsageError, match=words):
            store.put_judgement(replace(a_draft("s-1"), **change))
        assert store.judgements() == ()

    def test_a_log_goes_on_where_it_ends_and_never_forks(self, filled: Store) -> None:
        other = self.open()
        try:
            for about in ("s-1", "s-2", "s-3"):
                other.put_judgement(a_draft(about))
            log = other.judgements()
            assert filled.put_log(log[:2]) == 2
            assert filled.put_log(reversed(log)) == 1
            assert filled.put_log(log[:1]) == 0
            assert filled.judgements() == log
            with pytest.raises(RecordError, match="cut out"):
                filled.put_log(log[1:])
            filled.put_judgement(a_draft("s-4"))
            other.put_judgement(a_draft("s-5"))
            with pytest.raises(RecordError, match="never mixed"):
                filled.put_log(other.judgements())
            assert filled.put_log(log) == 0
        finally:
            other.close()

    def test_a_log_comes_back_from_an_export(self, filled: Store) -> None:
        derive(filled)
        other = self.open()
        try:
            assert import_record(exported(filled).splitlines(), other).judgements == 2
            assert exported(other) == exported(filled)
            assert other.judgements() == filled.judgements()
            only = [line for line in exported(filled).splitlines() if line.startswith('{"type":"judgement"')]
            assert import_record(only, other).judgements == 0
            with pytest.raises(RecordError, match="not the one that was written"):
                import_record([only[0].replace("{", '{"colour":"red",', 1)], other)
        finally:
            other.close()

    def test_what_is_called_by_a_name_is_found(self, filled: Store) -> None:
        assert filled.called("anna lindqvist") == filled.called("Maria") == (ANNA.id,)
        assert filled.called("nobody at all") == filled.called("") == ()

    def test_failures_are_kept_once_and_in_order(self, store: Store) -> None:
        first, second = Failure("b.txt", "empty", "no text"), Failure("a.txt", "not-text", "zeros")
        for failure in (first, second, first):
            store.put_failure(failure)
        assert store.failures() == (first, second)

    def test_a_failure_of_a_file_whose_name_is_no_text_is_kept(self, store: Store) -> None:
        store.put_failure(Failure("caf\udce9.txt", "empty", "no text"))
        assert [failure.input for failure in store.failures()] == ["caf\\udce9.txt"]

    def test_claims_are_seen_from_their_statements(self, filled: Store) -> None:
        claim, origins = a_claim(filled)
        filled.put_claims([claim], origins)
        assert filled.claim(claim.id) == claim
        assert list(filled.claims()) == [claim]
        first, second = claim.statements
        assert filled.statement(first).claim == claim.id
        assert filled.statement(first).origin == origins[0].id
        listed = {s.id: (s.claim, s.origin) for s in filled.statements(Query(attitude=None))}
        assert listed[second] == (claim.id, origins[1].id)
        assert {found for found, _ in listed.values()} == {None, claim.id}
        origin = filled.origin(origins[1].id)
        assert (origin.statements, origin.reports) == ((second,), (filled.statement(second).report_id,))
        assert (origin.kind, origin.speaker, origin.date) == ("interview", ANNA.id, "2031-05-02")

    def test_claims_are_replaced_where_they_share_a_statement(self, filled: Store) -> None:
        claim, origins = a_claim(filled)
        other = statement_with(filled, "no soldier")
        apart = replace(claim, id="c-apart", statements=(other.id,))
        filled.put_claims([claim, apart], [*origins, Origin("o-apart", "unknown", statements=(other.id,))])
        assert filled.claimed_with([claim.statements[1]]) == tuple(sorted(claim.statements))
        alone = replace(claim, id="c-alone", statements=claim.statements[:1])
        filled.put_claims([alone], origins[:1], among=claim.statements)
        assert {c.id for c in filled.claims()} == {"c-alone", "c-apart"}
        assert filled.statement(claim.statements[1]).claim is None
        with pytest.raises(UnknownId, match=origins[1].id):
            filled.origin(origins[1].id)
        filled.put_claims([], [], among=[other.id])
        assert [c.id for c in filled.claims()] == ["c-alone"]
        filled.put_claims([], [])
        assert filled.counts()["claim"] == filled.counts()["origin"] == 0

    def test_one_origin_of_two_claims_is_told_once(self, filled: Store) -> None:
        claim, origins = a_claim(filled)
        first, second = claim.statements
        one, other = (replace(claim, id=f"c-{k}", statements=(s,)) for k, s in enumerate(claim.statements))
        shared = [replace(origins[0], statements=(first,)), replace(origins[0], statements=(second,))]
        filled.put_claims([one, other], shared)
        assert filled.origin(origins[0].id).statements == tuple(sorted((first, second)))
        assert filled.counts()["origin"] == 1

    def test_a_claim_of_nothing_is_refused_with_its_batch(self, filled: Store) -> None:
        claim, origins = a_claim(filled)
        with pytest.raises(UnknownId, match="s-none"):
            filled.put_claims([claim, replace(claim, id="c-2", statements=("s-none",))], origins)
        assert list(filled.claims()) == []

    @pytest.mark.parametrize(
        ("query", "fits"),
        [
            (Query(), True),
            (Query(status="disputed"), True),
            (Query(status="denied"), False),
            (Query(who="Lindqvist"), True),
            (Query(who="Two officials"), False),
            (Query(about="Vesna"), True),
            (Query(text="crossed soldiers"), True),
            (Query(text="parliament"), False),
            (Query(report=page_of(BORDER).report.id), True),
            (Query(report=page_of(DENIAL).report.id), False),
            (Query(since="2031-05-02", until="2031-05-02"), True),
            (Query(since="2031-05-04"), False),
            (Query(as_of="2031-05-02"), True),
            (Query(as_of="2031-05-01"), False),
            (Query(limit=0), False),
        ],
    )
    def test_a_claim_fits_where_one_of_its_statements_does(self, filled: Store, query: Query, fits: bool) -> None:
        claim, origins = a_claim(filled)
        filled.put_claims([claim], origins)
        assert bool(list(filled.claims(query))) == fits

    def test_claims_come_in_the_order_in_which_they_were_said(self, filled: Store) -> None:
        claim, origins = a_claim(filled)
        one, other = (replace(claim, id=f"c-{k}", statements=(s,)) for k, s in enumerate(claim.statements))
        filled.put_claims([replace(one, first_said=None), replace(other, first_said="2031-05-01")], origins)
        assert [c.id for c in filled.claims()] == ["c-1", "c-0"]
        assert [c.id for c in filled.claims(Query(limit=1))] == ["c-1"]

    def test_what_links_and_copies_connect_is_found_from_either_side(self, filled: Store) -> None:
        link, copy = a_link(filled), a_copy(filled)
        filled.put_links([link])
        filled.put_copies([copy])
        row = (link.source, link.target, link.kind)
        assert filled.ends([link.source]) == filled.ends([link.target, link.source]) == (row,)
        assert filled.ends([]) == ()
        assert filled.copy_of(copy.source, copy.target) == filled.copy_of(copy.target, copy.source) == copy
        assert filled.copy_of(copy.source, page_of(DENIAL).report.id) is None

    def test_statements_and_figures_are_found_by_their_ids(self, filled: Store) -> None:
        page = page_of(BORDER)
        ids = [statement.id for statement in page.statements]
        found = filled.statements_of([*ids, "s-none"])
        assert [statement.id for statement, _ in found] == sorted(ids)
        assert {published for _, published in found} == {"2031-05-02"}
        figures = filled.figures_of([page.report.figures[0].id, "f-none"])
        assert figures == ((page.report.figures[0], "2031-05-02"),)

    def test_traces_are_kept_and_replaced(self, filled: Store) -> None:
        first, second = (statement.id for statement in page_of(BORDER).statements[:2])
        filled.put_traces({first: "a", second: "b"})
        filled.put_traces({second: "c"})
        assert filled.traces([first, second, "s-none"]) == {first: "a", second: "c"}

    def test_figures_are_tied_in_series(self, filled: Store) -> None:
        one, other, third = some_figures(filled)
        filled.put_ties([(one, other), (other, one)])
        assert filled.ties([one]) == filled.ties([other, one]) == ((min(one, other), max(one, other)),)
        filled.put_series([(one, "q-11112222"), (other, "q-11112222"), (third, "q-33334444")])
        assert {f.id for f in filled.figures(Query(series="q-11112222"))} == {one, other}
        assert {f.series for f in filled.figures()} == {"q-11112222", "q-33334444", None}
        assert filled.in_series_with([one]) == tuple(sorted((one, other)))
        assert filled.find("q-1111") == (("series", "q-11112222"),)
        filled.put_series([(one, "q-33334444")], among=[one, other])
        assert {f.id for f in filled.figures(Query(series="q-33334444"))} == {one, third}
        assert list(filled.figures(Query(series="q-11112222"))) == []
        with pytest.raises(UnknownId, match="f-none"):
            filled.put_series([("f-none", "q-1")])

    def test_ties_go_with_the_links_of_two_reports(self, filled: Store) -> None:
        older, newer = page_of(BORDER).report, page_of(EDITED).report
        pair = (older.figures[0].id, newer.figures[0].id)
        filled.put_ties([pair, (older.figures[0].id, older.figures[1].id)])
        filled.part(newer.id, links=[older.id])
        assert filled.ties([pair[1]]) == ()
        assert len(filled.ties([pair[0]])) == 1, "those within a report stay"

    # -- the whole record

    def test_a_sound_record_verifies(self, filled: Store) -> None:
        derive(filled)
        assert verify_record(filled) == ()
        assert verify(filled) == ()

    def test_export_and_import_give_the_same_bytes(self, filled: Store) -> None:
        derive(filled)
        before = exported(filled)
        other = self.open()
        try:
            brought = import_record(before.split("\n"), other)
            assert (brought.reports, brought.known, brought.links, brought.copies) == (len(PAGES), 0, 1, 1)
            assert exported(other) == before
            assert import_record(before.split("\n"), other).reports == 0
            assert exported(other) == before
            assert verify(other) == ()
            assert other.speakers() == filled.speakers()
        finally:
            other.close()

    def test_reading_while_adding_sees_one_state(self, filled: Store) -> None:
        reports = filled.reports()
        first = next(reports)
        extra = page_of("The mayor said the bridge would open.\n", uri="made:extra")
        assert filled.add(extra)
        assert first.id in {report.id for report in filled.reports()}
        assert len(list(filled.reports())) == len(PAGES) + 1
        list(reports)

    def test_closing_twice_does_nothing(self, store: Store) -> None:
        store.close()
        store.close()

    def test_a_backup_holds_the_whole_record(self, filled: Store, tmp_path: object) -> None:
        from pathlib import Path

        from onrecord.stores import open_store

        derive(filled)
        filled.put_failure(Failure("b.txt", "empty", "no text"))
        target = Path(str(tmp_path)) / "copy.db"
        filled.backup(target)
        copy = open_store(target, create=False)
        try:
            assert exported(copy) == exported(filled)
            assert copy.failures() == filled.failures()
            assert copy.candidates(["troops"]) == filled.candidates(["troops"])
            assert verify(copy) == ()
        finally:
            copy.close()
        before = target.read_bytes()
        with pytest.raises(StoreError, match="already"):
            filled.backup(target)
        assert target.read_bytes() == before
        assert sorted(path.name for path in target.parent.iterdir() if "copy" in path.name) == ["copy.db"]


def exported(store: Store) -> str:
    """The export of a store as one string."""
    lines: list[str] = []
    export_record(store, lines.append)
    return "".join(lines)


def derive(store: Store) -> None:
    """Links, copies, stories and versions over the pages of the contract."""
    store.put_links([a_link(store)])
    store.put_copies([a_copy(store)])
    claim, origins = a_claim(store)
    store.put_claims([claim], origins)
    store.put_series([(figure, "q-1a2b3c4d") for figure in some_figures(store)[:2]])
    reports = [page.report.id for page, _ in PAGES]
    store.put_stories([Story(make_id("st", *sorted(reports)), "The border", tuple(sorted(reports)), "2031-05-02")])
    store.put_versions([(page_of(EDITED).report.id, page_of(BORDER).report.id)])
    store.put_judgement(a_draft(statement_with(store, "no soldier").id))
    store.put_judgement(a_draft(statement_with(store, "talks").id, "reject"))


def a_link(store: Store) -> Link:
    """A denial of the crossing."""
    source, target = statement_with(store, "no soldier"), statement_with(store, "crossed the border")
    reason = Reason("denies-same-matter", "Vesna denies it", (source.content, target.content))
    return Link(make_id("l", source.id, "denies", target.id), source.id, target.id, "denies", (reason,), 0.8125)


def a_draft(about: str, verdict: str = "confirm", *, note: str | None = None) -> Judgement:
    """A judgement as it is given to a store."""
    return Judgement(id="", verdict=verdict, about=(about,), author="Ida Berg", when="2031-05-10T08:00:00Z", note=note)


def a_claim(store: Store) -> tuple[Claim, list[Origin]]:
    """Two statements that say alike, each of an origin of its own."""
    reports = (page_of(BORDER).report.id, page_of(EDITED).report.id)
    first, second = (
        next(s for s in store.statements(Query(report=report)) if "crossed the border" in s.content.quote)
        for report in reports
    )
    said = (first.id, second.id)
    claim = Claim(make_id("c", first.id), first.content.quote, said, "disputed", 2, "2031-05-02", "2031-05-03")
    origins = [
        Origin(make_id("o", 1), "unknown", statements=said[:1]),
        Origin(make_id("o", 2), "interview", ANNA.id, "2031-05-02", statements=said[1:]),
    ]
    return claim, origins


def some_figures(store: Store) -> list[str]:
    """Ids of figures, those of the first report first."""
    return [figure.id for figure in store.figures()][:3]


def a_copy(store: Store) -> Copy:
    """The edited version takes over text."""
    older, newer = page_of(BORDER).report, page_of(EDITED).report
    span = Span(0, 10)
    assert Evidence.of(older.id, older.text, (span,)).quote
    return Copy(make_id("y", older.id, newer.id), older.id, newer.id, 0.9, ((span, span),))


def strip_bytes(page: Page) -> Page:
    """A page as an import gives it where the bytes cannot be told from the text."""
    return replace(page, source=None)


__all__ = ["AURELIA", "VESNA", "StoreContract", "a_draft", "derive", "exported", "strip_bytes"]
