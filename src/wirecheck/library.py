"""The library call: reports in, one checkable report out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from wirecheck.errors import UsageError
from wirecheck.model import Decision, Document, Problem, Report, Span
from wirecheck.naming import suggest_file
from wirecheck.settings import Settings
from wirecheck.text.addresses import fold_address

PathLike = str | os.PathLike[str]


def compare(
    sources: Iterable[PathLike | Document],
    *,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    said: Mapping[str, str] | None = None,
) -> Report:
    """Return the report over files, folders and documents.

    `sources` may mix paths (any format that a reader knows, folders of them, "-" for JSONL from `stdin`), addresses
    on the web where `settings.allow_fetch` says so, and `Document` values; their order changes nothing. `said` gives
    publisher, author and published (a date) of those that are read and do not say it themselves. A fault in the
    material is a `Problem` of the report. Raises `UsageError` when a path does not exist or nothing is given.
    """
    from wirecheck.pipeline import compare_documents

    settings = settings if settings is not None else Settings()
    given = list(sources)
    if not given:
        raise UsageError("nothing to compare: give at least one file, folder or document")
    documents = [s for s in given if isinstance(s, Document)]
    paths = [os.fspath(s) for s in given if not isinstance(s, Document)]
    read, problems = _read(paths, settings, stdin, said or {}) if paths else ((), ())
    return compare_documents([*documents, *read], problems, settings=settings)


def _read(
    paths: Sequence[str], settings: Settings, stdin: BinaryIO | None, said: Mapping[str, str]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    from wirecheck.readers import is_url, read_paths
    from wirecheck.readers._sidecars import check_said

    check_said(said)
    addresses = sorted(p for p in paths if is_url(p))
    if addresses and not settings.allow_fetch:
        raise UsageError(f"nothing is fetched unless you say so (--fetch, allow_fetch): {', '.join(addresses)}")
    missing = sorted(p for p in paths if p != "-" and not is_url(p) and not Path(p).exists())
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}{suggest_file(missing[0])}")
    documents, problems = read_paths(paths, settings=settings, stdin=stdin, said=said)
    return link_versions(documents), problems


def link_versions(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, those of one address as versions of one, by when they say that they were modified.

    One address has many forms (of AMP, for phones, with the marks of a campaign), see `fold_address`; a page's
    canonical link is its address where it gives one. A host alone is the address of no text.
    """
    places: dict[str, list[Document]] = {}
    for document in documents:
        place = fold_address(document.url) if document.url else ""
        if "/" in place.removeprefix("//") or "?" in place:
            places.setdefault(place, []).append(document)
    earlier: dict[str, str] = {}
    for versions in places.values():
        versions.sort(key=lambda d: (d.modified or d.published or d.retrieved or "", d.name, d.id))
        earlier.update({new.id: old.id for old, new in pairwise(versions)})
    return tuple(replace(d, version_of=earlier[d.id]) if d.id in earlier else d for d in documents)


def compare_again(report: Mapping[str, Any]) -> list[str]:
    """Return where a report that was read from JSON is not what a comparison of its documents gives now.

    The report has been verified, so that its shape and spans hold. What another version or model finds differs too,
    and is listed like any other difference. What is said of the documents, what was met while they were read and what
    people ruled is taken as it stands: only an archive knows it.
    """
    from wirecheck.pipeline import compare_documents
    from wirecheck.report.differences import list_differences

    known = {f.name for f in fields(Settings)}
    given: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in report["wirecheck"]["settings"].items() if k in known
    }
    documents = [_read_document(d) for d in report["documents"]]
    problems = [
        Problem(p["location"], p["message"], None if p["span"] is None else _read_span(p["span"]))
        for p in report["problems"]
    ]
    made = compare_documents(
        documents, problems, settings=Settings(**given), decisions=[_read_decision(d) for d in report["decisions"]]
    )
    # An archive gives a story the title that its list shows: that of one of its documents.
    titles = {s["id"]: s["title"] for s in report["stories"]}
    own = {name for d in documents for name in (d.title, d.name)}
    stories = tuple(
        replace(s, story=replace(s.story, title=titles[s.story.id])) if titles.get(s.story.id) in own else s
        for s in made.stories
    )
    return list_differences(replace(made, stories=stories), report)


def _read_document(entry: Mapping[str, Any]) -> Document:
    names = ("id", "name", "location", "text", "sha256", "title", "url", "publisher", "author", "published")
    values = {name: entry[name] for name in (*names, "modified", "language", "version_of")}
    title_span = None if entry["title_span"] is None else _read_span(entry["title_span"])
    return Document(**values, title_span=title_span, furniture=tuple(_read_span(s) for s in entry["furniture"]))


def _read_decision(entry: Mapping[str, Any]) -> Decision:
    values = {name: entry[name] for name in ("number", "ruling", "who", "at", "note", "sentence", "point")}
    spans = tuple(_read_span(s) for s in entry["spans"])
    return Decision(**values, documents=tuple(sorted(entry["documents"])), spans=spans)


def _read_span(span: Mapping[str, Any]) -> Span:
    return Span(span["document"], span["start"], span["end"])
