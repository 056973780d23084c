"""`wirecheck decisions`: the rulings kept in an archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options
from wirecheck.cli._plain import say

if TYPE_CHECKING:
    from wirecheck.archive import Entry

COLUMNS = ("number", "ruling", "subject", "who", "at", "note", "set_aside_by", "documents")


@click.command("decisions", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@output_options()
def command(archive: str, output: Output) -> None:
    """List all rulings as they were made, also those that a later one has set aside."""
    from wirecheck.archive import open_archive
    from wirecheck.naming import count_of

    with open_archive(archive) as opened:
        entries, names = opened.decisions(), opened.names()
    output.write([list_values(e) for e in entries], COLUMNS)
    for entry in entries if output.shows_list else ():
        say(show_entry(entry, names))
    say(count_of(len(entries), "decision"), err=True)
    if not entries:
        sys.exit(NOTHING)


def list_values(entry: Entry) -> dict[str, Any]:
    """Return a decision as it stands in JSON."""
    from dataclasses import asdict

    return {**asdict(entry), "documents": list(entry.documents)}


def show_entry(entry: Entry, names: Mapping[str, str]) -> str:
    """Return a decision as one line: its number, what it says, and which later one set it aside."""
    from wirecheck.archive.deciding import describe_entry
    from wirecheck.cli._plain import plain

    aside = f"  (set aside by {entry.set_aside_by})" if entry.set_aside_by is not None else ""
    return f"{entry.number}  {plain(describe_entry(entry, names))}{aside}"
