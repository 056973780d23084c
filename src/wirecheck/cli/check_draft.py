"""`wirecheck check-draft`: a draft held against its sources."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from wirecheck.cli._inputs import fetching_options, read_settings, saying_options
from wirecheck.cli._options import NOTHING, UNREAD, OutputCommand, form_option, quiet_option
from wirecheck.cli._plain import plain, say

if TYPE_CHECKING:
    from wirecheck.model import DraftReport


@click.command("check-draft", cls=OutputCommand)
@click.argument("draft", metavar="DRAFT")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--archive", metavar="ARCHIVE", help="Also find sources for the draft in this archive.")
@saying_options
@fetching_options
@click.option("--html", metavar="FILE", help="Write the page: one self-contained HTML file.")
@form_option("json", "Give the items as JSON (wirecheck-draft/1)")
@click.option("--docx", metavar="FILE", help="Write the draft as DOCX with a comment at the words of each item.")
@click.option("--full", is_flag=True, help="Print all items, not the first screen alone.")
@quiet_option
def command(
    draft: str,
    sources: tuple[str, ...],
    archive: str | None,
    said: Mapping[str, str],
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    html: str | None,
    json: str | None,
    docx: str | None,
    full: bool,
    quiet: bool,
) -> None:
    """Check each quotation, figure, date, name and attributed claim of DRAFT against its sources.

    DRAFT is a text, Markdown, HTML or DOCX file; SOURCE is whatever `compare` reads. Exit status: 0 when there is
    nothing to look at, 1 when there is, 3 when there is not but an input could not be read.
    """
    from wirecheck.library import check_draft
    from wirecheck.model import Report
    from wirecheck.report.rows import count_of
    from wirecheck.report.unread import list_unread

    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network)
    with ExitStack() as stack:
        find_sources = None
        if archive is not None:
            from wirecheck.archive import open_archive

            find_sources = stack.enter_context(open_archive(archive)).sources_of
        report = check_draft(draft, sources, settings=settings, find_sources=find_sources, said=said)
    _write(report, html=html, json=json, docx=docx)
    if not quiet and json != "-" and html != "-":
        from wirecheck.drafts.terminal import render_terminal

        width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        click.echo(render_terminal(report, width=width, color=sys.stdout.isatty(), full=full), nl=False)
    unread = list_unread(Report((report.draft, *report.documents), (), report.problems))
    for problem in unread:
        say(plain(f"wirecheck: {problem.location}: {problem.message}"), err=True)
    if report.faults:
        say(f"wirecheck: {count_of(len(report.faults), 'item')} of the draft to look at", err=True)
        sys.exit(NOTHING)
    if unread:
        sys.exit(UNREAD)


def _write(report: DraftReport, *, html: str | None, json: str | None, docx: str | None) -> None:
    from wirecheck.cli._output import write_text, writing_file
    from wirecheck.errors import UsageError

    if html == json == "-":
        raise UsageError("only one of --html and --json can go to standard output")
    if json is not None:
        from wirecheck.drafts.json import render_json

        write_text(json, render_json(report))
    if html is not None:
        from wirecheck.drafts.page import render_html

        write_text(html, render_html(report))
    if docx is not None:
        from wirecheck.drafts.docx import write_docx

        if docx == "-":
            raise UsageError("a DOCX file cannot go to standard output: give the name of a file")
        with writing_file(docx) as path:
            write_docx(report, path)
