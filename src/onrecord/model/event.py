"""What happened, as a report or one of its sources tells it: its word, who acted on whom, and how real it is."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.span import Span


@dataclass(frozen=True, slots=True)
class Event:
    """One word or phrase that tells of an event. Types and modes are those of PLOVER; certainty is FactBank's."""

    span: Span  # the word for the event: "shelled", "talks"
    text: str
    predicate: str  # its lemma: "shell", "talk"
    type: str | None = None  # PLOVER event type: "ASSAULT"; None: an event of no PLOVER type
    mode: str | None = None  # PLOVER mode: "aerial"
    actor_span: Span | None = None  # who did it, as written
    target_span: Span | None = None  # to whom
    actor: str | None = None  # entity id once resolved; None: nobody, or could be two
    target: str | None = None  # entity id
    place: str | None = None  # entity id
    time: str | None = None  # ISO 8601, as coarse as known
    certainty: str | None = None  # CT+, CT-, PR+, PR-, PS+, PS-, U
    realis: str | None = None  # actual, denied, planned, conditional, possible
    rule: str = ""  # the row or model that found it
    confidence: float = 0.5  # 0..1, that there is such an event here and of this type
    id: str = ""  # given by the ledger
    report_id: str = ""  # given by the ledger
    statement: str | None = None  # id of the innermost statement whose content holds it; None: the report's own voice


@dataclass(frozen=True, slots=True)
class Happening:
    """A verb or noun that tells of something that happens, of whatever type, and who stands where in its grammar.

    Found on reading, never stored. Agents and patients are the cores of the phrases, one a conjunct: of "the mayor and
    two aides from Lund", "the mayor" and "two aides".
    """

    span: Span  # the word
    predicate: str  # its lemma, as far as the lexicon knows it: "launch"
    kind: str  # verb, noun
    tense: str  # past, perfect, pluperfect, present, future, would, infinitive, gerund, participle, noun
    realis: str  # actual, denied, planned, conditional, possible
    agents: tuple[Span, ...] = ()
    patients: tuple[Span, ...] = ()
    clause: Span | None = None  # from the subject to the end of the clause
    quoted: bool = False  # inside a quotation of more than a phrase
