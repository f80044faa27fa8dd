"""For which country, company or other body somebody speaks, as the words of the source tell: "the Sardian foreign
ministry", "Tavria's defence minister", "a spokeswoman for Brightcall".

Who is only told apart by these words may serve one body in one matter and another elsewhere, so an allegiance counts
between reports of one matter alone. Countries that nobody has listed are known by the stem of their name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from onrecord.link.entry import Entry, Told, no_names
from onrecord.link.remembering import once, remembered
from onrecord.link.words import stem
from onrecord.model import EntityKind, hull
from onrecord.resources import lexicon, settings_file

FEWEST = 4  # letters of a name without its ending
NEAR = 250  # code points from what a body says to who speaks for it
BODIES = frozenset((EntityKind.ORGANIZATION, EntityKind.COUNTRY))
ENDINGS = ("landers", "lander", "ians", "eans", "ian", "ean", "ese", "ish", "ans", "ia", "an", "en", "s", "a")
NAME = r"(?!(?:The|An?|He|She|It|They|We|His|Her|Its|Their|Our|This|That|Those|These|Another|One|Some)\b)[A-Z][\w-]*[a-z][\w-]*"
NAMES = rf"{NAME}(?:\s(?:{NAME}|&|of))*?"
BARE = re.compile(rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Aa]nother)\s(?:[a-z’'-]+,?\s){{1,4}}?,?\s?|[Tt]he\s)?(?P<name>{NAME}(?:\s(?:{NAME}|&|of|del|de))*),?")


@remembered
def allegiance(one: Told) -> frozenset[str]:
    """Keys of the bodies that a source speaks for; empty for unnamed people, who may speak against their own."""
    return _own(one) | _inherited(one)


@remembered
def _own(one: Told) -> frozenset[str]:
    """Those that the source itself tells."""
    if one.statement.source is None:
        return frozenset()
    source = one.statement.source.quote
    entities = (one.entry.entities.get(i) for i in one.side)
    found = {name_root(entity.name) for entity in entities if entity is not None and entity.kind in BODIES}
    if not one.statement.speaker.anonymous or is_office(source):
        found |= owners_in(source)
    if _speaks_of_own(one):
        found.add(name_root(one.statement.content.quote.split()[0]))
    if _bare_name(one) and (bare := BARE.fullmatch(source)):
        found.add(name_root(bare["name"]))
    found |= {voice for voice in one.voices if voice.startswith("body:")} | _served(one)
    return frozenset(found - {""})


def _served(one: Told) -> frozenset[str]:
    """Keys of the people who speak, and of whose office does: "his office", "the prime minister's spokesman"."""
    statement, text = one.statement, one.entry.report.text
    found = {i for i in (statement.speaker.entity, *statement.speaker.also) if i and not statement.speaker.anonymous}
    if statement.source and is_office(statement.source.quote):
        for mention in one.entry.mentions.within(statement.source.spans):
            if mention.entity and (mention.form == "pronoun" or text[mention.span.end : mention.span.end + 1] in "'’"):
                found.add(mention.entity)
    told = _owners_by_speaker(one.entry)
    return frozenset(f"id:{i}" for i in found).union(*(told.get(i, frozenset()) for i in found))


@once
def _owners_by_speaker(entry: Entry) -> dict[str, frozenset[str]]:
    """Whom each named speaker serves, as any of the sources of a report tells: later he is "Reuter" or "he"."""
    found: dict[str, frozenset[str]] = {}
    for one in entry.told:
        identity = one.statement.speaker.entity
        if identity and one.statement.source and not one.statement.speaker.anonymous:
            found[identity] = found.get(identity, frozenset()) | owners_in(one.statement.source.quote)
    return found


def _inherited(one: Told) -> frozenset[str]:
    """Whom a bare office serves: the body that has just spoken in its paragraph; "the company", the only one there is."""
    if one.statement.source is None:
        return frozenset()
    source, start = one.statement.source.quote, one.statement.source.spans[0].start
    if _firm().fullmatch(source):
        firms = {key for key, at in _firms_in(one.entry).items() if at < start}
        return frozenset(firms if len(firms) == 1 else ())
    if one.statement.speaker.anonymous and not is_office(source):
        return frozenset()
    role, last = _role().search(source), _last_before(one)
    if last is None or last.statement.source is None:
        return frozenset()
    end = hull(last.statement.content.spans).end
    if start - end > NEAR or "\n" in one.entry.report.text[end:start]:
        return frozenset()
    if role is None:  # "Her spokesman denied it. “She will stay,” Lars Quist said."
        is_he = last.statement.speaker.anonymous and _role().search(last.statement.source.quote)
        return _own(last) if is_he and one.statement.form == "direct" else frozenset()
    return _own(last) if _bare_name(last) or not _of_state().search(role[0]) else frozenset()


def _speaks_of_own(one: Told) -> bool:
    """Whether who leads a company that is not named speaks of one: "Helio will close its plant, chief executive Lee said"."""
    source, content = (part.quote if part else "" for part in (one.statement.source, one.statement.content))
    return _leader().match(source) is not None and re.match(rf"{NAME}\s[a-z]", content) is not None


@once
def _outline(entry: Entry) -> tuple[list[int], list[Told]]:
    """Where the contents of a report begin, and its statements, apart from those within others."""
    told = sorted((t for t in entry.told if not t.statement.nested_in), key=_begins)
    return [_begins(t) for t in told], told


def _begins(one: Told) -> int:
    return one.statement.content.spans[0].start


def _last_before(one: Told) -> Told | None:
    starts, told = _outline(one.entry)
    at = bisect_left(starts, _begins(one))
    return told[at - 1] if at else None


@once
def _firms_in(entry: Entry) -> dict[str, int]:
    """Keys of what speaks under its bare name and is no country, each with where it first does."""
    found: dict[str, int] = {}
    for one in _outline(entry)[1]:
        if one.statement.source and _bare_name(one):
            for key in _own(one):
                if not key.startswith("country:"):
                    found.setdefault(key, one.statement.source.spans[0].start)
    return found


def _bare_name(one: Told) -> bool:
    """Whether a source is but a name, of a body: "Velmark"."""
    source = one.statement.source.quote if one.statement.source else ""
    entity = one.entry.entities.get(one.statement.speaker.entity or "")
    is_person = entity is not None and entity.kind is EntityKind.PERSON
    return not is_person and BARE.fullmatch(source) is not None


def is_office(source: str) -> bool:
    """Whether a source is an office of a body, or who speaks for it, and not one of its people.

    >>> is_office("the Sardian foreign ministry"), is_office("two Sardian officials")
    (True, False)
    """
    return _office().search(source) is not None


def owners_in(source: str) -> frozenset[str]:
    """Keys of the bodies that the words of a source name beside an office.

    >>> sorted(owners_in("Tavria's defence minister, Milo Radek,")), sorted(owners_in("the Tavrian army"))
    (['tavr'], ['tavr'])
    >>> sorted(owners_in("a spokeswoman for Brightcall")), sorted(owners_in("Defence Minister Pavel Osten"))
    (['brightcall'], [])
    """
    found = (m["before"] or m["after"] for pattern in (_before(), _after()) for m in pattern.finditer(source[:200]))
    return frozenset(root for name in found if (root := name_root(name)))


@cache
def name_root(name: str) -> str:
    """A key for the name of a country or a body and for its adjective; "" where it is none.

    >>> name_root("Sardian"), name_root("Sardia"), name_root("the Danish"), name_root("Denmark")
    ('sard', 'sard', 'country:DK', 'country:DK')
    >>> name_root("Defence"), name_root("Harrow & Pike")
    ('', 'harrow & pike')
    """
    bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+|[’']s?$", "", name.strip())
    words = bare.split()
    for end in (0, -1):
        while words and (words[end].lower() in _no_owner() or stem(words[end]) in no_names()):
            words.pop(end)
    if not words:
        return ""
    key = " ".join(words).lower()
    if code := _countries().get(key) or _countries().get(key.removesuffix("s")):
        return f"country:{code}"
    if len(words) > 1:
        return key
    return next((key[: -len(end)] for end in ENDINGS if key.endswith(end) and len(key) - len(end) >= FEWEST), key)


@cache
def _countries() -> dict[str, str]:
    found = {row["word"].lower(): row["code"] for row in lexicon("demonyms.tsv")}
    found.update((row["people"].lower(), row["code"]) for row in lexicon("demonyms.tsv") if row["people"])
    rows = (*lexicon("countries.tsv"), *lexicon("country_names.tsv"))
    return found | {row["name"].lower(): row["code"] for row in rows}


@cache
def _no_owner() -> frozenset[str]:
    """Words written with capitals beside an office that name no body: "Foreign Minister", "Chief Executive"."""
    modifiers = {row["word"] for row in lexicon("title_modifiers.tsv")}
    titles = {word.lower() for row in lexicon("titles.tsv") for word in row["title"].split()}
    return frozenset(modifiers | titles | {*_settings()["bodies"], *_settings()["speak"], *_settings()["state"], *_settings()["no_owner"]})


@cache
def _settings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = settings_file("relations.toml")["offices"]
    return found


@cache
def _nouns() -> str:
    nouns = (noun for kind in ("bodies", "speak", "state") for noun in _settings()[kind])
    return "|".join(sorted(nouns, key=lambda noun: (-len(noun), noun)))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_nouns()})\b", re.IGNORECASE)


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"(?i:the\s(?:{'|'.join(_settings()['firms'])}))")


@cache
def _role() -> re.Pattern[str]:
    """Who speaks for a body as such: a spokesman, its director, its minister."""
    return re.compile(rf"\b(?i:{'|'.join((*_settings()['speak'], *_settings()['state']))})\b")


@cache
def _leader() -> re.Pattern[str]:
    return re.compile(rf"(?:the\s)?(?:{'|'.join(_settings()['lead'])})\s", re.IGNORECASE)


@cache
def _of_state() -> re.Pattern[str]:
    return re.compile(rf"(?i:{'|'.join(_settings()['state'])})")


@cache
def _before() -> re.Pattern[str]:
    """A name that stands before an office: "the Sardian foreign ministry", "Brightcall's chief executive"."""
    return re.compile(rf"(?P<after>)\b(?P<before>{NAMES})(?:[’']s?)?\s(?:[\w-]+\s){{0,3}}?(?i:{_nouns()})\b")


@cache
def _after() -> re.Pattern[str]:
    """A name that stands behind one: "the space agency of Galdor", "a spokeswoman for Brightcall"."""
    return re.compile(rf"(?P<before>)(?i:\b(?:{_nouns()}))\s(?:of|for|at)\s(?:the\s)?(?P<after>{NAME}(?:\s{NAME})*)")
