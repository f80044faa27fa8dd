"""One article as read, and the layers that the stages add to it. The text never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from onrecord.model.event import Event
from onrecord.model.span import Selection, Span
from onrecord.model.value import Amount, Entity, Role, TimeValue


class SectionKind(StrEnum):
    """What a stretch of an article is for."""

    HEADLINE = "headline"
    SUMMARY = "summary"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"  # never carries a claim


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A stretch of the text; the sections of a report cover it in order, white space between them apart."""

    span: Span
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, within one paragraph (a line of the text that is not blank)."""

    span: Span
    paragraph: int  # from 0, counted over the whole report
    section: SectionKind = SectionKind.BODY


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation region, marks included. One left open and taken up by the next paragraph has `continued`."""

    span: Span  # with its marks
    inner: Span  # without them
    depth: int = 0  # 0 outermost; 1 for single marks inside double ones, and so on
    continues: bool = False  # begins with a mark that re-opens the quotation of the paragraph before
    is_open: bool = False  # no closing mark: the quotation goes on in the next paragraph, or the mark is missing


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name, describe or point at an entity."""

    span: Span
    text: str
    kind: str | None  # an EntityKind value as far as the words show it, None when only resolving can tell
    form: str  # name, nominal, pronoun
    head: Span | None = None  # the name without its titles ("Lloyd J. Austin III"), where they differ
    role: Role | None = None  # the title or apposition that stands with a name
    plural: bool = False
    gender: str | None = None  # "f", "m" as titles, first names or pronouns say; None unknown
    entity: str | None = None  # an Entity id once resolved; None: nobody, or could be two
    metonym: bool = False  # a capital or a building that stands for a government
    confidence: float = 1.0  # 0..1, of `entity`
    id: str = ""  # given by the ledger
    report_id: str = ""  # given by the ledger


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as written, and its value once resolved (None: stays unresolved)."""

    span: Span
    text: str
    rule: str  # the grammar rule that found it
    parts: tuple[tuple[str, str], ...] = ()  # named parts for the resolver: (("month", "10"), ("mod", "early"))
    value: TimeValue | None = None
    id: str = ""  # given by the ledger
    report_id: str = ""  # given by the ledger


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, and what it counts once resolved."""

    span: Span  # the number with its hedge and unit: "at least 3,000", "some $40 million"
    text: str
    amount: Amount
    of: str | None = None  # what is counted, canonical: "North Korean troops"
    of_span: Span | None = None
    where: str | None = None  # entity id
    as_of: str | None = None  # ISO 8601
    increment: bool = False  # "another 10,000"
    forecast: bool = False  # "10,000 due by December"
    planned: bool = False  # meant and not yet done: "ordered 20 jets", "plans to hire 300"
    whose: str | None = None  # entity id of who counted, where the words beside the figure say so: "by its own count"
    whose_span: Span | None = None
    part_of: str | None = None  # id of the figure of the whole: "40 boats, 12 of them"; without a noun, `of` is None
    rule: str = ""
    id: str = ""  # given by the ledger
    report_id: str = ""  # given by the ledger
    statement: str | None = None  # id of the innermost statement whose content holds it; given by the ledger
    series: str | None = None  # id of the quantity followed over time; given by linking


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is, once resolved. `entity` None: nobody could be named; the words stand for themselves."""

    entity: str | None
    also: tuple[str, ...] = ()  # further entities of a compound source ("Moscow and Pyongyang")
    anonymous: bool = False  # described, not named: "U.S. officials", "analysts"
    role: str | None = None
    affiliation: str | None = None
    ambiguous: bool = False  # could be two
    method: str = ""  # how it was resolved: "name", "surname", "pronoun", "title", "country", "metonym", "description"
    confidence: float = 0.0  # 0..1


@dataclass(frozen=True, slots=True)
class Commitment:
    """How far source and text commit themselves: speech act and FactBank certainty are two axes."""

    stance: str  # asserts, confirms, denies, ... (record format)
    certainty: str | None = None  # CT+, CT-, PR+, PR-, PS+, PS-, U
    condition: Selection = ()
    attitude: str = "speech"  # speech, belief, wish, fear, plan, act: the ledger lists speech by default
    probability: tuple[float, float] | None = None  # ICD 203 band of a word of estimative probability


@dataclass(frozen=True, slots=True)
class PartConfidence:
    """How likely each part of an attribution stands where it should, 0..1."""

    source: float  # also where the text names none
    cue: float
    content: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as found in the text. Empty source: the text names none."""

    content: Selection
    cue: Selection = ()
    source: Selection = ()
    form: str = "indirect"  # direct, indirect, mixed
    rule: str = ""  # the rule or model that found it
    confidence: float = 0.5  # 0..1
    part_confidence: PartConfidence | None = None
    nested_in: int | None = None  # index in report.attributions of the attribution whose content holds this one
    continues: int | None = None  # index of the attribution that this one carries on
    refers_to: int | None = None  # index of the attribution that "those assertions" stands for
    speaker: Speaker | None = None
    commitment: Commitment | None = None
    said_at: str | None = None  # ISO 8601, as coarse as known
    venue: str | None = None
    addressee: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One article as read, with its layers. Offsets everywhere are code points of `text`."""

    id: str
    text: str
    sha256: str  # of the bytes as read
    uri: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    published: str | None = None  # ISO 8601, as coarse as known
    retrieved: str | None = None
    language: str | None = "en"
    supersedes: str | None = None  # id of the earlier version of an edited article; derived, filled in on reading
    flags: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    # layers, each added by one step
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    entities: tuple[Entity, ...] = field(default=())  # sorted by id


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a report as they came, kept for ever beside the text read from them."""

    sha256: str
    data: bytes
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one input: the report and the bytes it came from."""

    report: Report
    source: Source
