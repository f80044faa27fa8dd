"""What stands at the top of an article: headline, deck, byline, stamps, and what the dateline says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import SectionKind
from onrecord.read.dates import parse_date
from onrecord.resources import lexicon, settings_file

_TOP = 8  # lines in which a headline with a known title, a byline or a stamp is looked for
_HEADLINE = 200  # characters
_STOPPED = 18  # words; a headline with a full stop has no more
_DECK = 250  # characters
_BYLINE = 120  # characters
_DATELINE = 90  # characters before the dash
_TITLE_CASE = 0.85  # of the longer words
FULL_DATE = len("2025-03-03")
_STOPS = (".", "!", "?", ".”", '."', ".'", ".’", "…")
_DASHES = ("—", "–", "--", "-", "_")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top (and the copyright line) of a text says about the text."""

    dateline: str | None = None  # the place, without agency and date
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None  # ISO 8601, from a line that is nothing but a full date
    filed: str | None = None  # ISO 8601, the full date of a dateline: the day of publication or the day before


def find_headline(lines: Sequence[str], kinds: Sequence[SectionKind], title: str | None) -> int | None:
    """The number of the headline among the lines; None where the text starts with its body."""
    if title:
        wanted = letters_of(title)
        for number, line in enumerate(lines[:_TOP]):
            if wanted and letters_of(line) == wanted:
                return number
    for number, line in enumerate(lines[:_TOP]):
        if kinds[number] is SectionKind.BODY and not is_stamp(line) and not is_byline(line) and not _is_address(line):
            return number if number + 1 < len(lines) and _is_headline(line, lines[number + 1 :]) else None
    return None


def _is_headline(line: str, rest: Sequence[str]) -> bool:
    """Whether the first line is a headline: short, one sentence, and written like one."""
    if len(line) > _HEADLINE or line.startswith(("- ", "• ", "* ")) or line.count(". ") > 2:
        return False
    if dateline_of(line) is not None or max(map(len, rest)) <= len(line):
        return False
    if not line.rstrip("\"”'’)").endswith((".", "!", ":", ",", "…")):
        return _balanced(line)
    words = line.split()
    return line.endswith(_STOPS) and len(words) <= _STOPPED and _is_title_case(words) and "said" not in words


def _balanced(line: str) -> bool:
    return line.count("“") == line.count("”") and line.count('"') % 2 == 0


def _is_title_case(words: Sequence[str]) -> bool:
    longer = [word for word in (word.strip("“”\"'‘’(),.:;") for word in words) if len(word) > 3 or word[:1].isupper()]
    return len(longer) > 1 and sum(not word[:1].islower() for word in longer) >= _TITLE_CASE * len(longer)


def is_deck(above: str, line: str, rest: Sequence[str]) -> bool:
    """Whether the line under a headline (`above`) is a second one: no full stop at its end, and a body after it."""
    return (
        bool(rest)
        and len(line) <= _DECK
        and (above.endswith(";") or not line.rstrip("\"”'’)").endswith((".", "?", "!", ":", ",", "…")))
        and line.count(". ") < 2
        and dateline_of(line) is None
        and not is_stamp(line)
        and _balanced(line)
        and max(map(len, rest)) > len(line)
    )


def is_byline(line: str) -> bool:
    """Whether the line is nothing but who wrote it: "By Jane Doe and John Roe, Associated Press"."""
    return bool(_byline_names(line))


def is_stamp(line: str) -> bool:
    """Whether the line is nothing but a date."""
    return len(line) <= _BYLINE and _stamp(line) is not None


def _stamp(line: str) -> str | None:
    for label in settings_file("reading.toml")["stamp"]:
        if line.lower().startswith(label):
            line = line[len(label) :].lstrip(": ")
    return parse_date(line) if len(line) >= 8 else None


def _is_address(line: str) -> bool:
    return " " not in line and "/" in line


def read_heading(lines: Sequence[str], kinds: Sequence[SectionKind]) -> Heading:
    """What the lines at the top say of place, authors, outlet and date."""
    authors: tuple[str, ...] = ()
    house: str | None = None
    published: str | None = None
    place: str | None = None
    agency: str | None = None
    filed: str | None = None
    bodies = 0
    for line, kind in zip(lines[:_TOP], kinds[:_TOP], strict=True):
        names = _byline_names(line)
        if names and not authors:
            authors, house = _split_byline(names)
        published = published or (_stamp(line) if is_stamp(line) else None)
        if kind is SectionKind.BODY and bodies < 2:
            bodies += 1
            found = dateline_of(line)
            if found is not None and place is None and agency is None:
                place, agency = found
                filed = _filed(line) if place else None
    return Heading(place, authors, house or agency or _copyright(lines), published, filed)


