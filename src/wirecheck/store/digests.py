"""Digests of stored rows, in a table of their own: what shows that a row is what was written, and that none is gone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

DOCUMENT = "document"
DECISION = "decision"
PROBLEM = "problem"
COLUMNS = (
    *("id", "identity", "place", "name", "location", "url", "publisher", "author", "title", "title_start", "title_end"),
    *("published", "modified", "retrieved", "language", "furniture", "sha256", "length", "text", "received"),
)
_DOCUMENTS = f"SELECT {', '.join(COLUMNS)} FROM documents WHERE seq = ?"
_DECISIONS = "SELECT id, subject, ruling, who, at, note FROM decisions WHERE id = ?"
_PAYLOADS = "SELECT seq, step, version, payload FROM annotations WHERE step = ? AND version = ? AND seq = ?"
FIRST_FORMAT = 3
"""The format of an archive from which on it has digests."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row as it is found: its texts are bytes, as a damaged one may not be UTF-8."""

    kind: str
    """`DOCUMENT`, `DECISION`, `PROBLEM`, or step and version of a payload, as in "fingerprint/1"."""
    number: int
    """`seq` of the document, or the number of the decision."""
    values: tuple[Any, ...] | None
    """None where the row is gone or cannot be read."""
    fits: bool
    """Whether it is what was written."""


def digest_row(values: Iterable[Any]) -> bytes:
    """Return 16 bytes of SHA-256 over the values of a row; a text counts as its UTF-8.

    >>> digest_row(["a", None]) == digest_row([b"a", None]), digest_row(["a", "b"]) == digest_row(["ab", ""])
    (True, False)
    """
    made = hashlib.sha256()
    for value in values:
        if isinstance(value, str):
            value = value.encode("utf-8", "surrogatepass")
        part = b"b" + value if isinstance(value, bytes) else b"n" if value is None else b"i%d" % value
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()[:16]


def write_digests(connection: sqlite3.Connection, kind: str, rows: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Keep the digests of rows of one kind, by number."""
    connection.executemany(
        "INSERT OR REPLACE INTO digests VALUES (?, ?, ?)",
        ((kind, number, digest_row(values)) for number, values in rows),
    )


def number_problem(location: str | bytes, message: str | bytes) -> int:
    """Return the number under which the digest of a problem is kept: problems have none of their own."""
    return int.from_bytes(digest_row((location, message))[:8], "big", signed=True)


def fill_digests(connection: sqlite3.Connection) -> None:
    """Keep digests of what an archive holds that had none; it vouches for what it finds."""
    for kind, number in _list_stored(connection):
        values = _read(connection, kind, number)
        if values is not None:
            write_digests(connection, kind, [(number, values)])
    for values in _list_problems(connection):
        write_digests(connection, PROBLEM, [(number_problem(*values), values)])


def iter_rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """Yield every document, payload, decision and problem that is there or was written.

    Raises `sqlite3.Error` where not even their numbers can be listed.
    """
    found = connection.execute("SELECT * FROM digests")
    digests = {(kind, number): digest for kind, number, digest in found if isinstance(number, int)}
    problems = {number_problem(*values): values for values in _list_problems(connection)}
    numbers = {key for key in digests if key[0] != PROBLEM}.union(_list_stored(connection))
    for kind, number in sorted(numbers):
        values = _read(connection, kind, number)
        yield Row(kind, number, values, values is not None and digest_row(values) == digests.get((kind, number)))
    for number in sorted(problems.keys() | {number for kind, number in digests if kind == PROBLEM}):
        values = problems.get(number)
        yield Row(PROBLEM, number, values, values is not None and digest_row(values) == digests.get((PROBLEM, number)))


def _list_stored(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return kind and number of all rows but problems."""
    found: list[tuple[str, Any]] = [(DOCUMENT, seq) for (seq,) in connection.execute("SELECT seq FROM documents")]
    found += [(DECISION, number) for (number,) in connection.execute("SELECT id FROM decisions")]
    steps = connection.execute("SELECT step, version, seq FROM annotations")
    found += [(f"{step}/{version}", seq) for step, version, seq in steps]
    # Damage can make a number something else; what it was has a digest.
    return [(kind, number) for kind, number in found if isinstance(number, int)]


def _list_problems(connection: sqlite3.Connection) -> list[tuple[bytes, bytes]]:
    return _fetch(connection, "SELECT location, message FROM problems")


def _read(connection: sqlite3.Connection, kind: str, number: int) -> tuple[Any, ...] | None:
    """Return the values of a row, or None where there is none or it cannot be read."""
    query: str
    keys: tuple[object, ...]
    if kind in (DOCUMENT, DECISION):
        query, keys = (_DOCUMENTS if kind == DOCUMENT else _DECISIONS), (number,)
    else:
        step, _, version = kind.rpartition("/")
        query, keys = _PAYLOADS, (step, version, number)
    try:
        found = _fetch(connection, query, keys)
    except sqlite3.Error:
        return None
    return found[0] if found else None


def _fetch(connection: sqlite3.Connection, query: str, keys: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """Return rows with their texts as bytes."""
    connection.text_factory = bytes
    try:
        return connection.execute(query, keys).fetchall()
    finally:
        connection.text_factory = str
