"""The command line: parse, one call, show. Data goes to standard output, words for people to standard error."""

from onrecord.cli.app import main

__all__ = ["main"]
