"""What the app holds while it runs: the archive, the worker, and views of stories by the archive's state.

Each request opens the archive anew, in its own thread. What is held is bounded: a thousand views take no more memory
than the last few.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from wirecheck.archive import Archive, Listing, open_archive
from wirecheck.archive.deciding import WITHDRAWN, list_entries
from wirecheck.archive.keeping import find_kept, key_of, rule_again
from wirecheck.archive.listing import frame_listing
from wirecheck.errors import Error, UsageError
from wirecheck.model import Report
from wirecheck.settings import Settings
from wirecheck.watching import read_events
from wirecheck.watching.state import FILE
from wirecheck.web import tasks
from wirecheck.web.marks import Marks
from wirecheck.web.worker import Job, Worker

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# A page of a story of ten documents is half a megabyte, its report one.
MOST_VIEWS = 16
MOST_PAGES = 32
MOST_REPORTS = 16
_FOLLOWED = ("same-story", "other-story", "same-origin", "other-origin", WITHDRAWN)
# Documents of a story that is compared before anybody asks for it; a larger one would keep those waiting who ask.
_LARGEST_AHEAD = 12
# How long a request waits for the worker before it shows how far that is.
PATIENCE_S = 0.5
# A comparison takes longer than anybody would wait for nothing, and its documents can be read meanwhile.
_COMPARISON_S = 0.1


class WorkingError(Exception):
    """What was asked for is being made; the page shows how far it is and comes back."""

    def __init__(self, job: Job, listing: Listing | None = None) -> None:
        super().__init__(job.title)
        self.job = job
        self.listing = listing
        """The story that is being compared; None where it is something else."""


class Lately(Generic[Key, Value]):
    """The last few values by key; safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Key, value: Value) -> None:
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def drop(self, key: Key) -> None:
        with self._lock:
            self._held.pop(key, None)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(frozen=True)
class Shelf:
    """The stories of the archive at one state, newest first."""

    state: str
    documents: str
    """The state of the documents alone."""
    ruled: tuple[tuple[str, str], ...]
    """The rulings that the stories and their origins follow."""
    listings: tuple[Listing, ...]
    by_id: dict[str, Listing] = field(repr=False)

    def find(self, id: str) -> Listing:
        """Return a story by its id or that of a document; raises `UsageError` when there is none."""
        if id in self.by_id:
            return self.by_id[id]
        if len(id) >= 9 and id.startswith("s"):
            found = {s.id: s for document, s in self.by_id.items() if document.startswith(id[1:])}
            if len(found) == 1:
                return next(iter(found.values()))
        raise UsageError(f"no story {id} in this archive")


@dataclass(frozen=True)
class View:
    """A story and its report, with the rulings that stand, at one state of the archive."""

    state: str
    listing: Listing
    report: Report


