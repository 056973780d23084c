"""Checking an archive: its files, and that every row is what was written; and saving what is."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wirecheck.archive.adding import make_record
from wirecheck.archive.deciding import WITHDRAWN
from wirecheck.archive.steps import FINGERPRINT, JOINS_NO_STORY, VERSION
from wirecheck.errors import ArchiveError, UsageError
from wirecheck.model import Problem, digest_document
from wirecheck.progress import track
from wirecheck.store import COLUMNS, DECISION, DOCUMENT, PROBLEM, Record, Row, Store

_TOGETHER = 256
# What a decision that was lost leaves: it withdraws itself, so that the numbers of the others stay.
_LOST = "this decision was damaged and could not be saved"


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: documents in the new archive, and those that were lost; decisions likewise."""

    documents: int
    lost_documents: int
    decisions: int
    lost_decisions: int


def check_archive(store: Store) -> tuple[str, ...]:
    """Return what is wrong, in words: damage of the files, rows that are not what was written, hashes that do not fit.

    One damaged row hides no other.
    """
    faults = store.check()
    locations: dict[int, str] = {}
    try:
        faults += _find_lacking(store)
    except ArchiveError as error:
        faults.append(str(error))
    try:
        for row in track(store.iter_rows(), "checking rows"):
            if row.kind == DOCUMENT and row.values is not None:
                locations[row.number] = _show(row.values[COLUMNS.index("location")])
            faults += _find_faults(row, locations.get(row.number, "unknown location"))
    except ArchiveError as error:
        faults.append(str(error))
    return tuple(faults)


def _find_lacking(store: Store) -> Iterator[str]:
    """Yield what documents lack of the steps in their present versions, but for those on which a step failed."""
    lacking = frozenset(store.list_lacking(FINGERPRINT, VERSION, limit=-1).values())
    if lacking:
        failed = {p.location for p in store.list_problems() if p.message.startswith(JOINS_NO_STORY)}
        lacking -= {d.id for d in store.list_stored() if d.location in failed} if failed else set()
    if lacking:
        found = ", ".join(f"{step}/{version} {count}" for step, version, count in store.list_steps()) or "none"
        wanted = f"{FINGERPRINT}/{VERSION} for every document was expected"
        yield f"{wanted}; {len(lacking)} lack it (found: {found}): `wirecheck stories` makes it"


def _find_faults(row: Row, location: str) -> Iterator[str]:
    where = {DOCUMENT: f"document {row.number} ({location})", DECISION: f"decision {row.number}", PROBLEM: "a problem"}
    named = where.get(row.kind, f"{row.kind} of document {row.number} ({location})")
    if row.values is None:
        yield f"{named}: it is gone or cannot be read"
    elif not row.fits:
        yield f"{named}: it is not what was written"
    elif row.kind == DOCUMENT:
        yield from (f"{named}: {fault}" for fault in _find_misfits(dict(zip(COLUMNS, row.values, strict=True))))


def _find_misfits(values: dict[str, Any]) -> Iterator[str]:
    """Yield what does not hold of a document as it was written: an older program may have written it."""
    try:
        text, location = (values[name].decode("utf-8") for name in ("text", "location"))
        received = zlib.decompress(values["received"])
    except (UnicodeDecodeError, zlib.error) as error:
        yield f"it cannot be read: {error}"
        return
    if values["id"].decode("ascii", "replace") != digest_document(location, text):
        yield "the id does not fit its location and text"
    if hashlib.sha256(received).hexdigest() != values["sha256"].decode("ascii", "replace"):
        yield "the bytes as received do not fit their SHA-256"


def save_whole(store: Store, folder: Path) -> Saved:
    """Write a new archive in a folder with every document, decision and problem that is what was written.

    Fingerprints are made again. No receipts are kept, so that adding the same files again brings what was lost. Raises
    `UsageError` where the folder holds anything.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds files; give a new or an empty folder to save into")
    counts = {(kind, fits): 0 for kind in (DOCUMENT, DECISION, PROBLEM) for fits in (True, False)}
    new = Store(folder, create=True)
    try:
        batch: list[Record] = []
        problems: list[Problem] = []
        for row in store.iter_rows():
            if (row.kind, row.fits) not in counts:
                continue
            counts[row.kind, row.fits] += 1
            if row.kind == DECISION:
                _save_decision(new, row, counts[DECISION, True] + counts[DECISION, False])
            elif row.fits and row.values is not None:
                if row.kind == PROBLEM:
                    location, message = map(_show, row.values)
                    problems.append(Problem(location, message))
                else:
                    batch.append(make_record(store.read_numbered(row.number), problems))
            if len(batch) == _TOGETHER:
                new.write(batch)
                batch = []
        new.write(batch, problems=problems)
    finally:
        new.close()
    return Saved(counts[DOCUMENT, True], counts[DOCUMENT, False], counts[DECISION, True], counts[DECISION, False])


def _save_decision(new: Store, row: Row, number: int) -> None:
    if row.fits and row.values is not None:
        subject, ruling, who, at, note = map(_show, row.values[1:])
        new.add_decision(subject, ruling, who=who, at=at, note=note)
    else:
        new.add_decision(str(number), WITHDRAWN, who="wirecheck check", at="", note=_LOST)


def _show(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
