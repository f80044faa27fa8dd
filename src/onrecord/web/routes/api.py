"""The API: the same objects as the pages, described at /openapi.json."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from onrecord.web.describing import describe
from onrecord.web.pages import API, AskedFor

router = APIRouter()


@router.get(API + "/counts", operation_id="counts", summary="Counts")
def counts(asked: AskedFor) -> dict[str, int]:
    """How many things of each type are on the record."""
    return asked.view.counts()


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> JSONResponse:
    """What the API offers, as OpenAPI 3.1."""
    return JSONResponse(describe(request.app))
