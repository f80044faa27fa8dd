"""Later versions of an edited article."""

from __future__ import annotations

from onrecord.link.versions import find_versions
from tests.build import dated, doc

TEXT = doc("The gate held.")


def test_each_version_follows_the_one_just_before_it() -> None:
    first, second, third = (
        dated(TEXT, day, "https://paper.example/gate") for day in ("2025-03-01", "2025-03-02", "2025-03-03")
    )
    assert set(find_versions([third, first, second])) == {(second.id, first.id), (third.id, second.id)}


def test_files_of_one_name_are_no_versions_of_each_other() -> None:
    assert find_versions([dated(TEXT, "2025-03-01", "file:a.txt"), dated(TEXT, "2025-03-02", "file:a.txt")]) == ()


def test_other_addresses_are_other_articles() -> None:
    assert find_versions([dated(TEXT, "2025-03-01", "made:a"), dated(TEXT, "2025-03-02", "made:b")]) == ()
