"""`wirecheck check`: the integrity of an archive."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._plain import plain, say


@click.command("check")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--save", metavar="FOLDER", help="Write all that is whole into a new archive.")
def command(archive: str, save: str | None) -> None:
    """Check the files of an archive and every row in them; exit status 1 and a list when something is wrong.

    With --save, what is whole goes into a new archive; add the same files again, and it has what was lost too.
    """
    from wirecheck.archive import open_archive

    with open_archive(archive) as opened:
        faults = opened.check()
        for fault in faults:
            say(plain(fault))
        if save is not None:
            saved = opened.save(save)
            lost = f"; lost: {saved.lost_documents} documents, {saved.lost_decisions} decisions"
            say(f"saved in {save}: {saved.documents} documents, {saved.decisions} decisions{lost}", err=True)
    if faults:
        sys.exit(1)
    say("all is well")
