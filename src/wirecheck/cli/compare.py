"""`wirecheck compare`: several reports in, one checkable report out."""

from __future__ import annotations

import sys

import click


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--one-story", is_flag=True, help="Treat all inputs as one story instead of grouping them.")
@click.option("--html", metavar="FILE", help="Write the page: one self-contained HTML file.")
@click.option("--json", metavar="FILE", help="Write the report as JSON (wirecheck-report/1); - is standard output.")
@click.option("--markdown", metavar="FILE", help="Write the report as Markdown; - is standard output.")
@click.option("--quiet", "-q", is_flag=True, help="Print no terminal report.")
def command(
    paths: tuple[str, ...], one_story: bool, html: str | None, json: str | None, markdown: str | None, quiet: bool
) -> None:
    """Compare reports of one or more events and print what is really there.

    PATH is a text, HTML or JSONL file, a folder of them, or - for JSONL on standard input (a line: {"text": …} with
    optional name, title, url, publisher, published, author).
    """
    from wirecheck.cli._output import write_report
    from wirecheck.library import compare
    from wirecheck.settings import Settings

    report = compare(paths, settings=Settings(one_story=one_story), stdin=sys.stdin.buffer)
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet)
    if not report.documents:
        click.echo("wirecheck: no document could be read; see the problems above", err=True)
        sys.exit(1)
