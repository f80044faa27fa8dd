"""Where attribution goes wrong: `python evals/errors.py --engine fast --engine accurate [--markdown] [--write PAGE]`.

Every miss (a gold attribution that no find answers, by the headline's criterion) and every false alarm (a find that
answers no gold) is put in one kind, by rules on the spans alone. Needs the gold data and its reader in ../shared or
ONRECORD_SHARED.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import finding
from evals.finding import Found
from evals.gold import DEV, SCORER, Article, load_scorer, read_articles
from evals.kinds import alarms, content, source, unread
from evals.kinds.scene import Alarm, Miss, Scene
from evals.shared import shared_folder
from evals.spans import ROLES, Pairs, Spans
from onrecord.registry import ENGINES

KINDS = Path(__file__).with_name("kinds") / "kinds.toml"
SOURCE, CONTENT, UNREAD, ALARMS = (
    "Missed: content found, source wrong",
    "Missed: cue or source found, content wrong",
    "Missed: nothing found",
    "False alarms",
)
MISSES = {SOURCE: source.KINDS, CONTENT: content.KINDS, UNREAD: unread.KINDS}
BEGIN, END = "<!-- errors -->", "<!-- /errors -->"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error and an example of it."""

    group: str
    name: str
    about: str
    text: str
    gold: tuple[Spans, ...]  # the first is the miss
    found: tuple[Found, ...]  # the first is the false alarm

    @property
    def scene(self) -> Scene:
        """The example as an article."""
        return Scene(self.text, self.gold, self.found)

    @property
    def shown(self) -> Spans:
        """What the example is about."""
        return self.found[0].spans if self.group == ALARMS else self.gold[0]

    @property
    def line(self) -> tuple[int, int]:
        """The line of the text that it stands in, in code points."""
        at = self.shown.content[0][0]
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self.text)

    @property
    def read_as(self) -> str:
        """What a wrong find has instead; empty where nothing was found."""
        if self.group not in (SOURCE, CONTENT):
            return ""
        near = self.scene.misses[0].near
        role = "source" if self.group == SOURCE else "content"
        spans = near.spans.of_role(role) if near else ()
        return f"{role} read: {' … '.join(self.text[start:end] for start, end in spans) or 'none'}"


def read_kinds() -> tuple[Kind, ...]:
    """All kinds in the order in which they are tried, with what kinds.toml says of them."""
    told = tomllib.loads(KINDS.read_text("utf-8"))
    named = {row["kind"]: row for row in (*told["miss"], *told["alarm"])}
    groups = {group: [name for name, _ in rows] for group, rows in MISSES.items()}
    groups[ALARMS] = [name for name, _ in alarms.KINDS]
    return tuple(
        Kind(
            group,
            name,
            (row := named[name])["about"],
            row["text"],
            tuple(spans_of(row["text"], line) for line in row["gold"]),
            tuple(Found(spans_of(row["text"], line), "", True, False, 1.0, 1.0) for line in row["found"]),
        )
        for group, names in groups.items()
        for name in names
    )


def spans_of(text: str, line: str) -> Spans:
    """The spans of "source / cue / content": the first places where the words stand by themselves.

    >>> spans_of("She said no.", "She / said / no").cue
    ((4, 8),)
    """

    def places(words: str) -> Pairs:
        pieces = [piece.strip() for piece in words.split("|") if piece.strip()]
        found = [re.search(_alone(piece), text) for piece in pieces]
        if None in found:
            raise ValueError(f"kinds.toml: not all of {words!r} stands in {text!r}")
        return tuple(place.span() for place in found if place)

    return Spans(*map(places, line.split(" / ")))


def _alone(piece: str) -> str:
    """A pattern for the piece where no word goes on at either end of it."""
    return r"(?<!\w)" * piece[0].isalnum() + re.escape(piece) + r"(?!\w)" * piece[-1].isalnum()


def kind_of_miss(miss: Miss) -> str:
    """The name of the first kind that fits."""
    return next(name for rows in MISSES.values() for name, fits in rows if fits(miss))


def kind_of_alarm(alarm: Alarm) -> str:
    """The name of the first kind that fits."""
    return next(name for name, fits in alarms.KINDS if fits(alarm))


def count_errors(scenes: Iterable[Scene]) -> Counter[str]:
    """How many errors there are of each kind; a miss and its find's false alarm are two errors."""
    counts: Counter[str] = Counter()
    for scene in scenes:
        counts.update(map(kind_of_miss, scene.misses))
        counts.update(map(kind_of_alarm, scene.alarms))
    return counts