class Desk:
    """One archive, its worker, and what was looked at lately."""

    def __init__(
        self,
        folder: Path,
        *,
        marks: Marks,
        worker: Worker | None = None,
        settings: Settings | None = None,
        ahead: int = 0,
    ) -> None:
        """Open the archive; of its newest stories, and of each list shown, `ahead` are compared in idle time."""
        self.folder = folder
        self.settings = settings or Settings()
        self.ahead = ahead
        self.marks = marks
        with open_archive(folder, create=True):
            pass
        self.worker = worker or Worker()
        self.reports: Lately[str, Report] = Lately(MOST_REPORTS)
        """Reports of documents that are in no archive, by the id of their task."""
        self._views: Lately[str, View] = Lately(MOST_VIEWS)
        self._comparing: Lately[tuple[str, str], Job] = Lately(MOST_VIEWS)
        self._pages: Lately[Hashable, str] = Lately(MOST_PAGES)
        self._news: tuple[Hashable, Sequence[Mapping[str, Any]]] | None = None
        self._shelf: Shelf | None = None
        self._lock = threading.Lock()
        self._lists = itertools.count(1)

    def close(self) -> None:
        self.worker.close()

    def warm(self) -> None:
        """Group the archive and read what pages and comparisons need, so that the first reader does not wait for it."""
        from wirecheck.web.pages import read_templates

        if self.ahead:
            self.worker.submit(tasks.wake, title="Reading the models", ahead=next(self._lists))
        with contextlib.suppress(Error, WorkingError), self.open() as archive:
            if archive.store.count_newest():
                try:
                    self.shelf(archive)
                except WorkingError as error:
                    error.job.over.wait()
                    self.shelf(archive)
        read_templates()

    def look_ahead(self, listings: Sequence[Listing]) -> None:
        """Have the first stories of a list compared that a reader may open next, unless they are; see `ahead`.

        The list that was shown last goes first. Larger stories are left until somebody opens them.
        """
        wanted = [s for s in listings if 2 <= len(s.members) <= _LARGEST_AHEAD][: self.ahead]
        if not wanted:
            return
        number = next(self._lists)
        with contextlib.suppress(Error), self.open() as archive:
            state = archive.store.state(decisions=False)
            for listing in wanted:
                given = frame_listing(archive.store, listing, self.settings, earlier=False)
                if archive.store.state(decisions=False) != state:
                    return  # there are newer ones
                self._submit_comparison(listing, given, ahead=number)

    def open(self) -> Archive:
        """Return the archive, open in this thread; use it in a `with` statement."""
        return open_archive(self.folder)

    def news(self) -> Sequence[Mapping[str, Any]]:
        """Return what watching told of the archive, oldest first; raises `UsageError` for a state that is damaged."""
        try:
            told = (self.folder / FILE).stat()
        except OSError:
            return ()
        key = told.st_ino, told.st_size, told.st_mtime_ns
        held = self._news
        if held is None or held[0] != key:
            self._news = held = key, read_events(self.folder)
        return held[1]

    def shelf(self, archive: Archive, *, newest: bool = False) -> Shelf:
        """Return the stories of the archive as it is now.

        Grouping is work for the worker: until it is done the stories are those of before. Where there are none, or only
        the `newest` will do, `WorkingError` is raised.
        """
        state, documents = archive.store.state(), archive.store.state(decisions=False)
        held = self._shelf
        if held is not None and held.state == state:
            return held
        ruled = _list_ruled(archive)
        if held is not None and held.documents == documents and held.ruled == ruled:
            # A ruling on a point leaves all stories as they are.
            self._shelf = replace(held, state=state)
            return self._shelf
        is_known = held is None and archive.derived.read("stories", documents) is not None
        if (held is None or held.documents != documents) and not is_known:
            key = "group", documents
            job = self.worker.submit(tasks.group, self.folder, title="Grouping the archive into stories", key=key)
            is_needed = held is None or newest
            if not job.over.wait(PATIENCE_S if is_needed else 0):
                if held is None or newest:
                    raise WorkingError(job)
                return held
            _look_at(job)
        with self._lock:
            if self._shelf is None or self._shelf.state != state:
                self._shelf = shelf = _make_shelf(archive, state, documents, ruled)
                if self.ahead:
                    threading.Thread(
                        target=self.look_ahead, args=(shelf.listings,), name="wirecheck-ahead", daemon=True
                    ).start()
            return self._shelf

    def find(self, archive: Archive, id: str, *, newest: bool = False) -> Listing:
        """Return a story by its id or that of a document; one that is not known yet is waited for."""
        shelf = self.shelf(archive, newest=newest)
        try:
            return shelf.find(id)
        except UsageError:
            if shelf.documents == archive.store.state(decisions=False):
                raise
        return self.shelf(archive, newest=True).find(id)

    def view(self, archive: Archive, id: str, *, newest: bool = False) -> View:
        """Return a story with its report; raises `WorkingError` where it is being compared."""
        listing = self.find(archive, id, newest=newest)
        state = archive.store.state()
        held = self._views.get(listing.id)
        if held is not None and held.state == state and held.listing is listing:
            return held
        job = self._comparing.get((listing.id, state))
        if job is not None:
            if not job.over.wait(_COMPARISON_S):
                raise WorkingError(job, listing)
            if job.state == "failed":
                # It is told once; a page that comes again by itself would have it done again and again.
                self._comparing.drop((listing.id, state))
                _look_at(job)
        given = frame_listing(archive.store, listing, self.settings, earlier=False)
        report = find_kept(archive.derived, listing, given) or self._compare(archive, listing, state, given)
        # What the worker kept may be gone again: it was pruned, or somebody deleted it. Then it is compared once more.
        report = report or self._compare(archive, listing, state, given)
        if report is None:
            raise UsageError("the story changed while it was compared; look again")
        made = View(state, listing, report)
        self._views.put(listing.id, made)
        return made

    def _compare(self, archive: Archive, listing: Listing, state: str, given: Report) -> Report | None:
        """Let the worker compare a story; None where what came of it is not to be found."""
        job = self._submit_comparison(listing, given)
        if not job.over.wait(_COMPARISON_S):
            self._comparing.put((listing.id, state), job)
            raise WorkingError(job, listing)
        found = _look_at(job)
        report = rule_again(found, given) if isinstance(found, Report) else find_kept(archive.derived, listing, given)
        if report is None:
            self.worker.forget(job.key)
        return report

    def _submit_comparison(self, listing: Listing, given: Report, *, ahead: int = 0) -> Job:
        arguments = self.folder, listing, self.settings
        title = f"Comparing “{listing.title}”"
        return self.worker.submit(tasks.prepare, *arguments, title=title, key=("prepare", key_of(given)), ahead=ahead)

    def result(self, function: Callable[..., Any], *arguments: Any, title: str, key: Hashable) -> Any:
        """Return what the worker makes of a task; raises `WorkingError` until it is there, and its error if any."""
        job = self.worker.submit(function, *arguments, title=title, key=key)
        if not job.over.wait(PATIENCE_S):
            raise WorkingError(job)
        return _look_at(job)

    def page(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return a page that was made lately under a key, else make it."""
        held = self._pages.get(key)
        if held is None:
            held = make()
            self._pages.put(key, held)
        return held


def is_new(event: Mapping[str, Any], seen: tuple[str, int] | None) -> bool:
    """Return whether a reader has not seen an event; `seen` is the series and the number of the last that they saw."""
    return seen is None or event["series"] != seen[0] or event["number"] > seen[1]


def list_new(desk: Desk, who: str) -> list[Mapping[str, Any]]:
    """Return the events that a reader has not seen, oldest first; none where the file of them is damaged."""
    try:
        events = desk.news()
    except UsageError:
        return []
    seen = desk.marks.read_news(who) if events else None
    return [e for e in events if is_new(e, seen)]


def _look_at(job: Job) -> Any:
    if job.state == "failed":
        raise UsageError(job.error)
    return job.result


def count_rulings(archive: Archive, shelf: Shelf) -> Counter[str]:
    """Return how many rulings stand on each story, by its id."""
    found: Counter[str] = Counter()
    for entry in list_entries(archive.store):
        if entry.set_aside_by is None:
            found.update({shelf.by_id[d].id for d in entry.documents if d in shelf.by_id})
    return found


def _list_ruled(archive: Archive) -> tuple[tuple[str, str], ...]:
    rows = archive.store.list_decisions()
    return tuple((subject, ruling) for subject, ruling, *_ in rows if ruling in _FOLLOWED)


def _make_shelf(archive: Archive, state: str, documents: str, ruled: tuple[tuple[str, str], ...]) -> Shelf:
    listings = sorted(archive.stories(), key=lambda s: (s.last or s.first or "", s.id), reverse=True)
    by_id = {d: s for s in listings for d in (*s.documents, *s.earlier)} | {s.id: s for s in listings}
    return Shelf(state, documents, ruled, tuple(listings), by_id)
