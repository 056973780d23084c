"""The option of commands that make a report: files for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wirecheck.model import Report
    from wirecheck.report.exports import Export

export_option = click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    help="Write a file for another program, by the end of its name (.docx, .xlsx, .csv, .bib, .csl.json, "
    ".hypothesis.json, .ftm.json, .md), or FORMAT:FILE; may be repeated.",
)


def find_targets(exports: Iterable[str], *beside: str | None) -> list[tuple[Export, str]]:
    """Return the formats and files that were asked for; raises `UsageError` before any work is done.

    `beside` are the files of other forms: two of all cannot go to one file, or both to standard output ("-").
    """
    from wirecheck.errors import UsageError
    from wirecheck.report.exports import find_target

    targets = [find_target(target) for target in exports]
    files = [*(file for _, file in targets), *(file for file in beside if file is not None)]
    for _, file in targets:
        if files.count(file) > 1:
            raise UsageError(f"two forms cannot go to {'standard output' if file == '-' else file}")
    return targets


def write_exports(report: Report, targets: Iterable[tuple[Export, str]]) -> None:
    """Write the files; raises `UsageError` where one cannot be written."""
    from wirecheck.cli._output import write_bytes
    from wirecheck.report.exports import select

    for export, file in targets:
        write_bytes(file, export.render(select(report)))


def take_output(targets: Iterable[tuple[Export, str]]) -> bool:
    """Return whether an export goes to standard output, which it then has for itself."""
    return any(file == "-" for _, file in targets)
