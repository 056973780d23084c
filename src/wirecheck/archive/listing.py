"""Stories of an archive: which documents tell one event, listed and compared."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wirecheck.archive.candidates import list_candidates
from wirecheck.archive.deciding import (
    apply_decisions,
    carry_spans,
    list_entries,
    list_standing,
    name_documents,
    place_decisions,
    select_decisions,
)
from wirecheck.archive.deriving import list_derived
from wirecheck.archive.grouping import group_archive
from wirecheck.archive.reusing import count_origins
from wirecheck.archive.searching import Filter, list_related, list_versions, select
from wirecheck.engine import Engine, Pairs
from wirecheck.errors import UsageError
from wirecheck.lineage.publishers import canonical_publisher
from wirecheck.lineage.versions import tell_correction
from wirecheck.model import Decision, Document, Problem, Report, StoryReport
from wirecheck.naming import suggest
from wirecheck.progress import track
from wirecheck.settings import Settings
from wirecheck.store import Derived, Store, Stored

__all__ = ["Filter", "Info", "Listing", "Member", "compare_listing", "describe", "list_stories", "sort_stories"]

_ID_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a story as a list shows it."""

    id: str
    name: str
    publisher: str | None
    title: str | None
    published: str | None
    location: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A story of an archive. Its id is made from its first document, so that later ones leave it as it is."""

    id: str
    title: str
    first: str | None
    last: str | None
    members: tuple[Member, ...]
    """By date of publication, then name; of each document the newest version only."""
    earlier: tuple[str, ...]
    """Ids of earlier versions; they count as no source."""
    publishers: tuple[str, ...]
    origins: int
    """The most origins that there can be: documents that have their words from each other count once."""
    decisions: tuple[str, ...] = ()
    """What people ruled of it, in words."""

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(m.id for m in self.members)


@dataclass(frozen=True, slots=True)
class Info:
    """The counts of an archive."""

    documents: int
    versions: int
    """Documents that a newer version has replaced; `documents` counts them too."""
    publishers: int
    first: str | None
    last: str | None
    characters: int
    file_bytes: int
    problems: int
    decisions: int
    languages: tuple[tuple[str, int], ...]
    steps: tuple[tuple[str, int, int], ...]
    """Step, version, and how many documents have it."""


def list_stories(store: Store, derived: Derived, engine: Engine, wanted: Filter) -> tuple[Listing, ...]:
    """Return the stories that fit, by first date, then id; grouping is made once for each state of the archive."""
    stored = store.list_stored()
    newest, earlier = list_versions(stored)
    candidates = functools.cache(lambda: list_candidates(store, engine))
    # Rulings that leave the stories as they are cost no grouping: one may be made with each key that is pressed.
    state = store.state(decisions=False)
    held = derived.build("stories", state, lambda: _group(store, derived, engine, newest, candidates))
    decisions = list_standing(store, earlier, name_documents(stored))
    ruled = [d for d in decisions if d.ruling in ("same-story", "other-story")]
    if ruled:
        state = f"{state} {hashlib.sha256(repr([(d.ruling, d.documents) for d in ruled]).encode()).hexdigest()}"
        held = derived.build("ruled-stories", state, lambda: apply_decisions(store, held, ruled))
    by_id = {s.id: s for s in stored}
    origins = count_origins(store, derived, engine, held, candidates, decisions, state=state) if held else {}
    members = [sorted((by_id[i] for i in group["documents"]), key=_order) for group in held]
    digits = _count_digits([documents[0].id for documents in members])
    listings = [
        _make_listing(group["title"], documents, digits, earlier, origins, decisions)
        for group, documents in zip(held, members, strict=True)
    ]
    fitting = select(store, newest, wanted)
    kept = [s for s in listings if len(s.members) >= wanted.min_documents and any(d in fitting for d in s.documents)]
    return tuple(sorted(kept, key=lambda s: (s.first or "9999", s.id)))


def sort_stories(listings: Sequence[Listing], order: str) -> list[Listing]:
    """Return stories in an order: newest, oldest, documents, publishers, origins (the most first) or title.

    The newest is the one with the latest document; stories without a date come last. Raises `UsageError` for no such
    order.
    """
    counts: dict[str, Callable[[Listing], int]] = {
        "documents": lambda s: len(s.members),
        "publishers": lambda s: len(s.publishers),
        "origins": lambda s: s.origins,
    }
    newest = sorted(sorted(listings, key=lambda s: s.id), key=lambda s: (s.last or "", s.first or ""), reverse=True)
    if order == "newest":
        return newest
    if order == "oldest":
        return sorted(listings, key=lambda s: (s.first or "9999", s.id))
    if order == "title":
        return sorted(listings, key=lambda s: (s.title.casefold(), s.id))
    if order not in counts:
        known = ("newest", "oldest", *counts, "title")
        raise UsageError(f"an order was expected: {', '.join(known)}; found {order!r}{suggest(order, known)}")
    return sorted(newest, key=counts[order], reverse=True)


def compare_listing(store: Store, listing: Listing, settings: Settings, *, earlier: bool) -> Report:
    """Return the report over the documents of a story."""
    return compare_framed(frame_listing(store, listing, settings, earlier=earlier), settings)


def compare_framed(given: Report, settings: Settings) -> Report:
    """Return the report over what `frame_listing` gives."""
    from wirecheck.pipeline import compare_documents

    report = compare_documents(
        given.documents, given.problems, settings=replace(settings, one_story=True), decisions=given.decisions
    )
    (framed,) = given.stories
    stories = tuple(replace(s, story=replace(s.story, title=framed.story.title)) for s in report.stories)
    return place_decisions(replace(report, stories=stories))


def frame_listing(store: Store, listing: Listing, settings: Settings, *, earlier: bool) -> Report:
    """Return what a report over a story has before anything is compared: documents, story, problems and decisions."""
    from wirecheck.stories import one_story

    ids = [*listing.documents, *(listing.earlier if earlier else ())]
    documents = store.read_documents(ids)
    # What people ruled on may be in any story; nothing else of the archive is read.
    ruled = (d for entry in list_entries(store) for d in entry.documents)
    stored = list_related(store, (*documents, *ruled))
    _, before = list_versions([s for s in stored if s.id in documents])
    _, all_before = list_versions(stored)
    decisions = list_standing(store, all_before, name_documents(stored))
    linked = [replace(d, version_of=before.get(d.id)) for d in documents.values()]
    locations = {d.location for d in linked}
    problems = [p for p in store.list_problems() if p.location in locations]
    problems += list_corrections(store, documents, all_before)
    named = sorted(_with_unique_names(linked), key=lambda d: (d.name, d.id))
    selected = select_decisions(decisions, documents)
    if old := {s.document for d in selected for s in d.spans} - documents.keys():
        newer = {before: after for after, before in all_before.items()}
        selected = carry_spans(selected, newer, documents | store.read_documents(sorted(old)))
    (story,) = one_story(named, title=listing.title)
    return Report(
        documents=tuple(named),
        stories=(StoryReport(story),),
        problems=tuple(problems),
        settings=replace(settings, one_story=True).as_mapping(),
        decisions=selected,
    )


def list_corrections(store: Store, documents: Mapping[str, Document], before: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what versions correct of earlier ones that are not among the documents, the newest version first.

    `before` has the id of each version's predecessor.
    """
    for newest in documents.values():
        later = newest
        while (earlier_id := before.get(later.id)) is not None and earlier_id not in documents:
            earlier = store.read_documents([earlier_id])[earlier_id]
            if (problem := tell_correction(earlier, later)) is not None:
                yield problem
            later = earlier


