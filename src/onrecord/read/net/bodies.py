"""The body of an answer, unpacked a piece at a time, so that a small one cannot become a large one unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from onrecord.errors import Refused

PACKINGS = "gzip, deflate"  # what we say that we take
_PIECE = 65_536  # bytes unpacked at once
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


def unpack(pieces: Iterable[bytes], packing: str, most: int, *, cut: bool = False) -> bytes:
    """The body, at most so many bytes, with `cut` its beginning; Refused: `too-large`, `truncated`, `not-text`."""
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        return _taken(pieces, most, cut)
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Refused("not-text", f"it is packed as {packing[:40]!r}, which was not asked for")
    return _taken(_unpacked(pieces), most, cut)


def _taken(pieces: Iterable[bytes], most: int, cut: bool) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            if cut:
                return bytes(body[:most])
            raise Refused("too-large", f"more than {most:,} bytes")
    return bytes(body)


def _unpacked(pieces: Iterable[bytes]) -> Iterable[bytes]:
    unpacker = None
    for piece in pieces:
        if unpacker is None:
            if not piece:
                continue
            # "deflate" stands for zlib, and servers send the bare stream too
            unpacker = zlib.decompressobj(_GZIP_OR_ZLIB if _has_head(piece) else _RAW)
        try:
            left = piece
            while left and not unpacker.eof:
                yield unpacker.decompress(left, _PIECE)
                left = unpacker.unconsumed_tail
        except zlib.error as error:
            raise Refused("truncated", f"what the server packed cannot be unpacked: {error}") from error
    if unpacker is not None:
        yield unpacker.flush(_PIECE)
        if not unpacker.eof:
            raise Refused("truncated", "the end of it did not come")


def _has_head(piece: bytes) -> bool:
    return piece[:1] == b"\x1f" or (piece[0] & 0x0F == 8 and len(piece) > 1 and (piece[0] * 256 + piece[1]) % 31 == 0)
