"""A report for reading: its text with every statement marked, its margin, and what the record knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.errors import UnknownId, UsageError
from onrecord.export.added import news_of
from onrecord.export.change_rows import Row, new_rows
from onrecord.export.copied import Kin, Passage, find_copies
from onrecord.export.highlights import Block, Mark, cut_blocks, cut_pages, cut_segments, page_at
from onrecord.export.margin import Margin, Note, flag_words, kind_of
from onrecord.export.naming import Names, day
from onrecord.export.shelf import Shelf
from onrecord.export.voices import Voice, find_voices, voice_key
from onrecord.model import Report, Span, Statement
from onrecord.resources import settings_file

CONTENT, SOURCE, CUE, FIGURE, COPY, HERE = "content", "source", "cue", "figure", "copy", "here"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a report is shown."""

    who: str | None = None  # only this voice's statements are marked
    stance: str | None = None  # likewise
    page: int | None = None  # from 1; None: the one that holds what follows, else the first
    statement: str | None = None  # id of the statement that is to be seen
    at: Span | None = None  # words that are to be seen, in code points


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the article."""

    report: str
    title: str | None
    published: str | None
    words: str  # "first", "2nd of 3", "newest"
    is_this: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that the reader may set: how many statements it leaves."""

    value: str
    words: str
    count: int
    is_set: bool
    letter: str = ""
    kind: str = ""  # of line


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a report beside its text."""

    id: str
    title: str
    outlet: str | None
    authors: tuple[str, ...]
    dateline: str | None
    published: str | None
    day: str  # of publication in words; "undated"
    retrieved: str | None
    uri: str | None
    language: str | None
    sha256: str
    characters: int  # code points
    flags: tuple[tuple[str, str], ...]
    supersedes: str | None
    replaced_by: str | None  # id of the next version
    versions: tuple[Version, ...]  # oldest first; empty where there is one only
    copies: tuple[Kin, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what stands beside it."""

    block: Block
    notes: tuple[Note, ...]  # whose content begins here, in order
    passages: tuple[Passage, ...]  # copied, that begin here; on top of a page also those that began before


@dataclass(frozen=True, slots=True)
class Annotated:
    """One page of a report, as it is read."""

    facts: Facts
    statements: int  # in the whole report
    shown: int  # of them, after filters
    range: tuple[int, int] | None  # numbers of the first and last note of this page
    voices: tuple[Choice, ...]
    stances: tuple[Choice, ...]
    kinds: tuple[tuple[str, str], ...]  # lines that occur, with their words
    lines: dict[str, str]  # id of a statement marked on this page -> kind of line
    paragraphs: tuple[Paragraph, ...]
    page: int  # from 1
    pages: int
    before: str | None  # id of the last statement shown on an earlier page
    after: str | None  # id of the first statement shown on a later page


@dataclass(frozen=True, slots=True)
class Added:
    """What a report adds to what was on the record before it."""

    report: str
    rows: tuple[Row, ...]
    why_not: str  # why nobody can say; empty where the rows tell


def added_by(shelf: Shelf, names: Names, report_id: str) -> Added:
    """What a report adds; UnknownId where there is none."""
    try:
        return Added(report_id, tuple(new_rows(news_of(shelf, report_id), names)), "")
    except UnknownId:
        raise
    except UsageError:
        return Added(report_id, (), "It has no date, so nobody can say what was on the record before it.")


def annotate_report(shelf: Shelf, names: Names, report_id: str, wanted: Wanted = Wanted()) -> Annotated:
    """A page of a report; UnknownId where there is none, or not that page."""
    entry = shelf.entry(report_id)
    report = entry.report
    statements = sorted(entry.statements, key=_place)
    voices = find_voices(statements, names)
    shown = [s for s in statements if _fits(s, voices[voice_key(s)], wanted)]
    blocks = cut_blocks(report.text, report.sections)
    pages = cut_pages(blocks, (s.content.spans[0].start for s in shown))
    number = _page_number(blocks, pages, statements, wanted)
    window = [blocks[n] for n in pages[number]]
    here = Span(window[0].span.start, window[-1].span.end) if window else Span(0, 0)
    starting = [s for s in shown if here.start <= s.content.spans[0].start < here.end]
    kin, passages = find_copies(shelf, names, report)
    passages = tuple(p for p in passages if p.start < here.end and here.start < p.end)
    notes = Margin(shelf, names, report, statements).notes(starting, voices)
    shown_blocks = cut_segments(report.text, window, _marks(report, shown, passages, wanted.at))
    kinds = Counter(map(kind_of, statements))
    words = settings_file("reader_words.toml")["kinds"]
    return Annotated(
        facts=_facts(shelf, report, kin),
        statements=len(statements),
        shown=len(shown),
        range=(notes[0].number, notes[-1].number) if notes else None,
        voices=tuple(_voice_choices(voices, wanted)),
        stances=tuple(_stance_choices(statements, wanted)),
        kinds=tuple((kind, str(told)) for kind, told in words.items() if kinds[kind]),
        lines={s.id: kind_of(s) for s in shown if any(here.overlaps(span) for span in s.content.spans)},
        paragraphs=tuple(_paragraphs(shown_blocks, notes, passages)),
        page=number + 1,
        pages=len(pages),
        before=_nearest((s for s in shown if s.content.spans[0].start < here.start), last=True),
        after=_nearest((s for s in shown if s.content.spans[0].start >= here.end), last=False),
    )


