"""The description of the API: what FastAPI tells of the operations, with problems as the kind of answer they are."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

PROBLEM = "application/problem+json"
PLAIN = "application/json"
OF_BODIES = {"400": "The body cannot be read.", "413": "The body is too large to be read at once."}


def describe(app: FastAPI) -> dict[str, Any]:
    """The description as OpenAPI 3.1, made once."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        for operations in found["paths"].values():
            for operation in operations.values():
                if "requestBody" in operation:
                    operation["responses"] |= {status: _problem(words) for status, words in OF_BODIES.items()}
                _tell_problems(operation["responses"])
        app.openapi_schema = found
    return app.openapi_schema


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _tell_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if status[0] in "45" and PLAIN in content:
            content[PROBLEM] = content.pop(PLAIN)
