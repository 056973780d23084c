"""`wirecheck export-report`: a report as a file for another program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wirecheck.cli._output import write_bytes
from wirecheck.cli._reports import read_report_file


@click.command("export-report")
@click.argument("report", metavar="REPORT.json")
@click.option("--to", "format", metavar="FORMAT", help="The format; `wirecheck plugins` lists all.")
@click.option(
    "--output", "-o", metavar="FILE", help="The file; its ending tells the format too. Default: beside REPORT."
)
@click.option("--verdict", multiple=True, metavar="NAME", help="Only points with this verdict; may be repeated.")
@click.option("--kind", multiple=True, metavar="NAME", help="Only points of this kind; may be repeated.")
@click.option(
    "--document", multiple=True, metavar="NAME", help="Only this document, by publisher, name or id; may be repeated."
)
def command(
    report: str,
    format: str | None,
    output: str | None,
    verdict: tuple[str, ...],
    kind: tuple[str, ...],
    document: tuple[str, ...],
) -> None:
    """Write a report for another program: Word, a spreadsheet, Hypothes.is, a reference manager, Aleph, notes.

    REPORT.json is a report that `compare` or `story` wrote with --json; one that was changed since is refused.
    """
    from wirecheck.cli._plain import plain, say
    from wirecheck.errors import UsageError
    from wirecheck.report.exports import check_name, find_export, find_target, select
    from wirecheck.report.load import load_report

    if format is not None:
        export = find_export(format)
        if output is not None:
            check_name(export, output)
    elif output is not None:
        export, output = find_target(output)
    else:
        raise UsageError("say what to write: --to FORMAT, or -o FILE with an ending that tells it")
    read = load_report(read_report_file(report), name=report)
    chosen = select(read, verdict=verdict or None, kind=kind or None, document=document or None)
    target = output if output is not None else str(Path(report).with_suffix(f".{export.ending}"))
    if target != "-" and Path(target).resolve() == Path(report).resolve():
        raise UsageError(f"{target} is the report itself: name another file with -o")
    total = sum(len(story.findings) for story in read.stories)
    if chosen.filtered and not chosen.points:
        say(
            f"wirecheck: none of the {total} points of the report fits what was asked for; nothing is written", err=True
        )
        sys.exit(1)
    write_bytes(target, export.render(chosen))
    if target == "-":
        return
    of = f" of {total}" if chosen.filtered else ""
    say(plain(f"{target}: {len(chosen.points)}{of} points, {len(chosen.documents)} documents"), err=True)
