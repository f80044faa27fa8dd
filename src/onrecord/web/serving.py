"""Runs the reading room: one process, on this machine unless told otherwise."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable

import uvicorn

from onrecord.errors import Unavailable
from onrecord.read.net.addresses import parse_allowed
from onrecord.registry import ENGINES
from onrecord.web.app import create_app
from onrecord.web.settings import Settings, Token

DRAIN = 5  # seconds that requests have to end
BACKLOG = 128  # connections that wait


def serve(
    db: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8400,
    tokens: Iterable[str] = (),
    read_only: bool = False,
    engine: str = ENGINES[0],
    allowed: Iterable[str] = (),
    started: Callable[[str], object],
) -> None:
    """Serves until it is interrupted; `started` is told the address. Unavailable where the port is taken."""
    roles = tuple(map(Token.parse, tokens))
    places = tuple(map(parse_allowed, allowed))
    settings = Settings(db=db, host=host, port=port, tokens=roles, read_only=read_only, engine=engine, allowed=places)
    settings.check()
    app = create_app(settings)
    with _listening(host, port) as listener:
        address, taken = listener.getsockname()[:2]
        config = uvicorn.Config(
            app,
            workers=1,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=DRAIN,
        )
        server = _Server(config, lambda: started(f"http://{f'[{address}]' if ':' in address else address}:{taken}/"))
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; Unavailable where it cannot."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        words = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise Unavailable(f"{host}:{port} cannot be listened on ({words}); --port takes another") from error


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, told: Callable[[], object]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tells once it answers."""
        await super().startup(sockets)
        self._told()
