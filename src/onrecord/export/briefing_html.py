"""A briefing as one HTML file with its charts, which asks for nothing else: no script, no font, no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from onrecord.export.charts.gathering import gather_series
from onrecord.export.charts.points import Point, Series
from onrecord.export.charts.series import draw_series
from onrecord.export.charts.telling import COLUMNS, series_rows
from onrecord.export.clauses import QUOTE, WHO, Briefing, Line, Note, Part, Section
from onrecord.export.rendering import LEGEND, call, cells, clean, footer, header, left_out, reference
from onrecord.ledger.store import Query, View
from onrecord.resources import read_text, settings_file

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def with_charts(briefing: Briefing, view: View, query: Query) -> Briefing:
    """The briefing with the quantities of which two numbers and more are given, the most followed first."""
    most = int(settings_file("charts/charts.toml")["figures"]["several"])
    return replace(briefing, series=gather_series(view, query)[:most])


def to_html(briefing: Briefing) -> str:
    """One file; whatever comes from a report is escaped."""
    return "\n".join(_Page(briefing).lines()) + "\n"


class _Page:
    """The file while it is written: citations count up, so that a note leads back to the first of its own."""

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing
        self.cited: Counter[int] = Counter()

    def lines(self) -> Iterator[str]:
        """The file, line by line."""
        briefing = self.briefing
        title = _escaped(briefing.title)
        yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>\n{read_text('briefing.css')}{read_text('charts/chart.css')}</style>"
        yield f"</head>\n<body>\n<main>\n<h1>{title}</h1>"
        yield f'<p class="meta">{escape(header(briefing))}</p>\n<p class="meta">{escape(LEGEND)}</p>'
        drawn = False
        for section in briefing.sections:
            yield f"<section>\n<h2>{escape(section.title)}</h2>"
            yield from self._section(section)
            if section.columns:
                drawn = True
                yield from self._charts()
            yield "</section>"
        if not drawn:
            yield from self._charts()
        if footer(briefing):
            yield f'<p class="meta">{escape(footer(briefing))}</p>'
        if briefing.notes:
            yield '<section>\n<h2>The words</h2>\n<ol class="notes">'
            yield from (self._note(note) for note in briefing.notes)
            yield "</ol>\n</section>"
        yield "</main>\n</body>\n</html>"

    def _section(self, section: Section) -> Iterator[str]:
        if section.columns:
            yield '<div class="table"><table><thead><tr>'
            yield "".join(f'<th scope="col">{escape(column)}</th>' for column in section.columns)
            yield "</tr></thead><tbody>"
            yield from (self._row(line) for line in section.lines)
            yield "</tbody></table></div>"
        else:
            yield '<ul class="told">'
            yield from self._items(section.lines)
            yield "</ul>"
        if section.left_out:
            yield f'<p class="more">{escape(left_out(section))}</p>'

    def _items(self, lines: tuple[Line, ...]) -> Iterator[str]:
        """Bullets; those of a greater depth in a list inside the bullet before them."""
        depth = 0
        for at, line in enumerate(lines):
            goal = min(line.depth, depth + 1) if at else 0
            if at:
                yield "<ul>" if goal > depth else "</li>" + "</ul></li>" * (depth - goal)
            depth = goal
            yield f"<li>{self._words(line)}"
        if lines:
            yield "</li>" + "</ul></li>" * depth

    def _words(self, line: Line) -> str:
        told = [
            "".join(_part(part) for part in clause.parts) + " " + self._citation(clause.statement.id)
            for clause in line.clauses
        ]
        more = f"; and {line.left_out:,} more" if line.left_out else ""
        return escape(line.join, quote=False).join(told) + more

    def _row(self, line: Line) -> str:
        clause = line.clauses[0]
        told = ["".join(map(_part, cell)) for cell in cells(clause)]
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in (*told, self._citation(clause.statement.id))) + "</tr>"

    def _citation(self, statement: str) -> str:
        number = self.briefing.numbers[statement]
        self.cited[number] += 1
        first = f' id="c{number}"' if self.cited[number] == 1 else ""
        return f'<a class="cite"{first} href="#n{number}">[{number}]</a>'

    def _charts(self) -> Iterator[str]:
        for series in self.briefing.series:
            svg = draw_series(series, self._address)
            yield f"<figure>\n<figcaption>{_escaped(series.title)}</figcaption>"
            yield f'<div class="chart-room">{svg}</div>\n<details><summary>as a table</summary>'
            yield from self._table(series)
            yield "</details>\n</figure>"

    def _address(self, point: Point) -> str | None:
        number = self.briefing.numbers.get(point.figure.statement or "")
        return f"#n{number}" if number else None

    def _table(self, series: Series) -> Iterator[str]:
        yield '<div class="table"><table><thead><tr>'
        yield "".join(f'<th scope="col">{escape(column)}</th>' for column in (*COLUMNS, "words"))
        yield "</tr></thead><tbody>"
        for row in series_rows(series):
            address = self._address(row.point)
            words = f'<a class="cite" href="{address}">[{address[2:]}]</a>' if address else ""
            yield "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row.cells) + f"<td>{words}</td></tr>"
        yield "</tbody></table></div>"

    def _note(self, note: Note) -> str:
        words = "".join(
            f"<mark>{_escaped(text)}</mark>" if is_content else _escaped(text) for text, is_content in note.quote
        ).strip()
        back = f' <a href="#c{note.number}" aria-label="back to the citation">↩</a>' if self.cited[note.number] else ""
        return (
            f'<li id="n{note.number}"><b>[{note.number}]</b> {escape(reference(note))}{back}'
            f"<blockquote>{words}</blockquote><code>{escape(call(note))}</code></li>"
        )


def _part(part: Part) -> str:
    text = _escaped(part.text)
    if part.kind == WHO:
        return f"<strong>{text}</strong>"
    return f"“{text}”" if part.kind == QUOTE else text


def _escaped(text: str) -> str:
    return escape(clean(text))
