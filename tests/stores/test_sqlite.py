"""The default store: the contract, and what is SQLite's own."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from onrecord.errors import StoreError, UsageError
from onrecord.export.verify import verify, verify_record
from onrecord.ledger.store import Query
from onrecord.stores.sqlite import SqliteStore
from tests.contracts.pages import BORDER, PAGES, page_of
from tests.contracts.store import StoreContract, a_draft, derive, exported

ROOT = Path(__file__).parents[2]


class TestSqliteStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.numbers = count()

    def open(self) -> SqliteStore:
        return SqliteStore(self.folder / f"{next(self.numbers)}.db")

    @pytest.fixture
    def filled(self, pages_only: Path, tmp_path: Path) -> Iterator[SqliteStore]:
        """A copy of a filled database: quicker than filling one for each test."""
        with closing(SqliteStore(shutil.copy(pages_only, tmp_path / "filled.db"))) as store:
            yield store


@pytest.fixture(scope="module")
def pages_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the pages of the contract, closed."""
    path = tmp_path_factory.mktemp("pages") / "onrecord.db"
    with closing(SqliteStore(path)) as store:
        for page, keys in PAGES:
            assert store.add(page, keys)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "onrecord.db"


@pytest.fixture
def kept(path: Path) -> Path:
    """A database with the pages of the contract and what is derived from them, closed."""
    with closing(SqliteStore(path)) as store:
        for page, keys in PAGES:
            store.add(page, keys)
        derive(store)
    return path


