"""The group of all commands, each imported when it is called, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from onrecord import __version__
from onrecord.cli.completion import install_completion
from onrecord.errors import OnRecordError, StoreError

INTERRUPTED = 130

# name -> (module, line of the overview); a command is imported when it is called, so that --help is quick
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("adding", "Put the sample story in a new database and print its briefing."),
    "add": ("adding", "Read reports and put them on the record."),
    "reports": ("lists", "List the reports."),
    "statements": ("lists", "List who said what, when and how sure."),
    "figures": ("lists", "List the figures, whose they are and what they count."),
    "speakers": ("lists", "List the sources and how much of the record is theirs."),
    "claims": ("lists", "List what is claimed, who says so alike, and how many origins are behind it."),
    "stories": ("lists", "List the stories: reports about one matter."),
    "timeline": ("timeline", "Order what is said by the date it is about."),
    "diff": ("diff", "Compare two versions of an article, claim by claim."),
    "drift": ("diff", "List what was lost along copies and retellings."),
    "open": ("open", "List what is left open, when it is due, and what closed it."),
    "new": ("new", "Tell what a report adds to what was there before it."),
    "show": ("show", "Show anything by its id, with its evidence in context."),
    "source": ("show", "Print the stored text of a report, to the byte."),
    "brief": ("briefs", "Print the cited briefing."),
    "check": ("check", "Hold a claim against the record: who says so, who denies it."),
    "certainty": ("certainty", "Tell how far texts commit themselves to events."),
    "mcp": ("mcp", "Serve the record to a language model, read-only."),
    "review": ("review", "Judge what was found: confirm, correct, reject, merge, split."),
    "export": ("record", "Write the record to a file."),
    "import": ("record", "Read a record that was exported."),
    "verify": ("record", "Check every span, hash and reference again."),
    "backup": ("record", "Copy the database, also while it is in use."),
    "serve": ("serve", "Open the reading room in a browser."),
    "doctor": ("doctor", "Check that this installation works."),
}

EPILOG = """\b
First steps:
  onrecord demo
  onrecord add report.txt --outlet "City Herald" --published 2025-03-03
  onrecord statements --who "Health Ministry"
  onrecord brief

Every line of output has an id; `onrecord show ID` opens the words behind it.
"""


class ReaderGone(Exception):
    """Whoever reads our output has seen enough."""


class LazyGroup(click.Group):
    """Knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The names, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """The command itself, imported now; None for a name that is not there."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"onrecord.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name + "_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; what is none is answered with the names that look like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            alike = " or ".join(map(repr, get_close_matches(args[0], COMMANDS)))
            raise click.UsageError(f"{error}{f' Did you mean {alike}?' if alike else ''}", ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command. A pipe that closes early is told apart here, before click makes an exit code of it."""
        try:
            outcome: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        return outcome

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's
        """The overview from the table above, so that nothing is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="onrecord", message="%(prog)s %(version)s")
@click.option(
    "--install-completion",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=install_completion,
    help="Set up completion for your shell (bash, zsh, fish) and exit.",
)
def app() -> None:
    """Put a developing story on the record: who said what, when, how sure, and what changed.

    onrecord says who says so. It never says what is true.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one call and gives its exit code; bad input never ends in a traceback."""
    _speak_utf8()
    try:
        outcome = app.main(
            args=None if arguments is None else list(arguments), prog_name="onrecord", standalone_mode=False
        )
    except click.ClickException as error:
        error.show()
        return 74 if isinstance(error, click.FileError) else 2
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted; whole reports are kept, and the same call carries on from there", INTERRUPTED)
    except ReaderGone:
        # What Python would flush at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OnRecordError as error:
        return _say(str(error), error.exit_code)
    except RecursionError:
        return _say("the input is nested too deep", 1)
    except OSError as error:
        return _say(str(error), StoreError.exit_code)
    return outcome if isinstance(outcome, int) else 0


def _say(words: str, code: int) -> int:
    from onrecord.cli.output import say

    say(words)
    return code


def _speak_utf8() -> None:
    """UTF-8 whatever the locale; what cannot be written is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
