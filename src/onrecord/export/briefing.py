"""The cited briefing: who says what, who answers, which figures, what moved, what is open. It never says what is true.

Sentences are templates around the words of the reports; each ends in the citation of one statement, and none is
kept that the verifier does not find covered by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from onrecord.errors import UsageError
from onrecord.export.asof import as_known
from onrecord.export.brief_sections import make_sections
from onrecord.export.briefing_verify import Verifier
from onrecord.export.clauses import Briefing, Clause, Line, Note, Section, Stopped
from onrecord.export.desk import Desk
from onrecord.export.naming import Names, day
from onrecord.export.passages import find_passages
from onrecord.export.rendering import WRITERS
from onrecord.ledger.asof import AsOf
from onrecord.ledger.store import EVERYTHING, Query, View

HTML = "html"
FORMATS = (*WRITERS, HTML)
EVERY_STORY = "Everything on the record"
BELOW = "the line above it was stopped"
MOST_OF_IT = 0.6  # share of the reports from which one story gives a briefing its title


def make_briefing(view: View, query: Query = EVERYTHING) -> Briefing:
    """The briefing of what `query` selects, checked and numbered."""
    view = view if isinstance(view, AsOf) else as_known(view, query.as_of)
    desk = Desk.of(view, query)
    verifier = Verifier(view, desk.shelf)
    stopped: dict[tuple[str, str], Stopped] = {}
    kept = [_checked(section, verifier, stopped) for section in make_sections(desk)]
    numbers = _numbers(kept)
    dates = [report.published for report in desk.reports if report.published]
    title, headline_of = _title(desk)
    return Briefing(
        title=title,
        headline_of=headline_of,
        as_of=query.as_of or max(dates, default=None),
        since=query.since,
        reports=len(desk.reports),
        outlets=len({desk.names.outlet(report) for report in desk.reports}),
        sections=tuple(section for section in kept if section.lines),
        notes=tuple(_note(desk.names, identity, number) for identity, number in numbers.items()),
        stopped=tuple(stopped.values()),
        unsure=desk.unsure,
        numbers=numbers,
    )


def export_briefing(
    view: View, write: Callable[[str], object], form: str = "md", query: Query = EVERYTHING
) -> Briefing:
    """Writes the briefing as md, text, json or html; what was written, with what was stopped."""
    if form not in FORMATS:
        raise UsageError(f"no briefing is written as {form!r}; one of {', '.join(FORMATS)}")
    briefing = make_briefing(view, query)
    write(as_written(briefing, form, view, query))
    return briefing


def as_written(briefing: Briefing, form: str, view: View, query: Query) -> str:
    """The briefing in a format; with charts of the view's figures where the format is html."""
    if form != HTML:
        return WRITERS[form](briefing)
    from onrecord.export.briefing_html import to_html, with_charts

    return to_html(with_charts(briefing, view, query))


def _checked(section: Section, verifier: Verifier, stopped: dict[tuple[str, str], Stopped]) -> Section:
    """The section without the lines that fail; what stands below a line that fails falls with it."""
    lines: list[Line] = []
    fallen: int | None = None  # depth of the line that failed last
    for line in section.lines:
        if fallen is not None and line.depth > fallen:
            identity = line.clauses[0].statement.id
            stopped.setdefault((identity, BELOW), Stopped(identity, BELOW))
            continue
        fallen = None
        clauses = []
        for clause in line.clauses:
            fault = verifier.fault(clause)
            if fault:
                stopped.setdefault((clause.statement.id, fault), Stopped(clause.statement.id, fault))
            else:
                clauses.append(clause)
        # Stations of a figure that moves make sense together only; what is said again, only beside what was said first.
        if clauses[:1] != list(line.clauses[:1]) or (line.join != "; " and len(clauses) < len(line.clauses)):
            fallen = line.depth
        else:
            lines.append(replace(line, clauses=tuple(clauses)))
    return replace(section, lines=tuple(lines))


def _numbers(sections: Iterable[Section]) -> dict[str, int]:
    """Statement id -> the number of its note, in the order in which they are cited."""
    cited: dict[str, int] = {}
    for clause in _clauses(sections):
        cited.setdefault(clause.statement.id, len(cited) + 1)
    return cited


def _clauses(sections: Iterable[Section]) -> Iterable[Clause]:
    return (clause for section in sections for line in section.lines for clause in line.clauses)


def _note(names: Names, identity: str, number: int) -> Note:
    statement = names.statement(identity)
    report = names.report(statement.report_id)
    around = [evidence.spans for evidence in (statement.source, statement.cue) if evidence]
    passages = find_passages(report.text, [("content", statement.content.spans), *(("", spans) for spans in around)])
    passages = tuple(passage for passage in passages if any(label == "content" for _, label in passage.pieces))
    pieces = [(text, label == "content") for passage in passages for text, label in (*passage.pieces, (" ", None))]
    paragraph = passages[0].paragraph if passages else 1
    return Note(number, identity, names.outlet(report), report.published, paragraph, tuple(pieces), report.id)


def _title(desk: Desk) -> tuple[str, str]:
    """The headline of the story that most of the reports belong to, and whose headline it is: it is not ours."""
    ids = {report.id for report in desk.reports}
    if not ids:
        return "Nothing on the record yet", ""
    share, title = max(
        ((len(ids & set(s.reports)) / len(ids), s.title) for s in desk.view.stories()), default=(0.0, "")
    )
    report = next((report for report in desk.reports if report.title and report.title == title), None)
    if share < MOST_OF_IT or not title:
        return EVERY_STORY, ""
    return title, "" if report is None else f"{desk.names.outlet(report)}, {day(report.published)}"
