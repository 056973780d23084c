"""`wirecheck check`: the integrity of an archive."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._plain import plain, say


@click.command("check")
@click.argument("archive", metavar="ARCHIVE")
def command(archive: str) -> None:
    """Check the files, hashes and spans of an archive; exit status 1 and a list when something is wrong."""
    from wirecheck.archive import open_archive

    with open_archive(archive) as opened:
        faults = opened.check()
    for fault in faults:
        say(plain(fault))
    if faults:
        sys.exit(1)
    say("all is well")
