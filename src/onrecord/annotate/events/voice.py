"""Whether a word that matches a row is used as the verb or the noun of the row, and in which voice."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.events.rows import Form
from onrecord.annotate.tokens import PLURALS, Tokens

GROUP = frozenset("XHZMnRY")  # classes before the head of a verb group
NP_START = frozenset("DPAN#Oqls~")
GETTING = frozenset("get gets got getting gotten".split())
MODIFIED = frozenset("ls")  # classes that may be verb or noun
BE = frozenset("be been being is are was were am 're 'm".split())


@dataclass(frozen=True, slots=True)
class Use:
    """How a trigger is used: its words are [first, after); `group` is where its verb group starts."""

    form: Form
    head: int
    after: int
    group: int
    voice: str  # active, passive, participle (reduced relative), gerund, noun


def verb_use(words: Tokens, form: Form, head: int, after: int) -> Use | None:
    """The use of a verb row at word `head`; None where the word is no verb there."""
    tags = words.tags
    if not _is_verb(words, form, head):
        return None
    group = group_start(words, head)
    aux = {words.lower[k] for k in range(group, head)}
    if form.form == "gerund":
        voice = "active" if aux & BE else "gerund"
        return Use(form, head, after, group, voice)
    is_base = form.form == "base" and tags[group - 1 if group else 0] in "tM"
    if form.form in ("past", "participle") or (form.may_be_past and not is_base and not _has_modal(words, group, head)):
        return _past_use(words, form, head, after, group)
    if group and tags[group - 1] == "t":
        group -= 1
    return Use(form, head, after, group, "active")


def group_start(words: Tokens, head: int) -> int:
    """Where the verb group of word `head` starts: auxiliaries, negation, adverbs."""
    tags = words.tags
    k = head
    while k > 0 and (tags[k - 1] in GROUP or words.lower[k - 1] in BE or words.lower[k - 1] in GETTING):
        k -= 1
    while k < head and tags[k] in "RY":
        k += 1
    return k


def _past_use(words: Tokens, form: Form, head: int, after: int, group: int) -> Use | None:
    tags, lower = words.tags, words.lower
    aux = [k for k in range(group, head) if tags[k] in "XHZM" or lower[k] in BE or lower[k] in GETTING]
    if aux:
        last = aux[-1]
        if tags[last] == "H":
            return Use(form, head, after, group, "active")
        if tags[last] == "X" or lower[last] in BE or lower[last] in GETTING:
            return Use(form, head, after, group, "passive")
        return Use(form, head, after, group, "active") if form.form == "past" else None
    before = tags[head - 1] if head else "."
    if before in "DPoG" or (before in "I#" and tags[after] in "NA"):
        return None  # "the detained men", "of wounded soldiers"
    if before == "t":
        return None
    if lower[after] == "by" and before in "NAls,)#C":
        return Use(form, head, after, group, "participle")
    target = form.trigger.target
    shared = (
        tags[after] == "C" and tags[after + 1] in "VdL" and tags[after + 2] in NP_START
    )  # "shot and killed a clerk"
    lone = tags[after] not in "tTW" and lower[after] not in target and not shared
    takes_object = ("obj" in target and lone) or ("gap" in target and "~" not in form.trigger.tail)
    day = tags[after] == "Y" and tags[after + 1] == "G"  # "praised Thursday's march"
    if (
        takes_object
        and not day
        and tags[after] not in NP_START
        and not (tags[after] == "R" and tags[after + 1] in NP_START)
    ):
        joined = before in "C," and head > 1
        if before in "NA)" and not _opens_clause(words, head):
            return Use(form, head, after, group, "participle")
        return Use(form, head, after, group, "active" if joined else "participle") if before != "S" else None
    return Use(form, head, after, group, "active")


def _is_one(words: Tokens, head: int) -> bool:
    """Whether one name stands before a base form: "Texas convict Joe Dale" is no clause."""
    name = words.lower[head - 1]
    is_many = name.endswith("s") or name in PLURALS or "C" in words.tags[max(0, head - 6) : head]
    return head > 1 and not is_many


def _has_modal(words: Tokens, group: int, head: int) -> bool:
    """Whether a modal, "to" or "do" stands right before the head, adverbs and "not" apart."""
    k = head - 1
    while k >= group and words.tags[k] in "Rn":
        k -= 1
    return k >= 0 and words.tags[k] in "MtZ"


def _opens_clause(words: Tokens, head: int) -> bool:
    """Whether a subject pronoun or relative stands right before."""
    return bool(head) and words.tags[head - 1] in "SW"


def _is_verb(words: Tokens, form: Form, head: int) -> bool:
    tags = words.tags
    tag = tags[head]
    before = tags[head - 1] if head else "."
    following = tags[head + 1]
    if tag == "A":
        return False
    if form.form in ("past", "participle"):
        return tag in "VdLl" or (tag == "N" and before not in "DPGo#")
    if form.form == "gerund":
        named = before in "DPGA#" or (before == "N" and following not in "DPAO#")
        return (tag == "g" and not named) or (tag == "N" and before in "XI,")
    if form.form == "third":
        return _is_third(tags, tag, before, following, head)
    if tag == "L":
        return before not in "DP" and not (before == "A" and _is_one(words, head))
    if tag in "lNV" and _has_modal(words, 0, head):
        return True
    if form.may_be_past and before not in "DP" and (tag in "VdLl" or before in "XHS"):
        return True
    if tag in "lN":
        return (
            before in "tM"
            or (before in "RSn" and tag != "N")
            or (before in "RS" and head > 1 and tags[head - 2] in "tMS")
            or (tag == "l" and before == "W")
            or (tag == "l" and following in "DPO")
        )
    return False


def _is_third(tags: str, tag: str, before: str, following: str, head: int) -> bool:
    """Whether an -s form is a verb: "the army attacks the town", not "violent protests over the law"."""
    if before in "SW":
        return tag in "sVN"
    if tag not in "sVN" or before not in "NA)," or (before == "N" and head > 1 and tags[head - 2] in "oI"):
        return False
    has_object = following in "DPAOt#" or (following == "N" and tag == "V")
    is_subject = before in "A)," or any(tag in "DPG" for tag in tags[max(0, head - 4) : head])
    return has_object and (is_subject or tag == "V")


def noun_use(words: Tokens, form: Form, head: int, after: int, *, compounds: frozenset[str]) -> Use | None:
    """The use of a noun row at word `head`; None where the word is a verb there, or says more of another noun."""
    tags, lower = words.tags, words.lower
    last = after - 1
    tag = tags[last]
    before = tags[head - 1] if head else "."
    if tag not in "NlsgLVdY" and not (tag == "A" and (head < last or before in ".:;")):
        return None
    if tag in "LV" and last == head and before not in "DPNAG#I":
        return None
    if tag in "LV" and last == head and before in "NA" and tags[after] in "DPO":
        return None
    if tag in "lN" and last == head and (before == "M" or (before in "Rn" and _has_modal(words, 0, head))):
        return None
    if tag == "l" and last == head and before == "t" and tags[head - 2] in "VLNldsg":
        return None
    if (
        tag == "g"
        and last == head
        and not (before in "DPNAG#" or tags[after] == "o" or lower[after] in ("by", "in", "on"))
    ):
        return None
    if lower[after] not in compounds and (
        tags[after] == "N" or (tags[after] == "s" and tags[after + 1] not in "DPAO#N")
    ):
        return None  # "protest leaders": the word says more of another noun
    if tag in "sV" and last == head and before in "NA" and tags[after] == "t" and tags[after + 1] not in "Ll":
        return None  # "Ann Lee talks to the council"
    if tags[after] == "-":
        return None
    return Use(form, head, after, head, "noun")
