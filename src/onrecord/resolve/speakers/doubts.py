"""What the words around a cue put in doubt: flags for speech that is supposed, unsaid, played, inscribed or read out.

The flags hold for every engine alike: they look at the telling, never at who found the attribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from onrecord.model import Attribution, Report, select
from onrecord.resolve.speakers.framing import WORD, Frame, Frames, words_of
from onrecord.resources import settings_file

NEGATION = re.compile(r"(?:not|never|nor|neither)|.*n['’]t")
OPEN_CONTENTS = frozenset(
    "what who whom whose when where why how whether if which to any anything anyone much more for on about".split()
)
FEWEST_WORDS = 3  # of a content that could pass for a statement
INHERITED = ("fiction", "hypothetical", "unsaid")
NEVER_DID = re.compile(r"\b(?:no|not|never|nor|neither|nowhere)\b.*\b(?:did|does|do|has|have|had)\s*$", re.IGNORECASE)
NO_ONE = re.compile(r"(?:neither|nobody|none|no\s(?!longer)\w+)\b", re.IGNORECASE)
HEAD = re.compile(r"\s(?:of|on|at|in|from|for|by|that|which|who|outside|above|near|with)\s|[,:;(—–]")
POSSESSIVE = re.compile(r"(?:['’]s?|^(?:his|her|its|their|my|our|your))(?:\s+own)?$", re.IGNORECASE)
PASSED_ON = re.compile(r"\b(?:quoted|cited|described|paraphrased)\b", re.IGNORECASE)
NEAR = 6  # words between a thing and the verb that tells what stands on it


def doubted(report: Report, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions with the flags that the telling gives them; what is nested takes over those of its holder."""
    frames = Frames(report)
    found: list[Attribution] = []
    for one in attributions:
        frame = frames.frame(one)
        flags = flags_of(report.text, one, frame) if frame is not None else ()
        found.append(flagged(one, flags))
    return tuple(inherit(report.text, found))


def flagged(one: Attribution, flags: Iterable[str]) -> Attribution:
    """The attribution with more flags, sorted, each once."""
    more = tuple(sorted({*one.flags, *flags}))
    return replace(one, flags=more) if more != one.flags else one


def inherit(text: str, found: list[Attribution]) -> list[Attribution]:
    """Flags of a holder for what is nested in it; its own words that somebody denies were not said."""
    out = []
    for one in found:
        flags: set[str] = set()
        holder = found[one.nested_in] if one.nested_in is not None else None
        depth = 0
        inner = one
        while holder is not None and depth < 4:
            flags |= {flag for flag in holder.flags if flag in INHERITED}
            if is_denial(holder) and (not inner.source or is_own(text, inner, holder)):
                flags.add("unsaid")
            inner, holder = holder, found[holder.nested_in] if holder.nested_in is not None else None
            depth += 1
        out.append(flagged(one, flags))
    return out


def is_denial(one: Attribution) -> bool:
    """Whether the source says that it is not so, or does not say it."""
    return one.commitment is not None and one.commitment.stance in ("denies", "undisclosed")


def is_own(text: str, inner: Attribution, holder: Attribution) -> bool:
    """Whether who is said to speak in the content may be who tells it: "denied that he had said"."""
    if select(text, inner.source).lower() in ("he", "she", "they", "it", "i", "we"):
        return True
    mine, theirs = inner.speaker, holder.speaker
    return mine is not None and theirs is not None and mine.entity is not None and mine.entity == theirs.entity


def flags_of(text: str, one: Attribution, frame: Frame) -> set[str]:
    """The flags of one attribution."""
    tests = (
        ("hypothetical", is_supposed(one, frame)),
        ("unsaid", is_unsaid(text, one, frame)),
        ("fiction", is_played(text, one, frame)),
        ("inscription", is_inscribed(text, one, frame)),
        ("read-out", is_lent(text, one, frame)),
        ("ambiguous-speaker", is_part(text, one, frame)),
    )
    return {flag for flag, holds in tests if holds}


