"""Completion of commands and options for bash, zsh and fish."""

from __future__ import annotations

import os
from pathlib import Path

import click

# shell -> (where the script goes, below the home folder; what else is to be done)
PLACES = {
    "bash": (
        ".local/share/bash-completion/completions/onrecord",
        "open a new shell (needs the package bash-completion)",
    ),
    "zsh": (
        ".zfunc/_onrecord",
        "put `fpath+=~/.zfunc; autoload -Uz compinit; compinit` into ~/.zshrc and open a new shell",
    ),
    "fish": (".config/fish/completions/onrecord.fish", "open a new shell"),
}


def install_completion(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    """Writes the completion script of the shell in use and ends the call."""
    if not value or ctx.resilient_parsing:
        return
    from click.shell_completion import get_completion_class

    shell = Path(os.environ.get("SHELL", "")).name
    found = get_completion_class(shell)
    if shell not in PLACES or found is None:
        raise click.UsageError(f"SHELL is {shell or 'not set'}; completion is there for {', '.join(PLACES)}", ctx)
    where, then = PLACES[shell]
    path = Path.home() / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found(ctx.command, {}, "onrecord", "_ONRECORD_COMPLETE").source(), "utf-8")
    click.echo(f"wrote {path}; {then}", err=True)
    ctx.exit()
