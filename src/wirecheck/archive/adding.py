"""Adding: inputs are cut here, read and fingerprinted in processes, and stored here in the order of the inputs."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from wirecheck.archive.steps import JOINS_NO_STORY, run_steps
from wirecheck.engine import Engine
from wirecheck.errors import UsageError
from wirecheck.guarding import guarding
from wirecheck.model import Document, Problem
from wirecheck.naming import suggest_file
from wirecheck.readers import is_url
from wirecheck.readers._fetch import Fetched
from wirecheck.readers._pieces import Piece, cut_paths, read_piece
from wirecheck.readers._sidecars import check_said
from wirecheck.report.unread import file_of, find_unread
from wirecheck.settings import Settings
from wirecheck.store import Record, Store, pack_document


@dataclass(frozen=True, slots=True)
class Progress:
    """What is on disk after a batch. `added` and `locations` are the ids and locations of its new documents."""

    stored: int
    known: int
    share: float | None
    """Share of the inputs' bytes that are done, from 0 to 1; None where that is not known."""
    rate: float
    """Documents a second, known ones included."""
    left_s: float | None
    added: tuple[str, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: new documents, those (or lines, or files) that were there, problems met, seconds taken."""

    stored: int
    known: int
    problems: tuple[Problem, ...]
    wall_s: float
    unread: tuple[Problem, ...] = ()
    """Of each file or address that gave nothing the last problem, by location."""

    def joined(self, other: Added | None) -> Added:
        """Return what came of both."""
        if other is None:
            return self
        counts = self.stored + other.stored, self.known + other.known
        return Added(*counts, (*other.problems, *self.problems), self.wall_s + other.wall_s)


@dataclass(frozen=True, slots=True)
class _Batch:
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    receipts: tuple[bytes, ...]
    known: int
    at: int
    size: int
    read: frozenset[str]
    """Locations of the documents in it, and of files that are known."""


# Problems of one run that are returned; all are in the archive.
_MOST_PROBLEMS = 1000
# Documents that are stored in one transaction, and seconds after which fewer are: the full-text index writes a part for
# each transaction and joins the parts later. Storing 5,000 articles takes a quarter less time than with 64 at once.
_TOGETHER = 256
_TOGETHER_S = 0.5


def add_paths(
    store: Store,
    engine: Engine,
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    stdin: IO[bytes] | None,
    on_progress: Callable[[Progress], None] | None,
    said: Mapping[str, str] | None = None,
    fetch: Callable[[str], Fetched | Problem] | None = None,
) -> Added:
    """Store what paths hold; see `Archive.add`."""
    check_said(said or {})
    given = [os.fspath(p) for p in paths]
    addresses = sorted(p for p in given if is_url(p))
    if addresses and not settings.allow_fetch:
        raise UsageError(f"nothing is fetched unless you say so (--fetch, allow_fetch): {', '.join(addresses)}")
    missing = sorted(p for p in given if p != "-" and not is_url(p) and not os.path.exists(p))
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}{suggest_file(missing[0])}")
    # A file has one location however it is named, so that it is the same when it comes again from elsewhere.
    given = [p if p == "-" or is_url(p) else os.path.abspath(p) for p in given]
    start = time.monotonic()
    stored = known = 0
    problems: list[Problem] = []
    read: set[str] = set()
    is_known = store.has_receipt
    pieces = cut_paths(given, settings=settings, stdin=stdin, is_known=is_known, said=said, fetch=fetch)
    for batch in _gather(engine.map(functools.partial(_make_batch, settings=settings), pieces)):
        new: list[bool] = []
        if batch.records or batch.receipts or batch.problems:
            new = store.write(
                batch.records, problems=batch.problems, receipts=batch.receipts, of_new_alone=fetch is not None
            )
        stored += sum(new)
        known += batch.known + len(new) - sum(new)
        read.update(file_of(location) for location in batch.read)
        problems.extend(batch.problems[: max(0, _MOST_PROBLEMS - len(problems))])
        if on_progress is not None:
            fresh = [r.columns for r, is_new in zip(batch.records, new, strict=True) if is_new]
            taken = max(time.monotonic() - start, 1e-6)
            share = batch.at / batch.size if batch.size else None
            on_progress(
                Progress(
                    stored,
                    known,
                    share,
                    (stored + known) / taken,
                    taken * (1 - share) / share if share else None,
                    tuple(columns[0] for columns in fresh),
                    tuple(columns[4] for columns in fresh),
                )
            )
    unread = find_unread(read, problems)
    return Added(stored, known, tuple(problems), time.monotonic() - start, unread)


def add_documents(store: Store, documents: Sequence[Document]) -> Added:
    """Store documents that have been read, in one transaction."""
    start = time.monotonic()
    problems: list[Problem] = []
    new = store.write([make_record(d, problems) for d in documents], problems=problems)
    return Added(sum(new), len(new) - sum(new), tuple(problems), time.monotonic() - start)


def _gather(batches: Iterable[_Batch]) -> Iterator[_Batch]:
    """Yield batches joined to such of `_TOGETHER` documents, as far as they come in time."""
    waiting: list[_Batch] = []
    since = float("-inf")  # the first is stored at once: one sees that it works
    for batch in batches:
        waiting.append(batch)
        if sum(len(b.records) for b in waiting) >= _TOGETHER or time.monotonic() - since >= _TOGETHER_S:
            yield _join(waiting)
            waiting, since = [], time.monotonic()
    if waiting:
        yield _join(waiting)


def _join(batches: Sequence[_Batch]) -> _Batch:
    return _Batch(
        tuple(r for b in batches for r in b.records),
        tuple(p for b in batches for p in b.problems),
        tuple(r for b in batches for r in b.receipts),
        sum(b.known for b in batches),
        batches[-1].at,
        batches[-1].size,
        frozenset(location for b in batches for location in b.read),
    )


def _make_batch(piece: Piece, settings: Settings) -> _Batch:
    """Read and fingerprint a piece; runs in a process without the archive."""
    documents, problems = read_piece(piece, settings)
    met = list(problems)
    read = frozenset([*(file_of(d.location) for d in documents), *([piece.location] if piece.known else [])])
    records = tuple(make_record(d, met) for d in documents)
    return _Batch(records, tuple(met), piece.receipts, piece.known, piece.at, piece.size, read)


def make_record(document: Document, problems: list[Problem]) -> Record:
    """Return a document ready to be stored; without the results of the steps where one of them fails on its text."""
    payloads: tuple[tuple[str, int, bytes], ...] = ()
    with guarding(problems, document.location, JOINS_NO_STORY):
        payloads = run_steps(document)
    return pack_document(document, payloads)
