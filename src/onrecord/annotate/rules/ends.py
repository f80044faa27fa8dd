"""Where the content of a cue ends: at the next clause that is somebody else's."""

from __future__ import annotations

from functools import cache

from onrecord.annotate.cues import Cue, cue_forms
from onrecord.annotate.tokens import Tokens
from onrecord.resources import settings_file

SUBORDINATE = frozenset("but while although though whereas yet".split())
ENDING = frozenset("because after".split())  # what follows is no part of an object
SETTINGS = frozenset(
    "statement interview speech rally briefing conference press debate hearing phone letter tweet memo"
    " testimony".split()
)
LIST_REACH = 14  # words looked ahead for the "and" of a list
NEW_SPEAKER_REACH = 24  # words of a subject with its appositions after ", and"
SPEAKER_REACH = 8  # words of a subject between a comma and its cue

Forms = dict[str, tuple[Cue, ...]]


def clause_end(words: Tokens, start: int, *, act: bool = False, relative: bool = False) -> int:
    """Past the clause that starts at `start`, closing punctuation apart.

    `act`: it is an object or an infinitive; `relative`: of a relative clause, so that the verb of the outer
    clause ends it ("those who support Lee are young").
    """
    forms = cue_forms()
    k, depth = start + 1, 0
    while k < len(words):
        tag = words.tags[k]
        if tag == "(":
            depth += 1
        elif tag == ")":
            if not depth:
                break
            depth -= 1
        elif not depth and (
            _ends_clause(words, k, forms, act=act) or (act and _ends_act(words, start, k, relative=relative))
        ):
            break
        k += 1
    return strip_end(words, start, k)


def _ends_clause(words: Tokens, k: int, forms: Forms, *, act: bool) -> bool:
    """Whether any content ends before word `k`."""
    tag = words.tags[k]
    if tag == ",":
        return _cut_at_comma(words, k, forms, act=act)
    if tag == "-":
        return act or (words.tags[k + 1] == "g" and words.lower[k + 1] in forms)
    joins = (tag == "C" and words.lower[k] != "nor") or words.lower[k] == "but"
    return tag == ";" or (joins and _has_new_cue(words, k + 1, forms))


def _ends_act(words: Tokens, start: int, k: int, *, relative: bool) -> bool:
    """Whether an object or an infinitive ends before word `k`."""
    tag, word = words.tags[k], words.lower[k]
    if tag == ":" or word in ENDING or (tag == "B" and word in SUBORDINATE):
        return True
    if tag == "C" or word == "as":
        return _has_new_clause(words, k + 1, bare=word == "as") or _has_new_act(words, k + 1, words.tags[start])
    if tag == "I":
        return _is_setting(words, k)
    return relative and tag in "XHMZ" and not any(t in "SWTB" for t in words.tags[start:k])


def strip_end(words: Tokens, start: int, k: int) -> int:
    """`k`, moved before closing punctuation and a left-over "and"."""
    while k > start + 1 and words.tags[k - 1] in ".,;:-C":
        k -= 1
    return k


def _has_new_cue(words: Tokens, k: int, forms: Forms) -> bool:
    """Whether a coordinated cue starts at `k`: "and added that", "and has called for"."""
    tags, lower = words.tags, words.lower
    while tags[k] in "RHXMZn":
        k += 1
    if tags[k] not in "VLd" or lower[k] not in forms:
        return False
    return any(cue.kind == "verb" and cue.prior("that") is not None for cue in forms[lower[k]])


def _has_new_act(words: Tokens, k: int, opens: str) -> bool:
    """Whether the same speaker says something else at `k`: "disputed the figure and put the debt at 4 million"."""
    if opens == "t" or words.lower[k - 1] == "as":
        return False
    word, tag = words.lower[k], words.tags[k]
    past = tag == "V" or (tag == "L" and word in measuring())
    return past and any(cue.kind == "verb" and cue.attitude == "speech" for cue in cue_forms().get(word, ()))


