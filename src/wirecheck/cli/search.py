"""`wirecheck search`: full-text search in an archive."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options

if TYPE_CHECKING:
    from wirecheck.archive import Hit

COLUMNS = ("id", "title", "publisher", "published", "location", "passages")


@click.command("search", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.argument("query", metavar="QUERY")
@click.option("--since", metavar="DATE", help="Only documents published then or later.")
@click.option("--until", metavar="DATE", help="Only documents published then or earlier.")
@click.option("--publisher", metavar="NAME", help="Only documents of this publisher.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many documents.")
@output_options()
def command(
    archive: str,
    query: str,
    since: str | None,
    until: str | None,
    publisher: str | None,
    limit: int,
    output: Output,
) -> None:
    """Find documents that hold all words of QUERY, best first. "A phrase" stands as it is; prefix*, -without."""
    from wirecheck.archive import Filter, open_archive
    from wirecheck.cli._plain import plain, say
    from wirecheck.naming import count_of

    with open_archive(archive) as opened:
        hits = opened.search(query, wanted=Filter(since=since, until=until, publisher=publisher), limit=limit)
        hint = opened.suggest_publisher(publisher) if not hits and publisher is not None else ""
    output.write([_list_values(hit) for hit in hits], COLUMNS)
    for hit in hits if output.shows_list else ():
        document = hit.document
        head = [document.id, (document.published or "")[:10], document.shown_name, document.title or ""]
        say("  ".join(plain(h) for h in head if h))
        for passage, marks in zip(hit.passages, hit.marks, strict=True):
            shown, at = "", passage.start
            for mark in marks:
                words = plain(document.text[mark.start : mark.end])
                shown += plain(document.text[at : mark.start])
                shown += click.style(words, bold=True) if sys.stdout.isatty() else f"[{words}]"
                at = mark.end
            click.echo(f"    … {shown}{plain(document.text[at : passage.end])} …")
    more = f"; there may be more: --limit {5 * limit}" if len(hits) == limit else ""
    say(f"{count_of(len(hits), 'document')}{more}{hint}", err=True)
    if not hits:
        sys.exit(NOTHING)


def _list_values(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "location": document.location,
        "passages": [{"start": p.start, "end": p.end, "text": document.words(p)} for p in hit.passages],
    }
