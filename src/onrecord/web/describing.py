"""The OpenAPI document: what FastAPI reads off the pages, and what their parameters take in words of JSON Schema."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from onrecord.ledger.asking import OPENINGS, STANCES, STATES, STATUSES
from onrecord.web.filters import LONGEST, MOST_PAGES

PROBLEM = "application/problem+json"
DATE = {"type": "string", "format": "date"}
# by the name of the parameter; what is not here takes any text
PARAMETERS: dict[str, dict[str, Any]] = {
    "identity": {"type": "string", "pattern": "^[a-z]{1,2}-[0-9a-f]{4,16}$"},
    "since": DATE,
    "until": DATE,
    "as_of": DATE,
    "due": DATE,
    "stance": {"type": "string", "enum": list(STANCES)},
    "status": {"type": "string", "enum": list(STATUSES)},
    "what": {"type": "string", "enum": list(OPENINGS)},
    "state": {"type": "string", "enum": list(STATES)},
    "story": {"type": "string", "pattern": "^st-[0-9a-f]{4,16}$"},
    "report": {"type": "string", "pattern": "^r-[0-9a-f]{4,16}$"},
    "s": {"type": "string", "pattern": "^s-[0-9a-f]{4,16}$"},
    "at": {"type": "string", "pattern": "^[0-9]{1,4}-[1-9][0-9]{4,8}$"},
    "page": {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
}
EMPTY = {"const": ""}  # of a form: as good as not given
TEXT = {"type": "string", "maxLength": LONGEST}


def describe(app: FastAPI) -> dict[str, Any]:
    """The document, 3.1. A coarser date than those that it tells of is taken as well."""
    document = app.openapi()
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                _say_what_it_takes(parameter)
            for answer in operation["responses"].values():
                content = answer.get("content", {})
                if content.get("application/json", {}).get("schema", {}).get("$ref", "").endswith("/Problem"):
                    answer["content"] = {PROBLEM: content["application/json"]}
    return document


def _say_what_it_takes(parameter: dict[str, Any]) -> None:
    schema = parameter["schema"]
    kinds = [one for one in schema.get("anyOf", (schema,)) if one.get("type") != "null"]
    if parameter["name"] in PARAMETERS:
        takes = PARAMETERS[parameter["name"]]
        parameter["schema"] = takes if parameter.get("required") else {"anyOf": [takes, EMPTY]}
    elif len(kinds) == 1 and kinds[0].get("type") == "string":
        parameter["schema"] = TEXT | kinds[0]
