"""Documents and annotations in the database."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from wirecheck.errors import ArchiveError, ForeignSpanError
from wirecheck.model import Document, Problem, Span
from wirecheck.store.database import explaining, open_database, write_pairs
from wirecheck.store.digests import (
    COLUMNS,
    DECISION,
    DOCUMENT,
    FIRST_FORMAT,
    PROBLEM,
    Row,
    iter_rows,
    number_problem,
    write_digests,
)
from wirecheck.text.addresses import fold_address
from wirecheck.text.unspaced import is_unspaced, query_pairs

_HEAD = (
    "seq, id, place, name, location, url, publisher, author, title, published, modified, retrieved, language, length"
)
_IDS_A_QUERY = 500
_CHECKS = (
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)",
)
# A location with the number of a line or record behind it is a place within a file: the text there changes with
# every line that is put before it, and is no new version.
_NUMBERED = re.compile(r":\d+$")


class Record(NamedTuple):
    """A document made ready to be stored: its columns, and the payload of each step as (step, version, payload)."""

    columns: tuple[Any, ...]
    payloads: tuple[tuple[str, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is known of a stored document without reading its text. `seq` counts documents as they were added."""

    seq: int
    id: str
    place: str | None
    name: str
    location: str
    url: str | None
    publisher: str | None
    author: str | None
    title: str | None
    published: str | None
    modified: str | None
    retrieved: str | None
    language: str | None
    length: int
    """Characters of the text."""

    @property
    def shown_name(self) -> str:
        return self.publisher or self.name


def place_of(document: Document) -> str | None:
    """Return where a document stands, so that a changed text there is a new version; None where that is not known.

    >>> place_of(Document("1", "a", "x.jsonl:3", "t", "", url="HTTP://News.example/a#top"))
    '//news.example/a'
    """
    if document.url:
        return fold_address(document.url)
    return None if _NUMBERED.search(document.location) or document.location == "-" else document.location


def identity_of(document: Document) -> bytes:
    """Return what makes a document the same when it is added again: its place and text, else its file and bytes."""
    place = place_of(document)
    if place is not None:
        key = f"{place}\0{document.text}"
    else:
        key = f"{_NUMBERED.sub('', document.location)}\0{document.sha256}\0{document.text}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:20]


def pack_document(document: Document, payloads: Iterable[tuple[str, int, bytes]] = ()) -> Record:
    """Return a document ready to be stored; a process without the archive can do it."""
    title = document.title_span
    furniture = [number for span in document.furniture for number in (span.start, span.end)]
    columns = (
        *(document.id, identity_of(document), place_of(document), document.name, document.location, document.url),
        *(document.publisher, document.author, document.title),
        *((title.start, title.end) if title is not None else (None, None)),
        *(document.published, document.modified, document.retrieved, document.language),
        *(json.dumps(furniture), document.sha256),
        *(len(document.text), document.text, zlib.compress(document.received, 1)),
    )
    return Record(columns, tuple(payloads))


