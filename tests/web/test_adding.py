"""Adding in the reading room: what is given is read in the background, and each refusal is told in words."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from onrecord.flow import Progress
from onrecord.model import Failure, Reading
from onrecord.stores import open_store
from onrecord.web import jobs
from onrecord.web.app import create_app
from onrecord.web.forms import MOST_FILES
from onrecord.web.settings import Role, Settings, Token
from tests.read.net.site import Site, item, page, rss, serving
from tests.web.conftest import HERE
from tests.web.test_every_page import check_page

ENDED = ("done", "stopped", "failed", "lost")
TEXT = "Dam at Oster holds after storm\n\nAbout 40 families left their homes, Mayor Ida Falk said on Monday.\n"
LATER = "Oster dam: families return\n\nAbout 55 families left their homes, Mayor Ida Falk said on Wednesday.\n"
Make = Callable[..., TestClient]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record, to be copied."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    open_store(path).close()
    return path


def application(db: Path, **settings: Any) -> FastAPI:
    return create_app(Settings(db=str(db), **{"engine": "fast", **settings}))


def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=HERE, follow_redirects=False)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """One application, entered anew by each test: making its routes takes long."""
    return application(tmp_path_factory.mktemp("room") / "room.db")


@pytest.fixture(scope="module")
def still(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A room for what adds nothing."""
    db = tmp_path_factory.mktemp("still") / "still.db"
    shutil.copyfile(blank, db)
    with client(application(db)) as room:
        yield room


@pytest.fixture
def room(app: FastAPI, blank: Path) -> Iterator[TestClient]:
    """A room over an empty record, read by rules."""
    db = Path(app.state.settings.db)
    for old in db.parent.glob(db.name + "*"):
        old.unlink()
    shutil.copyfile(blank, db)
    with client(app) as entered:
        yield entered


@pytest.fixture
def make(blank: Path, tmp_path: Path) -> Iterator[Make]:
    """Makes a room with settings of its own over an empty record."""
    with ExitStack() as rooms:

        def made(**settings: Any) -> TestClient:
            db = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
            shutil.copyfile(blank, db)
            return rooms.enter_context(client(application(db, **settings)))

        yield made


def paste(room: TestClient, text: str, **facts: str) -> dict[str, Any]:
    """The job of a pasted text, once it has ended."""
    return ended(room, room.post("/add", data={"way": "paste", "text": text, **facts}))


def send(room: TestClient, *files: tuple[str, bytes], **facts: str) -> dict[str, Any]:
    given = [("files", (name, data)) for name, data in files]
    return ended(room, room.post("/add", data={"way": "files", **facts}, files=given))


def ended(room: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 303, answer.text
    until = time.monotonic() + 60
    while time.monotonic() < until:
        told: dict[str, Any] = room.get(answer.headers["location"] + ".json").json()
        if told["state"] in ENDED:
            check_page(room.get(answer.headers["location"]).text)
            return told
        time.sleep(0.02)
    raise AssertionError(told)


def test_a_pasted_text_is_read_with_what_is_said_of_it(room: TestClient) -> None:
    told = paste(
        room, TEXT, published="2025-03-03", outlet="City  Herald", title="The dam", uri="https://herald.example/dam"
    )
    assert (told["state"], told["words"]) == ("done", "Added 1 report.")
    [row] = told["added"]
    assert (row["title"], row["outlet"], row["published"]) == ("The dam", "City Herald", "2025-03-03")
    assert row["news"]["counts"]["claim"] == 1
    assert row["news"]["rows"][0]["content"].startswith("About 40 families")
    [report] = room.get("/reports.json").json()["rows"]
    assert (report["id"], report["uri"]) == (row["report"], "https://herald.example/dam")


def test_the_text_is_the_same_as_from_a_file_whatever_ends_its_lines(room: TestClient) -> None:
    first = paste(room, TEXT.replace("\n", "\r\n"))
    assert paste(room, TEXT)["known"][0]["report"] == first["added"][0]["report"]


def test_a_second_time_adds_nothing_and_says_so(room: TestClient) -> None:
    files = (("a.txt", TEXT.encode()), ("b.txt", LATER.encode()))
    assert send(room, *files)["counts"] == {"added": 2, "known": 0, "refused": 0}
    again = send(room, *files)
    assert again["words"] == "Nothing was added: all 2 are on the record already."
    assert [row["title"] for row in again["known"]] == [TEXT.partition("\n")[0], LATER.partition("\n")[0]]
    assert paste(room, TEXT)["counts"]["added"] == 1  # a text is no file of a name
    assert paste(room, TEXT)["words"] == "Nothing was added: it is on the record already."


def test_what_each_adds_is_told_against_what_was_before(room: TestClient) -> None:
    told = send(
        room,
        ("batch.jsonl", lines({"text": TEXT, "published": "2025-03-03"}, {"text": LATER, "published": "2025-03-05"})),
    )
    first, later = told["added"]
    assert (first["news"]["counts"]["speaker"], later["news"]["counts"]["speaker"]) == (1, 0)
    assert later["news"]["counts"]["changed"] == 1
    moved = next(row for row in later["news"]["rows"] if row["what"] == "changed")
    assert "40" in moved["before"]["content"]


def test_without_a_date_nobody_can_say_what_it_adds(room: TestClient) -> None:
    assert "no date" in paste(room, TEXT)["added"][0]["news"]["why_not"]


def lines(*rows: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, rows)).encode()


