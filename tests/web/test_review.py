"""Judging by pages: every decision is a form that leads on, what is refused says why and keeps what was typed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.review.verdicts import Reviewer
from onrecord.stores import open_store
from onrecord.web.app import create_app
from onrecord.web.settings import Role, Settings, Token
from tests.web.conftest import HERE

IDA = {"author": "Ida Berg"}
Json = dict[str, Any]


def asked(desk: TestClient, search: str = "") -> Json:
    """What the queue asks next."""
    found: Json = desk.get(f"/review.json{search}").json()["next"]
    return found


def judge(desk: TestClient, identity: str, verdict: str, **given: str) -> Any:
    return desk.post(f"/review/statements/{identity}", data={"verdict": verdict, **given})


def fields_of(text: str) -> Json:
    """The fields of the form that puts a statement right, as a browser would send them."""
    form = html.document_fromstring(text).xpath("//form[@class[contains(., 'fix')]]")[0]
    return {name: value for name, value in form.form_values() if name}


def fault_of(text: str) -> str:
    return " ".join(html.document_fromstring(text).xpath("//*[@role='alert']")[0].text_content().split())


# -- the queue


def test_the_most_urgent_comes_first_and_a_verdict_leads_to_the_next(desk: TestClient) -> None:
    first = asked(desk)
    before = desk.get("/review.json").json()
    answer = judge(desk, first["statement"]["id"], "confirm", seen=first["seen"], next="/review", **IDA)
    assert answer.status_code == 200
    assert "Confirmed" in answer.text
    after = desk.get("/review.json").json()
    assert after["next"]["statement"]["id"] != first["statement"]["id"]
    assert (after["judged"], after["left"]) == (before["judged"] + 1, before["left"] - 1)


def test_what_is_skipped_comes_again_when_one_starts_over(desk: TestClient) -> None:
    first = asked(desk)["statement"]["id"]
    page = desk.get(f"/review.json?after={first}").json()
    assert page["next"]["statement"]["id"] != first
    assert page["passed"] == 1
    second = page["next"]["statement"]["id"]
    judge(desk, second, "reject", next=f"/review?after={first}", **IDA)
    later = desk.get(f"/review.json?after={first}").json()
    assert later["next"]["statement"]["id"] not in (first, second)
    assert asked(desk)["statement"]["id"] == first


def test_the_end_of_the_queue_says_what_was_passed_over(desk: TestClient) -> None:
    seen = ""
    for _ in range(200):
        page = desk.get(f"/review.json?kind=figure&after={seen}").json()
        if page["next"] is None:
            break
        seen = page["next"]["statement"]["id"]
    assert page["passed"] > 5
    assert "passed over" in desk.get(f"/review?kind=figure&after={seen}").text


def test_filters_narrow_the_queue_and_are_told_in_words(desk: TestClient) -> None:
    page = desk.get("/review.json?kind=figure&stance=asserts").json()
    assert {facet["words"] for facet in page["facets"]} == {"that assert", "with a figure"}
    assert page["next"]["statement"]["figures"]
    assert page["left"] < desk.get("/review.json").json()["left"]
    report = desk.get("/reports.json").json()["rows"][0]["id"]
    assert asked(desk, f"?report={report}")["statement"]["report"] == report
    assert [facet["without"] for facet in page["facets"]] == ["?kind=figure", "?stance=asserts"]


def test_a_statement_says_why_it_is_asked_and_what_it_is_linked_with(desk: TestClient) -> None:
    one = asked(desk, "?kind=linked")
    assert any("% sure" in line for line in one["why"])
    assert any("on it" in line for line in one["why"])
    assert one["ties"]
    assert all(tie["reasons"] for tie in one["ties"])
    labels = {label for passage in one["passages"] for _, label in passage["pieces"]}
    assert "content" in labels


def test_a_name_is_asked_once_and_an_empty_one_is_refused_in_words(desk: TestClient) -> None:
    identity = asked(desk)["statement"]["id"]
    for name in ("", "   "):
        answer = judge(desk, identity, "confirm", author=name, note="the tape says so")
        assert answer.status_code == 422
        assert "who judges?" in fault_of(answer.text)
        assert "the tape says so" in answer.text
    assert judge(desk, identity, "confirm", author="Åsa Lindqvist-Ödegård").status_code == 200
    assert 'name="author" value="" required' not in desk.get("/review").text
    assert judge(desk, asked(desk)["statement"]["id"], "reject").status_code == 200
    authors = {row["author"] for row in desk.get("/review/log.json").json()["rows"]}
    assert authors == {"Åsa Lindqvist-Ödegård"}
    desk.post("/review/author", data={"author": "Bo"})
    judge(desk, asked(desk)["statement"]["id"], "reject")
    assert desk.get("/review/log.json").json()["rows"][0]["author"] == "Bo"


@pytest.mark.parametrize("name", ["x" * 201, "nul\x00l", "tab\tbed", "\u200b"])
def test_a_name_that_cannot_stand_in_the_log_is_refused(desk: TestClient, name: str) -> None:
    answer = judge(desk, asked(desk)["statement"]["id"], "confirm", author=name)
    assert answer.status_code == 422
    assert "name" in fault_of(answer.text) or "who judges" in fault_of(answer.text)


# -- two at once


def test_who_judges_what_was_judged_meanwhile_is_told_so(desk: TestClient, db: Path) -> None:
    one = asked(desk)
    store = open_store(db, create=False)
    Reviewer(store, "Otto Brand").reject(one["statement"]["id"])
    store.close()
    answer = judge(desk, one["statement"]["id"], "confirm", seen=one["seen"], note="surely", **IDA)
    assert answer.status_code == 409
    assert "Otto Brand rejected this meanwhile" in fault_of(answer.text)
    assert "surely" in answer.text
    assert len(desk.get("/review/log.json").json()["rows"]) == 1
    again = fields_seen(answer.text)
    assert judge(desk, one["statement"]["id"], "confirm", seen=again, **IDA).status_code == 200


def fields_seen(text: str) -> str:
    found: str = html.document_fromstring(text).xpath("//form[@id='verdict']//input[@name='seen']/@value")[0]
    return found


def test_a_form_that_is_sent_twice_counts_once(desk: TestClient) -> None:
    one = asked(desk)
    assert judge(desk, one["statement"]["id"], "confirm", seen="", **IDA).status_code == 200
    assert judge(desk, one["statement"]["id"], "confirm", seen="", **IDA).status_code == 409
    assert len(desk.get("/review/log.json").json()["rows"]) == 1


def test_a_verdict_that_was_taken_back_meanwhile_is_told_so(desk: TestClient) -> None:
    one = asked(desk)["statement"]["id"]
    judge(desk, one, "confirm", seen="", **IDA)
    seen = desk.get(f"/review/statements/{one}.json").json()["decision"]["seen"]
    desk.post("/review/undo", data=IDA)
    answer = judge(desk, one, "reject", seen=seen, **IDA)
    assert answer.status_code == 409
    assert "taken back meanwhile" in fault_of(answer.text)


# -- undo and the log


def test_undo_takes_the_newest_back_and_asks_again(desk: TestClient) -> None:
    first = asked(desk)["statement"]["id"]
    judge(desk, first, "reject", **IDA)
    assert desk.get("/review.json").json()["undo"]["words"] == "Rejected"
    answer = desk.post("/review/undo", data={"next": "/review"})
    assert "Took back: rejected" in answer.text
    assert asked(desk)["statement"]["id"] == first
    rows = desk.get("/review/log.json").json()["rows"]
    assert [row["verdict"] for row in rows] == ["undo", "reject"]
    assert not any(row["holds"] for row in rows)
    refused = desk.post("/review/undo", data={"next": "/review"})
    assert refused.status_code == 422
    assert "nothing to undo" in refused.text.lower()


def test_the_log_has_every_verdict_and_says_whether_its_chain_holds(desk: TestClient) -> None:
    for verdict in ("confirm", "reject"):
        judge(desk, asked(desk)["statement"]["id"], verdict, note="seen the tape", **IDA)
    page = desk.get("/review/log.json").json()
    assert [row["number"] for row in page["rows"]] == [2, 1]
    assert page["wrong"] == []
    assert page["rows"][0]["note"] == "seen the tape"
    text = desk.get("/review/log").text
    assert "Every line follows the one before it" in text
    assert page["last"] in text
    assert desk.get("/review/log.csv").text.count("\n") == 3
    assert desk.get("/review/log.json?by=Nobody").json()["rows"] == []


def test_a_log_that_was_tampered_with_shows(desk: TestClient, db: Path) -> None:
    for _ in range(2):
        judge(desk, asked(desk)["statement"]["id"], "confirm", **IDA)
    with sqlite3.connect(db) as connection:
        connection.execute("drop trigger judgements_no_update")
        changed = connection.execute("update judgements set body = replace(body, 'Ida Berg', 'Eva Berg') where n = 1")
        assert changed.rowcount == 1
    text = desk.get("/review/log").text
    assert "The chain is broken" in text
    assert "Every line follows" not in text


def test_what_has_lost_its_words_is_listed_and_not_lost(
    desk: TestClient, db: Path, sample: Path, tmp_path: Path
) -> None:
    judge(desk, asked(desk)["statement"]["id"], "confirm", **IDA)
    other = tmp_path / "other.db"
    store, empty = open_store(db, create=False), open_store(other)
    empty.put_log(store.judgements())
    store.close()
    empty.close()
    with TestClient(create_app(Settings(db=str(other))), base_url=HERE) as client:
        rows = client.get("/review/orphans.json").json()["rows"]
        assert [row["why"] for row in rows] == ["its report is not on the record"]
        assert rows[0]["words"] in client.get("/review/orphans").text
        assert "1 verdict" in client.get("/review/log").text


def test_precision_counts_as_reviewers_found(desk: TestClient) -> None:
    assert "Nothing has been judged" in desk.get("/review/precision").text
    for author, verdict in (("Ida", "confirm"), ("Ida", "confirm"), ("Otto", "reject")):
        judge(desk, asked(desk)["statement"]["id"], verdict, author=author)
    everybody = desk.get("/review/precision.json").json()["rows"][0]
    assert (everybody["judged"], everybody["right"], everybody["rejected"]) == (3, 2, 1)
    assert everybody["low"] < everybody["precision"] < everybody["high"]
    mine = desk.get("/review/precision.json?by=Otto").json()["rows"][0]
    assert (mine["judged"], mine["right"]) == (1, 0)
    tree = html.document_fromstring(desk.get("/review/precision").text)
    assert tree.xpath("//svg[@role='img'][@aria-label]")


# -- putting right


def correct(desk: TestClient, identity: str, **changed: str | None) -> Any:
    """Sends the form as it is, with some fields typed anew; None leaves a field out."""
    fields = fields_of(desk.get(f"/review/statements/{identity}/correct").text)
    fields = {name: value for name, value in (fields | IDA | changed).items() if value is not None}
    return desk.post(f"/review/statements/{identity}/correct", data=fields)


def read(desk: TestClient, identity: str) -> Json:
    found: Json = desk.get(f"/statements/{identity}.json").json()
    return found


@pytest.fixture
def one(room: TestClient) -> Json:
    """A statement with a source, a cue and a figure."""
    rows = room.get("/statements.json").json()["rows"]
    found: Json = next(row for row in rows if row["source"] and row["cue"] and row["figures"] and row["entity"])
    return found


def test_a_form_that_changes_nothing_is_refused(desk: TestClient, one: Json) -> None:
    answer = correct(desk, one["id"])
    assert answer.status_code == 422
    assert "nothing is put right" in fault_of(answer.text)


def test_words_that_are_typed_are_found_in_the_report(desk: TestClient, one: Json) -> None:
    shorter = " ".join(one["content"].split()[:3])
    assert correct(desk, one["id"], content=shorter).status_code == 200
    now = read(desk, one["id"])
    assert now["statement"]["content"] == shorter
    assert now["statement"]["review"] == "corrected"
    assert ["content", " ".join(one["content"].split())] in now["found"]
    page = desk.get(f"/statements/{one['id']}").text
    assert "corrected by Ida Berg" in page


def test_pieces_that_stand_apart_are_written_with_a_gap(desk: TestClient, one: Json) -> None:
    words = one["content"].split()
    assert correct(desk, one["id"], content=f"{words[0]} … {words[-1]}").status_code == 200
    assert len(read(desk, one["id"])["statement"]["spans"]) == 2


def test_places_count_where_the_words_are_theirs(desk: TestClient, one: Json) -> None:
    start = one["spans"][0][0]
    words = one["content"][:5]
    assert correct(desk, one["id"], content=words, content_at=f"{start}:{start + 5}").status_code == 200
    assert read(desk, one["id"])["statement"]["spans"] == [[start, start + 5]]


@pytest.mark.parametrize("places", ["0:99999999", "5:2", "-1:4", "1:2,1:2", "x", "9" * 50, "1:2" + ",3:4" * 500])
def test_a_place_outside_the_report_is_no_place(desk: TestClient, one: Json, places: str) -> None:
    answer = correct(desk, one["id"], content="words that stand nowhere", content_at=places)
    assert answer.status_code == 422
    assert "does not stand in report" in fault_of(answer.text)
    assert "words that stand nowhere" in answer.text
    assert desk.get("/review/log.json").json()["rows"] == []


def test_speaker_stance_and_figure_are_put_right(desk: TestClient, one: Json) -> None:
    other = next(row for row in desk.get("/speakers.json").json()["rows"] if row["id"] and row["id"] != one["entity"])
    figure = one["figures"][0]
    answer = correct(
        desk, one["id"], speaker=other["name"], stance="warns", **{f"low_{figure}": "1,200", f"high_{figure}": ""}
    )
    assert answer.status_code == 200, fault_of(answer.text)
    now = read(desk, one["id"])["statement"]
    assert (now["who"], now["stance"]) == (other["name"], "warns")
    changed = next(row for row in desk.get("/figures.json").json()["rows"] if row["id"] == figure)
    assert (float(changed["low"]), changed["high"]) == (1200, None)


def test_nobody_and_somebody_new(desk: TestClient, one: Json) -> None:
    assert correct(desk, one["id"], nobody="1").status_code == 200
    assert read(desk, one["id"])["statement"]["entity"] is None
    assert correct(desk, one["id"], speaker="Nils Aasen", new_speaker="1").status_code == 200
    assert read(desk, one["id"])["statement"]["who"] == "Nils Aasen"


def test_no_source_and_no_cue(desk: TestClient, one: Json) -> None:
    assert correct(desk, one["id"], no_source="1", no_cue="1").status_code == 200
    now = read(desk, one["id"])["statement"]
    assert (now["source"], now["cue"]) == (None, None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"speaker": "Nobody Known"}, "nobody on the record is called"),
        ({"speaker": ""}, "the speaker is empty"),
        ({"speaker": "", "new_speaker": "1"}, "somebody new needs a name"),
        ({"speaker": "Somebody Else", "nobody": "1"}, "say one of them"),
        ({"speaker": "···", "new_speaker": "1"}, "is no name"),
        ({"stance": "shouts"}, "is no stance"),
        ({"content": ""}, "the content is empty"),
        ({"source": " "}, "the source is empty"),
        ({"content": "not in there"}, "does not stand in report"),
        ({"note": "x" * 4001}, "the note has"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_keeps_what_was_typed(
    desk: TestClient, one: Json, changed: dict[str, str], words: str
) -> None:
    answer = correct(desk, one["id"], **changed)
    assert answer.status_code == 422
    assert words in fault_of(answer.text)
    typed = fields_of(answer.text)
    assert {name: typed.get(name, "").strip() for name in changed if name != "stance"} == {
        name: value.strip() for name, value in changed.items() if name != "stance"
    }
    assert desk.get("/review/log.json").json()["rows"] == []


@pytest.mark.parametrize("number", ["many", "NaN", "1e99", "Infinity", "4..5", "9" * 80])
def test_a_figure_that_is_none_is_refused(desk: TestClient, one: Json, number: str) -> None:
    answer = correct(desk, one["id"], **{f"low_{one['figures'][0]}": number})
    assert answer.status_code == 422
    assert "is no number" in fault_of(answer.text)
    assert number in answer.text


def test_a_range_that_runs_backwards_is_refused(desk: TestClient, one: Json) -> None:
    figure = one["figures"][0]
    answer = correct(desk, one["id"], **{f"low_{figure}": "50", f"high_{figure}": "40"})
    assert "is no range" in fault_of(answer.text)


def test_a_name_of_several_is_chosen_from(desk: TestClient, one: Json) -> None:
    others = [row for row in desk.get("/statements.json").json()["rows"] if row["entity"] not in (None, one["entity"])]
    split, third = others[0], next(row for row in others if row["entity"] != others[0]["entity"])
    desk.post("/review/split", data={"entity": split["entity"], "statement": split["id"], "name": one["who"], **IDA})
    answer = correct(desk, third["id"], speaker=one["who"])
    assert answer.status_code == 422
    assert "choose who is meant" in fault_of(answer.text)
    choices = html.document_fromstring(answer.text).xpath("//input[@name='speaker_id']/@value")
    assert len(choices) == 2
    fields = fields_of(answer.text) | IDA | {"speaker_id": one["entity"]}
    assert desk.post(f"/review/statements/{third['id']}/correct", data=fields).status_code == 200
    assert read(desk, third["id"])["statement"]["entity"] == one["entity"]


def test_who_corrects_what_was_judged_meanwhile_is_told_so_and_keeps_what_was_typed(
    desk: TestClient, one: Json
) -> None:
    fields = fields_of(desk.get(f"/review/statements/{one['id']}/correct").text) | IDA | {"stance": "warns"}
    judge(desk, one["id"], "confirm", author="Otto")
    answer = desk.post(f"/review/statements/{one['id']}/correct", data=fields)
    assert answer.status_code == 409
    assert "Otto confirmed this meanwhile" in fault_of(answer.text)
    assert fields_of(answer.text)["stance"] == "warns"
    assert desk.post(f"/review/statements/{one['id']}/correct", data=fields_of(answer.text) | IDA).status_code == 200


# -- links and entities


def test_a_link_that_does_not_hold_is_gone_from_the_statement(desk: TestClient) -> None:
    one = asked(desk, "?kind=linked")
    identity, tie = one["statement"]["id"], one["ties"][0]
    answer = desk.post(
        f"/review/links/{tie['id']}", data={"verdict": "reject", "next": f"/statements/{identity}", **IDA}
    )
    assert answer.status_code == 200
    assert tie["id"] not in [other["id"] for other in read(desk, identity)["ties"]]
    again = desk.get(f"/review/statements/{identity}.json").json()["decision"]["ties"]
    assert next(other["review"] for other in again if other["id"] == tie["id"]) == "rejected"


def two_speakers(desk: TestClient) -> tuple[Json, Json]:
    rows = [row for row in desk.get("/speakers.json").json()["rows"] if row["id"]]
    return rows[0], rows[1]


def test_two_become_one_after_a_look_at_both(desk: TestClient) -> None:
    first, second = two_speakers(desk)
    page = desk.get(f"/review/merge?kept={first['id']}&other={second['name']}")
    assert "Becomes one with it" in page.text
    answer = desk.post(
        "/review/merge",
        data={"kept": first["id"], "other": second["id"], "next": f"/speakers/{first['id']}", **IDA},
    )
    assert answer.url.path == f"/speakers/{first['id']}"
    now = desk.get("/speakers.json").json()["rows"]
    assert second["id"] not in [row["id"] for row in now]
    assert next(row["statements"] for row in now if row["id"] == first["id"]) == (
        first["statements"] + second["statements"]
    )
    again = desk.post("/review/merge", data={"kept": first["id"], "other": second["id"]})
    assert again.status_code == 422
    assert "are one already" in again.text


def test_one_becomes_two(desk: TestClient) -> None:
    first, _ = two_speakers(desk)
    rows = desk.get(f"/review/split.json?entity={first['id']}").json()["rows"]
    both = desk.get(f"/review/split?entity={first['id']}&statement={rows[0]['id']}&statement={rows[1]['id']}")
    assert "2 statements will be by somebody else" in " ".join(both.text.split())
    chosen = rows[0]["id"]
    confirm = desk.get(f"/review/split?entity={first['id']}&statement={chosen}&name=Another")
    assert "1 statement will be by somebody else" in " ".join(confirm.text.split())
    answer = desk.post("/review/split", data={"entity": first["id"], "statement": chosen, "name": "Another", **IDA})
    assert answer.status_code == 200
    assert "Another" in answer.text
    assert read(desk, chosen)["statement"]["who"] == "Another"


def test_what_is_not_theirs_cannot_be_split_off(desk: TestClient) -> None:
    first, second = two_speakers(desk)
    theirs = desk.get(f"/review/split.json?entity={second['id']}").json()["rows"][0]["id"]
    for answer in (
        desk.get(f"/review/split?entity={first['id']}&statement={theirs}"),
        desk.post("/review/split", data={"entity": first["id"], "statement": theirs, **IDA}),
    ):
        assert answer.status_code == 422
        assert "is not by" in answer.text


# -- what is asked wrongly, and by whom


@pytest.mark.parametrize(
    "path",
    [
        "/review/statements/s-ffffffffffffffff",
        "/review/statements/e-00",
        "/review/statements/s-ffffffffffffffff/correct",
        "/review/merge?kept=e-ffffffffffffffff",
        "/review/split?entity=e-ffffffffffffffff",
        "/review?story=st-ffffffff",
    ],
)
def test_an_id_that_is_not_there_is_told_so(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/review?kind=nonsense", "/review/merge", "/review?as_of=never", "/review?page=0"])
def test_a_bad_parameter_is_told_in_words(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code == 422


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/review/statements/s-ffffffffffffffff", {"verdict": "confirm", **IDA}, 404),
        ("/review/links/l-ffffffffffffffff", {"verdict": "confirm", **IDA}, 404),
        ("/review/statements/s-ffffffffffffffff/correct", {"stance": "warns", **IDA}, 404),
        ("/review/undo", {"judgement": "j-ffffffffffffffff", **IDA}, 404),
        ("/review/merge", {"kept": "e-ffffffffffffffff", "other": "e-0", **IDA}, 404),
        ("/review/author", {"author": " "}, 422),
    ],
)
def test_a_form_about_what_is_not_there_writes_nothing(
    desk: TestClient, path: str, data: dict[str, str], status: int
) -> None:
    assert desk.post(path, data=data).status_code == status
    assert desk.get("/review/log.json").json()["rows"] == []


@pytest.mark.parametrize("verdict", ["", "approve", "undo"])
def test_a_verdict_is_confirm_or_reject(desk: TestClient, verdict: str) -> None:
    answer = judge(desk, asked(desk)["statement"]["id"], verdict, **IDA)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "place", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x", "/a b"]
)
def test_a_form_never_leads_elsewhere(desk: TestClient, place: str) -> None:
    answer = desk.post(
        f"/review/statements/{asked(desk)['statement']['id']}",
        data={"verdict": "confirm", "next": place, **IDA},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/review?done=")


def test_a_form_of_another_site_judges_nothing(desk: TestClient) -> None:
    answer = desk.post(
        f"/review/statements/{asked(desk)['statement']['id']}",
        data={"verdict": "confirm", **IDA},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403
    assert desk.get("/review/log.json").json()["rows"] == []


WRITING = (
    "/review/statements/s-0",
    "/review/statements/s-0/correct",
    "/review/links/l-0",
    "/review/undo",
    "/review/author",
    "/review/merge",
    "/review/split",
    "/api/v1/review/verdicts",
    "/api/v1/review/corrections",
    "/api/v1/review/merges",
    "/api/v1/review/splits",
    "/api/v1/review/undo",
)


def test_nobody_judges_where_it_is_read_only(sample: Path) -> None:
    with TestClient(create_app(Settings(db=str(sample), read_only=True)), base_url=HERE) as client:
        assert [client.post(path, data=IDA).status_code for path in WRITING] == [403] * len(WRITING)
        assert client.get("/review").status_code == 403
        assert client.get("/review/log").status_code == 200
        statement = client.get("/statements.json").json()["rows"][0]
        for path in (f"/statements/{statement['id']}", f"/reports/{statement['report']}"):
            assert "/review/statements/" not in client.get(path).text


def test_a_reader_judges_nothing(sample: Path) -> None:
    settings = Settings(db=str(sample), host="0.0.0.0", tokens=(Token(Role.READER, "r" * 20),))
    with TestClient(create_app(settings), base_url="http://newsroom.example") as client:
        client.headers["Authorization"] = "Bearer " + "r" * 20
        assert [client.post(path, data=IDA).status_code for path in WRITING] == [403] * len(WRITING)
        assert client.get("/review").status_code == 403
        assert client.get("/review/precision").status_code == 200


def test_the_report_shows_who_judged_and_leads_to_review(desk: TestClient, one: Json) -> None:
    judge(desk, one["id"], "confirm", **IDA)
    text = desk.get(f"/reports/{one['report']}?s={one['id']}").text
    assert f"/review/statements/{one['id']}" in text
    assert "confirmed by Ida Berg" in text
