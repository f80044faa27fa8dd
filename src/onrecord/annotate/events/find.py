"""Words for events in a report: predicate, PLOVER type and mode, who did it and to whom as written, how real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.events.guards import Sentence, is_fit
from onrecord.annotate.events.realis import realis_of
from onrecord.annotate.events.roles import Roles, noun_roles, verb_roles
from onrecord.annotate.events.rows import Form, by_form, tail_end, word_sets
from onrecord.annotate.events.voice import Use, noun_use, verb_use
from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.rules.phrases import Phrase
from onrecord.annotate.sentences import find_sentences
from onrecord.annotate.tokens import Tokens, read_tokens
from onrecord.model import Event, Quotation, Report, SectionKind, Span

LONGEST = 8000  # code points: a longer sentence is a table or a list, not prose
UNREAL = frozenset({"REQUEST", "REJECT", "THREATEN"})  # what these ask, refuse or threaten is not told as done
SPEECH = frozenset({"REQUEST", "ACCUSE", "REJECT", "SUPPORT"})  # what a protest is about: "marched, demanding jobs"
ALONE, KNOWN = (
    0.86,
    0.05,
)  # confidence of an event without roles, and what each role adds: of 250 read, 93 in 100 were right
SPOKEN = 3  # words: a longer quotation stands for itself


class FindEvents:
    """Adds the events of PLOVER's types that a report tells or that its sources tell."""

    name = "events"
    requires: tuple[str, ...] = ("sentences",)
    assigns: tuple[str, ...] = ("events",)

    def __call__(self, report: Report) -> Report:
        """The report with that layer."""
        return replace(report, events=find_events(report))


def read_events(text: str) -> tuple[Event, ...]:
    """The events of a text of one section."""
    whole = Report(id="", text=text, sha256="")
    return find_events(replace(whole, sentences=tuple(find_sentences(text, ())), quotations=find_quotations(text)))


def find_events(report: Report) -> tuple[Event, ...]:
    """The events of a report in order; boilerplate has none."""
    found: list[Event] = []
    outer = [quotation for quotation in report.quotations if quotation.depth == 0]
    marks = frozenset(_speech_marks(report.text, outer))
    for sentence in report.sentences:
        if sentence.section != SectionKind.BOILERPLATE and len(sentence.span) <= LONGEST:
            found += events_in(report.text, sentence.span, marks)
    return tuple(found)


def _speech_marks(text: str, quotations: list[Quotation]) -> Iterator[int]:
    """Where the marks of quotations stand that are more than a phrase."""
    for quotation in quotations:
        if quotation.inner.of(text).count(" ") >= SPOKEN:
            yield from (quotation.span.start, quotation.span.end - 1)


def events_in(text: str, span: Span, marks: frozenset[int] = frozenset()) -> Iterator[Event]:
    """The events of one sentence; `marks` are the quotation marks that no phrase runs over."""
    forms = by_form()
    words = read_tokens(text, span, ())
    if not any(word in forms for word in words.lower):
        return
    words.tags = settled(words, marks)
    sentence = Sentence(words)
    taken = 0  # words before this one belong to an event
    asked = (0, 0)  # words that an unreal event takes
    protested = False
    holder: tuple[Use, Phrase] | None = None  # the last verb and its object
    for head in range(len(words)):
        if head < taken or words.lower[head] not in forms:
            continue
        found = _use_at(sentence, head)
        if found is None:
            continue
        use, roles = found
        taken = use.after
        if asked[0] <= head < asked[1] and _is_taken(words, use):
            continue
        if use.voice == "noun" and holder is not None and _is_part_of(holder, use):
            continue
        holder = (use, roles.object) if use.voice != "noun" and roles.object else holder
        event = _event(text, words, use, roles)
        if event.type in SPEECH and protested and use.voice != "noun" and _is_taken(words, use):
            continue
        protested = protested or event.type == "PROTEST"
        if event.type in UNREAL:
            asked = (use.after, _clause_end(words, use.after))
        yield event