def test_one_broken_file_of_ten_costs_only_itself(room: TestClient) -> None:
    files = [(f"{n}.txt", f"Note {n}\n\nThe pump was dry, Ida Falk said on day {n}.".encode()) for n in range(9)]
    told = send(room, *files[:4], ("scan.txt", b"%PDF-1.4 \x00\x01"), *files[4:])
    assert told["counts"] == {"added": 9, "known": 0, "refused": 1}
    [row] = told["refused"]
    assert (row["name"], row["reason"]) == ("scan.txt", "not-text")
    assert "a PDF" in row["detail"]
    shown = room.get(f"/add/{told['job']}").text
    assert "scan.txt" in shown
    assert "This is a PDF; save the article as text or HTML." in shown


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("latin.txt", "Stra\u00dfe, sagte er".encode("latin-1"), "bad-encoding"),
        ("zero.txt", b"a\x00b", "not-text"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "not-text"),
        ("signs.txt", b"... --- ...", "no-words"),
        ("deep.html", b"<html><body>" + b"<div>" * 400 + b"<p>Hello there, he said.", "too-deep"),
        ("large.txt", b"a " * 5_000_001, "too-large"),
        ("a.jsonl", b'{"text": 1}', "bad-line"),
    ],
)
def test_bad_input_is_refused_with_its_reason(still: TestClient, name: str, data: bytes, reason: str) -> None:
    told = send(still, (name, data))
    assert [row["reason"] for row in told["refused"]] == [reason]
    assert told["refused"][0]["means"]
    assert told["words"] == "1 refused."


def test_an_exported_record_points_to_import(room: TestClient) -> None:
    paste(room, TEXT)
    record = b'{"type":"report","id":"r-1","sha256":"0","text":"x"}\n{"type":"statement","id":"s-1","report":"r-1"}\n'
    told = send(room, ("record.jsonl", record))
    [row] = told["refused"]
    assert (row["name"], row["reason"]) == ("record.jsonl", "exported-record")
    assert "`onrecord import FILE`" in row["detail"]
    assert "<code>onrecord import FILE</code>" in room.get("/add/" + told["job"]).text


def test_a_name_of_a_file_is_a_name_and_no_path_and_no_markup(room: TestClient) -> None:
    told = send(room, ("../../etc/<b>x\u202e.txt", TEXT.encode()), ("C:\\texts\\y.txt", LATER.encode()))
    uris = {row["uri"] for row in room.get("/reports.json").json()["rows"]}
    assert uris == {"file:%3Cb%3Ex%20.txt", "file:y.txt"} or uris == {"file:%3Cb%3Ex.txt", "file:y.txt"}
    assert "<b>x" not in room.get(f"/add/{told['job']}").text


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"text": ""}, "text", "nothing to read yet"),
        ({"text": " \r\n "}, "text", "nothing to read yet"),
        ({"text": "x", "published": "last Tuesday"}, "published", "no date that can be read"),
        ({"text": "x", "published": "04/03/2025"}, "published", "no date that can be read"),
        ({"text": "x", "outlet": "o" * 201}, "outlet", "201 characters are too many"),
        ({"text": "x", "uri": "u" * 2_001}, "uri", "2,001 characters are too many"),
    ],
)
def test_a_form_that_is_off_is_shown_as_it_was_typed(
    still: TestClient, given: dict[str, str], field: str, words: str
) -> None:
    typed = {"way": "paste", "title": "A “title” <i>", **given}
    answer = still.post("/add", data=typed)
    assert answer.status_code == 422
    check_page(answer.text)
    assert words in answer.text.lower()
    assert 'value="A “title” &lt;i&gt;"' in answer.text
    for value in given.values():
        assert value.strip() in answer.text
    assert f'aria-describedby="fault-{field}"' in answer.text
    assert still.get("/reports.json").json()["rows"] == []


