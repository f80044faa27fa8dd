"""Runs the reading room: one process, on this machine unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import uvicorn

from onrecord.errors import Unavailable
from onrecord.web.app import create_app
from onrecord.web.settings import Settings, Token

DRAIN = 5  # seconds that requests have to end


def serve(
    db: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8400,
    tokens: Iterable[str] = (),
    read_only: bool = False,
    started: Callable[[str], object],
) -> None:
    """Serves until it is interrupted; `started` is told the address. Unavailable where the port is taken."""
    roles = tuple(map(Token.parse, tokens))
    settings = Settings(db=db, host=host, port=port, tokens=roles, read_only=read_only)
    settings.check()
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        workers=1,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN,
    )
    server = _Server(config, started)
    try:
        server.run()
    except SystemExit as error:  # how uvicorn tells that it could not start
        raise Unavailable(
            f"{settings.host}:{settings.port} cannot be listened on: is it in use? --port takes another"
        ) from error


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, told: Callable[[str], object]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Tells the address once it is listened on."""
        await super().startup(sockets)  # type: ignore[arg-type]
        for listener in self.servers:
            for socket in listener.sockets:
                host, port = socket.getsockname()[:2]
                self._told(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
                return
