"""`check`: a claim in words against the record, or many claims in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from onrecord.cli.asked import read_questions
from onrecord.cli.certainty import PARTLY, TOGETHER, write_whole
from onrecord.cli.options import command, database, filters, find_report, make_query, opened
from onrecord.cli.output import FORMATS, Column, as_json, emit, put, safe, say
from onrecord.errors import NothingRead, Refused, UsageError

if TYPE_CHECKING:
    from onrecord.export.checks import Checker, Finding, Reports, Voice
    from onrecord.ledger.store import Query, View
    from onrecord.link.checking.passages import Asked
    from onrecord.link.checking.verdicts import Verdict
    from onrecord.model import Report

LONGEST_LINE = 1_000_000  # bytes
COLUMNS = (
    Column("side", "side"),
    Column("said", "said"),
    Column("who", "who"),
    Column("outlet", "outlet"),
    Column("content", "in the words of the report"),
    Column("id", "id"),
)
EVIDENCE = (Column("start", "from"), Column("end", "to"), Column("content", "in the words of the report"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of claims, checked."""

    number: int
    identity: str | int
    asked: Asked
    report_uri: str | None


@command(
    "check",
    'onrecord check "The valve had been inspected in January"',
    'onrecord check "Twelve people were hurt" --as-of 2025-03-05 --format json',
    'onrecord check "Twelve people were hurt" --report r-1a2b3c4d',
    "onrecord check --claims claims.jsonl -o verdicts.jsonl",
)
@click.argument("claim", metavar="[CLAIM]", required=False)
@click.option("--claims", type=click.File("rb"), metavar="IN.jsonl", help="Many claims, one a line.")
@click.option("-o", "--output", metavar="OUT.jsonl", default="-", help="Where the verdicts on --claims go.")
@filters("report", "story", "since", "until", "as_of")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How rows are printed."
)
@database
def check_command(
    db: str, claim: str | None, claims: IO[bytes] | None, output: str, form: str, **given: Any
) -> int | None:
    """Hold a claim against the record: who says so, who denies it, how many independent origins.

    What is not on the record is "not found in this collection": that makes no claim false. With --report the claim is
    held against that one report: agree, disagree, discuss or unrelated, with the sentences it rests on. A claim that
    ends in a full stop asks whether the report bears out all of it; one without, like a headline, how the report takes
    it up.

    A line of IN is {"id", "claim", "report_uri"?}, a line of OUT {"id", "verdict", "evidence": [{"uri", "start",
    "end"}]}, in the same order. A line that cannot be read is named on standard error and left out.
    """
    from onrecord.export.checks import Checker, ask
    from onrecord.stores.sharing import reports_sharing, statements_sharing

    if (claim is None) == (claims is None):
        raise UsageError('give one claim in words, as in check "The bridge is closed", or a file of them with --claims')
    if claims is None and output != "-":
        raise UsageError("-o goes with --claims; what one claim finds is printed")
    asked = ask(claim) if claim is not None else None
    with opened(db) as store:
        query = make_query(store, **{**given, "report": None})
        if not next(iter(store.reports(_one())), None):
            raise NothingRead(f"{db} has no reports yet; `onrecord add --db {db} FILE` adds one")
        checker = Checker(store, statements_sharing, reports_sharing)
        if claims is not None:
            return _check_many(claims, output, store, query, checker)
        assert asked is not None
        if given.get("report"):
            report = store.report(find_report(store, given["report"]))
            _print_verdict(asked, report, checker.against(asked, report.id), form)
        else:
            _print_finding(checker.across(asked, query), form)
    return None


def _one() -> Query:
    from onrecord.ledger.store import Query

    return Query(limit=1)


# --- one claim -------------------------------------------------------------------------------------------------------


def _print_finding(finding: Finding, form: str) -> None:
    rows = [voice_row(voice) for voice in finding.voices]
    if form == "json":
        sys.stdout.write(as_json(finding_row(finding, rows), indent=2) + "\n")
        return
    if form == "table":
        put(summary(finding) + "\n\n" if rows else f"{summary(finding)}\n")
        rows = [row | {"id": (row["id"] or row["report"])[:10]} for row in rows]
    emit(rows, COLUMNS, form)
    if form in ("jsonl", "csv") and not rows:
        say(summary(finding))