def _has_new_clause(words: Tokens, k: int, *, bare: bool = False) -> bool:
    """Whether a subject and a finite verb stand at `k`: "and the agency eventually confirmed".

    `bare`: a noun without an article may be that subject: "as observers urge calm".
    """
    tags = words.tags
    if tags[k] == "S":
        return tags[k + 1] in "VLXHZMRn"
    if tags[k] not in ("DPAN" if bare else "DPA"):
        return False
    m = k
    while tags[m] in ("DPNA#GoR~ls" if bare else "DPNA#GoR~") and m < k + 10:
        m += 1
    return tags[m] in ("VLXHZM" if bare else "VXHZM")


def _is_setting(words: Tokens, k: int) -> bool:
    """Whether the preposition at `k` opens a time or a place of speaking: "at a press conference", "on Monday"."""
    tags, lower = words.tags, words.lower
    if lower[k] not in ("at", "in", "on", "during"):
        return False
    if tags[k + 1] == "Y":
        return lower[k] == "on"
    return tags[k + 1] in "DP" and any(word in SETTINGS for word in lower[k + 2 : k + 5])


def _cut_at_comma(words: Tokens, k: int, forms: Forms, *, act: bool) -> bool:
    """Whether the clause ends at the comma `k`, because something of its own follows."""
    after = k + 1
    word, tag = words.lower[after], words.tags[after]
    if word == "according" or (tag == "g" and (word in forms or word in commenting())):
        return True
    if tag == "B" and word in SUBORDINATE:
        return words.tags[after + 1] != "T"
    if word in ("a", "an") and any(cue.kind == "noun" for cue in forms.get(words.lower[after + 1], ())):
        return True  # ", an allegation the company denied"
    if echoes(words, after):
        return True  # "denied it would cut jobs, as unions had warned"
    if tag == "C" and words.tags[after + 1] != "T":
        return act or _has_new_cue(words, after + 1, forms) or _has_new_speaker(words, after + 1, forms)
    if tag == "C":
        return False
    if act:
        return tag == "Q" or not _is_list(words, k)
    return tag != "Q" and _has_speaker(words, after, forms)


def echoes(words: Tokens, k: int) -> bool:
    """Whether "as unions had warned" starts at `k`: another said it too."""
    return words.lower[k] == "as" and _has_speaker(words, k + 1, cue_forms())


@cache
def measuring() -> frozenset[str]:
    """Verbs that attribute only where they give an amount."""
    return frozenset(settings_file("attribution.toml")["measuring"])


@cache
def commenting() -> frozenset[str]:
    """Participles after a comma with which the report weighs what was said: ", reversing an earlier account"."""
    return frozenset(settings_file("attribution.toml")["commenting"])


def _has_speaker(words: Tokens, after: int, forms: Forms) -> bool:
    """Whether ", X said" or ", said X" starts at `after`."""
    tags, lower = words.tags, words.lower
    m = after
    while tags[m] in "SDPNA#GoR~YH" and m < after + SPEAKER_REACH:
        m += 1
    if tags[m] not in "VLd" or lower[m] not in forms or forms[lower[m]][0].prior("paren") is None:
        return False
    return lower[m + 1] != "by" and (m == after or tags[m + 1] in ".,;IYO")


def _has_new_speaker(words: Tokens, after: int, forms: Forms) -> bool:
    """Whether somebody else goes on at `after`: ", and the minister, Jorge Diaz, offered to resign"."""
    tags, lower = words.tags, words.lower
    m, floor = after, after + NEW_SPEAKER_REACH
    while m < floor:
        if tags[m] == "," and tags[m + 1] == "W":
            m = tags.find(",", m + 1, floor)  # "who had vouched for it"
            if m < 0:
                return False
        elif tags[m] not in "DPNA#GoR~YHIgd,":
            break
        m += 1
    return m > after and tags[m] == "V" and lower[m] in forms and forms[lower[m]][0].attitude == "speech"


def _is_list(words: Tokens, k: int) -> bool:
    """Whether the comma `k` divides the items of a list: an "and" follows within the same run."""
    tags = words.tags
    if tags[k + 1] in "WgIRBST":
        return False
    for tag in tags[k + 1 : k + LIST_REACH]:
        if tag == "C":
            return True
        if tag in ".;:VLXHZM":
            return False
    return False
