"""What is being added: jobs in a line, one thread that reads them, and what is to be told of each.

A report is in once its transaction is: whatever ends the server, whole reports stay, and the next job settles what is
left. Jobs themselves live as long as the server does.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Condition, Event, Thread
from typing import Any

from onrecord.errors import OnRecordError, UsageError
from onrecord.export.annotated import added_by
from onrecord.export.naming import Names
from onrecord.export.shelf import Shelf
from onrecord.flow import Progress, add_readings
from onrecord.flow.again import as_before
from onrecord.ledger.store import Store
from onrecord.model import Failure, Reading
from onrecord.read.choose import read_any
from onrecord.read.fetch import within
from onrecord.read.given import Given
from onrecord.read.net.fetching import Fetcher
from onrecord.read.net.remote import read_address
from onrecord.review.reading import Reviewed

log = logging.getLogger(__name__)

WAITING, READING, COMPARING, DONE, STOPPED, FAILED, LOST = (
    "waiting", "reading", "comparing", "done", "stopped", "failed", "lost",
)  # fmt: skip
ENDED = frozenset((DONE, STOPPED, FAILED, LOST))
MOST_JOBS = 50  # that are remembered once they have ended
MOST_WAITING = 20
MOST_WAITING_BYTES = 256 * 1024 * 1024
MOST_TOLD = 10_000  # reports and refusals of a job that are told one by one
MOST_LINES = 3  # of each kind that are told of what a report adds
LONGEST_COMPARING = 20.0  # seconds; what the rest adds is told where somebody looks
PATIENCE = 10.0  # seconds that a server which ends waits for the report that is being read
KINDS = ("changed", "claim", "speaker", "figure")


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read, as it was given: a name and bytes."""

    name: str
    data: bytes
    facts: Given

    def read(self) -> Iterator[Reading | Failure]:
        """What is in it."""
        found = within(self.name, self.data)
        if isinstance(found, Failure):
            yield found
        else:
            yield from read_any(*found, self.facts)


@dataclass(frozen=True, slots=True)
class Remote:
    """The address of a page or a feed."""

    name: str
    facts: Given
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class News:
    """What a report adds, as the page of a job tells it."""

    counts: dict[str, int]  # of each of KINDS
    rows: tuple[dict[str, Any], ...]  # a few of each kind; see `export.change_rows.new_rows`
    why_not: str  # why nobody can say


@dataclass(slots=True, eq=False)
class Job:
    """A call to add; only `Intake` changes it."""

    id: str
    what: str  # in words: 3 files
    inputs: deque[Input | Remote]
    total: int
    size: int  # bytes that wait
    state: str = WAITING
    now: str | None = None  # what is read
    read: int = 0  # inputs that were read to their end
    added: list[str] = field(default_factory=list)  # ids of reports
    known: list[str] = field(default_factory=list)
    refused: list[Failure] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # added, known, refused: also beyond MOST_TOLD
    news: dict[str, News] = field(default_factory=dict)
    fault: str = ""  # why it failed
    stopping: Event = field(default_factory=Event)
    noted: Progress | None = None  # of the report whose transaction is open

    def note(self, progress: Progress) -> None:
        """An input is done, and is in once its transaction has ended."""
        self.noted = progress

    def settle(self) -> None:
        """What was noted last is in."""
        progress, self.noted = self.noted, None
        if progress is None:
            return
        self.counts[progress.what] += 1
        if self.counts[progress.what] > MOST_TOLD:
            return
        if progress.failure:
            self.refused.append(progress.failure)
        elif progress.report:
            (self.added if progress.what == "added" else self.known).append(progress.report)


