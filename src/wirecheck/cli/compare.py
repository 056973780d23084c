"""`wirecheck compare`: several reports in, one checkable report out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

import click

from wirecheck.cli._exports import export_option, find_targets, take_output, write_exports
from wirecheck.cli._inputs import fetching_options, read_settings, saying_options
from wirecheck.cli._options import NOTHING, UNREAD, OutputCommand, report_options
from wirecheck.cli._plain import plain, say
from wirecheck.cli._showing import showing_options


@click.command("compare", cls=OutputCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--one-story", is_flag=True, help="Treat all inputs as one story instead of grouping them.")
@saying_options
@fetching_options
@click.option("--publishers", metavar="FILE", help="Who publishes what, in TOML, beside the list that comes along.")
@report_options
@export_option
@showing_options
def command(
    paths: tuple[str, ...],
    one_story: bool,
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    publishers: str | None,
    said: Mapping[str, str],
    html: str | None,
    json: str | None,
    markdown: str | None,
    exports: tuple[str, ...],
    quiet: bool,
) -> None:
    """Compare reports of one or more events and print what is really there.

    PATH is a file (text, HTML, JSONL, JSON, RSS, Atom, WARC, Parquet), a folder of them, an address with --fetch, or -
    for JSONL on standard input (a line: {"text": …} with optional name, title, url, publisher, published, author).
    """
    from wirecheck.cli._output import write_report
    from wirecheck.cli._progress import showing_progress
    from wirecheck.library import compare
    from wirecheck.report.unread import list_unread

    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network, one_story=one_story)
    settings = replace(settings, publishers=publishers)
    targets = find_targets(exports, html, json, markdown)
    with showing_progress():
        report = compare(paths, settings=settings, stdin=sys.stdin.buffer, said=said)
    write_exports(report, targets)
    write_report(report, html=html, json=json, markdown=markdown, quiet=quiet or take_output(targets))
    if not report.documents:
        say("wirecheck: no document could be read; see the problems above", err=True)
        sys.exit(NOTHING)
    unread = list_unread(report)
    for problem in unread:
        say(plain(f"wirecheck: {problem.location}: {problem.message}"), err=True)
    if unread:
        sys.exit(UNREAD)
