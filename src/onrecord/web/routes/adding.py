"""Adding reports: pasted text, files and addresses; what became of them, told as it happens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UnknownId, UsageError
from onrecord.resources import lexicon
from onrecord.web.access import at_least
from onrecord.web.forms import ADDRESS, FILES, MOST_FILES, PASTE, Form, Sent, Typed, look_at
from onrecord.web.jobs import (
    COMPARING,
    DONE,
    ENDED,
    FAILED,
    LOST,
    READING,
    STOPPED,
    WAITING,
    Input,
    Intake,
    Job,
    News,
    Remote,
)
from onrecord.web.looks import counted
from onrecord.web.pages import Asked, AskedFor, page
from onrecord.web.settings import MEBIBYTE, Role
from onrecord.web.templating import render

router = APIRouter(dependencies=[Depends(at_least(Role.ADMIN))])
IDENTITY = re.compile(r"j-[0-9a-f]{16}", re.ASCII)
MOST_KEPT = 4  # forms whose files are kept after they were refused
MOST_RECENT = 8
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in a line."""

    id: str
    what: str
    state: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage:
    """The forms, as they were typed, and the jobs of late."""

    title: str
    engine: str
    most_files: int
    most_bytes: int  # of all that is sent at once
    typed: Typed
    kept: tuple[str, ...]  # names of files that were sent already
    faults: dict[str, str]  # what is off, by the name of the field
    jobs: tuple[JobRow, ...]


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A report that is in, and what it adds; None as long as that is not known."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    news: News | None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """An input that is not in."""

    name: str
    reason: str  # a code of docs/reference/reasons.md
    means: str
    next: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    """What became of what was added."""

    title: str
    job: str
    state: str  # waiting, reading, comparing, done, stopped, failed, lost
    stamp: str  # changes when anything here does
    words: str  # how it stands, in a sentence
    now: str | None  # what is read
    total: int  # inputs
    read: int  # inputs that were read to their end
    counts: dict[str, int]  # added, known, refused
    fault: str
    added: tuple[AddedRow, ...]
    known: tuple[AddedRow, ...]
    refused: tuple[RefusedRow, ...]
    page: int
    has_more: bool


@page(router, "/add", "add.html")
def adding(asked: AskedFor) -> AddPage:
    """The forms for adding, and the jobs of late."""
    return _page(asked, Sent(Typed()))


@page(router, "/add/{job}", "job.html")
def adding_job(asked: AskedFor, job: str) -> JobPage:
    """What is in, what is read now, what was refused and why, and what each report adds."""
    found = _find(asked, job)
    if found is None:
        return _lost(asked, job)
    intake = _intake(asked)
    most = max(len(found.refused), len(found.added), len(found.known))
    return JobPage(
        title=f"Adding {found.what}",
        job=found.id,
        state=found.state,
        stamp=intake.stamp,
        words=_words(found, intake),
        now=found.now,
        total=found.total,
        read=found.read,
        counts=_counts(found),
        fault=found.fault,
        refused=tuple(_refused_row(failure) for failure in _part(asked, found.refused)),
        added=tuple(_added_row(asked, one, found.news.get(one)) for one in _part(asked, found.added)),
        known=tuple(_added_row(asked, one, None) for one in _part(asked, found.known)),
        page=asked.page,
        has_more=most > asked.page * asked.settings.rows,
    )


@router.post("/add", include_in_schema=False)
def add(asked: AskedFor, form: Form) -> Response:
    """Takes what was given and puts it in line; where something is off, the form as it was typed."""
    intake = _intake(asked)
    sent = look_at(form)
    before = intake.kept.get(sent.typed.kept, ()) if sent.typed.way == FILES else ()
    sent = sent.with_files(before)
    if not sent.faults:
        try:
            job = intake.put(*_inputs(sent))
        except UsageError as error:
            sent.faults[sent.typed.way] = str(error)
        else:
            intake.kept.pop(sent.typed.kept, None)
            return RedirectResponse(f"/add/{job.id}", 303)
    return HTMLResponse(render("add.html", page=_page(asked, sent), asked=asked), 422)


@router.post("/add/{job}/stop", include_in_schema=False)
def stop(asked: AskedFor, job: str) -> Response:
    """Ends a job after the report that is being read."""
    found = _find(asked, job)
    if found is not None and found.state not in ENDED:
        _intake(asked).stop(found)
    return RedirectResponse(f"/add/{job}", 303)


def _intake(asked: Asked) -> Intake:
    intake: Intake = asked.request.app.state.intake
    return intake


def _find(asked: Asked, identity: str) -> Job | None:
    """The job; None for one that is lost, UnknownId for what is no job's id."""
    if not IDENTITY.fullmatch(identity):
        raise UnknownId(f"no job is called {identity[:40]!r}; /add has those of late")
    return _intake(asked).find(identity)