def _page_number(
    blocks: Sequence[Block], pages: Sequence[range], statements: Iterable[Statement], wanted: Wanted
) -> int:
    """From 0."""
    if wanted.page is not None:
        if not 1 <= wanted.page <= len(pages):
            raise UnknownId(f"page = {wanted.page}: the report has {len(pages)}")
        return wanted.page - 1
    one = next((s for s in statements if s.id == wanted.statement), None)
    start = one.content.spans[0].start if one else wanted.at.start if wanted.at else 0
    return page_at(blocks, pages, start) if blocks else 0


def _paragraphs(blocks: Sequence[Block], notes: Sequence[Note], passages: tuple[Passage, ...]) -> Iterator[Paragraph]:
    at, copied = 0, 0
    for block in blocks:
        first, start = at, copied
        while at < len(notes) and notes[at].spans[0][0] < block.span.end:
            at += 1
        while copied < len(passages) and passages[copied].start < block.span.end:
            copied += 1
        yield Paragraph(block, tuple(notes[first:at]), passages[start:copied])


def _marks(report: Report, shown: Sequence[Statement], passages: Iterable[Passage], at: Span | None) -> Iterator[Mark]:
    """What is marked in the text; sources, cues and figures are shown in words that belong to a statement, or none."""
    depths = _depths(shown)
    for statement in shown:
        parts = ((CONTENT, statement.content), (SOURCE, statement.source), (CUE, statement.cue))
        for label, evidence in parts:
            for span in evidence.spans if evidence else ():
                yield Mark(label, statement.id, span, depths[statement.id])
    for figure in report.figures:
        yield Mark(FIGURE, figure.id, figure.span)
    for passage in passages:
        yield Mark(COPY, passage.key, Span(passage.start, passage.end))
    if at:
        yield Mark(
            HERE, "at", Span(at.start, min(at.end, len(report.text))) if at.start < len(report.text) else Span(0, 0)
        )


def _depths(statements: Iterable[Statement]) -> dict[str, int]:
    """How many statements a statement lies inside of."""
    holders = {statement.id: statement.nested_in for statement in statements}
    depths: dict[str, int] = {}
    for identity in holders:
        chain: list[str] = []
        at: str | None = identity
        while at is not None and at in holders and at not in depths and at not in chain:
            chain.append(at)
            at = holders[at]
        depth = depths.get(at or "", -1)
        for one in reversed(chain):
            depth += 1
            depths[one] = depth
    return depths


def _fits(statement: Statement, voice: Voice, wanted: Wanted) -> bool:
    if wanted.stance and wanted.stance != statement.commitment.stance:
        return False
    return not wanted.who or voice.is_asked(wanted.who)


def _voice_choices(voices: dict[str, Voice], wanted: Wanted) -> Iterator[Choice]:
    for voice in voices.values():
        value = voice.entities[0] if len(voice.entities) == 1 else voice.key
        yield Choice(
            value, voice.name, voice.statements, bool(wanted.who) and voice.is_asked(wanted.who or ""), voice.letter
        )


def _stance_choices(statements: Iterable[Statement], wanted: Wanted) -> Iterator[Choice]:
    """In the order of the kinds of line, the frequent first."""
    table = settings_file("reader_words.toml")
    order = list(table["kinds"])
    counts = Counter(statement.commitment.stance for statement in statements)
    kinds = {stance: str(table["stances"].get(stance, "says")) for stance in counts}
    for stance in sorted(counts, key=lambda s: (order.index(kinds[s]), -counts[s], s)):
        yield Choice(stance, stance, counts[stance], wanted.stance == stance, kind=kinds[stance])


def _facts(shelf: Shelf, report: Report, kin: tuple[Kin, ...]) -> Facts:
    ids = shelf.versions(report.id)
    versions = tuple(_version(shelf.facts(i), at, len(ids), i == report.id) for at, i in enumerate(ids))
    at = ids.index(report.id) if report.id in ids else len(ids) - 1
    return Facts(
        report.id,
        report.title or "Untitled report",
        report.outlet,
        report.authors,
        report.dateline,
        report.published,
        day(report.published),
        report.retrieved,
        report.uri,
        report.language,
        report.sha256,
        len(report.text),
        flag_words(report.flags),
        report.supersedes,
        ids[at + 1] if at + 1 < len(ids) else None,
        versions if len(versions) > 1 else (),
        kin,
    )


def _version(report: Report, at: int, of: int, is_this: bool) -> Version:
    words = "first" if at == 0 else "newest" if at == of - 1 else f"version {at + 1} of {of}"
    return Version(report.id, report.title, report.published, words, is_this)


def _place(statement: Statement) -> tuple[int, int, str]:
    spans = statement.content.spans
    return (spans[0].start, -spans[-1].end, statement.id)


def _nearest(statements: Iterable[Statement], *, last: bool) -> str | None:
    found = [statement.id for statement in statements]
    return (found[-1] if last else found[0]) if found else None
