"""How a sheet is printed: styled on a terminal, plain elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.cli.output import console, is_terminal, put
from onrecord.export.cells import safe
from onrecord.export.passages import Passage
from onrecord.export.sheet import Sheet

# how marked words look: on a terminal, and between what signs everywhere
STYLES = {"content": "bold", "source": "cyan", "cue": "yellow"}
SIGNS = {"content": ("«", "»")}
MOST = 20  # rows of a block


def print_sheet(sheet: Sheet) -> None:
    """The sheet on standard output; styled on a terminal, marked with « » everywhere."""
    if is_terminal():
        _print_styled(sheet)
        return
    put("".join(line + "\n" for line in _plain_lines(sheet)))


def _plain_lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.heading
    width = max((len(name) for name, _ in sheet.facts), default=0)
    for name, value in sheet.facts:
        yield f"  {name.ljust(width)}  {value}"
    for heading, items in sheet.blocks:
        if items:
            yield ""
            yield heading
            yield from (_plain_item(item) for item in items[:MOST])
            if len(items) > MOST:
                yield f"  … and {len(items) - MOST} more"


def _plain_item(item: Passage | str) -> str:
    if isinstance(item, str):
        return f"  {item}"
    return f"  ¶{item.paragraph}  " + "".join(_signed(text, label) for text, label in item.pieces)


def _signed(text: str, label: str | None) -> str:
    before, after = SIGNS.get(label or "", ("", ""))
    return f"{before}{text}{after}"


def _print_styled(sheet: Sheet) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(safe(sheet.heading), style="bold"))
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in sheet.facts:
        facts.add_row(Text(safe(name)), Text(safe(value)))
    out.print(Padding(facts, (0, 0, 0, 2)))
    for heading, items in sheet.blocks:
        if items:
            out.print()
            out.print(Text(safe(heading), style="bold"))
            for item in items[:MOST]:
                out.print(Padding(_styled_item(item), (0, 0, 0, 2)))
            if len(items) > MOST:
                out.print(Text(f"  … and {len(items) - MOST} more", style="dim"))


def _styled_item(item: Passage | str) -> Any:
    from rich.text import Text

    if isinstance(item, str):
        return Text(safe(item))
    text = Text(f"¶{item.paragraph}  ", style="dim")
    for piece, label in item.pieces:
        text.append(safe(_signed(piece, label)), style="not dim " + STYLES.get(label or "", ""))
    return text
