"""What things are: frozen, slotted records that the stages meet in."""

from onrecord.model.event import Event, Happening
from onrecord.model.ids import digest, make_id
from onrecord.model.judgement import Anchor, Correction, FigureCorrection, Judgement
from onrecord.model.link import Copy, Failure, Link, Origin, Reason, Story, StoryChange
from onrecord.model.report import (
    Attribution,
    Commitment,
    Figure,
    Mention,
    PartConfidence,
    Quotation,
    Reading,
    Report,
    Section,
    SectionKind,
    Sentence,
    Source,
    Speaker,
    TimeExpression,
)
from onrecord.model.span import Evidence, Selection, Span, SpanIndex, checked_selection, hull, select
from onrecord.model.statement import Claim, Page, Statement
from onrecord.model.value import Amount, Entity, EntityKind, Role, TimeValue

__all__ = [
    "Amount",
    "Anchor",
    "Attribution",
    "Claim",
    "Commitment",
    "Copy",
    "Correction",
    "Entity",
    "EntityKind",
    "Event",
    "Evidence",
    "Failure",
    "Figure",
    "FigureCorrection",
    "Happening",
    "Judgement",
    "Link",
    "Mention",
    "Origin",
    "Page",
    "PartConfidence",
    "Quotation",
    "Reading",
    "Reason",
    "Report",
    "Role",
    "Section",
    "SectionKind",
    "Selection",
    "Sentence",
    "Source",
    "Span",
    "SpanIndex",
    "Speaker",
    "Statement",
    "Story",
    "StoryChange",
    "TimeExpression",
    "TimeValue",
    "checked_selection",
    "digest",
    "hull",
    "make_id",
    "select",
]
