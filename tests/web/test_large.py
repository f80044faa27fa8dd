"""A story that is too large for one look is told so, and how it becomes small enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.model import Story, make_id
from onrecord.stores.memory import MemoryStore
from onrecord.web.app import create_app
from onrecord.web.pages import AT_HAND
from onrecord.web.settings import Settings
from tests.export.hand import Said, add_report
from tests.web.conftest import HERE


@pytest.fixture(scope="module")
def large() -> Iterator[TestClient]:
    """A story of one report more than is looked through at once."""
    store = MemoryStore()
    for k in range(AT_HAND + 1):
        words = f"pier {k} would open"
        add_report(
            store,
            f"Tom Hale said {words}.",
            Said("Tom Hale", "said", words),
            published=f"2025-{k // 28 + 1:02}-{k % 28 + 1:02}",
        )
    ids = tuple(sorted(report.id for report in store.reports()))
    store.put_stories([Story(make_id("st", ids[0]), "The piers", ids, "2025-01-01", "2025-03-05")])
    with TestClient(create_app(Settings(db="none"), store), base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("path", ["/brief", "/open"])
def test_a_large_story_is_to_be_narrowed(large: TestClient, path: str) -> None:
    story = large.get("/stories.json").json()["rows"][0]["id"]
    every = large.get(path)
    assert f"{path}?story={story}" in every.text
    one = large.get(f"{path}?story={story}")
    assert one.status_code == 200
    assert "Narrow it" in one.text
    form = html.document_fromstring(one.text).xpath("//main//form[@method='get']")[0]
    assert story in form.xpath(".//input[@type='hidden']/@value")
    few = large.get(f"{path}?story={story}&since=2025-01-01&until=2025-01-20")
    assert few.status_code == 200
    assert "Narrow it" not in few.text
