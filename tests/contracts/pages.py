"""Four pages made by hand that a store's contract looks at: a report, a denial, an edit, one without a date."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from onrecord.ledger.statements import make_page
from onrecord.ledger.store import Query, View
from onrecord.model import (
    Amount,
    Attribution,
    Commitment,
    Event,
    Page,
    Report,
    Role,
    Section,
    SectionKind,
    Source,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    TimeValue,
    digest,
    make_id,
)
from tests.build import at, country, figure, mention, person, say

VESNA = country("Vesna", "VE", "Vesnian government")
AURELIA = replace(country("Aurelia", "AU"), geo=(48.2, -16.3738))
ANNA = person("Anna Lindqvist", "Lindqvist")

BORDER = (
    "Soldiers cross into Aurelia\n\n"
    "At least 3,000 soldiers of Vesna crossed the border on Friday, Prime Minister Anna Lindqvist said. "
    "They were about 2.5 km inside, Lindqvist added. Analysts think that Vesna wants talks. "
    "Aurelia and Vesna said they would meet. In Aurelia 12 houses burned.\n"
)
DENIAL = (
    "Ministry denies crossing\n\n"
    "Vesna said that no soldier had left its land. Two officials said Señor Paz was informed.\n"
)
EDITED = BORDER.replace("about 2.5 km inside", "two villages away")
UNDATED = "A letter without a date.\n"


def page_of(text: str, *, uri: str | None = None) -> Page:
    """The page of one of the texts here."""
    makers = {BORDER: _border, DENIAL: _denial, EDITED: _edited}
    report = makers[text]() if text in makers else _report(text, uri or "made:undated", None)
    return make_page(report, Source(report.sha256, text.encode()))


def statement_with(view: View, words: str) -> Statement:
    """The first statement whose content has these words."""
    return next(s for s in view.statements(Query(attitude=None)) if words in s.content.quote)


def _report(text: str, uri: str, published: str | None) -> Report:
    heading, _, _ = text.partition("\n\n")
    parts = (Section(Span(0, len(text)), SectionKind.BODY),)
    if len(heading) < len(text):
        title = Span(0, len(heading))
        parts = (Section(title, SectionKind.HEADLINE), Section(Span(title.end + 2, len(text)), SectionKind.BODY))
    return Report(
        id=make_id("r", text, uri, published),
        text=text,
        sha256=digest(text.encode()),
        uri=uri,
        outlet="The Aurelian",
        title=heading if len(parts) > 1 else None,
        authors=("Ida Berg",),
        published=published,
        retrieved="2031-05-09",
        sections=parts,
    )


def _border() -> Report:
    text = BORDER
    anna = replace(ANNA, roles=(Role("Prime Minister", "Aurelia", "2031-05-02"),))
    return replace(
        _report(text, "made:border", "2031-05-02"),
        mentions=(
            mention(text, "Aurelia", AURELIA),
            replace(mention(text, "Vesna", VESNA), confidence=0.123456),
            replace(mention(text, "Anna Lindqvist", ANNA), role=Role("Prime Minister"), gender="f"),
            mention(text, "Lindqvist", ANNA, 1),
            mention(text, "Vesna", VESNA, 1),
            mention(text, "Aurelia", AURELIA, 1),
        ),
        times=(
            TimeExpression(
                at(text, "on Friday"), "on Friday", "weekday", value=TimeValue("2031-05-02", "DATE", None, "2031-05-02")
            ),
            TimeExpression(at(text, "talks"), "talks", "not-a-time"),
        ),
        figures=(
            figure(text, "At least 3,000", 3000, None, "soldiers of Vesna"),
            replace(
                figure(text, "about 2.5 km", 2, 2, approximate=True),
                amount=Amount(Decimal("2.50"), Decimal("2.50"), approximate=True, unit="kilometre"),
            ),
            figure(text, "12", 12, 12, "houses", where=AURELIA.id),
        ),
        events=(
            Event(
                span=at(text, "crossed"),
                text="crossed",
                predicate="cross",
                type="ASSAULT",
                mode=None,
                actor_span=at(text, "At least 3,000 soldiers of Vesna"),
                target_span=at(text, "the border"),
                actor=VESNA.id,
                place=AURELIA.id,
                time="2031-05-02",
                certainty="CT+",
                realis="actual",
                rule="active:cross",
                confidence=0.812345,
            ),
            Event(span=at(text, "burned"), text="burned", predicate="burn", type="ASSAULT", realis="possible"),
        ),
        attributions=_said(text),
        entities=tuple(sorted((anna, VESNA, AURELIA), key=lambda entity: entity.id)),
    )


def _edited() -> Report:
    text = EDITED
    return replace(
        _report(text, "made:border", "2031-05-03T10:00:00+02:00"),
        mentions=(mention(text, "Vesna", VESNA), mention(text, "Anna Lindqvist", ANNA)),
        figures=(figure(text, "At least 3,000", 3000, None, "soldiers of Vesna"),),
        attributions=_said(text)[:1],
        entities=tuple(sorted((ANNA, VESNA), key=lambda entity: entity.id)),
    )


def _said(text: str) -> tuple[Attribution, ...]:
    first = "At least 3,000 soldiers of Vesna crossed the border on Friday"
    said = [say(text, first, source="Prime Minister Anna Lindqvist", cue="said", who=ANNA, rule="content-source-cue")]
    if "2.5" in text:
        joint = Speaker(VESNA.id, also=(AURELIA.id,), method="country", confidence=0.75)
        thought = Commitment("asserts", "PR+", attitude="belief", probability=(0.55, 0.8))
        said += [
            say(text, "They were about 2.5 km inside", source="Lindqvist", cue="added", who=ANNA, continues=0),
            say(text, "Vesna wants talks", source="Analysts", cue="think", commitment=thought, confidence=0.333333),
            say(text, "they would meet", source="Aurelia and Vesna", cue="said", speaker=joint, form="mixed"),
        ]
    return tuple(said)


def _denial() -> Report:
    text = DENIAL
    anna = replace(
        ANNA,
        name="Anna Maria Lindqvist",
        aliases=("Anna Maria Lindqvist",),
        roles=(Role("Foreign Minister", None, "2031-05-03"),),
    )
    nobody = Speaker(None, anonymous=True, role="official", method="description", confidence=0.4)
    outer = "no soldier had left its land"
    return replace(
        _report(text, "made:denial", "2031-05-03T09:30:00Z"),
        mentions=(mention(text, "Vesna", VESNA),),
        attributions=(
            say(text, outer, source="Vesna", cue="said", who=VESNA, stance="denies"),
            say(text, ["no soldier", "its land"], source="Vesna", who=ANNA, nested_in=0, flags=("ambiguous-speaker",)),
            say(text, "Señor Paz was informed", source="Two officials", cue="said", speaker=nobody, refers_to=0),
        ),
        entities=tuple(sorted((anna, VESNA), key=lambda entity: entity.id)),
    )


PAGES: tuple[tuple[Page, tuple[str, ...]], ...] = (
    (page_of(BORDER), ("troops", "border")),
    (page_of(DENIAL), ("troops",)),
    (page_of(EDITED), ("border", "villages")),
    (page_of(UNDATED), ()),
)
