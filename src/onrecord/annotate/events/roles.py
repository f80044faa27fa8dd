"""Who did it and to whom: the phrases around a trigger."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.events.rows import by_form, tail_end, word_sets
from onrecord.annotate.events.voice import Use, group_start, verb_use
from onrecord.annotate.rules.phrases import RELATIVE, Phrase, noun_phrase_left, subject_left
from onrecord.annotate.tokens import Tokens

INFINITIVE_REACH = 12  # words between a verb and the "to" that it governs
IN_GAP = "gap"  # among the targets of a phrase: its object stands inside it
OWNED = "'s"  # among the targets of a noun: whose it is, is whom it was done to
REACH = 16  # words to the right of a trigger that are looked at for a preposition
LONGEST = 18  # words of a phrase
INNER = frozenset("DPAN#GlsqdR~g")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who did it and to whom; and what the guards of a row look at: who acts and what is acted on in the grammar."""

    actor: Phrase | None
    target: Phrase | None
    subject: Phrase | None = None
    object: Phrase | None = None


def verb_roles(words: Tokens, use: Use) -> Roles:
    """The roles of a verb."""
    row = use.form.trigger
    if use.voice in ("passive", "participle"):
        agent = after_preposition(words, use.after, ("by",))
        patient = subject_of(words, use.group) if use.voice == "passive" else _phrase_before(words, use.head)
        if "obj" in row.target or IN_GAP in row.target:
            return Roles(agent, patient, agent, patient)
        return Roles(agent, _with_preposition(words, use), agent, patient)
    subject = subject_of(words, use.group) if use.voice == "active" else _controller(words, use)
    in_gap = IN_GAP in row.target
    found = _inside(words, use) if in_gap else direct_object(words, use.after)
    if found is None and words.tags[use.after] == "C" and words.tags[use.after + 1] in "VdL":
        found = direct_object(words, use.after + 2)  # "shot and killed a clerk"
    actor = subject if "subj" in row.actor else None
    target = found if (in_gap or "obj" in row.target) and found else _with_preposition(words, use)
    return Roles(actor, target, subject, found)


def _inside(words: Tokens, use: Use) -> Phrase | None:
    """The object inside a phrase: "set two buses ablaze"."""
    found = phrase_right(words, use.head + 1)
    return Phrase(found.first, min(found.after, use.after - 1)) if found and found.first < use.after - 1 else None


def _phrase_before(words: Tokens, head: int) -> Phrase | None:
    """The noun phrase that a reduced relative clause says more of: "men arrested on Monday"."""
    if head and words.tags[head - 1] == "C":
        head = _verb_before(words, head - 1) or 0  # "shot and killed by police"
    return noun_phrase_left(words, head - 1) if head and words.tags[head - 1] in "NAlsq)#G" else None


def _with_preposition(words: Tokens, use: Use) -> Phrase | None:
    prepositions = tuple(word for word in use.form.trigger.target if word not in ("obj", IN_GAP))
    return after_preposition(words, use.after, prepositions) if prepositions else None


def subject_of(words: Tokens, group: int) -> Phrase | None:
    """The subject of the verb group that starts at word `group`, also of an infinitive or a joined verb."""
    tags, lower = words.tags, words.lower
    for _ in range(4):  # verbs that the subject is handed down through
        if group <= 0:
            return None
        before = tags[group - 1]
        if before == "t" or tags[group] == "t":
            k = group - 1 if before == "t" else group
            verb = k - 1
            while verb > 0 and k - verb < INFINITIVE_REACH and tags[verb] in "NADP#GRonOqIgs~":
                verb -= 1
            if verb <= 0 or tags[verb] not in "VLdl":
                return None
            if lower[verb] in word_sets()["controlling"]:
                return direct_object(words, verb + 1)  # "forced the army to withdraw"
            group = group_start(words, verb)
            continue
        if before == "C" or (before == "R" and group > 1 and tags[group - 2] == "C"):
            joined = _verb_before(words, group - 1)
            if joined is None:
                return None
            group = group_start(words, joined)
            continue
        found = subject_left(words, group)
        if found is None and before == "," and (joined := _verb_before(words, group - 1)) is not None:
            group = group_start(words, joined)  # "raided villages, torched houses"
            continue
        if found and found.after - found.first == 1 and lower[found.first] in RELATIVE:
            k = found.first - 1
            k -= k > 0 and tags[k] == ","
            found = noun_phrase_left(words, k) if k >= 0 and tags[k] in "NAGlsq)#d" else None
        return found
    return None


