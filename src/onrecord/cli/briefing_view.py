"""The briefing on a terminal: the content of the Markdown, styled."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.output import console
from onrecord.export.cells import safe
from onrecord.export.clauses import PLAIN, QUOTE, WHO, WORDS, Briefing, Line, Note, Part, Section, spoken
from onrecord.export.rendering import LEGEND, call, cells, footer, header, left_out, pieces, reference

STYLES = {WHO: "bold cyan", WORDS: "", QUOTE: "italic", PLAIN: "dim"}
CITATION = "green"


def show_briefing(briefing: Briefing) -> None:
    """Prints it on standard output."""
    out = console()
    out.print(Text(safe(briefing.title), style="bold"))
    out.print(Text(header(briefing), style="dim"))
    out.print(Text(LEGEND, style="dim"))
    for section in briefing.sections:
        out.print()
        out.print(Text(section.title, style="bold underline"))
        _show_section(out, section, briefing)
    if footer(briefing):
        out.print()
        out.print(Text(footer(briefing), style="dim"))
    if briefing.notes:
        out.print()
        out.rule(style="dim")
        notes = Table.grid(padding=(0, 1))
        notes.add_column(style=CITATION, justify="right", no_wrap=True)
        notes.add_column(overflow="fold")
        for note in briefing.notes:
            notes.add_row(f"[{note.number}]", _note(note))
        out.print(notes)


def _show_section(out: Any, section: Section, briefing: Briefing) -> None:
    if section.columns:
        out.print(_table(section, briefing))
    for line in () if section.columns else section.lines:
        out.print(Padding(_bullet(line, briefing), (0, 0, 0, 1 + 2 * line.depth)))
    if section.left_out:
        out.print(Text(left_out(section), style="dim"))


def _bullet(line: Line, briefing: Briefing) -> Table:
    """A bullet with its words hanging beside it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    words = Text()
    for piece in pieces(line, briefing):
        words.append(*_styled(piece))
    grid.add_row(Text("•" if line.depth == 0 else "–", style="dim"), words)
    return grid


def _styled(piece: Part | str) -> tuple[str, str]:
    if isinstance(piece, str):
        return piece, CITATION if "[" in piece else "dim"
    return safe(spoken(piece)), STYLES.get(piece.kind, "")


def _table(section: Section, briefing: Briefing) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in section.columns:
        table.add_column(heading, overflow="fold")
    for line in section.lines:
        clause = line.clauses[0]
        row = [Text.assemble(*(_styled(part) for part in cell)) for cell in cells(clause)]
        table.add_row(*row, Text(f"[{briefing.numbers[clause.statement.id]}]", style=CITATION))
    return table


def _note(note: Note) -> Text:
    text = Text(safe(reference(note)) + ": ", style="dim")
    for words, is_content in note.quote:
        text.append(safe(" ".join(words.split("\n"))), style="not dim italic" if is_content else "not dim")
    text.append(f"  {call(note)}", style="dim")
    return text
