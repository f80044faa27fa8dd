"""The rows of cues.tsv: cue, kind, stance and attitude are made by hand, shares of constructions by `fit`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

HEADER = "cue\tkind\tstance\tattitude\tframes"

Key = tuple[str, str]  # cue and kind: ("claim", "noun")
TriedIn = Callable[[str, str], Sequence[str]]  # cue, kind -> names of constructions
Shares = Mapping[str, float]  # construction -> share that was right, 0..1


@dataclass(frozen=True, slots=True)
class CueRow:
    """The hand-made part of a row."""

    cue: str
    kind: str  # verb, noun, adjective, mark
    stance: str
    attitude: str

    @property
    def key(self) -> Key:
        """What tells it from other rows."""
        return self.cue, self.kind


def is_row(line: str) -> bool:
    """Whether a line of a lexicon holds a cue: neither blank nor comment nor the names of the columns."""
    return bool(line.strip()) and not line.startswith("#") and not line.startswith("cue\t")


def read_rows(text: str) -> Iterator[CueRow]:
    """The hand-made parts of a lexicon's rows in file order."""
    for line in text.splitlines():
        if is_row(line):
            cue, kind, stance, attitude = line.split("\t")[:4]
            yield CueRow(cue, kind, stance, attitude)


def read_shares(text: str) -> dict[Key, dict[str, float]]:
    """The shares of each row of a lexicon."""
    table: dict[Key, dict[str, float]] = {}
    for line in filter(is_row, text.splitlines()):
        cue, kind, *_, frames = line.split("\t")
        pairs = (cell.split("=") for cell in frames.split())
        table[cue, kind] = {name: float(share) for name, share in pairs}
    return table


def tried_by(text: str) -> TriedIn:
    """The constructions that each cue of a lexicon takes."""
    table = read_shares(text)
    return lambda cue, kind: tuple(table.get((cue, kind), ()))


def write_row(row: CueRow, shares: Shares) -> str:
    """A line of cues.tsv."""
    frames = " ".join(f"{name}={share:.2f}" for name, share in shares.items())
    return "\t".join((row.cue, row.kind, row.stance, row.attitude, frames))


def open_lexicon(rows: Iterable[CueRow], tried_in: TriedIn) -> str:
    """A lexicon in which every cue takes the constructions that `tried_in` names for it, each with an even chance."""
    lines = [HEADER, *(write_row(row, dict.fromkeys(tried_in(*row.key), 0.5)) for row in rows)]
    return "\n".join(lines) + "\n"


def with_shares(text: str, shares: Mapping[Key, Shares], tried: Iterable[CueRow] = ()) -> str:
    """The lexicon `text` with the shares of its rows written anew; comments and the order of rows stay.

    A row without shares goes; a row of `tried` that has some comes in after the last one of its kind.
    """
    lines: list[str] = []
    last_of_kind: dict[str, int] = {}
    for line in text.splitlines():
        if not is_row(line):
            lines.append(line)
            continue
        (row,) = read_rows(line)
        if shares.get(row.key):
            lines.append(write_row(row, shares[row.key]))
            last_of_kind[row.kind] = len(lines) - 1
    coming = [row for row in tried if shares.get(row.key)]
    for row in sorted(coming, key=lambda row: last_of_kind.get(row.kind, len(lines)), reverse=True):
        lines.insert(last_of_kind.get(row.kind, len(lines)) + 1, write_row(row, shares[row.key]))
    return "\n".join(lines) + "\n"


def without_shares(text: str, rows: Iterable[CueRow], shares: Mapping[Key, Shares]) -> str:
    """The list of cues that were tried in vain: the comments of `text`, then those of `rows` that have no shares."""
    head = [line for line in text.splitlines() if not is_row(line)]
    vain = ["\t".join((row.cue, row.kind, row.stance, row.attitude)) for row in rows if not shares.get(row.key)]
    return "\n".join(head + vain) + "\n"


def with_table(text: str, name: str, lines: Iterable[str]) -> str:
    """A TOML text with the lines of table `[name]` replaced; its comments go, everything else stays."""
    start = text.index(f"[{name}]\n") + len(name) + 3
    following = re.search(r"^(?:#[^\n]*\n)*\[", text[start:], re.MULTILINE)
    rest = "\n" + text[start + following.start() :] if following else ""
    return text[:start] + "".join(f"{line}\n" for line in lines) + rest


def with_value(text: str, name: str, value: str) -> str:
    """A TOML text with the value of `name` replaced; the comment behind it stays."""
    written, count = re.subn(rf"^({re.escape(name)} = )[^\s#]+", rf"\g<1>{value}", text, flags=re.MULTILINE)
    if count != 1:
        raise KeyError(f"{name!r} stands {count} times in the file; expected once")
    return written
