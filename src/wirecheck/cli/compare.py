"""`wirecheck compare`: several reports in, one checkable report out."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from wirecheck.cli._inputs import fetching_options, read_settings
from wirecheck.cli._plain import plain, say


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--one-story", is_flag=True, help="Treat all inputs as one story instead of grouping them.")
@fetching_options
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
@click.option("--html", metavar="FILE", help="Write the page: one self-contained HTML file.")
@click.option("--json", metavar="FILE", help="Write the report as JSON (wirecheck-report/1); - is standard output.")
@click.option("--markdown", metavar="FILE", help="Write the report as Markdown; - is standard output.")
@click.option("--quiet", "-q", is_flag=True, help="Print no terminal report.")
def command(
    paths: tuple[str, ...],
    one_story: bool,
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    publishers: str | None,
    html: str | None,
    json: str | None,
    markdown: str | None,
    quiet: bool,
) -> None:
    """Compare reports of one or more events and print what is really there.

    PATH is a file (text, HTML, JSONL, JSON, RSS, Atom, WARC, Parquet), a folder of them, an address with --fetch, or -
    for JSONL on standard input (a line: {"text": …} with optional name, title, url, publisher, published, author).
    """
    from wirecheck.cli._output import write_report
    from wirecheck.library import compare
    from wirecheck.report.unread import list_unread

    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network, one_story=one_story)
    settings = replace(settings, publishers=publishers)
    report = compare(paths, settings=settings, stdin=sys.stdin.buffer)
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet)
    if not report.documents:
        say("wirecheck: no document could be read; see the problems above", err=True)
        sys.exit(1)
    unread = list_unread(report)
    for problem in unread:
        say(plain(f"wirecheck: {problem.location}: {problem.message}"), err=True)
    if unread:
        sys.exit(3)
