"""One typed call for each thing that Wirecheck does over files and archives; command line, app and agents use it.

Nothing is done here that the library does not do; results are its frozen values, mistakes its errors. An archive is
given as its folder, which is opened for the one call, or as an `Archive` that is open in this thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wirecheck.archive import Archive, open_archive
from wirecheck.model import ClaimReport, Document, DraftReport, Problem, Report
from wirecheck.settings import Settings

if TYPE_CHECKING:
    from wirecheck.archive import Added, Entry, Filter, Hit, Info, Listing, Progress, Shared, Trace
    from wirecheck.report.changes import Change

PathLike = str | os.PathLike[str]
Where = PathLike | Archive
"""An archive: its folder, or open."""


def compare(sources: Iterable[PathLike | Document], *, settings: Settings | None = None) -> Report:
    """Return the report over files, folders, addresses and documents; see `wirecheck.compare`."""
    from wirecheck.library import compare as compare_sources

    return compare_sources(sources, settings=settings)


def claim(words: str, sources: Iterable[PathLike | Document], *, settings: Settings | None = None) -> ClaimReport:
    """Return what each of the documents says of a claim; see `wirecheck.check_claim`."""
    from wirecheck.library import check_claim

    return check_claim(words, sources, settings=settings)


def check_draft(
    draft: PathLike | Document, sources: Iterable[PathLike | Document], *, settings: Settings | None = None
) -> DraftReport:
    """Return what stands behind the quotations, figures and names of a draft; see `wirecheck.check_draft`."""
    from wirecheck.library import check_draft as check

    return check(draft, sources, settings=settings)


def changes(earlier: Report, later: Report) -> tuple[Change, ...]:
    """Return what is not as it was between two states of one story; see `list_changes`."""
    from wirecheck.report.changes import list_changes
    from wirecheck.report.json import build_json

    return list_changes(build_json(earlier), build_json(later))


def add(
    archive: Where,
    sources: Iterable[PathLike | Document],
    *,
    settings: Settings | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Added:
    """Add files, folders, addresses and documents to an archive, which is made where there is none; see `Archive.add`.

    Documents are those that have been read already. Raises `ArchiveError` for a full disk.
    """
    with _opened(archive, create=True) as opened:
        return opened.add(sources, settings=settings, on_progress=on_progress)


def stories(archive: Where, wanted: Filter | None = None) -> tuple[Listing, ...]:
    """Return the stories of an archive by first date, then id; see `Archive.stories`."""
    with _opened(archive) as opened:
        return opened.stories(wanted)


def story(archive: Where, id: str, *, settings: Settings | None = None, earlier: bool = False) -> Report:
    """Return the full report over one story of an archive, with what people ruled; see `Archive.compare`."""
    with _opened(archive) as opened:
        return opened.compare(id, settings=settings, earlier=earlier)


def search(archive: Where, query: str, *, wanted: Filter | None = None, limit: int = 20) -> tuple[Hit, ...]:
    """Return the documents that hold all words of a query, best first; see `Archive.search`."""
    with _opened(archive) as opened:
        return opened.search(query, wanted=wanted, limit=limit)


def trace(archive: Where, words: str, *, limit: int = 200) -> Trace:
    """Return every appearance of a quotation or passage in order of time; see `Archive.trace`."""
    with _opened(archive) as opened:
        return opened.trace(words, limit=limit)


def reuse(archive: Where, document: str | None = None) -> tuple[Shared, ...]:
    """Return which documents share passages; see `Archive.reuse`."""
    with _opened(archive) as opened:
        return opened.reuse(document)


def decide(archive: Where, ruling: str, ids: Sequence[str], *, who: str, note: str = "") -> Entry:
    """Keep a person's ruling, and return it; see `Archive.decide`."""
    with _opened(archive) as opened:
        return opened.decide(ruling, ids, who=who, note=note)


def decisions(archive: Where) -> tuple[Entry, ...]:
    """Return all rulings as they were made, each with whether it stands."""
    with _opened(archive) as opened:
        return opened.decisions()


def document(archive: Where, id: str) -> Document | None:
    """Return a document by id, with the bytes as received, or None."""
    with _opened(archive) as opened:
        return opened.document(id)


def documents(archive: Where) -> Iterator[Document]:
    """Yield all documents of an archive as they were added, one at a time."""
    with _opened(archive) as opened:
        yield from opened.documents()


def info(archive: Where) -> Info:
    """Return the counts of an archive."""
    with _opened(archive) as opened:
        return opened.info()


def problems(archive: Where) -> tuple[Problem, ...]:
    """Return the problems met while adding, by location."""
    with _opened(archive) as opened:
        return opened.problems()


@contextmanager
def _opened(archive: Where, *, create: bool = False) -> Iterator[Archive]:
    if isinstance(archive, Archive):
        yield archive
        return
    with open_archive(Path(archive), create=create) as opened:
        yield opened
