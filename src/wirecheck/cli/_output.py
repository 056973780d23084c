"""Writing reports: the files that a command was asked for, and the terminal report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wirecheck.cli._plain import say
from wirecheck.errors import UsageError
from wirecheck.model import Report
from wirecheck.writing import writing


def write_report(
    report: Report, *, html: str | None, json: str | None, markdown: str | None, quiet: bool = False
) -> None:
    """Write the report to each file that is named ("-" is standard output) and print the terminal report.

    The terminal report is left out when `quiet` or when another form goes to standard output. Raises `UsageError` when
    a file cannot be written.
    """
    targets = {"html": html, "json": json, "markdown": markdown}
    if sum(target == "-" for target in targets.values()) > 1:
        raise UsageError("only one of --html, --json and --markdown can go to standard output")
    for form, target in targets.items():
        if target is not None:
            write_text(target, _render(report, form))
            if form == "html" and target != "-":
                say(f"The page: {Path(target).resolve()}", err=True)
    if not quiet and "-" not in targets.values():
        from wirecheck.cli._showing import show_report

        show_report(report)


def _render(report: Report, form: str) -> str:
    if form == "html":
        from wirecheck.report.html import render_html

        return render_html(report)
    if form == "json":
        from wirecheck.report.json import render_json

        return render_json(report)
    from wirecheck.report.markdown import render_markdown

    return render_markdown(report)


def write_text(target: str, text: str) -> None:
    """Write a text as UTF-8 to a file ("-" is standard output), whole or not at all.

    Raises `UsageError` when it cannot be written.
    """
    if target == "-":
        from wirecheck.report.plain import escape_in_json, show_plainly

        text = escape_in_json(text) if text.startswith(("{", "[")) else show_plainly(text.replace("\r\n", "\n"))
    # Half of a surrogate pair, which broken pages have, cannot be written as UTF-8.
    write_bytes(target, text.encode("utf-8", "surrogatepass" if target == "-" else "replace"))


def write_bytes(target: str, data: bytes) -> None:
    """Write bytes to a file ("-" is standard output), whole or not at all.

    Raises `UsageError` when they cannot be written.
    """
    if target == "-":
        sys.stdout.buffer.write(data)
        return
    with writing_file(target) as path:
        path.write_bytes(data)


@contextmanager
def writing_file(target: str) -> Iterator[Path]:
    """Give a path that becomes `target` when the block ends well; raises `UsageError` when it cannot be written."""
    try:
        with writing(target) as path:
            yield path
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from error
