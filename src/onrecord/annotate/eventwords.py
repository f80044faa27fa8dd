"""Every verb and noun of a stretch of text that tells of something that happens, of whatever type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.annotate.cues import cue_forms
from onrecord.annotate.events.find import settled
from onrecord.annotate.events.realis import realis_of
from onrecord.annotate.events.roles import after_preposition, direct_object, noun_roles, subject_of, verb_roles
from onrecord.annotate.events.rows import FORMS, Form, Trigger, by_form, irregular, plural
from onrecord.annotate.events.voice import NP_START, Use, group_start, noun_use, verb_use
from onrecord.annotate.rules.phrases import Phrase
from onrecord.annotate.tokens import Tokens, inflect, read_tokens, verb_forms
from onrecord.model import Happening, Quotation, Span
from onrecord.resources import lexicon

LONGEST = 2000  # code points: a longer sentence is a table or a list, not prose
PHRASE = 3  # words: a longer quotation stands for itself
CORES = 4  # conjuncts of a phrase
HEAD = frozenset("NAqls#OSPWdg")
CUT = frozenset("IoWTVBnXHMZt-:;.")  # what follows in a phrase says more of its head
BETWEEN = frozenset("C,()")
ADJUNCT = frozenset("after before by while when without since on upon".split())
REACH = 25  # words looked back over for the verb of a clause
FINITE = frozenset("VXHMZ")


def find_happenings(text: str, sentence: Span, quotations: Sequence[Quotation] = ()) -> tuple[Happening, ...]:
    """What happens in one sentence, in order; `quotations` are the outermost regions of the text.

    >>> [(one.predicate, one.tense) for one in find_happenings("Vesna has sold its mill.", Span(0, 24))]
    [('sell', 'perfect')]
    """
    if len(sentence) > LONGEST:
        return ()
    spoken = [one for one in quotations if one.span.overlaps(sentence) and one.inner.of(text).count(" ") >= PHRASE]
    words = read_tokens(text, sentence, ())
    marks = frozenset(mark for one in spoken for mark in (one.span.start, one.span.end - 1))
    words.tags = _with_clauses(words, settled(words, marks))
    return tuple(
        _happening(words, use, quoted=any(one.inner.contains(words.span(use.head, use.after)) for one in spoken))
        for use in _uses(words)
    )


def _with_clauses(words: Tokens, tags: str) -> str:
    """The classes with the verbs of what is said as verbs: "said the company expects", with no "that" between."""
    found, saying = list(tags), False
    for k, tag in enumerate(words.tags):
        if tag == "V" and tags[k] == "N" and saying and tags[k - 1] in "NA":
            found[k] = "V"
        if found[k] in "VXMH":
            saying = words.lower[k] in cue_forms()
        elif found[k] in ".;:":
            saying = False
    return "".join(found)


def _uses(words: Tokens) -> Iterator[Use]:
    """Each word that is used as a verb or noun for something that happens."""
    verbs, nouns, stative, prepositional = verb_words(), noun_words(), word_set("stative"), word_set("prepositional")
    for k in range(len(words)):
        low = words.lower[k]
        if low in prepositional:
            continue
        form = verbs.get(low) or _unknown(low, words.tags[k])
        use = verb_use(words, form, k, k + 1) if form else None
        if use is not None:
            if _is_reduced(words, use):
                use = replace(use, voice="participle")
            if use.form.trigger.lemma not in stative and not _is_habit(words, use):
                yield use
            continue
        noun = nouns.get(low)
        if noun and (use := noun_use(words, noun, k, k + 1, compounds=frozenset())):
            yield use


def _is_habit(words: Tokens, use: Use) -> bool:
    """Whether a relative clause in the present says what somebody does at all times: "Vesna, which makes ships"."""
    before = words.lower[use.group - 1] if use.group else ""
    return use.voice == "active" and before in ("which", "who", "that") and tense_of(words, use) == "present"


def _is_reduced(words: Tokens, use: Use) -> bool:
    """Whether a past form without an object says more of the noun before: "the deal reached on Monday will hold"."""
    tags, head = words.tags, use.head
    if use.voice != "active" or use.form.form not in ("past", "participle") or use.group < head or head < 1:
        return False
    if tags[head - 1] not in "NAls)" or tags[use.after] in NP_START or tags[use.after] == "T":
        return False
    for k in range(use.after, min(len(words), use.after + REACH)):
        if tags[k] in ".;:,WTBCSt":
            return False
        if tags[k] in "VXHM" and k > use.after:
            return True
    return False


def _unknown(low: str, tag: str) -> Form | None:
    """A form in -ed or -ing of a verb that no lexicon has."""
    if tag == "d" and low.endswith("ed"):
        return Form(_row(low[:-2], "verb"), "past")
    if tag == "g" and low.endswith("ing"):
        return Form(_row(low[:-3], "verb"), "gerund")
    return None


@cache
def verb_words() -> dict[str, Form]:
    """Each form of every verb that a lexicon has."""
    known = dict(verb_forms())
    for base, odd in irregular().items():
        known.setdefault(base, inflect(base, *odd))
    for forms in by_form().values():
        for form in forms:
            lemma = form.trigger.lemma
            if form.trigger.kind == "verb" and not form.trigger.tail:
                known.setdefault(lemma, inflect(lemma))
    for row in sorted(word_set("verb")):
        base, *irregulars = row.split("/")
        known.setdefault(base, inflect(base, *irregulars))
    found: dict[str, Form] = {}
    for base, words in known.items():
        if base in ("be", "do", "have"):
            continue
        for word, name in zip(words, FORMS, strict=True):
            found.setdefault(word, Form(_row(base, "verb"), name, word == base and word in words[2:4]))
    return found


@cache
def noun_words() -> dict[str, Form]:
    """Each form of the nouns for what happens."""
    found: dict[str, Form] = {}
    for noun in sorted(word_set("happening")):
        row = _row(noun, "noun")
        found.setdefault(noun, Form(row, "singular"))
        found.setdefault(plural(noun), Form(row, "plural"))
    return found


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of data/timeline_words.tsv."""
    return frozenset(
        word for row in lexicon("timeline_words.tsv") if row["set"] == name for word in row["words"].split()
    )


