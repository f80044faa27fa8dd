"""How the record bears its size: lists from a large database, and what one more report costs in it.

    python evals/growth.py FOLDER [--reports 20000] [--db FILE] [--only-lists] [--json FILE]

FOLDER holds texts (*.txt) or JSON Lines with a `text` in each line. Short reports are put together from their
sentences by a seeded generator; some hundreds go through all the steps, and the rest are filed as further reports of
the same words with ids, days and addresses of their own, so that a large database is made in minutes. The reports
whose adding is timed are made of the sentences of the other half of the texts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evals import score_card
from onrecord.export.checks import Checker, ask
from onrecord.flow import add_readings, prepare
from onrecord.ledger.lines import decode, encode
from onrecord.ledger.store import Query, Record
from onrecord.link.cards import card_of
from onrecord.link.entry import Entry, entry_of
from onrecord.link.gates.matter import fortnight_of
from onrecord.link.stories import Gist
from onrecord.model import (
    Event,
    Failure,
    Figure,
    Mention,
    Page,
    Reading,
    Report,
    Statement,
    Story,
    TimeExpression,
    digest,
    make_id,
)
from onrecord.read.jsonl import read_jsonl
from onrecord.registry import steps
from onrecord.stores import database
from onrecord.stores.sqlite import SqliteStore

SENTENCES, TEMPLATES, DAYS = 8, 300, 300
ADDED = 60  # reports whose adding is timed
FEW = 100  # reports of the small database
WARMING = 5  # reports added before, so that lexicons are read
PAGE = 50  # rows of a list page
ROUNDS = 12
ROOM_KIB = 4 * 1024 * 1024  # pages in memory while a database is filled, at most
AT_ONCE = 1_000  # reports filed in one transaction
CLAIMS = {
    "common words": "The government said that people in the city would get more money this year.",
    "names and a number": "At least 40 people were arrested in Washington on Monday, the police said.",
    "rare words": "The harbour wall at Orlava was never inspected before the flood.",
}
ID = re.compile(r'"(r|s|m|t|f|ev)-([0-9a-f]{16})"')


@dataclass(frozen=True, slots=True)
class Template:
    """A report that went through all the steps."""

    page: Page
    lines: str  # of the report without its layers, then of their parts and of the statements
    keys: tuple[str, ...]
    gist: Gist


def sentences(folder: Path) -> list[str]:
    """Sentences of the texts, in order of their files."""
    texts: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".txt":
            texts.append(path.read_text("utf-8", "replace"))
        elif path.suffix == ".jsonl":
            rows = map(json.loads, filter(None, path.read_text("utf-8").split("\n")))
            texts += [row["text"] for row in rows if isinstance(row.get("text"), str)]
    lines = (line.strip() for text in texts for line in re.split(r"(?<=[.!?”])\s+(?=[“A-Z])|\n", text))
    found = [line for line in dict.fromkeys(lines) if 40 < len(line) < 300]
    if len(found) < SENTENCES:
        raise SystemExit(f"{folder} holds too few sentences: *.txt, or *.jsonl with a `text` in each line")
    return found


def readings(pool: list[str], number: int, seed: int) -> Iterator[Reading]:
    """Short reports made of sentences that are chosen by chance, over some hundred days."""
    draw = random.Random(seed)
    for k in range(number):
        row = {
            "text": "\n".join(draw.sample(pool, min(len(pool), SENTENCES))),
            "id": f"made-{seed}-{k}",
            "uri": f"made:{seed}/{k}",
            "outlet": f"Outlet {k % 17}",
            "published": (date(2025, 1, 1) + timedelta(days=draw.randrange(DAYS))).isoformat(),
        }
        for reading in read_jsonl(json.dumps(row).encode("utf-8")):
            if isinstance(reading, Reading):
                yield reading


def templates(pool: list[str], number: int, seed: int) -> list[Template]:
    """Reports that went through all the steps of the quick engine."""
    made = (prepare(reading, steps("fast")) for reading in readings(pool, number, seed))
    return [
        Template(m.page, lines_of(m.page), m.keys, entry_of(m.page).gist) for m in made if not isinstance(m, Failure)
    ]


def lines_of(page: Page) -> str:
    """The lines of a page, the report's own first."""
    report = page.report
    whole = replace(report, mentions=(), times=(), figures=(), events=(), entities=())
    parts: tuple[Record, ...] = (*report.mentions, *report.times, *report.figures, *report.events, *page.statements)
    return "\n".join(map(encode, (whole, *parts)))


def again(template: Template, k: int) -> Page:
    """The same report with ids, an address and a day of its own."""
    renewed = ID.sub(lambda m: f'"{m[1]}-{digest(f"{m[2]} {k}".encode())[:16]}"', template.lines)
    whole, *parts = map(decode, renewed.split("\n"))
    assert isinstance(whole, Report)
    day = (date(2025, 1, 1) + timedelta(days=k * 7919 % DAYS)).isoformat()
    report = replace(
        whole,
        uri=f"made:again/{k}",
        published=day,
        mentions=tuple(part for part in parts if isinstance(part, Mention)),
        times=tuple(part for part in parts if isinstance(part, TimeExpression)),
        figures=tuple(part for part in parts if isinstance(part, Figure)),
        events=tuple(part for part in parts if isinstance(part, Event)),
        entities=template.page.report.entities,
    )
    return Page(report, None, tuple(part for part in parts if isinstance(part, Statement)))


def dated_keys(template: Template, entry: Entry) -> Iterator[str]:
    """The block keys of a template, those of its fortnight moved to another report's."""
    before, now = (f"{fortnight_of(one)}:" for one in (entry_of(template.page), entry))
    return (now + key.removeprefix(before) if key.startswith(before) else key for key in template.keys)


