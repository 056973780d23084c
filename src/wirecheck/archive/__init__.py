"""The archive: add documents cheaply, group them, find reuse, understand a story when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from wirecheck import __version__
from wirecheck.archive.adding import Added, Progress, add_documents, add_paths
from wirecheck.archive.appearances import Appearance
from wirecheck.archive.asking import MOST_DOCUMENTS, find_documents
from wirecheck.archive.deciding import (
    POINT_RULINGS,
    RULINGS,
    SPEAKER,
    WITHDRAWN,
    Entry,
    add_entry,
    list_entries,
    make_finding_subject,
    make_speaker_subject,
    make_subject,
    name_documents,
)
from wirecheck.archive.listing import Filter, Info, Listing, Member, describe, list_stories, sort_stories
from wirecheck.archive.reusing import Shared, list_reuse
from wirecheck.archive.searching import Hit, list_versions, search, select
from wirecheck.archive.steps import GROUPING, VERSION, bring_up_to_date
from wirecheck.archive.tracing import Trace, trace
from wirecheck.engine import Engine, open_engine
from wirecheck.errors import UsageError
from wirecheck.lineage.publishers import canonical_publisher
from wirecheck.model import ClaimReport, Document, Problem, Report
from wirecheck.naming import find_id, suggest
from wirecheck.settings import Settings
from wirecheck.store import Derived, Store

if TYPE_CHECKING:
    from typing import TextIO

    from wirecheck.archive.checking import Saved
    from wirecheck.readers._fetch import Fetched

__all__ = [
    "RULINGS",
    "Added",
    "Appearance",
    "Archive",
    "Entry",
    "Filter",
    "Hit",
    "Info",
    "Listing",
    "Member",
    "Progress",
    "Shared",
    "Trace",
    "open_archive",
    "sort_stories",
]

SHORTEST_OLD = 5
"""Characters of a story's earlier id from which on it finds the story that its documents are in now."""


def open_archive(
    folder: str | os.PathLike[str], *, create: bool = False, processes: int = 1, cluster: str | None = None
) -> Archive:
    """Return the archive in a folder; `create` makes one where there is none.

    `processes` read documents while they are added and compare them for reuse; with more than one, a script needs the
    usual `if __name__ == "__main__":`. With `cluster` a Dask cluster does that work, see `open_engine`. Raises
    `UsageError` when there is no archive, `ArchiveError` when it cannot be opened, `ClusterError` when a cluster cannot
    be used.
    """
    return Archive(Path(folder), create=create, processes=processes, cluster=cluster)