def tamper(path: Path, *statements: str) -> None:
    """Changes a database behind our back, its guards taken away first."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        connection.commit()


# -- a file of ours


def test_the_record_is_there_when_it_is_opened_again(kept: Path) -> None:
    with closing(SqliteStore(kept, create=False)) as store:
        assert store.counts()["report"] == len(PAGES)
        assert verify(store) == ()


def test_commits_are_durable_and_references_hold(path: Path) -> None:
    with closing(SqliteStore(path)) as store, store._reading() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 30_000]


def test_one_file_is_left_when_it_is_closed(kept: Path) -> None:
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


def test_the_guard_forbids_to_change_what_was_read(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        for table in ("reports", "sources", "statements", "mentions", "times", "figures", "entities", "judgements"):
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} never change"):
                connection.execute(f"DELETE FROM {table}")
            column = "data" if table == "sources" else "body"
            with pytest.raises(sqlite3.IntegrityError, match="never change"):
                connection.execute(f"UPDATE {table} SET {column} = 'x'")


def test_bytes_are_kept_once(path: Path) -> None:
    page = page_of(BORDER)
    report = replace(page.report, id="r-other", mentions=(), times=(), figures=(), events=())
    other = replace(page, report=report, statements=())
    with closing(SqliteStore(path)) as store:
        assert store.add(page)
        assert store.add(other)
        assert store.source("r-other") == store.source(page.report.id)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchone() == (1,)


def test_a_closed_store_says_so(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    for use in (store.counts, store.check, lambda: store.add(page_of(BORDER)), lambda: store.backup(path)):
        with pytest.raises(StoreError):
            use()


@pytest.mark.parametrize("call", ["report", "statement", "entity", "find"])
def test_an_id_that_is_no_text_is_refused(kept: Path, call: str) -> None:
    with closing(SqliteStore(kept)) as store, pytest.raises(UsageError, match="no text"):
        getattr(store, call)("r-\udcff\udcff")


def test_two_stores_on_one_file_take_turns(path: Path) -> None:
    with closing(SqliteStore(path)) as one, closing(SqliteStore(path)) as two:
        for number, (page, keys) in enumerate(PAGES):
            assert (one, two)[number % 2].add(page, keys)
            assert not (two, one)[number % 2].add(page, keys)
        assert exported(one) == exported(two)


def test_threads_may_add_at_once(path: Path) -> None:
    with closing(SqliteStore(path)) as store:
        added: list[bool] = []
        twice = [page for page, _ in PAGES for _ in range(2)]
        threads = [threading.Thread(target=lambda page=page: added.append(store.add(page))) for page in twice]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(added) == [False] * len(PAGES) + [True] * len(PAGES)
        assert verify(store) == ()


def test_reading_does_not_wait_for_a_writer(kept: Path) -> None:
    with closing(sqlite3.connect(kept, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with closing(SqliteStore(kept)) as store:
            assert store.counts()["report"] == len(PAGES)
        writer.execute("ROLLBACK")


# -- a file that is not ours


def refused(path: Path, words: str) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match=words):
        SqliteStore(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_database_of_another_program_is_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE reports (id TEXT)")
    refused(path, "another program")


def test_a_database_of_a_newer_onrecord_is_not_touched(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("PRAGMA user_version = 99")
    refused(kept, r"newer onrecord \(schema 99, this one knows 10\)")


def test_what_an_older_schema_has_drawn_is_read_until_it_is_drawn_anew(kept: Path) -> None:
    with closing(SqliteStore(kept)) as store:
        known = sorted(report.id for report in store.reports())
        store.mark_settled(known)
        store.put_gist(known[0], "of old")
        store.put_card(known[0], "of old")
        store.put_edges([(known[0], known[1], 0.5)])
    with closing(sqlite3.connect(kept)) as connection:
        connection.executescript("DROP TABLE story_ends; DROP TABLE story_changes; PRAGMA user_version = 6")
    with closing(SqliteStore(kept)) as store:
        assert store.unsettled() == tuple(known)
        assert len(store.edges(known)) == 1
    with closing(SqliteStore(kept)) as store:  # opened once more before anything is added
        assert len(store.edges(known)) == 1
        assert store.refile()
        assert store.unsettled() == tuple(known)
        assert store.gists(known) == store.cards(known) == {}
        assert store.edges(known) == ()
        assert not store.refile()


def test_a_database_of_the_first_schema_gets_the_tables_it_lacks(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.executescript(
            "DROP TABLE events; DROP TABLE judgements; DELETE FROM meta WHERE key = 'log';"
            "PRAGMA user_version = 1; UPDATE meta SET value = '1' WHERE key = 'schema'"
        )
    with closing(SqliteStore(kept)) as store:
        report = page_of(BORDER).report
        assert store.report(report.id).text == report.text
        assert store.events(report.id) == ()
        assert store.judgements() == ()
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (10,)
        assert connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == ("10",)
        guards = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
        assert guards.fetchone() == (2,)


def test_a_database_without_a_log_gets_an_empty_one(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.executescript(
            "DROP TABLE judgements; DELETE FROM meta WHERE key = 'log';"
            "PRAGMA user_version = 5; UPDATE meta SET value = '5' WHERE key = 'schema'"
        )
    with closing(SqliteStore(kept)) as store:
        assert store.judgements() == ()
        assert store.check() == ()
        assert store.put_judgement(a_draft("s-1")).number == 1
        assert store.check() == ()
    with closing(sqlite3.connect(kept)) as connection, pytest.raises(sqlite3.IntegrityError, match="never change"):
        connection.execute("DELETE FROM judgements")


# -- the log of judgements


@pytest.fixture
def judged(path: Path) -> Path:
    """A database with a log of four lines, closed."""
    with closing(SqliteStore(path)) as store:
        for number in range(4):
            store.put_judgement(a_draft(f"s-{number}", note=f"so it is {number}"))
    return path


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM judgements WHERE n = 4",
        "DELETE FROM judgements WHERE n = 1",
        "DELETE FROM judgements",
        "DELETE FROM judgements WHERE n = 2; UPDATE judgements SET n = n - 1 WHERE n > 2",
        "UPDATE judgements SET body = replace(body, 'so it is 3', 'so it is 4') WHERE n = 4",
        "UPDATE judgements SET body = replace(body, ',', ', ') WHERE n = 2",
        "UPDATE judgements SET body = 'x' WHERE n = 2",
        "UPDATE judgements SET id = 'j-1' WHERE n = 2",
        (
            "UPDATE judgements SET n = 9 WHERE n = 2; UPDATE judgements SET n = 2 WHERE n = 3;"
            "UPDATE judgements SET n = 3 WHERE n = 9"
        ),
        "UPDATE meta SET value = '3 ab' WHERE key = 'log'",
        "DELETE FROM meta WHERE key = 'log'",
    ],
)
def test_a_log_that_was_tampered_with_does_not_verify(judged: Path, change: str) -> None:
    with closing(SqliteStore(judged)) as store:
        assert verify(store) == ()
    tamper(judged, *change.split(";"))
    with closing(SqliteStore(judged)) as store:
        assert any("judgement" in wrong for wrong in verify(store))


def test_two_writers_at_once_make_one_chain(path: Path) -> None:
    writers = [SqliteStore(path) for _ in range(4)]

    def judge(number: int) -> None:
        for about in range(5):
            writers[number].put_judgement(a_draft(f"s-{number}-{about}"))

    threads = [threading.Thread(target=judge, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = writers[0].judgements()
    assert [one.number for one in log] == list(range(1, 21))
    assert verify(writers[1]) == ()
    for writer in writers:
        writer.close()


def test_a_newer_schema_that_is_still_in_the_journal_is_seen(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreError, match="newer onrecord"):
            SqliteStore(kept)


@pytest.mark.parametrize("data", [b"no database\n", b"SQLite format 3\x00", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_not_touched(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    refused(path, "no SQLite database")


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with closing(SqliteStore(path)) as store:
        assert store.add(page_of(BORDER))


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        SqliteStore(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no folder .*nowhere; make it first"):
        SqliteStore(tmp_path / "nowhere" / "onrecord.db")


def test_a_file_in_the_place_of_a_folder_is_named(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match="no folder"):
        SqliteStore(path / "onrecord.db")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody can make files")
def test_a_folder_that_cannot_be_written_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="nothing was half-written"):
        SqliteStore(Path("/proc/self/onrecord.db"))


def test_without_create_nothing_is_made(path: Path) -> None:
    with pytest.raises(StoreError, match="no database at"):
        SqliteStore(path, create=False)
    assert not path.exists()


# -- what goes wrong


def test_a_damaged_file_is_a_store_error(kept: Path) -> None:
    data = bytearray(kept.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    kept.write_bytes(data)
    with pytest.raises(StoreError, match=r"onrecord\.db: "), closing(SqliteStore(kept)) as store:
        exported(store)


def test_a_full_disk_leaves_whole_reports_only(path: Path) -> None:
    """A limit on the size of files stands for the disk: the write that passes it fails."""
    script = """
        import resource, sys
        from onrecord.errors import StoreError, UsageError
        from onrecord.stores.sqlite import SqliteStore
        from tests.contracts.pages import page_of

        store = SqliteStore(sys.argv[1])
        size = 400_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        added = 0
        try:
            for number in range(1000):
                text = f"{number} " + "The mayor said that the bridge would open. " * 200
                added += store.add(page_of(text, uri=f"made:{number}"))
        except StoreError as error:
            print(added, error)
    """
    ran = python(script, str(path))
    added, _, words = ran.stdout.partition(" ")
    assert int(added) > 0, ran.stderr
    assert "nothing was half-written" in words
    with closing(SqliteStore(path)) as store:
        assert store.counts()["report"] == int(added)
        assert verify(store) == ()
        assert store.add(page_of(BORDER)), "it goes on once there is room"


def test_a_killed_process_leaves_whole_reports_only(path: Path) -> None:
    script = """
        import os, signal, sys
        from onrecord.stores import sqlite
        from tests.contracts.pages import PAGES

        store = sqlite.SqliteStore(sys.argv[1])
        store.add(PAGES[0][0])
        sqlite._file_people = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        store.add(PAGES[1][0])
    """
    assert python(script, str(path)).returncode == -signal.SIGKILL
    with closing(SqliteStore(path)) as store:
        assert [report.id for report in store.reports()] == [PAGES[0][0].report.id]
        assert store.counts()["statement"] == len(PAGES[0][0].statements)
        assert verify(store) == ()
        assert store.add(PAGES[1][0])


def test_an_error_midway_is_rolled_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.stores import sqlite

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with closing(SqliteStore(path)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "_file_words", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.add(page_of(BORDER))
        assert set(store.counts().values()) == {0}
        assert store.add(page_of(BORDER))


def test_a_backup_into_a_missing_folder_is_a_store_error(kept: Path, tmp_path: Path) -> None:
    with closing(SqliteStore(kept)) as store, pytest.raises(StoreError, match=r"copy\.db"):
        store.backup(tmp_path / "nowhere" / "copy.db")


# -- tampering


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE statements SET body = replace(body, 'wants talks', 'wants war')", "is not what its spans select"),
        ("UPDATE statements SET body = replace(body, '[[', '[[1')", "runs backwards"),
        ("UPDATE reports SET body = replace(body, 'soldiers of', 'soldierz of')", "is not what its spans select"),
        ("UPDATE mentions SET body = replace(body, 'Lindqvist', 'Lindqvizt')", "is not what its spans select"),
        ("UPDATE statements SET body = replace(body, 'denies', 'shouts')", "'shouts' is no stance"),
        (
            'UPDATE statements SET body = replace(body, \'"nested_in":"s-\', \'"nested_in":"s-0\')',
            "is not on the record",
        ),
        ('UPDATE mentions SET body = replace(body, \'"entity":"e-\', \'"entity":"e-0\')', "entity 'e-0"),
        ('UPDATE links SET body = replace(body, \'"to":"s-\', \'"to":"s-0\')', "link l-"),
        ("UPDATE links SET body = replace(body, 'no soldier', 'one soldier')", "is not what its spans select"),
        ('UPDATE links SET body = replace(body, \'"kind":"denies"\', \'"kind":"likes"\')', "is no link kind"),
        ("UPDATE copies SET body = replace(body, '[0,10]', '[0,9999]')", "span ends at 9999"),
        ("UPDATE stories SET body = replace(body, '\"r-', '\"r-0')", "story st-"),
        ("UPDATE versions SET older = 'r-gone'", "report 'r-gone' is not on the record"),
        ("UPDATE sources SET data = CAST('other' AS BLOB)", "SHA-256"),
        ("UPDATE times SET report_n = 4 WHERE n = 1", "belongs to another"),
        ("UPDATE statements SET body = '{}'", "is none of report"),
        ("UPDATE statements SET body = 'gone'", "not JSON"),
        ("UPDATE entities SET body = replace(body, 'country', 'county')", "'kind' holds 'county'"),
        ('UPDATE mentions SET body = replace(body, \'"id":"m-\', \'"id":"m-0\')', "its words would give the id m-"),
        ("DELETE FROM reports WHERE n = 1", "belong to no report"),
        ("DELETE FROM figures WHERE n = 1", "figure"),
        ("DELETE FROM report_entities", "page is not what was filed"),
    ],
)
def test_verify_finds_what_was_changed(kept: Path, statement: str, words: str) -> None:
    tamper(kept, statement)
    with closing(SqliteStore(kept)) as store:
        found = verify(store)
        assert found
        if "report_entities" not in statement:
            found = verify_record(store)
        assert any(words in line for line in found), found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports SET body = replace(body, 'houses burned', 'houses stood')",  # no span lies there
        'UPDATE statements SET body = replace(body, \'"stance":"denies"\', \'"stance":"asserts"\')',
        "UPDATE statements SET body = replace(body, 'PR+', 'CT+')",
        "UPDATE entities SET body = replace(body, 'Prime Minister', 'Minister')",
        "DELETE FROM mentions WHERE n = 1",
    ],
)
def test_check_finds_what_no_span_shows(kept: Path, statement: str) -> None:
    tamper(kept, statement)
    with closing(SqliteStore(kept)) as store:
        assert any("page is not what was filed" in line for line in store.check())


def test_check_finds_a_dangling_row(kept: Path) -> None:
    tamper(kept, "UPDATE links SET target = 's-gone'")
    with closing(SqliteStore(kept)) as store:
        assert any("what it refers to in statements is not there" in line for line in store.check())


# -- light and fast


def test_sqlalchemy_is_imported_when_a_store_is_made() -> None:
    ran = python("import sys, onrecord.stores; print('sqlalchemy' in sys.modules, 'sqlite3' in sys.modules)")
    assert ran.stdout.split() == ["False", "False"], ran.stderr


@pytest.mark.parametrize(
    "query",
    [
        Query(report="r-1"),
        Query(who="Lindqvist", limit=20),
        Query(about="Vesna", limit=20),
        Query(text="soldiers border"),
        Query(stance="denies"),
        Query(limit=20),
    ],
)
def test_lists_use_indexes(kept: Path, query: Query) -> None:
    from onrecord.stores.queries import statements_that_fit

    with closing(SqliteStore(kept)) as store, store._reading() as connection:
        sql = statements_that_fit(query, connection).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert not {"SCAN statements", "SCAN reports"} & set(plan), plan
    assert query.limit is None or query.who or query.about or "USE TEMP B-TREE FOR ORDER BY" not in plan, plan


def python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a script in a process of its own."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": paths},
        check=False,
    )


def test_a_copy_of_the_file_is_the_record(kept: Path, tmp_path: Path) -> None:
    shutil.copy(kept, tmp_path / "other.db")
    with closing(SqliteStore(kept)) as store, closing(SqliteStore(tmp_path / "other.db")) as other:
        assert exported(store) == exported(other)


def readers(store: SqliteStore) -> Iterator[object]:
    """Lists that are begun and not read to their end."""
    for _ in range(30):
        found = store.statements()
        yield next(found)


def test_lists_left_half_read_hold_nothing_up(kept: Path) -> None:
    with closing(SqliteStore(kept)) as store:
        assert len(list(readers(store))) == 30
        assert store.add(page_of("One more.\n", uri="made:more"))
