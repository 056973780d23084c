"""`wirecheck verify`: a report held against its documents again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.command("verify")
@click.argument("report", metavar="REPORT.json")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
def command(report: str, archive: str | None) -> None:
    """Re-check every span, hash and quotation of a report; exit status 1 and a list when one fails.

    With ARCHIVE, every document is held against the text and bytes that the archive has.
    """
    from wirecheck.archive import open_archive
    from wirecheck.cli._plain import plain
    from wirecheck.errors import UsageError
    from wirecheck.report.verify import verify_report

    try:
        read = json.loads(Path(report).read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {report}: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"{report}: a report in JSON was expected; {error}") from error
    if archive is None:
        faults = verify_report(read)
    else:
        with open_archive(archive) as opened:
            faults = verify_report(read, opened.document)
    for fault in faults:
        click.echo(plain(fault))
    if faults:
        click.echo(f"{len(faults)} do not hold", err=True)
        sys.exit(1)
    click.echo("every document, span and quotation holds")
