"""Which report is a later version of which: the same address, another text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from onrecord.model import Report


def find_versions(reports: Iterable[Report]) -> tuple[tuple[str, str], ...]:
    """Pairs (newer id, older id) of reports of one address, each with the version just before it."""
    of_address: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.uri and not report.uri.startswith("file:"):
            of_address[report.uri].append(report)
    pairs = []
    for versions in of_address.values():
        versions.sort(key=lambda r: (r.published or "", r.retrieved or "", r.id))
        pairs += [(newer.id, older.id) for older, newer in pairwise(versions)]
    return tuple(sorted(pairs))