def _verb_before(words: Tokens, at: int) -> int | None:
    """The finite verb that "and" at word `at` joins another to."""
    for k in range(at - 1, max(-1, at - 25), -1):
        if words.tags[k] in ".;:":
            return None
        if words.tags[k] in "Vd" and (k == 0 or words.tags[k - 1] not in "DPoI"):
            return k
    return None


def _controller(words: Tokens, use: Use) -> Phrase | None:
    """Who does what an -ing form tells: the subject before ", killing six", the object of "accused him of shelling"."""
    tags = words.tags
    before = tags[use.group - 1] if use.group else "."
    if before in ",CR":
        verb = _verb_before(words, use.group - (before == ","))
        return subject_of(words, group_start(words, verb)) if verb is not None else None
    if before in "oI" and use.group > 2 and tags[use.group - 2] in "NAO":
        end = use.group - 2
        return Phrase(end, end + 1) if tags[end] == "O" else noun_phrase_left(words, end)
    return None


def direct_object(words: Tokens, at: int) -> Phrase | None:
    """The noun phrase that starts at word `at`, adverbs apart."""
    tags = words.tags
    while tags[at] == "R":
        at += 1
    if tags[at] == "O" or (tags[at] == "P" and tags[at + 1] not in "NA#dqglsRGY"):
        return Phrase(at, at + 1)  # "accused her of it"
    return phrase_right(words, at)


def phrase_right(words: Tokens, at: int) -> Phrase | None:
    """The noun phrase from word `at`: names, nouns, "of" phrases, "X and Y"."""
    tags, lower = words.tags, words.lower
    size = len(words)
    k = at
    while k < size and k - at < LONGEST:
        tag = tags[k]
        if tag == "R" and (k == at or tags[k - 1] in "NA" or tags[k + 1] not in "ANd#"):
            break
        if tag == "D" and k > at and tags[k - 1] in "NA":
            break
        verbal = tag == "g" or (tag in "sl" and lower[k - 1].endswith("s"))  # "rebels lies"
        inner = tag in INNER and not (verbal and k > at and tags[k - 1] in "NA")
        joins = k > at and (tag == "o" or (tag == "C" and lower[k] != "nor")) and tags[k + 1] in "DPAN#"
        if not (inner or joins):
            break
        k += 1
    while k > at and (tags[k - 1] in "DPoCRG~" or lower[k - 1] in word_sets()["trailing"]):
        k -= 1
    if k <= at or not any(tag in "NAq#ls" for tag in tags[at:k]):
        return None
    return Phrase(at, k)


def after_preposition(words: Tokens, at: int, prepositions: tuple[str, ...]) -> Phrase | None:
    """The noun phrase after the first of these prepositions, from word `at` to the edge of the clause."""
    tags, lower = words.tags, words.lower
    for k in range(at, min(len(words), at + REACH)):
        if tags[k] in ".;:,-WTBVX" or (k > at and tags[k] in "LHZM"):
            return None
        if lower[k] in prepositions:
            if tags[k + 1] == "O":
                return Phrase(k + 1, k + 2)
            found = phrase_right(words, k + 1)
            if found and not _is_time(words, found):
                return found
    return None


