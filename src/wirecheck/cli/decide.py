"""`wirecheck decide`: a person's ruling into an archive."""

from __future__ import annotations

import click

from wirecheck.cli._plain import say


@click.command("decide")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("ruling", metavar="RULING")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--who", required=True, metavar="NAME", help="Who rules.")
@click.option("--note", default="", metavar="TEXT", help="Why, in a sentence; shown with the ruling.")
def command(archive: str, ruling: str, ids: tuple[str, ...], who: str, note: str) -> None:
    """Keep a ruling: it is shown in later output, and stories and counts of origins follow it.

    RULING is same-story, other-story, same-origin or other-origin, each with two or more documents; settled, disputed,
    same-fact, other-fact or noted, with a story and a point of its report; speaker, with a story, a quotation of its
    report and a name; or withdrawn, with the number of a decision. The beginning of an ID is enough.
    """
    from wirecheck.archive import open_archive
    from wirecheck.cli.decisions import show_entry

    with open_archive(archive) as opened:
        before = {e.number for e in opened.decisions() if e.set_aside_by is not None}
        number = opened.decide(ruling, ids, who=who, note=note).number
        entries, names = opened.decisions(), opened.names()
    for entry in entries:
        if entry.number == number:
            say(show_entry(entry, names))
        elif entry.set_aside_by is not None and entry.number not in before:
            say(f"no longer stands: {show_entry(entry, names)}")
