"""`serve`: the reading room and the API."""

from __future__ import annotations

import click

from onrecord.cli.options import PORT, allow_address, command, database, engine_option, opened
from onrecord.cli.output import say
from onrecord.registry import ENGINES, load


@command(
    "serve",
    "onrecord serve",
    "onrecord serve --db onrecord.db --port 8500",
    'onrecord serve --host 0.0.0.0 --token "reviewer:$(openssl rand -hex 16)"',
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="The address that is listened on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--token",
    "tokens",
    multiple=True,
    envvar="ONRECORD_TOKENS",
    metavar="ROLE:SECRET",
    help="Who has SECRET may do what ROLE may: reader, reviewer, admin. Needed where other machines can connect"
    " (also ONRECORD_TOKENS, several with spaces between).",
)
@click.option("--read-only", is_flag=True, help="Nobody adds or judges.")
@engine_option
@allow_address
@database
def serve_command(
    db: str, host: str, port: int, tokens: tuple[str, ...], read_only: bool, engine: str, allowed: tuple[str, ...]
) -> None:
    """Open the reading room: pages to read and check the record, and an API of the same objects.

    It listens on this machine alone, where everybody who sits at it may do everything. Ctrl-C ends it.
    """
    serve_record(db, host, port, tokens, read_only=read_only, engine=engine, allowed=allowed)


def serve_record(
    db: str,
    host: str = "127.0.0.1",
    port: int = PORT,
    tokens: tuple[str, ...] = (),
    *,
    read_only: bool = False,
    engine: str = ENGINES[0],
    allowed: tuple[str, ...] = (),
) -> None:
    """Serves until it is interrupted; Unavailable, with the line that installs it, where the extra is missing."""
    serve = load("server", "web")
    with opened(db):  # what is wrong with the record is told before anything listens
        pass
    serve(
        db,
        host=host,
        port=port,
        tokens=tokens,
        read_only=read_only,
        engine=engine,
        allowed=allowed,
        started=lambda address: say(f"the reading room is at {address} (Ctrl-C ends it)"),
    )
