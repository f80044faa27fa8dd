"""Who backs whom as a drawing: sources on the left, claims on the right, a line of its own for each way of standing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from statistics import fmean

from onrecord.export.charts.backing import CONFIRMS, CORROBORATES, DENIES, SAYS, Backing, Matter, Stand, tell_backing
from onrecord.export.charts.legend import Key, legend
from onrecord.export.charts.metrics import shortened, width, wrapped
from onrecord.export.charts.stances import DASHES, sign
from onrecord.export.charts.svg import document, element, linked, number, text

SourceLink = Callable[[str], str | None]
WIDTH, EDGE, LINE = 640.0, 8.0, 14.0
GAP = 14.0  # between two claims
ROUNDS = 8  # of putting sources and claims in order
CLASSES = {SAYS: "says", CONFIRMS: "confirms", CORROBORATES: "hedges", DENIES: "denies"}
WORDS = {SAYS: "says", CONFIRMS: "confirms", CORROBORATES: "says too, independently", DENIES: "denies"}


def draw_backing(
    backing: Backing, link: SourceLink | None = None, *, title: str = "Who backs whom", identity: str = "backing",
    width: float = WIDTH, standalone: bool = False,
) -> str:  # fmt: skip
    """The graph as SVG; `link` gives the address of an entity, a claim or a statement by its id, or None.

    A line opens the first of its statements.
    """
    width = max(280.0, width)
    drawing = _Drawing(backing, link or (lambda _: None), width)
    body, height = drawing.draw(title if standalone else "")
    return document(
        body, width=width, height=height, identity=identity, title=title, desc=tell_backing(backing),
        standalone=standalone,
    )  # fmt: skip


def order(backing: Backing) -> tuple[list[str], list[str]]:
    """Ids of sources and of claims from top to bottom, so that lines cross little.

    Each is put, in turn, at the mean place of those it is tied to; ties keep the order they have.
    """
    sources, claims = [s.id for s in backing.sources], [c.id for c in backing.claims]
    of_source, of_claim = defaultdict(list), defaultdict(list)
    for one in backing.stands:
        of_source[one.source].append(one.claim)
        of_claim[one.claim].append(one.source)
    for _ in range(ROUNDS):
        place = {identity: at / max(1, len(claims)) for at, identity in enumerate(claims)}
        sources.sort(key=lambda identity: fmean(place[claim] for claim in of_source[identity]))
        place = {identity: at / max(1, len(sources)) for at, identity in enumerate(sources)}
        claims.sort(key=lambda identity: fmean(place[source] for source in of_claim[identity]))
    return sources, claims


class _Drawing:
    """One graph while it is made."""

    def __init__(self, backing: Backing, link: SourceLink, width: float) -> None:
        self.backing, self.link, self.width = backing, link, width
        self.left = EDGE + width * 0.27  # where the lines begin
        self.right = width * 0.47  # where they end
        self.room = width - EDGE - self.right - 16  # for the words of a claim
        self.claims = {claim.id: claim for claim in backing.claims}
        self.sources = {source.id: source for source in backing.sources}

    def draw(self, heading: str) -> tuple[list[str], float]:
        """The elements and the height of all."""
        body: list[str] = []
        top = EDGE
        if heading:
            rows = wrapped(heading, self.width - 2 * EDGE, 2, 15, bold=True)
            body += [text(row, EDGE, top + 14 + 19 * at, class_="heading", font_size=15) for at, row in enumerate(rows)]
            top += 19 * len(rows) + 10
        if not self.claims:
            body.append(
                text(
                    shortened("No claim yet on which more than one source speaks.", self.width - 16),
                    EDGE,
                    top + 16,
                    class_="axis",
                )
            )
            return body, top + 32
        sources, claims = order(self.backing)
        rows_of = {identity: self._rows(self.claims[identity]) for identity in claims}
        ends = Counter(one.claim for one in self.backing.stands)
        tall = {identity: max(LINE * len(rows) + 4, 9.0 * ends[identity] + 6) for identity, rows in rows_of.items()}
        high = sum(tall.values()) + GAP * (len(claims) - 1)
        apart = 22.0
        bottom = top + max(high, apart * len(sources))
        y, middles = top + (bottom - top - high) / 2, {}
        for identity in claims:
            middles[identity] = y + tall[identity] / 2
            y += tall[identity] + GAP
        spots = self._spread(sources, middles, top, bottom, apart)
        body += self._lines(sources, claims, spots, middles, tall)
        body += [self._source(identity, spots[identity]) for identity in sources]
        body += [
            self._claim(self.claims[identity], rows_of[identity], middles[identity], tall[identity])
            for identity in claims
        ]
        y = bottom + 14
        for row in wrapped(self._note(), self.width - 2 * EDGE, 3):
            body.append(text(row, EDGE, y + 8, class_="axis"))
            y += 15
        keys, deep = legend(self._keys(), EDGE, y + 2, self.width - 2 * EDGE)
        return [*body, element("g", keys, class_="keys")], y + deep + EDGE + 2

    def _rows(self, claim: Matter) -> list[str]:
        return [*wrapped(claim.text, self.room, 2), self._status(claim)]

    def _status(self, claim: Matter) -> str:
        told = (f"{claim.status} · {claim.origins} independent origin{'' if claim.origins == 1 else 's'}", claim.status)
        return next((words for words in told if width(words) <= self.room), claim.status)

    def _spread(
        self, sources: list[str], middles: dict[str, float], top: float, bottom: float, apart: float
    ) -> dict[str, float]:
        """Each source at the mean height of its claims, as far as they keep apart."""
        wanted = {
            identity: fmean(middles[one.claim] for one in self.backing.stands if one.source == identity)
            for identity in sources
        }
        spots, y = {}, top - apart / 2
        for identity in sources:
            y = max(y + apart, wanted[identity])
            spots[identity] = y
        y = bottom + apart / 2
        for identity in reversed(sources):
            y = min(y - apart, spots[identity])
            spots[identity] = y
        return spots

    def _lines(
        self, sources: list[str], claims: list[str], spots: dict[str, float], middles: dict[str, float],
        tall: dict[str, float],
    ) -> Iterator[str]:  # fmt: skip
        """One line a stand; those to one claim end below each other in the order in which they come."""
        place = {identity: at for at, identity in enumerate(sources)}
        by_claim: dict[str, list[Stand]] = defaultdict(list)
        for one in self.backing.stands:
            by_claim[one.claim].append(one)
        for claim in claims:
            of = sorted(by_claim[claim], key=lambda one: place[one.source])
            step = min(9.0, (tall[claim] - 6) / max(1, len(of) - 1))
            for at, one in enumerate(of):
                end = middles[claim] + step * (at - (len(of) - 1) / 2)
                yield self._line(one, spots[one.source], end)

    def _line(self, one: Stand, start: float, end: float) -> str:
        x1, x2 = self.left, self.right - 12
        half = (x1 + x2) / 2
        bend = f"C{number(half)} {number(start)} {number(half)} {number(end)} {number(x2)} {number(end)}"
        path = f"M{number(x1)} {number(start)}{bend}"
        drawn = [
            element(
                "path",
                d=path,
                fill="none",
                stroke="currentColor",
                stroke_width=1.4,
                stroke_dasharray=DASHES.get(one.kind),
            )
        ]
        if one.kind == DENIES:  # a double line: a broad one with its middle taken out
            drawn = [
                element("path", d=path, fill="none", stroke="currentColor", stroke_width=4),
                element("path", d=path, fill="none", stroke="currentColor", stroke_width=1.6, class_="cut-out"),
            ]
        drawn.append(_end(one.kind, x2 + 6, end))
        told = f"{self.sources[one.source].name} {WORDS[one.kind]}: {self.claims[one.claim].text}"
        return linked(self.link(one.statements[0]), told, *drawn, class_=f"stand {CLASSES[one.kind]}")

    def _source(self, identity: str, y: float) -> str:
        source = self.sources[identity]
        words = text(
            shortened(source.name, self.left - EDGE - 10), self.left - 8, y + 4, text_anchor="end", class_="ink"
        )
        dot = element("circle", cx=self.left, cy=y, r=3, fill="currentColor")
        address = self.link(source.entity) if source.entity else None
        return linked(address, source.name, words, dot, class_="source ink")

    def _claim(self, claim: Matter, rows: list[str], middle: float, tall: float) -> str:
        y = middle - LINE * len(rows) / 2
        words = [
            text(row, self.right + 8, y + LINE * at + 10.5, class_="ink" if at < len(rows) - 1 else "axis")
            for at, row in enumerate(rows)
        ]
        edge = element(
            "line",
            x1=self.right,
            x2=self.right,
            y1=middle - tall / 2,
            y2=middle + tall / 2,
            stroke="currentColor",
            stroke_width=2,
        )
        return linked(self.link(claim.id), claim.text, edge, *words, class_="claim axis")

    def _note(self) -> str:
        told = []
        if self.backing.left_out:
            told.append(f"{self.backing.left_out:,} more claims on which several speak are not drawn")
        if self.backing.single:
            told.append(f"{self.backing.single:,} claims of one source alone are left out")
        words = "; ".join(told)
        return words[:1].upper() + words[1:] + ("." if words else "")

    def _keys(self) -> Iterator[Key]:
        kinds = {one.kind for one in self.backing.stands}
        for kind in (SAYS, CONFIRMS, CORROBORATES, DENIES):
            if kind in kinds:
                rail = element(
                    "path",
                    d="M-7 0H8",
                    fill="none",
                    stroke="currentColor",
                    stroke_width=1.4,
                    stroke_dasharray=DASHES.get(kind),
                )
                if kind == DENIES:
                    rail = element(
                        "path", d="M-7 -1.5H8M-7 1.5H8", fill="none", stroke="currentColor", stroke_width=1.2
                    )
                yield Key(rail, WORDS[kind], CLASSES[kind])


def _end(kind: str, x: float, y: float) -> str:
    """The sign at a claim's side."""
    if kind == CORROBORATES:
        return element(
            "circle", cx=x - 1, cy=y, r=3, class_="empty", fill="none", stroke="currentColor", stroke_width=1.4
        )
    return sign(kind, x - 1, y, 2.5 if kind == SAYS else 3.5)
