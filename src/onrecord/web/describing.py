"""The description of the API: what FastAPI tells of the operations, with problems as the kind of answer they are."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

PROBLEM = "application/problem+json"
PLAIN = "application/json"


def describe(app: FastAPI) -> dict[str, Any]:
    """The description as OpenAPI 3.1, made once."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        for operations in found["paths"].values():
            for operation in operations.values():
                _tell_problems(operation["responses"])
        app.openapi_schema = found
    return app.openapi_schema


def _tell_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if status[0] in "45" and PLAIN in content:
            content[PROBLEM] = content.pop(PLAIN)
