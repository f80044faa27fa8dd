"""`mcp`: the read-only MCP server on standard input and output."""

from __future__ import annotations

from onrecord.cli.options import command, database
from onrecord.registry import load


@command("mcp", "onrecord mcp --db story.db")
@database
def mcp_command(db: str) -> None:
    """Serve the record to a language model over MCP, read-only, on standard input and output.

    Five tools: search, check, show, brief, figures. Words that reports printed stand in fields named "untrusted" and
    nowhere else. Needs the extra: pip install 'onrecord[mcp]'.
    """
    serve = load("server", "mcp")
    serve(db)
