"""Drawings as files: SVG or PNG, by the end of the name."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import StoreError, UsageError

ENDINGS = (".svg", ".png")


def check_path(path: Path) -> None:
    """UsageError unless a drawing can be written under this name; asked before anything is drawn."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path}: a chart is written to a file that ends in {' or '.join(ENDINGS)}")


def write_drawing(svg: str, path: Path) -> None:
    """Writes a drawing that stands alone; all of it or nothing. StoreError where the disk does not take it."""
    check_path(path)
    data = svg.encode()
    if path.suffix.lower() == ".png":
        from onrecord.export.charts.png import as_png

        data = as_png(svg)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; nothing was written") from error
    finally:
        _drop(part)


def _drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the folder is a file, or not ours: there is no part either
        return