def is_supposed(one: Attribution, frame: Frame) -> bool:
    """Whether the cue tells of speech that may never have been: "would say", "if X said", "did X say?"."""
    if one.commitment is not None and one.commitment.attitude != "speech":
        return False
    clause = words_of(frame.clause)
    rules = settings_file("doubts.toml")["hypothetical"]
    supposing = pattern("hypothetical", "supposing")
    if any(supposing.search(words) for words in (" ".join(clause), " ".join(words_of(frame.lead)))):
        return True
    if pattern("hypothetical", "scene").match(frame.opening.lstrip(" \n\"'“‘(")):
        return True  # "Picture this: the governor walks in and says"
    if frame.source is not None and pattern("hypothetical", "imagining").search(
        frame.unquoted[frame.source.end - frame.start : max(0, frame.cue.start - frame.start)]
    ):
        return True
    if supposing.match(text_of_source(frame)):
        return True  # "Suppose the chairwoman announced"
    if frame.source is not None and clause in ([word] for word in rules["inverted"]):
        return True  # "Had the minister warned that ..."
    return has_modal(text_of_source(frame), frame.group) or is_question(frame)


def text_of_source(frame: Frame) -> str:
    """The words of the source, in lower case."""
    return (
        frame.whole[frame.source.start - frame.start : frame.source.end - frame.start].lower() if frame.source else ""
    )


def has_modal(source: str, group: list[str]) -> bool:
    """Whether a modal leads the verb, and no word that shows that it came to pass."""
    rules = settings_file("doubts.toml")["hypothetical"]
    if source in ("i", "we") or pattern("hypothetical", "said").search(" ".join(group)):
        return False
    if any(NEGATION.fullmatch(word) for word in group):
        return False
    for word in reversed(group[:-1]):
        if word in rules["modals"]:
            return True
        if word not in rules["between"] and not word.endswith("ly"):
            return False
    return False


def is_question(frame: Frame) -> bool:
    """Whether the sentence asks if it was said: "Did the mayor say so?"; not whether somebody asked."""
    whole = frame.whole.rstrip(" \n”\"'’") if frame.is_quoted else frame.whole.rstrip()
    if not whole.endswith("?"):
        return False
    first = next(iter(words_of(frame.unquoted)), "")
    return first in settings_file("doubts.toml")["hypothetical"]["asking"]


def is_unsaid(text: str, one: Attribution, frame: Frame) -> bool:
    """Whether a clause is told that the source did not utter: "did not say that the fund was safe"."""
    if one.commitment is None or one.commitment.attitude != "speech":
        return False
    if one.commitment.stance == "undisclosed":
        is_negated = any(NEGATION.fullmatch(word) for word in frame.group)
    else:
        is_negated = bool(NEVER_DID.search(frame.clause))
    if not is_negated and not NO_ONE.match(select(text, one.source)):
        return False
    said = words_of(select(text, one.content))
    if one.form != "indirect":
        return True
    is_saying = one.rule.partition(":")[2] in settings_file("doubts.toml")["unsaid"]["verbs"]
    return is_saying and len(said) >= FEWEST_WORDS and said[0] not in OPEN_CONTENTS


def is_played(text: str, one: Attribution, frame: Frame) -> bool:
    """Whether the telling speaks of a part, a forgery or a joke."""
    told = frame.told + " " + select(text, one.source) if one.source else frame.told
    return bool(pattern("fiction", "telling").search(told) or playing().search(told))


def is_inscribed(text: str, one: Attribution, frame: Frame) -> bool:
    """Whether the words stand on a thing: "a sign read", "wore a T-shirt saying", "scrawled on the wall"."""
    things = pattern("inscription", "things")
    source = select(text, one.source)
    head = HEAD.split(source, maxsplit=1)[0]
    if source and things.search(head) and not (one.speaker is not None and one.speaker.method == "name"):
        return True
    cue = frame.between(frame.cue.start, frame.cue.end)
    if things.search(cue) or pattern("inscription", "written").search(cue):
        return True
    last = words_of(cue)[-1:]
    if last and pattern("inscription", "painting").fullmatch(last[0]):
        return True
    if not last or last[0] not in settings_file("doubts.toml")["inscription"]["verbs"]:
        return False
    if frame.source is not None and frame.source.start >= frame.cue.end:
        return False
    return bool(things.search(lead_of(frame)))


