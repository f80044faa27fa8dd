"""Ids are hashes of what makes the thing itself: same input, same id, on any machine, in any order."""

from __future__ import annotations

import hashlib
import json

DIGITS = 16  # hexadecimal: 64 bits, one collision expected past 5 * 10^9 things of a kind


def make_id(prefix: str, *parts: object) -> str:
    """`prefix-` and 16 hexadecimal digits of the SHA-256 of the parts as canonical JSON.

    >>> make_id("r", "a", 1) == make_id("r", "a", 1)
    True
    """
    canonical = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return f"{prefix}-{hashlib.sha256(canonical.encode('ascii')).hexdigest()[:DIGITS]}"


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
