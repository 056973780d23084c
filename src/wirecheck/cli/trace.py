"""`wirecheck trace`: every appearance of a quotation or passage in an archive."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options

if TYPE_CHECKING:
    from wirecheck.archive import Appearance

COLUMNS = ("document", "publisher", "published", "location", "start", "end", "text", "form", "share", "changes")


@click.command("trace", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.argument("words", metavar="WORDS")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many appearances.")
@output_options()
def command(archive: str, words: str, limit: int, output: Output) -> None:
    """Show where WORDS stand, verbatim or changed, in order of time, with differences and who has it from whom."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain, say
    from wirecheck.cli._progress import showing_progress
    from wirecheck.naming import count_of

    with showing_progress(), open_archive(archive) as opened:
        found = opened.trace(words, limit=limit).appearances
    names = {a.document.id: a.document.shown_name for a in found}
    output.write([_list_values(a) for a in found], (*COLUMNS, "source", "reason"))
    for appearance in found if output.shows_list else ():
        document = appearance.document
        date = (document.published or "no date")[:16]
        say(f"{date:16}  {appearance.form:9} {plain(document.shown_name)}  ({document.id})")
        say(f"    “{plain(document.words(appearance.span))}”")
        for kind, asked, here in appearance.changes:
            said = {"inserted": f"+ {here}", "dropped": f"- {asked}", "reordered": f"moved: {here}"}
            say(f"      {plain(said.get(kind, f'{asked} → {here}'))}")
        if appearance.reason:
            say(f"      from {plain(names.get(appearance.source or '', 'another'))}: {plain(appearance.reason)}")
    more = f"; there may be more: --limit {5 * limit}" if len(found) == limit else ""
    say(f"{count_of(len(found), 'appearance')}{more}", err=True)
    if not found:
        sys.exit(NOTHING)


def _list_values(appearance: Appearance) -> dict[str, Any]:
    document = appearance.document
    return {
        "document": document.id,
        "publisher": document.publisher,
        "published": document.published,
        "location": document.location,
        "start": appearance.span.start,
        "end": appearance.span.end,
        "text": document.words(appearance.span),
        "form": appearance.form,
        "share": appearance.share,
        "changes": [dict(zip(("kind", "asked", "here"), c, strict=True)) for c in appearance.changes],
        "source": appearance.source,
        "reason": appearance.reason,
    }