def read_scenes(engine: str, articles: Sequence[Article]) -> list[Scene]:
    """The articles as the engine reads them."""
    return [Scene(one.text, one.gold, finding.find(engine, one.text, one.facts)) for one in articles]


def show(name: str, scenes: Iterable[Scene]) -> str:
    """Every error of a kind, with the spans of gold and find."""

    def tell(scene: Scene, mark: str, spans: Spans) -> str:
        parts = (" … ".join(scene.text[start:end] for start, end in spans.of_role(role)) for role in ROLES)
        return f"{mark} {' / '.join(parts)}"

    out = []
    for scene in scenes:
        for miss in scene.misses:
            if kind_of_miss(miss) == name:
                out.append(tell(scene, "\n-", miss.gold.spans))
                if miss.near:
                    out.append(tell(scene, "+", miss.near.spans))
        out += [tell(scene, "\n+", one.found.spans) for one in scene.alarms if kind_of_alarm(one) == name]
    return "\n".join(out)


def render(counts: Mapping[str, Mapping[str, int]], *, markdown: bool) -> str:
    """The table, a column for each engine: kind, example, counts; groups with their sums."""
    lines = []
    if markdown:
        lines += ["| kind | example | " + " | ".join(counts) + " |", "|---|---|" + "---:|" * len(counts)]
    else:
        lines.append("".join(f"{engine:>10}" for engine in counts))
    kinds = read_kinds()
    for group in (*MISSES, ALARMS):
        rows = [kind for kind in kinds if kind.group == group]
        sums = [sum(one[kind.name] for kind in rows) for one in counts.values()]
        lines.append(_line(f"**{group}**" if markdown else f"\n{group}", "", sums, markdown=markdown))
        for kind in rows:
            numbers = [one[kind.name] for one in counts.values()]
            name = f"{kind.name}: {kind.about}" if markdown else kind.name
            lines.append(
                _line(name, mark_up(kind) if markdown else kind.text[slice(*kind.line)], numbers, markdown=markdown)
            )
    return "\n".join(lines)


def _line(name: str, example: str, numbers: Sequence[int], *, markdown: bool) -> str:
    if markdown:
        return f"| {name} | {example} | {' | '.join(map(str, numbers))} |"
    start = "\n" * name.startswith("\n")
    return f"{start}{''.join(f'{number:>10}' for number in numbers)}  {name.strip()}" + f": {example}" * bool(example)


def mark_up(kind: Kind) -> str:
    """The example with its source in italics and its content in bold, then what was read instead."""
    text = kind.text
    first, after = kind.line
    marks = [(pair, "*") for pair in kind.shown.source] + [(pair, "**") for pair in kind.shown.content]
    for (start, end), mark in sorted(marks, reverse=True):
        text = text[:start] + mark + text[start:end] + mark + text[end:]
        after += 2 * len(mark)
    return text[first:after] + f" → {kind.read_as}" * bool(kind.read_as)


def write(page: Path, table: str) -> None:
    """Puts the table between the markers of a page."""
    text = page.read_text("utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page}: a line {BEGIN} and, after it, a line {END} must say where the table goes")
    page.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", "utf-8")


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", choices=ENGINES, help="may be given more than once")
    parser.add_argument("--gold", type=Path, help="folder with text/ and attributions/ (default: dev of the gold data)")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N articles")
    parser.add_argument(
        "--show",
        metavar="KIND",
        choices=[kind.name for kind in read_kinds()],
        help="print every error of this kind, and no table",
    )
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--write", type=Path, metavar="PAGE", help=f"put the table between {BEGIN} and {END} of PAGE")
    args = parser.parse_args()
    shared = shared_folder()
    try:
        articles = read_articles(args.gold or shared / DEV, load_scorer(shared / SCORER), args.limit)
    except FileNotFoundError as error:
        lacking = Path(error.filename or str(error)).name
        print(f"skipped: no gold data in ../shared: {lacking} is not there", file=sys.stderr)
        return 0
    counts = {}
    for engine in dict.fromkeys(args.engine or ("fast", "accurate")):
        missing = finding.why_missing(engine)
        if missing:
            print(f"{engine} is left out: {missing}", file=sys.stderr)
            continue
        scenes = read_scenes(engine, articles)
        counts[engine] = count_errors(scenes)
        if args.show:
            print(f"{engine}:{show(args.show, scenes)}")
    if args.write:
        write(args.write, render(counts, markdown=True))
    elif not args.show:
        print(render(counts, markdown=args.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