def test_a_text_of_lines_that_begin_empty_is_shown_with_them(still: TestClient) -> None:
    answer = still.post("/add", data={"way": "paste", "text": "\n\nHello", "published": "no"})
    assert "\n\n\nHello</textarea>" in answer.text  # the first is markup, and not shown


def test_files_of_a_form_that_is_off_are_kept(room: TestClient) -> None:
    answer = room.post("/add", data={"way": "files", "published": "no"}, files=[("files", ("a.txt", TEXT.encode()))])
    assert answer.status_code == 422
    check_page(answer.text)
    assert "a.txt" in answer.text
    kept = answer.text.partition('name="kept" value="')[2].partition('"')[0]
    again = room.post("/add", data={"way": "files", "kept": kept, "published": "2025-03-04"})
    assert ended(room, again)["added"][0]["published"] == "2025-03-04"
    spent = room.post("/add", data={"way": "files", "kept": kept, "published": "2025-03-04"})
    assert (spent.status_code, "no file was chosen yet" in spent.text.lower()) == (422, True)


def test_a_form_without_files_says_so(still: TestClient) -> None:
    answer = still.post("/add", data={"way": "files"}, files=[("files", ("", b""))])
    assert answer.status_code == 422
    assert "No file was chosen yet." in answer.text


def test_more_files_than_are_sent_at_once_are_refused_in_words(still: TestClient) -> None:
    given = [("files", (f"{n}.txt", b"x")) for n in range(MOST_FILES + 1)]
    answer = still.post("/add", data={"way": "files"}, files=given)
    assert answer.status_code == 422
    assert f"at most {MOST_FILES} files" in answer.text


def test_more_bytes_than_are_sent_at_once_are_refused_in_words(make: Make) -> None:
    room = make(most_bytes=2 * 1024 * 1024)
    answer = room.post("/add", data={"way": "files"}, files=[("files", ("a.txt", b"x" * 3_000_000))])
    assert answer.status_code == 413
    assert "2 MiB is the most" in answer.text


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"way": "fax"}},
        {
            "data": {"way": "paste", "text": "x" * 100, **{f"f{n}": "" for n in range(50)}},
            "files": [("files", ("", b""))],
        },
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"{}", "headers": {"content-type": "application/json"}},
        {"content": b"\xff\xfe=%ff%fe&way=%00", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"data": {"way": ["paste", "files"], "text": ["a", ""]}},
    ],
)
def test_what_is_no_form_of_ours_is_422(still: TestClient, sent: dict[str, Any]) -> None:
    answer = still.post("/add", **sent)
    assert answer.status_code == 422, answer.text
    check_page(answer.text)