class Archive:
    """An open archive: one folder of documents that grows. Close it, or use it in a `with` statement."""

    def __init__(self, folder: Path, *, create: bool = False, processes: int = 1, cluster: str | None = None) -> None:
        self.folder = folder
        self.engine: Engine = open_engine(processes=processes, cluster=cluster)
        try:
            self.store = Store(folder, create=create)
        except BaseException:
            self.engine.close()
            raise
        self.derived = Derived(folder, made_by=f"{__version__} {VERSION} {GROUPING}")

    def close(self) -> None:
        """End the processes and close the files."""
        self.engine.close()
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        sources: Iterable[str | os.PathLike[str] | Document],
        *,
        settings: Settings | None = None,
        stdin: IO[bytes] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        said: Mapping[str, str] | None = None,
        fetch: Callable[[str], Fetched | Problem] | None = None,
    ) -> Added:
        """Read, fingerprint and store what paths hold, and documents that have been read; return what came of it.

        `said` gives publisher, author and published (a date) of documents that do not say it themselves.

        Each call of `on_progress` acknowledges what it names: it is on disk. A run that was ended at any moment is
        continued by the same call. Raises `ArchiveError` for a full disk; what was acknowledged stays.

        Who looks at the same addresses again and again fetches them by `fetch`: of the problems met, the archive then
        keeps those of new documents alone, and the others are only returned.
        """
        given = list(sources)
        documents = [s for s in given if isinstance(s, Document)]
        rest = [s for s in given if not isinstance(s, Document)]
        first = add_documents(self.store, documents) if documents else None
        if first is not None and not rest:
            return first
        added = add_paths(self.store, self.engine, rest, settings or Settings(), stdin, on_progress, said, fetch)
        return added.joined(first)

    def check_claim(self, claim: str, *, day: str | None = None, limit: int = MOST_DOCUMENTS) -> ClaimReport:
        """Return what the documents that share most with a claim have to say to it, `limit` of them at most.

        See `wirecheck.check_claim`; raises `UsageError` for a claim without a word that says something.
        """
        from wirecheck.claims.check import check_claim_text, check_documents

        claim = check_claim_text(claim)
        return check_documents(claim, find_documents(self.store, claim, limit), day=day)

    def stories(self, wanted: Filter | None = None) -> tuple[Listing, ...]:
        """Return the stories by first date, then id; `wanted` leaves out those that it does not fit."""
        bring_up_to_date(self.store)
        return list_stories(self.store, self.derived, self.engine, wanted or Filter())

    def story(self, id: str) -> Listing:
        """Return a story by its id or the id of one of its documents; the beginning is enough where it is one's alone.

        Raises `UsageError` when there is none, or several.
        """
        listings = self.stories()
        by_document = {d: s for s in listings for d in (*s.documents, *s.earlier)}
        by_id = {s.id: s for s in listings}
        begun = {s.id: s for i, s in [*by_id.items(), *by_document.items()] if i.startswith(id)}
        if id and id not in by_id and id not in by_document and len(begun) == 1:
            return next(iter(begun.values()))  # the documents of one story may begin alike
        if not begun and len(id) >= SHORTEST_OLD and id.startswith("s"):
            # The document by which a story goes was replaced by a newer version, or is no longer its first.
            renamed = {s.id: s for i, s in by_document.items() if i.startswith(id[1:])}
            if len(renamed) == 1:
                return next(iter(renamed.values()))
        known = {**{i: s.title for i, s in by_document.items()}, **{i: s.title for i, s in by_id.items()}}
        hint = f"`wirecheck stories {self.folder}` lists stories, with --documents their documents too"
        found = find_id(id, known, kind="story or document", hint=hint)
        return by_id.get(found) or by_document[found]

    def fitting(self, wanted: Filter) -> frozenset[str]:
        """Return the ids of the documents that fit, of each the newest version only."""
        newest, _ = list_versions(self.store.list_stored())
        return frozenset(select(self.store, newest, wanted))

    def compare(
        self, id: str, *, settings: Settings | None = None, earlier: bool = False, keep: bool = False
    ) -> Report:
        """Return the full report over one story; `earlier` takes in versions that were replaced since.

        The report is the same whatever else the archive holds. With `keep` what is found stays among the derived files,
        and is read from there the next time; rulings that came since are in it all the same.
        """
        from wirecheck.archive.keeping import compare_kept
        from wirecheck.archive.listing import compare_listing

        if keep:
            return compare_kept(self.store, self.derived, self.story(id), settings or Settings(), earlier=earlier)
        return compare_listing(self.store, self.story(id), settings or Settings(), earlier=earlier)

    def decide(
        self, ruling: str, ids: Sequence[str], *, who: str, note: str = "", settings: Settings | None = None
    ) -> Entry:
        """Keep a person's ruling, and return it; see `RULINGS`.

        `same-story`, `other-story`, `same-origin` and `other-origin` are of documents; `settled`, `disputed`,
        `same-fact`, `other-fact` and `noted` of a story and the id of a point in its report; `speaker` of a story, the
        id of a quotation in its report and a name; `withdrawn` of a decision by its number. Ids of documents and
        stories may be shortened. Raises `UsageError` for what is not there.
        """
        if ruling in POINT_RULINGS:
            if len(ids) != 2:
                raise UsageError(f"{ruling} is a ruling on a story and a point of it: give the ids of both")
            report = self.compare(ids[0], settings=settings, keep=True)
            return self.rule(ruling, report, ids[1], who=who, note=note)
        if ruling == SPEAKER:
            if len(ids) != 3:
                raise UsageError("speaker is a ruling on a quotation: give the ids of a story and of it, and a name")
            report = self.compare(ids[0], settings=settings, keep=True)
            return self.rule(ruling, report, ids[1], who=who, note=note, name=ids[2])
        if ruling == WITHDRAWN:
            if len(ids) != 1:
                raise UsageError("withdrawn is a ruling on one decision: give its number")
            subject = ids[0]
        elif ruling not in RULINGS:
            said = f"a ruling was expected: {', '.join(RULINGS)}; found {ruling!r}"
            raise UsageError(f"{said}{suggest(ruling, RULINGS)}")
        else:
            subject = make_subject(ruling, [self.find_document(i) for i in ids])
        return add_entry(self.store, ruling, subject, who=who, note=note)

    def rule(self, ruling: str, report: Report, id: str, *, who: str, note: str = "", name: str = "") -> Entry:
        """Keep a ruling on a point of a report over a story of this archive, or on who said a quotation of it.

        `name` is that of the speaker. Raises `UsageError` for what is not in the report.
        """
        if ruling == SPEAKER:
            subject = make_speaker_subject(report, id, name)
        elif ruling in POINT_RULINGS:
            subject = make_finding_subject(report, id)
        else:
            raise UsageError(f"a ruling on a point or a quotation was expected; found {ruling!r}")
        return add_entry(self.store, ruling, subject, who=who, note=note)

    def decisions(self) -> tuple[Entry, ...]:
        """Return all rulings as they were made, each with whether it stands."""
        _, earlier = list_versions(self.store.list_stored())
        return tuple(list_entries(self.store, earlier))

    def names(self) -> dict[str, str]:
        """Return for each document, by id, the words that name it in a decision."""
        return name_documents(self.store.list_stored())

    def find_document(self, id: str) -> str:
        """Return the whole id of a document by its beginning; raises `UsageError` for none, and names several."""
        known = {s.id: f"{s.shown_name}: {s.title}" if s.title else s.shown_name for s in self.store.list_stored()}
        hint = f"`wirecheck stories {self.folder} --documents` and `search` list ids"
        return find_id(id, known, kind="document", hint=hint)

    def suggest_publisher(self, name: str) -> str:
        """Return what to say of a publisher of whom nothing was found: near ones where it has no documents."""
        names = sorted({s.publisher for s in self.store.list_stored() if s.publisher})
        if canonical_publisher(name) in map(canonical_publisher, names):
            return ""
        return f"; no document is by {name}{suggest(name, names)}"

    def search(self, query: str, *, wanted: Filter | None = None, limit: int = 20) -> tuple[Hit, ...]:
        """Return the documents that hold all words and "phrases" of a query, best first, with the passages."""
        return search(self.store, query, wanted or Filter(), limit=limit)

    def trace(self, words: str, *, limit: int = 200) -> Trace:
        """Return every appearance of a quotation or passage, verbatim or changed, in order of time."""
        return trace(self.store, words, limit=limit)

    def sources_of(self, draft: Document) -> tuple[Document, ...]:
        """Return the documents that a draft may rest on, the likeliest first; see `find_sources`."""
        from wirecheck.archive.drafting import find_sources

        return tuple(find_sources(self.store, draft))

    def reuse(self, document: str | None = None) -> tuple[Shared, ...]:
        """Return which documents share passages, the most shared words first; `document` keeps the pairs of one."""
        bring_up_to_date(self.store)
        document = self.find_document(document) if document is not None else None
        return list_reuse(self.store, self.derived, self.engine, document)

    def info(self) -> Info:
        """Return the counts of the archive."""
        return describe(self.store)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the archive, in words: files, rows, hashes; nothing when all is well."""
        from wirecheck.archive.checking import check_archive

        return check_archive(self.store)

    def save(self, folder: str | os.PathLike[str]) -> Saved:
        """Write what is whole into a new archive; see `save_whole`. Raises `UsageError` where files are there."""
        from wirecheck.archive.checking import save_whole

        return save_whole(self.store, Path(folder))

    def hold(self, report: Mapping[str, Any], *, again: bool = False) -> list[str]:
        """Return where a report in JSON is not what this archive gives of its story; see `hold_report`."""
        from wirecheck.archive.verifying import hold_report

        return hold_report(self, report, again=again)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems met while adding, by location."""
        return tuple(self.store.list_problems())

    def document(self, id: str) -> Document | None:
        """Return a document by id, with the bytes as received, or None."""
        return self.store.read_documents([id], received=True).get(id)

    def documents(self) -> Iterator[Document]:
        """Yield all documents as they were added, one at a time."""
        return self.store.iter_documents()

    def export_jsonl(self, file: TextIO) -> int:
        """Write all documents as JSONL that `add` and `compare` read; return how many."""
        from wirecheck.archive.exporting import write_jsonl

        return write_jsonl(self.store, file)

    def export_parquet(self, path: str | os.PathLike[str]) -> int:
        """Write all documents as Parquet; return how many. Raises `MissingExtraError` without pyarrow."""
        from wirecheck.archive.exporting import write_parquet

        return write_parquet(self.store, Path(path))
