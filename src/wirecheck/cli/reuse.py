"""`wirecheck reuse`: who shares passages with whom in an archive."""

from __future__ import annotations

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._output import write_text


@click.command("reuse")
@click.argument("archive", metavar="ARCHIVE")
@click.option("--document", metavar="ID", help="Only the pairs of this document.")
@click.option("--csv", metavar="FILE", help="Write the pairs as CSV; - is standard output.")
@click.option("--graphml", metavar="FILE", help="Write documents and pairs as GraphML; - is standard output.")
@click.option("--gexf", metavar="FILE", help="Write documents and pairs as GEXF; - is standard output.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="Processes that compare; default: one a core.")
@cluster_option
def command(
    archive: str,
    document: str | None,
    csv: str | None,
    graphml: str | None,
    gexf: str | None,
    processes: int | None,
    cluster: str | None,
) -> None:
    """List pairs of documents that share passages, with the shares of both, near-duplicates and who has it first."""
    from wirecheck.archive import open_archive
    from wirecheck.archive.exporting import render_csv, render_gexf, render_graphml
    from wirecheck.cli._plain import plain, say
    from wirecheck.errors import UsageError

    forms = ((csv, render_csv), (graphml, render_graphml), (gexf, render_gexf))
    if [target for target, _ in forms].count("-") > 1:
        raise UsageError("only one of --csv, --graphml and --gexf can go to standard output")
    with open_archive(archive, processes=count_processes(processes, cluster), cluster=cluster) as opened:
        pairs = opened.reuse(document)
        documents = {s.id: s for s in opened.store.list_stored()}
        if document is not None and document not in documents:
            raise UsageError(f"no document {document} in {archive}: `wirecheck search {archive} QUERY` finds ids")
    for target, render in forms:
        if target is not None:
            write_text(target, render(pairs, documents))
    if "-" not in (csv, graphml, gexf):
        for pair in pairs:
            names = [plain(documents[i].shown_name) for i in (pair.left, pair.right)]
            kind = "near-duplicate" if pair.near_duplicate else pair.relation or ("reused" if pair.reused else "shares")
            say(
                f"{pair.left} {names[0]} ({pair.left_share:.0%})  {pair.right} {names[1]} ({pair.right_share:.0%})"
                f"  {kind}  {plain(pair.reason)}"
            )
    say(f"{len(pairs)} pairs", err=True)