def finding_row(finding: Finding, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the record has on a claim, whole."""
    from onrecord.export.checks import NOT_FOUND

    return {
        "claim": finding.asked.text,
        "verdict": finding.verdict,
        "words": NOT_FOUND if not rows else summary(finding),
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
        "voices": rows,
    }


def summary(finding: Finding) -> str:
    """One line on who is on which side; never a word on what is true."""
    from onrecord.export.checks import NOT_FOUND
    from onrecord.link.checking.sides import SAYS, SIDES

    if not finding.voices:
        return NOT_FOUND
    parts = []
    for side in SIDES:
        told = [voice for voice in finding.voices if voice.side == side and voice.told]
        own = [voice for voice in finding.voices if voice.side == side and not voice.told]
        found = [_counted(len(told), "statement")] if told else []
        found += [f"{_counted(len(own), 'sentence')} in reports' own words"] if own else []
        if found:
            parts.append(f"{side}: {' and '.join(found)}")
        if side == SAYS and told:
            parts[-1] += f", of {_counted(finding.independent_origins, 'independent origin')}"
    if finding.first_said:
        until = f", last {finding.last_said}" if finding.last_said != finding.first_said else ""
        parts.append(f"first {finding.first_said}{until}")
    return "; ".join(parts)


def voice_row(voice: Voice) -> dict[str, Any]:
    """One statement about the claim, or one sentence in a report's own words."""
    from onrecord.export.naming import NOBODY, described, tidy

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


def _print_verdict(asked: Asked, report: Report, verdict: Verdict, form: str) -> None:
    rows = [
        {
            "uri": report.uri,
            "report": report.id,
            "start": span.start,
            "end": span.end,
            "content": " ".join(span.of(report.text).split()),
        }
        for span in verdict.evidence
    ]
    if form == "json":
        whole = {"claim": asked.text, "report": report.id, "uri": report.uri, "verdict": verdict.verdict}
        sys.stdout.write(as_json(whole | {"evidence": rows}, indent=2) + "\n")
        return
    if form == "table":
        put(f"{verdict.verdict}: {WORDS[verdict.verdict]}\n" + ("\n" if rows else ""))
    emit([{"verdict": verdict.verdict} | row for row in rows], EVIDENCE, form)


WORDS = {
    "agree": "the report says so",
    "disagree": "the report speaks against it",
    "discuss": "the report tells it without vouching for it, or bears out a part of it",
    "unrelated": "the report has nothing that bears it out",
}


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# --- many claims -----------------------------------------------------------------------------------------------------


def _check_many(claims: IO[bytes], output: str, view: View, query: Query, checker: Checker) -> int:
    from onrecord.export.checks import Reports

    refused: list[tuple[int, str]] = []
    asked = read_questions(claims, read_question, refused, longest=LONGEST_LINE)
    rows = verdicts(
        asked,
        refused,
        checker,
        Reports(view, query),
        query,
    )
    if output == "-":
        count = sum(1 for row in rows if sys.stdout.write(as_json(row) + "\n"))
    else:
        count = write_whole(Path(output), rows)
    name = safe(str(getattr(claims, "name", "-")))
    for number, words in sorted(refused):
        sys.stderr.write(f"refused {name}:{number}: {safe(words)}\n")
    say(f"answered {_counted(count, 'claim')}{f', {len(refused):,} refused' if refused else ''}")
    if not count:
        raise NothingRead("no line could be read" if refused else "there was nothing to read")
    return PARTLY if refused else 0


def verdicts(
    lines: Iterable[Line], refused: list[tuple[int, str]], checker: Checker, reports: Reports, query: Query
) -> Iterator[dict[str, Any]]:
    """A row for each line, in order. Claims on one report are taken together, so that it is read once."""
    waiting = iter(lines)
    while some := list(islice(waiting, TOGETHER)):
        found: dict[int, dict[str, Any]] = {}
        for line in sorted(some, key=lambda line: (line.report_uri or "", line.number)):
            row = _answer(line, checker, reports, query)
            if row is None:
                words = f"not-found: no report on the record has the address {line.report_uri!r:.200}"
                refused.append((line.number, words))
            else:
                found[line.number] = row
        yield from (found[line.number] for line in some if line.number in found)


def _answer(line: Line, checker: Checker, reports: Reports, query: Query) -> dict[str, Any] | None:
    if line.report_uri is None:
        finding = checker.across(line.asked, query)
        spans = [
            {"uri": voice.report.uri, "start": span.start, "end": span.end}
            for voice in finding.voices
            for span in voice.spans
        ]
        return {
            "id": line.identity,
            "verdict": finding.verdict,
            "evidence": spans,
            "independent_origins": finding.independent_origins,
        }
    identity = reports.find(line.report_uri)
    if identity is None:
        return None
    verdict = checker.against(line.asked, identity)
    return {
        "id": line.identity,
        "verdict": verdict.verdict,
        "evidence": [{"uri": line.report_uri, "start": s.start, "end": s.end} for s in verdict.evidence],
    }


def read_question(number: int, row: dict[str, Any]) -> Line:
    """One claim, checked; Refused where there is none."""
    from onrecord.export.checks import ask

    identity, claim, uri = row["id"], row.get("claim"), row.get("report_uri")
    if not isinstance(claim, str):
        raise Refused("bad-line", 'no "claim" that is a string')
    if uri is not None and not isinstance(uri, str):
        raise Refused("bad-line", '"report_uri" is not a string')
    try:
        f"{identity}{claim}{uri}".encode()
    except UnicodeEncodeError as error:
        raise Refused("bad-encoding", f"half a surrogate pair at character {error.start}") from error
    try:
        return Line(number, identity, ask(claim), uri)
    except UsageError as error:
        raise Refused("empty" if not claim.strip() else "bad-line", str(error)) from error
