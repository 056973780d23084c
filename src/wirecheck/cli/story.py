"""`wirecheck story`: the full report over one story of an archive."""

from __future__ import annotations

import click

from wirecheck.cli._cluster import cluster_option, count_processes
from wirecheck.cli._exports import export_option, find_targets, take_output, write_exports
from wirecheck.cli._options import OutputCommand, report_options
from wirecheck.cli._showing import showing_options


@click.command("story", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@click.argument("id", metavar="ID")
@cluster_option
@click.option("--earlier", is_flag=True, help="Take in versions that a newer one has replaced.")
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
@report_options
@export_option
@showing_options
def command(
    archive: str,
    id: str,
    cluster: str | None,
    earlier: bool,
    publishers: str | None,
    html: str | None,
    json: str | None,
    markdown: str | None,
    exports: tuple[str, ...],
    quiet: bool,
) -> None:
    """Compare the documents of one story. ID is a story's or a document's; its beginning is enough."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._output import write_report
    from wirecheck.cli._progress import showing_progress
    from wirecheck.settings import Settings

    targets = find_targets(exports, html, json, markdown)
    with (
        showing_progress(),
        open_archive(archive, processes=count_processes(None, cluster), cluster=cluster) as opened,
    ):
        report = opened.compare(id, settings=Settings(publishers=publishers), earlier=earlier)
    write_exports(report, targets)
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet or take_output(targets))
