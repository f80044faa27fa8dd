"""Which report is a later version of which: the same address, another text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from onrecord.model import Report


def version_keys(report: Report) -> frozenset[str]:
    """The block key of a report's address; none where it has none that others could share."""
    is_address = report.uri and not report.uri.startswith("file:")
    return frozenset((f"v:{report.uri}",)) if is_address else frozenset()


def find_versions(reports: Iterable[Report]) -> tuple[tuple[str, str], ...]:
    """Pairs (newer id, older id) of reports of one address, each with the version just before it."""
    of_address: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        for key in version_keys(report):
            of_address[key].append(report)
    pairs = []
    for versions in of_address.values():
        versions.sort(key=lambda r: (r.published or "", r.retrieved or "", r.id))
        pairs += [(newer.id, older.id) for older, newer in pairwise(versions)]
    return tuple(sorted(pairs))
