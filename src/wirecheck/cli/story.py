"""`wirecheck story`: the full report over one story of an archive."""

from __future__ import annotations

import click

from wirecheck.cli._cluster import cluster_option, count_processes


@click.command("story")
@click.argument("archive", metavar="ARCHIVE")
@click.argument("id", metavar="ID")
@cluster_option
@click.option("--earlier", is_flag=True, help="Take in versions that a newer one has replaced.")
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
@click.option("--html", metavar="FILE", help="Write the page: one self-contained HTML file.")
@click.option("--json", metavar="FILE", help="Write the report as JSON (wirecheck-report/1); - is standard output.")
@click.option("--markdown", metavar="FILE", help="Write the report as Markdown; - is standard output.")
@click.option("--quiet", "-q", is_flag=True, help="Print no terminal report.")
def command(
    archive: str,
    id: str,
    cluster: str | None,
    earlier: bool,
    publishers: str | None,
    html: str | None,
    json: str | None,
    markdown: str | None,
    quiet: bool,
) -> None:
    """Compare the documents of one story. ID is a story's or a document's; its beginning is enough."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._output import write_report
    from wirecheck.settings import Settings

    with open_archive(archive, processes=count_processes(None, cluster), cluster=cluster) as opened:
        report = opened.compare(id, settings=Settings(publishers=publishers), earlier=earlier)
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet)
