"""`wirecheck reuse`: who shares passages with whom in an archive."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options

if TYPE_CHECKING:
    from wirecheck.archive import Shared
    from wirecheck.store import Stored


@click.command("reuse", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--document", metavar="ID", help="Only the pairs of this document; the beginning of its id is enough.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many pairs.")
@output_options("json", "jsonl", "csv", "graphml", "gexf")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that compare; default: one a core.")
@cluster_option
def command(
    archive: str,
    document: str | None,
    limit: int | None,
    output: Output,
    processes: int | None,
    cluster: str | None,
) -> None:
    """List pairs of documents that share passages, those that share most first, and who has it first.

    Shares are of the words of each; what stands in many documents of one publisher is left out.
    """
    from wirecheck.archive import open_archive
    from wirecheck.archive.exporting import PAIR_COLUMNS, list_pair_rows, render_gexf, render_graphml
    from wirecheck.cli._plain import say
    from wirecheck.cli._progress import showing_progress
    from wirecheck.naming import count_of

    with (
        showing_progress(),
        open_archive(archive, processes=count_processes(processes, cluster), cluster=cluster) as opened,
    ):
        found = opened.reuse(document)
        documents = {s.id: s for s in opened.store.list_stored()}
    pairs = found[:limit]
    output.write(list_pair_rows(pairs, documents), PAIR_COLUMNS)
    output.write_each(lambda form: render_graphml(pairs, documents), ["graphml"])
    output.write_each(lambda form: render_gexf(pairs, documents), ["gexf"])
    for pair in pairs if output.shows_list else ():
        for line in tell_pair(pair, documents):
            say(line)
    count = count_of(len(found), "pair")
    say(f"{len(pairs)} of {count}" if len(pairs) < len(found) else count, err=True)
    if not found:
        sys.exit(NOTHING)


def tell_pair(pair: Shared, documents: Mapping[str, Stored]) -> list[str]:
    """Return the lines of a pair in a list: what it is, then both documents with their shares and titles."""
    from wirecheck.cli._plain import plain

    kind = "near-duplicate" if pair.near_duplicate else pair.relation or ("reused" if pair.reused else "shares")
    lines = [f"{kind}  {plain(pair.reason)}"]
    for ident, share in ((pair.left, pair.left_share), (pair.right, pair.right_share)):
        stored = documents[ident]
        date, title = (stored.published or "no date")[:10], plain(stored.title or "")
        lines.append(f"    {ident}  {share:4.0%}  {date:10}  {plain(stored.shown_name)}{': ' if title else ''}{title}")
    return lines