def describe(store: Store) -> Info:
    """Return the counts of an archive."""
    stored = store.list_stored()
    newest, _ = list_versions(stored)
    dates = sorted(s.published for s in stored if s.published is not None)
    languages: dict[str, int] = {}
    for document in stored:
        language = document.language if document.language is not None else "unknown"
        languages[language] = languages.get(language, 0) + 1
    return Info(
        documents=len(stored),
        versions=len(stored) - len(newest),
        publishers=len({canonical_publisher(s.publisher) for s in stored if s.publisher}),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        characters=sum(s.length for s in stored),
        file_bytes=store.file_bytes(),
        problems=len(store.list_problems()),
        decisions=len(store.list_decisions()),
        languages=tuple(sorted(languages.items(), key=lambda x: (-x[1], x[0]))),
        steps=tuple(store.list_steps()),
    )


def _group(
    store: Store, derived: Derived, engine: Engine, newest: Sequence[Stored], candidates: Callable[[], Pairs]
) -> list[dict[str, Any]]:
    """Return the stories, ordered by first document; what derives from what in those that are found is read meanwhile.

    It is kept among the derived files, so that counting origins finds it there.
    """
    found: list[dict[str, Any]] = []

    def list_batches() -> Iterator[list[dict[str, Any]]]:
        for stories in track(group_archive(store, newest), "grouping documents, 1000 at a time"):
            found.extend(stories)
            yield stories

    list_derived(store, derived, engine, candidates(), list_batches())
    return sorted(found, key=lambda s: str(s["documents"][0]))


def _make_listing(
    title: str,
    documents: Sequence[Stored],
    digits: int,
    earlier: dict[str, str],
    origins: dict[str, int],
    decisions: Sequence[Decision],
) -> Listing:
    replaced = []
    for document in documents:
        before = earlier.get(document.id)
        while before is not None:
            replaced.append(before)
            before = earlier.get(before)
    dates = sorted(d.published for d in documents if d.published is not None)
    publishers = {canonical_publisher(d.publisher): d.publisher for d in reversed(documents) if d.publisher}
    return Listing(
        id=f"s{documents[0].id[:digits]}",
        title=title,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        members=tuple(Member(d.id, d.name, d.publisher, d.title, d.published, d.location) for d in documents),
        earlier=tuple(sorted(replaced)),
        publishers=tuple(sorted(publishers.values())),
        origins=origins.get(documents[0].id, len(documents)),
        decisions=tuple(d.sentence for d in select_decisions(decisions, [d.id for d in documents])),
    )


def _count_digits(firsts: Sequence[str]) -> int:
    """Return how many digits of its first document's id a story is named by, so that no two have one name."""
    digits = _ID_DIGITS
    while digits < 16 and len({first[:digits] for first in firsts}) < len(firsts):
        digits += 1
    return digits


def _order(document: Stored) -> tuple[str, str, str]:
    return document.published or "9999", document.name, document.id


def _with_unique_names(documents: Sequence[Document]) -> list[Document]:
    """Give the second and later documents of one name an ending that no other document changes."""
    ordered = sorted(documents, key=lambda d: (d.name, d.published or "", d.id))
    names = [d.name for d in ordered]
    named = []
    for place, document in enumerate(ordered):
        nth = names[: place + 1].count(document.name)
        name = document.name if nth == 1 else f"{document.name}-{hashlib.sha256(document.id.encode()).hexdigest()[:4]}"
        named.append(replace(document, name=name) if name != document.name else document)
    return named
