"""`wirecheck export`: all documents of an archive in one file."""

from __future__ import annotations

import sys

import click

from wirecheck.cli._options import NOTHING, OutputCommand, form_option
from wirecheck.cli._plain import say


@click.command("export", cls=OutputCommand)
@click.argument("archive", metavar="ARCHIVE")
@form_option("jsonl", "Give one document a line, as `add` reads it")
@click.option("--parquet", metavar="FILE", help="Write Parquet; needs pyarrow (extra `parquet`).")
def command(archive: str, jsonl: str | None, parquet: str | None) -> None:
    """Write all documents of an archive, with text, metadata and hashes."""
    from wirecheck.archive import open_archive
    from wirecheck.cli._progress import showing_progress
    from wirecheck.errors import UsageError
    from wirecheck.naming import count_of
    from wirecheck.writing import writing

    if jsonl is None and parquet is None:
        raise UsageError("say where to: --jsonl FILE or --parquet FILE; --jsonl alone is standard output")
    count = 0
    with showing_progress(), open_archive(archive) as opened:
        if jsonl == "-":
            count = opened.export_jsonl(sys.stdout)
        elif jsonl is not None:
            try:
                with writing(jsonl) as path, path.open("w", encoding="utf-8") as file:
                    count = opened.export_jsonl(file)
            except OSError as error:
                raise UsageError(f"cannot write {jsonl}: {error.strerror or error}") from error
        if parquet is not None:
            count = opened.export_parquet(parquet)
    say(count_of(count, "document"), err=True)
    if not count:
        sys.exit(NOTHING)
