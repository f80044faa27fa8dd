"""A briefing as Markdown, plain text or JSON; the same content in each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from onrecord.export.clauses import LABEL, QUOTE, WHO, Briefing, Clause, Line, Note, Part, Section, spoken
from onrecord.export.naming import day

MOTTO = "this says who says what, not what is true"
LEGEND = (
    "“…” marks a speaker's own words, what stands without marks is the wording of the report. "
    "“Reported”: printed that day; the day it was said is not known."
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def header(briefing: Briefing) -> str:
    """On the record as of when, how many reports of how many outlets."""
    reports = f"{briefing.reports:,} report{'' if briefing.reports == 1 else 's'}"
    outlets = f"{briefing.outlets:,} outlet{'' if briefing.outlets == 1 else 's'}"
    as_of = f" as of {day(briefing.as_of)}" if briefing.as_of else ""
    as_of += f", what has come since {day(briefing.since)}" if briefing.since else ""
    headline = f" · headline: {clean(briefing.headline_of)}" if briefing.headline_of else ""
    return f"On the record{as_of} · {reports}, {outlets}{headline} · {MOTTO}"


def footer(briefing: Briefing) -> str:
    """What the briefing does not tell, in words; empty where it tells everything."""
    if not briefing.unsure:
        return ""
    number = f"{briefing.unsure:,} statement{' is' if briefing.unsure == 1 else 's are'}"
    return f"{number} on the record and not told here: not sure enough who said what. `onrecord statements` lists all."


def left_out(section: Section) -> str:
    """How many lines of a section are not shown, and the call that lists them."""
    return f"{section.left_out:,} more: `{section.look}`" if section.left_out else ""


def to_markdown(briefing: Briefing) -> str:
    """Markdown; whatever comes from a report is escaped."""
    lines = [f"# {_escaped(briefing.title)}", header(briefing) + "  ", LEGEND, ""]
    for section in briefing.sections:
        lines += [f"## {section.title}", *_section_lines(section, briefing, _marked_down, _piped), ""]
    if footer(briefing):
        lines += [footer(briefing), ""]
    if briefing.notes:
        lines += ["---", *(_note_line(note) for note in briefing.notes)]
    return "\n".join(lines).rstrip() + "\n"


def to_text(briefing: Briefing) -> str:
    """Plain text for people, with nothing marked up."""
    lines = [clean(briefing.title), header(briefing), LEGEND, ""]
    for section in briefing.sections:
        lines += [section.title.upper(), *_section_lines(section, briefing, _plain, _aligned), ""]
    if footer(briefing):
        lines += [footer(briefing), ""]
    lines += [f"[{note.number}] {reference(note)}: {clean(quotation(note))}  {call(note)}" for note in briefing.notes]
    return "\n".join(lines).rstrip() + "\n"


def to_json(briefing: Briefing) -> str:
    """One JSON object with everything, also what was stopped."""
    return json.dumps(as_object(briefing), ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Briefing], str]] = {"md": to_markdown, "text": to_text, "json": to_json}


def reference(note: Note) -> str:
    """Outlet, date and paragraph of a note."""
    return f"{clean(note.outlet)}, {day(note.published)}, ¶{note.paragraph}"


def call(note: Note) -> str:
    """The call that opens a note."""
    return f"onrecord show {note.statement[:10]}"


def quotation(note: Note) -> str:
    """The words of a note in their paragraph, the content between « and »."""
    return "".join(f"«{text}»" if is_content else text for text, is_content in note.quote).strip()


def cells(clause: Clause) -> list[list[Part]]:
    """The parts of a table row by cell."""
    row: list[list[Part]] = [[]]
    for part in clause.parts:
        if part.text == "\t":
            row.append([])
        else:
            row[-1].append(part)
    return row


def pieces(line: Line, briefing: Briefing) -> Iterator[Part | str]:
    """The parts of a line with its citations and what stands between clauses."""
    for at, clause in enumerate(line.clauses):
        if at:
            yield line.join
        yield from clause.parts
        yield f" [{briefing.numbers[clause.statement.id]}]"
    if line.left_out:
        yield f"; and {line.left_out:,} more"


def _row(line: Line, briefing: Briefing, show: Callable[[Part], str]) -> list[str]:
    clause = line.clauses[0]
    return [*("".join(map(show, cell)) for cell in cells(clause)), f"[{briefing.numbers[clause.statement.id]}]"]


def _piped(rows: list[list[str]]) -> Iterator[str]:
    """A table of Markdown."""
    for at, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if at == 0:
            yield "|" + "---|" * len(row)


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    """A table in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _section_lines(
    section: Section,
    briefing: Briefing,
    show: Callable[[Part], str],
    lay_out: Callable[[list[list[str]]], Iterator[str]],
) -> Iterator[str]:
    if section.columns:
        yield from lay_out([list(section.columns), *(_row(line, briefing, show) for line in section.lines)])
    else:
        for line in section.lines:
            words = "".join(piece if isinstance(piece, str) else show(piece) for piece in pieces(line, briefing))
            yield "  " * line.depth + "- " + words
    if section.left_out:
        yield ""
        yield left_out(section)


def _plain(part: Part) -> str:
    return clean(spoken(part))


def _marked_down(part: Part) -> str:
    text = _escaped(part.text)
    if part.kind == WHO:
        return f"**{text}**"
    if part.kind == LABEL:
        return f"*{text}*"
    return f"“{text}”" if part.kind == QUOTE else text


def _note_line(note: Note) -> str:
    words = "".join(_emphasised(text) if is_content else _escaped(text) for text, is_content in note.quote).strip()
    return f"- [{note.number}] {_escaped(reference(note))}: {words} · `{call(note)}`"


def _emphasised(text: str) -> str:
    """Emphasis has no white space inside its stars."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}*{_escaped(inner)}*{after}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", clean(text))


def clean(text: str) -> str:
    """One line, without control characters."""
    return _CONTROL.sub("\ufffd", text.replace("\n", " ").replace("\t", " "))


def as_object(briefing: Briefing) -> dict[str, Any]:
    """Everything in a briefing, also what was stopped, as JSON has it."""
    return {
        "title": briefing.title,
        "headline_of": briefing.headline_of,
        "as_of": briefing.as_of,
        "since": briefing.since,
        "reports": briefing.reports,
        "outlets": briefing.outlets,
        "motto": MOTTO,
        "sections": [_section_object(section, briefing) for section in briefing.sections],
        "notes": [
            {
                "number": note.number,
                "statement": note.statement,
                "report": note.report,
                "outlet": note.outlet,
                "published": note.published,
                "paragraph": note.paragraph,
                "quote": [{"text": text, "content": is_content} for text, is_content in note.quote],
            }
            for note in briefing.notes
        ],
        "unsure": briefing.unsure,
        "stopped": [{"statement": s.statement, "reason": s.reason} for s in briefing.stopped],
    }


def _section_object(section: Section, briefing: Briefing) -> dict[str, Any]:
    return {
        "title": section.title,
        "columns": list(section.columns),
        "left_out": section.left_out,
        "lines": [
            {
                "depth": line.depth,
                "join": line.join,
                "clauses": [
                    {
                        "text": clause.text,
                        "parts": [{"kind": part.kind, "text": part.text} for part in clause.parts],
                        "statement": clause.statement.id,
                        "link": clause.link.id if clause.link else None,
                        "figure": clause.figure.id if clause.figure else None,
                        "note": briefing.numbers[clause.statement.id],
                    }
                    for clause in line.clauses
                ],
                "left_out": line.left_out,
            }
            for line in section.lines
        ],
    }
