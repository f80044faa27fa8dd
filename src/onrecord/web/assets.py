"""The files that pages load: under a path that holds the digest of all of them, compressed once, kept for good."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import UnknownId
from onrecord.resources import read_text

FOREVER = "public, max-age=31536000, immutable"
WORTH = 512  # bytes from which compressing pays
DIGITS = 12  # of the digest, in a path
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "woff2": "font/woff2",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    media_type: str
    data: bytes
    packed: bytes | None  # with gzip; None where that gains nothing


@cache
def assets() -> dict[str, Asset]:
    """All files by their path below static/."""
    found = dict(_walk(files("onrecord.web") / "static", ""))
    found["chart.css"] = read_text("charts/chart.css").encode("utf-8")
    return {path: _load(path, data) for path, data in sorted(found.items())}


@cache
def digest() -> str:
    """Of all files: modules import each other by relative paths, so that they move together."""
    whole = sha256()
    for path, asset in assets().items():
        whole.update(path.encode() + b"\0" + sha256(asset.data).digest())
    return whole.hexdigest()[:DIGITS]


def asset_path(path: str) -> str:
    """Where a page finds a file: /static/0123456789ab/site.css; KeyError for one that is not there."""
    if path not in assets():
        raise KeyError(path)
    return f"/static/{digest()}/{path}"


def serve_asset(request: Request) -> Response:
    """The file; UnknownId where there is none. One of an older digest is today's, and not kept."""
    path = request.path_params["path"]
    asset = assets().get(path)
    if asset is None:
        raise UnknownId(f"there is no file {path[:80]!r}")
    is_current = request.path_params["digest"] == digest()
    headers = {"Cache-Control": FOREVER if is_current else "no-cache", "Vary": "Accept-Encoding"}
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(asset.data, media_type=asset.media_type, headers=headers)


def _walk(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for child in folder.iterdir():
        if child.is_dir():
            found += _walk(child, f"{path}{child.name}/")
        elif child.name.rpartition(".")[2] in TYPES:
            found.append((path + child.name, child.read_bytes()))
    return found


def _load(path: str, data: bytes) -> Asset:
    packed = gzip.compress(data, mtime=0) if len(data) >= WORTH else data
    return Asset(TYPES[path.rpartition(".")[2]], data, packed if len(packed) < len(data) else None)
