"""Asks the API of the reading room what its own description allows, and what it does not, by schemathesis.

    python evals/api.py [--examples 500] [--only OPERATION ...]

Everything happens in this process, over the sample story. Of each operation as many requests are made up as asked for,
half of them as the description has it and half not; the seed is fixed. Every answer is held to the description.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.openapi.checks import RejectedPositiveData
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from onrecord.flow import add_readings
from onrecord.read.jsonl import read_jsonl
from onrecord.resources import read_text
from onrecord.stores import open_store
from onrecord.web.app import create_app
from onrecord.web.settings import Settings

EXAMPLES = 500
LISTS = ("stories", "reports", "statements", "claims", "figures", "speakers")
SEED = 20250304
HERE = "http://127.0.0.1:8400"
BEYOND = {"check": "claim"}  # operation, and a word of its refusals


@dataclass(frozen=True, slots=True)
class Tried:
    """What an operation made of its examples."""

    name: str
    examples: int
    failures: tuple[str, ...]  # each kind once, with the request that showed it


@contextmanager
def sample_room() -> Iterator[TestClient]:
    """The reading room over the sample story."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "sample.db")
        store = open_store(path)
        add_readings(read_jsonl(read_text("sample/reports.jsonl").encode("utf-8")), store, engine="fast")
        store.close()
        with TestClient(create_app(Settings(db=path)), base_url=HERE, raise_server_exceptions=False) as client:
            yield client


def operations(client: TestClient) -> dict[str, Any]:
    """The operations that the API describes, by name."""
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    found = (result.ok() for result in schema.get_all_operations() if isinstance(result, Ok))
    return {operation.definition.raw["operationId"]: operation for operation in found}


def known(client: TestClient) -> dict[str, str]:
    """What is on the record, by the name of the list: an id of each."""
    found = {name: client.get(f"/api/v1/{name}").json()["rows"] for name in LISTS}
    ids = {name: rows[0]["id"] for name, rows in found.items() if rows}
    return ids | {"figures": next(row["series"] for row in found["figures"] if row["series"])}


def requests(operation: Any, ids: Mapping[str, str]) -> st.SearchStrategy[Case[Any]]:
    """Requests as described and not; where there is something to be found, also for what is there."""
    made = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    of = operation.path.removeprefix("/api/v1/").partition("/")[0]
    path = {parameter.name: ids.get(of, ids["statements"]) for parameter in operation.path_parameters}
    there: dict[str, Any] = {"path_parameters": path} if path else {}
    if operation.method == "get":
        made.append(operation.as_strategy(**there, query={"who": ids["speakers"]}))
        made.append(operation.as_strategy(**there, query={"story": ids["stories"], "page": "1"}))
        made.append(operation.as_strategy(**there, query={"report": ids["reports"], "as_of": "2025-03-06"}))
    return st.one_of(made)


def try_operation(client: TestClient, name: str, operation: Any, examples: int) -> Tried:
    """Asks it `examples` times."""
    made, failures = 0, dict[str, str]()

    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests(operation, known(client)))
    def ask(case: Case[Any]) -> None:
        nonlocal made
        made += 1
        sent = case.as_transport_kwargs(base_url=HERE)
        sent.pop("cookies", None)
        if isinstance(sent.get("data"), bytes | str):
            sent["content"] = sent.pop("data")
        answer = client.request(**sent)
        try:
            case.validate_response(answer)
        except FailureGroup as found:
            for one in found.exceptions:
                if isinstance(one, RejectedPositiveData) and _is_beyond_patterns(name, operation, answer):
                    continue
                told = one.title
                words = f"{told}: {answer.status_code} {sent['method']} {answer.text[:200]} {answer.url}"
                failures.setdefault(told, words[:1_500])

    ask()
    return Tried(name, made, tuple(failures.values()))


def _is_beyond_patterns(name: str, operation: Any, answer: Response) -> bool:
    """Whether what was asked is refused in words for what no pattern tells.

    A claim has letters, and not too many words; a verdict has an author and something to say.
    """
    if answer.status_code != 422 or not answer.json()["detail"]:
        return False
    return operation.method == "post" or (name in BEYOND and BEYOND[name] in answer.json()["detail"])


def main() -> int:
    """Tries each operation and tells; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    logging.getLogger("onrecord").setLevel(logging.CRITICAL)
    total = 0
    with sample_room() as client:
        for name, operation in operations(client).items():
            if args.only and name not in args.only:
                continue
            tried = try_operation(client, name, operation, args.examples)
            total += len(tried.failures)
            print(f"{tried.name}: {tried.examples} examples, {len(tried.failures)} failures", flush=True)
            for failure in tried.failures:
                print("   " + failure.replace("\n", "\n   "), flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
