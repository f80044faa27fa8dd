"""Whom or what a name asks for: entities that have it or nearly have it, else a thing that only the text names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.ledger.words import holds_name, name_key
from onrecord.model import Entity, EntityKind, Span

NESTED = 4  # mentions inside one another
SLIP = 5  # letters: a shorter word is not taken for another
SHOWN = 4  # names that a note gives
WORD = re.compile(r"[^\W_]+(?:[-'’&][^\W_]+)*")
NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Called:
    """What a name asks for. Neither ids nor phrases: the record has nothing of that name."""

    ids: frozenset[str] = frozenset()  # entities
    phrases: tuple[str, ...] = ()  # to be looked for in the text, the longest first
    tails: tuple[str, ...] = ()  # ends of the name, which stand for it in a report that has it: "the Air Board"
    thing: bool = False  # a model or product, which is no entity of the record
    note: str | None = None  # for people: what the name was taken for
    kinds: frozenset[EntityKind] = frozenset()


def whom_it_calls(name: str, entities: Iterable[Entity]) -> Called:
    """What `name` asks for among the entities of a record.

    Those that have the name or id come first, then those whose names hold its words ("Byron" in "Ada Byron"), then
    those it is a slip of the pen from, then those that end it ("Orla Works" of "Lund Orla Works"). Else it is a thing.
    """
    wanted = name_key(name)
    if not wanted:
        return Called()
    known = sorted(entities, key=lambda entity: entity.id)
    if by_id := [entity for entity in known if entity.id == name]:
        return _entities(by_id)
    named = [entity for entity in known if entity.kind is not EntityKind.GROUP]
    keys = [(name_key(alias), entity) for entity in named for alias in {entity.name, *entity.aliases}]
    if exact := _pick(keys, lambda key: key == wanted):
        return _model(name, exact, keys) if NUMBER.search(wanted) else _entities(exact)
    if held := _pick(keys, lambda key: holds_name(key, wanted)):
        return _entities(held, _several(name, held))
    if near := _pick(keys, lambda key: is_slip(key, wanted)):
        return _entities(near, f"nobody is called {name!r}; taken for {_names(near)}")
    parts = wanted.split()
    for k in range(1, len(parts) - 1):
        tail = " ".join(parts[k:])
        if ended := _pick(keys, tail.__eq__):
            return _entities(ended, f"nobody is called {name!r}; taken for {_names(ended)}")
    if groups := [entity for entity in known if name_key(entity.name) == wanted]:
        return _entities(groups)
    return _thing(name, {key for key, _ in keys})


def _pick(keys: list[tuple[str, Entity]], fits: Callable[[str], bool]) -> list[Entity]:
    found = {entity.id: entity for key, entity in keys if fits(key)}
    return [found[identity] for identity in sorted(found)]


def _entities(found: list[Entity], note: str | None = None) -> Called:
    aliases = {alias for entity in found for alias in (entity.name, *entity.aliases)}
    tails = {tail for alias in aliases for tail in _tails(alias)}
    return Called(
        frozenset(entity.id for entity in found),
        tuple(sorted(aliases, key=lambda alias: (-len(alias), alias))),
        tuple(sorted(tails - aliases)),
        note=note,
        kinds=frozenset(entity.kind for entity in found),
    )


def _model(name: str, found: list[Entity], keys: list[tuple[str, Entity]]) -> Called:
    """A name with a number names a model, whatever the record takes it for: it is looked for like a thing as well."""
    known = _entities(found)
    others = {key for key, entity in keys if entity.id not in known.ids}
    return replace(known, phrases=tuple(dict.fromkeys(known.phrases + _thing(name, others).phrases)), thing=True)


def _tails(name: str) -> Iterator[str]:
    """The ends of a name of three words or more that have two words or more."""
    parts = name.split()
    for k in range(1, len(parts) - 1):
        yield " ".join(parts[k:])


def _several(name: str, found: list[Entity]) -> str | None:
    names = {entity.name for entity in found}
    return f"{name!r} may be {_names(found)}; the whole name asks for one" if len(names) > 1 else None


def _names(found: list[Entity]) -> str:
    names = sorted({entity.name for entity in found})
    return " or ".join(names[:SHOWN]) + (f" or {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def is_slip(key: str, wanted: str) -> bool:
    """Whether two name keys differ by one letter of one long word: missing, added, changed or swapped with the next.

    >>> is_slip("orla air board", "orla air baord"), is_slip("orla", "orlo")
    (True, False)
    """
    mine, theirs = key.split(), wanted.split()
    if len(mine) != len(theirs):
        return False
    other = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return len(other) == 1 and _is_near(*other[0])


def _is_near(a: str, b: str) -> bool:
    if min(len(a), len(b)) < SLIP or abs(len(a) - len(b)) > 1 or not (a.isalpha() and b.isalpha()):
        return False
    k = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if k == 0:
        return False
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[k + 1 :] == shorter[k:]
    return a[k + 1 :] == b[k + 1 :] or (a[k : k + 2] == b[k : k + 2][::-1] and a[k + 2 :] == b[k + 2 :])


def _thing(name: str, keys: set[str]) -> Called:
    """A model or product: its name, and after a maker on the record what is its own ("A12" of "Orla A12 Swift")."""
    parts = tuple(WORD.findall(name))
    phrases = [" ".join(parts)]
    for k in range(len(parts) - 1, 0, -1):
        if name_key(" ".join(parts[:k])) in keys:
            rest = parts[k:]
            phrases.append(" ".join(rest))
            phrases += [word for word in rest if is_mark(word)]
            break
    else:
        phrases += [
            word for word in parts if NUMBER.search(word) and not word.isdigit() and len(parts) > 1 and len(word) > 2
        ]
    return Called(phrases=tuple(dict.fromkeys(phrases)), thing=True)


def is_mark(word: str) -> bool:
    """Whether a word may stand for a thing alone: it has a number or a capital."""
    return len(word) > 2 and (bool(NUMBER.search(word)) or word[0].isupper())


def pattern_of(phrases: Iterable[str], *, thing: bool) -> re.Pattern[str] | None:
    """What finds these phrases in a text; of a thing also in the plural, with a word between, or turned around."""
    found = []
    for phrase in phrases:
        parts = [re.escape(part) for part in WORD.findall(phrase)]
        if not parts or len(phrase) < 2:
            continue
        between = r"(?:\s[A-Z][\w-]*)?\s" if thing else r"[\s-]"
        one = between.join(parts) + (r"(?:s|-\w+)?" if thing else "")
        found.append(one)
        if thing and len(parts) == 2 and NUMBER.search(parts[1]) and not parts[1].isdigit():
            found.append(rf"{parts[1]}\s{parts[0]}s?")
    if not found:
        return None
    flags = re.IGNORECASE if thing else re.NOFLAG
    return re.compile(rf"(?<![\w$€£#.,-])(?:{'|'.join(found)})(?![\w%]|[.,]\d)", flags)


def named_in(text: str, called: Called, mentioned: Iterable[Span]) -> tuple[Span, ...]:
    """Where a report names what was called: the mentions of its entities, and its phrases where no mention stands."""
    spans = sorted(mentioned)
    phrases = called.phrases if called.thing else tuple(one for one in called.phrases if " " in one)
    pattern = pattern_of(phrases + (called.tails if spans else ()), thing=called.thing)
    if pattern is None:
        return tuple(spans)
    starts = [span.start for span in spans]
    common = called.thing and called.phrases[0].islower()  # "crude oil"
    found = list(spans)
    for match in pattern.finditer(text):
        word = match.group()
        if word.islower() and not common and not NUMBER.search(word):
            continue  # "store" is no name
        at = bisect_left(starts, match.end())
        if not any(span.end > match.start() for span in spans[max(0, at - NESTED) : at]):
            found.append(Span(match.start(), match.end()))
    return tuple(sorted(found))