class Store:
    """An open archive. Reading is safe from several processes at once; of two that write, one waits."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self._connection = open_database(folder, create=create)

    def close(self) -> None:
        self._connection.close()

    def write(
        self,
        records: Sequence[Record],
        *,
        problems: Sequence[Problem] = (),
        receipts: Sequence[bytes] = (),
        of_new_alone: bool = False,
    ) -> list[bool]:
        """Store a batch in one transaction: all of it or, when the process ends or the disk is full, nothing.

        Returns for each record whether it was new; a document that is there already is left as it is. With
        `of_new_alone` the problems at the locations of new records are kept, and no others.
        """
        marks = ", ".join("?" * len(COLUMNS))
        insert = f"INSERT OR IGNORE INTO documents ({', '.join(COLUMNS)}) VALUES ({marks})"
        new = []
        with self._writing() as connection:
            for record in records:
                cursor = connection.execute(insert, record.columns)
                new.append(cursor.rowcount == 1)
                if not new[-1]:
                    continue
                seq = cursor.lastrowid or 0
                text = record.columns[COLUMNS.index("text")]
                connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (seq, text))
                write_pairs(connection, seq, text)
                write_digests(connection, DOCUMENT, [(seq, record.columns)])
                for step, version, payload in record.payloads:
                    _write_payload(connection, seq, step, version, payload)
            places = {r.columns[COLUMNS.index("location")] for r, is_new in zip(records, new, strict=True) if is_new}
            met = [(p.location, p.message) for p in problems if not of_new_alone or p.location in places]
            connection.executemany("INSERT OR IGNORE INTO problems VALUES (?, ?)", met)
            write_digests(connection, PROBLEM, [(number_problem(*values), values) for values in met])
            connection.executemany("INSERT OR IGNORE INTO receipts VALUES (?)", [(r,) for r in receipts])
        return new

    def write_payloads(self, step: str, version: int, payloads: Iterable[tuple[int, bytes]]) -> None:
        """Store the results of one step for documents by `seq`, in one transaction."""
        with self._writing() as connection:
            for seq, payload in payloads:
                _write_payload(connection, seq, step, version, payload)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction, which is taken back when anything is raised."""
        connection = self._connection
        with explaining(self.folder):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def has_receipt(self, digest: bytes) -> bool:
        """Return whether a file or line was read before, whatever came of it."""
        return self._one("SELECT 1 FROM receipts WHERE digest = ?", digest) is not None

    def list_stored(self) -> list[Stored]:
        """Return all documents without their texts, as they were added."""
        with explaining(self.folder):
            return [Stored(*row) for row in self._connection.execute(f"SELECT {_HEAD} FROM documents ORDER BY seq")]

    def list_heads(self, seqs: Sequence[int]) -> list[Stored]:
        """Return some documents without their texts, as they were added."""
        return self._list_where("seq", seqs)

    def list_named(self, ids: Sequence[str]) -> list[Stored]:
        """Return some documents by id without their texts, as they were added; those that are not there are missing."""
        return self._list_where("id", ids)

    def list_placed(self, places: Sequence[str]) -> list[Stored]:
        """Return the documents of some places without their texts, all versions of each, as they were added."""
        return self._list_where("place", places)

    def _list_where(self, column: str, values: Sequence[int] | Sequence[str]) -> list[Stored]:
        found: list[Stored] = []
        with explaining(self.folder):
            for at in range(0, len(values), _IDS_A_QUERY):
                part = values[at : at + _IDS_A_QUERY]
                query = f"SELECT {_HEAD} FROM documents WHERE {column} IN ({', '.join('?' * len(part))})"
                found.extend(Stored(*row) for row in self._connection.execute(query, part))
        return sorted(found, key=lambda s: s.seq)

    def count_newest(self) -> int:
        """Return how many documents no newer version has replaced: one of each place, and those without one."""
        row = self._one(
            "SELECT (SELECT count(*) FROM documents) - (SELECT count(place) - count(DISTINCT place) FROM documents"
            " WHERE place IS NOT NULL)"
        )
        return int(row[0]) if row is not None else 0

    def list_ids(self) -> dict[int, str]:
        """Return the id of each document by `seq`, as they were added."""
        with explaining(self.folder):
            return dict(self._connection.execute("SELECT seq, id FROM documents ORDER BY seq"))

    def read_documents(self, ids: Iterable[str], *, received: bool = False) -> dict[str, Document]:
        """Return documents by id; those that are not there are missing. `received` reads their bytes too."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Document] = {}
        with explaining(self.folder):
            for at in range(0, len(wanted), _IDS_A_QUERY):
                part = wanted[at : at + _IDS_A_QUERY]
                marks = ", ".join("?" * len(part))
                query = f"SELECT {_fields(received)} FROM documents WHERE id IN ({marks})"
                for row in self._connection.execute(query, part):
                    document = _unpack(row)
                    found[document.id] = document
        return found

    def read_numbered(self, seq: int) -> Document:
        """Return the document of a number, with its bytes; raises `KeyError` when there is none."""
        row = self._one(f"SELECT {_fields(True)} FROM documents WHERE seq = ?", seq)
        if row is None:
            raise KeyError(seq)
        return _unpack(row)

    def iter_documents(self, *, received: bool = False) -> Iterator[Document]:
        """Yield all documents as they were added, one at a time."""
        last = 0
        while True:
            with explaining(self.folder):
                rows = self._connection.execute(
                    f"SELECT {_fields(received)}, seq FROM documents WHERE seq > ? ORDER BY seq LIMIT 200", (last,)
                ).fetchall()
            if not rows:
                return
            for row in rows:
                last = row[-1]
                yield _unpack(row[:-1])

    def list_lacking(self, step: str, version: int, *, after: int = 0, limit: int) -> dict[int, str]:
        """Return ids by `seq` of some documents without the result of a step in a version, as they were added.

        They come after a `seq`; a `limit` of -1 gives all.
        """
        query = (
            "SELECT seq, id FROM documents AS d WHERE seq > ? AND NOT EXISTS"
            " (SELECT 1 FROM annotations AS a WHERE a.step = ? AND a.version = ? AND a.seq = d.seq)"
            " ORDER BY seq LIMIT ?"
        )
        with explaining(self.folder):
            return dict(self._connection.execute(query, (after, step, version, limit)).fetchall())

    def iter_payloads(self, step: str, version: int) -> Iterator[tuple[int, bytes]]:
        """Yield `seq` and payload of one step for all documents that have it, as they were added."""
        last = 0
        while True:
            with explaining(self.folder):
                rows = self._connection.execute(
                    "SELECT seq, payload FROM annotations WHERE step = ? AND version = ? AND seq > ?"
                    " ORDER BY seq LIMIT 500",
                    (step, version, last),
                ).fetchall()
            if not rows:
                return
            yield from rows
            last = rows[-1][0]

    def read_payloads(self, step: str, version: int, seqs: Sequence[int]) -> dict[int, bytes]:
        """Return the payloads of one step by `seq`; those of documents that do not have it are missing."""
        found: dict[int, bytes] = {}
        with explaining(self.folder):
            for at in range(0, len(seqs), _IDS_A_QUERY):
                part = list(seqs[at : at + _IDS_A_QUERY])
                query = (
                    "SELECT seq, payload FROM annotations WHERE step = ? AND version = ?"
                    f" AND seq IN ({', '.join('?' * len(part))})"
                )
                found.update(self._connection.execute(query, (step, version, *part)))
        return found

    def search_words(self, query: str, *, limit: int | None = None) -> list[tuple[int, float]]:
        """Return `seq` and rank (BM25, lower is better) of the documents that an FTS5 query finds, best first.

        Its words and phrases stand in quotation marks. One with words of Chinese or Japanese is asked of the index of
        pairs; any other of that of words, and then of the pairs, where a word may stand without a space before it.
        """
        wanted = -1 if limit is None else limit
        found: list[tuple[int, float]] = []
        with explaining(self.folder):
            if not is_unspaced(query) or not self._has_pairs():
                found = self._connection.execute(
                    "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?", (query, wanted)
                ).fetchall()
            if self._has_pairs() and (limit is None or len(found) < limit):
                known = {seq for seq, _ in found}
                more = self._connection.execute(
                    "SELECT rowid, rank FROM pairs WHERE pairs MATCH ? ORDER BY rank, rowid LIMIT ?",
                    (query_pairs(query), wanted),
                )
                found += [(seq, rank) for seq, rank in more if seq not in known]
        return found[:limit]

    def _has_pairs(self) -> bool:
        """Return whether there is an index of pairs; an older archive that cannot be written has none."""
        return self._one("SELECT 1 FROM sqlite_schema WHERE name = 'pairs'") is not None

    def count_documents_with(self, query: str) -> int:
        """Return how many documents an FTS5 query finds."""
        index = "pairs" if is_unspaced(query) and self._has_pairs() else "words"
        asked = query_pairs(query) if index == "pairs" else query
        row = self._one(f"SELECT count(*) FROM {index} WHERE {index} MATCH ?", asked)
        return int(row[0]) if row is not None else 0

    def list_problems(self) -> list[Problem]:
        """Return the problems met while adding, by location."""
        with explaining(self.folder):
            rows = self._connection.execute("SELECT location, message FROM problems ORDER BY 1, 2")
            return [Problem(location, message) for location, message in rows]

    def list_steps(self) -> list[tuple[str, int, int]]:
        """Return step, version and number of documents for what is stored under steps."""
        with explaining(self.folder):
            return self._connection.execute(
                "SELECT step, version, count(*) FROM annotations GROUP BY step, version ORDER BY step, version"
            ).fetchall()

    def add_decision(self, subject: str, ruling: str, *, who: str, at: str, note: str = "") -> None:
        """Store a person's ruling on a finding or a grouping, beside earlier ones; `at` is ISO 8601."""
        values = (subject, ruling, who, at, note)
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO decisions (subject, ruling, who, at, note) VALUES (?, ?, ?, ?, ?)", values
            )
            number = cursor.lastrowid or 0
            write_digests(connection, DECISION, [(number, (number, *values))])

    def list_decisions(self) -> list[tuple[str, str, str, str, str]]:
        """Return subject, ruling, who, when and note of all decisions, as they were made."""
        with explaining(self.folder):
            return self._connection.execute(
                "SELECT subject, ruling, who, at, note FROM decisions ORDER BY id"
            ).fetchall()

    def state(self, *, decisions: bool = True) -> str:
        """Return what changes whenever a document or a decision is added: the key of derived files.

        Without `decisions` only documents change it.
        """
        row = self._one(
            "SELECT (SELECT count(*) FROM documents), (SELECT max(seq) FROM documents),"
            " (SELECT count(*) FROM decisions)"
        )
        return "-".join(str(v or 0) for v in (row or ())[: None if decisions else 2])

    def check(self) -> list[str]:
        """Return what is wrong with the files of the archive, in words; nothing when all is well."""
        faults: list[str] = []
        for query in _CHECKS:
            try:
                rows = self._connection.execute(query).fetchall()
            except sqlite3.DatabaseError as error:
                if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_READONLY"):
                    faults.append(str(error))
                continue
            if "foreign_key" in query:
                faults += [f"{row[0]}: row {row[1]} has no document" for row in rows]
            else:
                faults += [row[0] for row in rows if row[0] != "ok"]
        return faults

    def iter_rows(self) -> Iterator[Row]:
        """Yield every document, payload, decision and problem, each with whether it is what was written.

        There are none in an archive of a format without digests, which is one that cannot be written.
        """
        row = self._one("PRAGMA user_version")
        if row is not None and row[0] >= FIRST_FORMAT:
            with explaining(self.folder):
                yield from iter_rows(self._connection)

    def file_bytes(self) -> int:
        """Return the size of the archive on disk, derived files aside."""
        return sum(p.stat().st_size for p in self.folder.glob("archive.sqlite*"))

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with explaining(self.folder):
            row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            return row