def test_a_job_is_told_as_it_goes(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Event()
    read = jobs.Input.read

    def slowly(one: jobs.Input) -> Iterator[Reading | Failure]:
        if one.name == "b.txt":
            assert gate.wait(30)
        yield from read(one)

    monkeypatch.setattr(jobs.Input, "read", slowly)
    files = [("files", (name, data)) for name, data in (("a.txt", TEXT.encode()), ("b.txt", b""))]
    address = room.post("/add", data={"way": "files"}, files=files).headers["location"]
    waiting = room.post("/add", data={"way": "paste", "text": LATER}).headers["location"]
    until = time.monotonic() + 30
    while (told := room.get(address + ".json").json())["counts"]["added"] < 1 and time.monotonic() < until:
        time.sleep(0.02)
    assert (told["state"], told["words"]) == ("reading", "1 of 2 read; added 1 report so far.")
    shown = room.get(address)
    check_page(shown.text)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown.text
    assert room.get(waiting + ".json").json()["words"] == "Waiting: 1 job before it."
    assert room.get(address, headers={"if-none-match": shown.headers["etag"]}).status_code == 304
    gate.set()
    while (told := room.get(address + ".json").json())["state"] not in ENDED and time.monotonic() < until:
        time.sleep(0.02)
    assert told["words"] == "Added 1 report, 1 refused."
    after = room.get(address, headers={"if-none-match": shown.headers["etag"]})
    assert after.status_code == 200
    assert "http-equiv" not in after.text
    assert room.get("/add.json").json()["jobs"][1]["what"] == "2 files"


def test_a_job_can_be_stopped_after_the_report_that_is_read(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, gate = Event(), Event()
    note = jobs.Job.note

    def noted(job: jobs.Job, progress: Progress) -> None:
        note(job, progress)
        reached.set()
        assert gate.wait(30)

    monkeypatch.setattr(jobs.Job, "note", noted)
    files = [("files", (f"{n}.txt", f"{n} pumps are dry, Ida Falk said.".encode())) for n in range(5)]
    address = room.post("/add", data={"way": "files"}, files=files).headers["location"]
    assert reached.wait(30)
    job = room.app.state.intake.find(address.removeprefix("/add/"))  # type: ignore[attr-defined]
    job.stopping.set()
    gate.set()
    assert room.post(address + "/stop").status_code == 303
    until = time.monotonic() + 30
    while (told := room.get(address + ".json").json())["state"] not in ENDED and time.monotonic() < until:
        time.sleep(0.02)
    assert (told["state"], told["counts"]["added"]) == ("stopped", 1)
    assert told["words"] == "Stopped. Added 1 report. 4 inputs not read to the end."


def test_a_job_that_waits_can_be_stopped(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Event()
    monkeypatch.setattr(jobs.Input, "read", lambda one: iter((gate.wait(30), ())[1]))
    room.post("/add", data={"way": "paste", "text": TEXT})
    second = room.post("/add", data={"way": "paste", "text": LATER}).headers["location"]
    room.post(second + "/stop")
    assert room.get(second + ".json").json()["words"] == "Stopped. Nothing is in. 1 input not read to the end."
    gate.set()


def test_a_server_that_is_started_again_keeps_what_is_in_and_says_what_is_lost(room: TestClient, app: FastAPI) -> None:
    told = paste(room, TEXT)
    room.__exit__()
    second = room.__enter__()
    assert [row["id"] for row in second.get("/reports.json").json()["rows"]] == [told["added"][0]["report"]]
    lost = second.get(f"/add/{told['job']}")
    check_page(lost.text)
    assert "Add the rest again" in lost.text
    assert second.get(f"/add/{told['job']}.json").json()["state"] == "lost"


def test_a_server_that_ends_in_the_middle_of_a_job_leaves_whole_reports(blank: Path, tmp_path: Path) -> None:
    db = tmp_path / "cut.db"
    shutil.copyfile(blank, db)
    batch = lines(*({"id": n, "text": f"{n} pumps are dry, Mayor Ida Falk said on Monday."} for n in range(400)))
    with client(application(db)) as room:
        address = room.post("/add", data={"way": "files"}, files=[("files", ("b.jsonl", batch))]).headers["location"]
        until = time.monotonic() + 30
        while room.get(address + ".json").json()["counts"]["added"] < 3 and time.monotonic() < until:
            time.sleep(0.01)
    store = open_store(db, create=False)
    assert 3 <= store.counts()["report"] < 400
    assert store.check() == ()
    assert not store.unsettled()
    store.close()


def test_an_engine_that_is_not_there_is_told(make: Make) -> None:
    told = paste(make(engine="dreams"), TEXT)
    assert (told["state"], told["counts"]["added"]) == ("failed", 0)
    assert "no engine is called 'dreams'" in told["fault"]


def test_a_fault_of_ours_ends_the_job_and_not_the_next(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "add_readings", lambda *_, **__: 1 / 0)
        told = paste(room, TEXT)
    assert (told["state"], told["words"]) == ("failed", "Broken off. Nothing is in. 1 input not read to the end.")
    assert "log" in told["fault"]
    assert paste(room, TEXT)["state"] == "done"


def test_too_much_that_waits_is_refused_and_the_form_keeps_the_text(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_WAITING", 0)
    answer = make().post("/add", data={"way": "paste", "text": TEXT})
    assert answer.status_code == 422
    assert "jobs wait to be read" in answer.text
    assert TEXT.partition("\n")[0] in answer.text


def test_jobs_that_ended_long_ago_are_forgotten(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_JOBS", 2)
    told = [paste(room, TEXT)["job"] for _ in range(5)]
    assert room.get(f"/add/{told[0]}.json").json()["state"] == "lost"
    assert room.get(f"/add/{told[-1]}.json").json()["state"] == "done"


@pytest.mark.parametrize("job", ["j-1", "x", "j-0123456789abcdeg", "j-" + "0" * 16 + "0", "%00"])
def test_what_is_no_job_is_404(still: TestClient, job: str) -> None:
    assert still.get(f"/add/{job}").status_code == 404
    assert still.post(f"/add/{job}/stop").status_code == 404


def test_long_lists_are_paged(make: Make) -> None:
    room = make(rows=2)
    told = send(room, *((f"{n}.txt", f"{n} pumps are dry, Ida Falk said.".encode()) for n in range(3)))
    assert (len(told["added"]), told["has_more"]) == (2, True)
    last = room.get(f"/add/{told['job']}.json?page=2").json()
    assert (len(last["added"]), last["has_more"]) == (1, False)


TOKENS = tuple(Token(role, role.name.lower() + "-secret-0123456789") for role in Role if role)


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("reviewer", 403), ("admin", 303)])
def test_only_an_admin_adds(make: Make, role: str, status: int) -> None:
    room = make(tokens=TOKENS)
    headers = {"authorization": f"Bearer {role}-secret-0123456789"}
    answer = room.post("/add", data={"way": "paste", "text": TEXT}, headers=headers)
    assert answer.status_code == status
    assert (room.get("/add", headers=headers).status_code == 200) == (role == "admin")
    assert ('href="/add' in room.get("/reports", headers=headers).text) == (role == "admin")


def test_a_room_that_is_read_only_adds_nothing(make: Make) -> None:
    room = make(read_only=True)
    assert room.post("/add", data={"way": "paste", "text": TEXT}).status_code == 403
    assert room.get("/add").status_code == 403
    assert 'href="/add' not in room.get("/reports").text


def test_a_form_from_another_page_adds_nothing(still: TestClient) -> None:
    answer = still.post("/add", data={"way": "paste", "text": TEXT}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert still.get("/reports.json").json()["rows"] == []


# addresses


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def fetch(room: TestClient, *addresses: str, **facts: str) -> dict[str, Any]:
    return ended(room, room.post("/add", data={"way": "address", "addresses": "\r\n".join(addresses), **facts}))


def test_a_page_and_a_feed_are_fetched_and_added(make: Make, site: Site) -> None:
    room = make(allowed=(site.place,))
    story = site.put("/dam", page("Dam holds", TEXT))
    site.put("/later", page("Dam leaks", LATER))
    feed = site.put("/feed", rss(item("/later"), item("/gone")), "application/rss+xml")
    told = fetch(room, story, feed, outlet="Herald")
    assert told["counts"] == {"added": 2, "known": 0, "refused": 1}
    assert [(row["name"], row["reason"]) for row in told["refused"]] == [(f"{site.address}/gone", "not-found")]
    assert {row["outlet"] for row in told["added"]} == {"Herald"}
    assert told["added"][1]["published"] == "2025-03-04T21:30:00-05:00"
    assert fetch(room, story)["words"] == "Nothing was added: it is on the record already."


def test_an_inner_address_is_refused_with_its_reason(room: TestClient, site: Site) -> None:
    told = fetch(room, "http://169.254.169.254/latest/meta-data/", "http://localhost/", site.address)
    assert [row["reason"] for row in told["refused"]] == ["blocked-address"] * 3
    assert site.asked == []


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        ("", "there is no address yet"),
        ("herald.example/dam", "it does not begin with https:// or http://: herald.example/dam"),
        ("file:///etc/passwd", "it does not begin with https://"),
        ("https://herald.example/ http://ida:secret@herald.example/", "a name or a password in it"),
        ("\n".join(f"https://herald.example/{n}" for n in range(21)), "these are 21 addresses; at most 20"),
    ],
)
def test_an_address_that_cannot_be_asked_is_told_before_anything_is(
    still: TestClient, addresses: str, words: str
) -> None:
    answer = still.post("/add", data={"way": "address", "addresses": addresses, "outlet": "Herald"})
    assert answer.status_code == 422
    check_page(answer.text)
    assert words in answer.text.lower()
    assert f">\n{addresses}</textarea>" in answer.text
    assert 'value="Herald"' in answer.text


def test_a_job_that_waits_for_a_site_can_be_stopped(make: Make, site: Site) -> None:
    room = make(allowed=(site.place,))
    site.answers["/a"] = (503, {"Retry-After": "25"}, b"")
    address = room.post("/add", data={"way": "address", "addresses": site.address + "/a"}).headers["location"]
    until = time.monotonic() + 20
    while "/a" not in site.asked and time.monotonic() < until:
        time.sleep(0.01)
    room.post(address + "/stop")
    while (told := room.get(address + ".json").json())["state"] not in ENDED and time.monotonic() < until:
        time.sleep(0.02)
    assert told["state"] == "stopped"


def test_what_takes_too_long_to_compare_is_told_where_somebody_looks(
    room: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_COMPARING", -1.0)
    told = paste(room, TEXT, published="2025-03-03")
    assert (told["state"], told["added"][0]["news"]) == ("done", None)
    assert (
        f'<a href="/reports/{told["added"][0]["report"]}/new">What it adds</a>' in room.get(f"/add/{told['job']}").text
    )
