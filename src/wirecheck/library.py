"""The library call: reports in, one checkable report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from wirecheck.errors import UsageError
from wirecheck.model import ClaimReport, Document, DraftReport, Problem, Report
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
    publisher, author and published (a date) of those that are read and do not say it themselves; one publisher cannot
    be said of several. A fault in the material is a `Problem` of the report. Raises `UsageError` when a path does not
    exist or nothing is given.
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
    read, problems = _read(paths, settings, stdin, {}) if paths else ((), ())
    return check_documents(claim, [*own, *read], problems, day=day)


def check_draft(
    draft: PathLike | Document,
    sources: Iterable[PathLike | Document] = (),
    *,
    settings: Settings | None = None,
    find_sources: Callable[[Document], Iterable[Document]] | None = None,
    said: Mapping[str, str] | None = None,
) -> DraftReport:
    """Return what each quotation, figure, date, name and attributed claim of a draft has to do with its sources.

    `draft` is a file that holds one text, or a `Document`; `sources` and `said` are what `compare` takes, and
    `find_sources` gives more of them for the draft, as `Archive.sources_of` does. A draft that says no date is taken to
    be of the day of its newest source.
    The draft itself is never one of the sources. Raises `UsageError` where the draft cannot be read, and without a
    source.
    """
    from wirecheck.drafts import check_documents

    settings = settings if settings is not None else Settings()
    document, problems = _read_draft(draft, settings)
    given = list(sources)
    documents = [s for s in given if isinstance(s, Document)]
    paths = [os.fspath(s) for s in given if not isinstance(s, Document)]
    read, more = _read(paths, settings, None, said or {}) if paths else ((), ())
    found = [*documents, *read]
    if find_sources is not None:
        found += find_sources(document)
    apart = {d.id: d for d in found if d.id != document.id and d.location != document.location}
    return check_documents(document, tuple(apart.values()), (*problems, *more), settings=settings)


def _read_draft(draft: PathLike | Document, settings: Settings) -> tuple[Document, tuple[Problem, ...]]:
    if isinstance(draft, Document):
        return draft, ()
    path = os.fspath(draft)
    documents, problems = _read([path], settings, None, {})
    if len(documents) == 1:
        return documents[0], problems
    said = f"{problems[0].message}" if problems and not documents else f"it holds {len(documents)} documents"
    raise UsageError(f"{path}: one text was expected as the draft; {said}")


def _check_publisher(documents: Sequence[Document], said: Mapping[str, str]) -> None:
    """Raise `UsageError` where several documents are of the one publisher that was said of all of them: reports of one
    publisher stand for one voice, and a folder of several is hardly of one."""
    name = said.get("publisher")
    named = [d.location for d in documents if name is not None and d.publisher == name]
    if len(named) > 1:
        shown = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
        raise UsageError(
            f"publisher {name!r} would be said of {len(named)} documents: {shown}; say it of each in documents.csv "
            "or NAME.toml beside it, or give one file"
        )


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
    _check_publisher(documents, said)
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