def lead_of(frame: Frame) -> str:
    """The last words before the cue in its clause that do not belong to the source."""
    begins = frame.source.end if frame.source is not None else frame.start
    lead = frame.between(begins, frame.cue.start)
    if frame.source is not None and re.search(r"[,;:\"]|\band\b|\bbut\b", lead):
        return ""  # "Lee, holding a sign, said", "Lee held up a sign and said"
    matches = list(WORD.finditer(lead))[-NEAR:]
    return lead[matches[0].start() :] if matches else ""


def is_lent(text: str, one: Attribution, frame: Frame) -> bool:
    """Whether the source lends its voice to words of somebody else: "reading from the diary", "translating for"."""
    source = select(text, one.source)
    if pattern("read-out", "lenders").search(HEAD.split(source, maxsplit=1)[0]):
        return True
    if pattern("read-out", "telling").search(frame.told):
        return True
    if one.form == "indirect":
        return False
    cue = words_of(frame.whole[frame.cue.start - frame.start : frame.cue.end - frame.start])
    verbs = settings_file("doubts.toml")["read-out"]["verbs"]
    is_person = one.speaker is not None and one.speaker.entity is not None and not one.speaker.anonymous
    if any(word in verbs for word in cue) and "saying" not in cue and is_person:
        return True
    return bool(pattern("read-out", "direct").search(frame.opening))


def is_part(text: str, one: Attribution, frame: Frame) -> bool:
    """Whether the source is only a part of whoever speaks: "a spokesman for [Lee] said", "his late [sister] said"."""
    source, cue = frame.source, frame.cue
    if source is None or one.rule.endswith("::"):
        return False
    if source.start >= cue.end and PASSED_ON.search(cue.of(text)):
        return True  # "General Tarkan was quoted as saying by the [agency]"
    if source.end > cue.start:
        return False
    rules = settings_file("doubts.toml")["part"]
    if POSSESSIVE.search(source.of(text)):
        return False  # "by Lee's own admission"
    before = words_of(frame.between(source.start - 30, source.start))
    clause = frame.between(source.start - 30, source.start).rstrip()
    if before and clause[-1:].isalpha() and before[-1] in (*rules["prepositions"], *rules["objects"], *rules["owners"]):
        return True
    first = words_of(source.of(text))[:1]
    if first and first[0] in rules["relatives"] and len(source) > len(first[0]):
        return one.speaker is None or one.speaker.entity is None or one.speaker.anonymous
    if (
        before
        and clause[-1:].isalpha()
        and before[-1] in rules["relatives"]
        and "," in frame.between(source.end, cue.start)
    ):
        return True
    after = text[source.end : cue.start]
    return bool(re.match(r"['’]s?\s+\w+", after)) and not is_noun(frame.between(cue.start, cue.end))


def is_noun(cue: str) -> bool:
    """Whether a cue may be what somebody has, as in "Lee's claim that": not a past tense."""
    last = words_of(cue)[-1:]
    return not last or not last[0].endswith(("ed", "said", "told", "wrote", "says"))


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """The words of a row of doubts.toml as one pattern."""
    return re.compile(r"\b(?:" + "|".join(settings_file("doubts.toml")[section][name]) + r")\b", re.IGNORECASE)


@cache
def playing() -> re.Pattern[str]:
    """An actor's verb before a name: "playing Minister Vogt"."""
    verbs = "|".join(settings_file("doubts.toml")["fiction"]["playing"])
    return re.compile(rf"\b(?:{verbs})\s+(?:the\s+)?(?:[a-z]+\s+)?[A-Z]")