def _is_country(words: Tokens, phrase: Phrase) -> bool:
    return any(word in word_sets()["country"] for word in words.lower[phrase.first : phrase.after])


def _is_time(words: Tokens, phrase: Phrase) -> bool:
    """Whether a phrase names a time: "on Friday", "over the past three days"."""
    last = phrase.after - 1
    return words.tags[phrase.first] == "Y" or words.tags[last] == "Y" or words.lower[last] in word_sets()["timenoun"]


def noun_roles(words: Tokens, use: Use) -> Roles:
    """Actor and target of a noun, with a verb that lends it roles: "carried out an attack", "came under attack"."""
    row = use.form.trigger
    first = phrase_start(words, use.head)
    actor = _owner(words, first, use.head)
    target: Phrase | None = None
    if actor is not None and OWNED in row.target and not _is_country(words, actor):
        actor, target = None, actor  # "his arrest", "the mayor's killing"
    for preposition in row.actor:
        actor = actor or after_preposition(words, use.after, (preposition,))
    target = target or (after_preposition(words, use.after, row.target) if row.target else None)
    if "between" in row.target and target is not None and actor is None:
        actor, target = _sides(words, target)
    light = light_before(words, first)
    if light is not None:
        subject = subject_of(words, light.group) if light.voice == "active" else None
        if light.form.trigger.actor == ("obj",):
            target = subject or target
        else:
            actor = subject or actor
    elif actor is None:
        actor = _light_after(words, use.after)
    if actor is not None and target is not None and actor.first == target.first:
        target = None
    return Roles(actor, target, actor, target)


def phrase_start(words: Tokens, head: int) -> int:
    """Where the noun phrase of word `head` starts."""
    tags = words.tags
    k = head
    while k > 0 and tags[k - 1] in "NA#DPGdRg" and head - k < LONGEST:
        k -= 1
        if tags[k] == "D":
            break
    while k < head and tags[k] in "Rg":
        k += 1
    return k


def _owner(words: Tokens, first: int, head: int) -> Phrase | None:
    """The name before a noun that says whose it is: "Israel's attack", "Taliban attacks", "their strike"."""
    tags = words.tags
    for k in range(head - 1, first - 1, -1):
        if tags[k] == "G" and k > first:
            return Phrase(first, k)
        if tags[k] == "P":
            return Phrase(k, k + 1)
    k = head
    while k > first and tags[k - 1] in "N#d":
        k -= 1
    end = k
    while k > first and tags[k - 1] == "A":
        k -= 1
    if k < end and words.lower[k] not in ("monday", "tuesday"):
        return Phrase(k, end)
    return None


def _sides(words: Tokens, both: Phrase) -> tuple[Phrase, Phrase | None]:
    """The two of "between X and Y"."""
    for k in range(both.first + 1, both.after - 1):
        if words.tags[k] == "C":
            return Phrase(both.first, k), Phrase(k + 1, both.after)
    return both, None


def light_before(words: Tokens, first: int) -> Use | None:
    """The light verb that takes the noun phrase from word `first` as its object."""
    tags, lower = words.tags, words.lower
    for k in range(first - 1, max(-1, first - 4), -1):
        for form in by_form().get(lower[k], ()):
            if form.trigger.kind == "light" and tail_end(form.trigger, lower, k + 1) == first:
                return verb_use(words, form, k, first)
        if tags[k] not in "IRDt" and k < first - 1:
            break
    return None


def _light_after(words: Tokens, after: int) -> Phrase | None:
    """Who did it where the noun is the subject of a light verb in the passive: "the attack was carried out by X"."""
    tags, lower = words.tags, words.lower
    verb = False
    for k in range(after, min(len(words), after + REACH)):
        if tags[k] in ".;:,-WTB":
            return None
        verb = verb or tags[k] in "XH"
        if verb and any(form.trigger.kind == "light" for form in by_form().get(lower[k], ())):
            return after_preposition(words, k + 1, ("by",))
    return None
