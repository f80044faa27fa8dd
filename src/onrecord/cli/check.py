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
from onrecord.cli.options import command, database, filters, reading
from onrecord.cli.output import FORMATS, emit, put, say
from onrecord.errors import NothingRead, Refused, UsageError
from onrecord.export.cells import Column, as_json, safe
from onrecord.ledger.asking import find_report, make_query

if TYPE_CHECKING:
    from onrecord.export.checks import Checker, Finding, Reports
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

    if (claim is None) == (claims is None):
        raise UsageError('give one claim in words, as in check "The bridge is closed", or a file of them with --claims')
    if claims is None and output != "-":
        raise UsageError("-o goes with --claims; what one claim finds is printed")
    asked = ask(claim) if claim is not None else None
    with reading(db) as store:
        query = make_query(store, **{**given, "report": None})
        if not next(iter(store.reports(_one())), None):
            raise NothingRead(f"{db} has no reports yet; `onrecord add --db {db} FILE` adds one")
        checker = Checker(store)
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
    from onrecord.export.findings import finding_row, summary

    found = finding_row(finding)
    if form == "json":
        sys.stdout.write(as_json(found, indent=2) + "\n")
        return
    rows = found["voices"]
    if form == "table":
        put(summary(finding) + "\n\n" if rows else f"{summary(finding)}\n")
        rows = [row | {"id": (row["id"] or row["report"])[:10]} for row in rows]
    emit(rows, COLUMNS, form)
    if form in ("jsonl", "csv") and not rows:
        say(summary(finding))


def _print_verdict(asked: Asked, report: Report, verdict: Verdict, form: str) -> None:
    from onrecord.export.findings import WORDS

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


# --- many claims -----------------------------------------------------------------------------------------------------


def _check_many(claims: IO[bytes], output: str, view: View, query: Query, checker: Checker) -> int:
    from onrecord.export.checks import Reports
    from onrecord.export.findings import counted

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
    say(f"answered {counted(count, 'claim')}{f', {len(refused):,} refused' if refused else ''}")
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
