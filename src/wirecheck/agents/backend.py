"""What tools ask for: reports, stories and documents, over one archive and the files that are allowed."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from wirecheck import service
from wirecheck.agents.allowed import Allowed
from wirecheck.archive import Entry, Filter, Listing, Trace, open_archive
from wirecheck.errors import UsageError
from wirecheck.model import Document, Report
from wirecheck.settings import Settings

KEPT = 8
"""Reports that are kept, so that asking for more of one compares nothing again."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A report, with the id that the archive gives its story; None for a report over files."""

    report: Report
    story: str | None = None


class Backend:
    """The library, asked by one call at a time: the reading model is in memory once."""

    def __init__(self, allowed: Allowed, archive: Path | None, settings: Settings) -> None:
        self._allowed = allowed
        self._archive = archive
        self._settings = settings
        self._reports: OrderedDict[Any, Compared] = OrderedDict()
        self._lock = threading.Lock()

    def stories(self, wanted: Filter) -> tuple[Listing, ...]:
        with self._lock:
            return service.stories(self._folder(), wanted)

    def trace(self, words: str, limit: int) -> Trace:
        with self._lock:
            return service.trace(self._folder(), words, limit=limit)

    def decide(self, ruling: str, ids: Sequence[str], *, who: str, note: str) -> Entry:
        with self._lock:
            return service.decide(self._folder(), ruling, ids, who=who, note=note)

    def report(self, story: str, paths: Sequence[str], *, one_story: bool = False) -> Compared:
        """Return the report over a story of the archive or over files; raises `UsageError` for both and neither."""
        if bool(story) == bool(paths):
            raise UsageError("give either `story`, an id that `stories` lists, or `paths`")
        with self._lock:
            return self._compare_story(story) if story else self._compare_files(paths, one_story=one_story)

    def documents(self, story: str, paths: Sequence[str]) -> tuple[Document, ...]:
        """Return the documents of a story, or those that files hold."""
        return self.report(story, paths).report.documents

    def check_claim(self, words: str, documents: Sequence[Document]) -> Any:
        """Return what documents say of a claim, as `wirecheck-claim/1` has it."""
        with self._lock:
            found = service.claim(words, documents)
            return _load("report.claim").build_claim_json(found)

    def check_draft(self, draft: Document, documents: Sequence[Document]) -> Any:
        """Return what stands behind a draft, as `wirecheck-draft/1` has it."""
        with self._lock:
            found = service.check_draft(draft, documents)
            return _load("drafts.json").build_json(found)

    def read_draft(self, path: str) -> Document:
        """Return the one document of a file; raises `UsageError` where it holds none or several."""
        from wirecheck.readers import read_paths

        (found,) = self._allowed.resolve([path])
        documents, problems = read_paths([str(found)], settings=Settings())
        if len(documents) != 1:
            why = "it could not be read" if problems else f"it holds {len(documents)}"
            raise UsageError(f"{path}: one document was expected; {why}")
        return documents[0]

    def document(self, id: str) -> Document | None:
        """Return a document of a report that was made, or of the archive."""
        with self._lock:
            for compared in self._reports.values():
                for document in compared.report.documents:
                    if document.id == id:
                        return document
            return service.document(self._archive, id) if self._archive is not None else None

    def _folder(self) -> Path:
        if self._archive is None:
            raise UsageError("this server has no archive: it was started without --archive")
        return self._archive

    def _compare_story(self, id: str) -> Compared:
        with open_archive(self._folder()) as archive:
            listing = archive.story(id)
            key = (listing.id, listing.documents, len(archive.decisions()))
            return self._keep(key, lambda: Compared(archive.compare(listing.id, settings=self._settings), listing.id))

    def _compare_files(self, paths: Sequence[str], *, one_story: bool) -> Compared:
        found = sorted({str(path) for path in self._allowed.resolve(paths)})
        key = (tuple(found), one_story, tuple(_list_states(found)))
        settings = replace(self._settings, one_story=one_story)
        return self._keep(key, lambda: Compared(service.compare(found, settings=settings)))

    def _keep(self, key: Any, make: Callable[[], Compared]) -> Compared:
        if key not in self._reports:
            self._reports[key] = make()
        self._reports.move_to_end(key)
        while len(self._reports) > KEPT:
            self._reports.popitem(last=False)
        return self._reports[key]


def _load(module: str) -> Any:
    """Return a module of a part that not every build has; `service` has said so by then."""
    return import_module(f"wirecheck.{module}")


def _list_states(paths: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return each file with its time and size: a report is of files as they were."""
    states = []
    for path in paths:
        files = [path] if os.path.isfile(path) else [os.path.join(d, f) for d, _, fs in os.walk(path) for f in fs]
        for file in files:
            try:
                state = os.stat(file)
            except OSError:
                continue
            states.append((file, state.st_mtime_ns, state.st_size))
    return sorted(states)