def _row(lemma: str, kind: str) -> Trigger:
    is_verb = kind == "verb"
    return Trigger(
        lemma=lemma, kind=kind, type="", mode=None, actor=("subj",) if is_verb else ("by",),
        target=() if is_verb else ("of",), needs=(), unless=(), tail=(),
    )  # fmt: skip


def _happening(words: Tokens, use: Use, *, quoted: bool) -> Happening:
    subject, target = _roles(words, use)
    span = words.span(use.head, use.after)
    return Happening(
        span=span,
        predicate=use.form.trigger.lemma,
        kind="noun" if use.voice == "noun" else "verb",
        tense=tense_of(words, use),
        realis=realis_of(words, use),
        agents=_cores(words, subject),
        patients=_cores(words, target),
        clause=words.span(*_clause(words, use, subject)),
        quoted=quoted,
    )


def _roles(words: Tokens, use: Use) -> tuple[Phrase | None, Phrase | None]:
    """Who does it and to whom, in the grammar."""
    if use.voice == "noun":
        roles = noun_roles(words, use)
        return roles.actor, roles.target if words.lower[use.after] == "of" else None  # not "fire at the port of Lund"
    roles = verb_roles(words, use)
    subject, target = roles.subject, roles.object
    if use.voice == "gerund" and use.group and words.lower[use.group - 1] in ADJUNCT:
        subject = _of_clause(words, use.group - 1)
    if use.voice == "active":
        if target is None and words.lower[use.after] == "with" and use.form.trigger.lemma in word_set("mutual"):
            target = after_preposition(words, use.after, ("with",))  # "met with Ada"
        if target is not None and words.tags[target.after] in FINITE:
            target = None  # "said the company expects": the subject of what is said
        if "t" in words.tags[max(0, use.group - 1) : use.group + 1]:
            subject = _of_infinitive(words, use.group - (words.tags[use.group] != "t"))
    return subject, target


