"""`wirecheck decide`: a person's ruling into an archive."""

from __future__ import annotations

import click

from wirecheck.cli._options import Output, OutputCommand, output_options
from wirecheck.cli._plain import say


@click.command("decide", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.argument("ruling", metavar="RULING")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--who", required=True, metavar="NAME", help="Who rules.")
@click.option("--note", default="", metavar="TEXT", help="Why, in a sentence; shown with the ruling.")
@output_options()
def command(archive: str, ruling: str, ids: tuple[str, ...], who: str, note: str, output: Output) -> None:
    """Keep a ruling: it is shown in later output, and stories and counts of origins follow it.

    RULING is same-story, other-story, same-origin or other-origin, each with two or more documents; settled, disputed,
    same-fact, other-fact or noted, with a story and a point of its report; speaker, with a story, a quotation of its
    report and a name; or withdrawn, with the number of a decision. The beginning of an ID is enough.
    """
    from wirecheck.archive import open_archive
    from wirecheck.cli._progress import showing_progress
    from wirecheck.cli.decisions import COLUMNS, list_values, show_entry

    with showing_progress(), open_archive(archive) as opened:
        before = {e.number for e in opened.decisions() if e.set_aside_by is not None}
        number = opened.decide(ruling, ids, who=who, note=note).number
        entries, names = opened.decisions(), opened.names()
    shown = [e for e in entries if e.number == number or (e.set_aside_by is not None and e.number not in before)]
    output.write([list_values(e) for e in shown], COLUMNS)
    for entry in shown if output.shows_list else ():
        say(f"{'' if entry.number == number else 'no longer stands: '}{show_entry(entry, names)}")
