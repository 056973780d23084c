"""The library call: reports in, one checkable report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from wirecheck.errors import UsageError
from wirecheck.model import Document, DraftReport, Problem, Report
from wirecheck.settings import Settings

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


def check_draft(
    draft: PathLike | Document,
    sources: Iterable[PathLike | Document] = (),
    *,
    settings: Settings | None = None,
    find_sources: Callable[[Document], Iterable[Document]] | None = None,
) -> DraftReport:
    """Return what each quotation, figure, date, name and attributed claim of a draft has to do with its sources.

    `draft` is a file that holds one text, or a `Document`; `sources` are what `compare` takes, and `find_sources`
    gives more of them for the draft, as `Archive.sources_of` does. A draft that says no date is taken to be of the day
    of its newest source.
    The draft itself is never one of the sources. Raises `UsageError` where the draft cannot be read, and without a
    source.
    """
    from wirecheck.drafts import check_documents

    settings = settings if settings is not None else Settings()
    document, problems = _read_draft(draft, settings)
    given = list(sources)
    documents = [s for s in given if isinstance(s, Document)]
    paths = [os.fspath(s) for s in given if not isinstance(s, Document)]
    read, more = _read(paths, settings, None) if paths else ((), ())
    found = [*documents, *read]
    if find_sources is not None:
        found += find_sources(document)
    apart = {d.id: d for d in found if d.id != document.id and d.location != document.location}
    return check_documents(document, tuple(apart.values()), (*problems, *more), settings=settings)


def _read_draft(draft: PathLike | Document, settings: Settings) -> tuple[Document, tuple[Problem, ...]]:
    if isinstance(draft, Document):
        return draft, ()
    path = os.fspath(draft)
    documents, problems = _read([path], settings, None)
    if len(documents) == 1:
        return documents[0], problems
    said = f"{problems[0].message}" if problems and not documents else f"it holds {len(documents)} documents"
    raise UsageError(f"{path}: one text was expected as the draft; {said}")


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


def compare_again(report: Mapping[str, Any]) -> list[str]:
    """Return where a report that was read from JSON is not what a comparison of its documents gives now.

    The report has been verified, so that its shape and spans hold. What another version or model finds differs too,
    and is listed like any other difference. What is said of the documents, what was met while they were read and what
    people ruled is taken as it stands: only an archive knows it.
    """
    from wirecheck.pipeline import compare_documents
    from wirecheck.report.differences import list_differences
    from wirecheck.report.load import load_decision, load_document, load_problem

    known = {f.name for f in fields(Settings)}
    given: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in report["wirecheck"]["settings"].items() if k in known
    }
    documents = [load_document(d) for d in report["documents"]]
    problems = [load_problem(p) for p in report["problems"]]
    decisions = [load_decision(d) for d in report["decisions"]]
    made = compare_documents(documents, problems, settings=Settings(**given), decisions=decisions)
    # An archive gives a story the title that its list shows: that of one of its documents.
    titles = {s["id"]: s["title"] for s in report["stories"]}
    own = {name for d in documents for name in (d.title, d.name)}
    stories = tuple(
        replace(s, story=replace(s.story, title=titles[s.story.id])) if titles.get(s.story.id) in own else s
        for s in made.stories
    )
    return list_differences(replace(made, stories=stories), report)
