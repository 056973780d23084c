"""`wirecheck claim`: one sentence held against documents."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._inputs import fetching_options, read_settings
from wirecheck.cli._options import NOTHING, UNREAD, OutputCommand, form_option, quiet_option


@click.command("claim", cls=OutputCommand)
@click.argument("claim", metavar="CLAIM")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--archive", metavar="ARCHIVE", help="Take the documents of an archive that share most with CLAIM.")
@click.option("--date", "day", metavar="DAY", help="Say when CLAIM was made (2025-02-13), for “on Friday” in it.")
@fetching_options
@form_option("json", "Give the result as JSON (wirecheck-claim/1)")
@quiet_option
def command(
    claim: str,
    paths: tuple[str, ...],
    archive: str | None,
    day: str | None,
    fetch: bool,
    follow: bool,
    allow_network: tuple[str, ...],
    json: str | None,
    quiet: bool,
) -> None:
    """Print which documents state CLAIM, which contradict it, which tell it differently, and which say nothing of it.

    CLAIM is one sentence, in quotation marks of the shell; PATH is what it is for `compare`.
    """
    from wirecheck.cli._output import write_text
    from wirecheck.cli._plain import plain, say
    from wirecheck.errors import UsageError
    from wirecheck.library import check_claim
    from wirecheck.model import Report
    from wirecheck.report.claim import render_claim_json, tell_claim
    from wirecheck.report.unread import list_unread

    if (archive is None) == (not paths):
        said = "both were given" if paths else "neither was given"
        raise UsageError(f"files or folders to hold the claim against, or --archive ARCHIVE, were expected; {said}")
    settings = read_settings(fetch=fetch, follow=follow, allow_network=allow_network)
    if archive is None:
        report = check_claim(claim, paths, settings=settings, day=day, stdin=sys.stdin.buffer)
    else:
        from wirecheck.archive import open_archive

        with open_archive(archive) as opened:
            report = opened.check_claim(claim, day=day)
    if json is not None:
        write_text(json, render_claim_json(report))
    if not quiet and json != "-":
        for line in tell_claim(report):
            say(plain(line))
    for problem in report.problems:
        say(plain(f"wirecheck: {problem.location}: {problem.message}"), err=True)
    if not report.documents:
        found = "no document could be read" if archive is None else f"no document of {archive} has a word of the claim"
        say(plain(f"wirecheck: {found}"), err=True)
        sys.exit(NOTHING)
    if archive is None and list_unread(Report(report.documents, (), report.problems)):
        sys.exit(UNREAD)