def _write_payload(connection: sqlite3.Connection, seq: int, step: str, version: int, payload: bytes) -> None:
    values = (seq, step, version, payload)
    connection.execute("INSERT OR REPLACE INTO annotations (seq, step, version, payload) VALUES (?, ?, ?, ?)", values)
    write_digests(connection, f"{step}/{version}", [(seq, values)])


def _fields(received: bool) -> str:
    head = "id, name, location, url, publisher, author, title, title_start, title_end, published, modified, retrieved"
    return f"{head}, language, furniture, sha256, text, {'received' if received else 'NULL'}"


def _unpack(row: Sequence[Any]) -> Document:
    ident, name, location, url, publisher, author, title, start, end, published, modified, retrieved, language = row[
        :13
    ]
    furniture, sha256, text, received = row[13:]
    try:
        numbers = json.loads(furniture)
        return Document(
            id=ident,
            name=name,
            location=location,
            text=text,
            sha256=sha256,
            received=zlib.decompress(received) if received is not None else b"",
            title=title,
            title_span=None if start is None else Span(ident, start, end),
            url=url,
            publisher=publisher,
            author=author,
            published=published,
            modified=modified,
            retrieved=retrieved,
            language=language,
            furniture=tuple(Span(ident, a, b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)),
        )
    except (ValueError, TypeError, KeyError, zlib.error, ForeignSpanError) as error:
        raise ArchiveError(f"document {ident} of the archive is damaged ({error}); run `wirecheck check`") from error
