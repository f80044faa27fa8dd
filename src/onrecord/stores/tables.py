"""The tables of a database that keeps the record, and what stands guard over them.

Every record is kept as its canonical line in `body`; the columns beside it are what lists look
for. `dated` is what reports sort by. Rows have a number of their own only where an index needs one.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

VERSION = 10  # of this schema
APPLICATION = 0x6F6E7265  # "onre": tells our databases from other programs'

METADATA = MetaData()


def _text(name: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, String, primary_key=key, nullable=nullable)


def _of_report() -> Column[int]:
    return Column("report_n", Integer, ForeignKey("reports.n"), nullable=False)


meta = Table("meta", METADATA, _text("key", key=True), _text("value"))

sources = Table(
    "sources", METADATA, _text("sha256", key=True), _text("media_type"), Column("data", LargeBinary, nullable=False)
)

reports = Table(
    "reports",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("sha256", String, nullable=False),
    Column("published", String),
    Column("retrieved", String),
    Column("dated", String, nullable=False),
    Column("body", String, nullable=False),
    Column("seal", String, nullable=False),  # SHA-256 of all lines of the page
    Index("reports_in_order", "dated", "id", "published", "retrieved"),  # and what bounds on dates look at
    Index("reports_by_number", "n", "published"),  # without their lines
)

blocks = Table(  # which reports are filed under a block key, in an order that is chance and the same everywhere
    "blocks",
    METADATA,
    Column("key", Integer, primary_key=True, autoincrement=False),  # see `blocks.number_of`
    Column("rank", Integer, primary_key=True, autoincrement=False),  # see `blocks.rank_of`
    Column("report_n", Integer, ForeignKey("reports.n"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

unsettled = Table(  # reports whose links have not been drawn
    "unsettled", METADATA, Column("report_n", Integer, ForeignKey("reports.n"), primary_key=True)
)

entities = Table(  # what reports say of an entity: each wording once
    "entities", METADATA, _text("id", key=True), _text("digest", key=True), _text("body"), sqlite_with_rowid=False
)

report_entities = Table(
    "report_entities",
    METADATA,
    Column("report_n", Integer, ForeignKey("reports.n"), primary_key=True),
    _text("entity", key=True),
    _text("digest"),
    sqlite_with_rowid=False,
)

names = Table("names", METADATA, _text("key", key=True), _text("entity", key=True), sqlite_with_rowid=False)


def _layer(name: str, *columns: Column[str], ordered: tuple[str, ...] = ()) -> Table:
    """`ordered`: columns that lists look at while they go through a report."""
    return Table(
        name,
        METADATA,
        Column("n", Integer, primary_key=True),
        Column("id", String, nullable=False, unique=True),
        _of_report(),
        Column("start", Integer, nullable=False),
        *columns,
        Column("body", String, nullable=False),
        Index(f"{name}_in_order", "report_n", "start", "id", *ordered),
    )


mentions = _layer("mentions")
times = _layer("times")
figures = _layer(
    "figures",
    Column("statement", String, index=True),
    Column("place", String, index=True),
    ordered=("statement", "place"),
)

statements = Table(
    "statements",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    _of_report(),
    Column("start", Integer, nullable=False),
    Column("stance", String, nullable=False),
    Column("attitude", String, nullable=False),
    Column("plain", Boolean, nullable=False),
    Column("words", String, nullable=False),  # the source as printed
    Column("unnamed", String, index=True),  # its name key, where the source is no entity
    Column("body", String, nullable=False),
    Index("statements_in_order", "report_n", "start", "id"),
    Index("statements_by_stance", "stance", "attitude", "report_n"),
    Index("statements_by_number", "n", "report_n", "attitude", "stance", "plain", "words"),  # without their lines
)

events = _layer("events")

speakers = Table(
    "speakers",
    METADATA,
    _text("entity", key=True),
    Column("statement_n", Integer, ForeignKey("statements.n"), primary_key=True),
    Index("speakers_of_statement", "statement_n"),
    sqlite_with_rowid=False,
)

spoken = Table(  # what each source has of the record, kept while filing: a list reads no statement; see `stores.spoken`
    "spoken",
    METADATA,
    _text("key", key=True),
    _text("entity", nullable=True),
    _text("unnamed", nullable=True),
    Column("statements", Integer, nullable=False, index=True),
    Column("reports", Integer, nullable=False),
    _text("first", nullable=True),
    _text("last", nullable=True),
    sqlite_with_rowid=False,
)

wordings = Table(  # how sources that are no entity are printed, counted while filing; see `stores.spoken`
    "wordings",
    METADATA,
    _text("unnamed", key=True),  # the name key; empty where there is none
    _text("attitude", key=True),
    _text("words", key=True),
    Column("statements", Integer, nullable=False),
    sqlite_with_rowid=False,
)

about = Table(
    "about",
    METADATA,
    _text("entity", key=True),
    Column("statement_n", Integer, ForeignKey("statements.n"), primary_key=True),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    METADATA,
    _text("id", key=True),
    Column("source", String, ForeignKey("statements.id"), nullable=False, index=True),
    Column("target", String, ForeignKey("statements.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("body", String, nullable=False),
)

copies = Table(
    "copies",
    METADATA,
    _text("id", key=True),
    Column("source", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("target", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("body", String, nullable=False),
)

stories = Table(
    "stories",
    METADATA,
    _text("id", key=True),
    Column("dated", String, nullable=False),
    Column("body", String, nullable=False),
)

gists = Table(  # what grouping reports into stories looks at, so that no text is read again
    "gists",
    METADATA,
    Column("report_n", Integer, ForeignKey("reports.n"), primary_key=True),
    Column("body", String, nullable=False),
)

cards = Table(  # what tells that nothing links two reports, before they are read; see `link.cards`
    "cards",
    METADATA,
    Column("report_n", Integer, ForeignKey("reports.n"), primary_key=True),
    Column("body", String, nullable=False),
)

nearness = Table(  # reports that may be about one matter
    "nearness",
    METADATA,
    Column("one", String, ForeignKey("reports.id"), primary_key=True),
    Column("other", String, ForeignKey("reports.id"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    METADATA,
    _text("id", key=True),
    Column("dated", String, nullable=False),
    Column("status", String, nullable=False),
    Column("body", String, nullable=False),
    Index("claims_in_order", "dated", "id"),
)

origins = Table("origins", METADATA, _text("id", key=True), _text("body"))  # without statements and reports

claimed = Table(  # which claim a statement is of, and what it goes back to
    "claimed",
    METADATA,
    Column("statement", String, ForeignKey("statements.id"), primary_key=True),
    Column("claim", String, ForeignKey("claims.id"), nullable=False, index=True),
    Column("origin", String, ForeignKey("origins.id"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

traces = Table(  # what was found out about where a statement comes from, so that no text is read again
    "traces",
    METADATA,
    Column("statement", String, ForeignKey("statements.id"), primary_key=True),
    Column("body", String, nullable=False),
    sqlite_with_rowid=False,
)

ties = Table(  # figures of one quantity
    "ties",
    METADATA,
    Column("one", String, ForeignKey("figures.id"), primary_key=True),
    Column("other", String, ForeignKey("figures.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

series = Table(  # the quantity that a figure follows
    "series",
    METADATA,
    Column("figure", String, ForeignKey("figures.id"), primary_key=True),
    Column("series", String, nullable=False, index=True),
    sqlite_with_rowid=False,
)

story_reports = Table(
    "story_reports",
    METADATA,
    Column("story", String, ForeignKey("stories.id"), primary_key=True),
    Column("report", String, ForeignKey("reports.id"), primary_key=True, index=True),
)

story_changes = Table(  # what became of stories that were there, in the order in which it was noted
    "story_changes",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("body", String, nullable=False),
)

story_ends = Table(  # which stories a change takes from or leads to
    "story_ends",
    METADATA,
    _text("story", key=True),
    Column("change_n", Integer, ForeignKey("story_changes.n"), primary_key=True),
    sqlite_with_rowid=False,
)

versions = Table(
    "versions",
    METADATA,
    Column("newer", String, ForeignKey("reports.id"), primary_key=True),
    Column("older", String, ForeignKey("reports.id"), nullable=False),
)

judgements = Table(  # the log: `n` is a line's number; meta has the number and hash of the last one under `log`
    "judgements",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("body", String, nullable=False),
)

failures = Table(
    "failures",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("input", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("step", String, nullable=False),
    UniqueConstraint("input", "reason", "detail", "step"),
)

# Full text: words are folded before they come here, so the plainest tokenizer gives the same hits everywhere.
SEARCHED = ("report", "statement", "figure")
SEARCH = tuple(
    f"CREATE VIRTUAL TABLE {name}_words USING fts5(words, content='', tokenize='ascii')" for name in SEARCHED
)

FROZEN = ("reports", "sources", "statements", "mentions", "times", "figures", "entities", "events", "judgements")
GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} never change'); END"
    for table in FROZEN
    for action in ("UPDATE", "DELETE")
)
