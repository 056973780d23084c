"""The border to the terminal: all that commands print goes through here, and nothing in it is obeyed."""

from __future__ import annotations

import json
from typing import Any

import click


def plain(text: str) -> str:
    """Return a text with white space as single spaces and characters that a terminal obeys as U+FFFD.

    >>> plain("a\\n\\x1b[31mb")
    'a \\ufffd[31mb'
    """
    return "".join(" " if c.isspace() else c if c.isprintable() else "\ufffd" for c in text)


def say(text: str, *, err: bool = False) -> None:
    """Print lines, with every character that a terminal obeys or that turns the direction of text as U+FFFD."""
    from wirecheck.report.plain import show_plainly

    click.echo(show_plainly(text), err=err)


def say_json(value: Any) -> None:
    """Print a value as one line of JSON, with escapes for what a terminal obeys; a program reads the same from it."""
    from wirecheck.report.plain import escape_in_json

    click.echo(escape_in_json(json.dumps(value, ensure_ascii=False)))
