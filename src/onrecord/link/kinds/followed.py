"""Denials that are told and then quoted: "Botes denied that. “No one died,” he said." The quotation answers as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.link.drawing import make_link
from onrecord.link.entry import Entry, Told
from onrecord.link.gates.polarity import leaves_matter_alone, polarity_of
from onrecord.link.gates.voices import is_one_voice
from onrecord.link.gates.wording import alike, core_words, is_clause, shared_roots
from onrecord.link.kinds.answers import is_answerable
from onrecord.model import EntityKind, Link, hull
from onrecord.resources import settings_file

QUOTES = "\"“'‘"
NEAR = 200  # code points between a denial and the quotation that follows it
FEWEST = 2  # words that what is so instead shares with what is denied
REACH = 500  # code points back that what "that" stands for may end
REST = re.compile(r"[^.!?\n]*[.!?:]?[\"”'’]?\s*")  # what is left of the sentence


def find_followed(entry: Entry, found: Iterable[Link], other: Entry | None = None) -> Iterator[Link]:
    """`denies` from the quotation that follows a denial to what that denial answers, in this report or another."""
    here = {one.statement.id: one for one in entry.told}
    there = here if other is None else {one.statement.id: one for one in other.told}
    for link in found:
        if link.kind != "denies" or link.source not in here or link.target not in there:
            continue
        said, meant = _quoted_after(here[link.source]), there[link.target]
        if said is not None and not is_one_voice(said, meant):
            yield make_link("denies", said, meant, "denies-as-told", "quoted right after the denial", 0.75)
        elif said is None and (told := _told_after(here[link.source])) and not is_one_voice(told, meant):
            others = [meant] if other is None else [t for t in there.values() if not t.statement.nested_in]
            fitting = [t for t in others if not is_one_voice(t, told) and _is_of_it(told, t)]
            if fitting:
                best = max(fitting, key=lambda t: (round(alike(told, t), 9), t.order))
                yield make_link("denies", told, best, "denies-as-told", "what is so instead of what was denied", 0.65)


def _is_of_it(told: Told, meant: Told) -> bool:
    """Whether what is told instead shares words with what was denied, or enough of the sense."""
    bars, words = settings_file("relations.toml")["against"], core_words(told)
    if told.overlaps(meant) or not is_clause(told) or not is_clause(meant):
        return False
    return len(shared_roots(words, core_words(meant))) >= FEWEST and alike(told, meant) >= bars["instead"]


def _told_after(one: Told) -> Told | None:
    """What the same side says right after a denial that only points: "Spain disputed that. The boat lay outside"."""
    entry, statement = one.entry, one.statement
    if not statement.refers_to:
        return None
    parts = (statement.source, statement.cue, statement.content)
    end = max(span.end for part in parts if part for span in part.spans)
    said = next(
        (t for t in entry.told if t.statement.content.spans[0].start >= end and not t.statement.nested_in), None
    )
    if said is None or said.statement.commitment.stance != "asserts" or not is_one_voice(one, said):
        return None
    return said if REST.fullmatch(entry.report.text[end : said.statement.content.spans[0].start]) else None


def find_told_denials(entry: Entry) -> Iterator[Link]:
    """`denies` from a quotation that the report calls a denial of "that", to what somebody else said right before."""
    text = entry.report.text
    for at, one in enumerate(entry.told):
        start = one.statement.content.spans[0].start
        if not _says_no(one) or not (lead := _told().search(text, max(0, start - NEAR), start)):
            continue
        before = [t for t in entry.told[:at] if 0 <= lead.start() - hull(t.statement.content.spans).end <= REACH]
        meant = next((t for t in reversed(before) if not t.statement.nested_in and not is_one_voice(t, one)), None)
        if meant is not None and is_answerable(one, meant):
            yield make_link("denies", one, meant, "denies-as-told", "the report calls it a denial of that", 0.8)


def _quoted_after(one: Told) -> Told | None:
    """The negative quotation that opens the sentence after a denial, of its speaker or of who speaks for a body."""
    entry, statement = one.entry, one.statement
    parts = (statement.source, statement.cue, statement.content)
    end = max(span.end for part in parts if part for span in part.spans)
    after = (t for t in entry.told if t.statement.content.spans[0].start >= end and t.statement.nested_in is None)
    said = next(after, None)
    if said is None or not _says_no(said):
        return None
    between = entry.report.text[end : said.statement.content.spans[0].start]
    if len(between) > NEAR or not REST.fullmatch(between):
        return None
    return said if is_one_voice(one, said) or not _is_person(one) else None


def _says_no(one: Told) -> bool:
    """Whether a statement is a quotation that says that something is not so."""
    commitment, opens = one.statement.commitment, one.statement.content.quote[:1]
    is_quoted = bool(opens) and opens in QUOTES and one.statement.source is not None
    return is_quoted and commitment.attitude == "speech" and polarity_of(one) == "-" and not leaves_matter_alone(one)


def _is_person(one: Told) -> bool:
    entity = one.entry.entities.get(one.statement.speaker.entity or "")
    return entity is not None and entity.kind is EntityKind.PERSON


@cache
def _told() -> re.Pattern[str]:
    verbs = "|".join(settings_file("relations.toml")["denials"]["told"])
    return re.compile(rf"\b(?:{verbs})\s+(?:all\s+(?:of\s+)?)?(?:that|this|it)[.:]\s*$")
