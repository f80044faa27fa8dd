"""`--chart`: a drawing in place of a list."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tests.cli.conftest import Run


def test_figures_are_drawn_in_place_of_the_list(run: Run, db: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.svg"
    done = run("figures", "--db", db, "--chart", str(path))
    assert (done.code, done.out) == (0, "")
    assert f"wrote {path}: " in done.err
    assert "40" in " ".join(etree.fromstring(path.read_bytes()).itertext())


def test_a_second_drawing_is_the_same_to_the_byte(run: Run, db: str, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        run("timeline", "--db", db, "--chart", str(tmp_path / name))
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_nothing_that_fits_is_said_and_drawn(run: Run, db: str, tmp_path: Path) -> None:
    done = run("figures", "--db", db, "--who", "Nobody Known", "--chart", str(tmp_path / "a.svg"))
    assert done.code == 0
    assert "nothing on the record fits" in done.err
    assert "No figures" in (tmp_path / "a.svg").read_text("utf-8")


def test_an_unknown_ending_is_a_usage_error(run: Run, db: str, tmp_path: Path) -> None:
    for command in ("figures", "timeline"):
        done = run(command, "--db", db, "--chart", str(tmp_path / "a.jpeg"))
        assert done.code == 2
        assert ".svg or .png" in done.err


def test_a_folder_that_is_not_there_is_a_disk_error(run: Run, db: str, tmp_path: Path) -> None:
    done = run("figures", "--db", db, "--chart", str(tmp_path / "none" / "a.svg"))
    assert done.code == 74
    assert "nothing was written" in done.err
