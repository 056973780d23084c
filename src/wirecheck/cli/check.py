"""`wirecheck check`: the integrity of an archive."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options
from wirecheck.cli._plain import plain, say


@click.command("check", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--save", metavar="FOLDER", help="Write all that is whole into a new archive.")
@output_options()
def command(archive: str, save: str | None, output: Output) -> None:
    """Check the files of an archive and every row in them; exit status 1 and a list when something is wrong.

    With --save, what is whole goes into a new archive; add the same files again, and it has what was lost too.
    """
    from wirecheck.archive import open_archive
    from wirecheck.cli._progress import showing_progress
    from wirecheck.naming import count_of

    with showing_progress(), open_archive(archive) as opened:
        faults = opened.check()
        output.write([{"fault": fault} for fault in faults], ("fault",))
        for fault in faults if output.shows_list else ():
            say(plain(fault))
        if save is not None:
            saved = opened.save(save)
            kept = f"{count_of(saved.documents, 'document')}, {count_of(saved.decisions, 'decision')}"
            lost = f"{count_of(saved.lost_documents, 'document')}, {count_of(saved.lost_decisions, 'decision')}"
            say(f"saved in {save}: {kept}; lost: {lost}", err=True)
    if faults:
        sys.exit(NOTHING)
    if output.shows_list:
        say("all is well")