def _of_clause(words: Tokens, preposition: int) -> Phrase | None:
    """Who does what "after leaving" tells: the subject of the clause, before it or after."""
    tags = words.tags
    for k in range(preposition - 1, max(-1, preposition - REACH), -1):
        if tags[k] in ".;:":
            break
        if tags[k] in "Vd" and (k == 0 or tags[k - 1] not in "DPoI"):
            return subject_of(words, group_start(words, k))
    return None


def _of_infinitive(words: Tokens, to: int, depth: int = 0) -> Phrase | None:
    """Who does what an infinitive tells: of "chose Ada to lead", Ada; of "Ada agreed on Monday to lead", too."""
    tags, verbs = words.tags, verb_words()
    k = to - 1
    while k > 0 and to - k < REACH and tags[k] in "NAOD#PGqoIRY()n~%":
        k -= 1
    if tags[k] in "XH":
        k = to - 1 if tags[to - 1] == "N" else k  # "were set to close"
    form = verbs.get(words.lower[k]) if k >= 0 and tags[k] in "VLdlsgN" else None
    if form is None or depth > CORES:
        return None
    if form.trigger.lemma in word_set("control") and (found := direct_object(words, k + 1)):
        return found
    group = group_start(words, k)
    if "t" in tags[max(0, group - 1) : group + 1]:
        return _of_infinitive(words, group - (tags[group] != "t"), depth + 1)
    return subject_of(words, group)


def _cores(words: Tokens, phrase: Phrase | None) -> tuple[Span, ...]:
    """The cores of a phrase, one a conjunct or apposition, without what says more of them."""
    if phrase is None or phrase.after <= phrase.first:
        return ()
    tags = words.tags
    found: list[Span] = []
    first = k = phrase.first
    while k <= phrase.after and len(found) < CORES:
        ends = k == phrase.after or tags[k] in BETWEEN or tags[k] in CUT
        if ends or (tags[k] in "dg" and k > first and tags[k - 1] in "NA"):
            if k > first:
                found.append(words.span(first, k))
                if tags[k] == "o" and words.lower[k - 1] in word_set("bodyword") and k < phrase.after:
                    first = k = k + 1  # "shares of Orla"
                    continue
            if k < phrase.after and tags[k] not in BETWEEN:
                break
            first = k + 1
        k += 1
    return tuple(found)


def tense_of(words: Tokens, use: Use) -> str:
    """The tense of a verb group, read off its auxiliaries."""
    if use.voice in ("noun", "gerund", "participle"):
        return use.voice
    group = words.lower[use.group : use.head]
    tags = words.tags[use.group : use.head]
    first = next((k for k, tag in enumerate(tags) if tag in "MHXZt"), None)
    if first is None:
        if use.group and words.tags[use.group - 1] == "t":
            return "infinitive"
        return "past" if use.form.form in ("past", "participle") or use.form.may_be_past else "present"
    tag, word = tags[first], group[first]
    if tag == "M":
        return "future" if word in ("will", "shall", "'ll", "’ll", "wo") else "would"
    if tag == "t":
        return "infinitive"
    if tag == "H":
        return "pluperfect" if word in ("had", "'d", "’d") else "perfect"
    return "past" if word in ("was", "were", "did") else "present"


def _clause(words: Tokens, use: Use, subject: Phrase | None) -> tuple[int, int]:
    """The words from the subject to the end of the clause."""
    first = min(use.group, subject.first) if subject is not None and subject.after <= use.head else use.group
    k = use.after
    while k < len(words) and (words.tags[k] not in ".;:BWT" or words.lower[k] == "than"):
        if words.tags[k] == "," and words.tags[k + 1] in "SCgB":
            break
        k += 1
    return first, k
