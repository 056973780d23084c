"""The report in the terminal: the overview, or what was asked for, through the reader's pager where it is long."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from wirecheck.model import Report

WIDEST = 120
_FULL, _SECTIONS = "wirecheck.full", "wirecheck.sections"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def showing_options(command: _Command) -> _Command:
    """Give a command the options that say how much of the report the terminal shows."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def keep_value(context: click.Context, _: click.Parameter, value: Any) -> None:
            context.meta[name] = value

        return keep_value

    full = click.option(
        "--full", is_flag=True, expose_value=False, callback=keep(_FULL), help="Print all sections after the overview."
    )
    section = click.option(
        "--section",
        metavar="NAME",
        multiple=True,
        expose_value=False,
        callback=keep(_SECTIONS),
        help="Print this section alone (such as conflicts); may be given again.",
    )
    return full(section(command))


def show_report(report: Report) -> None:
    """Print the report as the options of the running command say.

    A terminal gets colours unless `NO_COLOR` or `TERM=dumb` forbids them, and the reader's pager (`PAGER`, else less)
    where the lines are more than it shows. Anything else gets plain lines.
    """
    from wirecheck.report.terminal import render_terminal

    meta = click.get_current_context().meta
    columns, lines = shutil.get_terminal_size((100, 24))
    is_terminal = sys.stdout.isatty()
    can_color = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    text = render_terminal(
        report,
        width=min(columns, WIDEST),
        color=can_color,
        full=meta.get(_FULL, False),
        sections=meta.get(_SECTIONS, ()),
    )
    if is_terminal and os.environ.get("TERM") != "dumb" and text.count("\n") >= lines:
        click.echo_via_pager(text, color=can_color)
    else:
        click.echo(text, nl=False, color=can_color)
