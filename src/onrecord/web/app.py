"""The application: routes, middleware, error pages; no work of its own."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response

from onrecord import __version__
from onrecord.errors import OnRecordError, Unavailable, UnknownId, UsageError
from onrecord.ledger.store import Store
from onrecord.review.queue import Batches
from onrecord.review.reading import Reviewed
from onrecord.review.verdicts import JudgedMeanwhile
from onrecord.stores import open_store
from onrecord.web import errors
from onrecord.web.access import Forbidden, Guard, refuse
from onrecord.web.assets import serve_asset
from onrecord.web.headers import Headers
from onrecord.web.jobs import Intake
from onrecord.web.keeping import Keeper
from onrecord.web.pages import Moved, NotModified
from onrecord.web.routes import modules
from onrecord.web.settings import Settings

log = logging.getLogger(__name__)
LEAST_PACKED = 800  # bytes of an answer that is compressed
STATUS = {  # of what is raised, the narrowest first
    Forbidden: 403,
    UnknownId: 404,
    JudgedMeanwhile: 409,
    UsageError: 422,
    Unavailable: 501,
    OnRecordError: 503,
}


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """The reading room over `store`, else over the record that the settings name, opened and closed with it."""
    settings.check()

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.readers
        app.state.store = store if store is not None else open_store(settings.db, create=False)
        app.state.record = Reviewed(app.state.store)
        app.state.keeper = Keeper()
        app.state.batches = Batches()
        app.state.intake = Intake(app.state.store, app.state.record, settings.engine, settings.allowed)
        try:
            yield
        finally:
            app.state.intake.close()
            if store is None:
                app.state.store.close()

    app = FastAPI(
        title="onrecord",
        version=__version__,
        summary="Who said what, when, how sure; every line opens the exact words.",
        openapi_url=None,  # routes/api.py has it, behind the same door as all else
        docs_url=None,  # they load from elsewhere
        redoc_url=None,
        lifespan=opened,
        dependencies=[Depends(refuse)],
        responses={code: {"model": errors.Problem, "description": words} for code, words in errors.TOLD.items()},
        separate_input_output_schemas=False,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(GZipMiddleware, minimum_size=LEAST_PACKED)
    app.add_middleware(Headers)
    app.add_route("/static/{digest}/{path:path}", serve_asset, include_in_schema=False)
    for name in modules():
        app.include_router(import_module(f"onrecord.web.routes.{name}").router)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    def not_modified(request: Request, _: Exception) -> Response:
        return Response(status_code=304, headers={"ETag": request.state.etag})

    def moved(_: Request, error: Exception) -> Response:
        assert isinstance(error, Moved)
        return RedirectResponse(error.address, 302)

    def ours(request: Request, error: Exception) -> Response:
        status = next(status for kind, status in STATUS.items() if isinstance(error, kind))
        if status == STATUS[OnRecordError]:
            log.error("%s: %s", request.url.path, error)
        return errors.answer(request, status, str(error))

    def theirs(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return errors.answer(request, error.status_code, str(error.detail), headers=error.headers)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return errors.answer(request, 422, errors.in_words(error))

    def unforeseen(request: Request, error: Exception) -> Response:
        log.error("%s: %s", request.url.path, type(error).__name__, exc_info=error)
        return errors.answer(request, 500, "this is a fault of ours; the log of the server says more")

    app.add_exception_handler(NotModified, not_modified)
    app.add_exception_handler(Moved, moved)
    app.add_exception_handler(OnRecordError, ours)
    app.add_exception_handler(HTTPException, theirs)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unforeseen)
