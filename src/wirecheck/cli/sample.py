"""`wirecheck sample`: the built-in coverage as files."""

from __future__ import annotations

import click

from wirecheck.cli._plain import say


@click.command("sample")
@click.argument("folder", metavar="FOLDER", default="sample")
def command(folder: str) -> None:
    """Write the built-in sample coverage, a fictional event, as files into FOLDER, to try commands on.

    FOLDER is made where there is none; without one it is `sample`. Files that are there are not written over.
    """
    from wirecheck.naming import count_of
    from wirecheck.sample import write_sample

    written = write_sample(folder)
    for path in written:
        say(str(path))
    say(f"{count_of(len(written), 'file')}; to see them compared: wirecheck compare {folder}", err=True)
