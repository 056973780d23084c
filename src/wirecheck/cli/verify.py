"""`wirecheck verify`: a report held against its documents again."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._options import NOTHING, Output, OutputCommand, output_options


@click.command("verify", cls=OutputCommand)
@click.argument("report", metavar="REPORT.json")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
@click.option("--again", is_flag=True, help="Also compare the documents of the report again, and list what differs.")
@output_options()
def command(report: str, archive: str | None, again: bool, output: Output) -> None:
    """Re-check the digest and every span, hash and quotation of a report; exit status 1 and a list when one fails.

    With ARCHIVE, the report must be what `story` gives of it: the same documents with all that is said of them,
    settings, problems and decisions.
    """
    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain, say
    from wirecheck.cli._progress import showing_progress
    from wirecheck.cli._reports import read_report_file
    from wirecheck.naming import count_of
    from wirecheck.report.verify import verify_report

    read = read_report_file(report)
    with showing_progress():
        if archive is None:
            faults = verify_report(read)
        else:
            with open_archive(archive) as opened:
                faults = verify_report(read, opened.document)
                if not faults:
                    faults = opened.hold(read, again=again)
        if again and archive is None and not faults:
            from wirecheck.library import compare_again

            faults = compare_again(read)
    output.write([{"fault": fault} for fault in faults], ("fault",))
    for fault in faults if output.shows_list else ():
        say(plain(fault))
    if faults:
        say(f"{count_of(len(faults), 'thing does', 'things do')} not hold", err=True)
        sys.exit(NOTHING)
    if not output.shows_list:
        return
    said = "every document, span and quotation holds, and the report fits its digest"
    if archive is not None:
        said += "; its documents, decisions and settings are those of the archive"
    say(f"{said}; comparing again finds the same" if again else said)
