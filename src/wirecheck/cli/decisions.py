"""`wirecheck decisions`: the rulings kept in an archive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from wirecheck.cli._plain import say, say_json

if TYPE_CHECKING:
    from wirecheck.archive import Entry


@click.command("decisions")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--jsonl", is_flag=True, help="Print one JSON object a line.")
def command(archive: str, jsonl: bool) -> None:
    """List all rulings as they were made, also those that a later one has set aside."""
    from dataclasses import asdict

    from wirecheck.archive import open_archive

    with open_archive(archive) as opened:
        entries, names = opened.decisions(), opened.names()
    for entry in entries:
        if jsonl:
            say_json({**asdict(entry), "documents": entry.documents})
        else:
            say(show_entry(entry, names))
    say(f"{len(entries)} decisions", err=True)


def show_entry(entry: Entry, names: Mapping[str, str]) -> str:
    """Return a decision as one line: its number, what it says, and which later one set it aside."""
    from wirecheck.archive.deciding import describe_entry
    from wirecheck.cli._plain import plain

    aside = f"  (set aside by {entry.set_aside_by})" if entry.set_aside_by is not None else ""
    return f"{entry.number}  {plain(describe_entry(entry, names))}{aside}"
