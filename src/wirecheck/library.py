"""The library call: reports in, one checkable report out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wirecheck.errors import UsageError
from wirecheck.model import Document, Report
from wirecheck.settings import Settings

if TYPE_CHECKING:
    from wirecheck.model import Problem

PathLike = str | os.PathLike[str]


def compare(
    sources: Iterable[PathLike | Document], *, settings: Settings | None = None, stdin: BinaryIO | None = None
) -> Report:
    """Return the report over files, folders and documents.

    `sources` may mix paths (any format that a reader knows, folders of them, "-" for JSONL from `stdin`), addresses
    on the web where `settings.allow_fetch` says so, and `Document` values; their order changes nothing. A fault in
    the material is a `Problem` of the report. Raises `UsageError` when a path does not exist or nothing is given.
    """
    from wirecheck.pipeline import compare_documents

    settings = settings if settings is not None else Settings()
    given = list(sources)
    if not given:
        raise UsageError("nothing to compare: give at least one file, folder or document")
    documents = [s for s in given if isinstance(s, Document)]
    paths = [os.fspath(s) for s in given if not isinstance(s, Document)]
    read, problems = _read(paths, settings, stdin) if paths else ((), ())
    return compare_documents([*documents, *read], problems, settings=settings)


def _read(
    paths: Sequence[str], settings: Settings, stdin: BinaryIO | None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    from wirecheck.readers import is_url, read_paths

    addresses = sorted(p for p in paths if is_url(p))
    if addresses and not settings.allow_fetch:
        raise UsageError(f"nothing is fetched unless you say so (--fetch, allow_fetch): {', '.join(addresses)}")
    missing = sorted(p for p in paths if p != "-" and not is_url(p) and not Path(p).exists())
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}")
    return read_paths(paths, settings=settings, stdin=stdin)
