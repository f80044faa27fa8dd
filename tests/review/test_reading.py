"""The record with judgements applied: the newest verdict wins, nothing that was found is edited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from onrecord.errors import UnknownId
from onrecord.export.asof import as_known
from onrecord.export.record import export_record, import_record
from onrecord.export.verify import verify
from onrecord.ledger.store import EVERYTHING, Query, Store, View
from onrecord.model import Claim, Link, Span, Statement, make_id
from onrecord.review.correcting import reviewed
from onrecord.review.reading import Marked, Reviewed
from onrecord.review.verdicts import PutRight, Range, Reviewer, spans_of_words
from onrecord.stores.memory import MemoryStore
from tests.contracts.pages import ANNA, AURELIA, BORDER, DENIAL, EDITED, VESNA, page_of, statement_with
from tests.contracts.store import exported

QUERIES = (
    EVERYTHING,
    Query(attitude=None),
    Query(who="Lindqvist"),
    Query(who=VESNA.id),
    Query(who="Two officials"),
    Query(who="Jane Doe"),
    Query(about="Vesna"),
    Query(stance="denies"),
    Query(text="border soldiers"),
    Query(plain=True),
    Query(since="2031-05-03"),
    Query(report=page_of(BORDER).report.id, attitude=None),
    Query(review="all"),
    Query(review="rejected"),
    Query(review="none"),
    Query(review="corrected"),
    Query(limit=2),
    Query(limit=2, skip=1),
)


def ids(view: View, query: Query = EVERYTHING) -> list[str]:
    return [statement.id for statement in view.statements(query)]


def snapshot(view: View) -> dict[str, object]:
    """All that a reader sees."""
    return {
        "statements": [list(view.statements(query)) for query in QUERIES],
        "figures": [list(view.figures(query)) for query in QUERIES],
        "reports": [[report.id for report in view.reports(query)] for query in QUERIES],
        "counts": [[view.how_many(kind, q) for kind in ("statement", "figure", "claim", "report")] for q in QUERIES],
        "speakers": [view.speakers(query) for query in QUERIES],
        "claims": [list(view.claims(query)) for query in QUERIES],
        "links": view.links(),
        "entities": list(view.entities()),
    }


def test_an_empty_log_changes_nothing(store: Store, view: Reviewed) -> None:
    plain = [query for query in QUERIES if query.review is None]
    for query in plain:
        assert list(view.statements(query)) == list(store.statements(query))
        assert list(view.figures(query)) == list(store.figures(query))
        assert view.speakers(query) == store.speakers(query)
    assert ids(view, Query(review="rejected")) == ids(view, Query(review="confirmed")) == []
    assert ids(view, Query(review="none")) == ids(store)


def test_what_is_confirmed_says_so_and_may_be_told(store: Store, view: Reviewed, ida: Reviewer) -> None:
    joint = next(s for s in store.statements() if s.speaker.also)
    ida.confirm(joint.id)
    assert view.statement(joint.id).review == "confirmed"
    unsure = replace(joint, confidence=0.2, plain=False)
    now = reviewed(unsure, view.applied)
    assert (now.plain, now.confidence) == (True, 0.2), "a person is sure; the machine was as sure as it was"
    assert ids(view) == ids(store)
    assert ids(view, Query(review="confirmed")) == [joint.id]


def test_a_confirmed_statement_keeps_its_caveats(view: Reviewed, ida: Reviewer) -> None:
    unsure = next(s for s in view.statements(Query(attitude=None)) if s.flags)
    ida.confirm(unsure.id)
    assert view.statement(unsure.id).plain == (unsure.speaker.entity is not None and not unsure.speaker.ambiguous)
    unnamed = statement_with(view, "was informed")
    ida.confirm(unnamed.id)
    assert not view.statement(unnamed.id).plain, "nobody is named still"


def test_what_is_rejected_is_in_no_list_and_can_be_opened(store: Store, view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(store, "crossed the border")
    ida.reject(one.id, "a headline")
    assert one.id not in ids(view)
    assert ids(view, Query(review="rejected")) == [one.id]
    assert ids(view, Query(review="all")) == ids(store)
    assert view.statement(one.id).review == "rejected"
    assert not view.statement(one.id).plain
    assert [j.note for j in view.judged(one.id)] == ["a headline"]
    assert "At least 3,000" not in {f.text for f in view.figures(Query(report=one.report_id))}
    assert view.speakers()[0].statements == store.speakers()[0].statements - 1
    assert store.statement(one.id) == one, "nothing is edited"


def test_the_newest_verdict_wins_and_undo_takes_it_back(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "crossed the border")
    reviews = []
    for act in (ida.confirm, ida.reject, ida.confirm, ida.reject):
        act(one.id)
        reviews.append(view.statement(one.id).review)
    for _ in range(4):
        ida.undo()
        reviews.append(view.statement(one.id).review)
    assert reviews == ["confirmed", "rejected", "confirmed", "rejected", "confirmed", "rejected", "confirmed", "none"]


def test_corrected_values_take_the_place_of_those_found(store: Store, view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(store, "no soldier had left")
    text = store.report(one.report_id).text
    content = spans_of_words(store.report(one.report_id), "no soldier")
    ida.correct(one.id, PutRight(content=content, speaker=AURELIA.id, stance="asserts", cue=()))
    now = view.statement(one.id)
    assert now.id == one.id
    assert now.content.quote == "no soldier" == text[content[0].start : content[0].end]
    assert (now.speaker.entity, now.speaker.method, now.commitment.stance) == (AURELIA.id, "judgement", "asserts")
    assert (now.review, now.cue, now.source) == ("corrected", None, one.source)
    assert one.id in ids(view, Query(who="Aurelia"))
    assert one.id not in ids(view, Query(who="Vesna"))
    assert one.id not in ids(view, Query(stance="denies"))
    assert one.id in ids(view, Query(text="soldier"))
    assert one.id not in ids(view, Query(text="left land"))
    assert view.found.statement(one.id) == one


def test_a_speaker_the_record_does_not_know_gets_a_name(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "was informed")
    ida.correct(one.id, PutRight(name="Jane Doe"))
    assert ids(view, Query(who="jane doe")) == [one.id]
    (jane,) = view.called("Jane Doe")
    assert view.entity(jane).name == "Jane Doe"
    assert view.find(jane[:10]) == (("entity", jane),)
    assert jane in {entity.id for entity in view.entities()}
    assert [row.name for row in view.speakers(Query(who="Jane Doe"))] == ["Jane Doe"]
    ida.undo()
    assert view.called("Jane Doe") == ()


def test_nobody_is_a_correction_too(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "no soldier had left")
    ida.correct(one.id, PutRight(speaker="", source=()))
    now = view.statement(one.id)
    assert (now.speaker.entity, now.source, now.plain) == (None, None, False)
    assert one.id not in ids(view, Query(who="Vesna"))


def test_a_figure_has_the_range_that_a_person_gave_it(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "crossed the border")
    (figure,) = (f for f in view.figures() if f.id in one.figures)
    ida.correct(one.id, PutRight(figures=(Range(figure.id, Decimal(3000), Decimal(3500)),)))
    (now,) = (f for f in view.figures() if f.id == figure.id)
    assert (now.amount.low, now.amount.high) == (3000, 3500)
    assert view.figures_of([figure.id])[0][0] == now
    assert now in view.report(one.report_id).figures
    assert now in list(view.figures(Query(series="q-1a2b3c4d")))


def test_a_content_put_right_holds_the_figures_that_stand_in_it(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "crossed the border")
    ida.correct(one.id, PutRight(content=spans_of_words(view.report(one.report_id), "crossed the border")))
    assert view.statement(one.id).figures == ()


def test_merged_entities_are_found_by_either_name(store: Store, view: Reviewed, ida: Reviewer) -> None:
    both = set(ids(store, Query(who=VESNA.id))) | set(ids(store, Query(who=ANNA.id)))
    ida.merge(ANNA.id, VESNA.id)
    for name in ("Lindqvist", "Vesna", ANNA.id, VESNA.id, "Vesnian government"):
        assert set(ids(view, Query(who=name))) == both, name
    assert ids(view, Query(who="Vesna")) == [i for i in ids(store) if i in both], "in the order of the record"
    assert {s.speaker.entity for s in view.statements(Query(who="Vesna"))} <= {ANNA.id, AURELIA.id}
    one = view.entity(VESNA.id)
    assert (one.id, one.name) == (ANNA.id, store.entity(ANNA.id).name)
    assert set(one.aliases) >= {"Vesna", "Anna Lindqvist"}
    assert VESNA.id not in {entity.id for entity in view.entities()}
    assert view.called("Vesna") == (ANNA.id,)
    ida.undo()
    assert ids(view, Query(who="Vesna")) == ids(store, Query(who="Vesna"))


def test_what_is_split_off_is_somebody_else(store: Store, view: Reviewed, ida: Reviewer) -> None:
    report = page_of(EDITED).report.id
    theirs = [s.id for s in store.statements(Query(who=ANNA.id)) if s.report_id == report]
    ida.split(ANNA.id, reports=[report], name="Anna Lindqvist of Lund")
    assert ids(view, Query(who="Anna Lindqvist of Lund")) == theirs
    assert not set(theirs) & set(ids(view, Query(who=ANNA.id)))
    (other,) = view.called("Anna Lindqvist of Lund")
    assert view.entity(other).kind == ANNA.kind
    ida.merge(ANNA.id, other)
    assert set(theirs) <= set(ids(view, Query(who=ANNA.id)))


def test_links_of_what_is_rejected_do_not_hold(store: Store, view: Reviewed, ida: Reviewer) -> None:
    (link,) = store.links()
    ida.reject(link.source)
    assert view.links() == view.links(link.target) == ()
    assert [found.review for found in view.links_found(link.target)] == ["rests on rejected"]
    assert view.ends([link.target]) == ()
    ida.undo()
    ida.reject(link.id)
    assert view.links() == ()
    assert [found.review for found in view.links_found()] == ["rejected"]
    assert {s.review for s in view.statements()} == {"none"}
    ida.confirm(link.id)
    assert [found.review for found in view.links()] == ["confirmed"]


def test_a_claim_comes_out_as_if_the_rejected_had_not_been_found(store: Store, view: Reviewed, ida: Reviewer) -> None:
    (claim,) = store.claims()
    (link,) = store.links()
    first, second = claim.statements
    joined = Link(make_id("l", second, "corroborates", first), second, first, "corroborates", (), 0.9)
    store.put_links([joined])
    ida.reject(link.source)  # the denial
    assert [one.status for one in view.claims()] != ["disputed"]
    ida.reject(second)
    (now,) = view.claims()
    assert (now.statements, now.rejected, now.status) == ((first,), (second,), "single-source")
    assert now.independent_origins == 1
    assert view.statement(first).claim == now.id
    assert list(view.claims(Query(status="disputed"))) == []
    assert view.how_many("claim") == 1
    ida.reject(first)
    assert list(view.claims()) == []
    assert view.claim(claim.id).rejected == claim.statements
    for _ in range(3):
        ida.undo()
    assert list(view.claims()) == [claim], "as it was assembled"


def test_a_claim_whose_first_statement_is_rejected_is_found_by_both_ids(view: Reviewed, ida: Reviewer) -> None:
    (claim,) = view.claims()
    ida.reject(claim.statements[0])
    (now,) = view.claims()
    assert now.id != claim.id
    assert view.claim(claim.id) == view.claim(now.id) == now
    assert ("claim", now.id) in view.find(now.id[:12])
    assert view.claimed_with([claim.statements[1]]) == (claim.statements[1],)


def test_origins_follow_their_statements(store: Store, view: Reviewed, ida: Reviewer) -> None:
    (claim,) = store.claims()
    first, second = (store.statement(identity) for identity in claim.statements)
    ida.reject(first.id)
    with pytest.raises(UnknownId, match="goes back"):
        view.origin(first.origin or "")
    origin = view.origin(view.statement(second.id).origin or "")
    assert origin.statements == (second.id,)


def test_reports_are_asked_for_their_statements_of_now(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "was informed")
    assert page_of(DENIAL).report.id in {r.id for r in view.reports(Query(who="Two officials"))}
    ida.reject(one.id)
    assert list(view.reports(Query(who="Two officials"))) == []
    assert [r.id for r in view.reports(Query(review="rejected"))] == [one.report_id]


def test_the_record_as_of_a_date_reads_with_judgements(view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "crossed the border")
    ida.reject(one.id)
    then = as_known(view, "2031-05-02")
    assert one.id not in ids(then)
    assert then.last_judgement() == view.last_judgement()
    assert then.called("Lindqvist") == (ANNA.id,)
    assert ids(then, Query(review="rejected")) == [one.id]


def judge_all(ida: Reviewer, view: Reviewed) -> None:
    """A verdict of each kind."""
    statements = list(view.statements(Query(attitude=None)))
    ida.confirm(statements[0].id)
    ida.reject(statements[1].id)
    ida.correct(statements[2].id, PutRight(name="Jane Doe"))
    ida.merge(VESNA.id, AURELIA.id)
    ida.split(ANNA.id, reports=[page_of(EDITED).report.id])
    ida.reject(view.links_found()[0].id)
    ida.undo()


def test_lists_counts_and_pages_agree(view: Reviewed, ida: Reviewer) -> None:
    judge_all(ida, view)
    lists = {"statement": view.statements, "figure": view.figures, "claim": view.claims, "report": view.reports}
    for query in QUERIES:
        for kind, ask in lists.items():
            every = [thing.id for thing in ask(Query(**{**_fields(query), "limit": None, "skip": 0}))]
            assert view.how_many(kind, query) == len(every), (kind, query)
            assert len(set(every)) == len(every)
            end = None if query.limit is None else query.skip + query.limit
            assert [thing.id for thing in ask(query)] == every[query.skip : end]


def _fields(query: Query) -> dict[str, object]:
    return {name: getattr(query, name) for name in query.__dataclass_fields__}


def test_taking_everything_back_leaves_what_was_found(store: Store, view: Reviewed, ida: Reviewer) -> None:
    before = snapshot(view)
    judge_all(ida, view)
    assert snapshot(view) != before
    while True:
        held = [j for j in store.judgements() if j.verdict != "undo"]
        undone = {i for j in store.judgements() if j.verdict == "undo" for i in j.about}
        if {j.id for j in held} <= undone:
            break
        ida.undo()
    assert snapshot(view) == before


def test_both_stores_read_alike() -> None:
    views = []
    from tests.review.conftest import WHEN, fill

    for _ in range(2):
        store = MemoryStore()
        fill(store)
        view = Reviewed(store)
        judge_all(Reviewer(store, "Ida Berg", when=WHEN), view)
        views.append(view)
    assert snapshot(views[0]) == snapshot(views[1])
    assert views[0].judgements() == views[1].judgements(), "the same verdicts give the same hashes"


def test_a_view_that_is_kept_sees_new_verdicts(store: Store, view: Reviewed) -> None:
    one = statement_with(view, "talks")
    assert view.statement(one.id).review == "none"
    Reviewer(store, "Somebody else").reject(one.id)
    assert view.statement(one.id).review == "rejected"


def test_a_pinned_view_stays_as_it_was(store: Store, view: Reviewed, ida: Reviewer) -> None:
    one = statement_with(view, "talks")
    ida.confirm(one.id)
    pinned = view.pinned()
    ida.reject(one.id)
    assert (pinned.statement(one.id).review, view.statement(one.id).review) == ("confirmed", "rejected")
    assert view.pinned().statement(one.id).review == "rejected"


def test_an_export_has_what_was_found_its_review_and_the_log(store: Store, view: Reviewed, ida: Reviewer) -> None:
    judge_all(ida, view)
    lines: list[str] = []
    export_record(Marked(store), lines.append)
    assert sum('"type":"judgement"' in line for line in lines) == len(store.judgements())
    assert sum('"review":"rejected"' in line for line in lines) == 1
    other = MemoryStore()
    assert import_record(lines, other).judgements == len(store.judgements())
    again: list[str] = []
    export_record(Marked(other), again.append)
    assert again == lines
    assert exported(other) == exported(store)
    assert verify(other) == verify(store) == ()


@pytest.mark.parametrize("kind", ["statement", "link"])
def test_any_statement_may_be_rejected_and_the_rest_still_reads(store: Store, ida: Reviewer, kind: str) -> None:
    from onrecord.export.changed import Corrections
    from onrecord.export.opened import find_openings
    from onrecord.export.shelf import Shelf

    view = Reviewed(store)
    for one in list(store.records(kind)):
        assert isinstance(one, Statement | Link)
        ida.reject(one.id)
        shelf = Shelf(view)
        assert list(find_openings(shelf, EVERYTHING)) is not None
        for statement in view.statements(Query(attitude=None, review="all")):
            Corrections(shelf).flagged(statement)
        assert all(isinstance(claim, Claim) for claim in view.claims())
        ida.undo()


def test_spans_put_right_count_code_points() -> None:
    from tests.build import doc, say

    text = "\U0001f6a2 Fartøyet “sank”, sa Ida Falk. Ida Falk sa ingenting mer."
    from onrecord.ledger.statements import make_page
    from onrecord.model import Source

    report = doc(text, attributions=(say(text, "“sank”", source="Ida Falk", cue="sa"),))
    store = MemoryStore()
    store.add(make_page(report, Source(report.sha256, text.encode())))
    (one,) = store.statements()
    second = text.rindex("Ida Falk")
    assert spans_of_words(report, "Ida Falk", second) == (Span(second, second + 8),)
    assert spans_of_words(report, "Ida Falk") == (Span(text.index("Ida"), text.index("Ida") + 8),)
    Reviewer(store, "x").correct(one.id, PutRight(content=spans_of_words(report, "Fartøyet “sank”")))
    assert Reviewed(store).statement(one.id).content.quote == "Fartøyet “sank”"
    assert verify(store) == ()


def test_a_pinned_view_looks_a_name_up_once_however_much_was_judged(
    store: Store, view: Reviewed, ida: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for statement in list(store.statements()):
        ida.confirm(statement.id)
    pinned, asked = view.pinned(), []
    real = store.called
    monkeypatch.setattr(store, "called", lambda name: asked.append(name) or real(name))
    speaker = next(s.speaker.entity for s in store.statements() if s.speaker.entity)
    assert list(pinned.statements(Query(who=speaker)))
    assert asked == [speaker]
