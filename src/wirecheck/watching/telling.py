"""From new documents to events: the story as it was told last is held against the story as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from wirecheck.errors import Error, FindingError, ForeignSpanError
from wirecheck.settings import Settings
from wirecheck.text.words import join_names
from wirecheck.watching.events import Event

if TYPE_CHECKING:
    from wirecheck.archive import Archive, Listing
    from wirecheck.model import Span
    from wirecheck.report.changes import Change
    from wirecheck.store import Stored
    from wirecheck.watching.state import State

# Spans of an event; a changed text may have hundreds.
_MOST_SPANS = 8
# A story that ended the program so often in a row while it was compared is passed over: it may be what ends it. Fewer
# would give up a story over which somebody stopped the program for reasons of their own.
_MOST_TRIES = 5
_NOTHING: Mapping[str, Any] = {
    key: [] for key in ("documents", "points", "quotations", "quote_groups", "origins", "lineage", "credits")
}
_Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Untold:
    """A story with documents that nobody was told of: numbers (`seq`) of these, ids of its documents before and now."""

    listing: Listing
    seqs: tuple[int, ...]
    before: tuple[str, ...]

    @property
    def key(self) -> str:
        return ",".join(map(str, self.seqs))


class Teller(Protocol):
    """What watching asks of the archive: which stories have news, and what the news of one is."""

    def list_untold(self, archive: Archive, state: State) -> tuple[tuple[Untold, ...], tuple[int, ...]]: ...

    def tell(self, archive: Archive, untold: Untold) -> tuple[Event, ...]: ...


class Stories:
    """Tells of stories by comparing them, as they were and as they are."""

    def __init__(self, *, largest: int, settings: Settings) -> None:
        """Compare stories of at most `largest` documents; of larger ones the new documents alone are told."""
        self._largest = largest
        self._settings = settings

    def list_untold(self, archive: Archive, state: State) -> tuple[tuple[Untold, ...], tuple[int, ...]]:
        """Return the stories of several documents, or of several versions of one, that have news: the newest first.

        And the numbers of documents of which nothing is to be told: those that stand alone.
        """
        from wirecheck.archive.searching import list_versions

        stored = archive.store.list_stored()
        fresh = {s.id: s.seq for s in stored if not state.is_told(s.seq)}
        if not fresh:
            return (), ()
        by_id = {s.id: s for s in stored}
        _, before = list_versions(stored)
        found: list[Untold] = []
        passed: list[int] = []
        for listing in archive.stories():
            seqs = sorted(fresh.pop(i) for i in (*listing.documents, *listing.earlier) if i in fresh)
            if not seqs:
                continue
            if len(listing.members) + len(listing.earlier) < 2:
                passed.extend(seqs)
                continue
            told = [_last_told(i, before, by_id, state) for i in listing.documents]
            found.append(Untold(listing, tuple(seqs), tuple(i for i in told if i is not None)))
        # What is in no story has no fingerprint: a problem says so.
        return tuple(sorted(found, key=lambda u: -u.seqs[-1])), tuple(sorted((*passed, *fresh.values())))

    def tell(self, archive: Archive, untold: Untold) -> tuple[Event, ...]:
        """Return what changed in a story; a fault in comparing it is an event of its own."""
        from wirecheck.report.changes import list_changes

        listing = untold.listing
        if len(listing.members) > self._largest:
            reason = f"it has {len(listing.members)} documents; up to {self._largest} are compared while watching"
            return (make_uncompared(untold, reason),)
        try:
            earlier = self._read_report(archive, listing, untold.before)  # first: the later one takes its place
            later = self._read_report(archive, listing, listing.documents)
            changes = list_changes(earlier, later)
        except (FindingError, ForeignSpanError) as error:
            return (make_uncompared(untold, f"a fault of Wirecheck: {error}"),)
        except (Error, MemoryError, OSError):
            raise
        except Exception as error:
            return (make_uncompared(untold, f"a fault of Wirecheck: {type(error).__name__}: {error}"),)
        documents = {d["id"]: d for report in (earlier, later) for d in report["documents"]}
        events = [_make_event(change, listing, documents) for change in changes]
        elsewhere = _find_elsewhere(earlier, later)
        if elsewhere is not None:
            events.append(replace(elsewhere, story=listing.id, title=listing.title))
        return tuple(events)

    def _read_report(self, archive: Archive, listing: Listing, ids: Sequence[str]) -> _Json:
        """Return the report over some documents of a story, in JSON; the archive keeps the one that was made last."""
        from wirecheck.archive.keeping import compare_kept
        from wirecheck.archive.listing import Member
        from wirecheck.report.differences import as_json

        if not ids:
            return _NOTHING
        framed = replace(listing, members=tuple(Member(i, "", None, None, None, "") for i in sorted(ids)))
        return as_json(compare_kept(archive.store, archive.derived, framed, self._settings, earlier=False))


def make_uncompared(untold: Untold, reason: str) -> Event:
    """Return the event of a story that is not compared, and why."""
    listing = untold.listing
    sentence = f"“{listing.title}” has {len(untold.seqs)} new, but is not compared: {reason}."
    return Event("uncompared", sentence, listing.id, listing.title)


def is_given_up(state: State, untold: Untold) -> bool:
    """Return whether comparing a story has ended the program as often as is bearable."""
    return state.tried is not None and state.tried[0] == untold.key and state.tried[1] >= _MOST_TRIES


def _last_told(
    document: str | None, before: Mapping[str, str], stored: Mapping[str, Stored], state: State
) -> str | None:
    """Return the document, or the newest earlier version of it, that was told; None where none was."""
    while document is not None and not state.is_told(stored[document].seq):
        document = before.get(document)
    return document


def _make_event(change: Change, listing: Listing, documents: Mapping[str, _Json]) -> Event:
    return Event(
        change.kind,
        change.sentence,
        listing.id,
        listing.title,
        change.point,
        tuple(_describe(documents[i]) for i in change.documents if i in documents),
        _show_spans(change.spans, documents),
        _show_spans(change.earlier, documents),
    )


def _describe(document: _Json) -> _Json:
    return {key: document[key] for key in ("id", "name", "publisher", "title", "url", "location")}


def _show_spans(spans: Sequence[Span], documents: Mapping[str, _Json]) -> tuple[_Json, ...]:
    return tuple(
        {"document": s.document, "start": s.start, "end": s.end, "text": documents[s.document]["text"][s.start : s.end]}
        for s in spans[:_MOST_SPANS]
        if s.document in documents
    )


def _find_elsewhere(earlier: _Json, later: _Json) -> Event | None:
    """Return the event of a story that one publisher alone had told, and another tells now."""
    from wirecheck.lineage.publishers import canonical_publisher

    known = {canonical_publisher(d["publisher"] or "") for d in earlier["documents"]}
    if len(known) != 1 or "" in known:
        return None
    others = [d for d in later["documents"] if canonical_publisher(d["publisher"] or "") not in {*known, ""}]
    if not others:
        return None
    names = sorted({d["publisher"] for d in others})
    told = join_names(names)
    verb = "tells" if len(names) == 1 else "tell"
    first = earlier["documents"][0]["publisher"]
    return Event(
        "elsewhere", f"{told} {verb} it too; until now {first} alone did.", documents=tuple(map(_describe, others))
    )
