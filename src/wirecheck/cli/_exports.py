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


def find_targets(exports: Iterable[str]) -> list[tuple[Export, str]]:
    """Return the formats and files that were asked for; raises `UsageError` before any work is done."""
    from wirecheck.errors import UsageError
    from wirecheck.report.exports import find_target

    targets = [find_target(target) for target in exports]
    files = [file for _, file in targets]
    for file in files:
        if files.count(file) > 1:
            raise UsageError(f"two exports cannot go to one file: {file}")
    return targets


def write_exports(report: Report, targets: Iterable[tuple[Export, str]]) -> None:
    """Write the files; raises `UsageError` where one cannot be written."""
    from wirecheck.report.exports import select

    for export, file in targets:
        write_bytes(file, export.render(select(report)))


def write_bytes(target: str, data: bytes) -> None:
    """Write a file whole or not at all ("-" is standard output); raises `UsageError` when it cannot be written."""
    import sys

    from wirecheck.errors import UsageError
    from wirecheck.writing import writing

    if target == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        with writing(target) as path:
            path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from error