@contextmanager
def filling(path: Path) -> Iterator[SqliteStore]:
    """The database with room for all its indexes in memory: ids are hashes, so that each row goes anywhere in them."""
    small, database.CACHE_KIB = database.CACHE_KIB, ROOM_KIB
    try:
        with closing(SqliteStore(path)) as store:
            yield store
    finally:
        database.CACHE_KIB = small


def build(store: SqliteStore, made: list[Template], number: int) -> None:
    """Files `number` reports, those that are there among them, and stories of a dozen."""
    ids = sorted(report.id for report in store.reports())
    if len(ids) >= number:
        return
    for start in range(len(ids), number, AT_ONCE):
        with store.together():
            for k in range(start, min(start + AT_ONCE, number)):
                template = made[k % len(made)]
                page = again(template, k)
                entry = entry_of(page)
                store.add(page, dated_keys(template, entry))
                store.put_gist(page.report.id, replace(template.gist, report_id=page.report.id).dump())
                store.put_card(page.report.id, card_of(entry).dump())
                ids.append(page.report.id)
        print(f"{len(ids):,} reports", file=sys.stderr, flush=True)
    groups = [sorted(ids[k : k + 12]) for k in range(0, len(ids), 12)]
    with store.together():
        store.put_stories(
            Story(make_id("st", group[0]), f"Story {k}", tuple(group), "2025-01-01") for k, group in enumerate(groups)
        )
        store.mark_settled(ids)


def questions(store: SqliteStore) -> dict[str, Callable[[], object]]:
    """What a reader asks of lists, by name."""
    speakers = [row for row in store.speakers() if row.entity]
    common, rare = speakers[0].name, speakers[-1].name
    story = next(iter(store.stories())).id
    asked: dict[str, Callable[[], object]] = {}
    kinds = {"reports": store.reports, "statements": store.statements, "figures": store.figures}
    for kind, find in kinds.items():
        for name, query in {
            "": Query(limit=PAGE),
            " --who, common": Query(who=common, limit=PAGE),
            " --who, rare": Query(who=rare, limit=PAGE),
            " --about": Query(about=common, limit=PAGE),
            " --stance denies": Query(stance="denies", limit=PAGE),
            " a common word": Query(text="people", limit=PAGE),
            " rare words": Query(text="harbour wall", limit=PAGE),
            " --story": Query(story=story, limit=PAGE),
            " --since --until": Query(since="2025-06-01", until="2025-06-07", limit=PAGE),
            " --as-of": Query(as_of="2025-02-01", limit=PAGE),
        }.items():
            asked[kind + name] = partial(lambda find, query: list(find(query)), find, query)
    asked["speakers"] = lambda: store.speakers(Query(limit=PAGE))
    asked["speakers --who"] = lambda: store.speakers(Query(who=common, limit=PAGE))
    asked["stories"] = lambda: store.largest_stories(PAGE)
    asked["counts"] = store.counts
    checker = Checker(store)
    for name, claim in CLAIMS.items():
        asked[f"check, {name}"] = partial(checker.across, ask(claim), Query())
    return asked


def slowest(ask: Callable[[], object]) -> float:
    """The 95th percentile of what a question takes, in milliseconds of CPU."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        ask()
        times.append(1_000 * (time.process_time() - start))
    return sorted(times)[round(0.95 * (ROUNDS - 1))]


def costs(stores: Sequence[SqliteStore], pool: list[str], seed: int) -> list[float]:
    """Milliseconds of CPU that adding one report takes to each store, by a call of its own; turn by turn, so that what
    else the machine does weighs on all alike.
    """
    spent = [0.0] * len(stores)
    for k, reading in enumerate(readings(pool, WARMING + ADDED, seed)):
        for at, store in enumerate(stores):
            start = time.process_time()
            add_readings([reading], store, engine="fast")
            if k >= WARMING:
                spent[at] += 1_000 * (time.process_time() - start)
    return [each / ADDED for each in spent]


def main() -> None:
    """Builds, asks, adds and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument(
        "--db",
        type=Path,
        help="kept here, filled up where it holds fewer; what was timed stays in it: time a fresh one",
    )
    parser.add_argument("--only-lists", action="store_true", help="do not measure what one more report costs")
    parser.add_argument("--json", type=Path, help="writes what lists cost here as well")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    every = sentences(args.folder)
    pool, others = every[: len(every) // 2], every[len(every) // 2 :]
    with tempfile.TemporaryDirectory() as scratch:
        large = args.db or Path(scratch) / "large.db"
        made = templates(pool, TEMPLATES, args.seed)
        with filling(large) as store:
            build(store, made, args.reports)
        with closing(SqliteStore(Path(scratch) / "small.db")) as small, closing(SqliteStore(large)) as store:
            held = store.counts()["report"]
            lists = {name: round(slowest(ask), 1) for name, ask in questions(store).items()}
            measured: dict[str, Any] = {"reports": held, "rounds": ROUNDS, "lists": lists}
            if not args.only_lists:
                build(small, made, FEW)
                few, many = costs((small, store), others, args.seed + held)  # reports that no earlier run has added
                of_each = {f"after {FEW:,} reports": round(few, 1), f"after {held:,} reports": round(many, 1)}
                measured["one more"] = of_each | {"times as much": round(many / few, 2)}
            print("\n".join(score_card.growth(measured, score_card.read_bars()["growth"])))
            if args.json:
                args.json.write_text(json.dumps(measured), "utf-8")


if __name__ == "__main__":
    main()