def _filed(line: str) -> str | None:
    """The full date in the dateline of a line: "LEEDS, March 3, 2025 — ..."."""
    head = min((line[:_DATELINE].partition(f" {dash} ")[0] for dash in _DASHES), key=len)
    parts = [part.strip() for part in head.partition("(")[0].split(",")][1:]
    dates = [", ".join(parts[start:end]).strip(" ,") for start in range(len(parts)) for end in (start + 1, start + 2)]
    return next((found for words in dates if (found := parse_date(words)) and len(found) >= FULL_DATE), None)


def dateline_of(line: str) -> tuple[str | None, str | None] | None:
    """(place, outlet) of a line that opens with a dateline; None where it opens otherwise.

    >>> dateline_of("SEOUL, South Korea (AP) — A court ruled on Friday ...")
    ('SEOUL, South Korea', 'Associated Press')
    """
    head = line[: _DATELINE + 4]
    head = head + " " if head == line else head  # a dateline may have a line of its own
    cuts = [head.find(f" {dash} ") for dash in _DASHES] + [head.find(")-")]
    cuts = sorted(cut for cut in cuts if 0 < cut <= _DATELINE)
    if not cuts:
        return None
    before = head[: cuts[0] + (head[cuts[0]] == ")")].strip()
    place, _, inside = before.partition("(")
    outlet = _known_outlet(inside.partition(")")[0]) if inside.endswith(")") else None
    place = place.strip(" ,")
    if not place:
        return (None, outlet) if outlet else None
    where = _place_of(place, strict=outlet is None)
    return (where, outlet) if where else None


def _place_of(words: str, *, strict: bool) -> str | None:
    """The place of a dateline without the date that may follow it; `strict`: its first part is in capitals."""
    parts = [part.strip() for part in words.split(",")]
    first = parts[0]
    letters = [character for character in first if character.isalpha()]
    if len(letters) < 2 or not letters[0].isupper() or any(character in words for character in '“”"?!:;'):
        return None
    upper = sum(character.isupper() for character in letters)
    if (strict and upper < 0.8 * len(letters)) or len(words.split()) > 8 or (strict and len(letters) < 3):
        return None
    kept = [part for part in parts if not any(character.isdigit() for character in part)]
    if kept[:1] != [first]:
        return None
    if any(word[:1].islower() and word not in words_of("particles") for part in kept for word in part.split()):
        return None
    return ", ".join(kept)


def _byline_names(line: str) -> str:
    """The names of a line that is a byline; "" for any other."""
    if len(line) > _BYLINE or line[:3] not in ("By ", "BY ", "by ") or line.endswith((".", "?", "!", ":")):
        return ""
    names = line[3:].strip()
    words = names.replace(",", " , ").replace("|", " | ").split()
    plain = [word for word in words if word not in words_of("between")]
    fine = plain and all(word[:1].isupper() or word in words_of("particles") or word[:1] == "@" for word in plain)
    return names if fine and 2 <= len(plain) <= 14 and not any(character.isdigit() for character in names) else ""


def _split_byline(names: str) -> tuple[tuple[str, ...], str | None]:
    """Authors and outlet of a byline's names."""
    outlet = None
    head, _, tail = names.replace("|", ",").rpartition(",")
    house = tail.strip()
    if head and (_known_outlet(house) or house.lower().startswith("the ")):
        names, outlet = head, _known_outlet(house) or house
    else:
        names = names.replace("|", ",")
    for word in (" and ", " AND ", " & ", " with ", " WITH "):
        names = names.replace(word, ",")
    authors = [piece.strip() for piece in names.split(",")]
    if authors and _known_outlet(authors[-1]):
        outlet = outlet or _known_outlet(authors.pop())
    authors = [author for author in authors if len(author.split()) >= 2 and not _is_job(author)]
    return tuple(dict.fromkeys(authors)), outlet


def _is_job(words: str) -> bool:
    return words.rsplit(maxsplit=1)[-1].lower() in words_of("job")


def _copyright(lines: Sequence[str]) -> str | None:
    """The outlet that a copyright line at the end names, where it is known by that name."""
    for line in reversed(lines[-6:]):
        low = line[:200].lower()
        if not low.startswith(("copyright", "©", "(c)")):
            continue
        words = [
            w for w in line[:200].replace("©", " ").split() if w.lower().strip(".,") not in ("copyright", "(c)", "by")
        ]
        words = [w for w in words if not w.strip("-–.,").isdigit() and not w[:4].isdigit()]
        name = " ".join(words).partition(". ")[0].partition(" All rights")[0].strip(" .,")
        return _known_outlet(name)
    return None


@cache
def words_of(name: str) -> frozenset[str]:
    """A set of words from reading.toml."""
    return frozenset(settings_file("reading.toml")[name])


def _known_outlet(name: str) -> str | None:
    return _outlets().get(name.strip())


@cache
def _outlets() -> dict[str, str]:
    return {row["printed"]: row["outlet"] for row in lexicon("outlets.tsv")}


def letters_of(line: str) -> str:
    """The letters and digits of a line in lower case: what two printings of one title share."""
    return "".join(filter(str.isalnum, line.casefold()))