PLURAL_VERB = re.compile(r"[Vs](?=R?[VdXHM])|(?<=[DPIo#])V")
CLAUSE = frozenset(",.;:-CBWTQ()")  # classes after which another finite verb may come
MONTH_WORDS = frozenset(("march", "may"))


def settled(words: Tokens, marks: frozenset[int]) -> str:
    """The classes of the words, with marks of speech as stops, and "forces" before a verb as the noun that it is."""
    tags = list(words.tags)
    for found in PLURAL_VERB.finditer(words.tags):
        k = found.start()
        if words.lower[k].endswith("s") and (not k or tags[k - 1] in "NADPIo#.,;:"):
            tags[k] = "N"
    has_verb = False
    for k, tag in enumerate(tags):
        if tag == "V" and has_verb and k and tags[k - 1] in "NA" and words.lower[k].endswith("s"):
            tags[k] = "N"  # "suspended peace talks": one clause has one finite verb
        has_verb = tags[k] in "VX" or (has_verb and tags[k] not in CLAUSE)
    for k, word in enumerate(words.lower):
        if word in MONTH_WORDS and k and tags[k] == "Y" and tags[k - 1] in "DPGN":
            tags[k] = "N"  # "the march"
    if marks:
        for k, start in enumerate(words.starts):
            if start in marks:
                tags[k] = ";"
    return "".join(tags)


def _use_at(sentence: Sentence, head: int) -> tuple[Use, Roles] | None:
    """The first row that fits the words at `head`, with its roles."""
    words = sentence.words
    for form in by_form()[words.lower[head]]:
        if form.trigger.kind == "light":
            continue
        after = tail_end(form.trigger, words.lower, head + 1)
        if after is None or after > len(words):
            continue
        use = _use(words, form, head, after)
        if use is None:
            continue
        roles = noun_roles(words, use) if use.voice == "noun" else verb_roles(words, use)
        if is_fit(sentence, use, roles):
            return use, roles
    return None


def _use(words: Tokens, form: Form, head: int, after: int) -> Use | None:
    if form.trigger.kind == "noun":
        return noun_use(words, form, head, after, compounds=word_sets()["eventnoun"])
    return verb_use(words, form, head, after)


def _is_taken(words: Tokens, use: Use) -> bool:
    """Whether an event in what another asks for is only asked for: "urged them to withdraw", "called for talks"."""
    if use.voice == "noun":
        return True
    return words.tags[use.group] == "t" or (use.group > 0 and words.tags[use.group - 1] == "t") or use.voice == "gerund"


def _is_part_of(holder: tuple[Use, Phrase], use: Use) -> bool:
    """Whether a noun only says what its verb does: "sent humanitarian aid", "called off the talks"."""
    verb, phrase = holder[0].form.trigger, holder[1]
    undone = verb.type == "SANCTION" or verb.mode == "ban"
    return phrase.first <= use.head < phrase.after and (undone or verb.type == use.form.trigger.type)


def _clause_end(words: Tokens, at: int) -> int:
    """The next mark, conjunction of a clause or relative word."""
    k = at
    while k < len(words) and words.tags[k] not in ".;:,-BW":
        k += 1
    return k


def _event(text: str, words: Tokens, use: Use, roles: Roles) -> Event:
    trigger = use.form.trigger
    span = words.span(use.head, use.after)
    actor, target = _span(words, roles.actor), _span(words, roles.target)
    in_gap = "gap" in trigger.target
    sure = ALONE + KNOWN * ((actor is not None) + (target is not None))
    return Event(
        span=span,
        text=span.of(text),
        predicate=trigger.lemma,
        type=trigger.type,
        mode=trigger.mode,
        actor_span=None if actor is not None and actor.overlaps(span) else actor,
        target_span=None if target is not None and target.overlaps(span) and not in_gap else target,
        realis=realis_of(words, use),
        rule=f"{use.voice}:{trigger.lemma}",
        confidence=round(sure, 2),
    )


def _span(words: Tokens, phrase: Phrase | None) -> Span | None:
    return None if phrase is None or phrase.after <= phrase.first else words.span(phrase.first, phrase.after)
