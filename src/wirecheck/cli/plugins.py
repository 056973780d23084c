"""`wirecheck plugins`: every reader, annotator, check, section and export that was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from wirecheck.cli._options import Output, OutputCommand, output_options
from wirecheck.cli._plain import say


@click.command("plugins", cls=OutputCommand)
@output_options()
def command(output: Output) -> None:
    """List readers, annotators, checks, sections and exports, each with its version and what it does."""
    from wirecheck.annotators import list_annotators
    from wirecheck.checks import list_checks
    from wirecheck.readers import list_readers
    from wirecheck.report.exports import list_exports
    from wirecheck.report.sections import list_sections

    groups: dict[str, Sequence[Any]] = {
        "readers": list_readers(),
        "annotators": list_annotators(),
        "checks": list_checks(),
        "sections": list_sections(),
        "exports": list_exports(),
    }
    output.write(
        [
            {"kind": title[:-1], "name": p.name, "version": p.version, "summary": p.summary}
            for title, plugins in groups.items()
            for p in plugins
        ]
    )
    for title, plugins in groups.items() if output.shows_list else ():
        say(title)
        for plugin in plugins:
            say(f"  {plugin.name:24} {plugin.version:>3}  {plugin.summary}")
