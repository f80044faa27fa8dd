"""What a claim finds on the record, as rows and in words; never a word on what is true."""

from __future__ import annotations

from typing_extensions import TypedDict  # typing.TypedDict cannot be read by pydantic before Python 3.12

from onrecord.export.checks import NOT_FOUND, Finding, Voice
from onrecord.export.naming import NOBODY, described, tidy
from onrecord.link.checking.sides import SAYS, SIDES

WORDS = {
    "agree": "the report says so",
    "disagree": "the report speaks against it",
    "discuss": "the report tells it without vouching for it, or bears out a part of it",
    "unrelated": "the report has nothing that bears it out",
}


class VoiceRow(TypedDict):
    """A statement about a claim, or a sentence in a report's own words."""

    side: str
    id: str | None  # of the statement
    report: str
    uri: str | None
    outlet: str | None
    published: str | None
    said: str | None
    who: str
    stance: str | None
    certainty: str | None
    content: str
    alike: float  # -1..1
    spans: list[list[int]]  # [start, end) in code points of the report's text


class GroupRow(TypedDict):
    """Those who say so alike."""

    id: str
    text: str
    status: str
    independent_origins: int
    first_said: str | None
    last_said: str | None
    statements: list[str]


class FindingRow(TypedDict):
    """What the record has on a claim."""

    claim: str
    verdict: str
    words: str
    independent_origins: int
    first_said: str | None
    last_said: str | None
    claims: list[GroupRow]
    voices: list[VoiceRow]


def finding_row(finding: Finding) -> FindingRow:
    """What the record has on a claim, whole."""
    return {
        "claim": finding.asked.text,
        "verdict": finding.verdict,
        "words": summary(finding),
        "independent_origins": finding.independent_origins,
        "first_said": finding.first_said,
        "last_said": finding.last_said,
        "claims": [
            {
                "id": claim.id,
                "text": " ".join(claim.text.split()),
                "status": claim.status,
                "independent_origins": claim.independent_origins,
                "first_said": claim.first_said,
                "last_said": claim.last_said,
                "statements": list(claim.statements),
            }
            for claim in finding.claims
        ],
        "voices": [voice_row(voice) for voice in finding.voices],
    }


def summary(finding: Finding) -> str:
    """One line on who is on which side; never a word on what is true."""
    if not finding.voices:
        return NOT_FOUND
    parts = []
    for side in SIDES:
        told = [voice for voice in finding.voices if voice.side == side and voice.told]
        own = [voice for voice in finding.voices if voice.side == side and not voice.told]
        found = [counted(len(told), "statement")] if told else []
        found += [f"{counted(len(own), 'sentence')} in reports' own words"] if own else []
        if found:
            parts.append(f"{side}: {' and '.join(found)}")
        if side == SAYS and told:
            parts[-1] += f", of {counted(finding.independent_origins, 'independent origin')}"
    if finding.first_said:
        until = f", last {finding.last_said}" if finding.last_said != finding.first_said else ""
        parts.append(f"first {finding.first_said}{until}")
    return "; ".join(parts)


def voice_row(voice: Voice) -> VoiceRow:
    """One statement about the claim, or one sentence in a report's own words."""
    report, told = voice.report, voice.told
    statement = told.statement if told else None
    who = f"{report.outlet or 'the report'} (the report itself)"
    if told and statement:
        names = [told.entry.entities[i].name for i in (statement.speaker.entity, *statement.speaker.also) if i]
        words = described(statement.source) if statement.source else NOBODY
        who = " and ".join(names) if names and not statement.speaker.anonymous else words
    return {
        "side": voice.side,
        "id": statement.id if statement else None,
        "report": report.id,
        "uri": report.uri,
        "outlet": report.outlet,
        "published": report.published,
        "said": (told.entry.when(told.statement) if told else report.published or "")[:10] or None,
        "who": who,
        "stance": statement.commitment.stance if statement else None,
        "certainty": statement.commitment.certainty if statement else None,
        "content": tidy(voice.quote),
        "alike": round(voice.alike, 3),
        "spans": [[span.start, span.end] for span in voice.spans],
    }


def counted(count: int, noun: str) -> str:
    """How many, with the noun in its number.

    >>> counted(1, "claim"), counted(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