class Intake:
    """Reads jobs one after the other, in a thread of its own that starts with the first."""

    def __init__(self, store: Store, record: Reviewed, engine: str, allowed: tuple[tuple[str, int], ...] = ()) -> None:
        self._store = store
        self._record = record
        self._engine = engine
        self._allowed = allowed
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._line: deque[Job] = deque()
        self._changed = Condition()
        self._ending = False
        self._thread: Thread | None = None
        self._name, self._moves = token_hex(4), 0
        self.kept: OrderedDict[str, tuple[tuple[str, bytes], ...]] = OrderedDict()  # files of forms that were refused

    @property
    def stamp(self) -> str:
        """Changes whenever anything of a job does; never the same again after the server was started again."""
        return f"{self._name}-{self._moves}"

    def put(self, what: str, inputs: Sequence[Input | Remote]) -> Job:
        """A new job at the end of the line; UsageError where too much waits already."""
        size = sum(len(one.data) for one in inputs)
        job = Job("j-" + token_hex(8), what, deque(inputs), len(inputs), size)
        with self._changed:
            waiting = sum(one.size for one in self._line)
            if len(self._line) >= MOST_WAITING or waiting + size > MOST_WAITING_BYTES:
                raise UsageError(f"{len(self._line)} jobs wait to be read; add this when some of them are done")
            self._jobs[job.id] = job
            self._line.append(job)
            for old in [one for one in self._jobs.values() if one.state in ENDED][: -MOST_JOBS or None]:
                del self._jobs[old.id]
            if self._thread is None:
                self._thread = Thread(target=self._work, name="onrecord-adding", daemon=True)
                self._thread.start()
            self._tell()
        return job

    def find(self, identity: str) -> Job | None:
        """The job of this id, as long as this server remembers it."""
        return self._jobs.get(identity)

    def jobs(self) -> tuple[Job, ...]:
        """All that are remembered, the newest first."""
        with self._changed:
            return tuple(reversed(self._jobs.values()))

    def before(self, job: Job) -> int:
        """How many jobs are to be read before it."""
        with self._changed:
            busy = sum(one.state in (READING, COMPARING) for one in self._jobs.values())
            return self._line.index(job) + busy if job in self._line else 0

    def stop(self, job: Job) -> None:
        """Ends a job after the report that is being read."""
        job.stopping.set()
        with self._changed:
            if job in self._line:
                self._line.remove(job)
                job.state = STOPPED
            self._tell()

    def close(self) -> None:
        """Ends the thread after the report that is being read; what waits is not read."""
        with self._changed:
            self._ending = True
            self._line.clear()
            for job in self._jobs.values():
                job.stopping.set()
            self._changed.notify_all()
        if self._thread:
            self._thread.join(PATIENCE)

    def _tell(self) -> None:
        self._moves += 1
        self._changed.notify_all()

    def _move(self, job: Job, state: str) -> None:
        with self._changed:
            job.state = state
            self._tell()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._line and not self._ending:
                    self._changed.wait()
                if self._ending:
                    return
                job = self._line.popleft()
                job.state = READING
                self._tell()
            try:
                self._read(job)
                self._move(job, COMPARING)
                self._compare(job)
                self._move(job, STOPPED if job.stopping.is_set() else DONE)
            except OnRecordError as error:
                job.fault = str(error)
                self._move(job, FAILED)
            except Exception as error:  # the thread goes on with the next job
                log.error("adding %s: %s", job.what, type(error).__name__, exc_info=error)
                job.fault = "this is a fault of ours; the log of the server says more"
                self._move(job, FAILED)

    def _settle(self, job: Job, now: str | None = None) -> None:
        with self._changed:
            job.settle()
            job.now = now
            self._tell()

    def _read(self, job: Job) -> None:
        is_remote = any(isinstance(one, Remote) for one in job.inputs)
        with Fetcher(self._allowed, sleep=job.stopping.wait) if is_remote else nullcontext() as fetcher:
            add_readings(self._readings(job, fetcher), self._store, engine=self._engine, progress=job.note)
        self._settle(job)

    def _readings(self, job: Job, fetcher: Fetcher | None) -> Iterator[Reading | Failure]:
        while job.inputs:
            one = job.inputs.popleft()
            self._settle(job, one.name if isinstance(one, Remote) else None)
            for reading in self._read_one(one, fetcher):
                if job.stopping.is_set():
                    return
                self._settle(job, _name_of(reading, one.name))
                yield reading
            job.size -= len(one.data)
            job.read += 1
            self._settle(job)
            if job.stopping.is_set():
                return

    def _read_one(self, one: Input | Remote, fetcher: Fetcher | None) -> Iterator[Reading | Failure]:
        if isinstance(one, Remote):
            assert fetcher is not None
            return as_before(read_address(one.name, one.facts, fetcher), self._store)
        return one.read()

    def _compare(self, job: Job) -> None:
        """What each report adds to what was there before it, once all are in."""
        view = self._record.pinned()
        shelf, names = Shelf(view), Names(view)
        until = time.monotonic() + LONGEST_COMPARING
        for report in job.added:
            if self._ending or time.monotonic() > until:
                return
            found = added_by(shelf, names, report)
            counts = Counter(row["what"] for row in found.rows)
            rows = [row for kind in KINDS for row in [r for r in found.rows if r["what"] == kind][:MOST_LINES]]
            with self._changed:
                job.news[report] = News({kind: counts[kind] for kind in KINDS}, tuple(rows), found.why_not)
                self._tell()


def _name_of(reading: Reading | Failure, name: str) -> str:
    """What is read, as people know it."""
    if isinstance(reading, Failure):
        return reading.input
    return reading.report.title or reading.report.uri or name