def _inputs(sent: Sent) -> tuple[str, Sequence[Input | Remote]]:
    if sent.typed.way == ADDRESS:
        pages = [Remote(address, sent.facts) for address in sent.addresses]
        return pages[0].name if len(pages) == 1 else counted(len(pages), "address", "addresses"), pages
    if sent.typed.way == PASTE:
        name = sent.facts.title or "pasted text"
        return name if sent.facts.title else "a pasted text", [Input("-", sent.typed.text.encode(), sent.facts)]
    files = [Input(name, data, sent.facts) for name, data in sent.files]
    return files[0].name if len(files) == 1 else counted(len(files), "file"), files


def _page(asked: Asked, sent: Sent) -> AddPage:
    intake, typed = _intake(asked), sent.typed
    if sent.faults and sent.files:
        intake.kept.pop(typed.kept, None)
        key = token_hex(8)
        intake.kept[key] = sent.files
        while len(intake.kept) > MOST_KEPT:
            intake.kept.popitem(last=False)
        typed = Typed(FILES, outlet=typed.outlet, published=typed.published, kept=key)
    return AddPage(
        title="Add reports",
        engine=asked.settings.engine,
        most_files=MOST_FILES,
        most_bytes=asked.settings.most_bytes - MEBIBYTE,
        typed=typed,
        kept=tuple(name for name, _ in sent.files),
        faults=sent.faults,
        jobs=tuple(JobRow(job.id, job.what, job.state, _words(job, intake)) for job in intake.jobs()[:MOST_RECENT]),
    )


def _lost(asked: Asked, identity: str) -> JobPage:
    return JobPage(
        title="Nothing is known of this job any more",
        job=identity,
        state=LOST,
        stamp=_intake(asked).stamp,
        words="The reading room was started again since, or the job ended long ago.",
        now=None,
        total=0,
        read=0,
        counts={"added": 0, "known": 0, "refused": 0},
        fault="",
        added=(),
        known=(),
        refused=(),
        page=1,
        has_more=False,
    )


def _counts(job: Job) -> dict[str, int]:
    return {name: job.counts[name] for name in ("added", "known", "refused")}


def _words(job: Job, intake: Intake) -> str:
    """How a job stands."""
    counts = _counts(job)
    told = ", ".join(
        words
        for words in (
            f"added {counted(counts['added'], 'report')}" if counts["added"] else "",
            f"{counts['known']:,} already on the record" if counts["known"] else "",
            f"{counts['refused']:,} refused" if counts["refused"] else "",
        )
        if words
    )
    if job.state == WAITING:
        before = intake.before(job)
        return f"Waiting: {counted(before, 'job')} before it." if before else "Waiting to be read."
    if job.state == READING:
        place = f"{job.read:,} of {job.total:,} read" if job.total > 1 else "Reading"
        return f"{place}; {told} so far." if told else f"{place}."
    if job.state == COMPARING:
        return f"{_sentence(told)} Working out what is new."
    if job.state == STOPPED:
        return f"Stopped. {_sentence(told)} {_unread(job)}".strip()
    if job.state == FAILED:
        return f"Broken off. {_sentence(told)} {_unread(job)}".strip()
    assert job.state == DONE
    if counts["known"] and not counts["added"] and not counts["refused"]:
        all_of_it = "it is" if counts["known"] == 1 else f"all {counts['known']:,} are"
        return f"Nothing was added: {all_of_it} on the record already."
    return _sentence(told or "there was nothing to read")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else "Nothing is in."


def _unread(job: Job) -> str:
    left = job.total - job.read
    return f"{counted(left, 'input')} not read to the end." if left else ""


def _part(asked: Asked, items: Sequence[Item]) -> Sequence[Item]:
    rows = asked.settings.rows
    return items[(asked.page - 1) * rows : asked.page * rows]


def _added_row(asked: Asked, report: str, news: News | None) -> AddedRow:
    facts = asked.names.facts(report)
    return AddedRow(report, facts.title, facts.outlet or facts.uri, facts.published, news)


def _refused_row(failure: Any) -> RefusedRow:
    row = next((row for row in lexicon("reasons.tsv") if row["code"] == failure.reason), {"means": "", "next": ""})
    name = "the pasted text" if failure.input == "-" else failure.input
    is_told = row["next"].casefold() in failure.detail.casefold()
    return RefusedRow(name, failure.reason, row["means"], "" if is_told else row["next"], failure.detail)
