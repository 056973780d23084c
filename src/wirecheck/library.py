"""The library call: reports in, one checkable report out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from wirecheck.errors import UsageError
from wirecheck.model import ClaimReport, Decision, Document, Problem, Report, Span
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


def check_claim(
    claim: str,
    documents: Iterable[PathLike | Document],
    *,
    settings: Settings | None = None,
    day: str | None = None,
    stdin: BinaryIO | None = None,
) -> ClaimReport:
    """Return what each document has to say to a claim: it states, contradicts, differs from it, or is silent.

    The claim is one sentence and is compared as it stands: a denial is stated by who denies the same. `documents` are
    what `compare` takes. What is concluded of a document depends on no other one. `day`, ISO 8601, is when the claim
    was made: without it "on Friday" is a Friday of any week. Raises `UsageError` for a claim without a word that says
    something, for a path that does not exist, and when nothing is given.
    """
    from wirecheck.claims.check import check_claim_text, check_day, check_documents

    claim = check_claim_text(claim)
    day = check_day(day)
    settings = settings if settings is not None else Settings()
    given = list(documents)
    if not given:
        raise UsageError("nothing to hold the claim against: give at least one file, folder or document")
    own = [d for d in given if isinstance(d, Document)]
    paths = [os.fspath(d) for d in given if not isinstance(d, Document)]
    read, problems = _read(paths, settings, stdin) if paths else ((), ())
    return check_documents(claim, [*own, *read], problems, day=day)


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
